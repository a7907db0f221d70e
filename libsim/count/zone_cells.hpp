// The cells of a focus zone as runs that neither overlap nor touch, to hold other footprints against.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "libsim/count/footprint_cells.hpp"
#include "terrain/people/focus_zones.hpp"
#include "terrain/people/population.hpp"

namespace amaneku {

class ZoneCells {
 public:
  /// The cells whose centre a part of the zone holds; where it holds none, the cell of its inner point. The grid
  /// is taken as endless.
  ZoneCells(const Grid& grid, const MultiPolygon& zone);

  /// By row, then from west to east.
  [[nodiscard]] std::span<const CellRun> runs() const noexcept { return runs_; }

  /// False where the unit is surely outside.
  [[nodiscard]] bool may_hold(const PopulationUnit& unit) const noexcept;

  /// Calls visit(run) for the parts of a run that are in the zone.
  template <class Visit>
  void for_each_overlap(const CellRun& run, const Visit& visit) const {
    auto at = std::lower_bound(runs_.begin(), runs_.end(), run, [](const CellRun& a, const CellRun& b) {
      return a.row != b.row ? a.row < b.row : a.end <= b.begin;
    });
    for (; at != runs_.end() && at->row == run.row && at->begin < run.end; ++at) {
      visit(CellRun{run.row, std::max(run.begin, at->begin), std::min(run.end, at->end)});
    }
  }

 private:
  std::vector<CellRun> runs_{};
  double west_m_ = 0.0;  ///< bounds of the runs
  double east_m_ = 0.0;
  double south_m_ = 0.0;
  double north_m_ = 0.0;
};

/// Calls visit(run, people) for the cells of a zone where people of the unit live; outside the plan as well.
/// `cells` is of the same grid. The cells of a unit's footprint share its people evenly; a unit that holds no
/// centre of a cell has its own.
template <class Visit>
void for_each_peopled_run(const ZoneCells& zone, const PopulationUnit& unit, const Grid& grid,
                          FootprintCells& cells, const Visit& visit) {
  if (!zone.may_hold(unit)) return;
  long long all = 0;
  cells.for_each_run(unit.footprint, [&](const CellRun& run) { all += std::max(0LL, run.end - run.begin); });
  if (all == 0) {
    zone.for_each_overlap(cell_of(grid, unit.centre), [&](const CellRun& run) { visit(run, unit.people); });
    return;
  }
  cells.for_each_run(unit.footprint, [&](const CellRun& run) {
    zone.for_each_overlap(run, [&](const CellRun& part) {
      visit(part, unit.people * (static_cast<double>(part.end - part.begin) / static_cast<double>(all)));
    });
  });
}

}  // namespace amaneku
