#include "scenarios/ask/compare/compare_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "libsim/studies/routes/route_verdict.hpp"
#include "scenarios/ask/compare/compare_phrases.hpp"
#include "scenarios/catalogue/target_table.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/map_svg.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/places/phrases.hpp"
#include "scenarios/studies/routes/phrases.hpp"
#include "scenarios/studies/targets/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kNobody = 0.005;

/// A word of the program in the language; any other as it is.
template <class Phrases>
std::string in_language(const Phrases& known, const std::string& word, Language language) {
  for (const Phrase& phrase : known) {
    if (word == phrase.in(Language::en)) return std::string(phrase.in(language));
  }
  return word;
}

std::string kind_of_place(const std::string& kind, Language language) {
  for (const auto& [id, phrase] : phrases::kKnownKinds) {
    if (id == kind) return std::string(phrase.in(language));
  }
  return kind;
}

std::string part_name(const ComparedFigure& figure, Language language) {
  if (figure.key.starts_with("places")) return kind_of_place(figure.part, language);
  for (const char* own : {"expressway", "national", "prefectural", "local"}) {
    if (figure.part == own) return std::string(road_name(road_rank(figure.part)).in(language));
  }
  return figure.part;
}

std::string value_in_unit(double value, const std::string& unit, Language language) {
  if (unit == "%") return percent_figure(value) + " %";
  return figure(value) + " " + in_language(phrases::kTargetUnits, unit, language);
}

/// "1" and "azimuth_deg" of "1/azimuth_deg"; no sector of "status".
struct SplitKey {
  std::string sector{};
  std::string key{};
};

SplitKey split(const std::string& key) {
  const std::size_t slash = key.rfind('/');
  if (slash == std::string::npos) return {.key = key};
  return {.sector = key.substr(0, slash), .key = key.substr(slash + 1)};
}

const compared::KeyName* name_of(std::string_view key) {
  const auto found = std::find_if(compared::kKeyNames.begin(), compared::kKeyNames.end(),
                                  [&](const compared::KeyName& name) { return name.key == key; });
  return found == compared::kKeyNames.end() ? nullptr : &*found;
}

}  // namespace

std::string signed_figure(double value, int decimals) {
  if (std::isnan(value)) return "–";
  const std::string text = figure(std::abs(value), decimals);
  const bool nothing = text.find_first_of("123456789") == std::string::npos;
  return nothing ? text : (value > 0.0 ? "+" : "−") + text;
}

std::string figure_label(const ComparedFigure& figure, Language language) {
  return fill(figure.label->in(language), {part_name(figure, language)});
}

std::string figure_value(const ComparedFigure& figure, std::size_t i) {
  const double value = figure.values[i];
  if (std::isnan(value)) return "–";
  if (figure.unit == FigureUnit::percent)
    return (figure.decimals == 1 ? percent_figure(value) : scenarios::figure(value, figure.decimals)) + " %";
  return scenarios::figure(value, figure.decimals);
}

std::string figure_difference(const ComparedFigure& figure, std::size_t i, Language language) {
  const std::string text = signed_figure(figure.difference(i), figure.decimals);
  return figure.unit == FigureUnit::percent && text != "–" ? fill(compared::kPoints.in(language), {text}) : text;
}

const ComparedFigure* figure_of(const PlanComparison& comparison, std::string_view key) {
  const auto found = std::find_if(comparison.figures.begin(), comparison.figures.end(),
                                  [&](const ComparedFigure& figure) { return figure.key == key; });
  return found == comparison.figures.end() ? nullptr : &*found;
}

std::string definition_text(const PlanComparison& comparison, Language language) {
  const auto condition = [](const ComparedPlan& plan) {
    return std::pair(figure(plan.setting("threshold_dbm"), 1), fmt::format("{:g}", plan.setting("rx_agl_m")));
  };
  const auto first = condition(comparison.plans.front());
  const bool same = std::all_of(comparison.plans.begin(), comparison.plans.end(),
                                [&](const ComparedPlan& plan) { return condition(plan) == first; });
  if (same) return fill(compared::kDefinition.in(language), {first.first, first.second});
  std::string each;
  for (const ComparedPlan& plan : comparison.plans) {
    const auto [threshold, height] = condition(plan);
    each +=
        (each.empty() ? "" : "; ") + fill(compared::kConditions.in(language), {plan.letter, threshold, height});
  }
  return fill(compared::kEachDefinition.in(language), {each});
}

std::string site_counts(const PlanChange& change, Language language) {
  const auto count = [&](SiteChange::Kind kind) {
    return fmt::format("{}", std::count_if(change.sites.begin(), change.sites.end(),
                                           [&](const SiteChange& site) { return site.kind == kind; }));
  };
  return fill(
      compared::kSiteCounts.in(language),
      {count(SiteChange::Kind::added), count(SiteChange::Kind::removed), count(SiteChange::Kind::changed)});
}

const Phrase& kind_word(SiteChange::Kind kind) {
  switch (kind) {
    case SiteChange::Kind::added:
      return compared::kAdded;
    case SiteChange::Kind::removed:
      return compared::kRemoved;
    case SiteChange::Kind::changed:
      return compared::kChanged;
  }
  throw InternalError("a change of a site without a word");
}

std::string key_name(const std::string& key, Language language) {
  const auto [sector, rest] = split(key);
  const compared::KeyName* name = name_of(rest);
  const std::string word = name != nullptr ? std::string(name->name.in(language)) : rest;
  return sector.empty() ? word : fill(compared::kOfSector.in(language), {sector}) + ": " + word;
}

std::string key_value(const std::string& key, const std::string& value, Language language) {
  if (value.empty()) return std::string(compared::kNothing.in(language));
  const std::string last = split(key).key;
  if (last == "status") {
    return std::string((value == "existing" ? compared::kExisting : compared::kCandidate).in(language));
  }
  const compared::KeyName* name = name_of(last);
  if (name == nullptr || name->scale == 1.0) return value;
  double number = 0.0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size()) return value;
  return fmt::format("{:.10g}", number * name->scale);
}

std::string target_name(const TargetRow& target, Language language) {
  for (const Target& known : built_in_targets()) {
    if (known.id == target.id) return language == Language::ja ? known.name_ja : known.name;
  }
  return target.id;
}

std::string required_text(const TargetRow& target, Language language) {
  const std::string sign = target.comparison == ">=" ? "≥ " : target.comparison == "<=" ? "≤ " : "= ";
  const std::string value = target.unit == "%" ? fmt::format("{:g} %", target.required)
                                               : value_in_unit(target.required, target.unit, language);
  return sign + value;
}

std::string target_verdict(const TargetRow& target, std::size_t plan, Language language) {
  const std::string& status = target.status[plan];
  if (status.empty()) return "–";
  if (std::isnan(target.actual[plan])) return std::string(phrases::kNotEvaluated.in(language));
  const Phrase& word = status == "met"      ? phrases::kMet
                       : status == "missed" ? phrases::kMissed
                       : status == "past"   ? phrases::kPastYear
                                            : phrases::kNotEvaluated;
  const std::string mark = status == "met" ? " ✓ " : status == "missed" ? " ✗ " : " ";
  return value_in_unit(target.actual[plan], target.unit, language) + mark + std::string(word.in(language));
}

std::string route_name(const RouteRow& route, Language language) {
  const std::string name = route.name.empty() ? route.id : route.name;
  const Phrase& direction = route.direction == "back" ? compared::kBack : compared::kThere;
  return fill(compared::kCourse.in(language), {name, direction.in(language)});
}

std::string route_verdict(const RouteRow& route, std::size_t plan, Language language) {
  const auto found = std::find(kVerdicts.begin(), kVerdicts.end(), route.verdict[plan]);
  if (found == kVerdicts.end()) return route.verdict[plan].empty() ? "–" : route.verdict[plan];
  std::string out(phrases::kRouteVerdictWords[static_cast<std::size_t>(found - kVerdicts.begin())].in(language));
  if (route.gap_m[plan] > 0.0)
    out += (language == Language::ja ? "、" : ", ") +
           fill(compared::kNoLink.in(language), {figure(route.gap_m[plan])});
  return out;
}

std::string municipality_name(const MunicipalityChange& change, Language language) {
  return change.code.empty() ? std::string(compared::kOutsideAll.in(language)) : change.name;
}

bool has_change(const MunicipalityChange& change) noexcept {
  return change.people.won >= kNobody || change.people.lost >= kNobody ||
         std::abs(change.covered.after - change.covered.before) >= kNobody;
}

std::string input_text(const ValueChange& input, const PlanComparison& comparison, const PlanChange& change,
                       Language language) {
  if (!input.before.empty() && !input.after.empty()) return std::string(compared::kFileDiffers.in(language));
  const ComparedPlan& only = input.before.empty() ? comparison.plans[change.plan] : comparison.plans.front();
  return fill(compared::kFileOnly.in(language), {only.letter});
}

}  // namespace amaneku::scenarios
