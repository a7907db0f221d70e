// The layers of network.gpkg.
#pragma once

#include <vector>

#include "scenarios/read/scenario.hpp"

namespace amaneku::scenarios {

/// The classes of coverage, and every table that has a geometry (all_tables()): areas, then lines, then points.
[[nodiscard]] std::vector<Layer> network_layers(const Planned& planned, const std::vector<Table>& tables);

/// plan_tables() with the styles of their layers.
[[nodiscard]] std::vector<Table> styled_plan_tables(const PlanInput& input, const PlanResult& result);

}  // namespace amaneku::scenarios
