// Where a raster lies: on Earth, on the grid of a plan, and how fine it is. Internal to the raster readers.
#pragma once

#include <ogr_spatialref.h>

#include <memory>
#include <string>

#include "terrain/geo.hpp"
#include "terrain/raster/raster.hpp"
#include "terrain/raster/raster_source.hpp"

namespace amaneku {

struct DestroyTransform {
  void operator()(OGRCoordinateTransformation* t) const noexcept { OGRCoordinateTransformation::DestroyCT(t); }
};
using CrsTransform = std::unique_ptr<OGRCoordinateTransformation, DestroyTransform>;

/// From the WKT of GDAL, x east first. Throws InternalError for any other text.
[[nodiscard]] OGRSpatialReference gdal_reference(const std::string& wkt);

/// Throws InputError naming the file `path` where there is no way between the two.
[[nodiscard]] CrsTransform transform_between(const OGRSpatialReference& from, const OGRSpatialReference& to,
                                             const std::string& path);

/// Throws InputError for a raster that has no longitudes and latitudes.
[[nodiscard]] LonLatBox extent_of(const RasterHeader& header);

/// Cells of a grid, rows downwards: [x0, x1) x [y0, y1).
struct CellBox {
  int x0 = 0;
  int y0 = 0;
  int x1 = 0;
  int y1 = 0;
  [[nodiscard]] bool empty() const { return x0 >= x1 || y0 >= y1; }
};

/// The cells that the raster may reach; all of them where its outline has no plan coordinates (a raster of the
/// whole world).
[[nodiscard]] CellBox reached_cells(const RasterHeader& header, const Grid& grid, const std::string& plan_wkt);

/// Side of a square as large as one pixel, in the middle of the raster, m; 0 where it has no position on Earth.
[[nodiscard]] double resolution_m(const RasterHeader& header);

}  // namespace amaneku
