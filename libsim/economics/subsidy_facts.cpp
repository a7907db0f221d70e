#include "libsim/economics/subsidy_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr double kUnits = 1e9;
constexpr Range kCount{0.0, 1e8};
constexpr Range kAny{0.0, 0.0};

SubsidyFact flag(const char* name, std::int64_t fallback, const char* meaning) {
  return {name, FactKind::flag, fallback, kAny, {}, meaning};
}

SubsidyFact number(const char* name, Range range, const char* meaning, std::int64_t fallback = kUnknown) {
  return {name, FactKind::number, fallback, range, {}, meaning};
}

SubsidyFact word(const char* name, std::vector<std::string> words, const char* meaning,
                 std::int64_t fallback = kUnknown) {
  return {name, FactKind::word, fallback, kAny, std::move(words), meaning};
}

[[noreturn]] void refuse_fact(std::string message, std::string value, std::string legal) {
  throw InputError(Fault{.message = std::move(message), .value = std::move(value), .legal = std::move(legal)});
}

}  // namespace

std::span<const SubsidyFact> subsidy_facts() {
  static const std::array<SubsidyFact, kFactCount> kFacts = {
      flag("island", kUnknown, "The site is on an island (離島)."),
      number("fiscal_capacity_index", {0.0, 10.0}, "財政力指数 of the municipality of the site."),
      number("households", kCount, "Households that the work is for."),
      number("operators", {0.0, 100.0}, "Mobile operators that use the station."),
      number("builders", {0.0, 100.0}, "Mobile operators that build together."),
      word("work", {"new", "upgrade", "upgrade_for_privatisation"},
           "New; renewal with upgrade; the same ahead of a transfer to a private operator (民設移行)."),
      flag("submarine_cable", kUnknown, "The work includes a submarine cable."),
      flag("buried", 0, "The line is put underground (地中化)."),
      word("purpose", {"coverage_hole", "advanced_radio"}, "Why the transmission path is leased."),
      flag("inhabited_border_island_all", 0,
           "All of the municipality is inhabited border islands (有人国境離島)."),
      flag("existing_4g_area", 1, "The place of an upgrade has 4G already."),
      flag("consortium_with_local_government", 0,
           "The applicant is a consortium with a local government, or bound to one as the programme asks (出資, "
           "協定)."),
      flag("catv_in_disaster_plan", 0, "The disaster plan of the region names the cable television."),
      flag("specially_needed_area", 0,
           "The ministry takes the area as one of special need (特に必要と認める地域)."),
      flag("disadvantaged_area", kUnknown, "条件不利地域; absent: `area` names one."),
      flag("previously_selected", 0, "The region was selected for such support before."),
      flag("merged_municipality", 0, "The municipality may issue bonds of merged municipalities (合併特例債)."),
      flag("subsidised", kUnknown, "Set by the program: a rule applies. For conditions of bonds."),
      number("line_km", {0.0, 20'000.0}, "Length of the transmission line in km."),
      number("years_of_operation", {0.0, 100.0}, "Years that the service is promised for."),
      word("city_kind", {"ordinary", "special_ward", "designated_city", "core_city", "special_city"},
           "What the municipality is: 特別区, 指定都市, 中核市, 特例市, or none of them.", 0),
      number("partner_municipalities", {0.0, 2000.0},
             "Municipalities of the prefecture that apply together with it.", std::llround(kUnits))};
  return kFacts;
}

int fact_index(std::string_view name) {
  const auto facts = subsidy_facts();
  const auto found =
      std::find_if(facts.begin(), facts.end(), [&](const SubsidyFact& fact) { return fact.name == name; });
  return found == facts.end() ? -1 : static_cast<int>(found - facts.begin());
}

FactValues default_facts() {
  FactValues out{};
  const auto facts = subsidy_facts();
  for (std::size_t i = 0; i < facts.size(); ++i) out[i] = facts[i].fallback;
  return out;
}

std::int64_t fact_number(double value, Range range) {
  if (!std::isfinite(value) || !range.contains(value))
    refuse_fact("out of range", fmt::format("{}", value), range.text());
  return std::llround(value * kUnits);
}

std::int64_t fact_number(std::string_view text, Range range) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size())
    refuse_fact("is no number", '"' + std::string(text) + '"', range.text());
  return fact_number(value, range);
}

std::string fact_text(int fact, std::int64_t value) {
  if (value == kUnknown) return "not known";
  const SubsidyFact& spec = subsidy_facts()[static_cast<std::size_t>(fact)];
  if (spec.kind == FactKind::flag) return value != 0 ? "true" : "false";
  if (spec.kind == FactKind::word) return spec.words[static_cast<std::size_t>(value)];
  return fmt::format("{}", static_cast<double>(value) / kUnits);
}

}  // namespace amaneku
