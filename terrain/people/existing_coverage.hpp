// Existing coverage: where people and roads are served already, by somebody else or by what stands, as operators
// publish it or as the user draws it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

struct ExistingCoverageSource {
  std::filesystem::path path;  ///< polygons, anything that OGR reads; with `served_from` a raster
  std::string name{};          ///< empty: the name of the file
  std::string layer{};         ///< of a GeoPackage; empty: the only one
  bool repair = false;         ///< a ring that crosses itself is mended and counted; else it is an InputError
  std::optional<double> served_from{};  ///< raster: a pixel of this value or more is served
  std::optional<double> served_to{};    ///< raster: and of no more than this
  std::optional<double> nodata{};       ///< raster: overrides or supplies the file's no-data value
  std::string crs{};                    ///< raster: of a file that has none
};

struct ExistingCoveragePart {
  std::string name{};
  std::string file{};
  bool is_raster = false;
  long long served_cells = 0;  ///< of the plan
  long long void_cells = 0;    ///< raster: cells of the plan without a value; they are not served
};

struct ExistingCoverage {
  Raster<std::uint8_t> served{};  ///< [y, x] of the plan, 1: served already; no values: none is given
  std::vector<ExistingCoveragePart> parts{};
  std::vector<Warning> warnings{};  ///< existing_coverage_void, _nowhere, _repaired, _largest, and of the rasters

  [[nodiscard]] bool given() const noexcept { return !served.values.empty(); }
  /// Whether the cell is served already.
  [[nodiscard]] bool at(std::size_t cell) const noexcept { return given() && served.values[cell] != 0; }
};

/// A cell is served where a polygon holds its centre, or the pixel that holds it is in the range of values.
/// Sources add up. Throws InputError: no CRS, no polygon, a polygon file without an area inside the plan, a raster
/// that does not reach the plan.
[[nodiscard]] ExistingCoverage read_existing_coverage(const std::vector<ExistingCoverageSource>& sources,
                                                      const Grid& grid, const Crs& crs);

}  // namespace amaneku
