// What every plan has as tables: sites, sectors, transmitters, people, municipalities, focus zones, roads.
#pragma once

#include <vector>

#include "libsim/plan/plan.hpp"
#include "libsim/result/table.hpp"

namespace amaneku {

/// Without styles. Names and columns: docs/formats/tables.md.
[[nodiscard]] std::vector<Table> plan_tables(const PlanInput& input, const PlanResult& result);

}  // namespace amaneku
