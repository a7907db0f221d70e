// Features from vector files, for the readers of this layer. Free of GDAL headers.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// A point of a line in degrees, with its height where the file has one, else NaN.
struct LonLatHeight {
  LonLat at;
  double height_m;
};

/// One feature. Which of the geometries geometries is filled depends on the file; multi-part ones are taken apart.
struct SourceFeature {
  long long fid = 0;
  std::vector<std::optional<std::string>> values{};  ///< as text, one per field; nothing for NULL
  std::vector<LonLat> points{};
  std::vector<Line> lines{};                      ///< plan coordinates, at least two points each
  std::vector<std::vector<LonLatHeight>> ways{};  ///< the lines instead, of a request for degrees
  MultiPolygon area{};                            ///< plan coordinates, valid
  bool repaired = false;                          ///< its rings crossed themselves and were mended
  [[nodiscard]] bool empty() const noexcept {
    return points.empty() && lines.empty() && ways.empty() && area.parts.empty();
  }
};

struct SourceLayer {
  std::string name{};
  std::vector<std::string> fields{};
  std::vector<SourceFeature> features{};
  bool openstreetmap = false;  ///< what is no road and no place is in it too

  /// Index into `fields`, -1 for an unknown (or empty) name. A field of this name in another case, or of its first
  /// ten characters as a Shapefile cuts it, is the one where there is none of the name itself.
  [[nodiscard]] int field(const std::string& field_name) const noexcept;
};

/// What to read. Lines and polygons are projected to `crs`; without one they are an InputError.
struct SourceRequest {
  std::filesystem::path path;
  std::string layer{};         ///< empty: the only layer that has `needed_field`
  std::string needed_field{};  ///< empty: any layer will do
  const Crs* crs = nullptr;
  bool lines_in_degrees = false;    ///< lines need no `crs` and become `ways`; polygons are left out
  bool repair = false;              ///< self-crossing rings are mended, the feature says so; else an InputError
  bool may_repair = false;          ///< the user has a key `repair`: the InputError names it
  std::string osm_layer = "lines";  ///< of OpenStreetMap PBF where `layer` is empty: "lines" or "points"
  std::vector<std::string> only_fields{};  ///< values of others stay empty; empty: all are read
};

/// Text is UTF-8; of a Shapefile what its .cpg file and language byte say, but where they say UTF-8, Shift_JIS,
/// ISO-8859-1 or nothing, UTF-8 if all of it is UTF-8, else CP932: of these the declaration is often wrong.
/// Reads GeoJSON, GeoPackage, Shapefile, FlatGeobuf, KML, TopoJSON or OpenStreetMap PBF, and nothing else. Throws
/// InputError with file and feature: another format, a damaged file, no CRS, a missing layer or field, coordinates
/// that are no position on Earth, invalid polygons.
[[nodiscard]] SourceLayer read_source_layer(const SourceRequest& request);

/// The same without keeping the features, of which a prefecture has millions: visit(layer, feature) gets each as
/// it is read, and may take what it wants of it. The layer has its name and fields, here and when it is returned.
SourceLayer visit_source_layer(const SourceRequest& request,
                               const std::function<void(const SourceLayer&, SourceFeature&)>& visit);

}  // namespace amaneku
