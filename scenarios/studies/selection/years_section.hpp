// The part of the report on the roll-out of a selection.
#pragma once

#include <string>

#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/selection/selection_study.hpp"

namespace amaneku::scenarios {

/// Years with their sites, purchase and people, and the municipalities in the order in which they are served;
/// empty where no years were asked for.
[[nodiscard]] std::string years_html(const ReportContext& context, const SelectionStudy& study);

}  // namespace amaneku::scenarios
