// What the irregular terrain model knows of a path: the border between geometry (profile_terms.hpp from a terrain
// profile, area_terms.hpp from statistics of an area) and physics (reference_attenuation.hpp, variability.hpp).
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

/// One end of the path.
struct Terminal {
  double agl_m;        ///< structural height above ground, h_g
  double effective_m;  ///< effective height, h_e
  double horizon_m;    ///< distance to the radio horizon, d_L
  double horizon_rad;  ///< its elevation angle, theta_e
};

struct TerrainTerms {
  double distance_m;
  double delta_h_m;             ///< terrain irregularity: interdecile range of heights on a long path
  double surface_refractivity;  ///< N_s, N-units
  double earth_radius_m;        ///< effective
  Terminal tx;
  Terminal rx;
  bool known_path;  ///< from a profile, not from statistics of an area
};

/// Heights of the two antennas above ground, within the limits above.
struct Antennas {
  double tx_agl_m;
  double rx_agl_m;
};

[[nodiscard]] constexpr Antennas limited(const Antennas& antennas) noexcept {
  return {within(antennas.tx_agl_m, kSmallestHeight_m, kLargestHeight_m),
          within(antennas.rx_agl_m, kSmallestHeight_m, kLargestHeight_m)};
}

/// The same terms within the limits above.
[[nodiscard]] TerrainTerms limited(const TerrainTerms& terms) noexcept;

/// Horizon of a terminal over ground that is irregular at random, as seen from its effective height: Hufford,
/// Longley & Kissick (1982); Hufford, "The ITS Irregular Terrain Model: the algorithm" eq. (3.3) and (3.4).
[[nodiscard]] double random_horizon_m(double effective_m, double delta_h_m, double earth_radius_m) noexcept;
[[nodiscard]] double random_horizon_rad(const Terminal& terminal, double delta_h_m,
                                        double earth_radius_m) noexcept;

/// Distance to the horizon of a smooth Earth, m.
[[nodiscard]] double smooth_horizon_m(double effective_m, double earth_radius_m) noexcept;

/// Share of delta_h_m that a path of this length sees, m: ERL 79-ITS 67 eq. (3).
[[nodiscard]] double irregularity_at_m(double distance_m, double delta_h_m) noexcept;

}  // namespace amaneku::itm
