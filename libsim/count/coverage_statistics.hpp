// Who is covered: people, area and road length, per municipality and in all.
//
// A place is covered where rsrp_dbm >= threshold_dbm, below the threshold where it is less, and not computed
// where it is NaN. docs/methods/population_coverage.md says how people, areas and roads are held against the
// map and how far the figures can be trusted.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "libsim/engine/coverage.hpp"
#include "terrain/people/boundaries.hpp"
#include "terrain/people/focus_zones.hpp"
#include "terrain/people/population.hpp"
#include "terrain/people/roads.hpp"
#include "terrain/range.hpp"

namespace amaneku {

/// People by what the map says of the place where they live. The four parts add up to `total`.
struct PeopleCovered {
  double total = 0.0;
  double covered = 0.0;
  double below_threshold = 0.0;
  double not_computed = 0.0;  ///< inside the plan, but no terrain or out of every radius
  double outside_plan = 0.0;  ///< live outside the plan area
  /// By another rule: people inside the plan of the units that are covered over half of their part in it or more,
  /// each as a whole. National targets count meshes so; not a part of `total`.
  double in_half_covered_units = 0.0;
  [[nodiscard]] double in_plan() const noexcept { return total - outside_plan; }
  /// Of the people inside the plan: the headline, the same in every output. 0 where there are none.
  [[nodiscard]] double percent() const noexcept { return in_plan() > 0.0 ? 100.0 * covered / in_plan() : 0.0; }
};

/// Area of the plan cells that have ground: cells without terrain (sea, voids) count in none of the three.
struct AreaCovered {
  double total_m2 = 0.0;
  double covered_m2 = 0.0;
  double not_computed_m2 = 0.0;  ///< ground, but out of every radius or behind a void
};

struct MunicipalityCoverage {
  std::string code{};
  std::string name{};
  PeopleCovered people{};
  AreaCovered area{};  ///< the part inside the plan
  /// False for the municipalities of a boundary file that the plan does not reach.
  [[nodiscard]] bool in_plan() const noexcept { return area.total_m2 > 0.0 || people.outside_plan < people.total; }
};

/// A focus zone. The people of a unit that lies partly in it are taken by cells.
struct ZoneCoverage {
  std::string name{};
  PeopleCovered people{};
  AreaCovered area{};  ///< the part inside the plan
};

struct RoadCoverage {
  std::string road_class{};
  double length_m = 0.0;  ///< inside the plan
  double covered_m = 0.0;
  double not_computed_m = 0.0;
  double tunnel_m = 0.0;          ///< in tunnels: covered only by equipment of their own
  double tunnel_unknown_m = 0.0;  ///< of which the data do not say whether it is in a tunnel: as open ground
};

struct CoverageStatistics {
  PeopleCovered population{};
  PeopleCovered outside_municipalities{};  ///< part of `population`: no municipality holds them
  AreaCovered area{};
  std::vector<MunicipalityCoverage> municipalities{};  ///< [municipality], as in the boundaries
  std::vector<RoadCoverage> roads{};                   ///< by class, in order of name
  std::vector<ZoneCoverage> focus_zones{};             ///< [zone]

  /// [unit], as in the population: covered share of the unit's people, 0 .. 1 of all of them, those outside
  /// the plan included.
  std::vector<double> unit_covered_share{};
  /// [road], as in the roads: covered share of the length inside the plan, 0 .. 1; NaN where none is inside.
  std::vector<double> road_covered_share{};
};

/// A unit of population with a footprint is covered in proportion to the footprint's covered cells; a point
/// by its cell. Roads are sampled every `road_step_m`.
struct StatisticsOptions {
  double threshold_dbm = -110.0;
  double road_step_m = 25.0;
};

inline constexpr std::array<Field<StatisticsOptions>, 2> kStatisticsFields = {{
    {"threshold_dbm", "dBm", &StatisticsOptions::threshold_dbm, {-200.0, 100.0}, "operator's choice"},
    {"road_step_m", "m", &StatisticsOptions::road_step_m, {0.1, 10'000.0}, "a cell or less"},
}};

/// What the map is held against. Borrowed: lives longer than the call.
struct Counted {
  const Raster<float>& ground_asl_m;  ///< on the grid of the map
  const Population& population;       ///< municipalities assigned
  const Boundaries& boundaries;
  const Roads& roads;
  std::span<const FocusZone> focus_zones{};
};

/// Throws InputError where an option is outside its range.
[[nodiscard]] CoverageStatistics coverage_statistics(const Raster<float>& rsrp_dbm, const Counted& counted,
                                                     const StatisticsOptions& options);

}  // namespace amaneku
