// The air of the irregular terrain model: refractivity at the height of the ground and the Earth that it makes.
// NBS Technical Note 101, eq. (4.3) and (4.4).
#pragma once

namespace amaneku::itm {

template <class V>
struct AirOf {
  V surface_refractivity;  ///< N_s, N-units, as computed: may lie outside the range of the model
  V earth_radius_m;        ///< effective; of the nearest N_s in 0 .. 500 N-units where it is outside
};
using Air = AirOf<double>;

/// `n0` at sea level, N-units; `mean_asl_m` of the ground of the path.
[[nodiscard]] Air air_over(double n0, double mean_asl_m) noexcept;

}  // namespace amaneku::itm
