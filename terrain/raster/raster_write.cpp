#include <cpl_string.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <limits>

#include "terrain/gdal_memory.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/raster/raster_io.hpp"

namespace amaneku {
namespace {

using Metadata = std::map<std::string, std::string>;

constexpr double kNoHeight = std::numeric_limits<double>::quiet_NaN();

template <class T>
constexpr GDALDataType kType = GDT_Unknown;
template <>
constexpr GDALDataType kType<float> = GDT_Float32;
template <>
constexpr GDALDataType kType<std::int32_t> = GDT_Int32;
template <>
constexpr GDALDataType kType<std::uint8_t> = GDT_Byte;

[[noreturn]] void broken(const GdalErrorScope& errors, const char* what) {
  throw InternalError(std::string(what) + ": " + errors.message());
}

GDALDriver& driver(const char* name) {
  GDALDriver* found = GetGDALDriverManager()->GetDriverByName(name);
  if (found == nullptr) throw InternalError(std::string("this GDAL has no driver ") + name);
  return *found;
}

/// Where pixels lie, as GDAL says it.
struct Placement {
  std::array<double, 6> transform{};
  OGRSpatialReference reference{};
};

Placement placed(const Grid& grid, const Crs& crs) {
  Placement out;
  out.transform = {grid.west_m, grid.cell_m, 0.0, grid.north_m, 0.0, -grid.cell_m};
  out.reference.importFromWkt(crs.wkt().c_str());
  return out;
}

OGRSpatialReference reference_of(const std::string& crs) {
  const GdalErrorScope errors;
  OGRSpatialReference reference;
  int code = 0;
  const bool is_code =
      crs.starts_with("EPSG:") &&
      std::from_chars(crs.data() + 5, crs.data() + crs.size(), code).ptr == crs.data() + crs.size();
  const OGRErr error = is_code ? reference.importFromEPSG(code) : reference.importFromWkt(crs.c_str());
  if (error != OGRERR_NONE)
    throw InputError(Fault{.message = "is no CRS", .key = "crs", .value = crs, .legal = "EPSG:CODE or WKT"});
  return reference;
}

/// A view of the raster as a dataset with everything that the file will say. The raster lives longer.
template <class T>
DatasetPtr viewed(const Raster<T>& raster, double nodata, Placement where, const Metadata& metadata) {
  const Grid& grid = raster.grid;
  DatasetPtr dataset(driver("MEM").Create("", grid.nx, grid.ny, 0, kType<T>, nullptr));
  if (!dataset) return dataset;
  dataset->SetGeoTransform(where.transform.data());
  where.reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  dataset->SetSpatialRef(&where.reference);
  for (const auto& [key, value] : metadata) dataset->SetMetadataItem(key.c_str(), value.c_str());
  std::array<char, 32> address{};
  auto* values = const_cast<T*>(raster.values.data());  // the dataset is only read
  CPLPrintPointer(address.data(), values, static_cast<int>(address.size()) - 1);
  CPLStringList options;
  options.SetNameValue("DATAPOINTER", address.data());
  if (dataset->AddBand(kType<T>, options.List()) != CE_None) return {};
  dataset->GetRasterBand(1)->SetNoDataValue(nodata);
  return dataset;
}

std::vector<std::uint8_t> taken(const std::string& memory_file) {
  vsi_l_offset size = 0;
  const GByte* bytes = VSIGetMemFileBuffer(memory_file.c_str(), &size, FALSE);
  if (bytes == nullptr) return {};
  return {bytes, bytes + size};
}

/// Tile by tile, from the raster to a file in memory: a full disk is then met, and told, by our own writer, and
/// not by a library that prints it or keeps it to itself.
void make_cog(const std::string& memory_file, GDALDataset& dataset, const char* overview_resampling) {
  const GdalErrorScope errors;
  CPLStringList options;
  options.SetNameValue("COMPRESS", "DEFLATE");
  options.SetNameValue("PREDICTOR", "YES");
  options.SetNameValue("BLOCKSIZE", "512");
  options.SetNameValue("OVERVIEW_RESAMPLING", overview_resampling);
  options.SetNameValue("BIGTIFF", "IF_SAFER");
  DatasetPtr written(
      driver("COG").CreateCopy(memory_file.c_str(), &dataset, FALSE, options.List(), nullptr, nullptr));
  const bool made = written != nullptr;
  written.reset();
  if (!made || errors.failed()) broken(errors, "a GeoTIFF cannot be made");
}

/// Reads the file that was just written as any user would, against what it should hold.
template <class T>
void check_written(const std::filesystem::path& file, const std::filesystem::path& target,
                   const Raster<T>& raster) {
  const GdalErrorScope errors;
  const std::array<const char*, 2> drivers{"GTiff", nullptr};
  const DatasetPtr dataset(
      GDALDataset::Open(file.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers.data(), nullptr, nullptr));
  const auto fail = [&] {
    throw InputError(
        Fault{.message = "was written but cannot be read back: " + errors.message(), .file = target.string()});
  };
  const Grid& grid = raster.grid;
  if (!dataset || dataset->GetRasterXSize() != grid.nx || dataset->GetRasterYSize() != grid.ny) fail();
  std::vector<T> row(static_cast<std::size_t>(grid.nx));
  for (int iy = 0; iy < grid.ny; ++iy) {
    const CPLErr error = dataset->GetRasterBand(1)->RasterIO(GF_Read, 0, iy, grid.nx, 1, row.data(), grid.nx, 1,
                                                             kType<T>, 0, 0, nullptr);
    if (error != CE_None || std::memcmp(row.data(), raster.row(iy).data(), row.size() * sizeof(T)) != 0) fail();
  }
}

template <class T>
void write_raster(const std::filesystem::path& path, const Raster<T>& raster, GDALDataset* dataset,
                  const char* overview_resampling) {
  if (dataset == nullptr) throw InternalError("a raster cannot be shown to GDAL");
  PendingFile pending(path);
  {
    const MemoryFolder memory;
    const std::string made = memory.file("map.tif");
    make_cog(made, *dataset, overview_resampling);
    vsi_l_offset size = 0;
    const GByte* bytes = VSIGetMemFileBuffer(made.c_str(), &size, FALSE);
    if (bytes == nullptr) throw InternalError("a GeoTIFF in memory is not there");
    pending.write({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
  }
  check_written(pending.temporary(), path, raster);
  pending.commit();
}

void check_shape(bool fits) {
  if (!fits) throw InternalError("the raster has no cells, or not as many values as cells");
}

template <class T>
void check_shape(const Raster<T>& raster) {
  check_shape(raster.grid.cells() > 0 && raster.values.size() == raster.grid.cells());
}

void set_palette(GDALDataset& dataset, std::span<const Rgba> palette) {
  GDALColorTable colours;
  for (std::size_t i = 0; i < palette.size(); ++i) {
    const GDALColorEntry entry{palette[i].r, palette[i].g, palette[i].b, palette[i].a};
    colours.SetColorEntry(static_cast<int>(i), &entry);
  }
  dataset.GetRasterBand(1)->SetColorTable(&colours);
}

std::vector<std::uint8_t> png_of(GDALDataset& picture, const GdalErrorScope& errors) {
  const MemoryFolder memory;
  const std::string name = memory.file("out.png");
  DatasetPtr written(driver("PNG").CreateCopy(name.c_str(), &picture, FALSE, nullptr, nullptr, nullptr));
  if (!written || errors.failed()) broken(errors, "a PNG cannot be made");
  written.reset();
  return taken(name);
}

}  // namespace

void write_cog(const std::filesystem::path& path, const Raster<float>& raster, const Crs& crs,
               const Metadata& metadata) {
  register_gdal();
  check_shape(raster);
  const DatasetPtr dataset = viewed(raster, kNoHeight, placed(raster.grid, crs), metadata);
  write_raster(path, raster, dataset.get(), "AVERAGE");
}

void write_pixels(const std::filesystem::path& path, const Raster<float>& pixels,
                  const std::array<double, 6>& transform, const std::string& crs) {
  register_gdal();
  check_shape(pixels);
  const DatasetPtr dataset = viewed(pixels, kNoHeight, {transform, reference_of(crs)}, {});
  write_raster(path, pixels, dataset.get(), "AVERAGE");
}

void write_cog(const std::filesystem::path& path, const Raster<std::int32_t>& raster, std::int32_t nodata,
               const Crs& crs, const Metadata& metadata) {
  register_gdal();
  check_shape(raster);
  const DatasetPtr dataset = viewed(raster, nodata, placed(raster.grid, crs), metadata);
  write_raster(path, raster, dataset.get(), "NEAREST");
}

void write_cog(const std::filesystem::path& path, const ClassRaster& classes, const Crs& crs,
               const Metadata& metadata) {
  register_gdal();
  check_shape(classes.raster);
  check_shape(classes.palette.size() <= 256);
  const DatasetPtr dataset = viewed(classes.raster, classes.nodata, placed(classes.raster.grid, crs), metadata);
  if (dataset) set_palette(*dataset, classes.palette);
  write_raster(path, classes.raster, dataset.get(), "NEAREST");
}

std::vector<std::uint8_t> encode_png(int width, int height, std::span<const Rgba> pixels) {
  register_gdal();
  check_shape(width > 0 && height > 0 &&
              pixels.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const GdalErrorScope errors;
  DatasetPtr picture(driver("MEM").Create("", width, height, 4, GDT_Byte, nullptr));
  if (!picture) broken(errors, "a picture cannot be held in memory");
  auto* bytes = const_cast<Rgba*>(pixels.data());  // GF_Write only reads
  static_assert(sizeof(Rgba) == 4);
  const CPLErr error = picture->RasterIO(GF_Write, 0, 0, width, height, bytes, width, height, GDT_Byte, 4, nullptr,
                                         static_cast<GSpacing>(sizeof(Rgba)),
                                         static_cast<GSpacing>(sizeof(Rgba)) * width, 1, nullptr);
  if (error != CE_None) broken(errors, "a picture cannot be held in memory");
  constexpr std::array kColours{GCI_RedBand, GCI_GreenBand, GCI_BlueBand, GCI_AlphaBand};
  for (std::size_t i = 0; i < kColours.size(); ++i) {
    picture->GetRasterBand(static_cast<int>(i) + 1)->SetColorInterpretation(kColours[i]);
  }
  return png_of(*picture, errors);
}

std::vector<std::uint8_t> encode_png(int width, int height, std::span<const std::uint8_t> indices,
                                     std::span<const Rgba> palette) {
  register_gdal();
  check_shape(width > 0 && height > 0 && palette.size() <= 256 &&
              indices.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const GdalErrorScope errors;
  DatasetPtr picture(driver("MEM").Create("", width, height, 1, GDT_Byte, nullptr));
  if (!picture) broken(errors, "a picture cannot be held in memory");
  set_palette(*picture, palette);
  auto* bytes = const_cast<std::uint8_t*>(indices.data());  // GF_Write only reads
  const CPLErr error = picture->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, width, height, bytes, width, height,
                                                           GDT_Byte, 0, 0, nullptr);
  if (error != CE_None) broken(errors, "a picture cannot be held in memory");
  return png_of(*picture, errors);
}

}  // namespace amaneku
