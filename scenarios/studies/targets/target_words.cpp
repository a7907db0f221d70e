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
  return "  " +
         fill(phrases::kMissedLine.in(language),
              {target_name(target, language), std::to_string(target.fiscal_year),
               target_value(target, *result.actual, language), required_value(target, language)}) +
         '\n';
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

std::string targets_in_short(const TargetReport& report, Language language) {
  int met = 0;
  int missed = 0;
  int open = 0;
  std::string lines;
  for (const TargetResult& result : report.results) {
    if (!result.actual) {
      ++open;
    } else if (result.met) {
      ++met;
    } else if (is_missed(result)) {
      if (++missed <= kMostMissed) lines += missed_line(result, language);
    }
  }
  if (missed > kMostMissed)
    lines += "  " + fill(phrases::kMissedMore.in(language), {std::to_string(missed - kMostMissed)}) + '\n';
  return '\n' +
         fill(phrases::kTargetsInShort.in(language),
              {std::to_string(met), std::to_string(missed), std::to_string(open)}) +
         '\n' + lines;
}

}  // namespace amaneku::scenarios
