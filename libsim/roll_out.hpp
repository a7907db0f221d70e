// Since when the sectors of a roll-out serve each cell, all operators laid over one another and each by itself.
#pragma once

#include <functional>
#include <vector>

#include "libsim/coverage.hpp"
#include "libsim/plan.hpp"
#include "libsim/served_since.hpp"

namespace amaneku {

/// RSRP of the strongest of the sectors that serve, [CoverageGrid::sectors] 1 or 0.
using StrongestOf = std::function<Raster<float>(const std::vector<std::uint8_t>& serves)>;

class RollOut {
 public:
  RollOut(const CoverageGrid& network, const std::vector<Site>& sites) : network_(network), sites_(sites) {}

  /// Of the sectors that `picks` holds for: all, then each operator where they belong to two or more. Empty: none.
  /// One map for each operator and year.
  [[nodiscard]] std::vector<ServedSince> served_since(const std::function<bool(const Sector&)>& picks,
                                                      double threshold_dbm, const StrongestOf& strongest) const;

 private:
  [[nodiscard]] const Site& site_of(const SectorRef& ref) const {
    return sites_[static_cast<std::size_t>(ref.site)];
  }
  [[nodiscard]] const Sector& sector_of(const SectorRef& ref) const {
    return site_of(ref).sectors[static_cast<std::size_t>(ref.sector)];
  }

  const CoverageGrid& network_;
  const std::vector<Site>& sites_;
};

/// Holds the plan against its targets.
[[nodiscard]] TargetReport check_plan(const PlanInput& input, const CoverageGrid& network,
                                      const StrongestOf& strongest, const StrongestOf& strongest_on_roads,
                                      std::vector<Warning>& warnings);

}  // namespace amaneku
