#include "scenarios/demo/hydrology.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <queue>
#include <utility>

namespace amaneku::scenarios::demo {

namespace {

struct Step {
  int dx;
  int dy;
  double length;  ///< in cells
};

constexpr double kSqrt2 = std::numbers::sqrt2;
constexpr std::array<Step, 8> kSteps = {{{-1, 0, 1.0},
                                         {1, 0, 1.0},
                                         {0, -1, 1.0},
                                         {0, 1, 1.0},
                                         {-1, -1, kSqrt2},
                                         {1, -1, kSqrt2},
                                         {-1, 1, kSqrt2},
                                         {1, 1, kSqrt2}}};

using Keyed = std::pair<float, std::int32_t>;
using LowestFirst = std::priority_queue<Keyed, std::vector<Keyed>, std::greater<>>;

std::size_t at(std::int32_t cell) noexcept {
  return static_cast<std::size_t>(cell);
}

/// Calls visit(neighbour, length in cells) for the neighbours inside the grid.
template <class Visit>
void for_neighbours(const Grid& grid, std::int32_t cell, const Visit& visit) {
  const int ix = cell % grid.nx;
  const int iy = cell / grid.nx;
  for (const Step& step : kSteps) {
    const int jx = ix + step.dx;
    const int jy = iy + step.dy;
    if (grid.holds(jx, jy)) visit(static_cast<std::int32_t>(grid.index(jx, jy)), step.length);
  }
}

/// Distance between neighbours a and b in cells.
double step_length(const Grid& grid, std::int32_t a, std::int32_t b) noexcept {
  const bool diagonal = a % grid.nx != b % grid.nx && a / grid.nx != b / grid.nx;
  return diagonal ? kSqrt2 : 1.0;
}

/// The neighbour down the steepest slope of the flooded surface, or the cell itself where none is lower.
std::int32_t steepest_neighbour(const Raster<float>& flooded, std::int32_t cell) {
  std::int32_t best = cell;
  double steepest = 0.0;
  for_neighbours(flooded.grid, cell, [&](std::int32_t other, double length) {
    const double slope = static_cast<double>(flooded.values[at(cell)] - flooded.values[at(other)]) / length;
    if (slope > steepest) {
      steepest = slope;
      best = other;
    }
  });
  return best;
}

double cell_distance_m(const Grid& grid, std::int32_t a, std::int32_t b) noexcept {
  return grid.cell_m * std::hypot(a % grid.nx - b % grid.nx, a / grid.nx - b / grid.nx);
}

}  // namespace

Flow route_water(const Raster<float>& height_m, const std::vector<std::uint8_t>& outlet) {
  const Grid& grid = height_m.grid;
  Raster<float> flooded = height_m;
  Flow flow;
  flow.receiver.assign(grid.cells(), -1);
  flow.order.reserve(grid.cells());
  LowestFirst queue;
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    if (outlet[cell] == 0) continue;
    const auto index = static_cast<std::int32_t>(cell);
    flow.receiver[cell] = index;
    queue.emplace(height_m.values[cell], index);
  }
  while (!queue.empty()) {
    const std::int32_t cell = queue.top().second;
    queue.pop();
    flow.order.push_back(cell);
    for_neighbours(grid, cell, [&](std::int32_t other, double) {
      if (flow.receiver[at(other)] >= 0) return;
      flow.receiver[at(other)] = cell;
      flooded.values[at(other)] = std::max(height_m.values[at(other)], flooded.values[at(cell)]);
      queue.emplace(flooded.values[at(other)], other);
    });
  }
  // A steepest descent ends strictly lower on the flooded surface, hence earlier in the order.
  for (const std::int32_t cell : flow.order) {
    if (flow.receiver[at(cell)] == cell) continue;
    const std::int32_t down = steepest_neighbour(flooded, cell);
    if (down != cell) flow.receiver[at(cell)] = down;
  }
  flow.drained_m2.assign(grid.cells(), static_cast<float>(grid.cell_m * grid.cell_m));
  for (auto cell = flow.order.rbegin(); cell != flow.order.rend(); ++cell) {
    const std::int32_t down = flow.receiver[at(*cell)];
    if (down != *cell) flow.drained_m2[at(down)] += flow.drained_m2[at(*cell)];
  }
  return flow;
}

Raster<float> erode(Raster<float> height_m, const Flow& flow, const Raster<float>& uplift,
                    const Erosion& erosion) {
  const Grid& grid = height_m.grid;
  for (const std::int32_t cell : flow.order) {
    const std::int32_t down = flow.receiver[at(cell)];
    if (down == cell) continue;
    const double run_m = grid.cell_m * step_length(grid, cell, down);
    const double below_m = height_m.values[at(down)];
    const double power = erosion.erodibility * erosion.step *
                         std::pow(static_cast<double>(flow.drained_m2[at(cell)]), erosion.area_exponent) / run_m;
    const double raised_m =
        height_m.values[at(cell)] + erosion.step * static_cast<double>(uplift.values[at(cell)]);
    const double cut_m = (raised_m + power * below_m) / (1.0 + power);
    height_m.values[at(cell)] = static_cast<float>(std::min(cut_m, below_m + erosion.steepest_slope * run_m));
  }
  return height_m;
}

Raster<float> spread_levels(const Raster<float>& start_m,
                            const std::function<double(std::size_t, double)>& rise_m) {
  const Grid& grid = start_m.grid;
  constexpr float kNowhere = std::numeric_limits<float>::infinity();
  std::vector<std::int32_t> source(grid.cells(), -1);
  Raster<float> level(grid, kNowhere);
  LowestFirst queue;
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    if (std::isnan(start_m.values[cell])) continue;
    source[cell] = static_cast<std::int32_t>(cell);
    level.values[cell] = start_m.values[cell];
    queue.emplace(level.values[cell], source[cell]);
  }
  while (!queue.empty()) {
    const auto value = queue.top().first;
    const auto cell = queue.top().second;
    queue.pop();
    if (value > level.values[at(cell)]) continue;
    const std::int32_t from = source[at(cell)];
    for_neighbours(grid, cell, [&](std::int32_t other, double) {
      const double rise = rise_m(at(from), cell_distance_m(grid, from, other));
      const auto offered = static_cast<float>(static_cast<double>(start_m.values[at(from)]) + rise);
      if (offered >= level.values[at(other)]) return;
      level.values[at(other)] = offered;
      source[at(other)] = from;
      queue.emplace(offered, other);
    });
  }
  std::replace(level.values.begin(), level.values.end(), kNowhere, kNoData);
  return level;
}

namespace {

Line smoothed(Line line, int passes) {
  for (int pass = 0; pass < passes; ++pass) {
    Line next = line;
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
      next[i] = {0.25 * (line[i - 1].x_m + line[i + 1].x_m) + 0.5 * line[i].x_m,
                 0.25 * (line[i - 1].y_m + line[i + 1].y_m) + 0.5 * line[i].y_m};
    }
    line = std::move(next);
  }
  return line;
}

}  // namespace

std::vector<River> trace_rivers(const Flow& flow, const Grid& grid, const std::vector<std::uint8_t>& sea,
                                double least_m2) {
  // The main stem of a cell goes up its largest tributary; every other tributary starts a river of its own.
  std::vector<std::int32_t> main_stem(grid.cells(), -1);
  const auto is_river = [&](std::int32_t cell) {
    return sea[at(cell)] == 0 && static_cast<double>(flow.drained_m2[at(cell)]) >= least_m2;
  };
  for (const std::int32_t cell : flow.order) {
    const std::int32_t down = flow.receiver[at(cell)];
    if (down == cell || !is_river(cell)) continue;
    const std::int32_t known = main_stem[at(down)];
    if (known < 0 || flow.drained_m2[at(cell)] > flow.drained_m2[at(known)]) main_stem[at(down)] = cell;
  }
  std::vector<River> rivers;
  for (const std::int32_t cell : flow.order) {
    const std::int32_t down = flow.receiver[at(cell)];
    if (!is_river(cell) || (is_river(down) && down != cell && main_stem[at(down)] == cell)) continue;
    std::vector<std::int32_t> upstream;
    if (down != cell) upstream.push_back(down);
    for (std::int32_t up = cell; up >= 0; up = main_stem[at(up)]) upstream.push_back(up);
    if (upstream.size() < 8) continue;
    River river;
    std::reverse(upstream.begin(), upstream.end());
    for (const std::int32_t c : upstream) {
      river.line.push_back(grid.centre(c % grid.nx, c / grid.nx));
      river.drained_m2.push_back(std::min(flow.drained_m2[at(c)], flow.drained_m2[at(cell)]));
    }
    river.line = smoothed(std::move(river.line), 6);
    rivers.push_back(std::move(river));
  }
  std::stable_sort(rivers.begin(), rivers.end(),
                   [](const River& a, const River& b) { return a.drained_m2.back() > b.drained_m2.back(); });
  return rivers;
}

}  // namespace amaneku::scenarios::demo
