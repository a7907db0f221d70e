// The radio-climatic zones of a new scenario, from its sea and its heights.
#pragma once

#include "terrain/raster/raster.hpp"
#include "terrain/raster/raster_io.hpp"

namespace amaneku::scenarios {

/// Land up to this height above the sea, and up to this distance from it, is coastal (ITU-R P.1812-7 and P.452-18,
/// zone A1).
inline constexpr float kCoastalLand_asl_m = 100.0F;
inline constexpr double kCoastalLand_m = 50'000.0;

/// Classes 1 sea, 3 coastal land, 4 inland, as [[terrain.zone]] has them. `sea` has a value where it is sea. Sea
/// beyond the grid is not known. Voids of the ground are inland.
[[nodiscard]] ClassRaster zones_of(const Raster<float>& ground_asl_m, const Raster<float>& sea);

}  // namespace amaneku::scenarios
