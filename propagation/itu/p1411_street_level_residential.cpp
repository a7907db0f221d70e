#include "propagation/itu/p1411_street_level_residential.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/itu/p526_knife_edge.hpp"
#include "propagation/units.hpp"

namespace amaneku::itu {
namespace {

// What the corner adds to free space along the road.
double corner_db(double log_f, const Residential& street) noexcept {
  const double theta_deg = bounded(street.turn_deg);
  if (theta_deg <= 0.0) return 0.0;
  const double legs_m2 = std::max(0.0, bounded(street.to_corner_m)) * std::max(0.0, bounded(street.from_corner_m));
  return (7.18 * std::log10(positive(theta_deg)) + 0.97 * log_f + 6.1) *
         -std::expm1(-3.72e-5 * theta_deg * legs_m2);
}

// Decades of R, the mean distance that can be seen between the houses, m. The printed equation has 1000 where
// houses per square kilometre and metres want 1e6; with it R is in kilometres and would not fit to d / R.
double visible_decades(const Residential& street) noexcept {
  const double w0_m = 15.0;
  const double alpha = 0.55;
  const double beta = 0.18;
  const double l_m = 6.0;
  const double l3_m = 12.0;
  const double rx_m = bounded(street.rx_agl_m);
  const double taller_m = positive(bounded(street.building_m) - l_m);
  const double gamma = positive((l3_m - rx_m) / taller_m);
  const double delta = 1.0 + beta * taller_m;
  const double seen = -std::expm1(-gamma);
  const double hidden = alpha * -std::expm1(-delta * gamma) / (delta * delta * seen) *
                        std::exp(-beta * std::clamp(rx_m, -100.0, 100.0));
  const double width_m = positive(4.0 / std::numbers::pi * w0_m * (1.0 - hidden));
  return std::log10(1e6 * gamma / (positive(street.buildings_per_km2) * width_m * seen)) +
         (rx_m - l_m) / taller_m * std::numbers::log10e;
}

// What the two roofs nearest to the terminals add to free space.
double roofs_db(double lambda_m, double d_m, const Residential& street) noexcept {
  const double a = positive(street.to_building_m);
  const double b = positive(d_m - 2.0 * a);
  const double c = a;
  const auto edge_db = [&](double terminal_m) {
    const double above_m = bounded(street.building_m) - bounded(terminal_m);
    return knife_edge_loss_db(above_m * std::sqrt(2.0 / lambda_m * (1.0 / a + 1.0 / b)));
  };
  return edge_db(street.tx_agl_m) + edge_db(street.rx_agl_m) +
         10.0 * std::log10((a + b) * (b + c) / (b * (a + b + c)));
}

}  // namespace

ResidentialLoss residential_loss(double freq_hz, const Residential& street) noexcept {
  const double f_ghz = positive(freq_hz * 1e-9);
  const double d_m = positive(street.distance_m);
  const double lambda = wavelength_m(f_ghz * 1e9);
  const double log_f = std::log10(f_ghz);
  const double free_db = 20.0 * std::log10(4.0 * std::numbers::pi * d_m / lambda);
  ResidentialLoss out{};
  out.along_road_db = free_db + corner_db(log_f, street);
  out.between_houses_db = free_db + 30.6 * (std::log10(d_m) - visible_decades(street)) + 6.88 * log_f + 5.76;
  out.over_roofs_db = free_db + roofs_db(lambda, d_m, street);
  // Three ways in parallel; the least loss is taken out of the sum of powers.
  const double least_db = std::min({out.along_road_db, out.between_houses_db, out.over_roofs_db});
  const auto power = [least_db](double db) { return std::pow(10.0, 0.1 * (least_db - db)); };
  out.loss_db = least_db - 10.0 * std::log10(power(out.along_road_db) + power(out.between_houses_db) +
                                             power(out.over_roofs_db));
  return out;
}

}  // namespace amaneku::itu
