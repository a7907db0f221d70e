// What the text and the page of a comparison say alike. Plain text: the page escapes it.
#pragma once

#include <string>

#include "scenarios/ask/compare/plan_comparison.hpp"

namespace amaneku::scenarios {

/// "+1,234", "−12.5"; "0" of what rounds to nothing. "–" of NaN.
[[nodiscard]] std::string signed_figure(double value, int decimals = 0);

[[nodiscard]] std::string figure_label(const ComparedFigure& figure, Language language);
/// The value of plan `i`: "1,234", "86.2 %", "–".
[[nodiscard]] std::string figure_value(const ComparedFigure& figure, std::size_t i);
/// Plan `i` less the first: "+1,234", "+4.8 points".
[[nodiscard]] std::string figure_difference(const ComparedFigure& figure, std::size_t i, Language language);
/// Nothing where no plan has a figure of this key.
[[nodiscard]] const ComparedFigure* figure_of(const PlanComparison& comparison, std::string_view key);

/// What covered means and how people are counted.
[[nodiscard]] std::string definition_text(const PlanComparison& comparison, Language language);

/// "1 added, 0 removed, 2 changed".
[[nodiscard]] std::string site_counts(const PlanChange& change, Language language);
[[nodiscard]] const Phrase& kind_word(SiteChange::Kind kind);
/// "Sector 1: Azimuth (°)", "Status"; a key without a name as it is.
[[nodiscard]] std::string key_name(const std::string& key, Language language);
/// The value of a key in the unit of its name; "none" of an empty one.
[[nodiscard]] std::string key_value(const std::string& key, const std::string& value, Language language);

[[nodiscard]] std::string target_name(const TargetRow& target, Language language);
/// "≥ 97 %".
[[nodiscard]] std::string required_text(const TargetRow& target, Language language);
/// "95.1 %: missed"; "–" where the plan has no such target.
[[nodiscard]] std::string target_verdict(const TargetRow& target, std::size_t plan, Language language);
[[nodiscard]] std::string route_name(const RouteRow& route, Language language);
[[nodiscard]] std::string route_verdict(const RouteRow& route, std::size_t plan, Language language);

[[nodiscard]] std::string municipality_name(const MunicipalityChange& change, Language language);
/// Those in which somebody is won or lost, or the covered people differ.
[[nodiscard]] bool has_change(const MunicipalityChange& change) noexcept;

/// An input file of the plans: what of it differs.
[[nodiscard]] std::string input_text(const ValueChange& input, const PlanComparison& comparison,
                                     const PlanChange& change, Language language);

}  // namespace amaneku::scenarios
