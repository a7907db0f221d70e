#include "libsim/economics/subsidy.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "libsim/economics/subsidy_bonds.hpp"
#include "libsim/entry_of.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr std::int64_t kMaxCostJpy = 1'000'000'000'000'000;  ///< JPY: a thousand times the state's budget

std::string group_key(const std::string& programme, const std::string& sub_programme, const std::string& year) {
  return programme + '\n' + sub_programme + '\n' + year;
}

[[noreturn]] void refuse(const std::string& key, std::string message, std::string value, std::string legal) {
  throw InputError(
      Fault{.message = std::move(message), .key = key, .value = std::move(value), .legal = std::move(legal)});
}

/// Years since the beginning of Showa, for "S", "H" and "R"; -1 for what is no year of them.
int year_number(const std::string& year) {
  if (year.size() < 2 || year.size() > 4 || year.find_first_not_of("0123456789", 1) != std::string::npos)
    return -1;
  const int of_era = std::stoi(year.substr(1));
  constexpr int kHeisei = 63;
  constexpr int kReiwa = 93;
  if (year[0] == 'R') return kReiwa + of_era;
  if (year[0] == 'H') return kHeisei + of_era;
  return year[0] == 'S' ? of_era : -1;
}

[[noreturn]] void refuse_year(const std::string& year, std::vector<std::string> known) {
  std::sort(known.begin(), known.end(),
            [](const std::string& a, const std::string& b) { return year_number(a) < year_number(b); });
  const int wanted = year_number(year);
  const auto distance = [&](const std::string& other) { return std::abs(year_number(other) - wanted); };
  const std::string near =
      *std::min_element(known.begin(), known.end(),
                        [&](const std::string& a, const std::string& b) { return distance(a) < distance(b); });
  refuse("fiscal_year",
         "no rules are known for this year" + (wanted < 0 ? "" : ", the nearest are those of \"" + near + "\""),
         '"' + year + '"', fmt::format("{}", fmt::join(known, " | ")));
}

void check_costs(const SubsidyProject& project) {
  const auto check = [](const char* key, std::int64_t cost_jpy) {
    if (cost_jpy >= 0 && cost_jpy <= kMaxCostJpy) return;
    refuse(key, cost_jpy < 0 ? "a cost is not negative" : "out of range", std::to_string(cost_jpy),
           fmt::format("0 .. {} JPY", kMaxCostJpy));
  };
  check("eligible_cost_jpy", project.eligible_cost_jpy);
  check("total_cost_jpy", project.total_cost_jpy);
  if (project.eligible_cost_jpy > project.total_cost_jpy) {
    refuse("eligible_cost_jpy", "is above total_cost_jpy", std::to_string(project.eligible_cost_jpy),
           fmt::format("0 .. {} JPY", project.total_cost_jpy));
  }
  if (project.operator_part < Rational() || project.operator_part > Rational(1, 1))
    refuse("operator_part", "out of range", project.operator_part.text(), "\"0\" .. \"1\"");
}

/// What a project says that a clause asks for; for messages.
std::string said(const SubsidyClause& clause, const SubsidyCase& project) {
  std::string out;
  for (const SubsidyTest& test : clause.any) {
    if (test.subject != TestSubject::fact) continue;
    const auto index = static_cast<std::size_t>(test.index);
    out += fmt::format("{}{} is {}", out.empty() ? "" : ", ", subsidy_facts()[index].name,
                       fact_text(test.index, project.facts[index]));
  }
  return out.empty() ? out : " (" + out + ")";
}

/// Names of words by their bits.
template <class Bits>
std::string names_of(const std::vector<SubsidyWord>& words, Bits bits) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if ((bits >> i & 1U) != 0) out += (out.empty() ? "" : ", ") + words[i].id;
  }
  return out;
}

bool for_applicant(const SubsidyRule& rule, const SubsidyCase& project, const SubsidyRules& rules) {
  return (rule.applicants & rules.applicants[static_cast<std::size_t>(project.applicant)].includes_self) != 0;
}

bool for_area(const SubsidyRule& rule, const SubsidyCase& project) {
  return rule.areas == 0 || (rule.areas & project.areas) != 0;
}

/// Why one rule is not for a project; "" where it is, or may be.
std::string obstacle(const SubsidyRule& rule, const SubsidyCase& project, const SubsidyRules& rules) {
  if (!for_applicant(rule, project, rules))
    return fmt::format("is for {}", names_of(rules.applicants, rule.applicants));
  if (!for_area(rule, project)) return fmt::format("wants one of the areas {}", names_of(rules.areas, rule.areas));
  for (const SubsidyClause& clause : rule.when) {
    if (truth_of(clause, project, rules) == Truth::no) return "wants " + clause.text + said(clause, project);
  }
  return {};
}

Truth fits(const SubsidyRule& rule, const SubsidyCase& project, const SubsidyRules& rules) {
  if (!for_applicant(rule, project, rules) || !for_area(rule, project)) return Truth::no;
  return truth_of(rule.when, project, rules);
}

bool is_overridden(const SubsidyRule& rule, const std::vector<const SubsidyRule*>& by) {
  return std::any_of(by.begin(), by.end(), [&](const SubsidyRule* other) {
    return std::find(other->overrides.begin(), other->overrides.end(), rule.id) != other->overrides.end();
  });
}

/// The missing fact that keeps a rule from being judged.
[[noreturn]] void refuse_missing(const SubsidyRule& rule, const SubsidyCase& project, const SubsidyRules& rules) {
  for (const SubsidyClause& clause : rule.when) {
    for (const SubsidyTest& test : clause.any) {
      if (truth_of(test, project, rules) != Truth::unknown) continue;
      refuse(subsidy_facts()[static_cast<std::size_t>(test.index)].name,
             fmt::format("is missing: {} wants {}", rule.id, clause.text), {}, {});
    }
  }
  throw InternalError("a rule without an answer and without a missing fact");
}

/// Where the applicant is of a kind that is too wide to tell, but rules are for narrower kinds of it.
void ask_for_kind(const std::vector<const SubsidyRule*>& group, const SubsidyCase& project,
                  const SubsidyRules& rules) {
  std::uint64_t kinds = 0;
  for (const SubsidyRule* rule : group) {
    if (for_area(*rule, project) && truth_of(rule->when, project, rules) != Truth::no) kinds |= rule->applicants;
  }
  std::vector<std::string> narrower;
  for (std::size_t i = 0; i < rules.applicants.size(); ++i) {
    const bool within = (rules.applicants[i].includes_self >> project.applicant & 1U) != 0;
    if (within && (kinds >> i & 1U) != 0) narrower.push_back(rules.applicants[i].id);
  }
  if (narrower.empty()) return;
  refuse("applicant", "does not say which kind: the rules are for narrower ones",
         '"' + rules.applicants[static_cast<std::size_t>(project.applicant)].id + '"',
         fmt::format("{}", fmt::join(narrower, " | ")));
}

/// The one rule for the project; nullptr and a reason where there is none.
const SubsidyRule* chosen_rule(const std::vector<const SubsidyRule*>& group, const SubsidyCase& project,
                               const SubsidyRules& rules, std::string& reason) {
  std::vector<const SubsidyRule*> fitting;
  std::vector<const SubsidyRule*> open;
  for (const SubsidyRule* rule : group) {
    const Truth truth = fits(*rule, project, rules);
    if (truth == Truth::yes) fitting.push_back(rule);
    if (truth == Truth::unknown) open.push_back(rule);
  }
  for (const SubsidyRule* rule : open) {
    if (!is_overridden(*rule, fitting)) refuse_missing(*rule, project, rules);
  }
  for (const SubsidyRule* rule : fitting) {
    if (!is_overridden(*rule, fitting)) return rule;
  }
  ask_for_kind(group, project, rules);
  for (const SubsidyRule* rule : group)
    reason += (reason.empty() ? "" : "; ") + rule->id + ' ' + obstacle(*rule, project, rules);
  return nullptr;
}

/// (n + add)/d of the share as printed; what is left is shared in the old proportion.
void modify(PayerShares& shares, const SubsidyRule& rule, const SubsidyModifier& modifier) {
  const Rational old = shares[index_of(Payer::nation)];
  const Rational raised = (Rational(rule.nation_printed.numerator, 1) + modifier.add_to_numerator) /
                          Rational(rule.nation_printed.denominator, 1);
  const Rational part = (Rational(1, 1) - raised) / (Rational(1, 1) - old);
  for (Rational& share : shares) share = share * part;
  shares[index_of(Payer::nation)] = raised;
}

void weaken(RuleStatus& status, RuleStatus other) {
  status = std::max(status, other);
}

void apply_modifiers(SubsidyAnswer& out, const SubsidyCase& project, const SubsidyRules& rules) {
  for (const std::string& id : out.rule->modifiers) {
    const SubsidyModifier& modifier = entry_of(rules.modifiers, id, "modifiers");
    if (truth_of(modifier.when, project, rules) != Truth::yes) continue;
    modify(out.shares, *out.rule, modifier);
    weaken(out.status, modifier.status);
    out.modifiers.push_back(&modifier);
    out.ambiguities.insert(out.ambiguities.end(), modifier.ambiguities.begin(), modifier.ambiguities.end());
  }
}

void apply_operator_part(SubsidyAnswer& out, const SubsidyProject& project) {
  if (project.operator_part == Rational()) return;
  Rational& municipality = out.shares[index_of(Payer::municipality)];
  Rational& mobile_operator = out.shares[index_of(Payer::mobile_operator)];
  if (municipality == Rational() || mobile_operator != Rational()) {
    refuse("operator_part", out.rule->id + " has no share of a municipality that an operator may take part in",
           '"' + project.operator_part.text() + '"', "\"0\"");
  }
  mobile_operator = municipality * project.operator_part;
  municipality = municipality - mobile_operator;
}

void add_warnings(SubsidyAnswer& out, const SubsidyProject& project) {
  const SubsidyRule& rule = *out.rule;
  const std::int64_t cost_jpy = project.eligible_cost_jpy;
  if (!rule.verified) {
    out.warnings.push_back(
        fmt::format("{} was not read in a document of its programme and year: {}", rule.id, rule.source));
  }
  if (cost_jpy < rule.guide_min_jpy || cost_jpy > rule.guide_max_jpy) {
    out.warnings.push_back(fmt::format("{} JPY is outside the size that {} names as a guide: {} .. {} JPY",
                                       cost_jpy, rule.id, rule.guide_min_jpy, rule.guide_max_jpy));
  }
  if (out.shares[index_of(Payer::nation)].floor_of(cost_jpy) > rule.national_cap_jpy) {
    out.warnings.push_back(fmt::format("the nation pays at most {} JPY under {}", rule.national_cap_jpy, rule.id));
  }
}

void tidy(std::vector<int>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

}  // namespace

SubsidyEngine::SubsidyEngine(SubsidyRules rules) : rules_(std::make_shared<SubsidyRules>(std::move(rules))) {
  for (std::size_t i = 0; i < rules_->rules.size(); ++i) {
    const SubsidyRule& rule = rules_->rules[i];
    groups_[group_key(rule.programme, rule.sub_programme, rule.fiscal_year)].push_back(i);
  }
}

const SubsidyEngine::Group& SubsidyEngine::group_of(const SubsidyProject& project) const {
  const std::string& programme =
      rules_->programmes[known_word(rules_->programmes, project.programme, "programme")].id;
  std::vector<std::string> parts;
  if (!project.sub_programme.empty()) {
    parts = {
        rules_->sub_programmes[known_word(rules_->sub_programmes, project.sub_programme, "sub_programme")].id};
  }
  std::vector<std::string> years;
  for (const SubsidyRule& rule : rules_->rules) {
    const auto add = [](std::vector<std::string>& list, const std::string& word) {
      if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(word);
    };
    if (rule.programme != programme) continue;
    if (!project.sub_programme.empty() && rule.sub_programme != parts.front()) continue;
    add(years, rule.fiscal_year);
    if (project.sub_programme.empty() && rule.fiscal_year == project.fiscal_year) add(parts, rule.sub_programme);
  }
  if (std::find(years.begin(), years.end(), project.fiscal_year) == years.end()) {
    if (years.empty())
      refuse("sub_programme", programme + " has no such part", '"' + project.sub_programme + '"', {});
    refuse_year(project.fiscal_year, years);
  }
  if (parts.size() > 1) refuse("sub_programme", "is missing", {}, fmt::format("{}", fmt::join(parts, " | ")));
  return groups_.at(group_key(programme, parts.front(), project.fiscal_year));
}

SubsidyCase SubsidyEngine::case_of(const SubsidyProject& project) const {
  SubsidyCase out{.facts = project.facts};
  out.applicant = static_cast<int>(known_word(rules_->applicants, project.applicant, "applicant"));
  for (const std::string& area : project.areas) {
    const std::size_t index = known_word(rules_->areas, area, "area");
    out.areas |= 1U << index;
    const int implied = rules_->areas[index].implied_fact;
    if (implied < 0 || out.facts[static_cast<std::size_t>(implied)] != 0) continue;
    const char* name = subsidy_facts()[static_cast<std::size_t>(implied)].name;
    refuse(name, fmt::format("contradicts area = \"{}\": in such a place {} is true", area, name), "false", {});
  }
  static const auto kDisadvantaged = static_cast<std::size_t>(fact_index("disadvantaged_area"));
  if (out.facts[kDisadvantaged] == kUnknown) out.facts[kDisadvantaged] = out.areas != 0 ? 1 : 0;
  out.choices.reserve(rules_->choices.size());
  for (const SubsidyChoice& choice : rules_->choices) out.choices.push_back(choice.chosen);
  for (const auto& [id, option] : project.choices) {
    const SubsidyChoice& choice = entry_of(rules_->choices, id, "choices");
    const auto found = std::find(choice.options.begin(), choice.options.end(), option);
    if (found == choice.options.end()) refuse_unknown(option, "choices", choice.options);
    out.choices[static_cast<std::size_t>(&choice - rules_->choices.data())] = found - choice.options.begin();
  }
  return out;
}

SubsidyAnswer SubsidyEngine::answer(const SubsidyProject& project) const {
  check_costs(project);
  SubsidyCase as_case = case_of(project);
  std::vector<const SubsidyRule*> group;
  for (const std::size_t i : group_of(project)) group.push_back(&rules_->rules[i]);
  static const auto kSubsidised = static_cast<std::size_t>(fact_index("subsidised"));
  SubsidyAnswer out;
  out.rule = chosen_rule(group, as_case, *rules_, out.reason);
  if (out.rule != nullptr && project.eligible_cost_jpy < out.rule->cost_min_jpy) {
    out.reason = fmt::format("{} wants an eligible cost of at least {} JPY", out.rule->id, out.rule->cost_min_jpy);
    out.rule = nullptr;
  }
  as_case.facts[kSubsidised] = out.rule != nullptr ? 1 : 0;
  if (out.rule != nullptr) {
    out.shares = out.rule->shares;
    out.status = out.rule->status;
    out.ambiguities = out.rule->ambiguities;
    if (!out.rule->ambiguous_when.empty() && truth_of(out.rule->ambiguous_when, as_case, *rules_) != Truth::no)
      out.status = RuleStatus::ambiguous;
    apply_modifiers(out, as_case, *rules_);
    apply_operator_part(out, project);
    add_warnings(out, project);
    tidy(out.ambiguities);
  } else {
    out.shares[index_of(Payer::applicant)] = Rational(1, 1);
  }
  const SubsidyWord& applicant = rules_->applicants[static_cast<std::size_t>(as_case.applicant)];
  const std::int64_t cap_jpy = out.rule != nullptr ? out.rule->national_cap_jpy : 0;
  out.rest_payer = rest_payer_of(out.shares);
  if (out.rest_payer == Payer::applicant) out.rest_payer = applicant.payer;
  out.amounts_jpy = split_cost(project, out.shares, rules_->national_multiple_jpy, cap_jpy);
  const auto name_applicant = [&](auto& by_payer) {
    auto& named = by_payer[index_of(applicant.payer)];
    named = named + std::exchange(by_payer[index_of(Payer::applicant)], {});
  };
  name_applicant(out.shares);
  name_applicant(out.amounts_jpy);
  add_bonds(out, project, as_case, *rules_);
  return out;
}

}  // namespace amaneku
