// Targets in summary.json, and the places that would close their gaps as a table.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "libsim/plan.hpp"

namespace amaneku::scenarios {

/// Entries of a target's places in summary.json; target_gaps.csv has all.
inline constexpr std::size_t kMostPlaces = 20;

/// `targets`, `target_definitions` and `target_curves` (docs/formats/summary.md) into the object. A plan without
/// targets has an empty list.
void add_targets(nlohmann::ordered_json& summary, const PlanInput& input, const PlanResult& result);

/// `licence` of a plan that has one.
void add_licence(nlohmann::ordered_json& summary, const PlanResult& result);

/// target_gaps.csv: one row a place, largest first for each target.
[[nodiscard]] std::string target_gaps_csv(const TargetReport& report);

}  // namespace amaneku::scenarios
