// One reader for each kind of file; each puts its ways into the builder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "terrain/routes/map_builder.hpp"

namespace amaneku {

/// GeoPackage, GeoJSON and Shapefile, N13 and N02 of 国土数値情報 among them.
void read_vector_ways(MapBuilder& builder);
/// OpenStreetMap XML and PBF, by GDAL.
void read_osm_ways(MapBuilder& builder);
/// Lanelets as the lines midway between their borders.
void read_lanelet2(MapBuilder& builder);
/// Reference lines of roads.
void read_opendrive(MapBuilder& builder);
/// Edges of a SUMO network from junction to junction.
void read_sumo(MapBuilder& builder);
/// Tracks and routes of a GPX file.
void read_gpx(MapBuilder& builder);
/// A table of points.
void read_route_csv(MapBuilder& builder);

/// The column of that meaning, "" for none: the one `asked` for (InputError with the nearest where there is none),
/// else the first of `usual` that the file has. A column that looks like a slip of a usual name is warned of.
[[nodiscard]] std::string column_of(MapBuilder& builder, const std::vector<std::string>& columns,
                                    const std::string& asked, const std::vector<std::string>& usual);

/// The columns of attributes that a file has, by key; "" for none.
struct AttributeColumns {
  std::string id{};
  std::vector<std::pair<WayKey, std::string>> columns{};

  [[nodiscard]] bool has(WayKey key) const noexcept;
};
[[nodiscard]] AttributeColumns attribute_columns(MapBuilder& builder, const std::vector<std::string>& columns);

}  // namespace amaneku
