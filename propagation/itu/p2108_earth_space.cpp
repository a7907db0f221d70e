#include "propagation/itu/p2108_earth_space.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/normal_quantile.hpp"

namespace amaneku::itu {

double earth_space_clutter_loss_db(double freq_hz, double elevation_deg, double location_percent) noexcept {
  // Below 0 degrees the cotangent soon has a pole.
  const double theta_deg = std::clamp(elevation_deg, 0.0, 90.0);
  const double share = share_of(location_percent);
  const double K1 = 93.0 * std::pow(positive(freq_hz * 1e-9), 0.175);
  const double A1 = 0.05;
  const double angle = A1 * (1.0 - theta_deg / 90.0) + std::numbers::pi * theta_deg / 180.0;
  const double exponent = 0.5 * (90.0 - theta_deg) / 90.0;
  // At 90 degrees the cotangent is zero, or just below it by rounding, and its power 1.
  const double base = std::max(0.0, -K1 * std::log1p(-share) / std::tan(angle));
  return std::pow(base, exponent) - 1.0 + 0.6 * normal_quantile(share);  // (7); -Q^-1(p) is the quantile of p
}

}  // namespace amaneku::itu
