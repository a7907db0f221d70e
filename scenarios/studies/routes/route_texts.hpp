// What the section of the report and the route sheets say alike.
#pragma once

#include <string>

#include "scenarios/report/html_table.hpp"
#include "scenarios/studies/routes/routes_study.hpp"

namespace amaneku::scenarios {

[[nodiscard]] std::string route_title(const RouteCourse& route, Language language);
/// Of the program in words; any other as it is, escaped.
[[nodiscard]] std::string weather_word(const std::string& id, Language language);
[[nodiscard]] std::string service_name(const RoutesStudy& study, Language language);
/// Gaps of one course with what happens at each and what would close it.
[[nodiscard]] std::string gaps_html(const RoutesStudy& study, std::size_t course, Language language);
/// The longest eight, in fewer columns.
struct BriefGaps {
  std::string html{};
  bool all = true;  ///< there are no others
};
[[nodiscard]] BriefGaps brief_gaps_html(const RoutesStudy& study, std::size_t course, Language language);
[[nodiscard]] std::string intersections_html(const RouteFinding& found, Language language);
[[nodiscard]] std::string weather_html(const RouteFinding& found, Language language);
[[nodiscard]] std::string latency_html(const RoutesStudy& study, const RouteFinding& found, Language language);
/// Which measured durations the handovers have.
[[nodiscard]] std::string interruption_kind(const RoutesStudy& study, Language language);
/// Nothing without secondary cells.
[[nodiscard]] std::string secondary_html(const RoutesStudy& study, const RouteFinding& found, Language language);
/// Nothing without a second modem.
[[nodiscard]] std::string modems_html(const RoutesStudy& study, const RouteFinding& found, Language language);
/// Place, cells and interruption of those of the drive without fading; nothing where there is none.
[[nodiscard]] std::string handovers_html(const PlanInput& input, const PlanResult& result,
                                         const RouteFinding& found, Language language);

}  // namespace amaneku::scenarios
