#include "scenarios/studies/targets/target_words.hpp"

#include <fmt/format.h>

#include "scenarios/report/html.hpp"
#include "scenarios/studies/targets/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr int kMostMissed = 4;

bool is_missed(const TargetResult& result) {
  return result.actual && !result.met && !result.past;
}

std::string missed_line(const TargetResult& result, Language language) {
  const Target& target = result.target;
  return fill(phrases::kMissedLine.in(language),
              {target_name(target, language), std::to_string(target.fiscal_year),
               target_value(target, *result.actual, language), required_value(target, language)});
}

}  // namespace

std::string target_name(const Target& target, Language language) {
  return language == Language::ja ? target.name_ja : target.name;
}

std::string target_value(const Target& target, double value, Language language) {
  if (target.unit != "%") {
    for (const Phrase& unit : phrases::kTargetUnits) {
      if (target.unit == unit.in(Language::en)) return figure(value) + " " + std::string(unit.in(language));
    }
    return figure(value) + " " + target.unit;
  }
  const bool as_written = value == target.value;
  return (as_written ? fmt::format("{:g}", value) : percent_figure(value)) + " %";
}

std::string required_value(const Target& target, Language language) {
  const std::string sign = target.comparison == Comparison::at_least  ? "≥ "
                           : target.comparison == Comparison::at_most ? "≤ "
                                                                      : "= ";
  return sign + target_value(target, target.value, language);
}

TargetsInShort targets_in_short(const TargetReport& report, Language language) {
  TargetsInShort out;
  for (const TargetResult& result : report.results) {
    if (!result.actual) {
      ++out.open;
    } else if (result.met) {
      ++out.met;
    } else if (is_missed(result)) {
      if (++out.missed <= kMostMissed) out.lines.push_back(missed_line(result, language));
    }
  }
  if (out.missed > kMostMissed)
    out.lines.push_back(fill(phrases::kMissedMore.in(language), {std::to_string(out.missed - kMostMissed)}));
  return out;
}

}  // namespace amaneku::scenarios
