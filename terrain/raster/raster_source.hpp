// One georeferenced band of numbers, wherever it comes from. Internal to the raster readers of this layer.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "terrain/error.hpp"
#include "terrain/raster/raster_io.hpp"

class GDALDataset;
class GDALRasterBand;

namespace amaneku {

/// Pixels [x0, x0 + nx) x [y0, y0 + ny), rows downwards.
struct PixelBox {
  int x0 = 0;
  int y0 = 0;
  int nx = 0;
  int ny = 0;
};

struct RasterHeader {
  std::string path{};
  std::string format{};
  std::string crs_wkt{};
  std::string crs_name{};
  std::string heights_above{};  ///< RasterSourceInfo::heights_above
  /// GDAL's affine map from (column, row) of pixel corners to CRS coordinates, x east first.
  std::array<double, 6> to_crs{};
  int nx = 0;
  int ny = 0;
  bool nodata_known = true;
};

class SourceRaster {
 public:
  explicit SourceRaster(RasterHeader header) : header_(std::move(header)) {}
  virtual ~SourceRaster() = default;
  SourceRaster(const SourceRaster&) = delete;
  SourceRaster& operator=(const SourceRaster&) = delete;

  [[nodiscard]] const RasterHeader& header() const noexcept { return header_; }
  /// Metres, NaN for voids, [y, x] of the box, which lies inside the raster. Boxes are asked for from north to
  /// south and may overlap.
  [[nodiscard]] virtual std::vector<float> window(const PixelBox& box) = 0;
  /// What was noticed so far.
  [[nodiscard]] virtual std::vector<Warning> warnings() const { return {}; }

 private:
  RasterHeader header_;
};

using SourceList = std::vector<std::unique_ptr<SourceRaster>>;

/// Opens a source: one raster, or one per kind of FG-GML file, most accurate first.
[[nodiscard]] SourceList open_source(const RasterSource& source);

/// The raster that GDAL reads, after every check of docs/formats/terrain.md. Of a .zip the one raster in it.
[[nodiscard]] std::unique_ptr<SourceRaster> open_gdal_source(const RasterSource& source);

/// A folder, .xml, or a .zip that holds no other raster: FG-GML files (fg_gml_source.cpp).
[[nodiscard]] bool is_fg_gml_source(const std::filesystem::path& path);
[[nodiscard]] SourceList open_fg_gml_source(const RasterSource& source);

/// A folder of GSI elevation tiles, Z/X/Y.png: a raster for each zoom, the finest first (gsi_tiles.cpp).
[[nodiscard]] bool is_gsi_tile_source(const std::filesystem::path& path);
[[nodiscard]] SourceList open_gsi_tile_source(const RasterSource& source);

/// The one raster of a zip without FG-GML files, nothing for a zip of these. InputError for several.
[[nodiscard]] std::optional<std::string> raster_in_zip(const std::filesystem::path& zip);

/// Throws InputError for a picture: three bands of bytes, bands of colours, a palette. Classes may have a palette.
void refuse_picture(const std::string& path, GDALDataset& dataset, RasterMeaning meaning);

/// The band whose zeros are voids: a mask of the file, or an alpha band. Null for none.
[[nodiscard]] GDALRasterBand* mask_band_of(GDALDataset& dataset);

/// Limits, checked from the header before anything is allocated. Throws InputError.
void check_raster_size(const std::string& path, long long nx, long long ny);

/// Throws InputError unless a VRT holds nothing but plain rasters beside or below it. Returns their paths.
[[nodiscard]] std::vector<std::filesystem::path> checked_vrt_sources(const std::filesystem::path& vrt);

}  // namespace amaneku
