#include "scenarios/demo/survey.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace amaneku::scenarios::demo {

namespace {

Raster<float> slopes(const Raster<float>& height) {
  const Grid& grid = height.grid;
  Raster<float> slope(grid, 0.0F);
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const int west = std::max(0, ix - 1);
      const int east = std::min(grid.nx - 1, ix + 1);
      const int north = std::max(0, iy - 1);
      const int south = std::min(grid.ny - 1, iy + 1);
      const double across = static_cast<double>(height.at(east, iy) - height.at(west, iy)) / (east - west);
      const double along = static_cast<double>(height.at(ix, south) - height.at(ix, north)) / (south - north);
      slope.at(ix, iy) = static_cast<float>(std::hypot(across, along) / grid.cell_m);
    }
  }
  return slope;
}

/// Connected lands, numbered from the largest.
std::vector<std::int32_t> number_lands(const Grid& grid, const std::vector<std::uint8_t>& sea) {
  std::vector<std::int32_t> land(grid.cells(), 0);
  std::vector<std::size_t> sizes;
  std::vector<std::size_t> stack;
  for (std::size_t start = 0; start < grid.cells(); ++start) {
    if (sea[start] != 0 || land[start] != 0) continue;
    sizes.push_back(0);
    const auto number = static_cast<std::int32_t>(sizes.size());
    land[start] = number;
    stack.push_back(start);
    while (!stack.empty()) {
      const std::size_t cell = stack.back();
      stack.pop_back();
      ++sizes.back();
      const int ix = static_cast<int>(cell) % grid.nx;
      const int iy = static_cast<int>(cell) / grid.nx;
      for (const auto& [dx, dy] : {std::pair{-1, 0}, std::pair{1, 0}, std::pair{0, -1}, std::pair{0, 1}}) {
        if (!grid.holds(ix + dx, iy + dy)) continue;
        const std::size_t next = grid.index(ix + dx, iy + dy);
        if (sea[next] != 0 || land[next] != 0) continue;
        land[next] = number;
        stack.push_back(next);
      }
    }
  }
  std::vector<std::int32_t> by_size(sizes.size());
  std::iota(by_size.begin(), by_size.end(), 0);
  std::stable_sort(by_size.begin(), by_size.end(), [&](std::int32_t a, std::int32_t b) {
    return sizes[static_cast<std::size_t>(a)] > sizes[static_cast<std::size_t>(b)];
  });
  std::vector<std::int32_t> rank(sizes.size() + 1, 0);
  for (std::size_t i = 0; i < by_size.size(); ++i) {
    rank[static_cast<std::size_t>(by_size[i]) + 1] = static_cast<std::int32_t>(i) + 1;
  }
  for (std::int32_t& number : land) number = rank[static_cast<std::size_t>(number)];
  return land;
}

}  // namespace

Raster<float> window_mean(const Raster<float>& values, int reach) {
  const Grid& grid = values.grid;
  std::vector<double> sums(static_cast<std::size_t>(grid.nx + 1) * static_cast<std::size_t>(grid.ny + 1), 0.0);
  const auto sum = [&](int ix, int iy) -> double& {
    return sums[static_cast<std::size_t>(iy) * static_cast<std::size_t>(grid.nx + 1) +
                static_cast<std::size_t>(ix)];
  };
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      sum(ix + 1, iy + 1) =
          static_cast<double>(values.at(ix, iy)) + sum(ix, iy + 1) + sum(ix + 1, iy) - sum(ix, iy);
    }
  }
  Raster<float> mean(grid, 0.0F);
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const int west = std::max(0, ix - reach);
      const int east = std::min(grid.nx, ix + reach + 1);
      const int north = std::max(0, iy - reach);
      const int south = std::min(grid.ny, iy + reach + 1);
      const double total = sum(east, south) - sum(west, south) - sum(east, north) + sum(west, north);
      mean.at(ix, iy) = static_cast<float>(total / (static_cast<double>(east - west) * (south - north)));
    }
  }
  return mean;
}

Survey make_survey(const Relief& relief) {
  const Grid& grid = relief.survey_m.grid;
  Survey survey;
  survey.slope = slopes(relief.survey_m);
  survey.level = Raster<float>(grid, 0.0F);
  Raster<float> shore(grid, kNoData);
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    if (relief.sea[cell] != 0) shore.values[cell] = 0.0F;
    const bool bed = relief.flow.drained_m2[cell] > 1.5e7F;
    if (relief.sea[cell] != 0 || bed) continue;
    const double steep = static_cast<double>(survey.slope.values[cell]) / 0.075;
    survey.level.values[cell] = static_cast<float>(1.0 / (1.0 + steep * steep * steep));
  }
  survey.level_around = window_mean(survey.level, 8);
  survey.coast_m = spread_levels(shore, [](std::size_t, double away_m) { return away_m; });
  survey.land = number_lands(grid, relief.sea);
  return survey;
}

}  // namespace amaneku::scenarios::demo
