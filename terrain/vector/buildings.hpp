// Buildings as footprints with heights, and the heights of cells made of them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// Heights above ground that a building can have, m: the rest is a fault of the data.
inline constexpr double kLowestBuilding_m = 0.1;
inline constexpr double kHighestBuilding_m = 1000.0;

struct BuildingSource {
  /// CityGML as PLATEAU delivers it (.gml), a folder of such files (as in udx/bldg), or polygons, anything that
  /// OGR reads.
  std::filesystem::path path;
  std::string layer{};                          ///< polygons: of a GeoPackage; empty: the only one
  std::string height_field = "measuredHeight";  ///< polygons: height above ground, m
};

struct Building {
  MultiPolygon area{};
  double height_m = 0.0;  ///< above ground
};

struct Buildings {
  std::vector<Building> buildings{};  ///< in order of the files and of their features
  long long files = 0;
  std::vector<Warning> warnings{};  ///< building_without_height, building_without_footprint, building_repaired
};

/// Of CityGML the height of a building is that of its LOD1 solid, from its lowest to its highest point, else its
/// measuredHeight (-9999 and other impossible figures: none); its footprint that of LOD0, else the lowest face of
/// the solid. Files of a folder whose envelope does not touch `grid` are passed over. Throws InputError: broken
/// XML, a DOCTYPE, another CRS than EPSG:6697, no building in any file, none
/// that reaches the grid, a field of heights that is missing or holds no number.
[[nodiscard]] Buildings read_buildings(const BuildingSource& source, const Grid& grid, const Crs& crs);

/// The mean height above ground of each cell, 0 between the buildings: over samples up to 2.5 m apart (at most 16
/// along a side), of the highest building that holds each; of cells of 2.5 m and less that at their centre.
[[nodiscard]] Raster<float> building_heights(const std::vector<Building>& buildings, const Grid& grid);

}  // namespace amaneku
