// The mechanisms of clear air that ITU-R P.452 and P.1812 share, together; for one path and for a pack of paths
// (lane_math-inl.hpp).
#if defined(AMANEKU_PROPAGATION_ITU_P452_CLEAR_AIR_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITU_P452_CLEAR_AIR_INL_HPP
#undef AMANEKU_PROPAGATION_ITU_P452_CLEAR_AIR_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITU_P452_CLEAR_AIR_INL_HPP
#endif

#include "propagation/itu/p452_clear_air.hpp"
#include "propagation/itu/p452_combination-inl.hpp"
#include "propagation/itu/p452_ducting-inl.hpp"
#include "propagation/itu/p452_paths-inl.hpp"
#include "propagation/itu/p452_time-inl.hpp"
#include "propagation/itu/p525-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

template <class V>
struct ClearAir {
  V log10_beta0;
  HorizonAngles<V> angles;
  DeltaBullingtonTerms<V> median;  ///< effective Earth radius of the link
  DeltaBullingtonTerms<V> beta;    ///< three Earth radii
  V gases_db;                      ///< in line of sight
  Mechanisms<V> mechanisms;
  Blend<V> blend;
  Combined<V> combined;
};

/// Section 4.1 (P.1812-7 section 4.2): line of sight with multipath and focusing.
template <class V>
[[nodiscard]] HWY_INLINE LineOfSightLoss<V> line_of_sight_loss(const ClearAirLink& link,
                                                               const ClearAirPaths<V>& path, V slant_km,
                                                               V gases_db, V log10_beta0) {
  constexpr double kLog10Of50 = 1.6989700043360187;
  const V free_space_db = 92.4 + 20.0 * link.log10_f + 20.0 * log10(positive(slant_km)) + gases_db;  // (8)
  const V to_horizons_km = (path.distance_m - (path.rx_radio_horizon_m - path.tx_radio_horizon_m)) * 1e-3;
  const V spread_db = -2.6 * expm1(-0.1 * to_horizons_km);                         // (9a), (9b)
  return {free_space_db, free_space_db + spread_db * (link.log10_p - kLog10Of50),  // (10)
          free_space_db + spread_db * (log10_beta0 - kLog10Of50)};                 // (11)
}

/// F_j, P.452-18 eq. (58) or P.1812-7 eq. (57).
template <class V>
[[nodiscard]] HWY_INLINE V angle_interpolation(const ClearAirLink& link, const ClearAirPaths<V>& path,
                                               V path_mrad) {
  if (!link.angle_from_line) return angle_interpolation(8.0 * (path_mrad - 0.3));
  const V d = path.distance_m;
  const V line_slope = (path.rx_asl_m - path.tx_asl_m) / d - d * link.median.per_two_ae;
  return angle_interpolation(8e3 * (path.bare_tx_slope - line_slope));
}

/// Section 4.2.4 (P.1812-7 section 4.3.5), diffraction not exceeded for the share of time; L_dp. Without
/// `all_terms` three Earth radii are left out where they do not count, at 50 percent.
template <class V, class Samples>
[[nodiscard]] HWY_INLINE V diffraction_loss_db(const ClearAirLink& link, const ClearAirPaths<V>& path,
                                               const Samples& samples, bool all_terms, ClearAir<V>& air) {
  const SmoothPaths<V> smooth =
      smooth_paths(path.median, path.smooth_tx_asl_m, path.smooth_rx_asl_m, path.sea_fraction);
  air.median = delta_bullington(link.median, path.median, smooth, samples, all_terms);
  const V median_db = air.median.diffraction_db;
  const V share = air.blend.time_interpolation;
  if (!all_terms && all(share == 0.0)) return median_db;
  air.beta = delta_bullington(link.beta, path.beta, smooth, samples, all_terms);
  return median_db + share * (air.beta.diffraction_db - median_db);  // (41)
}

template <class V, class Samples>
[[nodiscard]] HWY_INLINE ClearAir<V> clear_air(const ClearAirLink& link, const ClearAirPaths<V>& path,
                                               const Samples& samples, bool all_terms) {
  ClearAir<V> air;
  const V d_km = path.distance_m * 1e-3;
  const V omega = path.sea_fraction;
  const V log_d_km = log(positive(d_km));
  // Most paths are inland all the way.
  const bool inland = all(path.longest_inland_m == path.distance_m);
  const V tau = inland_share(inland ? log_d_km : log(max(V(0.0), path.longest_inland_m * 1e-3)));
  air.log10_beta0 = log10_beta0(link.climate, path.longest_land_m, tau);
  air.angles = horizon_angles(link.median.per_two_ae, path);
  const V interpolation = time_interpolation(link.p, link.log10_p, link.deviate_of_p, air.log10_beta0);
  air.blend = {d_km, omega, interpolation, angle_interpolation(link, path, air.angles.path_mrad)};
  const std::array<double, 3>& gas = link.gases.path_db_km;
  const V gases_db_km = gas[0] + omega * (gas[1] + omega * gas[2]);  // (9a)
  const V slant_km = slant_distance_m(path.distance_m, path.rx_asl_m - path.tx_asl_m) * 1e-3;
  air.gases_db = gases_db_km * slant_km;
  Mechanisms<V>& m = air.mechanisms;
  m.line_of_sight = line_of_sight_loss(link, path, slant_km, air.gases_db, air.log10_beta0);
  m.diffraction_at_p_db = diffraction_loss_db(link, path, samples, all_terms, air);
  m.diffraction_median_db = air.median.diffraction_db;
  m.ducting_db = ducting_loss_db(link, path, air.angles, air.log10_beta0, tau, log_d_km) + gases_db_km * d_km;
  m.troposcatter_db = link.scatter_db + kDecibelsPerNeper * log_d_km + 0.573 * air.angles.path_mrad +
                      link.gases.scatter_db_km * d_km;  // (44)
  if (link.scatter_above_free_space) m.troposcatter_db = max(m.troposcatter_db, m.line_of_sight.free_space_db);
  air.combined = combine(m, air.blend);
  return air;
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
