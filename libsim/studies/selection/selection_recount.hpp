// What the sites of a choice reach, counted anew after their antennas were turned.
#pragma once

#include <vector>

#include "libsim/studies/selection/selection_study.hpp"

namespace amaneku {

/// Needs, people of each chosen site, and years. The network of the input has the choice applied: existing sites
/// are planned on. What was there before, all candidates, costs and bounds stay as they were told.
void recount(const SelectionInput& input, const SelectionOptions& options, SelectionReport& report);

/// Every need, and the people of every year, have what was asked for, or all that they had in `before`; of
/// most_people no fewer people than there.
[[nodiscard]] bool reaches_targets(const SelectionReport& report, const SelectionReport& before,
                                   const SelectionOptions& options);

}  // namespace amaneku
