// Who is covered: people, area and road length, per municipality and in all.
#pragma once

#include <string>
#include <vector>

#include "libsim/coverage.hpp"
#include "terrain/places.hpp"
#include "terrain/population.hpp"

namespace amaneku {

/// People by what the map says of the place where they live. The four parts add up to `total`.
struct PeopleCovered {
  double total = 0.0;
  double covered = 0.0;
  double below_threshold = 0.0;
  double not_computed = 0.0;   ///< inside the plan, but no terrain or out of every radius
  double outside_plan = 0.0;   ///< live outside the plan area
  [[nodiscard]] double percent() const noexcept { return total > 0.0 ? 100.0 * covered / total : 0.0; }
};

struct AreaCovered {
  double total_m2 = 0.0;
  double covered_m2 = 0.0;
  double not_computed_m2 = 0.0;
};

struct MunicipalityCoverage {
  std::string code{};
  std::string name{};
  PeopleCovered people{};
  AreaCovered area{};
};

struct RoadCoverage {
  std::string road_class{};
  double length_m = 0.0;        ///< inside the plan
  double covered_m = 0.0;
  double not_computed_m = 0.0;
};

struct CoverageStatistics {
  PeopleCovered population{};
  PeopleCovered outside_municipalities{};   ///< part of `population`: no municipality holds them
  AreaCovered area{};
  std::vector<MunicipalityCoverage> municipalities{};
  std::vector<RoadCoverage> roads{};        ///< by class, in order of name
};

/// A unit of population with a footprint is covered in proportion to the footprint's covered cells; a point
/// by its cell. Roads are sampled every `road_step_m`.
struct StatisticsOptions {
  double threshold_dbm = -110.0;
  double road_step_m = 25.0;
};

[[nodiscard]] CoverageStatistics coverage_statistics(const Raster<float>& rsrp_dbm, const Population& population,
                                                     const Boundaries& boundaries, const Roads& roads,
                                                     const StatisticsOptions& options);

}  // namespace amaneku
