#include "libsim/load/traffic.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "libsim/count/footprint_cells.hpp"
#include "libsim/count/line_steps.hpp"

namespace amaneku {
namespace {

/// Cells by row, then column: an order that does not depend on what was added first.
class DemandCells {
 public:
  explicit DemandCells(const Grid& grid) : grid_(grid) {}

  void add(Point at, const DemandPoint& share) {
    if (!grid_.contains(at)) return;
    add(std::min(grid_.column_of(at.x_m), grid_.nx - 1), std::min(grid_.row_of(at.y_m), grid_.ny - 1), share);
  }

  void add(int ix, int iy, const DemandPoint& share) {
    DemandPoint& cell = cells_[{iy, ix}];
    cell.at = grid_.centre(ix, iy);
    cell.dl_bps += share.dl_bps;
    cell.ul_bps += share.ul_bps;
    cell.people += share.people;
  }

  [[nodiscard]] std::vector<DemandPoint> points() const {
    std::vector<DemandPoint> out;
    out.reserve(cells_.size());
    for (const auto& [cell, point] : cells_) out.push_back(point);
    return out;
  }

 private:
  Grid grid_;
  std::map<std::pair<int, int>, DemandPoint> cells_{};
};

struct CellAt {
  long long ix;
  long long iy;
};

/// Evenly picked cells of a footprint, at most kPointsPerUnit of them. Those outside the plan keep their share.
std::vector<CellAt> picked_cells(FootprintCells& cells, const MultiPolygon& footprint) {
  long long all = 0;
  cells.for_each_run(footprint, [&](const CellRun& run) { all += std::max(0LL, run.end - run.begin); });
  const long long wanted = std::min<long long>(all, kPointsPerUnit);
  std::vector<CellAt> picked;
  long long seen = 0;
  cells.for_each_run(footprint, [&](const CellRun& run) {
    for (long long ix = run.begin; ix < run.end; ++ix, ++seen) {
      // The middle cell of each of `wanted` equal parts.
      const auto part = static_cast<long long>(picked.size());
      if (part < wanted && seen == (2 * part + 1) * all / (2 * wanted)) picked.push_back({ix, run.row});
    }
  });
  return picked;
}

void add_people(const Traffic& traffic, const Population& population, const Grid& grid, DemandCells& demand) {
  FootprintCells cells(grid);
  for (const PopulationUnit& unit : population.units) {
    const DemandPoint whole{
        {}, unit.people * traffic.dl_bps_per_person, unit.people * traffic.ul_bps_per_person, unit.people};
    const std::vector<CellAt> picked = picked_cells(cells, unit.footprint);
    if (picked.empty()) {
      demand.add(unit.centre, whole);
      continue;
    }
    const auto n = static_cast<double>(picked.size());
    const DemandPoint share{{}, whole.dl_bps / n, whole.ul_bps / n, whole.people / n};
    for (const CellAt& cell : picked) {
      const bool inside = cell.ix >= 0 && cell.ix < grid.nx && cell.iy >= 0 && cell.iy < grid.ny;
      if (inside) demand.add(static_cast<int>(cell.ix), static_cast<int>(cell.iy), share);
    }
  }
}

}  // namespace

bool Traffic::any() const noexcept {
  return dl_bps_per_person > 0.0 || ul_bps_per_person > 0.0 || dl_bps_per_road_m > 0.0 ||
         ul_bps_per_road_m > 0.0 || !fixed.empty();
}

double busy_hour_bps(double gigabytes_per_month, double busy_hour_share) noexcept {
  constexpr double kBitsPerGigabyte = 8e9;
  constexpr double kDaysPerMonth = 30.0;
  constexpr double kSecondsPerHour = 3600.0;
  return gigabytes_per_month * kBitsPerGigabyte / kDaysPerMonth * busy_hour_share / kSecondsPerHour;
}

std::vector<DemandPoint> demand_points(const Traffic& traffic, const Population& population, const Roads& roads,
                                       const Grid& grid) {
  DemandCells demand(grid);
  if (traffic.dl_bps_per_person > 0.0 || traffic.ul_bps_per_person > 0.0) {
    add_people(traffic, population, grid, demand);
  }
  if (traffic.dl_bps_per_road_m > 0.0 || traffic.ul_bps_per_road_m > 0.0) {
    for (const Road& road : roads.roads) {
      if (road.in_tunnel()) continue;
      walk_line(road.line, grid.cell_m, [&](Point at, double length_m) {
        demand.add(at, {{}, length_m * traffic.dl_bps_per_road_m, length_m * traffic.ul_bps_per_road_m});
      });
    }
  }
  for (const FixedDemand& fixed : traffic.fixed) demand.add(fixed.at, {{}, fixed.dl_bps, fixed.ul_bps});
  return demand.points();
}

}  // namespace amaneku
