#include "propagation/itm/refractivity.hpp"

#include <cmath>

#include "propagation/itm/terrain_terms.hpp"

namespace amaneku::itm {
namespace {

constexpr double kEarthCurvature_per_m = 157e-9;
constexpr double kRefractivityHeight_m = 9460.0;
// At 549 N-units the rays follow the Earth and its effective radius is infinite.
constexpr double kLargestRefractivity = 500.0;
constexpr double kLargestMeanHeight_m = 1e6;

}  // namespace

Air air_over(double n0, double mean_asl_m) noexcept {
  const double height_m = within(mean_asl_m, -kLargestMeanHeight_m, kLargestMeanHeight_m);
  const double n_s = within(n0 * std::exp(-height_m / kRefractivityHeight_m), -1e6, 1e6);
  const double bending = 0.04665 * std::exp(within(n_s, 0.0, kLargestRefractivity) / 179.3);
  return {n_s, 1.0 / (kEarthCurvature_per_m * (1.0 - bending))};
}

}  // namespace amaneku::itm
