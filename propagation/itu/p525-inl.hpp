// ITU-R P.525-4, see p525.hpp; for one path and for a pack of paths (lane_math-inl.hpp).
#if defined(AMANEKU_PROPAGATION_ITU_P525_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITU_P525_INL_HPP
#undef AMANEKU_PROPAGATION_ITU_P525_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITU_P525_INL_HPP
#endif

#include <limits>
#include <numbers>

#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

template <class V>
[[nodiscard]] HWY_INLINE V free_space_loss_db(double wavelength_m, V distance_m) {
  const V wavelengths = distance_m * (4.0 * std::numbers::pi / wavelength_m);
  return 20.0 * log10(clamp(wavelengths, V(1.0), V(std::numeric_limits<double>::max())));
}

template <class V>
[[nodiscard]] HWY_INLINE V slant_distance_m(V distance_m, V rise_m) {
  return sqrt(distance_m * distance_m + rise_m * rise_m);
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
