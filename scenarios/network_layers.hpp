// The layers of network.gpkg.
#pragma once

#include <vector>

#include "libsim/plan.hpp"
#include "terrain/feature_io.hpp"

namespace amaneku::scenarios {

/// sites, sectors, coverage, municipalities, meshes (and population_points), focus_zones, roads: those that have features.
[[nodiscard]] std::vector<Layer> network_layers(const PlanInput& input, const PlanResult& result);

}  // namespace amaneku::scenarios
