// A target in words, for page and terminal: plain text, not yet escaped.
#pragma once

#include <string>
#include <vector>

#include "libsim/studies/targets/target_check.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

[[nodiscard]] std::string target_name(const Target& target, Language language);
/// "97 %", "280,000 stations": as exact as the figure is.
[[nodiscard]] std::string target_value(const Target& target, double value, Language language);
/// "≥ 97 %".
[[nodiscard]] std::string required_value(const Target& target, Language language);
/// How many are met, missed and not evaluated; missed ones of a past year are none of them.
struct TargetsInShort {
  int met = 0;
  int missed = 0;
  int open = 0;
  std::vector<std::string> lines{};  ///< the first that are missed, and how many more there are
};

[[nodiscard]] TargetsInShort targets_in_short(const TargetReport& report, Language language);

}  // namespace amaneku::scenarios
