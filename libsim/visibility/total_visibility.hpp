// What each place of a grid would see if a mast stood there: area, people and metres of road within a radius.
//
// Rotated sight lines over all observers at a time: docs/methods/visibility.md.
#pragma once

#include <cstddef>
#include <span>

#include "terrain/geo.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku {

/// What there is to see. Arrays are [y, x] of `grid`.
struct VisibilityWorld {
  Grid grid{};
  std::span<const float> ground_asl_m{};  ///< NaN: no data
  std::span<const float> people{};        ///< of each cell, >= 0; empty: none
  std::span<const float> road_m{};        ///< of each cell, >= 0; empty: none
};

struct VisibilityOptions {
  double observer_agl_m = 30.0;  ///< 0 to 10 000
  double target_agl_m = 1.5;     ///< 0 to 10 000
  double radius_m = 10'000.0;    ///< one cell to 10 000 cells
  double effective_earth_radius_m = 4.0 / 3.0 * kEarthRadius_m;
  int stride = 4;          ///< observers stand on every n-th cell of every n-th row, 1 to 64
  double arc_cells = 2.0;  ///< between neighbouring sight lines at the radius, 0.25 to 64
  int threads = 0;         ///< 0: all
};

/// Arrays are [y, x] of the observers. Seen, hidden and unknown cells of an observer are together all cells whose
/// centre lies within the radius, its own cell included, which it sees.
struct TotalVisibility {
  Grid grid{};                  ///< cells of `stride` cells; each observer stands in the middle one of its block
  Raster<float> seen_km2{};     ///< NaN: no ground under the observer
  Raster<float> people{};       ///< in sight
  Raster<float> road_m{};       ///< in sight
  Raster<float> unknown_km2{};  ///< in or behind a void, or beyond the grid; neither seen nor hidden
  double reach_km2 = 0.0;       ///< area of the cells within the radius: of every observer
  std::size_t observers = 0;    ///< with ground
  std::size_t observers_in_voids = 0;
  std::size_t sight_lines = 0;  ///< of an observer
  double sight_tests = 0.0;     ///< samples of sight lines that were held against the horizon before them
};

/// The column (row) of the cell where observers of column (row) i stand.
[[nodiscard]] constexpr int observer_cell(int i, int stride) noexcept {
  return stride / 2 + i * stride;
}
/// How many observers stand on a row (column) of so many cells.
[[nodiscard]] constexpr int observers_among(int cells, int stride) noexcept {
  const int first = observer_cell(0, stride);
  return cells > first ? (cells - 1 - first) / stride + 1 : 0;
}

/// The same bytes for any number of threads and any processor. InputError for options outside their ranges, all at
/// once; InternalError for arrays that do not fit the grid and for weights that are negative or not finite.
/// Memory: 4 bytes a cell for ground, 8 for people, 8 for roads, 4 of each on rows that are longer by the radius
/// on both sides; 36 bytes an observer; the result.
[[nodiscard]] TotalVisibility total_visibility(const VisibilityWorld& world, const VisibilityOptions& options);

}  // namespace amaneku
