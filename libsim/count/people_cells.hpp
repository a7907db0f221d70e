// The cells of a plan where the people of a unit live.
#pragma once

#include <algorithm>

#include "libsim/count/footprint_cells.hpp"
#include "terrain/people/population.hpp"

namespace amaneku {

/// Calls visit(index of the cell, share of the unit) for the part of the unit inside the plan. The cells of its
/// footprint share it evenly; a unit that holds no centre of a cell has its own. `cells` is of the same grid.
template <class Visit>
void for_each_unit_cell(const PopulationUnit& unit, const Grid& grid, FootprintCells& cells, const Visit& visit) {
  long long all = 0;
  cells.for_each_run(unit.footprint, [&](const CellRun& run) { all += std::max(0LL, run.end - run.begin); });
  if (all == 0) {
    for_each_plan_cell(grid, cell_of(grid, unit.centre), [&](std::size_t i) { visit(i, 1.0); });
    return;
  }
  const double share = 1.0 / static_cast<double>(all);
  cells.for_each_run(unit.footprint, [&](const CellRun& run) {
    for_each_plan_cell(grid, run, [&](std::size_t i) { visit(i, share); });
  });
}

}  // namespace amaneku
