// Municipal boundaries from labelled cells: shared borders are the same points in both polygons.
#pragma once

#include <cstdint>
#include <vector>

#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku::scenarios::demo {

/// The polygons of labels 0..count-1 (cells of -1 belong to nobody), smoothed and thinned. Neighbours share their
/// border points exactly; points where three labels meet stay where they are.
[[nodiscard]] std::vector<MultiPolygon> outline_labels(const std::vector<std::int32_t>& labels, const Grid& grid,
                                                       int count);

/// Points of a line without those that lie closer than `tolerance_m` to the line through the others
/// (Douglas and Peucker 1973). The result does not depend on the direction of the line.
[[nodiscard]] Line thinned(const Line& line, double tolerance_m);

}  // namespace amaneku::scenarios::demo
