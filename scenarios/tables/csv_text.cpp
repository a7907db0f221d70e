#include "scenarios/tables/csv_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace amaneku::scenarios {
namespace {

/// Spreadsheets pass over blanks before a formula, and take the full-width signs of Japanese keyboards for theirs.
bool reads_as_formula(std::string_view text) {
  constexpr std::array<std::string_view, 7> kBlanks = {" ", "\t", "\r", "\n", "\u00a0", "\u3000", "\ufeff"};
  constexpr std::array<std::string_view, 8> kSigns = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  const auto begins = [&](std::string_view part) { return text.starts_with(part); };
  if (begins("\t") || begins("\r")) return true;
  for (auto blank = kBlanks.begin();
       (blank = std::find_if(kBlanks.begin(), kBlanks.end(), begins)) != kBlanks.end();)
    text.remove_prefix(blank->size());
  return std::any_of(kSigns.begin(), kSigns.end(), begins);
}

}  // namespace

std::string csv_text(const std::string& text) {
  std::string out = text;
  if (reads_as_formula(out)) out.insert(0, "'");
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

}  // namespace amaneku::scenarios
