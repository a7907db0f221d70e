// What a map page must know of a plan besides its maps: where it lies, its sites, its figures, what they mean.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "scenarios/report/language.hpp"
#include "scenarios/serve/plan_session.hpp"

namespace amaneku::scenarios {

/// What a state is held against.
struct HeldAgainst {
  const PlanState& base;    ///< the plan as it was read: sites that differ from it have changed
  const PlanState& before;  ///< whose figures stand beside those of the state: the base, or another plan
};

/// docs/serve.md has the keys.
[[nodiscard]] nlohmann::ordered_json plan_description(const PlanState& state, const HeldAgainst& against,
                                                      const Grid& preview_grid, Language language);

/// The part that changes with an edit: revision, sites, figures.
[[nodiscard]] nlohmann::ordered_json state_description(const PlanState& state, const HeldAgainst& against);

}  // namespace amaneku::scenarios
