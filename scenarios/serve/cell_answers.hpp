// What the page is told of a place, and of the ground between two.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "scenarios/report/language.hpp"
#include "scenarios/serve/plan_session.hpp"

namespace amaneku::scenarios {

/// As `amaneku explain` says it: {verdict, text, json, pictures: [SVG]}. InputError as explain().
[[nodiscard]] nlohmann::ordered_json explained_cell(const PlanState& state, LonLat at, Language language);

/// {code, level, west_deg, south_deg, east_deg, north_deg} of a code of JIS X 0410. InputError as decode_mesh().
[[nodiscard]] nlohmann::ordered_json mesh_place(std::string_view code);

/// {distance_m: [], ground_asl_m: []} on the straight line of the plan's CRS, a point for each cell,
/// kMostProfilePoints at most; null where there is no ground. InputError where an end lies outside the plan or
/// both are one.
inline constexpr int kMostProfilePoints = 2000;
[[nodiscard]] nlohmann::ordered_json ground_profile(const PlanInput& input, LonLat from, LonLat to);

}  // namespace amaneku::scenarios
