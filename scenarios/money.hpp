// Costs and subsidies of a scenario: [costs], [subsidy] and the tables that they name (docs/formats/site_costs.md,
// docs/formats/municipal_attributes.md).
#pragma once

#include <optional>

#include "libsim/plan.hpp"
#include "scenarios/document.hpp"

namespace amaneku::scenarios {

/// Sections of the scenario file that money.cpp reads.
[[nodiscard]] std::vector<SchemaSection> money_sections();

/// After sites, roads, boundaries and (unless only checked) ground are read. nullopt without [costs]. Faults go to
/// the document: a price that a site needs and nobody states is one.
[[nodiscard]] std::optional<MoneyInput> read_money(Document& document, const PlanInput& input, const Crs& crs);

}  // namespace amaneku::scenarios
