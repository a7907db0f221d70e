// route_sheet_ID.html: one A4 page for each route, as a municipality attaches it.
#pragma once

#include <string>

#include "scenarios/studies/routes/routes_study.hpp"

namespace amaneku::scenarios {

/// Of the courses of one route, there and back. Self-contained.
[[nodiscard]] std::string route_sheet_html(const RoutesStudy& study, const std::string& route_id,
                                           const PlanInput& input, Language language);

}  // namespace amaneku::scenarios
