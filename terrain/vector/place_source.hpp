// Named places (schools, clinics, shelters, stations, farms, cameras) as points or polygons with what they need.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

struct PlaceSource {
  std::filesystem::path path;
  std::string name_field = "name";
  std::string kind_field = "kind";
  std::string kind = "place";  ///< where the field is empty or absent
};

/// A place, and what its file says that it needs; nothing where the file does not say.
struct SourcePlace {
  std::string name{};
  std::string kind{};
  Point at{};           ///< of a polygon an inner point
  MultiPolygon area{};  ///< empty for a point
  std::optional<double> level_dbm{};
  std::optional<double> dl_mbps{};
  std::optional<double> ul_mbps{};
};

/// CSV with columns lon and lat (deg), or points and polygons of GeoJSON, GeoPackage, Shapefile and the like.
/// Fields level_dbm, dl_mbps and ul_mbps where the file has them. InputError with file and row or feature: a
/// figure that is no number, a negative rate, a line.
[[nodiscard]] std::vector<SourcePlace> read_source_places(const PlaceSource& source, const Crs& crs);

}  // namespace amaneku
