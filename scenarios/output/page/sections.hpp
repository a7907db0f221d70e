// The sections of the page, in the order in which they stand there. Each returns finished HTML.
#pragma once

#include <string>
#include <vector>

#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/studies.hpp"

namespace amaneku::scenarios {

[[nodiscard]] std::string header_section(const ReportContext& context);
/// What a reader in a hurry takes away, one printed page: coverage with its definition, costs and who bears them,
/// targets, three findings, caveats, and a small map over `below` with its legend.
[[nodiscard]] std::string first_page_section(const ReportContext& context, const Studies& studies,
                                             const MapDrawing& drawing, const Backdrop& below);
/// Links to the sections of `page`, by their headings.
[[nodiscard]] std::string contents(const ReportContext& context, std::string_view page);
/// Area, roads and sites: what the first page leaves out.
[[nodiscard]] std::string key_figures_section(const ReportContext& context);
/// The table of classes and the symbols of the map.
[[nodiscard]] std::string legend_section(const ReportContext& context);
/// Maps, distributions and tables of what the network can do; empty where no radio technology is known.
[[nodiscard]] std::string service_section(const ReportContext& context, const MapDrawing& drawing,
                                          const Backdrop& below);
/// Each operator's own network, all together, and what the others carry when one fails; empty for one operator.
[[nodiscard]] std::string operators_section(const ReportContext& context);
[[nodiscard]] std::string municipalities_section(const ReportContext& context);
[[nodiscard]] std::string roads_section(const ReportContext& context);
/// Empty without an existing coverage.
[[nodiscard]] std::string existing_section(const ReportContext& context);
/// `colours`: one per index into Coverage::sectors, as on the best-server map.
[[nodiscard]] std::string sites_section(const ReportContext& context, const std::vector<Rgba>& colours);
[[nodiscard]] std::string warnings_section(const ReportContext& context);
[[nodiscard]] std::string parameters_section(const ReportContext& context);
[[nodiscard]] std::string credits_section(const ReportContext& context);
[[nodiscard]] std::string provenance_section(const ReportContext& context);

}  // namespace amaneku::scenarios
