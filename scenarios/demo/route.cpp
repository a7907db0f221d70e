#include "scenarios/demo/route.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>

namespace amaneku::scenarios::demo {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Move {
  int dx;
  int dy;
};

constexpr std::array<Move, 16> kMoves = {{{1, 0},
                                          {-1, 0},
                                          {0, 1},
                                          {0, -1},
                                          {1, 1},
                                          {1, -1},
                                          {-1, 1},
                                          {-1, -1},
                                          {2, 1},
                                          {2, -1},
                                          {-2, 1},
                                          {-2, -1},
                                          {1, 2},
                                          {1, -2},
                                          {-1, 2},
                                          {-1, -2}}};

using Keyed = std::pair<double, std::size_t>;
using CheapestFirst = std::priority_queue<Keyed, std::vector<Keyed>, std::greater<>>;

template <class Visit>
void for_moves(const Grid& grid, std::size_t cell, const Visit& visit) {
  const int ix = static_cast<int>(cell) % grid.nx;
  const int iy = static_cast<int>(cell) / grid.nx;
  for (const Move& move : kMoves) {
    if (grid.holds(ix + move.dx, iy + move.dy)) visit(grid.index(ix + move.dx, iy + move.dy));
  }
}

std::vector<std::size_t> walked_back(const std::vector<std::size_t>& from, std::size_t end) {
  std::vector<std::size_t> cells = {end};
  while (from[cells.back()] != cells.back()) cells.push_back(from[cells.back()]);
  std::reverse(cells.begin(), cells.end());
  return cells;
}

}  // namespace

Router::Router(const Relief& relief)
    : grid_(relief.survey_m.grid),
      relief_(&relief),
      built_(grid_.cells(), 0),
      cost_(grid_.cells(), kInfinity),
      from_(grid_.cells(), 0) {}

double Router::step_cost(std::size_t a, std::size_t b) const noexcept {
  if (relief_->sea[a] != 0 || relief_->sea[b] != 0) return kInfinity;
  const int from = static_cast<int>(a);
  const int to = static_cast<int>(b);
  const int dx = from % grid_.nx - to % grid_.nx;
  const int dy = from / grid_.nx - to / grid_.nx;
  const double run_m = grid_.cell_m * std::hypot(dx, dy);
  if (built(a) && built(b)) return 0.25 * run_m;
  const double grade = static_cast<double>(relief_->survey_m.values[a] - relief_->survey_m.values[b]) / run_m;
  const double bed = relief_->flow.drained_m2[b] > 2.0e7F ? 3.0 : 0.0;
  return run_m * (1.0 + bed + grade * grade / (0.06 * 0.06));
}

std::vector<std::size_t> Router::path(std::size_t start, const std::function<bool(std::size_t)>& reached) {
  std::vector<std::size_t> touched = {start};
  std::vector<std::size_t> found;
  CheapestFirst queue;
  cost_[start] = 0.0;
  from_[start] = start;
  queue.emplace(0.0, start);
  while (!queue.empty() && found.empty()) {
    const auto value = queue.top().first;
    const auto cell = queue.top().second;
    queue.pop();
    if (value > cost_[cell]) continue;
    if (reached(cell)) found = walked_back(from_, cell);
    for_moves(grid_, cell, [&](std::size_t next) {
      const double offered = value + step_cost(cell, next);
      if (offered >= cost_[next]) return;
      cost_[next] = offered;
      from_[next] = cell;
      touched.push_back(next);
      queue.emplace(offered, next);
    });
  }
  for (const std::size_t cell : touched) cost_[cell] = kInfinity;
  return found;
}

std::vector<std::int32_t> easiest_source(const Router& router, const std::vector<std::size_t>& sources) {
  std::vector<double> cost(router.grid().cells(), kInfinity);
  std::vector<std::int32_t> source(router.grid().cells(), -1);
  CheapestFirst queue;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    cost[sources[i]] = 0.0;
    source[sources[i]] = static_cast<std::int32_t>(i);
    queue.emplace(0.0, sources[i]);
  }
  while (!queue.empty()) {
    const auto value = queue.top().first;
    const auto cell = queue.top().second;
    queue.pop();
    if (value > cost[cell]) continue;
    for_moves(router.grid(), cell, [&](std::size_t next) {
      const double offered = value + router.step_cost(cell, next);
      if (offered >= cost[next]) return;
      cost[next] = offered;
      source[next] = source[cell];
      queue.emplace(offered, next);
    });
  }
  return source;
}

namespace {

constexpr int kDesignFactor = 4;  ///< survey cells per cell of the expressway's design grid

/// Heights on which an expressway is designed, cells of 240 m; NaN over the sea.
Raster<float> design_ground(const Relief& relief) {
  Grid grid = relief.survey_m.grid;
  grid.cell_m *= kDesignFactor;
  grid.nx /= kDesignFactor;
  grid.ny /= kDesignFactor;
  Raster<float> ground(grid, kNoData);
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const int sx = ix * kDesignFactor + kDesignFactor / 2;
      const int sy = iy * kDesignFactor + kDesignFactor / 2;
      if (relief.sea[relief.survey_m.grid.index(sx, sy)] == 0) ground.at(ix, iy) = relief.survey_m.at(sx, sy);
    }
  }
  return ground;
}

/// Cost of a straight stretch with an even grade from cell a to cell b of the design grid.
double stretch_cost(const Raster<float>& ground, Move a, Move b) {
  const double start = static_cast<double>(ground.at(a.dx, a.dy));
  const double rise = static_cast<double>(ground.at(b.dx, b.dy)) - start;
  const double run_m = ground.grid.cell_m * std::hypot(b.dx - a.dx, b.dy - a.dy);
  if (!(std::abs(rise) <= 0.04 * run_m)) return kInfinity;
  const int steps = std::max(std::abs(b.dx - a.dx), std::abs(b.dy - a.dy));
  double weight = 0.0;
  for (int i = 0; i < steps; ++i) {
    const double t = (i + 0.5) / steps;
    const float here =
        sample_bilinear(ground, {ground.grid.centre(a.dx, a.dy).x_m + t * ground.grid.cell_m * (b.dx - a.dx),
                                 ground.grid.centre(a.dx, a.dy).y_m - t * ground.grid.cell_m * (b.dy - a.dy)});
    if (std::isnan(here)) return kInfinity;
    const double above = static_cast<double>(here) - (start + t * rise);
    if (above < -60.0) return kInfinity;
    if (above > 18.0) {
      weight += 2.6;
    } else {
      weight += above < -12.0 ? 2.4 : 1.0 + std::abs(above) / 18.0;
    }
  }
  // Each bend costs as much as 80 m of road.
  return run_m * weight / steps + 80.0;
}

}  // namespace

std::vector<DeckPoint> expressway_path(const Relief& relief, Point from,
                                       const std::function<bool(Point)>& reached) {
  constexpr int kReach = 3;
  constexpr double kLongest = 14.0;  // cells: 3.4 km of tunnel
  const Raster<float> ground = design_ground(relief);
  const Grid& grid = ground.grid;
  std::vector<double> cost(grid.cells(), kInfinity);
  const std::size_t start = grid.index(grid.column_of(from.x_m), grid.row_of(from.y_m));
  std::vector<std::size_t> back(grid.cells(), start);
  CheapestFirst queue;
  cost[start] = 0.0;
  queue.emplace(0.0, start);
  while (!queue.empty()) {
    const auto value = queue.top().first;
    const auto cell = queue.top().second;
    queue.pop();
    if (value > cost[cell]) continue;
    const Move here{static_cast<int>(cell) % grid.nx, static_cast<int>(cell) / grid.nx};
    if (reached(grid.centre(here.dx, here.dy))) {
      std::vector<DeckPoint> deck;
      for (const std::size_t c : walked_back(back, cell)) {
        deck.push_back({grid.centre(static_cast<int>(c) % grid.nx, static_cast<int>(c) / grid.nx),
                        static_cast<double>(ground.values[c])});
      }
      return deck;
    }
    for (int dy = -kReach; dy <= kReach; ++dy) {
      for (int dx = -kReach; dx <= kReach; ++dx) {
        if (std::gcd(dx, dy) != 1) continue;
        for (int times = 1; times * std::hypot(dx, dy) <= kLongest; ++times) {
          const Move there{here.dx + times * dx, here.dy + times * dy};
          if (!grid.holds(there.dx, there.dy)) break;
          const double offered = value + stretch_cost(ground, here, there);
          const std::size_t next = grid.index(there.dx, there.dy);
          if (offered >= cost[next]) continue;
          cost[next] = offered;
          back[next] = cell;
          queue.emplace(offered, next);
        }
      }
    }
  }
  return {};
}

}  // namespace amaneku::scenarios::demo
