#include "scenarios/read/buildings.hpp"

#include <algorithm>

#include "scenarios/schema/schema_keys.hpp"
#include "terrain/vector/buildings.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

void lay_over(const Raster<float>& heights, Raster<float>& all) {
  if (all.values.empty()) all = Raster<float>(heights.grid, 0.0F);
  for (std::size_t i = 0; i < all.values.size(); ++i) all.values[i] = std::max(all.values[i], heights.values[i]);
}

RasterSourceInfo source_info(const BuildingSource& source, const Buildings& read, const Raster<float>& heights,
                             const Crs& crs) {
  RasterSourceInfo out{.path = source.path.string(), .format = "buildings", .crs = crs.id()};
  out.resolution_m = heights.grid.cell_m;
  out.cells_used = static_cast<std::size_t>(
      std::count_if(heights.values.begin(), heights.values.end(), [](float height_m) { return height_m > 0.0F; }));
  for (const Building& building : read.buildings) {
    for (const Polygon& part : building.area.parts) {
      for (const Point& corner : part.outer) out.extent.include(crs.to_lonlat(corner));
    }
  }
  return out;
}

}  // namespace

std::vector<SchemaKey> buildings_keys() {
  const BuildingSource defaults;
  return {required(text("path", {},
                        "CityGML as PLATEAU delivers it (.gml), a folder of such files (udx/bldg), or polygons, "
                        "anything that OGR reads.")),
          text("layer", defaults.layer, "Polygons: layer of a GeoPackage; absent: the only one."),
          text("height_field", defaults.height_field, "Polygons: field of the height above ground, m.")};
}

BuildingClutter building_clutter(Document& document, const Grid& grid, const Crs& crs) {
  BuildingClutter out;
  for (const SectionView& view : document.sections("terrain.buildings")) {
    document.attempt(view, "path", [&] {
      const BuildingSource source{
          .path = document.path_of(view), .layer = view.text("layer"), .height_field = view.text("height_field")};
      const Buildings read = read_buildings(source, grid, crs);
      const Raster<float> heights = building_heights(read.buildings, grid);
      lay_over(heights, out.height_m);
      out.sources.push_back(source_info(source, read, heights, crs));
      out.warnings.insert(out.warnings.end(), read.warnings.begin(), read.warnings.end());
    });
  }
  return out;
}

}  // namespace amaneku::scenarios
