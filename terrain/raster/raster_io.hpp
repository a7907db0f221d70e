// Rasters from files and to files. Borders: every name is checked before GDAL sees it, every size before
// anything is allocated, every output is complete under its final name or absent.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku {

/// What the numbers of a raster are: what is plausible depends on it.
enum class RasterMeaning { ground, clutter, classes };

/// One elevation-like input. Earlier sources win where several have a value.
struct RasterSource {
  /// GeoTIFF, VRT (ending .vrt, sources beside or below it), SRTM .hgt or .hgt.gz, ESRI ASCII grid, EHdr .bil,
  /// Erdas .img, DTED; one of these in a .zip; FG-GML .xml or .zip, or a folder of FG-GML files; a folder of GSI
  /// elevation tiles, Z/X/Y.png.
  std::filesystem::path path;
  std::optional<double> nodata{};  ///< overrides or supplies the file's no-data value
  std::string crs{};               ///< "EPSG:4326"; overrides (with a warning) or supplies the file's CRS
  bool sea_is_zero = false;        ///< FG-GML 海水面 cells become 0 m instead of no data
  RasterMeaning meaning = RasterMeaning::ground;
};

/// What was read from one source; goes into the result as provenance. A folder or zip of FG-GML files gives
/// one entry per kind (DEM5A, DEM10B ...).
struct RasterSourceInfo {
  std::string path{};
  std::string format{};  ///< "GTiff", "SRTMHGT", "FG-GML DEM10B" ...
  std::string crs{};
  /// Vertical datum by its EPSG name ("EGM96 height", "JGD2011 (vertical) height", "ellipsoidal height"), as the
  /// file declares it or its format implies; empty: not said.
  std::string heights_above{};
  double resolution_m = 0.0;   ///< side of a square as large as one pixel, at the centre
  std::size_t cells_used = 0;  ///< plan cells that took their value from here
  LonLatBox extent{};
};

struct MosaicResult {
  Raster<float> raster{};
  std::vector<RasterSourceInfo> sources{};
  std::size_t void_cells = 0;  ///< plan cells without a value after all sources
  /// raster_without_nodata (plan cells at exactly 0 or below -100), undeclared_nodata (source pixels such as
  /// -32768, 32767 and -9999, or beyond what heights can be, taken as voids), raster_crs_overridden,
  /// raster_with_bands; `count` says how many.
  std::vector<Warning> warnings{};
};

/// Geographic extent of a source from its header alone.
[[nodiscard]] LonLatBox raster_extent(const RasterSource& source);

/// How a value between pixels is found. Profiles interpolate between cells once more, and ridges that were rounded
/// off twice block less than they should: ground is therefore taken by cubic convolution, which keeps them
/// (docs/methods/radial_engine.md); heights of clutter and the like are bilinear, which never overshoots. Classes
/// whose borders mean something (served or not) take the pixel that holds the cell's centre.
enum class Interpolation { bilinear, cubic, nearest };

/// Resamples all sources onto `grid`: the value at each cell's centre, interpolated, NaN where a contributing
/// pixel is void (cubic: bilinear beside a void, at the edge, and where the pixels around are level); where a
/// source has at least two pixels to a cell's side, the mean of the pixels whose centres lie in the cell, NaN
/// where more than half of them are void. Positions are interpolated on a lattice that is exact to 0.01 source
/// pixel. Nearest: the pixel at each cell's centre, whatever its size. Throws InputError: no CRS, unreadable,
/// larger than the limits, driver not on the list.
[[nodiscard]] MosaicResult read_mosaic(std::span<const RasterSource> sources, const Grid& grid, const Crs& crs,
                                       Interpolation interpolation = Interpolation::bilinear);

// ---- writing -----------------------------------------------------------------------------------------

struct Rgba {
  std::uint8_t r, g, b, a = 255;
};

/// Cloud-Optimized GeoTIFF: deflate with predictor, tiles of 512, overviews (mean for float, nearest for
/// classes), `metadata` as tags; no-data is NaN for float, else `nodata`. The same input gives the same bytes.
/// Written to a temporary name beside `path`, flushed, reopened and compared, then renamed. Throws InputError
/// when the disk is full or the folder not writable.
void write_cog(const std::filesystem::path& path, const Raster<float>& raster, const Crs& crs,
               const std::map<std::string, std::string>& metadata);
void write_cog(const std::filesystem::path& path, const Raster<std::int32_t>& raster, std::int32_t nodata,
               const Crs& crs, const std::map<std::string, std::string>& metadata);

/// Classes 0 .. 255 with their colours (TIFF palettes exist for 8 bits only; style int32 with a .qml file).
struct ClassRaster {
  Raster<std::uint8_t> raster{};
  std::uint8_t nodata = 255;
  std::vector<Rgba> palette{};  ///< colour of class i, at most 256
};
void write_cog(const std::filesystem::path& path, const ClassRaster& classes, const Crs& crs,
               const std::map<std::string, std::string>& metadata);

/// The same of pixels that lie anywhere, as rasters come in: `transform` is GDAL's, `crs` "EPSG:CODE" or WKT (else
/// InputError); of the grid of `pixels` only its sizes count.
void write_pixels(const std::filesystem::path& path, const Raster<float>& pixels,
                  const std::array<double, 6>& transform, const std::string& crs);

/// An 8-bit RGBA picture as PNG bytes. `pixels` is [y, x], row 0 at the top.
[[nodiscard]] std::vector<std::uint8_t> encode_png(int width, int height, std::span<const Rgba> pixels);
/// The same for a picture of at most 256 colours, as indices into `palette`: a fraction of the bytes and time.
[[nodiscard]] std::vector<std::uint8_t> encode_png(int width, int height, std::span<const std::uint8_t> indices,
                                                   std::span<const Rgba> palette);

}  // namespace amaneku
