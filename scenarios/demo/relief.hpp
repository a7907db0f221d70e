// The ground of the demo region: uplifted, eroded, partly drowned, its valleys filled with gravel.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/demo/hydrology.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku::scenarios::demo {

/// Where the region lies: open ocean south of Honshu (near 33.16 N 137.30 E), so that nobody takes it for a place.
inline constexpr const char* kRegionCrs = "EPSG:6675";
inline constexpr Grid kRegionGrid{-5'580.0, -298'200.0, 30.0, 1200, 1120};

struct Relief {
  Raster<float> ground_asl_m{};     ///< on kRegionGrid, NaN over the sea
  Raster<float> survey_m{};         ///< mean height on cells of 60 m, 0 over the sea
  std::vector<std::uint8_t> sea{};  ///< on the grid of survey_m
  Flow flow{};                      ///< on the grid of survey_m
  std::vector<River> rivers{};      ///< that drain 4 km2 or more
};

[[nodiscard]] Relief make_relief(std::uint64_t seed);

}  // namespace amaneku::scenarios::demo
