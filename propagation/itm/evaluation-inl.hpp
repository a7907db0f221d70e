// The loss of the irregular terrain model from the terms of the path: for V = double and V = Pack.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_EVALUATION_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_EVALUATION_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_EVALUATION_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_EVALUATION_INL_HPP
#endif

#include "propagation/itm/reference_attenuation-inl.hpp"
#include "propagation/itm/settings.hpp"
#include "propagation/itm/variability-inl.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

template <class V>
struct EvaluationOf {
  V loss_db;
  V free_space_db;
  ReferenceAttenuation<V> reference;
};

template <class V>
[[nodiscard]] EvaluationOf<V> evaluation(const Radio& radio, const LinkStatistics& statistics,
                                         const TerrainTermsOf<V>& terms) {
  const ReferenceAttenuation<V> reference = reference_attenuation(radio, terms);
  // The source's rounded constant.
  const V free_space_db = 32.45 + 20.0 * log10(radio.f_mhz * terms.distance_m * 1e-3);
  return {free_space_db + attenuation_db(statistics, terms, reference.attenuation_db), free_space_db, reference};
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
