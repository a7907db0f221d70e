// The air of refractivity.hpp for V = double and V = Pack.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_REFRACTIVITY_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_REFRACTIVITY_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_REFRACTIVITY_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_REFRACTIVITY_INL_HPP
#endif

#include "propagation/itm/refractivity.hpp"
#include "propagation/itm/terrain_terms-inl.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

template <class V>
[[nodiscard]] AirOf<V> air_over(double n0, V mean_asl_m) {
  constexpr double kEarthCurvature_per_m = 157e-9;
  constexpr double kRefractivityHeight_m = 9460.0;
  // At 549 N-units the rays follow the Earth and its effective radius is infinite.
  constexpr double kLargestRefractivity = 500.0;
  constexpr double kLargestMeanHeight_m = 1e6;
  const V height_m = within(mean_asl_m, -kLargestMeanHeight_m, kLargestMeanHeight_m);
  const V n_s = within(n0 * exp(-height_m / kRefractivityHeight_m), -1e6, 1e6);
  const V bending = 0.04665 * exp(within(n_s, 0.0, kLargestRefractivity) / 179.3);
  return {n_s, 1.0 / (kEarthCurvature_per_m * (1.0 - bending))};
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
