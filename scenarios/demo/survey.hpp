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

/// Mean over the window of (2 reach + 1)^2 cells, cut at the edges.
[[nodiscard]] Raster<float> window_mean(const Raster<float>& values, int reach);

}  // namespace amaneku::scenarios::demo
