// The layers of network.gpkg.
#pragma once

#include <string_view>
#include <vector>

#include "libsim/plan.hpp"
#include "terrain/feature_io.hpp"

namespace amaneku::scenarios {

inline constexpr std::string_view kLicenceLayer = "licence_areas";

/// sites, sectors, coverage, municipalities, meshes (and population_points), focus_zones, roads, licence_areas:
/// those that have features.
[[nodiscard]] std::vector<Layer> network_layers(const PlanInput& input, const PlanResult& result);

}  // namespace amaneku::scenarios
