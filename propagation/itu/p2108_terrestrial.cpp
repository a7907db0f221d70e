#include "propagation/itu/p2108_terrestrial.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/normal_quantile.hpp"

namespace amaneku::itu {
namespace {

constexpr double kVariance_l = 4.0 * 4.0;  // (4b)
constexpr double kVariance_s = 6.0 * 6.0;  // (5b)

// (3) without the cap. The two losses enter only as 10^(-0.2 L): `l` and `s`.
double uncapped_loss_db(double f_ghz, double d_km, double quantile) noexcept {
  const double l = std::pow(std::pow(10.0, -12.5) * std::pow(f_ghz, -5.0) + std::pow(10.0, -16.5), 0.4);  // (4a)
  const double s = std::pow(10.0, -0.2 * (32.98 + 23.9 * std::log10(d_km) + 3.0 * std::log10(f_ghz)));    // (5a)
  const double sigma_db = std::sqrt((kVariance_l * l + kVariance_s * s) / (l + s));                       // (3b)
  return -5.0 * std::log10(l + s) + sigma_db * quantile;                                                  // (3a)
}

}  // namespace

double terrestrial_clutter_loss_db(double freq_hz, double distance_m, double location_percent) noexcept {
  const double f_ghz = positive(freq_hz * 1e-9);
  const double quantile = normal_quantile(share_of(location_percent));
  const double far_db = uncapped_loss_db(f_ghz, 2.0, quantile);  // (6)
  return std::min(far_db, uncapped_loss_db(f_ghz, positive(distance_m * 1e-3), quantile));
}

}  // namespace amaneku::itu
