#include "propagation/itu/p452_time.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/itu/p452_time-inl.hpp"

namespace amaneku::itu {

double inverse_normal(double share) noexcept {
  return HWY_NAMESPACE::inverse_normal(share);
}

DuctingClimate ducting_climate(double latitude_deg) noexcept {
  const double latitude = std::min(std::abs(latitude_deg), 90.0);
  if (latitude > 70.0) return {std::log10(4.17), 1.3};                // (2), (4)
  return {1.67 - 0.015 * latitude, 1.0 - 0.935 + 0.0176 * latitude};  // (2), (4)
}

double beta0_percent(double latitude_deg, const PathZones& zones) noexcept {
  const double tau = HWY_NAMESPACE::inland_share(std::log(std::max(0.0, zones.longest_inland_m * 1e-3)));
  return std::pow(10.0, HWY_NAMESPACE::log10_beta0(ducting_climate(latitude_deg), zones.longest_land_m, tau));
}

}  // namespace amaneku::itu
