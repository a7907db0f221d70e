// Since when the sectors of a roll-out serve each cell, all operators laid over one another and each by itself.
#pragma once

#include <functional>
#include <vector>

#include "libsim/count/coverage_statistics.hpp"
#include "libsim/maps/radio.hpp"
#include "libsim/studies/targets/served_since.hpp"
#include "libsim/studies/targets/target_check.hpp"

namespace amaneku {

/// RSRP of the strongest of the sectors that serve, [Coverage::sectors] 1 or 0.
using StrongestOf = std::function<Raster<float>(const std::vector<std::uint8_t>& serves)>;

class RollOut {
 public:
  RollOut(const Coverage& coverage, const std::vector<Site>& sites) : coverage_(coverage), sites_(sites) {}

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

  const Coverage& coverage_;
  const std::vector<Site>& sites_;
};

/// Holds a plan against its targets. `rsrp_dbm`: of all sectors, as the plan has it.
[[nodiscard]] TargetReport check_plan(const TargetOptions& options, const StatisticsOptions& statistics,
                                      const Radio& radio, const Raster<float>& rsrp_dbm,
                                      std::vector<Warning>& warnings);

}  // namespace amaneku
