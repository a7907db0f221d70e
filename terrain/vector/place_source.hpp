// Named places (schools, clinics, shelters, stations, farms, cameras) as points or polygons, with figures beside
// them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/range.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

struct PlaceSource {
  std::filesystem::path path;
  std::string name_field = "name";
  std::string kind_field = "kind";
  std::string kind = "place";  ///< where the field is empty or absent
  /// Fields that hold a figure, and what is legal in them.
  std::map<std::string, Range> figures{};
};

/// A place, and the figures that its file has for it.
struct SourcePlace {
  std::string name{};
  std::string kind{};
  Point at{};                               ///< of a polygon an inner point
  MultiPolygon area{};                      ///< empty for a point
  std::map<std::string, double> figures{};  ///< by field; absent where the file has none

  [[nodiscard]] double figure_or(const std::string& field, double otherwise) const {
    const auto found = figures.find(field);
    return found == figures.end() ? otherwise : found->second;
  }
};

/// CSV with columns lon and lat (deg), or points and polygons of GeoJSON, GeoPackage, Shapefile and the like.
/// InputError with file and row or feature: a figure that is no number or out of its range, a line.
[[nodiscard]] std::vector<SourcePlace> read_source_places(const PlaceSource& source, const Crs& crs);

}  // namespace amaneku
