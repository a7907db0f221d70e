// What the extended Hata model of NTIA TR-15-517 reads from the terrain profile: effective antenna heights,
// undulation, slope at the mobile, sea, ridges. Okumura et al. (1968), sections 2.4 and 4; TR-15-517 section 4 and
// appendix A.
#pragma once

#include <span>

#include "propagation/geometry.hpp"

namespace amaneku::hata {

/// Heights that 10, 50 and 90 % of the samples reach, m.
struct HeightQuantiles {
  double high_m;
  double middle_m;
  double low_m;
};

/// Of n samples the ones of rank [0.1 n], [0.5 n], [0.9 n] from the top, at least the first. No allocation, any
/// number of samples. Precondition: not empty, finite.
[[nodiscard]] HeightQuantiles height_quantiles(std::span<const double> heights_m) noexcept;

/// The two ends are called base (the transmitter) and mobile (the receiver).
struct EhataTerrain {
  enum class SeaAt : std::uint8_t { base, mobile, both };

  double distance_m;
  double base_effective_m;    ///< antenna above the mean ground 3 to 15 km ahead of it, not limited
  double mobile_effective_m;  ///< the same for the mobile
  double mobile_ground_m;
  HeightQuantiles heights;   ///< of the 10 km in front of the mobile, scaled up on shorter paths
  double irregularity_m;     ///< delta h: high less low
  double mobile_slope_mrad;  ///< positive where the ground rises toward the mobile
  double sea_fraction;       ///< share of samples at a height of exactly 0 m
  SeaAt sea_at;
  bool line_of_sight;
  double base_horizon_m;    ///< distance of the base to its horizon; the whole path in line of sight
  double mobile_horizon_m;  ///< the same for the mobile
  bool single_horizon;      ///< both ends look at the same ridge
  double ridge_m;           ///< its height above the antennas as NTIA's program takes it, not negative; else 0
};

/// Samples count alike, so the profile should be evenly spaced. Without a profile: level ground between the ends.
[[nodiscard]] EhataTerrain ehata_terrain(const Link& link, const PathGeometry& path) noexcept;

}  // namespace amaneku::hata
