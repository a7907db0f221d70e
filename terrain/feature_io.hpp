// Vector layers to GeoPackage, styled for QGIS, and point tables (sites) from CSV or OGR.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/vector.hpp"

namespace amaneku {

using Attribute = std::variant<std::monostate, std::int64_t, double, std::string>;
using Geometry = std::variant<Point, Line, MultiPolygon>;

struct Feature {
  Geometry geometry{};
  std::vector<Attribute> attributes{};  ///< one per field of the layer
};

enum class FieldType { integer, real, text };

struct LayerField {
  std::string name;
  FieldType type;
};

/// One layer of one geometry type; `qml` is the QGIS style stored in the layer_styles table (may be empty).
struct Layer {
  std::string name{};
  std::string description{};
  std::vector<LayerField> fields{};
  std::vector<Feature> features{};
  std::string qml{};
};

/// Writes all layers (temporary name, fsync, reopen and count the features, rename).
void write_geopackage(const std::filesystem::path& path, const std::vector<Layer>& layers, const Crs& crs);

/// One row of a table: named text values, and where it came from (for errors). CSV keeps its line number,
/// an OGR feature its fid; point geometry arrives as values "lon" and "lat" in degrees.
struct TableRow {
  int line = 0;
  std::map<std::string, std::string> values{};
};

struct Table {
  std::string path{};
  std::vector<std::string> columns{};
  std::vector<TableRow> rows{};
};

/// CSV (RFC 4180, UTF-8 with or without BOM, or CP932), GeoPackage, GeoJSON or Shapefile points.
[[nodiscard]] Table read_table(const std::filesystem::path& path, const std::string& layer = {});

}  // namespace amaneku
