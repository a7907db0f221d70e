#include "terrain/vector/ogr_source.hpp"

#include <cpl_string.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>
#include <initializer_list>
#include <string_view>

#include "terrain/crs_files.hpp"
#include "terrain/fault_list.hpp"
#include "terrain/files/closed_folder.hpp"
#include "terrain/files/companions.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/lonlat_transform.hpp"
#include "terrain/vector/column_names.hpp"
#include "terrain/vector/geopackage_check.hpp"
#include "terrain/vector/osm_source.hpp"

namespace amaneku {
namespace {

constexpr const char* kDrivers[] = {"GeoJSON", "GPKG", "ESRI Shapefile", "FlatGeobuf",
                                    "LIBKML",  "KML",  "TopoJSON",       nullptr};
constexpr const char* kFormats = "GeoJSON, GeoPackage, Shapefile, FlatGeobuf, KML, TopoJSON, OpenStreetMap PBF";

[[noreturn]] void fail(const SourceRequest& request, std::string message, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(message), .file = request.path.string(), .legal = std::move(legal)});
}

std::string first_kibibyte(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string head(1024, '\0');
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  return head;
}

/// What is no vector file but often named as one.
void refuse_packed(const SourceRequest& request) {
  if (!std::filesystem::is_regular_file(request.path)) return;
  if (first_kibibyte(request.path).starts_with("PK\x03\x04")) {
    fail(request,
         "is a zip archive or an Excel workbook: unpack it and name the file inside, or save the sheet as CSV",
         kFormats);
  }
}

/// What GDAL was kept from while it read is missing in what it says of the file.
void refuse_what_was_kept_away(const SourceRequest& request) {
  if (const std::string what = take_gdal_refusal(); !what.empty()) fail(request, what);
}

/// The file as GDAL may read it.
struct Door {
  std::filesystem::path file;
  ClosedFolder folder;
  bool is_sqlite = false;
  bool is_osm = false;

  explicit Door(const SourceRequest& request)
      : file(std::filesystem::canonical(request.path)), folder(file.parent_path()) {
    check_companions(file);
    is_sqlite = check_geopackage(file);
    is_osm = is_osm_pbf(file);
  }
};

GDALDatasetUniquePtr open_with(const SourceRequest& request, const Door& door, const char* const* options) {
  const GdalErrorScope errors;
  static_cast<void>(take_gdal_refusal());
  // SQLite opens its files itself, by their own names.
  const std::string name = door.is_sqlite ? door.file.string() : door.folder.name_of(door.file);
  const char* const geopackage[] = {"GPKG", nullptr};
  const char* const openstreetmap[] = {"OSM", nullptr};
  const char* const columns[] = {osm_columns_option().c_str(), nullptr};
  GDALDatasetUniquePtr dataset(GDALDataset::Open(name.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY,
                                                 door.is_sqlite ? geopackage
                                                 : door.is_osm  ? openstreetmap
                                                                : kDrivers,
                                                 door.is_osm ? columns : options, nullptr));
  refuse_what_was_kept_away(request);
  if (!dataset) {
    const std::string why = door.folder.told(errors.message());
    fail(request, why.empty() ? "is not a vector file that can be read" : "cannot be read as vector data: " + why,
         kFormats);
  }
  // A GeoJSON whose CRS cannot be had would be read as if it were in degrees.
  if (errors.failed() && std::string(dataset->GetDriverName()) == "GeoJSON")
    fail(request, "cannot be read: " + errors.message());
  return dataset;
}

bool is_openstreetmap(GDALDataset& dataset) {
  return std::string(dataset.GetDriverName()) == "OSM";
}

bool is_shapefile(GDALDataset& dataset) {
  return std::string(dataset.GetDriverName()) == "ESRI Shapefile";
}

/// GDAL's small driver for KML passes over attributes; it is there where GDAL was built without LIBKML.
void check_attributes_of_kml(const SourceRequest& request, GDALDataset& dataset) {
  if (std::string(dataset.GetDriverName()) != "KML") return;
  if (read_bytes(request.path).find("<ExtendedData") == std::string::npos) return;
  fail(request, "holds attributes (ExtendedData) that this GDAL cannot read, for it was built without LIBKML",
       "the file as GeoJSON or GeoPackage");
}

/// "\xEF\xBB\xBFShift_JIS" -> "SHIFTJIS".
std::string plain_encoding(const char* declared) {
  std::string out;
  for (const char* c = declared == nullptr ? "" : declared; *c != '\0'; ++c) {
    if (std::isalnum(static_cast<unsigned char>(*c)) != 0)
      out += static_cast<char>(std::toupper(static_cast<unsigned char>(*c)));
  }
  return out;
}

enum class Declared { nothing, utf8, japanese, latin, other };

Declared declared_encoding(const std::string& name) {
  const auto is_one_of = [&](std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* w) { return name == w; });
  };
  if (name.empty() || is_one_of({"SYSTEM", "ASCII", "USASCII", "20127"})) return Declared::nothing;
  if (name.starts_with("UTF8") || name.ends_with("65001")) return Declared::utf8;
  if (is_one_of({"ISO88591", "88591", "LATIN1", "1252", "CP1252", "ANSI1252", "WINDOWS1252"}))
    return Declared::latin;
  for (const char* part : {"932", "SJIS", "SHIFTJIS", "31J", "MSKANJI", "ANSI943"}) {
    if (name.find(part) != std::string::npos) return Declared::japanese;
  }
  return Declared::other;
}

/// The encoding that is declared for a Shapefile: by its .cpg file, else by the language byte of its table.
std::string encoding_of(GDALDataset& dataset) {
  if (dataset.GetLayerCount() == 0) return {};
  OGRLayer* layer = dataset.GetLayer(0);
  const char* cpg = layer->GetMetadataItem("ENCODING_FROM_CPG", "SHAPEFILE");
  const char* language = layer->GetMetadataItem("ENCODING_FROM_LDID", "SHAPEFILE");
  return cpg != nullptr && *cpg != '\0' ? cpg : language == nullptr ? "" : language;
}

/// True where the text of a Shapefile decides, not the declaration: UTF-8 and CP932 tell themselves apart, and in
/// Japan ISO-8859-1 is what programs write that do not know.
bool text_decides(const std::string& encoding) {
  if (declared_encoding(plain_encoding(encoding.c_str())) != Declared::other) return true;
  // A name that nobody knows says nothing.
  const GdalErrorScope errors;
  char* probe = CPLRecode("a", encoding.c_str(), CPL_ENC_UTF8);
  CPLFree(probe);
  return errors.failed() || !errors.message().empty();
}

std::vector<std::string> field_names(OGRLayer& layer) {
  OGRFeatureDefn& definition = *layer.GetLayerDefn();
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(definition.GetFieldCount()));
  for (int i = 0; i < definition.GetFieldCount(); ++i)
    names.emplace_back(definition.GetFieldDefn(i)->GetNameRef());
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all.empty() ? "none" : all;
}

/// What the raw text of a Shapefile is.
enum class TextKind { as_given, utf8, cp932, latin1 };

/// A value that fills its field may have lost the end of its last character.
std::string_view without_cut_character(std::string_view raw, int width) {
  if (width <= 0 || raw.size() + 3 < static_cast<std::size_t>(width)) return raw;
  for (std::size_t cut = 1; cut <= 3 && cut <= raw.size(); ++cut) {
    const auto lead = static_cast<unsigned char>(raw[raw.size() - cut]);
    if ((lead & 0xC0U) == 0x80) continue;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return length > cut ? raw.substr(0, raw.size() - cut) : raw;
  }
  return raw;
}

/// Looks at every text of the layer.
TextKind text_kind_of(OGRLayer& layer, Declared declared) {
  bool all_utf8 = true;
  bool c1_controls = false;
  const auto look = [&](std::string_view raw, int width) {
    all_utf8 = all_utf8 && (is_utf8(raw) || is_utf8(without_cut_character(raw, width)));
    c1_controls = c1_controls || std::any_of(raw.begin(), raw.end(), [](char c) {
                    return static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) < 0xA0;
                  });
  };
  OGRFeatureDefn& definition = *layer.GetLayerDefn();
  std::vector<int> texts;
  for (int i = 0; i < definition.GetFieldCount(); ++i) {
    look(definition.GetFieldDefn(i)->GetNameRef(), static_cast<int>(kShapefileName));
    if (definition.GetFieldDefn(i)->GetType() == OFTString) texts.push_back(i);
  }
  layer.ResetReading();
  while (!texts.empty()) {
    const OGRFeatureUniquePtr feature{layer.GetNextFeature()};
    if (!feature) break;
    for (const int i : texts) {
      if (feature->IsFieldSetAndNotNull(i))
        look(feature->GetFieldAsString(i), definition.GetFieldDefn(i)->GetWidth());
    }
  }
  if (all_utf8) return TextKind::utf8;
  // Latin text has no control characters, Japanese text in CP932 is full of bytes that would be some.
  return declared == Declared::latin && !c1_controls ? TextKind::latin1 : TextKind::cp932;
}

std::string decoded_text(const std::string& raw, int width, TextKind kind, const std::string& file) {
  if (kind == TextKind::utf8) return std::string(is_utf8(raw) ? raw : without_cut_character(raw, width));
  if (kind == TextKind::latin1) {
    char* text = CPLRecode(raw.c_str(), CPL_ENC_ISO8859_1, CPL_ENC_UTF8);
    std::string out = text;
    CPLFree(text);
    return out;
  }
  if (kind == TextKind::as_given && is_utf8(raw)) return raw;
  try {
    return decode_text(raw, file);
  } catch (const InputError&) {
    const bool full = width > 0 && raw.size() + 1 >= static_cast<std::size_t>(width);
    if (!full) throw;
    return decode_text(std::string_view(raw).substr(0, raw.size() - 1), file);
  }
}

OGRLayer& choose_layer(const SourceRequest& request, GDALDataset& dataset) {
  if (is_openstreetmap(dataset)) {
    const std::string wanted = request.layer.empty() ? request.osm_layer : request.layer;
    if (wanted != "lines" && wanted != "points")
      fail(request, "has no layer \"" + wanted + "\" that is read", "lines, points");
    OGRLayer* layer = dataset.GetLayerByName(wanted.c_str());
    if (layer == nullptr) fail(request, "holds no layer");
    return *layer;
  }
  std::vector<OGRLayer*> fitting;
  std::vector<std::string> layers;
  std::vector<std::string> fields;
  for (OGRLayer* layer : dataset.GetLayers()) {
    const std::string name = layer->GetName();
    if (name == "layer_styles") continue;  // QGIS styles, not data
    layers.push_back(name);
    fields = field_names(*layer);
    // A Shapefile is one layer; the names of its fields are not decoded yet.
    const bool has_field = request.needed_field.empty() || is_shapefile(dataset) ||
                           SourceLayer{.fields = fields}.field(request.needed_field) >= 0;
    if (request.layer.empty() ? has_field : name == request.layer) fitting.push_back(layer);
  }
  if (fitting.size() == 1) return *fitting.front();
  if (layers.empty()) fail(request, "holds no layer");
  if (!request.layer.empty()) fail(request, "has no layer \"" + request.layer + "\"", listed(layers));
  if (fitting.empty()) {
    fail(request, "has no field \"" + request.needed_field + "\"",
         layers.size() == 1 ? listed(fields) : "layers: " + listed(layers));
  }
  fail(request, "has several layers and none is chosen", listed(layers));
}

/// Reads the features of one layer.
class Reader {
 public:
  Reader(const SourceRequest& request, GDALDataset& dataset, OGRLayer& layer, TextKind kind)
      : request_(request), dataset_(dataset), layer_(layer), kind_(kind), to_lonlat_(transform_of(dataset)) {}

  using Visit = std::function<void(const SourceLayer&, SourceFeature&)>;

  SourceLayer read(const Visit& visit) {
    SourceLayer out{
        .name = layer_.GetName(), .fields = field_names(layer_), .openstreetmap = is_openstreetmap(dataset_)};
    for (std::string& field : out.fields) field = decoded(field, static_cast<int>(kShapefileName));
    if (!request_.needed_field.empty() && out.field(request_.needed_field) < 0) {
      fail(request_, "has no field \"" + request_.needed_field + "\"", listed(out.fields));
    }
    for (std::size_t i = 0; i < out.fields.size(); ++i) {
      const std::vector<std::string>& only = request_.only_fields;
      const bool wanted = only.empty() || std::any_of(only.begin(), only.end(), [&](const std::string& name) {
                            return out.field(name) == static_cast<int>(i);
                          });
      if (wanted) wanted_.push_back(static_cast<int>(i));
    }
    const GdalErrorScope errors;
    layer_.ResetReading();
    while (OGRFeatureUniquePtr feature = next()) {
      fid_ = feature->GetFID();
      SourceFeature read{.fid = fid_, .values = values(*feature)};
      if (OGRGeometry* geometry = feature->GetGeometryRef()) take(*geometry, read);
      visit(out, read);
    }
    refuse_what_was_kept_away(request_);
    if (errors.failed()) fail(request_, "cannot be read: " + errors.message());
    return out;
  }

 private:
  /// OpenStreetMap's features come in the order of the file, whatever their layer.
  [[nodiscard]] OGRFeatureUniquePtr next() {
    if (!is_openstreetmap(dataset_)) return OGRFeatureUniquePtr(layer_.GetNextFeature());
    OGRLayer* of = nullptr;
    OGRFeatureUniquePtr feature;
    do {
      feature.reset(dataset_.GetNextFeature(&of, nullptr, nullptr, nullptr));
    } while (feature && of != &layer_);
    return feature;
  }

  [[nodiscard]] std::optional<LonLatTransform> transform_of(GDALDataset& dataset) const {
    const OGRSpatialReference* crs = layer_.GetSpatialRef();
    if (crs != nullptr) {
      check_crs_files(*crs, request_.path.string());
      return LonLatTransform(*crs);
    }
    if (layer_.GetGeomType() == wkbNone) return std::nullopt;
    const std::string driver = dataset.GetDriverName();
    // These formats are in longitude and latitude by definition.
    if (driver == "GeoJSON" || driver == "TopoJSON" || driver == "KML") {
      return LonLatTransform(*OGRSpatialReference::GetWGS84SRS());
    }
    fail(request_, "has no coordinate reference system", "a file with a CRS (Shapefile: the .prj file beside it)");
  }

  [[noreturn]] void fail_feature(std::string message, std::string legal = {}) const {
    throw InputError(Fault{.message = std::move(message),
                           .file = request_.path.string(),
                           .key = "feature",
                           .value = std::to_string(fid_),
                           .legal = std::move(legal)});
  }

  [[nodiscard]] std::string decoded(const std::string& raw, int width) const {
    return decoded_text(raw, width, kind_, request_.path.string());
  }

  [[nodiscard]] std::vector<std::optional<std::string>> values(OGRFeature& feature) const {
    std::vector<std::optional<std::string>> all(static_cast<std::size_t>(feature.GetFieldCount()));
    for (const int i : wanted_) {
      if (i >= feature.GetFieldCount() || !feature.IsFieldSetAndNotNull(i)) continue;
      all[static_cast<std::size_t>(i)] =
          decoded(feature.GetFieldAsString(i), feature.GetFieldDefnRef(i)->GetWidth());
    }
    return all;
  }

  void take(OGRGeometry& geometry, SourceFeature& out) {
    if (!request_.lines_in_degrees) geometry.flattenTo2D();
    if (geometry.IsEmpty()) return;
    const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
    switch (type) {
      case wkbPoint:
        return take_point(*geometry.toPoint(), out);
      case wkbLineString:
        return take_line(*geometry.toLineString(), out);
      case wkbPolygon:
      case wkbMultiPolygon:
        return take_area(geometry, out);
      case wkbMultiPoint:
      case wkbMultiLineString:
      case wkbGeometryCollection:
        for (OGRGeometry* member : *geometry.toGeometryCollection()) take(*member, out);
        return;
      default:
        break;
    }
    if (!geometry.hasCurveGeometry())
      fail_feature("has the geometry type " + std::string(geometry.getGeometryName()));
    const std::unique_ptr<OGRGeometry> straight(geometry.getLinearGeometry());
    if (!straight || straight->hasCurveGeometry())
      fail_feature("has a curve that cannot be made of straight pieces");
    take(*straight, out);
  }

  void take_point(const OGRPoint& point, SourceFeature& out) const {
    double x = point.getX();
    double y = point.getY();
    to_lonlat({&x, 1}, {&y, 1});
    out.points.push_back({x, y});
  }

  void take_line(const OGRLineString& line, SourceFeature& out) const {
    if (request_.lines_in_degrees) {
      out.ways.push_back(in_degrees(line));
      return;
    }
    Line projected_line = projected(line);
    if (projected_line.size() < 2) fail_feature("has a line of less than two points");
    out.lines.push_back(std::move(projected_line));
  }

  void take_area(OGRGeometry& geometry, SourceFeature& out) {
    if (request_.lines_in_degrees) return;
    geometry.closeRings();
    const std::string why = fault_of(geometry);
    if (why.empty()) return add_polygons(geometry, out);
    if (!request_.repair) {
      fail_feature("is not a valid polygon: " + why,
                   request_.may_repair ? "valid polygons, or repair = true" : "");
    }
    const GdalErrorScope quiet;
    const std::unique_ptr<OGRGeometry> mended(geometry.MakeValid());
    if (!mended || !fault_of(*mended).empty()) fail_feature("is not a valid polygon and cannot be mended: " + why);
    add_polygons(*mended, out);
    out.repaired = !out.area.parts.empty();
  }

  /// Empty for a valid polygon, else the reason with its place.
  [[nodiscard]] static std::string fault_of(const OGRGeometry& geometry) {
    const GdalErrorScope errors;
    if (geometry.IsValid()) return {};
    return errors.message().empty() ? "its rings are not simple" : errors.message();
  }

  void add_polygons(const OGRGeometry& geometry, SourceFeature& out) const {
    const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
    if (type == wkbPolygon) {
      const OGRPolygon& polygon = *geometry.toPolygon();
      if (polygon.IsEmpty()) return;
      Polygon part{.outer = projected(*polygon.getExteriorRing())};
      for (int i = 0; i < polygon.getNumInteriorRings(); ++i) {
        part.holes.push_back(projected(*polygon.getInteriorRing(i)));
      }
      out.area.parts.push_back(std::move(part));
    } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
      // Mending may leave lines and points where a ring touched itself: they have no area.
      for (const OGRGeometry* member : *geometry.toGeometryCollection()) add_polygons(*member, out);
    }
  }

  [[nodiscard]] std::vector<LonLatHeight> in_degrees(const OGRLineString& line) const {
    const auto count = static_cast<std::size_t>(line.getNumPoints());
    std::vector<double> x(count);
    std::vector<double> y(count);
    for (std::size_t i = 0; i < count; ++i) {
      x[i] = line.getX(static_cast<int>(i));
      y[i] = line.getY(static_cast<int>(i));
    }
    to_lonlat(x, y);
    std::vector<LonLatHeight> way(count);
    for (std::size_t i = 0; i < count; ++i) {
      const bool has_height = OGR_GT_HasZ(line.getGeometryType()) != 0;
      way[i] = {{x[i], y[i]}, has_height ? line.getZ(static_cast<int>(i)) : std::nan("")};
    }
    return way;
  }

  [[nodiscard]] Line projected(const OGRSimpleCurve& curve) const {
    if (request_.crs == nullptr) fail_feature("is not a point");
    const auto count = static_cast<std::size_t>(curve.getNumPoints());
    std::vector<double> x(count);
    std::vector<double> y(count);
    for (std::size_t i = 0; i < count; ++i) {
      x[i] = curve.getX(static_cast<int>(i));
      y[i] = curve.getY(static_cast<int>(i));
    }
    to_lonlat(x, y);
    Line line(count);
    try {
      for (std::size_t i = 0; i < count; ++i) line[i] = request_.crs->to_plan({x[i], y[i]});
    } catch (const InputError& error) {
      fail_feature(error.faults().front().message);
    }
    return line;
  }

  void to_lonlat(std::span<double> x, std::span<double> y) const {
    const GdalErrorScope quiet;
    if (to_lonlat_ && to_lonlat_->apply(x, y)) return;
    const bool known = !x.empty() && std::isfinite(x.front()) && std::isfinite(y.front());
    if (known && are_swapped({x.front(), y.front()})) {
      fail_feature(fmt::format("has coordinates that are no position on Earth, near ({}, {}): are longitude and "
                               "latitude swapped?",
                               x.front(), y.front()),
                   "x is the longitude, y the latitude");
    }
    fail_feature("has coordinates that are no position on Earth" +
                 (known ? fmt::format(", near ({}, {}): is the CRS of the file right?", x.front(), y.front())
                        : std::string{}));
  }

  const SourceRequest& request_;
  GDALDataset& dataset_;
  OGRLayer& layer_;
  TextKind kind_;
  std::optional<LonLatTransform> to_lonlat_;
  long long fid_ = 0;
  std::vector<int> wanted_{};  ///< fields whose values are read
};

}  // namespace

int SourceLayer::field(const std::string& field_name) const noexcept {
  const auto index = [&](auto found) {
    return found == fields.end() ? -1 : static_cast<int>(found - fields.begin());
  };
  const int exact = index(std::find(fields.begin(), fields.end(), field_name));
  if (exact >= 0 || field_name.empty()) return exact;
  return index(std::find_if(fields.begin(), fields.end(),
                            [&](const std::string& known) { return names_same_column(known, field_name); }));
}

SourceLayer read_source_layer(const SourceRequest& request) {
  std::vector<SourceFeature> features;
  SourceLayer out = visit_source_layer(
      request, [&](const SourceLayer&, SourceFeature& feature) { features.push_back(std::move(feature)); });
  out.features = std::move(features);
  return out;
}

SourceLayer visit_source_layer(const SourceRequest& request,
                               const std::function<void(const SourceLayer&, SourceFeature&)>& visit) {
  std::error_code ignored;
  if (!std::filesystem::exists(request.path, ignored)) fail(request, "file not found");
  register_gdal();
  refuse_packed(request);
  const Door door(request);
  GDALDatasetUniquePtr dataset = open_with(request, door, nullptr);
  check_attributes_of_kml(request, *dataset);
  TextKind kind = TextKind::as_given;
  if (is_shapefile(*dataset) && dataset->GetLayerCount() > 0) {
    const std::string encoding = encoding_of(*dataset);
    if (text_decides(encoding)) {
      constexpr const char* kRaw[] = {"ENCODING=", nullptr};
      dataset = open_with(request, door, kRaw);
      kind = text_kind_of(*dataset->GetLayer(0), declared_encoding(plain_encoding(encoding.c_str())));
    }
  }
  const GdalErrorScope errors;  // a layer's definition is read when it is first asked for
  OGRLayer& layer = choose_layer(request, *dataset);
  if (errors.failed()) fail(request, "is damaged: " + errors.message());
  try {
    return Reader(request, *dataset, layer, kind).read(visit);
  } catch (const InputError& error) {
    throw in_file(error, request.path.string());
  }
}

}  // namespace amaneku
