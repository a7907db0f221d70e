// What a surveyor would note of the ground, on cells of 60 m: slope, level ground, distance to the sea, islands.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/demo/relief.hpp"

namespace amaneku::scenarios::demo {

struct Survey {
  Raster<float> slope{};         ///< rise over run
  Raster<float> level{};         ///< fitness for building, 0..1, 0 over the sea and in river beds
  Raster<float> level_around{};  ///< mean of `level` over about 1 km x 1 km
  Raster<float> coast_m{};       ///< distance to the sea
  std::vector<std::int32_t>
      land{};  ///< number of the connected land, 0: sea, 1: the largest (mainland), 2: the next ...
};

[[nodiscard]] Survey make_survey(const Relief& relief);

/// Calls visit(neighbour) for the cells that share a side with `cell`.
template <class Visit>
void for_side_neighbours(const Grid& grid, std::size_t cell, const Visit& visit) {
  const int ix = static_cast<int>(cell) % grid.nx;
  const int iy = static_cast<int>(cell) / grid.nx;
  if (ix > 0) visit(cell - 1);
  if (ix + 1 < grid.nx) visit(cell + 1);
  if (iy > 0) visit(cell - static_cast<std::size_t>(grid.nx));
  if (iy + 1 < grid.ny) visit(cell + static_cast<std::size_t>(grid.nx));
}

/// The cells of every connected patch of equal labels; negative labels belong to no patch.
[[nodiscard]] std::vector<std::vector<std::size_t>> connected_patches(const std::vector<std::int32_t>& labels,
                                                                      const Grid& grid);

/// Mean over the window of (2 reach + 1)^2 cells, cut at the edges.
[[nodiscard]] Raster<float> window_mean(const Raster<float>& values, int reach);

}  // namespace amaneku::scenarios::demo
