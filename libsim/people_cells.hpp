// The cells of a plan where the people of a unit live.
#pragma once

#include <algorithm>

#include "libsim/footprint_cells.hpp"
#include "terrain/population.hpp"

namespace amaneku {

/// Calls visit(index of the cell, people) for the part of the unit inside the plan. The cells of its footprint
/// share its people evenly; a unit that holds no centre of a cell has its own. `cells` is of the same grid.
template <class Visit>
void for_each_peopled_cell(const PopulationUnit& unit, const Grid& grid, FootprintCells& cells,
                           const Visit& visit) {
  long long all = 0;
  cells.for_each_run(unit.footprint, [&](const CellRun& run) { all += std::max(0LL, run.end - run.begin); });
  if (all == 0) {
    if (!grid.contains(unit.centre)) return;
    visit(grid.index(std::min(grid.column_of(unit.centre.x_m), grid.nx - 1),
                     std::min(grid.row_of(unit.centre.y_m), grid.ny - 1)),
          unit.people);
    return;
  }
  const double share = unit.people / static_cast<double>(all);
  cells.for_each_run(unit.footprint, [&](const CellRun& run) {
    if (run.row < 0 || run.row >= grid.ny) return;
    const auto begin = std::clamp<long long>(run.begin, 0, grid.nx);
    const auto end = std::clamp<long long>(run.end, 0, grid.nx);
    for (long long ix = begin; ix < end; ++ix) {
      visit(grid.index(static_cast<int>(ix), static_cast<int>(run.row)), share);
    }
  });
}

}  // namespace amaneku
