// What all sections of the page look at, and what they are made of.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "libsim/plan/plan.hpp"
#include "scenarios/report/html_table.hpp"
#include "scenarios/report/legend.hpp"
#include "scenarios/report/map_svg.hpp"
#include "scenarios/report/phrases.hpp"

namespace amaneku::scenarios {

/// Borrowed: lives longer than the call.
struct ReportContext {
  const PlanInput& input;
  const PlanResult& result;
  const Legend& legend;
  Language language;
  bool sea;  ///< the coverage map draws water
};

inline constexpr double kKm2 = 1e-6;
inline constexpr double kKm = 1e-3;

/// A phrase with its arguments, escaped.
[[nodiscard]] std::string said(const ReportContext& context, const Phrase& phrase,
                               std::initializer_list<std::string_view> arguments = {});
/// With an id made of its English words, which the contents of the page link to.
[[nodiscard]] std::string heading(const ReportContext& context, const Phrase& title);
[[nodiscard]] std::string paragraph(const std::string& html, std::string_view css_class = "note");
/// A key figure, all of it HTML.
[[nodiscard]] std::string card(const std::string& title, const std::string& value, const std::string& unit,
                               const std::string& detail);
[[nodiscard]] const Phrase& road_name(RoadRank rank);
/// "expressway", "national" .. in words; a class of the user's own as it is.
[[nodiscard]] std::string road_class_name(const std::string& road_class, Language language);
/// "0 to below 5", of any class of any legend.
[[nodiscard]] std::string class_text(const ReportContext& context, const LegendClass& c);

}  // namespace amaneku::scenarios
