#include "propagation/itu/p453_refractivity.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku::itu {

double refractivity(double pressure_hpa, double temperature_k, double vapour_hpa) noexcept {
  const double t_k = std::max(temperature_k, 1.0);
  return 77.6 / t_k * (pressure_hpa + 4810.0 * vapour_hpa / t_k);
}

double sea_level_refractivity(double surface_n, double height_asl_m) noexcept {
  constexpr double kScaleHeight_m = 7350.0;
  return surface_n * std::exp(std::clamp(height_asl_m / kScaleHeight_m, -10.0, 10.0));
}

double estimated_delta_n(double surface_n) noexcept {
  return 7.32 * std::exp(0.005577 * std::clamp(surface_n, 0.0, 1000.0));
}

}  // namespace amaneku::itu
