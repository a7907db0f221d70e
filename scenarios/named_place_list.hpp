// [[places]] of a scenario: named places with what they need; in summary.json and as a table.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "libsim/plan.hpp"
#include "scenarios/document.hpp"

namespace amaneku::scenarios {

/// The section [[places]] of the schema.
[[nodiscard]] SchemaSection places_section();

/// All files, each with its needs where a place does not state its own. Faults go to the document.
[[nodiscard]] std::vector<NamedPlace> read_named_places(Document& document, const Crs& crs);

/// `places` of summary.json, where the plan has any.
void add_places(nlohmann::ordered_json& summary, const PlanInput& input, const PlanResult& result);

/// places.csv: one row a place.
[[nodiscard]] std::string places_csv(const PlanInput& input, const PlanResult& result);

/// "Site / sector" that serves; empty: none.
[[nodiscard]] std::string server_name(const PlanInput& input, const PlanResult& result, int server);

}  // namespace amaneku::scenarios
