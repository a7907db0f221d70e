// The part of the report on the antennas that a selection has turned.
#pragma once

#include <string>

#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/selection/selection_study.hpp"

namespace amaneku::scenarios {

/// Whom it serves, and every turned antenna; empty where it was not asked for.
[[nodiscard]] std::string tuning_html(const ReportContext& context, const SelectionReport& report);

}  // namespace amaneku::scenarios
