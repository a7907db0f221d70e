// ITU-R P.526-15 section 4.1, see p526_knife_edge.hpp; for one path and for a pack of paths (lane_math-inl.hpp).
#if defined(AMANEKU_PROPAGATION_ITU_P526_KNIFE_EDGE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITU_P526_KNIFE_EDGE_INL_HPP
#undef AMANEKU_PROPAGATION_ITU_P526_KNIFE_EDGE_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITU_P526_KNIFE_EDGE_INL_HPP
#endif

#include "propagation/geometry.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

/// J(nu), eq. (31), for nu > -0.78.
template <class V>
[[nodiscard]] HWY_INLINE V knife_edge_formula_db(V nu) {
  const V shifted = nu - 0.1;
  return 6.9 + 20.0 * log10(sqrt(shifted * shifted + 1.0) + shifted);
}

template <class V>
[[nodiscard]] HWY_INLINE V knife_edge_loss_db(V nu) {
  const MaskOf<V> obstructed = nu > PathGeometry::kNuNoLoss;
  if (!any(obstructed)) return 0.0;
  return select(obstructed, knife_edge_formula_db(nu), V(0.0));
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
