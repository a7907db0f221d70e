// [coordination] of a scenario: what is to be protected; levels in summary.json and as a table.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "libsim/plan.hpp"
#include "scenarios/document.hpp"

namespace amaneku::scenarios {

/// The sections [coordination] and [[coordination.place]] of the schema.
[[nodiscard]] std::vector<SchemaSection> coordination_sections();

/// nullopt without a [coordination]. Faults go to the document.
[[nodiscard]] std::optional<CoordinationOptions> read_coordination(Document& document, const Crs& crs);

/// `coordination` of summary.json, where the plan has any.
void add_coordination(nlohmann::ordered_json& summary, const PlanInput& input, const PlanResult& result);

/// coordination.csv: one row a place and percentage.
[[nodiscard]] std::string coordination_csv(const PlanInput& input, const PlanResult& result);

}  // namespace amaneku::scenarios
