// The terms of a path from its terrain profile: point-to-point mode of the irregular terrain model.
// Hufford, Longley & Kissick (1982), NTIA Report 82-100; the algorithm, sections 2 and 3.
#pragma once

#include "propagation/itm/terrain_terms.hpp"
#include "terrain/raster/profile.hpp"

namespace amaneku::itm {

/// `n0`: refractivity at sea level, N-units. The profile has two points at least; clutter is not read.
[[nodiscard]] TerrainTerms profile_terms(const Antennas& antennas, double n0, const ProfileView& profile) noexcept;

}  // namespace amaneku::itm
