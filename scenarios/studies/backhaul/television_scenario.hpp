// [[backhaul.cable_television]]: lines of cable television beside the backhaul, and what is told of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsim/studies/backhaul/cable_television.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

[[nodiscard]] SchemaSection television_section();
/// None without the section; faults go to the document.
[[nodiscard]] std::optional<TelevisionOptions> read_television(const StudyReading& reading);
[[nodiscard]] Table television_table(const PlanInput& input, const std::vector<TelevisionTown>& towns);
[[nodiscard]] std::string television_html(const ReportContext& context, const std::vector<TelevisionTown>& towns,
                                          bool with_programmes);

}  // namespace amaneku::scenarios
