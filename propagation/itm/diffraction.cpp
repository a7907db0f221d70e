#include "propagation/itm/diffraction.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku::itm {
namespace {

constexpr double kReferenceRadius_m = 4.0 / 3.0 * 6'370e3;
constexpr double kQuarterPerPi = 0.0795775;  // 1 / (4 pi), rounded as in the source

// Loss of one knife edge from the square of its parameter: NBS TN 101 eq. (III.24b) and (III.24c), joined at 2.4.
double knife_edge_db(double nu2) noexcept {
  if (nu2 < 2.4 * 2.4) return 6.02 + 9.11 * std::sqrt(nu2) - 1.27 * nu2;
  return 12.953 + 10.0 * std::log10(nu2);
}

// The algorithm, eq. (6.4): height function F(x, K) of Vogler's smooth Earth.
double height_function_db(double x, double k) noexcept {
  const auto far_db = [x] { return 17.372 * std::log(x) - 117.0; };
  if (x < 200.0) {
    const double w = -std::log(k);
    if (k < 1e-5 || x * w * w * w > 5495.0) return x > 1.0 ? far_db() : -117.0;
    return 2.5e-5 * x * x / k - 8.686 * w - 15.0;
  }
  const double straight_db = 0.05751 * x - 4.343 * std::log(x);
  if (x >= 2000.0) return straight_db;
  const double w = 0.0134 * x * std::exp(-0.005 * x);
  return (1.0 - w) * straight_db + w * far_db();
}

/// Vogler's numerical distance over an arc of the given radius, and his K there.
struct Arc {
  double x;
  double k;
};

Arc arc(const DiffractionPath& path, double radius_m, double arc_m) noexcept {
  const double c0 = std::cbrt(kReferenceRadius_m / radius_m);
  const double k = path.attenuation * c0;
  return {(1.607 - k) * c0 * c0 * path.cbrt_f * arc_m * 1e-3, k};
}

// The terminals stand on arcs that their horizons just touch.
Arc terminal_arc(const DiffractionPath& path, const Terminal& terminal) noexcept {
  const double radius_m = 0.5 * terminal.horizon_m * terminal.horizon_m / terminal.effective_m;
  return arc(path, radius_m, terminal.horizon_m);
}

double knife_edges_db(const DiffractionPath& path, double beyond_m, double bend_rad) noexcept {
  const double scale = kQuarterPerPi * path.wave_number * bend_rad * bend_rad * beyond_m;
  return knife_edge_db(scale * path.tx_horizon_m / (beyond_m + path.tx_horizon_m)) +
         knife_edge_db(scale * path.rx_horizon_m / (beyond_m + path.rx_horizon_m));
}

double smooth_earth_db(const DiffractionPath& path, double beyond_m, double bend_rad) noexcept {
  // With K above 1.607 (low frequencies over very good conductors) the numerical distance turns negative.
  constexpr double kSmallestX = 1e-9;
  const Arc between = arc(path, beyond_m / bend_rad, beyond_m);
  const double x = std::max(kSmallestX, between.x + path.x_terminals);
  return 0.05751 * x - 10.0 * std::log10(x) - path.gain_db;
}

}  // namespace

double fresnel_roughness_m(double irregularity_m) noexcept {
  return 0.78 * irregularity_m * std::exp(-0.5 * std::sqrt(std::sqrt(irregularity_m)));
}

DiffractionPath diffraction_path(const Radio& radio, const TerrainTerms& terms) noexcept {
  const Terminal& tx = terms.tx;
  const Terminal& rx = terms.rx;
  const double smooth_m = smooth_horizon_m(tx.effective_m, terms.earth_radius_m) +
                          smooth_horizon_m(rx.effective_m, terms.earth_radius_m);
  DiffractionPath path{};
  path.wave_number = radio.wave_number;
  path.earth_radius_m = terms.earth_radius_m;
  path.delta_h_m = terms.delta_h_m;
  path.tx_horizon_m = tx.horizon_m;
  path.rx_horizon_m = rx.horizon_m;
  path.horizons_m = tx.horizon_m + rx.horizon_m;
  path.sight_rad = -std::max(tx.horizon_rad + rx.horizon_rad, -path.horizons_m / terms.earth_radius_m);
  path.excess_m = path.horizons_m - path.sight_rad * terms.earth_radius_m;

  // ERL 79-ITS 67 eq. (3.38c), with the irregularity at the smooth Earth's range in sight (page 3-13).
  const double product_m2 = tx.agl_m * rx.agl_m;
  const double roughness_m = fresnel_roughness_m(irregularity_at_m(smooth_m, terms.delta_h_m));
  path.clutter_db = std::min(15.0, 5.0 * std::log10(1.0 + 1e-5 * product_m2 * radio.f_mhz * roughness_m));

  // ERL 79-ITS 67 eq. (3.23): low antennas over known terrain count as if a little higher (page 3-8).
  const double low_m2 = terms.known_path ? 10.0 : 0.0;
  path.height_ratio = std::sqrt((tx.effective_m * rx.effective_m + low_m2) / (product_m2 + low_m2));

  path.cbrt_f = radio.cbrt_f;
  path.attenuation = 0.017778 / (radio.cbrt_f * std::abs(radio.impedance));
  const Arc of_tx = terminal_arc(path, tx);
  const Arc of_rx = terminal_arc(path, rx);
  path.x_terminals = of_tx.x + of_rx.x;
  path.gain_db = height_function_db(of_tx.x, of_tx.k) + height_function_db(of_rx.x, of_rx.k) + 20.0;
  return path;
}

double diffraction_db(const DiffractionPath& path, double distance_m) noexcept {
  const double beyond_m = distance_m - path.horizons_m;
  const double bend_rad = distance_m / path.earth_radius_m - path.sight_rad;
  // ERL 79-ITS 67 eq. (3.23): smooth Earth for flat ground and long waves, knife edges for rough ground.
  const double waves = std::min(irregularity_at_m(distance_m, path.delta_h_m) * path.wave_number, 6283.2);
  const double roughness = (path.height_ratio + path.excess_m / distance_m) * waves;
  const double weight = 25.1 / (25.1 + std::sqrt(std::max(0.0, roughness)));
  return weight * smooth_earth_db(path, beyond_m, bend_rad) +
         (1.0 - weight) * knife_edges_db(path, beyond_m, bend_rad) + path.clutter_db;
}

DiffractionLine diffraction_line(const Radio& radio, const TerrainTerms& terms) noexcept {
  const DiffractionPath path = diffraction_path(radio, terms);
  const double smooth_m = smooth_horizon_m(terms.tx.effective_m, terms.earth_radius_m) +
                          smooth_horizon_m(terms.rx.effective_m, terms.earth_radius_m);
  const double scale_m = std::cbrt(terms.earth_radius_m * terms.earth_radius_m) / radio.cbrt_f;
  const double near_m = std::max(smooth_m, path.horizons_m + 5.0 * scale_m);
  const double far_m = near_m + 10.0 * scale_m;
  const double near_db = diffraction_db(path, near_m);
  const double slope = (diffraction_db(path, far_m) - near_db) / (far_m - near_m);
  return {slope, near_db - slope * near_m};
}

}  // namespace amaneku::itm
