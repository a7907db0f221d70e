// Costs and payers in summary.json (docs/formats/summary.md).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "libsim/plan.hpp"

namespace amaneku::scenarios {

/// Adds `capex_jpy`, `opex_jpy_per_year`, `assets`, `subsidy` ... to the entry of a site that the bill has; `site`
/// is its index in the plan.
void add_bill(nlohmann::ordered_json& entry, const PlanInput& input, const PlanResult& result, std::size_t site);

/// The value of `costs`.
[[nodiscard]] nlohmann::ordered_json bill_json(const PlanInput& input, const PlanResult& result);

}  // namespace amaneku::scenarios
