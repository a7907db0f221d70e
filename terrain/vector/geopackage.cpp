#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "terrain/error.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/vector/feature_io.hpp"
#include "terrain/vector/ogr_geometry.hpp"

namespace amaneku {
namespace {

/// A result holds no clock, so that the same plan gives the same bytes.
constexpr const char* kNoDate = "1970-01-01T00:00:00.000Z";
constexpr const char* kGeometryColumn = "geom";

/// A configuration option of GDAL for this thread, put back at the end.
class ConfigScope {
 public:
  ConfigScope(const char* key, const char* value) : key_(key) {
    const char* before = CPLGetThreadLocalConfigOption(key, nullptr);
    if (before != nullptr) before_ = before;
    had_before_ = before != nullptr;
    CPLSetThreadLocalConfigOption(key, value);
  }
  ~ConfigScope() { CPLSetThreadLocalConfigOption(key_, had_before_ ? before_.c_str() : nullptr); }
  ConfigScope(const ConfigScope&) = delete;
  ConfigScope& operator=(const ConfigScope&) = delete;

 private:
  const char* key_;
  std::string before_{};
  bool had_before_ = false;
};

class Writer {
 public:
  Writer(const PendingFile& file, const GdalErrorScope& errors) : file_(file), errors_(errors) {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    if (driver == nullptr) throw InternalError("GDAL was built without GeoPackage");
    dataset_.reset(driver->Create(file.temporary().c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset_) fail();
  }

  void write(const std::vector<Layer>& layers, const OGRSpatialReference& crs) {
    // One transaction for all: faster, and one place where a full disk shows.
    if (dataset_->StartTransaction() != OGRERR_NONE) fail();
    for (const Layer& layer : layers) write_layer(layer, crs);
    write_styles(layers);
    if (dataset_->CommitTransaction() != OGRERR_NONE) fail();
    dataset_->FlushCache(true);
    dataset_.reset();
    if (errors_.failed()) fail();
  }

 private:
  [[noreturn]] void fail() const {
    const std::string& why = errors_.message();
    throw InputError(Fault{.message = "cannot be written: " + (why.empty() ? "unknown error of GDAL" : why),
                           .file = file_.target().string()});
  }

  static OGRwkbGeometryType type_of(const Geometry& geometry) {
    if (std::holds_alternative<Point>(geometry)) return wkbPoint;
    return std::holds_alternative<Line>(geometry) ? wkbLineString : wkbMultiPolygon;
  }

  OGRLayer& create_layer(const Layer& layer, const OGRSpatialReference& crs) {
    const OGRwkbGeometryType type = layer.features.empty() ? wkbUnknown : type_of(layer.features.front().geometry);
    CPLStringList options;
    options.SetNameValue("GEOMETRY_NAME", kGeometryColumn);
    options.SetNameValue("FID", "fid");
    options.SetNameValue("IDENTIFIER", layer.name.c_str());
    options.SetNameValue("DESCRIPTION", layer.description.c_str());
    OGRSpatialReference copy(crs);
    OGRLayer* created = dataset_->CreateLayer(layer.name.c_str(), &copy, type, options.List());
    if (created == nullptr) fail();
    for (const LayerField& field : layer.fields) {
      const OGRFieldType kind = field.type == FieldType::integer ? OFTInteger64
                                : field.type == FieldType::real  ? OFTReal
                                                                 : OFTString;
      OGRFieldDefn definition(field.name.c_str(), kind);
      if (created->CreateField(&definition) != OGRERR_NONE) fail();
    }
    return *created;
  }

  void write_layer(const Layer& layer, const OGRSpatialReference& crs) {
    OGRLayer& out = create_layer(layer, crs);
    for (const Feature& feature : layer.features) {
      if (feature.attributes.size() != layer.fields.size()) {
        throw InternalError("a feature of layer " + layer.name + " does not have one attribute a field");
      }
      if (feature.geometry.index() != layer.features.front().geometry.index()) {
        throw InternalError("layer " + layer.name + " mixes geometry types");
      }
      OGRFeatureUniquePtr row(OGRFeature::CreateFeature(out.GetLayerDefn()));
      for (std::size_t i = 0; i < feature.attributes.size(); ++i) {
        set(*row, static_cast<int>(i), feature.attributes[i]);
      }
      row->SetGeometryDirectly(ogr_geometry(feature.geometry).release());
      if (out.CreateFeature(row.get()) != OGRERR_NONE) fail();
    }
  }

  static void set(OGRFeature& row, int index, const Attribute& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      row.SetField(index, static_cast<GIntBig>(*integer));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      row.SetField(index, text->c_str());
    } else if (const auto* real = std::get_if<double>(&value); real != nullptr && std::isfinite(*real)) {
      row.SetField(index, *real);
    } else {
      row.SetFieldNull(index);
    }
  }

  /// The table in which QGIS looks for the style of a layer of this file.
  void write_styles(const std::vector<Layer>& layers) {
    if (std::all_of(layers.begin(), layers.end(), [](const Layer& layer) { return layer.qml.empty(); })) return;
    CPLStringList options;
    options.SetNameValue("FID", "id");
    OGRLayer* out = dataset_->CreateLayer("layer_styles", nullptr, wkbNone, options.List());
    if (out == nullptr) fail();
    for (const char* name : {"f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName",
                             "styleQML", "styleSLD", "description", "owner", "ui"}) {
      OGRFieldDefn field(name, OFTString);
      if (out->CreateField(&field) != OGRERR_NONE) fail();
    }
    OGRFieldDefn use("useAsDefault", OFTInteger);
    use.SetSubType(OFSTBoolean);
    OGRFieldDefn time("update_time", OFTDateTime);
    if (out->CreateField(&use) != OGRERR_NONE || out->CreateField(&time) != OGRERR_NONE) fail();
    for (const Layer& layer : layers) {
      if (!layer.qml.empty()) write_style(layer, *out);
    }
  }

  void write_style(const Layer& layer, OGRLayer& out) const {
    OGRFeatureUniquePtr row(OGRFeature::CreateFeature(out.GetLayerDefn()));
    for (const char* empty : {"f_table_catalog", "f_table_schema", "styleSLD", "owner", "ui"}) {
      row->SetField(empty, "");
    }
    row->SetField("f_table_name", layer.name.c_str());
    row->SetField("f_geometry_column", kGeometryColumn);
    row->SetField("styleName", layer.name.c_str());
    row->SetField("styleQML", layer.qml.c_str());
    row->SetField("description", layer.description.c_str());
    row->SetField("useAsDefault", 1);
    row->SetField("update_time", "1970/01/01 00:00:00+00");
    if (out.CreateFeature(row.get()) != OGRERR_NONE) fail();
  }

  const PendingFile& file_;
  const GdalErrorScope& errors_;
  GDALDatasetUniquePtr dataset_{};
};

/// Reads the file back: what the disk holds, not what the library believes to have written.
void verify(const PendingFile& file, const std::vector<Layer>& layers) {
  const GdalErrorScope errors;
  const auto damaged = [&](const std::string& what) {
    throw InputError(Fault{.message = "cannot be written: the file read back " + what +
                                      (errors.message().empty() ? "" : " (" + errors.message() + ")"),
                           .file = file.target().string()});
  };
  constexpr const char* kOnly[] = {"GPKG", nullptr};
  GDALDatasetUniquePtr dataset(
      GDALDataset::Open(file.temporary().c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, kOnly, nullptr, nullptr));
  if (!dataset) return damaged("does not open");
  for (const Layer& layer : layers) {
    OGRLayer* back = dataset->GetLayerByName(layer.name.c_str());
    if (back == nullptr) return damaged("lacks the layer " + layer.name);
    // Counted row by row: the stored count is only a note beside the data.
    long long count = 0;
    back->ResetReading();
    while (OGRFeatureUniquePtr feature{back->GetNextFeature()}) ++count;
    if (count != static_cast<long long>(layer.features.size())) {
      return damaged(fmt::format("has {} of {} features in layer {}", count, layer.features.size(), layer.name));
    }
  }
  if (errors.failed()) damaged("has errors");
}

}  // namespace

void write_geopackage(const std::filesystem::path& path, const std::vector<Layer>& layers, const Crs& crs) {
  register_gdal();
  const ConfigScope date("OGR_CURRENT_DATE", kNoDate);
  // The file appears under its name only after our own fsync, so SQLite need not flush or keep a journal file.
  const ConfigScope synchronous("OGR_SQLITE_SYNCHRONOUS", "OFF");
  const ConfigScope journal("OGR_SQLITE_JOURNAL", "MEMORY");
  OGRSpatialReference reference;
  reference.importFromWkt(crs.wkt().c_str());
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  PendingFile file(std::filesystem::absolute(path));
  {
    const GdalErrorScope errors;
    Writer(file, errors).write(layers, reference);
  }
  verify(file, layers);
  file.commit();
}

}  // namespace amaneku
