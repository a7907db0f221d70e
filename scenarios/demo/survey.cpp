#include "scenarios/demo/survey.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

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
  std::vector<std::int32_t> labels(sea.size());
  std::transform(sea.begin(), sea.end(), labels.begin(), [](std::uint8_t wet) { return wet != 0 ? -1 : 0; });
  std::vector<std::vector<std::size_t>> patches = connected_patches(labels, grid);
  std::stable_sort(patches.begin(), patches.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::vector<std::int32_t> land(sea.size(), 0);
  for (std::size_t i = 0; i < patches.size(); ++i) {
    for (const std::size_t cell : patches[i]) land[cell] = static_cast<std::int32_t>(i) + 1;
  }
  return land;
}

}  // namespace

std::vector<std::vector<std::size_t>> connected_patches(const std::vector<std::int32_t>& labels,
                                                        const Grid& grid) {
  std::vector<std::uint8_t> seen(labels.size(), 0);
  std::vector<std::vector<std::size_t>> patches;
  for (std::size_t start = 0; start < labels.size(); ++start) {
    if (labels[start] < 0 || seen[start] != 0) continue;
    std::vector<std::size_t> patch = {start};
    seen[start] = 1;
    for (std::size_t i = 0; i < patch.size(); ++i) {
      for_side_neighbours(grid, patch[i], [&](std::size_t next) {
        if (labels[next] != labels[start] || seen[next] != 0) return;
        seen[next] = 1;
        patch.push_back(next);
      });
    }
    patches.push_back(std::move(patch));
  }
  return patches;
}

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
