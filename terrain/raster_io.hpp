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
#include "terrain/raster.hpp"

namespace amaneku {

/// The folders from which a scenario may read. Symbolic links are resolved before the check.
struct DataRoots {
  std::vector<std::filesystem::path> folders;
};

/// Resolves `name` (relative to `base`) and returns the canonical path of an existing file or folder inside
/// the roots. Throws InputError for /vsi*, URLs, "DRIVER:..." names, embedded control characters, a path
/// that leaves the roots, or a file that does not exist.
[[nodiscard]] std::filesystem::path checked_input_path(const std::string& name,
                                                       const std::filesystem::path& base,
                                                       const DataRoots& roots);

/// One elevation-like input. Earlier sources win where several have a value.
struct RasterSource {
  std::filesystem::path path;          ///< raster GDAL reads, .hgt[.gz], FG-GML .xml or .zip, or a folder of FG-GML
  std::optional<double> nodata{};      ///< overrides or supplies the file's no-data value
  std::string crs{};                   ///< supplies the CRS of a file that has none, "EPSG:4326"
  bool sea_is_zero = false;            ///< FG-GML 海水面 cells become 0 m instead of no data
};

/// What was read from one source; goes into the result as provenance.
struct RasterSourceInfo {
  std::string path{};
  std::string format{};        ///< "GTiff", "SRTMHGT", "FG-GML DEM10B" ...
  std::string crs{};
  double resolution_m = 0.0;   ///< at the centre
  std::size_t cells_used = 0;  ///< plan cells that took their value from here
  LonLatBox extent{};
};

struct MosaicResult {
  Raster<float> raster{};
  std::vector<RasterSourceInfo> sources{};
  std::size_t void_cells = 0;      ///< plan cells without a value after all sources
  std::vector<Warning> warnings{};
};

/// Geographic extent of a source from its header alone.
[[nodiscard]] LonLatBox raster_extent(const RasterSource& source);

/// Resamples all sources (bilinear, NaN where a contributing sample is void) onto `grid`.
/// Throws InputError: no CRS, unreadable, larger than the limits, driver not on the list.
[[nodiscard]] MosaicResult read_mosaic(std::span<const RasterSource> sources, const Grid& grid, const Crs& crs);

// ---- writing -----------------------------------------------------------------------------------------

struct Rgba {
  std::uint8_t r, g, b, a = 255;
};

/// Cloud-Optimized GeoTIFF, deflate, overviews, no-data NaN (float) or `nodata` (int16), `metadata` as tags.
/// Written to a temporary name beside `path`, flushed, reopened, then renamed. Throws InputError when the
/// disk is full or the folder not writable.
void write_cog(const std::filesystem::path& path, const Raster<float>& raster, const Crs& crs,
               const std::map<std::string, std::string>& metadata);
void write_cog(const std::filesystem::path& path, const Raster<std::int16_t>& raster, std::int16_t nodata,
               const Crs& crs, const std::map<std::string, std::string>& metadata);

/// An 8-bit RGBA picture as PNG bytes.
[[nodiscard]] std::vector<std::uint8_t> encode_png(int width, int height, std::span<const Rgba> pixels);

/// Writes bytes under a temporary name in the target folder, flushes, checks, renames.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace amaneku
