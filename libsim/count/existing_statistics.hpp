// Who is served already, and who is newly covered: a plan beside the existing coverage.
//
// Both are counts by the rules of coverage_statistics(): of the map of what is served already, and of that map and
// the plan's laid over one another. What is newly covered is the difference, so that nobody counts twice and the
// parts add up.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "libsim/count/coverage_statistics.hpp"

namespace amaneku {

struct ExistingStatistics {
  CoverageStatistics already{};   ///< covered: served already, whatever the plan does
  CoverageStatistics together{};  ///< covered: served already, by the plan, or by both
};

/// People or lengths of a place: the three parts add up to `in_plan`.
struct BesideExisting {
  double in_plan = 0.0;
  double already = 0.0;  ///< served already
  double newly = 0.0;    ///< covered by the plan, and not served already
  double left = 0.0;     ///< neither
};

/// What a plan gains, which costs are shared by and subsidies ask after: the people whom it covers; beside an
/// existing coverage those of them whom nobody served.
struct Gained {
  double people = 0.0;
  std::vector<double> unit_share{};  ///< [unit] of all people of the unit, 0 .. 1
};
[[nodiscard]] Gained gained(const CoverageStatistics& plan, const std::optional<ExistingStatistics>& existing);

[[nodiscard]] BesideExisting beside_existing(const PeopleCovered& already, const PeopleCovered& together) noexcept;
[[nodiscard]] BesideExisting beside_existing(const RoadCoverage& already, const RoadCoverage& together) noexcept;
[[nodiscard]] BesideExisting beside_existing(const AreaCovered& already, const AreaCovered& together) noexcept;

/// `served`: [y, x] on the grid of the map, 1 where it is served already.
[[nodiscard]] ExistingStatistics existing_statistics(const Raster<float>& rsrp_dbm,
                                                     const Raster<std::uint8_t>& served, const Counted& counted,
                                                     const StatisticsOptions& options);

}  // namespace amaneku
