// Classes of a grid as polygons.
#pragma once

#include <cstdint>
#include <map>

#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// The cells of each class, dissolved: along cell edges, holes kept, cells that touch at a corner only are
/// separate parts. `nodata` gives no polygon. The areas are those of the cells, exactly.
[[nodiscard]] std::map<std::int16_t, MultiPolygon> polygonize(const Raster<std::int16_t>& classes,
                                                              std::int16_t nodata);

}  // namespace amaneku
