// The pixels of one source onto the cells of a plan. Internal to the raster readers; why our own: docs/adr/0005.
#pragma once

#include <cstddef>
#include <string>

#include "terrain/raster/raster.hpp"
#include "terrain/raster/raster_footprint.hpp"
#include "terrain/raster/raster_io.hpp"
#include "terrain/raster/raster_source.hpp"

namespace amaneku {

struct Resampled {
  std::size_t cells_used = 0;
  long long suspicious_cells = 0;  ///< at exactly 0 m or below -100 m: perhaps an undeclared no-data value
};

struct Resampling {
  const std::string& plan_wkt;
  Interpolation interpolation = Interpolation::bilinear;
};

/// Fills the NaN cells of `result` inside `box`: interpolated at the cell's centre, or, from two pixels along a
/// cell's side, the mean of the cell's pixels (NaN where fewer than half of them have a value). Throws InputError
/// for a source with too many pixels in the area.
[[nodiscard]] Resampled resample(SourceRaster& source, const CellBox& box, Raster<float>& result,
                                 const Resampling& how);

}  // namespace amaneku
