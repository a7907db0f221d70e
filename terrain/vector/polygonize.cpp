#include "terrain/vector/polygonize.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "terrain/error.hpp"
#include "terrain/gdal_memory.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/vector/ogr_geometry.hpp"

namespace amaneku {
namespace {

DatasetPtr as_dataset(const Raster<std::int16_t>& classes, std::int16_t nodata) {
  const Grid& grid = classes.grid;
  DatasetPtr dataset = in_memory("MEM", grid.nx, grid.ny, GDT_Int16);
  std::array<double, 6> transform = {grid.west_m, grid.cell_m, 0.0, grid.north_m, 0.0, -grid.cell_m};
  dataset->SetGeoTransform(transform.data());
  GDALRasterBand* band = dataset->GetRasterBand(1);
  band->SetNoDataValue(nodata);
  auto* values = const_cast<std::int16_t*>(classes.values.data());  // GDAL's one signature for reading and writing
  if (band->RasterIO(GF_Write, 0, 0, grid.nx, grid.ny, values, grid.nx, grid.ny, GDT_Int16, 0, 0, nullptr) !=
      CE_None) {
    throw InternalError("GDAL cannot fill a raster in memory");
  }
  return dataset;
}

}  // namespace

std::map<std::int16_t, MultiPolygon> polygonize(const Raster<std::int16_t>& classes, std::int16_t nodata) {
  std::map<std::int16_t, MultiPolygon> areas;
  if (classes.grid.cells() == 0) return areas;
  register_gdal();
  const GdalErrorScope errors;
  const DatasetPtr raster = as_dataset(classes, nodata);
  const DatasetPtr vectors = in_memory("Memory");
  OGRLayer* layer = vectors->CreateLayer("classes", nullptr, wkbPolygon, nullptr);
  OGRFieldDefn field("class", OFTInteger);
  if (layer == nullptr || layer->CreateField(&field) != OGRERR_NONE)
    throw InternalError("GDAL cannot make a layer in memory");
  GDALRasterBand* band = raster->GetRasterBand(1);
  if (GDALPolygonize(band, band->GetMaskBand(), layer, 0, nullptr, nullptr, nullptr) != CE_None) {
    throw InternalError("GDALPolygonize failed: " + errors.message());
  }
  for (const auto& feature : *layer) {
    MultiPolygon piece = area_of(*feature->GetGeometryRef());
    std::vector<Polygon>& parts = areas[static_cast<std::int16_t>(feature->GetFieldAsInteger(0))].parts;
    std::move(piece.parts.begin(), piece.parts.end(), std::back_inserter(parts));
  }
  return areas;
}

}  // namespace amaneku
