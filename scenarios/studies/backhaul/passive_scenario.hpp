// [backhaul.passive_optical]: fibre to the homes near the cables, through splitters.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libsim/studies/backhaul/passive_network.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

[[nodiscard]] SchemaSection passive_section();
/// None without the section; faults go to the document.
[[nodiscard]] std::optional<PassiveOptions> read_passive(const StudyReading& reading);
/// What must be known: cabinets whose light does not fit, homes that no cable joins to an exchange.
[[nodiscard]] std::vector<Warning> passive_warnings(const PassiveNetwork& network);
[[nodiscard]] Table passive_table(const PlanInput& input, const PassiveNetwork& network,
                                  const std::vector<ExchangeOffice>& exchanges);
void summarize_passive(nlohmann::ordered_json& backhaul, const PassiveNetwork& network);
[[nodiscard]] std::string passive_html(const ReportContext& context, const PassiveNetwork& network,
                                       const PassiveOptions& options);

}  // namespace amaneku::scenarios
