#include "terrain/polygonize.hpp"

#include <gdal_alg.h>
#include <ogrsf_frmts.h>

#include <array>

#include "terrain/error.hpp"
#include "terrain/gdal_memory.hpp"
#include "terrain/gdal_session.hpp"

namespace amaneku {
namespace {

DatasetPtr in_memory(const char* driver, const Grid* grid) {
  GDALDriver* made = GetGDALDriverManager()->GetDriverByName(driver);
  if (made == nullptr) throw InternalError(std::string("GDAL has no driver ") + driver);
  const int bands = grid != nullptr ? 1 : 0;
  DatasetPtr dataset(
      made->Create("", grid != nullptr ? grid->nx : 0, grid != nullptr ? grid->ny : 0, bands, GDT_Int16, nullptr));
  if (!dataset) throw InternalError(std::string("GDAL cannot make a dataset in memory: ") + driver);
  return dataset;
}

DatasetPtr as_dataset(const Raster<std::int16_t>& classes, std::int16_t nodata) {
  const Grid& grid = classes.grid;
  DatasetPtr dataset = in_memory("MEM", &grid);
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

Line line_of(const OGRLinearRing& ring) {
  Line line;
  line.reserve(static_cast<std::size_t>(ring.getNumPoints()));
  for (int i = 0; i < ring.getNumPoints(); ++i) line.push_back({ring.getX(i), ring.getY(i)});
  return line;
}

Polygon polygon_of(const OGRPolygon& from) {
  Polygon polygon{.outer = line_of(*from.getExteriorRing())};
  for (int i = 0; i < from.getNumInteriorRings(); ++i) polygon.holes.push_back(line_of(*from.getInteriorRing(i)));
  return polygon;
}

}  // namespace

std::map<std::int16_t, MultiPolygon> polygonize(const Raster<std::int16_t>& classes, std::int16_t nodata) {
  std::map<std::int16_t, MultiPolygon> areas;
  if (classes.grid.cells() == 0) return areas;
  register_gdal();
  const GdalErrorScope errors;
  const DatasetPtr raster = as_dataset(classes, nodata);
  const DatasetPtr vectors = in_memory("Memory", nullptr);
  OGRLayer* layer = vectors->CreateLayer("classes", nullptr, wkbPolygon, nullptr);
  OGRFieldDefn field("class", OFTInteger);
  if (layer == nullptr || layer->CreateField(&field) != OGRERR_NONE)
    throw InternalError("GDAL cannot make a layer in memory");
  GDALRasterBand* band = raster->GetRasterBand(1);
  if (GDALPolygonize(band, band->GetMaskBand(), layer, 0, nullptr, nullptr, nullptr) != CE_None) {
    throw InternalError("GDALPolygonize failed: " + errors.message());
  }
  for (const auto& feature : *layer) {
    const OGRGeometry* geometry = feature->GetGeometryRef();
    areas[static_cast<std::int16_t>(feature->GetFieldAsInteger(0))].parts.push_back(
        polygon_of(*geometry->toPolygon()));
  }
  return areas;
}

}  // namespace amaneku
