#include <fmt/format.h>

#include <utility>

#include "terrain/gdal_session.hpp"
#include "terrain/raster/raster_footprint.hpp"
#include "terrain/raster/resampler.hpp"

namespace amaneku {
namespace {

void add_source(SourceRaster& source, const std::string& plan_wkt, Interpolation interpolation,
                MosaicResult& result) {
  const RasterHeader& header = source.header();
  RasterSourceInfo info{.path = header.path,
                        .format = header.format,
                        .crs = header.crs_name,
                        .heights_above = header.heights_above,
                        .resolution_m = resolution_m(header),
                        .extent = extent_of(header)};
  const CellBox box = reached_cells(header, result.raster.grid, plan_wkt);
  if (!box.empty()) {
    const Resampled filled = resample(source, box, result.raster, {plan_wkt, interpolation});
    info.cells_used = filled.cells_used;
    if (!header.nodata_known && filled.suspicious_cells > 0) {
      result.warnings.push_back(
          {"raster_without_nodata",
           fmt::format("{}: the file declares no no-data value, and cells at exactly 0 m or below -100 m may be "
                       "sea or holes read as ground; set nodata to be sure",
                       header.path),
           filled.suspicious_cells});
    }
  }
  for (Warning& warning : source.warnings()) result.warnings.push_back(std::move(warning));
  result.sources.push_back(std::move(info));
}

}  // namespace

SourceList open_source(const RasterSource& source) {
  if (is_gsi_tile_source(source.path)) {
    if (source.meaning == RasterMeaning::classes) {
      throw InputError(
          Fault{.message = "holds heights (elevation tiles), not classes", .file = source.path.string()});
    }
    return open_gsi_tile_source(source);
  }
  if (is_fg_gml_source(source.path)) {
    if (source.meaning == RasterMeaning::classes) {
      throw InputError(Fault{.message = "holds heights (FG-GML), not classes", .file = source.path.string()});
    }
    return open_fg_gml_source(source);
  }
  SourceList list;
  list.push_back(open_gdal_source(source));
  return list;
}

LonLatBox raster_extent(const RasterSource& source) {
  register_gdal();
  LonLatBox all;
  for (const auto& raster : open_source(source)) {
    const LonLatBox box = extent_of(raster->header());
    all.include({box.west_deg, box.south_deg});
    all.include({box.east_deg, box.north_deg});
  }
  return all;
}

MosaicResult read_mosaic(std::span<const RasterSource> sources, const Grid& grid, const Crs& crs,
                         Interpolation interpolation) {
  register_gdal();
  if (grid.cells() == 0) throw InternalError("a mosaic needs a grid with cells");
  MosaicResult result;
  result.raster = Raster<float>(grid, kNoData);
  const std::string plan_wkt = crs.wkt();
  for (const RasterSource& source : sources) {
    for (const auto& raster : open_source(source)) add_source(*raster, plan_wkt, interpolation, result);
  }
  result.void_cells = count_voids(result.raster);
  return result;
}

}  // namespace amaneku
