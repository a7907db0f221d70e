#include "terrain/vector/ogr_source.hpp"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>

#include "terrain/fault_list.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/lonlat_transform.hpp"

namespace amaneku {
namespace {

constexpr const char* kDrivers[] = {"GeoJSON", "GPKG", "ESRI Shapefile", "FlatGeobuf", "KML", "TopoJSON", nullptr};
constexpr const char* kFormats = "GeoJSON, GeoPackage, Shapefile, FlatGeobuf, KML, TopoJSON";

[[noreturn]] void fail(const SourceRequest& request, std::string message, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(message), .file = request.path.string(), .legal = std::move(legal)});
}

GDALDatasetUniquePtr open_with(const SourceRequest& request, const char* const* options) {
  const GdalErrorScope errors;
  GDALDatasetUniquePtr dataset(
      GDALDataset::Open(request.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, kDrivers, options, nullptr));
  if (!dataset) {
    const std::string& why = errors.message();
    fail(request, why.empty() ? "is not a vector file that can be read" : "cannot be read as vector data: " + why,
         kFormats);
  }
  return dataset;
}

/// A dBASE table without a .cpg file or a telling language byte: GDAL would call it ISO-8859-1, which in
/// Japan it never is.
bool encoding_is_a_guess(GDALDataset& dataset) {
  if (dataset.GetLayerCount() == 0 || std::string(dataset.GetDriverName()) != "ESRI Shapefile") return false;
  OGRLayer* layer = dataset.GetLayer(0);
  const char* cpg = layer->GetMetadataItem("ENCODING_FROM_CPG", "SHAPEFILE");
  const char* language = layer->GetMetadataItem("ENCODING_FROM_LDID", "SHAPEFILE");
  const std::string from_language = language == nullptr ? "" : language;
  return (cpg == nullptr || *cpg == '\0') && (from_language.empty() || from_language == "ISO-8859-1");
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

OGRLayer& choose_layer(const SourceRequest& request, GDALDataset& dataset) {
  std::vector<OGRLayer*> fitting;
  std::vector<std::string> layers;
  std::vector<std::string> fields;
  for (OGRLayer* layer : dataset.GetLayers()) {
    const std::string name = layer->GetName();
    if (name == "layer_styles") continue;  // QGIS styles, not data
    layers.push_back(name);
    fields = field_names(*layer);
    const bool has_field = request.needed_field.empty() ||
                           std::find(fields.begin(), fields.end(), request.needed_field) != fields.end();
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
  Reader(const SourceRequest& request, GDALDataset& dataset, OGRLayer& layer, bool decode)
      : request_(request), layer_(layer), decode_(decode), to_lonlat_(transform_of(dataset)) {}

  SourceLayer read() {
    SourceLayer out{.name = layer_.GetName(), .fields = field_names(layer_)};
    if (decode_) {
      for (std::string& field : out.fields) field = decoded(field);
    }
    const GdalErrorScope errors;
    layer_.ResetReading();
    while (OGRFeatureUniquePtr feature{layer_.GetNextFeature()}) {
      fid_ = feature->GetFID();
      out.features.push_back({.fid = fid_, .values = values(*feature)});
      if (OGRGeometry* geometry = feature->GetGeometryRef()) take(*geometry, out.features.back());
    }
    if (errors.failed()) fail(request_, "cannot be read: " + errors.message());
    return out;
  }

 private:
  [[nodiscard]] std::optional<LonLatTransform> transform_of(GDALDataset& dataset) const {
    const OGRSpatialReference* crs = layer_.GetSpatialRef();
    if (crs != nullptr) return LonLatTransform(*crs);
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

  [[nodiscard]] std::string decoded(const std::string& raw) const {
    return decode_ ? decode_text(raw, request_.path.string()) : raw;
  }

  [[nodiscard]] std::vector<std::optional<std::string>> values(OGRFeature& feature) const {
    std::vector<std::optional<std::string>> all(static_cast<std::size_t>(feature.GetFieldCount()));
    for (int i = 0; i < feature.GetFieldCount(); ++i) {
      if (feature.IsFieldSetAndNotNull(i)) all[static_cast<std::size_t>(i)] = decoded(feature.GetFieldAsString(i));
    }
    return all;
  }

  void take(OGRGeometry& geometry, SourceFeature& out) {
    geometry.flattenTo2D();
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
    Line projected_line = projected(line);
    if (projected_line.size() < 2) fail_feature("has a line of less than two points");
    out.lines.push_back(std::move(projected_line));
  }

  void take_area(OGRGeometry& geometry, SourceFeature& out) {
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
    fail_feature("has coordinates that are no position on Earth" +
                 (known ? fmt::format(", near ({}, {}): is the CRS of the file right?", x.front(), y.front())
                        : std::string{}));
  }

  const SourceRequest& request_;
  OGRLayer& layer_;
  bool decode_;
  std::optional<LonLatTransform> to_lonlat_;
  long long fid_ = 0;
};

}  // namespace

int SourceLayer::field(const std::string& field_name) const noexcept {
  const auto found = std::find(fields.begin(), fields.end(), field_name);
  return found == fields.end() ? -1 : static_cast<int>(found - fields.begin());
}

SourceLayer read_source_layer(const SourceRequest& request) {
  std::error_code ignored;
  if (!std::filesystem::exists(request.path, ignored)) fail(request, "file not found");
  register_gdal();
  GDALDatasetUniquePtr dataset = open_with(request, nullptr);
  const bool decode = encoding_is_a_guess(*dataset);
  if (decode) {
    constexpr const char* kRaw[] = {"ENCODING=", nullptr};
    dataset = open_with(request, kRaw);
  }
  const GdalErrorScope errors;  // a layer's definition is read when it is first asked for
  OGRLayer& layer = choose_layer(request, *dataset);
  if (errors.failed()) fail(request, "is damaged: " + errors.message());
  try {
    return Reader(request, *dataset, layer, decode).read();
  } catch (const InputError& error) {
    throw in_file(error, request.path.string());
  }
}

}  // namespace amaneku
