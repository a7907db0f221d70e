// The terms of a path from statistics of an area: area prediction mode of the irregular terrain model.
// The algorithm, section 3, eq. (3.1) to (3.4).
#pragma once

#include <cstdint>

#include "propagation/itm/terrain_terms.hpp"

namespace amaneku::itm {

/// With how much care the place of a terminal was chosen.
enum class Siting : std::uint8_t { random, careful, very_careful };

struct Area {
  double delta_h_m;
  Siting tx_siting;
  Siting rx_siting;
};

/// `n0` counts as the refractivity at the ground. A negative delta_h_m is taken as 0.
[[nodiscard]] TerrainTerms area_terms(const Antennas& antennas, double n0, const Area& area,
                                      double distance_m) noexcept;

}  // namespace amaneku::itm
