// From a scenario with candidates to the plan with those that [selection] chooses: `amaneku select`.
#pragma once

#include <filesystem>

#include "scenarios/read/scenario.hpp"

namespace amaneku::scenarios {

/// The scenario with the chosen candidates as sites, planned. InputError without [selection], as choose_sites(),
/// and where the chosen scenario could not be written into `folder`.
[[nodiscard]] Planned select_sites(Scenario scenario, const std::filesystem::path& folder,
                                   const PlanOptions& options = {});

}  // namespace amaneku::scenarios
