// A whole country from its ground to the people covered, and how long each stage took.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "terrain/raster/raster.hpp"

namespace amaneku::bench {

struct NationalOptions {
  double fraction = 1.0;  ///< share of the masts: a slice across the arc with its own people and masts
  int threads = 0;
  std::uint64_t seed = 1;
  std::string model = "p1812";
  double radius_m = 5000.0;
  double cell_m = 100.0;  ///< a divisor of 1000 m
  int sectors = 3;  ///< per site: 3GPP elements around the mast, one that is the same in all directions for 1
};

struct NationalResult {
  std::size_t sites = 0;
  std::size_t cells = 0;  ///< path losses computed, over all sites
  std::int64_t people = 0;
  double people_covered = 0.0;
  Raster<float> covered_share{};  ///< [y, x] of the 1 km meshes, NaN where none is counted
  std::vector<std::pair<std::string, double>> stages_s{};  ///< in order, wall time
  double loop_cpu_s = 0.0;                                 ///< processor time of all but the making of the country
};

/// InputError for an option out of its range, or a model that is none.
[[nodiscard]] NationalResult run_national(const NationalOptions& options);

}  // namespace amaneku::bench
