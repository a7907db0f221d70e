// The sections of the page, in the order in which they stand there. Each returns finished HTML.
#pragma once

#include <string>
#include <vector>

#include "scenarios/report/legend.hpp"
#include "scenarios/report/map_svg.hpp"
#include "scenarios/report/table.hpp"
#include "scenarios/report/text.hpp"

namespace amaneku::scenarios {

/// What all sections look at. Borrowed: lives longer than the call.
struct ReportContext {
  const PlanInput& input;
  const PlanResult& result;
  const Legend& legend;
  Language language;
  bool sea;  ///< the coverage map draws water
};

[[nodiscard]] std::string header_section(const ReportContext& context);
[[nodiscard]] std::string key_figures_section(const ReportContext& context);
/// The table of classes and the symbols of the map.
[[nodiscard]] std::string legend_section(const ReportContext& context);
/// Maps, distributions and tables of what the network can do; empty where no radio technology is known.
[[nodiscard]] std::string service_section(const ReportContext& context, const MapDrawing& drawing,
                                          const Backdrop& below);
/// Each operator's own network, all together, and what the others carry when one fails; empty for one operator.
[[nodiscard]] std::string operators_section(const ReportContext& context);
/// Targets met or missed, curves over the years, places that close a gap; empty without targets.
[[nodiscard]] std::string targets_section(const ReportContext& context);
/// Levels at protected areas and stations; empty without any.
[[nodiscard]] std::string coordination_section(const ReportContext& context);
/// Named places by kind, and those that are not served; empty without places.
[[nodiscard]] std::string places_section(const ReportContext& context);
/// Costs and payers; empty without [costs].
[[nodiscard]] std::string costs_section(const ReportContext& context);
[[nodiscard]] std::string municipalities_section(const ReportContext& context);
[[nodiscard]] std::string roads_section(const ReportContext& context);
/// `colours`: one per index into CoverageGrid::sectors, as on the best-server map.
[[nodiscard]] std::string sites_section(const ReportContext& context, const std::vector<Rgba>& colours);
[[nodiscard]] std::string warnings_section(const ReportContext& context);
[[nodiscard]] std::string parameters_section(const ReportContext& context);
[[nodiscard]] std::string credits_section(const ReportContext& context);
[[nodiscard]] std::string provenance_section(const ReportContext& context);

// ---- what the sections are made of

inline constexpr double kKm2 = 1e-6;
inline constexpr double kKm = 1e-3;

/// A phrase with its arguments, escaped.
[[nodiscard]] std::string said(const ReportContext& context, const Phrase& phrase,
                               std::initializer_list<std::string_view> arguments = {});
[[nodiscard]] std::string heading(const ReportContext& context, const Phrase& title);
[[nodiscard]] std::string paragraph(const std::string& html, std::string_view css_class = "note");
/// A key figure, all of it HTML.
[[nodiscard]] std::string card(const std::string& title, const std::string& value, const std::string& unit,
                               const std::string& detail);
[[nodiscard]] const Phrase& road_name(RoadRank rank);
/// "0 to below 5", of any class of any legend.
[[nodiscard]] std::string class_text(const ReportContext& context, const LegendClass& c);

}  // namespace amaneku::scenarios
