// Small files of routes for the tests.
#pragma once

#include <fstream>
#include <string>

#include "terrain/routes/route_map.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

namespace amaneku::test {

inline std::filesystem::path written_file(const TemporaryFolder& folder, const char* name,
                                          const std::string& text) {
  std::filesystem::path path = folder.path() / name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

inline std::filesystem::path route_data(const char* name) {
  return std::filesystem::path(AMANEKU_SOURCE_DIR) / "tests/unit/terrain/routes/data" / name;
}

/// What is said of a file that is refused; empty where it is not.
inline std::string refusal_of(const std::filesystem::path& path, const RouteMapOptions& options = {}) {
  try {
    (void)read_route_map(path, options);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

inline const RoutePiece& piece_of(const RouteMap& map, const std::string& id) {
  for (const RoutePiece& piece : map.pieces) {
    if (piece.id == id) return piece;
  }
  throw std::runtime_error("no piece " + id);
}

inline long long warned(const RouteMap& map, const std::string& id) {
  for (const Warning& warning : map.warnings) {
    if (warning.id == id) return warning.count;
  }
  return 0;
}

/// A GeoJSON of lines: properties and coordinates of each.
inline std::string line_collection(const std::vector<std::pair<std::string, std::string>>& lines) {
  std::string features;
  for (const auto& [properties, coordinates] : lines) {
    features += (features.empty() ? "" : ",") +
                (R"({"type":"Feature","properties":)" + properties +
                 R"(,"geometry":{"type":"LineString","coordinates":)" + coordinates + "}}");
  }
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

}  // namespace amaneku::test
