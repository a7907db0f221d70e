// What `amaneku run` says when it is done, for a planner who reads it before opening the report.
#pragma once

#include <filesystem>
#include <string>

#include "scenarios/read/scenario.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

/// Several lines of text, the last one with a line end. `folder` is where the outputs are.
[[nodiscard]] std::string closing_summary(const Planned& planned, const std::filesystem::path& folder,
                                          Language language = Language::en);

/// What `amaneku check` says of a scenario without faults.
[[nodiscard]] std::string check_summary(const Scenario& scenario, Language language = Language::en);

/// "1,234,567"
[[nodiscard]] std::string grouped(double number);

}  // namespace amaneku::scenarios
