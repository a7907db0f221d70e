// ITU-R P.526-15 section 4.5.4, see p526_delta_bullington.hpp; for one path and for a pack of paths
// (lane_math-inl.hpp).
#if defined(AMANEKU_PROPAGATION_ITU_P526_DELTA_BULLINGTON_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITU_P526_DELTA_BULLINGTON_INL_HPP
#undef AMANEKU_PROPAGATION_ITU_P526_DELTA_BULLINGTON_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITU_P526_DELTA_BULLINGTON_INL_HPP
#endif

#include "propagation/itu/p526_bullington-inl.hpp"
#include "propagation/itu/p526_delta_bullington.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

/// DeltaBullington of many paths.
template <class V>
struct DeltaBullingtonTerms {
  V diffraction_db;
  V actual_db;
  V smooth_db;
  V spherical_db;
};

/// Antennas above the fitted surface, which by its construction never lies above the ground at the ends.
template <class V>
[[nodiscard]] HWY_INLINE SmoothPaths<V> smooth_paths(const BullingtonPaths<V>& path, V smooth_tx_asl_m,
                                                     V smooth_rx_asl_m, V sea_fraction) {
  return {path.distance_m, max(V(0.0), path.tx_asl_m - smooth_tx_asl_m),
          max(V(0.0), path.rx_asl_m - smooth_rx_asl_m), sea_fraction};
}

/// `all_terms`: else the smooth profile is skipped where the spherical Earth takes nothing away.
template <class V, class Samples>
[[nodiscard]] HWY_INLINE DeltaBullingtonTerms<V> delta_bullington(const DiffractionLink& link,
                                                                  const BullingtonPaths<V>& path,
                                                                  const SmoothPaths<V>& smooth,
                                                                  const Samples& samples, bool all_terms) {
  const V actual_db = bullington_loss_db(link, path);
  const V spherical_db = spherical_earth_loss_db(link, smooth);
  V smooth_db = 0.0;
  if (all_terms || any(spherical_db > 0.0)) smooth_db = smooth_bullington_loss_db(link, smooth, samples);
  return {actual_db + max(V(0.0), spherical_db - smooth_db), actual_db, smooth_db, spherical_db};
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
