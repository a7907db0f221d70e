// What the irregular terrain model knows of a path: the border between geometry (profile_terms.hpp from a terrain
// profile, area_terms.hpp from statistics of an area) and physics (reference_attenuation-inl.hpp,
// variability-inl.hpp).
#pragma once

#include <algorithm>

namespace amaneku::itm {

/// Values beyond which the formulas lose their meaning or overflow. All lie outside the validity of the model, so
/// whoever reaches one has been warned; see docs/methods/itm.md.
inline constexpr double kSmallestHeight_m = 0.01;
inline constexpr double kLargestHeight_m = 1e6;
inline constexpr double kSmallestDistance_m = 1e-3;
inline constexpr double kLargestDistance_m = 1e9;
inline constexpr double kLargestIrregularity_m = 1e5;
inline constexpr double kLargestElevation_rad = 1e3;

/// `value` between the two; `low` for NaN.
[[nodiscard]] constexpr double within(double value, double low, double high) noexcept {
  return value > low ? std::min(value, high) : low;
}

/// One end of the path; of several paths where V holds several numbers.
template <class V>
struct TerminalOf {
  V agl_m;        ///< structural height above ground, h_g
  V effective_m;  ///< effective height, h_e
  V horizon_m;    ///< distance to the radio horizon, d_L
  V horizon_rad;  ///< its elevation angle, theta_e
};
using Terminal = TerminalOf<double>;

template <class V>
struct TerrainTermsOf {
  V distance_m;
  V delta_h_m;             ///< terrain irregularity: interdecile range of heights on a long path
  V surface_refractivity;  ///< N_s, N-units
  V earth_radius_m;        ///< effective
  TerminalOf<V> tx;
  TerminalOf<V> rx;
  bool known_path;  ///< from a profile, not from statistics of an area
};
using TerrainTerms = TerrainTermsOf<double>;

/// Heights of the two antennas above ground, within the limits above.
struct Antennas {
  double tx_agl_m;
  double rx_agl_m;
};

[[nodiscard]] constexpr Antennas limited(const Antennas& antennas) noexcept {
  return {within(antennas.tx_agl_m, kSmallestHeight_m, kLargestHeight_m),
          within(antennas.rx_agl_m, kSmallestHeight_m, kLargestHeight_m)};
}

}  // namespace amaneku::itm
