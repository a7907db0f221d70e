#include "libsim/count/existing_statistics.hpp"

#include <limits>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

BesideExisting parts_of(double in_plan, double already, double together) noexcept {
  return {.in_plan = in_plan, .already = already, .newly = together - already, .left = in_plan - together};
}

/// Everywhere served or not: no cell is left out as not computed.
Raster<float> as_levels(const Raster<std::uint8_t>& served) {
  constexpr float kServed = std::numeric_limits<float>::infinity();
  Raster<float> out(served.grid, -kServed);
  for (std::size_t i = 0; i < served.values.size(); ++i) {
    if (served.values[i] != 0) out.values[i] = kServed;
  }
  return out;
}

}  // namespace

Gained gained(const CoverageStatistics& plan, const std::optional<ExistingStatistics>& existing) {
  if (!existing) return {plan.population.covered, plan.unit_covered_share};
  Gained out{existing->together.population.covered - existing->already.population.covered,
             existing->together.unit_covered_share};
  for (std::size_t i = 0; i < out.unit_share.size(); ++i)
    out.unit_share[i] -= existing->already.unit_covered_share[i];
  return out;
}

BesideExisting beside_existing(const PeopleCovered& already, const PeopleCovered& together) noexcept {
  return parts_of(together.in_plan(), already.covered, together.covered);
}
BesideExisting beside_existing(const RoadCoverage& already, const RoadCoverage& together) noexcept {
  return parts_of(together.length_m, already.covered_m, together.covered_m);
}
BesideExisting beside_existing(const AreaCovered& already, const AreaCovered& together) noexcept {
  return parts_of(together.total_m2, already.covered_m2, together.covered_m2);
}

ExistingStatistics existing_statistics(const Raster<float>& rsrp_dbm, const Raster<std::uint8_t>& served,
                                       const Counted& counted, const StatisticsOptions& options) {
  if (served.grid != rsrp_dbm.grid) throw InternalError("existing coverage and map differ in grid");
  Raster<float> levels = as_levels(served);
  ExistingStatistics out{.already = coverage_statistics(levels, counted, options)};
  for (std::size_t i = 0; i < levels.values.size(); ++i) {
    if (served.values[i] == 0) levels.values[i] = rsrp_dbm.values[i];
  }
  out.together = coverage_statistics(levels, counted, options);
  return out;
}

}  // namespace amaneku
