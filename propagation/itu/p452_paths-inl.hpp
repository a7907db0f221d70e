// What ITU-R P.452 and P.1812 look at on a path in clear air, for one path and for a pack of paths
// (lane_math-inl.hpp).
#if defined(AMANEKU_PROPAGATION_ITU_P452_PATHS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITU_P452_PATHS_INL_HPP
#undef AMANEKU_PROPAGATION_ITU_P452_PATHS_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITU_P452_PATHS_INL_HPP
#endif

#include "propagation/bounded.hpp"
#include "propagation/itu/p526_delta_bullington-inl.hpp"
#include "propagation/path_arrays.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

/// As in PathGeometry.
template <class V>
struct ClearAirPaths {
  V distance_m;
  V tx_asl_m;
  V rx_asl_m;
  BullingtonPaths<V> median;
  BullingtonPaths<V> beta;
  MaskOf<V> bare_line_of_sight;
  V bare_tx_slope;
  V bare_rx_slope;
  V tx_radio_horizon_m;
  V rx_radio_horizon_m;
  V roughness_m;
  V smooth_tx_asl_m;
  V smooth_rx_asl_m;
  V fitted_tx_asl_m;
  V fitted_rx_asl_m;
  V sea_fraction;
  V longest_land_m;
  V longest_inland_m;
  V coast_distance_tx_m;
  V coast_distance_rx_m;
};

[[nodiscard]] HWY_INLINE ClearAirPaths<double> clear_air_path(const PathGeometry& path) {
  return {.distance_m = path.distance_m,
          .tx_asl_m = path.tx_asl_m,
          .rx_asl_m = path.rx_asl_m,
          .median = bullington_path(path, path.median),
          .beta = bullington_path(path, path.beta),
          .bare_line_of_sight = path.bare.line_of_sight,
          .bare_tx_slope = path.bare.tx_slope,
          .bare_rx_slope = path.bare.rx_slope,
          .tx_radio_horizon_m = path.tx_radio_horizon_m,
          .rx_radio_horizon_m = path.rx_radio_horizon_m,
          .roughness_m = path.roughness_m,
          .smooth_tx_asl_m = path.smooth_tx_asl_m,
          .smooth_rx_asl_m = path.smooth_rx_asl_m,
          .fitted_tx_asl_m = path.fitted_tx_asl_m,
          .fitted_rx_asl_m = path.fitted_rx_asl_m,
          .sea_fraction = path.zones.sea_fraction,
          .longest_land_m = path.zones.longest_land_m,
          .longest_inland_m = path.zones.longest_inland_m,
          .coast_distance_tx_m = path.zones.coast_distance_tx_m,
          .coast_distance_rx_m = path.zones.coast_distance_rx_m};
}

/// Paths i, i + 1 ... of the arrays. A path over inland ground alone has no coast: all its distances of zones are
/// its length.
template <class V>
[[nodiscard]] HWY_INLINE ClearAirPaths<V> clear_air_paths(const PathArrays& paths, std::size_t i) {
  const bool inland = paths.all_inland;
  const V distance_m = load<V>(&paths.distance_m[i]);
  return {.distance_m = distance_m,
          .tx_asl_m = paths.tx_asl_m,
          .rx_asl_m = load<V>(&paths.rx_asl_m[i]),
          .median = bullington_paths<V>(paths, paths.median, i),
          .beta = bullington_paths<V>(paths, paths.beta, i),
          .bare_line_of_sight = load<V>(&paths.bare.line_of_sight[i]) > 0.5,
          .bare_tx_slope = load<V>(&paths.bare.tx_slope[i]),
          .bare_rx_slope = load<V>(&paths.bare.rx_slope[i]),
          .tx_radio_horizon_m = load<V>(&paths.tx_radio_horizon_m[i]),
          .rx_radio_horizon_m = load<V>(&paths.rx_radio_horizon_m[i]),
          .roughness_m = load<V>(&paths.roughness_m[i]),
          .smooth_tx_asl_m = load<V>(&paths.smooth_tx_asl_m[i]),
          .smooth_rx_asl_m = load<V>(&paths.smooth_rx_asl_m[i]),
          .fitted_tx_asl_m = load<V>(&paths.fitted_tx_asl_m[i]),
          .fitted_rx_asl_m = load<V>(&paths.fitted_rx_asl_m[i]),
          .sea_fraction = inland ? V(0.0) : load<V>(&paths.sea_fraction[i]),
          .longest_land_m = inland ? distance_m : load<V>(&paths.longest_land_m[i]),
          .longest_inland_m = inland ? distance_m : load<V>(&paths.longest_inland_m[i]),
          .coast_distance_tx_m = inland ? distance_m : load<V>(&paths.coast_distance_tx_m[i]),
          .coast_distance_rx_m = inland ? distance_m : load<V>(&paths.coast_distance_rx_m[i])};
}

/// Above the local horizontal of each end, mrad, over the ground without clutter; in line of sight the direction
/// to the other antenna. P.452-18 Annex 1 Attachment 2, P.1812-7 Attachment 1.
template <class V>
struct HorizonAngles {
  V tx_mrad;    ///< theta_t
  V rx_mrad;    ///< theta_r
  V path_mrad;  ///< theta = d / a_e + theta_t + theta_r
};

template <class V>
[[nodiscard]] HWY_INLINE HorizonAngles<V> horizon_angles(double per_two_ae, const ClearAirPaths<V>& path) {
  const V d_per_ae = path.distance_m * (2.0 * per_two_ae);
  const V rise = (path.rx_asl_m - path.tx_asl_m) / path.distance_m;
  const MaskOf<V> in_sight = path.bare_line_of_sight;
  // Seen from the receiver its own horizontal falls by d / a_e against the frame's.
  const V tx_slope = select(in_sight, rise - 0.5 * d_per_ae, path.bare_tx_slope);
  const V rx_slope = select(in_sight, -rise - 0.5 * d_per_ae, path.bare_rx_slope - d_per_ae);
  const V tx_mrad = 1e3 * atan(tx_slope);
  const V rx_mrad = 1e3 * atan(rx_slope);
  return {tx_mrad, rx_mrad, 1e3 * d_per_ae + tx_mrad + rx_mrad};
}

template <class V>
[[nodiscard]] HWY_INLINE V positive(V value) {
  return clamp(value, V(kSmallest), V(kLargest));
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
