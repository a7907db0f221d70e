// Radio horizons of the two ends of a terrain profile.
#pragma once

#include <cstddef>

#include "propagation/itm/terrain_terms.hpp"
#include "terrain/raster/profile.hpp"

namespace amaneku::itm {

/// Elevation angle, distance and place of a horizon; of the other end where the path is in sight.
struct Horizon {
  double elevation_rad;
  double distance_m;   ///< the sample's own
  std::size_t sample;  ///< its index in the profile
};

struct Horizons {
  Horizon tx;
  Horizon rx;
};

/// Bare ground, at the samples' own distances. NBS Technical Note 101 eq. (6.15).
[[nodiscard]] Horizons find_horizons(const ProfileView& profile, const Antennas& antennas,
                                     double earth_radius_m) noexcept;

}  // namespace amaneku::itm
