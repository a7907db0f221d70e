// route_sheet_ID.html: one A4 page for each route, as a municipality attaches it.
#pragma once

#include <string>

#include "scenarios/studies/routes/routes_study.hpp"

namespace amaneku::scenarios {

/// Of the courses of one route, there and back. Self-contained; what does not fit the first page follows as an
/// annex: gaps beyond the eight longest, handovers, secondary cells, two modems.
[[nodiscard]] std::string route_sheet_html(const RoutesStudy& study, const std::string& route_id,
                                           const PlanInput& input, const PlanResult& result, Language language);

}  // namespace amaneku::scenarios
