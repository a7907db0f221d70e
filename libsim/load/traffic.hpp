// Traffic of the busy hour: where bits are asked for, and how many.
#pragma once

#include <string>
#include <vector>

#include "terrain/people/boundaries.hpp"
#include "terrain/people/population.hpp"
#include "terrain/people/roads.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku {

/// What one point asks for, such as a camera or a machine.
struct FixedDemand {
  std::string name{};
  Point at{};
  double dl_bps = 0.0;
  double ul_bps = 0.0;
};

/// In the busy hour, as a mean over it.
struct Traffic {
  double dl_bps_per_person = 0.0;
  double ul_bps_per_person = 0.0;
  double dl_bps_per_road_m = 0.0;
  double ul_bps_per_road_m = 0.0;
  std::vector<FixedDemand> fixed{};
  [[nodiscard]] bool any() const noexcept;
};

/// Mean demand of a person in the busy hour: monthly volume (30 days) times the busy hour's share of a day.
[[nodiscard]] double busy_hour_bps(double gigabytes_per_month, double busy_hour_share) noexcept;

/// Demand gathered at the centre of one cell of the plan.
struct DemandPoint {
  Point at{};
  double dl_bps = 0.0;
  double ul_bps = 0.0;
  double people = 0.0;
};

/// A unit of population spreads its demand evenly over at most `kPointsPerUnit` cells of its footprint, a road
/// over its steps. What lies outside the plan is left out.
inline constexpr int kPointsPerUnit = 16;
[[nodiscard]] std::vector<DemandPoint> demand_points(const Traffic& traffic, const Population& population,
                                                     const Roads& roads, const Grid& grid);

}  // namespace amaneku
