#include "libsim/count/zone_cells.hpp"

namespace amaneku {

ZoneCells::ZoneCells(const Grid& grid, const MultiPolygon& zone) {
  std::vector<CellRun> all;
  FootprintCells(grid).for_each_run(zone, [&](const CellRun& run) {
    if (run.begin < run.end) all.push_back(run);
  });
  if (all.empty()) all.push_back(cell_of(grid, inner_point(zone)));
  std::sort(all.begin(), all.end(),
            [](const CellRun& a, const CellRun& b) { return a.row != b.row ? a.row < b.row : a.begin < b.begin; });
  for (const CellRun& run : all) {
    if (!runs_.empty() && runs_.back().row == run.row && run.begin <= runs_.back().end) {
      runs_.back().end = std::max(runs_.back().end, run.end);
    } else {
      runs_.push_back(run);
    }
  }
  long long first = runs_.front().begin;
  long long last = runs_.front().end;
  for (const CellRun& run : runs_) {
    first = std::min(first, run.begin);
    last = std::max(last, run.end);
  }
  west_m_ = grid.west_m + static_cast<double>(first) * grid.cell_m;
  east_m_ = grid.west_m + static_cast<double>(last) * grid.cell_m;
  north_m_ = grid.north_m - static_cast<double>(runs_.front().row) * grid.cell_m;
  south_m_ = grid.north_m - static_cast<double>(runs_.back().row + 1) * grid.cell_m;
}

bool ZoneCells::may_hold(const PopulationUnit& unit) const noexcept {
  Point low = unit.centre;
  Point high = unit.centre;
  for (const Polygon& part : unit.footprint.parts) {
    for (const Point& p : part.outer) {
      low = {std::min(low.x_m, p.x_m), std::min(low.y_m, p.y_m)};
      high = {std::max(high.x_m, p.x_m), std::max(high.y_m, p.y_m)};
    }
  }
  return low.x_m <= east_m_ && high.x_m >= west_m_ && low.y_m <= north_m_ && high.y_m >= south_m_;
}

}  // namespace amaneku
