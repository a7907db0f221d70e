// The cells of a grid whose centre a footprint holds, by the same edge rule as contains(). The grid is taken as
// endless, so that what lies outside the plan is counted as well.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// One run of neighbouring cells of a row: columns [begin, end), which may reach beyond the grid.
struct CellRun {
  long long row;
  long long begin;
  long long end;
};

/// The one cell that holds the point.
[[nodiscard]] CellRun cell_of(const Grid& grid, Point p) noexcept;

/// Calls visit(index of the cell) for the cells of the run that the grid has.
template <class Visit>
void for_each_plan_cell(const Grid& grid, const CellRun& run, const Visit& visit) {
  if (run.row < 0 || run.row >= grid.ny) return;
  const auto begin = std::clamp<long long>(run.begin, 0, grid.nx);
  const auto end = std::clamp<long long>(run.end, 0, grid.nx);
  for (long long ix = begin; ix < end; ++ix) {
    visit(grid.index(static_cast<int>(ix), static_cast<int>(run.row)));
  }
}

class FootprintCells {
 public:
  explicit FootprintCells(const Grid& grid) : grid_(grid) {}

  /// Calls visit(run), by part, then from north to south and west to east. A run may be empty.
  template <class Visit>
  void for_each_run(const MultiPolygon& footprint, const Visit& visit) {
    for (const Polygon& part : footprint.parts) {
      collect_crossings(part);
      for (std::size_t i = 0; i + 1 < crossings_.size(); i += 2) {
        visit(CellRun{crossings_[i].row, first_column_from(crossings_[i].x_m),
                      first_column_from(crossings_[i + 1].x_m)});
      }
    }
  }

 private:
  struct Crossing {
    long long row;
    double x_m;
  };

  /// First column whose centre is not west of x_m.
  [[nodiscard]] long long first_column_from(double x_m) const noexcept;
  /// Every ring is closed, so each row has an even number of crossings and pairs never straddle rows.
  void collect_crossings(const Polygon& part);

  Grid grid_;
  std::vector<Crossing> crossings_{};
};

/// A cell outside the plan, which nothing serves.
inline constexpr std::size_t kNoCell = std::numeric_limits<std::size_t>::max();

/// The cell that holds the point; kNoCell outside the grid.
[[nodiscard]] std::size_t cell_holding(const Grid& grid, Point p) noexcept;

}  // namespace amaneku
