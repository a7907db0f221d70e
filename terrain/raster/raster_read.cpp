#include <cpl_string.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "terrain/gdal_memory.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/raster/raster_source.hpp"

namespace amaneku {
namespace {

constexpr long long kMaxSide = 400'000;
constexpr long long kMaxPixels = 20'000'000'000;
constexpr long long kMaxBlockBytes = 256LL << 20;
/// 3" and 1" tiles with the row and column that they share with their neighbours, 16 bits.
constexpr std::array<std::size_t, 2> kHgtBytes{2UL * 1201 * 1201, 2UL * 3601 * 3601};
/// Numbers that stand for "no data" in files that do not say so.
constexpr std::array kSentinels{-32768.0F, -32767.0F, -9999.0F, -99999.0F};
constexpr double kLargestHeight_m = 1e5;

/// Drivers that read files only, by the extension that may use them (empty: any).
const std::array<const char*, 7> kDrivers{"GTiff", "SRTMHGT", "AAIGrid", "HFA", "EHdr", "DTED", nullptr};
const std::array<const char*, 2> kVrtDriver{"VRT", nullptr};

[[noreturn]] void refuse(const std::string& path, std::string message, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(message), .file = path, .legal = std::move(legal)});
}

std::string lower_extension(const std::filesystem::path& path) {
  std::string text = path.extension().string();
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

DatasetPtr open_with(const std::string& name, const char* const* drivers) {
  return DatasetPtr(GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, nullptr, nullptr));
}

bool looks_like_vrt(const std::string& path) {
  std::unique_ptr<VSILFILE, int (*)(VSILFILE*)> file(VSIFOpenL(path.c_str(), "rb"), VSIFCloseL);
  std::array<char, 4096> head{};
  const std::size_t size = file ? VSIFReadL(head.data(), 1, head.size(), file.get()) : 0;
  return std::string_view(head.data(), size).find("<VRTDataset") != std::string_view::npos;
}

/// Some formats name further files inside (Erdas .ige): they must lie beside the file or below it.
void check_companions(const std::string& path, GDALDataset& dataset) {
  const CPLStringList files(dataset.GetFileList());
  const std::filesystem::path folder = std::filesystem::canonical(path).parent_path();
  for (int i = 0; i < files.size(); ++i) {
    std::error_code error;
    const std::filesystem::path file = std::filesystem::canonical(files[i], error);
    const bool inside =
        !error && std::mismatch(folder.begin(), folder.end(), file.begin(), file.end()).first == folder.end();
    if (!inside) refuse(path, fmt::format("refers to another file outside of its folder: {}", files[i]));
  }
}

DatasetPtr open_file(const std::string& path, bool vrt_allowed) {
  const GdalErrorScope errors;
  if (std::filesystem::path(path).string().rfind("/vsi", 0) == 0) refuse(path, "this is not a file");
  const bool is_vrt = vrt_allowed && lower_extension(path) == ".vrt";
  if (!is_vrt && looks_like_vrt(path)) {
    refuse(path, "this is a virtual raster (VRT) under another name",
           vrt_allowed ? "a VRT whose name ends in .vrt" : "a raster of its own as a source of a VRT");
  }
  DatasetPtr dataset = open_with(path, is_vrt ? kVrtDriver.data() : kDrivers.data());
  if (!dataset) {
    refuse(path, "cannot be read as a raster" + (errors.message().empty() ? "" : ": " + errors.message()),
           "GeoTIFF, VRT, SRTM .hgt or .hgt.gz, ESRI ASCII grid, EHdr, Erdas .img, DTED, FG-GML");
  }
  check_companions(path, *dataset);
  return dataset;
}

void check_band(const std::string& path, GDALDataset& dataset) {
  check_raster_size(path, dataset.GetRasterXSize(), dataset.GetRasterYSize());
  if (dataset.GetRasterCount() < 1) refuse(path, "has no band");
  GDALRasterBand* band = dataset.GetRasterBand(1);
  if (GDALDataTypeIsComplex(band->GetRasterDataType()) != 0) refuse(path, "holds complex numbers, not heights");
  int block_nx = 0;
  int block_ny = 0;
  band->GetBlockSize(&block_nx, &block_ny);
  const long long block_bytes =
      static_cast<long long>(block_nx) * block_ny * GDALGetDataTypeSizeBytes(band->GetRasterDataType());
  if (block_bytes > kMaxBlockBytes) {
    refuse(path,
           fmt::format("is stored in blocks of {} x {} pixels, too large to be read in parts", block_nx, block_ny),
           fmt::format("at most {} MiB a block; gdal_translate -of COG makes it readable", kMaxBlockBytes >> 20));
  }
}

/// "N35E138.hgt.gz": unpacked into memory with its size known beforehand.
DatasetPtr open_gzipped_hgt(const std::string& path, const MemoryFolder& memory) {
  const GdalErrorScope errors;
  std::vector<GByte> bytes(kHgtBytes.back() + 1);
  std::unique_ptr<VSILFILE, int (*)(VSILFILE*)> file(VSIFOpenL(("/vsigzip/" + path).c_str(), "rb"), VSIFCloseL);
  if (!file) refuse(path, "cannot be unpacked: " + errors.message());
  const std::size_t size = VSIFReadL(bytes.data(), 1, bytes.size(), file.get());
  file.reset();
  if (std::find(kHgtBytes.begin(), kHgtBytes.end(), size) == kHgtBytes.end()) {
    const bool more = size == bytes.size();
    refuse(path,
           fmt::format("unpacks to {}{} bytes, which is no SRTM tile{}", more ? "more than " : "",
                       more ? size - 1 : size, errors.message().empty() ? "" : ": " + errors.message()),
           "1201 x 1201 or 3601 x 3601 heights of 16 bits");
  }
  const std::string name = memory.file(std::filesystem::path(path).stem().filename().string());
  std::unique_ptr<VSILFILE, int (*)(VSILFILE*)> out(VSIFOpenL(name.c_str(), "wb"), VSIFCloseL);
  if (!out || VSIFWriteL(bytes.data(), 1, size, out.get()) != size) refuse(path, "does not fit into memory");
  out.reset();
  const std::array<const char*, 2> drivers{"SRTMHGT", nullptr};
  DatasetPtr dataset = open_with(name, drivers.data());
  if (!dataset) refuse(path, "cannot be read as an SRTM tile", "a name such as N35E138.hgt.gz");
  return dataset;
}

/// GDAL opens the parts of a VRT with any driver: it must not see another one in them than we do.
void check_vrt_part(const std::string& path) {
  const DatasetPtr dataset = open_file(path, false);
  check_band(path, *dataset);
  const GdalErrorScope quiet;
  if (GDALIdentifyDriverEx(path.c_str(), GDAL_OF_RASTER, nullptr, nullptr) != dataset->GetDriver()) {
    refuse(path, "could be read as two formats");
  }
}

struct ReferenceReleaser {
  void operator()(OGRSpatialReference* reference) const noexcept { reference->Release(); }
};
using Reference = std::unique_ptr<OGRSpatialReference, ReferenceReleaser>;

Reference reference_of(const RasterSource& source, GDALDataset& dataset, std::vector<Warning>& warnings) {
  const GdalErrorScope quiet;
  const std::string path = source.path.string();
  const OGRSpatialReference* own = dataset.GetSpatialRef();
  Reference reference;
  if (own != nullptr && !own->IsEmpty()) reference.reset(own->Clone());
  if (!source.crs.empty()) {
    Reference given(new OGRSpatialReference());
    if (!is_authority_code(source.crs) || given->SetFromUserInput(source.crs.c_str()) != OGRERR_NONE) {
      throw InputError(Fault{.message = "is not known as a coordinate reference system",
                             .file = path,
                             .key = "crs",
                             .value = source.crs,
                             .legal = "a code such as EPSG:4326"});
    }
    if (reference && reference->IsSame(given.get()) == 0) {
      warnings.push_back({"raster_crs_overridden", fmt::format("{}: the file says {}, read as {}", path,
                                                               reference->GetName(), source.crs)});
    }
    reference = std::move(given);
  }
  if (!reference) {
    refuse(path, "has no coordinate reference system", "name it with crs = \"EPSG:...\" beside the path");
  }
  reference->StripVertical();
  if (reference->IsGeographic() == 0 && reference->IsProjected() == 0) {
    refuse(path, fmt::format("its coordinate reference system \"{}\" does not lie on the Earth",
                             reference->GetName() == nullptr ? "" : reference->GetName()));
  }
  reference->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

struct HeightUnit {
  std::string_view name;
  double metres;
};

constexpr std::array<HeightUnit, 14> kHeightUnits{{{"", 1.0},
                                                   {"m", 1.0},
                                                   {"metre", 1.0},
                                                   {"metres", 1.0},
                                                   {"meter", 1.0},
                                                   {"meters", 1.0},
                                                   {"ft", 0.3048},
                                                   {"foot", 0.3048},
                                                   {"feet", 0.3048},
                                                   {"us-ft", 1200.0 / 3937.0},
                                                   {"ftUS", 1200.0 / 3937.0},
                                                   {"US survey foot", 1200.0 / 3937.0},
                                                   {"cm", 0.01},
                                                   {"mm", 0.001}}};

/// Nothing for a unit that is not known.
std::optional<double> metres_per_unit(std::string_view unit) {
  const auto known =
      std::find_if(kHeightUnits.begin(), kHeightUnits.end(), [&](const HeightUnit& u) { return u.name == unit; });
  if (known == kHeightUnits.end()) return std::nullopt;
  return known->metres;
}

/// Stored number -> metres.
struct Conversion {
  double scale = 1.0;
  double offset = 0.0;
  std::vector<float> nodata{};
  bool declared = false;
};

Conversion conversion_of(const RasterSource& source, GDALRasterBand& band, std::vector<Warning>& warnings) {
  Conversion conversion;
  int has = 0;
  const double declared = band.GetNoDataValue(&has);
  if (has != 0) conversion.nodata.push_back(static_cast<float>(declared));
  if (source.nodata) conversion.nodata.push_back(static_cast<float>(*source.nodata));
  conversion.declared = !conversion.nodata.empty();
  const std::optional<double> known_m = metres_per_unit(band.GetUnitType());
  if (!known_m) {
    warnings.push_back({"raster_unit_unknown", fmt::format("{}: the unit of its heights is \"{}\", read as metres",
                                                           source.path.string(), band.GetUnitType())});
  }
  const double unit_m = known_m.value_or(1.0);
  conversion.scale = band.GetScale() * unit_m;
  conversion.offset = band.GetOffset() * unit_m;
  return conversion;
}

class GdalRaster final : public SourceRaster {
 public:
  struct Parts {
    std::unique_ptr<MemoryFolder> memory;  ///< outlives the dataset that reads from it
    DatasetPtr dataset;
    Conversion conversion;
    std::vector<Warning> warnings;
  };

  GdalRaster(RasterHeader header, Parts parts) : SourceRaster(std::move(header)), parts_(std::move(parts)) {}
  ~GdalRaster() override { parts_.dataset.reset(); }

  [[nodiscard]] std::vector<float> window(const PixelBox& box) override {
    const GdalErrorScope errors;
    std::vector<float> values(static_cast<std::size_t>(box.nx) * static_cast<std::size_t>(box.ny));
    const CPLErr error = parts_.dataset->GetRasterBand(1)->RasterIO(
        GF_Read, box.x0, box.y0, box.nx, box.ny, values.data(), box.nx, box.ny, GDT_Float32, 0, 0, nullptr);
    if (error != CE_None) refuse(header().path, "is damaged: " + errors.message());
    for (float& value : values) value = metres(value);
    return values;
  }

  [[nodiscard]] std::vector<Warning> warnings() const override {
    std::vector<Warning> all = parts_.warnings;
    if (undeclared_ > 0) {
      all.push_back({"undeclared_nodata",
                     fmt::format("{}: pixels that hold -32768, -9999 or the like were taken as voids although the "
                                 "file does not declare them; set nodata to be sure",
                                 header().path),
                     undeclared_});
    }
    return all;
  }

 private:
  [[nodiscard]] float metres(float stored) {
    const Conversion& c = parts_.conversion;
    if (!std::isfinite(stored)) return kNoData;
    for (const float nodata : c.nodata) {
      if (stored == nodata) return kNoData;
    }
    const bool sentinel = std::find(kSentinels.begin(), kSentinels.end(), stored) != kSentinels.end();
    const double height_m = static_cast<double>(stored) * c.scale + c.offset;
    if (sentinel || std::abs(height_m) > kLargestHeight_m) {
      ++undeclared_;
      return kNoData;
    }
    return static_cast<float>(height_m);
  }

  Parts parts_;
  long long undeclared_ = 0;
};

std::string format_of(GDALDataset& dataset, bool gzipped) {
  const GDALDriver* driver = dataset.GetDriver();
  return std::string(driver == nullptr ? "raster" : driver->GetDescription()) + (gzipped ? " (gzip)" : "");
}

RasterHeader header_of(const std::string& path, GDALDataset& dataset, const OGRSpatialReference& reference) {
  RasterHeader header{.path = path, .nx = dataset.GetRasterXSize(), .ny = dataset.GetRasterYSize()};
  if (dataset.GetGeoTransform(header.to_crs.data()) != CE_None) {
    refuse(path, "does not say where it lies (no geotransform)",
           "a georeferenced raster; gdalwarp makes one from control points");
  }
  std::array<double, 6> inverse{};
  const bool finite =
      std::all_of(header.to_crs.begin(), header.to_crs.end(), [](double v) { return std::isfinite(v); });
  if (!finite || GDALInvGeoTransform(header.to_crs.data(), inverse.data()) == 0) {
    refuse(path, "has pixels without an area (the geotransform cannot be inverted)");
  }
  char* wkt = nullptr;
  const std::array<const char*, 2> options{"FORMAT=WKT2_2019", nullptr};
  if (reference.exportToWkt(&wkt, options.data()) != OGRERR_NONE) refuse(path, "its CRS cannot be understood");
  header.crs_wkt = wkt;
  CPLFree(wkt);
  header.crs_name = reference.GetName() == nullptr ? "" : reference.GetName();
  return header;
}

}  // namespace

void check_raster_size(const std::string& path, long long nx, long long ny) {
  if (nx > 0 && ny > 0 && nx <= kMaxSide && ny <= kMaxSide && nx * ny <= kMaxPixels) return;
  refuse(path, fmt::format("claims {} x {} pixels", nx, ny),
         fmt::format("at most {} a side and {} in all", kMaxSide, kMaxPixels));
}

std::unique_ptr<SourceRaster> open_gdal_source(const RasterSource& source) {
  register_gdal();
  const std::string path = source.path.string();
  const bool gzipped = lower_extension(source.path) == ".gz";
  if (gzipped && lower_extension(source.path.stem()) != ".hgt") {
    refuse(path, "only SRTM tiles are read gzipped", "a name that ends in .hgt.gz; unpack others with gunzip");
  }
  if (lower_extension(source.path) == ".vrt") {
    for (const std::filesystem::path& part : checked_vrt_sources(source.path)) {
      check_vrt_part(part.string());
    }
  }
  GdalRaster::Parts parts;
  if (gzipped) {
    parts.memory = std::make_unique<MemoryFolder>();
    parts.dataset = open_gzipped_hgt(path, *parts.memory);
  } else {
    parts.dataset = open_file(path, true);
  }
  check_band(path, *parts.dataset);
  if (parts.dataset->GetRasterCount() > 1) {
    parts.warnings.push_back({"raster_with_bands", path + ": only the first band is read",
                              static_cast<long long>(parts.dataset->GetRasterCount())});
  }
  const Reference reference = reference_of(source, *parts.dataset, parts.warnings);
  RasterHeader header = header_of(path, *parts.dataset, *reference);
  header.format = format_of(*parts.dataset, gzipped);
  parts.conversion = conversion_of(source, *parts.dataset->GetRasterBand(1), parts.warnings);
  header.nodata_known = parts.conversion.declared;
  return std::make_unique<GdalRaster>(std::move(header), std::move(parts));
}

}  // namespace amaneku
