// What a map page must know of a plan besides its maps: where it lies, its sites, its figures, what they mean.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "scenarios/report/language.hpp"
#include "scenarios/serve/plan_session.hpp"

namespace amaneku::scenarios {

/// docs/serve.md has the keys. Figures of the base stand beside those of the state.
[[nodiscard]] nlohmann::ordered_json plan_description(const PlanState& state, const PlanState& base,
                                                      const Grid& preview_grid, Language language);

/// The part that changes with an edit: revision, sites, figures.
[[nodiscard]] nlohmann::ordered_json state_description(const PlanState& state, const PlanState& base);

}  // namespace amaneku::scenarios
