#include "propagation/itu/p452_ducting.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/itu/p452_time.hpp"

namespace amaneku::itu {
namespace {

/// One end of the path, in the units of the source.
struct End {
  double horizon_km;
  double horizon_mrad;
  double coast_km;
  double antenna_asl_m;
};

// A_st or A_sr, eq. (48): the part of the horizon angle that shields the site from the duct.
double site_shielding_db(const End& end, double f_ghz, double cbrt_f) noexcept {
  const double above_mrad = end.horizon_mrad - 0.1 * end.horizon_km;
  if (!(above_mrad > 0.0)) return 0.0;
  return 20.0 * std::log10(1.0 + 0.361 * above_mrad * std::sqrt(f_ghz * end.horizon_km)) +
         0.264 * above_mrad * cbrt_f;
}

// A_ct or A_cr, eq. (49): a duct over the sea reaches a site near the coast.
double sea_coupling_db(const End& end, double sea_fraction) noexcept {
  if (sea_fraction < 0.75 || end.coast_km > 5.0 || end.coast_km > end.horizon_km) return 0.0;
  return -3.0 * std::exp(-0.25 * end.coast_km * end.coast_km) *
         (1.0 + std::tanh(0.07 * (50.0 - end.antenna_asl_m)));
}

// beta, eq. (54): beta_0 reduced by the geometry of the path and the roughness of the ground. Above 0.
double duct_percent(const Link& link, const PathGeometry& path, double beta0) noexcept {
  const double d_km = path.distance_m * 1e-3;
  const double tau = inland_share(path.zones.longest_inland_m);
  const double alpha = std::max(-3.4, -0.6 - 3.5e-9 * std::pow(d_km, 3.1) * tau);  // (55a)
  const double root_m = std::sqrt(std::max(0.0, path.tx_asl_m - path.fitted_tx_asl_m)) +
                        std::sqrt(std::max(0.0, path.rx_asl_m - path.fitted_rx_asl_m));
  const double ratio = path.distance_m / root_m;
  const double grazing = 0.5 * ratio * ratio / link.effective_earth_radius_m;
  const double mu2 = grazing > 1.0 ? std::pow(grazing, alpha) : 1.0;  // (55), at most 1
  double mu3 = 1.0;                                                   // (56)
  if (path.roughness_m > 10.0) {
    const double between_km = std::min(40.0, (path.rx_radio_horizon_m - path.tx_radio_horizon_m) * 1e-3);
    mu3 = std::exp(-4.6e-5 * (path.roughness_m - 10.0) * (43.0 + 6.0 * between_km));
  }
  return std::max(1e-300, beta0 * mu2 * mu3);
}

// A(p), eq. (53).
double time_variation_db(double d_km, double p, double beta) noexcept {
  const double log_beta = std::log10(beta);
  const double gamma =
      1.076 / std::pow(2.0058 - log_beta, 1.012) *
      std::exp(-(9.51 - 4.8 * log_beta + 0.198 * log_beta * log_beta) * 1e-6 * std::pow(d_km, 1.13));  // (53a)
  const double log_ratio = std::log10(p) - log_beta;
  return -12.0 + (1.2 + 3.7e-3 * d_km) * log_ratio + 12.0 * std::pow(10.0, gamma * log_ratio);
}

}  // namespace

double ducting_loss_db(const Link& link, const PathGeometry& path, const HorizonAngles& angles,
                       const TimePercents& time) noexcept {
  const double f_ghz = positive(link.freq_hz * 1e-9);
  const double cbrt_f = std::cbrt(f_ghz);
  const double d_km = positive(path.distance_m * 1e-3);
  const double omega = path.zones.sea_fraction;
  const End tx = {path.tx_radio_horizon_m * 1e-3, angles.tx_mrad, path.zones.coast_distance_tx_m * 1e-3,
                  path.tx_asl_m};
  const End rx = {(path.distance_m - path.rx_radio_horizon_m) * 1e-3, angles.rx_mrad,
                  path.zones.coast_distance_rx_m * 1e-3, path.rx_asl_m};
  const double low_frequency_db = f_ghz < 0.5 ? 45.375 - 137.0 * f_ghz + 92.5 * f_ghz * f_ghz : 0.0;  // (47a)
  const double coupling_db = 102.45 + 20.0 * std::log10(positive(f_ghz * (tx.horizon_km + rx.horizon_km))) +
                             low_frequency_db + site_shielding_db(tx, f_ghz, cbrt_f) +
                             site_shielding_db(rx, f_ghz, cbrt_f) + sea_coupling_db(tx, omega) +
                             sea_coupling_db(rx, omega);  // (47)

  const double per_mrad_db = 5e-8 * link.effective_earth_radius_m * cbrt_f;  // (51)
  const double guided_mrad = 1e3 * path.distance_m / link.effective_earth_radius_m +
                             std::min(tx.horizon_mrad, 0.1 * tx.horizon_km) +
                             std::min(rx.horizon_mrad, 0.1 * rx.horizon_km);  // (52)
  const double beta = duct_percent(link, path, time.beta0);
  return coupling_db + per_mrad_db * guided_mrad + time_variation_db(d_km, time.p, beta);  // (46), (50)
}

}  // namespace amaneku::itu
