// Which sectors of a plan radiate as in an earlier one.
#pragma once

#include <vector>

#include "libsim/plan/plan.hpp"

namespace amaneku {

/// Sectors are found by the ids of their site and their own; one that stands elsewhere, or of which any value
/// differs that the maps know, counts as another.
struct EarlierSectors {
  std::vector<int> before{};          ///< [sector now] its index in the earlier plan; -1: new, or changed
  std::vector<int> now{};             ///< [sector of the earlier plan] its index now; -1: gone, or changed
  std::vector<CellWindow> changed{};  ///< what the transmitters of new, gone and changed sectors reach
};

/// Both with their losses. Those that have stayed are in the same order, else they count as changed: of equal
/// powers the sector of the lower index serves.
[[nodiscard]] EarlierSectors earlier_sectors(const EarlierPlan& earlier, const PlanInput& input,
                                             const Coverage& coverage);

/// [transmitter now] the one of the earlier plan that feeds the same sectors, none of which has changed; -1: none.
[[nodiscard]] std::vector<int> earlier_transmitters(const EarlierSectors& sectors, const Coverage& earlier,
                                                    const Coverage& coverage);

/// The same service is wanted of both.
[[nodiscard]] bool same_targets(const PlanInput& a, const PlanInput& b);

}  // namespace amaneku
