// The reference attenuation of the irregular terrain model: the median relative to free space for the state of the
// atmosphere of which the other statistics are told. ERL 79-ITS 67 section 3. For V = double and V = Pack.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_REFERENCE_ATTENUATION_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_REFERENCE_ATTENUATION_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_REFERENCE_ATTENUATION_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_REFERENCE_ATTENUATION_INL_HPP
#endif

#include "propagation/itm/diffraction-inl.hpp"
#include "propagation/itm/line_of_sight-inl.hpp"
#include "propagation/itm/troposcatter-inl.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

template <class V>
struct ReferenceAttenuation {
  V attenuation_db;  ///< never negative
  decltype(V() < V()) in_sight;
  decltype(V() < V()) scattered;
};

template <class V>
[[nodiscard]] ReferenceAttenuation<V> reference_attenuation(const Radio& radio, const TerrainTermsOf<V>& terms) {
  const Sight<V> sight = sight_of(radio, terms);
  const DiffractionLine<V> diffraction = diffraction_line(radio, terms, sight);
  V loss_db = diffraction.intercept_db + diffraction.slope_db_m * terms.distance_m;
  const auto in_sight = terms.distance_m < sight.smooth_m;
  auto scattered = in_sight && !in_sight;
  if (!all(in_sight)) {
    const ScatterLine<V> scatter = scatter_line(radio, terms, sight, diffraction);
    // Both lines meet at from_m.
    const V beyond_m = terms.distance_m - scatter.from_m;
    scattered = !in_sight && scatter.defined && beyond_m > V(0.0);
    loss_db = select(scattered, loss_db + (scatter.slope_db_m - diffraction.slope_db_m) * beyond_m, loss_db);
  }
  if (any(in_sight)) loss_db = select(in_sight, line_of_sight_db(radio, terms, sight, diffraction), loss_db);
  return {max(V(0.0), loss_db), in_sight, scattered};
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
