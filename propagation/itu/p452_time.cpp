#include "propagation/itu/p452_time.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku::itu {
namespace {

// Eqs. (176) to (178), share up to a half.
double upper_tail(double share) noexcept {
  const double t = std::sqrt(-2.0 * std::log(share));
  const double correction =
      ((0.010328 * t + 0.802853) * t + 2.515516698) / (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0);
  return t - correction;
}

double power_of_ten(double exponent) noexcept {
  return std::exp2(exponent * 3.321928094887362);
}

}  // namespace

double inverse_normal(double share) noexcept {
  const double x = std::clamp(share, 1e-6, 1.0 - 1e-6);
  return x <= 0.5 ? upper_tail(x) : -upper_tail(1.0 - x);
}

double inland_share(double longest_inland_m) noexcept {
  return -std::expm1(-4.12e-4 * std::pow(std::max(0.0, longest_inland_m * 1e-3), 2.41));
}

double beta0_percent(double latitude_deg, const PathZones& zones) noexcept {
  const double latitude = std::min(std::abs(latitude_deg), 90.0);
  const double tau = inland_share(zones.longest_inland_m);
  const double d_tm_km = std::max(0.0, zones.longest_land_m * 1e-3);
  // log10 of mu_1, eq. (3)
  const double log_mu1 = std::min(
      0.0, 0.2 * std::log10(power_of_ten(-d_tm_km / (16.0 - 6.6 * tau)) + power_of_ten(-(2.48 + 1.77 * tau))));
  if (latitude > 70.0) return 4.17 * power_of_ten(1.3 * log_mu1);                              // (2), (4)
  return power_of_ten(1.67 - 0.015 * latitude + log_mu1 * (1.0 - 0.935 + 0.0176 * latitude));  // (2), (4)
}

}  // namespace amaneku::itu
