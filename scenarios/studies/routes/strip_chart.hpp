// A route as a strip: power, SINR, uplink and drives without link above one axis of kilometres.
#pragma once

#include <string>

#include "scenarios/report/language.hpp"
#include "scenarios/studies/routes/routes_study.hpp"

namespace amaneku::scenarios {

/// Inline SVG, 972 units wide; each quantity `panel_height` high. A column of the drawing that stands for many
/// samples shows the weakest.
[[nodiscard]] std::string strip_chart(const RouteCourse& route, const RouteFinding& found, double needs_ul_mbps,
                                      Language language, double panel_height = 92.0);

}  // namespace amaneku::scenarios
