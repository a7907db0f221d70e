#include <cpl_string.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>

#include "terrain/crs_files.hpp"
#include "terrain/files/closed_folder.hpp"
#include "terrain/files/companions.hpp"
#include "terrain/files/zip_archive.hpp"
#include "terrain/gdal_memory.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/range.hpp"
#include "terrain/raster/fg_gml.hpp"
#include "terrain/raster/raster_source.hpp"

namespace amaneku {
namespace {

constexpr long long kMaxSide = 400'000;
constexpr long long kMaxPixels = 20'000'000'000;
constexpr long long kMaxBlockBytes = 64LL << 20;
constexpr int kMaxBands = 256;
/// 3" and 1" tiles with the row and column that they share with their neighbours, 16 bits.
constexpr std::array<std::size_t, 2> kHgtBytes{2UL * 1201 * 1201, 2UL * 3601 * 3601};
/// Numbers that stand for "no data" in files that do not say so.
constexpr std::array kSentinels{-32768.0F, -32767.0F, -9999.0F, -99999.0F};

/// Drivers that read files only, by the extension that may use them (empty: any).
const std::array<const char*, 7> kDrivers{"GTiff", "SRTMHGT", "AAIGrid", "HFA", "EHdr", "DTED", nullptr};
const std::array<const char*, 2> kVrtDriver{"VRT", nullptr};

constexpr const char* kReadable =
    "GeoTIFF, VRT, SRTM .hgt or .hgt.gz, ESRI ASCII grid, EHdr, Erdas .img, DTED, one of them zipped, FG-GML";

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
  static_cast<void>(take_gdal_refusal());
  return DatasetPtr(GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, nullptr, nullptr));
}

/// What GDAL was kept from while it read is missing in what it says of the raster.
void refuse_what_was_kept_away(const std::string& path) {
  if (const std::string what = take_gdal_refusal(); !what.empty()) refuse(path, what);
}

/// GDAL looks for pyramids and masks when it is first asked for them: before that, it may not know a place of its
/// own for them. TIFF and Erdas files name such a place inside.
void check_pyramids_inside(const std::string& path, GDALDataset& dataset) {
  const auto names_file = [](GDALMajorObject& object) {
    return object.GetMetadataItem("OVERVIEW_FILE", "OVERVIEWS") != nullptr ||
           object.GetMetadataItem("FILENAME", "ProxyOverviewRequest") != nullptr;
  };
  const bool named =
      names_file(dataset) || (dataset.GetRasterCount() > 0 && names_file(*dataset.GetRasterBand(1)));
  if (named) refuse(path, "names another file as its pyramids", "a raster of one file");
  const CPLStringList asked(dataset.GetFileList());  // parts with names of their own (Erdas .ige) are looked for
  refuse_what_was_kept_away(path);
}

bool looks_like_vrt(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 4096> head{};
  file.read(head.data(), head.size());
  return std::string_view(head.data(), static_cast<std::size_t>(file.gcount())).find("<VRTDataset") !=
         std::string_view::npos;
}

/// Heights that there can be: the Dead Sea and Everest, the tallest house. FG-GML has the same limits.
Range plausible_m(RasterMeaning meaning) {
  switch (meaning) {
    case RasterMeaning::ground:
      return {-500.0, 9000.0};
    case RasterMeaning::clutter:
      return {-500.0, 1000.0};
    case RasterMeaning::classes:
      break;
  }
  return {-1e5, 1e5};
}

/// The largest number of a type of integers stands for "no data" where a file declares nothing.
std::optional<float> largest_of(GDALDataType type) {
  if (type == GDT_Byte) return 255.0F;
  if (type == GDT_Int16) return 32767.0F;
  if (type == GDT_UInt16) return 65535.0F;
  return std::nullopt;
}

/// `folder` holds the file, whose companions are checked.
DatasetPtr open_file(const ClosedFolder& folder, const std::string& path, bool vrt_allowed) {
  const GdalErrorScope errors;
  const bool is_vrt = vrt_allowed && lower_extension(path) == ".vrt";
  if (!is_vrt && looks_like_vrt(path)) {
    refuse(path, "this is a virtual raster (VRT) under another name",
           vrt_allowed ? "a VRT whose name ends in .vrt" : "a raster of its own as a source of a VRT");
  }
  DatasetPtr dataset = open_with(folder.name_of(path), is_vrt ? kVrtDriver.data() : kDrivers.data());
  if (!dataset) {
    refuse_what_was_kept_away(path);
    refuse(path,
           "cannot be read as a raster" + (errors.message().empty() ? "" : ": " + folder.told(errors.message())),
           kReadable);
  }
  check_pyramids_inside(path, *dataset);
  return dataset;
}

/// A text grid has a digit and a blank for each pixel: a header that claims more would be searched for for
/// minutes.
void check_text_grid(const std::string& path, GDALDataset& dataset) {
  if (std::string_view(dataset.GetDriver()->GetDescription()) != "AAIGrid") return;
  VSIStatBufL file{};
  if (VSIStatL(dataset.GetDescription(), &file) != 0) refuse(path, "cannot be read");
  const long long pixels = static_cast<long long>(dataset.GetRasterXSize()) * dataset.GetRasterYSize();
  if (static_cast<long long>(file.st_size) + 1 >= 2 * pixels) return;
  refuse(path,
         fmt::format("claims {} x {} pixels in {} bytes", dataset.GetRasterXSize(), dataset.GetRasterYSize(),
                     static_cast<long long>(file.st_size)),
         "the whole file");
}

void check_band(const std::string& path, GDALDataset& dataset) {
  check_raster_size(path, dataset.GetRasterXSize(), dataset.GetRasterYSize());
  check_text_grid(path, dataset);
  if (dataset.GetRasterCount() < 1) refuse(path, "has no band");
  if (dataset.GetRasterCount() > kMaxBands)
    refuse(path, fmt::format("has {} bands", dataset.GetRasterCount()),
           fmt::format("one band of heights, and at most {} in all", kMaxBands));
  GDALRasterBand* band = dataset.GetRasterBand(1);
  if (GDALDataTypeIsComplex(band->GetRasterDataType()) != 0) refuse(path, "holds complex numbers, not heights");
  int block_nx = 0;
  int block_ny = 0;
  band->GetBlockSize(&block_nx, &block_ny);
  const char* interleave = dataset.GetMetadataItem("INTERLEAVE", "IMAGE_STRUCTURE");
  const bool bands_together = interleave != nullptr && std::string_view(interleave) == "PIXEL";
  const long long block_bytes = static_cast<long long>(block_nx) * block_ny *
                                GDALGetDataTypeSizeBytes(band->GetRasterDataType()) *
                                (bands_together ? dataset.GetRasterCount() : 1);
  if (block_bytes > kMaxBlockBytes) {
    refuse(path,
           fmt::format("is stored in blocks of {} x {} pixels, too large to be read in parts", block_nx, block_ny),
           fmt::format("at most {} MiB a block; gdal_translate -of COG makes it readable", kMaxBlockBytes >> 20));
  }
}

/// "N35E138.hgt.gz": unpacked into memory with its size known beforehand.
DatasetPtr open_gzipped_hgt(const std::string& path, const MemoryFolder& memory) {
  const GdalErrorScope errors;
  const ClosedFolder folder(std::filesystem::path(path).parent_path());
  static_cast<void>(take_gdal_refusal());
  std::vector<GByte> bytes(kHgtBytes.back() + 1);
  std::unique_ptr<VSILFILE, int (*)(VSILFILE*)> file(VSIFOpenL(("/vsigzip/" + folder.name_of(path)).c_str(), "rb"),
                                                     VSIFCloseL);
  if (!file) refuse(path, "cannot be unpacked: " + errors.message());
  const std::size_t size = VSIFReadL(bytes.data(), 1, bytes.size(), file.get());
  file.reset();
  refuse_what_was_kept_away(path);
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

/// Rasters of other formats than FG-GML in a zip.
std::vector<ZipArchive::Entry> rasters_of(const ZipArchive& archive) {
  constexpr std::array<std::string_view, 11> kExtensions{".hgt", ".tif", ".tiff", ".asc", ".img", ".bil",
                                                         ".flt", ".dt0", ".dt1",  ".dt2", ".dem"};
  std::vector<ZipArchive::Entry> out;
  for (const ZipArchive::Entry& entry : archive.entries()) {
    const std::filesystem::path name(entry.name);
    const bool hidden = name.filename().string().starts_with('.');  // macOS adds "._dem.tif"
    const std::string extension = lower_extension(name);
    if (!hidden && std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end())
      out.push_back(entry);
  }
  return out;
}

void put_in_memory(const std::string& name, std::string_view bytes, const std::string& path) {
  std::unique_ptr<VSILFILE, int (*)(VSILFILE*)> out(VSIFOpenL(name.c_str(), "wb"), VSIFCloseL);
  if (!out || VSIFWriteL(bytes.data(), 1, bytes.size(), out.get()) != bytes.size())
    refuse(path, "does not fit into memory");
}

/// The one raster of a zip, unpacked into memory with what says where it lies.
DatasetPtr open_zipped(const std::filesystem::path& zip, const MemoryFolder& memory) {
  constexpr std::uint64_t kMaxBytes = 512ULL << 20;
  constexpr std::array<std::string_view, 4> kCompanions{".prj", ".hdr", ".tfw", ".wld"};
  const std::string path = zip.string();
  const ZipArchive archive = ZipArchive::open(zip);
  const ZipArchive::Entry raster = rasters_of(archive).at(0);
  if (raster.bytes > kMaxBytes) refuse(path, "holds a raster of more than 512 MiB: unpack it");
  const std::filesystem::path inside(raster.name);
  // "N35E138.SRTMGL3.hgt": the first seven letters say where an SRTM tile lies.
  const bool is_hgt = lower_extension(inside) == ".hgt";
  const std::string stem = is_hgt ? inside.filename().string().substr(0, 7) : inside.stem().string();
  const std::string name = memory.file(stem + lower_extension(inside));
  put_in_memory(name, archive.read(raster, kMaxBytes), path);
  for (const ZipArchive::Entry& entry : archive.entries()) {
    const std::filesystem::path beside(entry.name);
    const bool belongs = beside.parent_path() == inside.parent_path() && beside.stem() == inside.stem();
    const bool says_where =
        std::find(kCompanions.begin(), kCompanions.end(), lower_extension(beside)) != kCompanions.end();
    if (belongs && says_where && entry.bytes < (1U << 20))
      put_in_memory(memory.file(stem + lower_extension(beside)), archive.read(entry, 1U << 20), path);
    // "dem.tif.msk"
    if (beside.filename() == inside.filename().string() + ".msk")
      refuse(path, "holds a mask beside its raster: unpack it");
  }
  const GdalErrorScope errors;
  DatasetPtr dataset = open_with(name, kDrivers.data());
  if (!dataset) {
    refuse(path,
           fmt::format("holds {}, which cannot be read as a raster{}", raster.name,
                       errors.message().empty() ? "" : ": " + errors.message()),
           kReadable);
  }
  check_pyramids_inside(path, *dataset);
  return dataset;
}

/// A mask in a file of its own ("dem.tif.msk"), opened with the same drivers; null where there is none.
DatasetPtr open_mask_beside(const ClosedFolder& folder, const std::string& path) {
  const std::string name = path + ".msk";
  if (!std::filesystem::exists(name)) return nullptr;
  const GdalErrorScope quiet;
  DatasetPtr mask = open_file(folder, name, false);
  if (mask->GetRasterCount() < 1) refuse(name, "is a mask without a band");
  check_raster_size(name, mask->GetRasterXSize(), mask->GetRasterYSize());
  return mask;
}

/// GDAL opens the parts of a VRT with any driver: it must not see another one in them than we do. True if one of
/// its pixels may be masked.
bool check_vrt_part(const std::string& path, RasterMeaning meaning) {
  const ClosedFolder folder(std::filesystem::path(path).parent_path());
  check_companions(path);
  const DatasetPtr mask = open_mask_beside(folder, path);
  const DatasetPtr dataset = open_file(folder, path, false);
  check_band(path, *dataset);
  refuse_picture(path, *dataset, meaning);
  const GdalErrorScope quiet;
  if (GDALIdentifyDriverEx(folder.name_of(path).c_str(), GDAL_OF_RASTER, nullptr, nullptr) !=
      dataset->GetDriver()) {
    refuse(path, "could be read as two formats");
  }
  return mask != nullptr || mask_band_of(*dataset) != nullptr;
}

/// A VRT shows masked pixels of its parts as ground unless it says what becomes of them.
void check_vrt_masks(const std::string& path, GDALDataset& vrt) {
  if (mask_band_of(vrt) != nullptr) return;
  int has_nodata = 0;
  vrt.GetRasterBand(1)->GetNoDataValue(&has_nodata);
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (has_nodata != 0 && text.find("UseMaskBand") != std::string::npos) return;
  refuse(path, "one of its rasters has a mask of voids, which the VRT does not hand on",
         "the rasters as [[terrain.dem]] one by one, or with a no-data value instead of a mask");
}

struct ReferenceReleaser {
  void operator()(OGRSpatialReference* reference) const noexcept { reference->Release(); }
};
using Reference = std::unique_ptr<OGRSpatialReference, ReferenceReleaser>;

/// Vertical datum that the file declares, or that its format has by definition; empty: neither.
std::string heights_above(GDALDataset& dataset) {
  const GdalErrorScope quiet;
  if (const OGRSpatialReference* own = dataset.GetSpatialRef(); own != nullptr) {
    const char* vertical = own->IsCompound() != 0 ? own->GetAttrValue("VERT_CS") : nullptr;
    if (vertical != nullptr) return vertical;
    if (own->GetAxesCount() == 3) return "ellipsoidal height";
  }
  const GDALDriver* driver = dataset.GetDriver();
  const std::string_view format = driver == nullptr ? "" : driver->GetDescription();
  return format == "SRTMHGT" ? "EGM96 height" : "";
}

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
  check_crs_files(*reference, path);
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
  std::optional<float> largest{};  ///< of the type, where nothing is declared
};

Conversion conversion_of(const RasterSource& source, GDALRasterBand& band, std::vector<Warning>& warnings) {
  Conversion conversion;
  int has = 0;
  const double declared = band.GetNoDataValue(&has);
  if (has != 0) conversion.nodata.push_back(static_cast<float>(declared));
  if (source.nodata) conversion.nodata.push_back(static_cast<float>(*source.nodata));
  conversion.declared = !conversion.nodata.empty();
  if (!conversion.declared && source.meaning != RasterMeaning::classes)
    conversion.largest = largest_of(band.GetRasterDataType());
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
    std::unique_ptr<MemoryFolder> memory{};  ///< outlives the dataset that reads from it
    std::unique_ptr<ClosedFolder> folder{};  ///< likewise
    DatasetPtr dataset{};
    DatasetPtr mask_file{};          ///< may be null
    GDALRasterBand* mask = nullptr;  ///< its zeros are voids; may be null
    Conversion conversion{};
    Range plausible{};
    std::vector<Warning> warnings{};
  };

  GdalRaster(RasterHeader header, Parts parts) : SourceRaster(std::move(header)), parts_(std::move(parts)) {}
  ~GdalRaster() override {
    parts_.mask_file.reset();
    parts_.dataset.reset();
  }

  [[nodiscard]] std::vector<float> window(const PixelBox& box) override {
    std::vector<float> values = read(*parts_.dataset->GetRasterBand(1), box);
    if (parts_.mask != nullptr) {
      const std::vector<float> shown = read(*parts_.mask, box);
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (shown[i] == 0.0F) values[i] = kNoData;
      }
    }
    for (float& value : values) value = metres(value);
    return values;
  }

  [[nodiscard]] std::vector<Warning> warnings() const override {
    std::vector<Warning> all = parts_.warnings;
    if (undeclared_ > 0) {
      all.push_back(
          {"undeclared_nodata",
           fmt::format("{}: pixels that hold -32768, 32767, -9999 or the like, or no height between {:.0f} "
                       "and {:.0f} m, were taken as voids although the file does not declare them; set "
                       "nodata to be sure",
                       header().path, parts_.plausible.min, parts_.plausible.max),
           undeclared_});
    }
    return all;
  }

 private:
  [[nodiscard]] std::vector<float> read(GDALRasterBand& band, const PixelBox& box) const {
    const GdalErrorScope errors;
    static_cast<void>(take_gdal_refusal());
    std::vector<float> values(static_cast<std::size_t>(box.nx) * static_cast<std::size_t>(box.ny));
    const CPLErr error = band.RasterIO(GF_Read, box.x0, box.y0, box.nx, box.ny, values.data(), box.nx, box.ny,
                                       GDT_Float32, 0, 0, nullptr);
    // Some drivers pass over a read that failed, and say nothing.
    refuse_what_was_kept_away(header().path);
    if (error != CE_None) {
      const std::string why = parts_.folder ? parts_.folder->told(errors.message()) : errors.message();
      refuse(header().path, "is damaged: " + why);
    }
    return values;
  }

  [[nodiscard]] float metres(float stored) {
    const Conversion& c = parts_.conversion;
    if (!std::isfinite(stored)) return kNoData;
    for (const float nodata : c.nodata) {
      if (stored == nodata) return kNoData;
    }
    const bool sentinel =
        stored == c.largest || std::find(kSentinels.begin(), kSentinels.end(), stored) != kSentinels.end();
    const double height_m = static_cast<double>(stored) * c.scale + c.offset;
    if (sentinel || !parts_.plausible.contains(height_m)) {
      ++undeclared_;
      return kNoData;
    }
    return static_cast<float>(height_m);
  }

  Parts parts_;
  long long undeclared_ = 0;
};

std::string format_of(GDALDataset& dataset, const char* packed) {
  const GDALDriver* driver = dataset.GetDriver();
  return std::string(driver == nullptr ? "raster" : driver->GetDescription()) + packed;
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

std::optional<std::string> raster_in_zip(const std::filesystem::path& zip) {
  const ZipArchive archive = ZipArchive::open(zip);
  for (const ZipArchive::Entry& entry : archive.entries()) {
    const std::filesystem::path name(entry.name);
    if (is_fg_gml_dem_name(name.filename().string()) || lower_extension(name) == ".zip") return std::nullopt;
  }
  const std::vector<ZipArchive::Entry> rasters = rasters_of(archive);
  if (rasters.empty()) return std::nullopt;
  if (rasters.size() > 1) {
    refuse(zip.string(),
           fmt::format("holds {} rasters ({}, {} ...): unpack it and name those that are heights", rasters.size(),
                       rasters[0].name, rasters[1].name),
           "a zip of one raster, or of FG-GML files");
  }
  return rasters.front().name;
}

void check_raster_size(const std::string& path, long long nx, long long ny) {
  if (nx > 0 && ny > 0 && nx <= kMaxSide && ny <= kMaxSide && nx * ny <= kMaxPixels) return;
  refuse(path, fmt::format("claims {} x {} pixels", nx, ny),
         fmt::format("at most {} a side and {} in all", kMaxSide, kMaxPixels));
}

void refuse_picture(const std::string& path, GDALDataset& dataset, RasterMeaning meaning) {
  GDALRasterBand& first = *dataset.GetRasterBand(1);
  const auto is_byte = [&](int band) { return dataset.GetRasterBand(band)->GetRasterDataType() == GDT_Byte; };
  const bool bytes = dataset.GetRasterCount() >= 3 && is_byte(1) && is_byte(2) && is_byte(3);
  const GDALColorInterp colour = first.GetColorInterpretation();
  const bool coloured = colour != GCI_Undefined && colour != GCI_GrayIndex && colour != GCI_PaletteIndex;
  constexpr const char* kMend =
      "one band of heights in metres; of GSI elevation tiles their folder, Z/X/Y.png; other coloured tiles "
      "decoded";
  if (bytes || coloured) refuse(path, "is a picture of red, green and blue, not a raster of heights", kMend);
  if (meaning != RasterMeaning::classes && first.GetColorTable() != nullptr) {
    refuse(path, "is a picture with a palette: its numbers are colours, not heights", kMend);
  }
}

GDALRasterBand* mask_band_of(GDALDataset& dataset) {
  const GdalErrorScope quiet;
  GDALRasterBand& first = *dataset.GetRasterBand(1);
  if ((first.GetMaskFlags() & GMF_PER_DATASET) != 0) return first.GetMaskBand();
  // GDAL takes alpha bands of bytes only.
  for (int band = 2; band <= dataset.GetRasterCount(); ++band) {
    if (dataset.GetRasterBand(band)->GetColorInterpretation() == GCI_AlphaBand) return dataset.GetRasterBand(band);
  }
  return nullptr;
}

namespace {

/// Opens whatever the name says, with the masks that belong to it.
GdalRaster::Parts opened(const RasterSource& source) {
  const std::string path = source.path.string();
  GdalRaster::Parts parts;
  if (lower_extension(source.path) == ".gz") {
    if (lower_extension(source.path.stem()) != ".hgt") {
      refuse(path, "only SRTM tiles are read gzipped", "a name that ends in .hgt.gz; unpack others with gunzip");
    }
    parts.memory = std::make_unique<MemoryFolder>();
    parts.dataset = open_gzipped_hgt(path, *parts.memory);
    return parts;
  }
  if (lower_extension(source.path) == ".zip") {
    parts.memory = std::make_unique<MemoryFolder>();
    parts.dataset = open_zipped(source.path, *parts.memory);
    return parts;
  }
  std::error_code error;
  if (path.starts_with("/vsi")) refuse(path, "this is not a file");
  if (!std::filesystem::exists(source.path, error))
    refuse(path, "cannot be read as a raster: there is no such file");
  parts.folder = std::make_unique<ClosedFolder>(source.path.parent_path());
  check_companions(source.path);
  bool masked_part = false;
  const bool is_vrt = lower_extension(source.path) == ".vrt";
  if (is_vrt) {
    for (const std::filesystem::path& part : checked_vrt_sources(source.path)) {
      masked_part = check_vrt_part(part.string(), source.meaning) || masked_part;
    }
  }
  parts.mask_file = open_mask_beside(*parts.folder, path);
  parts.dataset = open_file(*parts.folder, path, true);
  if (masked_part && parts.mask_file == nullptr) check_vrt_masks(path, *parts.dataset);
  if (parts.mask_file == nullptr) return parts;
  if (parts.mask_file->GetRasterXSize() != parts.dataset->GetRasterXSize() ||
      parts.mask_file->GetRasterYSize() != parts.dataset->GetRasterYSize()) {
    refuse(path + ".msk", "is a mask of another size than its raster");
  }
  parts.mask = parts.mask_file->GetRasterBand(1);
  return parts;
}

const char* packing_of(const std::filesystem::path& path) {
  const std::string extension = lower_extension(path);
  return extension == ".gz" ? " (gzip)" : extension == ".zip" ? " (zip)" : "";
}

}  // namespace

std::unique_ptr<SourceRaster> open_gdal_source(const RasterSource& source) {
  register_gdal();
  const std::string path = source.path.string();
  GdalRaster::Parts parts = opened(source);
  check_band(path, *parts.dataset);
  refuse_picture(path, *parts.dataset, source.meaning);
  if (parts.mask == nullptr) parts.mask = mask_band_of(*parts.dataset);
  const int bands = parts.dataset->GetRasterCount();
  const bool only_alpha = bands == 2 && parts.mask != nullptr &&
                          parts.dataset->GetRasterBand(2)->GetColorInterpretation() == GCI_AlphaBand;
  if (bands > 1 && !only_alpha) {
    parts.warnings.push_back({"raster_with_bands", path + ": only the first band is read", bands});
  }
  const Reference reference = reference_of(source, *parts.dataset, parts.warnings);
  RasterHeader header = header_of(path, *parts.dataset, *reference);
  header.format = format_of(*parts.dataset, packing_of(source.path));
  header.heights_above = heights_above(*parts.dataset);
  parts.conversion = conversion_of(source, *parts.dataset->GetRasterBand(1), parts.warnings);
  parts.plausible = plausible_m(source.meaning);
  header.nodata_known = parts.conversion.declared || parts.mask != nullptr;
  return std::make_unique<GdalRaster>(std::move(header), std::move(parts));
}

}  // namespace amaneku
