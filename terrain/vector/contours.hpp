// Areas of a grid at or above a threshold, and what of them lies inside and outside of others.
#pragma once

#include <vector>

#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// The cells at or above the threshold, along their edges; cells without a value are below. The area is that of
/// the cells, exactly. (The polygons of GDAL's contours were tried: on maps with many small parts their areas are
/// wrong by factors, and their time grows with the square of the parts.)
[[nodiscard]] MultiPolygon area_at_or_above(const Raster<float>& values, double threshold);

/// By GEOS; rings that touch themselves are mended first.
[[nodiscard]] MultiPolygon common_area(const MultiPolygon& a, const MultiPolygon& b);
[[nodiscard]] MultiPolygon area_without(const MultiPolygon& a, const MultiPolygon& b);
/// What any of the areas holds.
[[nodiscard]] MultiPolygon united(const std::vector<MultiPolygon>& areas);

}  // namespace amaneku
