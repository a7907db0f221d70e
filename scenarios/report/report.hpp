// report.html: one self-contained page, English or Japanese, no request, at most 5 MB.
#pragma once

#include <string>

#include "libsim/plan.hpp"
#include "scenarios/outputs.hpp"

namespace amaneku::scenarios {

[[nodiscard]] std::string report_html(const PlanInput& input, const PlanResult& result, Language language);

}  // namespace amaneku::scenarios
