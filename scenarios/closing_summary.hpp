// What `amaneku run` says when it is done, for a planner who reads it before opening the report.
#pragma once

#include <filesystem>
#include <string>

#include "libsim/plan.hpp"

namespace amaneku::scenarios {

/// Several lines of text, the last one with a line end. `folder` is where the outputs are.
[[nodiscard]] std::string closing_summary(const PlanInput& input, const PlanResult& result,
                                          const std::filesystem::path& folder);

/// What `amaneku check` says of a scenario without faults.
[[nodiscard]] std::string check_summary(const PlanInput& input);

/// "1,234,567"
[[nodiscard]] std::string grouped(double number);

}  // namespace amaneku::scenarios
