// Vector layers to GeoPackage, styled for QGIS, and point tables (sites) from CSV or OGR.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// Nothing, and a number that is not finite, become NULL.
using Attribute = std::variant<std::monostate, std::int64_t, double, std::string>;
using Geometry = std::variant<Point, Line, MultiPolygon>;

/// Little-endian well-known binary (OGC 06-103r4); an area is a multipolygon.
[[nodiscard]] std::string geometry_wkb(const Geometry& geometry);

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

/// Writes all layers (temporary name, fsync, reopen and count the features, rename). The geometry column is
/// "geom", the key "fid", counted from 1 in the order given. The same layers give the same bytes: the dates
/// that the format demands are 1970-01-01. InputError for a folder that cannot be written or a full disk;
/// InternalError for a feature that does not fit its layer.
void write_geopackage(const std::filesystem::path& path, const std::vector<Layer>& layers, const Crs& crs);

/// One row of a table: named text values, and where it came from (for errors). CSV keeps its line number,
/// an OGR feature its fid; point geometry arrives as values "lon" and "lat" in degrees.
struct TableRow {
  int line = 0;
  std::map<std::string, std::string> values{};  ///< empty fields of a CSV are empty, NULLs of OGR are absent
};

struct SourceTable {
  std::string path{};
  std::vector<std::string> columns{};
  std::vector<TableRow> rows{};
};

/// CSV (parse_csv, decode_text) by its extension .csv, .txt or .tsv; else GeoPackage, GeoJSON, Shapefile,
/// FlatGeobuf, KML or TopoJSON with points or no geometry. `layer` may be empty where the file has one layer.
/// Columns that name one of `known` in another case, or cut to ten characters as a Shapefile cuts them, get that
/// name. InputError with file and line: rows shorter or longer than the header, a column named twice, broken
/// quotes or bytes, geometry that is not one point.
[[nodiscard]] SourceTable read_table(const std::filesystem::path& path, const std::string& layer = {},
                                     std::span<const std::string> known = {});
/// By the extension .csv, .txt or .tsv, in any case.
[[nodiscard]] bool is_csv_name(const std::filesystem::path& path);

}  // namespace amaneku
