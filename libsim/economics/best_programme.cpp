#include "libsim/economics/best_programme.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "libsim/economics/subsidy_bonds.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

/// A part of a programme in a year.
struct Part {
  std::string programme;
  std::string sub_programme;
  std::string fiscal_year;
  friend bool operator==(const Part&, const Part&) = default;
};

std::vector<Part> parts_of(const FundingTerms& terms) {
  std::vector<Part> out;
  for (const SubsidyRule& rule : terms.engine.rules().rules) {
    const auto& years = terms.fiscal_years;
    if (rule.cost != CostKind::capex || std::find(years.begin(), years.end(), rule.fiscal_year) == years.end())
      continue;
    const auto& programmes = terms.programmes;
    if (!programmes.empty() && std::find(programmes.begin(), programmes.end(), rule.programme) == programmes.end())
      continue;
    const Part part{rule.programme, rule.sub_programme, rule.fiscal_year};
    if (std::find(out.begin(), out.end(), part) == out.end()) out.push_back(part);
  }
  return out;
}

bool pays_for(const SubsidyRule& rule, const CostAsset& asset) {
  return rule.cost == CostKind::capex &&
         std::any_of(rule.assets.begin(), rule.assets.end(), [&](const std::string& word) {
           return std::find(asset.eligible_as.begin(), asset.eligible_as.end(), word) != asset.eligible_as.end();
         });
}

/// Designations of the municipality without those that the site denies: a site on the mainland of a municipality
/// that has islands too.
std::vector<std::string> areas_at(const FundingFacts& facts, const FundingTerms& terms) {
  const std::vector<SubsidyWord>& known = terms.engine.rules().areas;
  std::vector<std::string> out;
  for (const std::string& area : facts.areas) {
    const int implied = known[known_word(known, area, "designations")].implied_fact;
    if (implied < 0 || facts.facts[static_cast<std::size_t>(implied)] != 0) out.push_back(area);
  }
  return out;
}

/// A project without its cost.
SubsidyProject project_of(const Part& part, const std::string& applicant, const CostLine& line,
                          const SiteWorks& works, const FundingFacts& facts, const FundingTerms& terms) {
  SubsidyProject out{.programme = part.programme,
                     .sub_programme = part.sub_programme,
                     .fiscal_year = part.fiscal_year,
                     .applicant = applicant,
                     .areas = areas_at(facts, terms),
                     .facts = facts.facts,
                     .choices = terms.choices};
  const auto fact_of = [&](const char* name) -> std::int64_t& {
    return out.facts[static_cast<std::size_t>(fact_index(name))];
  };
  const auto set = [&](const char* name, std::int64_t value) {
    if (fact_of(name) == kUnknown) fact_of(name) = value;
  };
  fact_of("buried") = line.asset->quantity == CostQuantity::buried_m ? 1 : 0;
  // Two masts beside each other are no shared building, whatever is said of the site.
  for (const char* who : {"operators", "builders"}) {
    if (line.owners > 1) fact_of(who) = kUnknown;
    set(who, fact_number(line.operators, {1.0, 100.0}));
  }
  set("submarine_cable", works.submarine_m > 0.0 ? 1 : 0);
  constexpr double kPerKm = 1e-3;
  set("line_km", fact_number(kPerKm * (works.aerial_m + works.buried_m + works.submarine_m), {0.0, 1e6}));
  return out;
}

void set_cost(SubsidyProject& project, std::int64_t cost_jpy) {
  project.eligible_cost_jpy = cost_jpy;
  project.total_cost_jpy = cost_jpy;
}

/// The operator's part goes only where the rule has a municipal share and no operator's.
SubsidyAnswer answer_of(SubsidyProject& project, const FundingTerms& terms) {
  project.operator_part = {};
  SubsidyAnswer out = terms.engine.answer(project);
  const bool may_share = out.rule != nullptr && out.rule->shares[index_of(Payer::municipality)] != Rational() &&
                         out.rule->shares[index_of(Payer::mobile_operator)] == Rational();
  if (!may_share || terms.operator_part == Rational()) return out;
  project.operator_part = terms.operator_part;
  return terms.engine.answer(project);
}

std::int64_t burden_jpy(const SubsidyAnswer& answer, const FundingTerms& terms) {
  return terms.after_bonds ? least_local_cost_jpy(answer, terms.payer) : answer.amounts_jpy[index_of(terms.payer)];
}

struct Candidate {
  SubsidyProject project{};
  SubsidyAnswer answer{};
};

bool better(const Candidate& a, const Candidate& b, const FundingTerms& terms) {
  const auto rank = [&](const Candidate& candidate) {
    return std::tuple(burden_jpy(candidate.answer, terms), !candidate.answer.rule->verified,
                      -candidate.answer.amounts_jpy[index_of(Payer::nation)]);
  };
  return rank(a) < rank(b);
}

class Funding {
 public:
  Funding(const SiteCost& cost, const SiteWorks& works, const FundingFacts& facts, const FundingTerms& terms)
      : cost_(cost), works_(works), facts_(facts), terms_(terms), parts_(parts_of(terms)) {}

  SiteFunding run() {
    for (std::size_t i = 0; i < cost_.lines.size(); ++i) {
      const CostLine& line = cost_.lines[i];
      if (line.asset->payment != Payment::once || line.amount_jpy == 0) continue;
      const std::vector<std::int64_t> parts_jpy = copy_prices_jpy(line);
      const std::optional<Candidate> found = best(line, parts_jpy.front());
      for (std::size_t copy = 0; copy < parts_jpy.size(); ++copy) {
        const int of_operator = line.owners > 1 ? static_cast<int>(copy) + 1 : 0;
        join(i, {of_operator, parts_jpy[copy]}, found);
      }
    }
    for (std::size_t i = 0; i < out_.projects.size(); ++i) settle(out_.projects[i], projects_[i]);
    return std::move(out_);
  }

  /// Over every programme, whichever is the best, and over own money.
  [[nodiscard]] double least_share(const CostAsset& asset, int operators, Payer payer) {
    const auto& applicants = terms_.engine.rules().applicants;
    const std::string& owner = terms_.applicants.front();
    double least = applicants[known_word(applicants, owner, "applicants")].payer == payer ? 1.0 : 0.0;
    for (const std::int64_t price_jpy : deciding_prices_jpy()) {
      const CostLine line{.asset = &asset, .amount_jpy = price_jpy, .operators = operators};
      for (const Part& part : parts_) {
        for (const std::string& applicant : terms_.applicants) {
          const std::optional<Candidate> found = judged(part, applicant, line, price_jpy);
          if (!found) continue;
          const std::int64_t borne_jpy = terms_.after_bonds ? least_local_cost_jpy(found->answer, payer)
                                                            : found->answer.amounts_jpy[index_of(payer)];
          const std::int64_t truncated_jpy = terms_.engine.rules().national_multiple_jpy;
          least = std::min(least, static_cast<double>(borne_jpy - truncated_jpy) / static_cast<double>(price_jpy));
        }
      }
    }
    return std::max(0.0, least);
  }

 private:
  /// A rule's share is what it says from its least cost up to where its cap is reached, and never below.
  [[nodiscard]] std::vector<std::int64_t> deciding_prices_jpy() const {
    constexpr std::int64_t kSmall_jpy = 1'000'000;
    std::vector<std::int64_t> out = {kSmall_jpy};
    for (const SubsidyRule& rule : terms_.engine.rules().rules) {
      const bool is_new = std::find(out.begin(), out.end(), rule.cost_min_jpy) == out.end();
      if (rule.cost_min_jpy > 0 && is_new) out.push_back(rule.cost_min_jpy);
    }
    return out;
  }

  /// One copy of an asset.
  struct Copy {
    int of_operator;
    std::int64_t price_jpy;
  };

  [[nodiscard]] std::optional<Candidate> best(const CostLine& line, std::int64_t price_jpy) {
    std::optional<Candidate> best;
    for (const Part& part : parts_) {
      for (const std::string& applicant : terms_.applicants) {
        std::optional<Candidate> next = judged(part, applicant, line, price_jpy);
        if (next && (!best || better(*next, *best, terms_))) best = std::move(next);
      }
    }
    return best;
  }

  /// nullopt: not for this asset, not eligible, or a fact is missing.
  [[nodiscard]] std::optional<Candidate> judged(const Part& part, const std::string& applicant,
                                                const CostLine& line, std::int64_t price_jpy) {
    const auto& rules = terms_.engine.rules().rules;
    const bool may_pay = std::any_of(rules.begin(), rules.end(), [&](const SubsidyRule& rule) {
      return part == Part{rule.programme, rule.sub_programme, rule.fiscal_year} && pays_for(rule, *line.asset);
    });
    if (!may_pay) return std::nullopt;
    Candidate out{.project = project_of(part, applicant, line, works_, facts_, terms_)};
    set_cost(out.project, price_jpy);
    try {
      out.answer = answer_of(out.project, terms_);
    } catch (const InputError& error) {
      out_.undecided.insert(part.programme + ' ' + part.sub_programme + ' ' + part.fiscal_year + ": " +
                            error.what());
      return std::nullopt;
    }
    if (out.answer.rule == nullptr || !pays_for(*out.answer.rule, *line.asset)) return std::nullopt;
    return out;
  }

  /// Puts a copy of an asset to the project of its rule and operator, or begins one.
  void join(std::size_t line, Copy copy, const std::optional<Candidate>& found) {
    const SubsidyRule* rule = found ? found->answer.rule : nullptr;
    const std::string applicant = found ? found->project.applicant : terms_.applicants.front();
    std::size_t i = 0;
    for (; i < out_.projects.size(); ++i) {
      const FundedProject& project = out_.projects[i];
      const bool same_facts = !found || projects_[i].facts == found->project.facts;
      const bool same_owner = project.of_operator == copy.of_operator;
      if (project.answer.rule == rule && project.applicant == applicant && same_owner && same_facts) break;
    }
    if (i == out_.projects.size()) {
      FundedProject fresh{.applicant = applicant, .of_operator = copy.of_operator};
      if (found) fresh.programme = rule->programme;
      fresh.answer.rule = rule;
      out_.projects.push_back(std::move(fresh));
      projects_.push_back(found ? found->project : SubsidyProject{});
    }
    out_.projects[i].lines.push_back(line);
    out_.projects[i].cost_jpy += copy.price_jpy;
  }

  void settle(FundedProject& funded, SubsidyProject& project) {
    if (funded.answer.rule != nullptr) {
      set_cost(project, funded.cost_jpy);
      funded.answer = answer_of(project, terms_);
    } else {
      const auto& applicants = terms_.engine.rules().applicants;
      const Payer owner = applicants[known_word(applicants, funded.applicant, "applicants")].payer;
      funded.answer.shares[index_of(owner)] = Rational(1, 1);
      funded.answer.amounts_jpy[index_of(owner)] = funded.cost_jpy;
      funded.answer.rest_payer = owner;
    }
    for (std::size_t payer = 0; payer < kPayerCount; ++payer)
      out_.by_body_jpy[payer] += funded.answer.amounts_jpy[payer];
    out_.prefecture_least_jpy += least_local_cost_jpy(funded.answer, Payer::prefecture);
    out_.municipality_least_jpy += least_local_cost_jpy(funded.answer, Payer::municipality);
  }

  const SiteCost& cost_;
  const SiteWorks& works_;
  const FundingFacts& facts_;
  const FundingTerms& terms_;
  std::vector<Part> parts_;
  SiteFunding out_{};
  std::vector<SubsidyProject> projects_{};  ///< beside out_.projects
};

}  // namespace

SiteFunding best_funding(const SiteCost& cost, const SiteWorks& works, const FundingFacts& facts,
                         const FundingTerms& terms) {
  return Funding(cost, works, facts, terms).run();
}

namespace {

/// Values of a number between which, as tests of rules go, nothing changes.
std::vector<std::int64_t> deciding_values(const SubsidyRules& rules, int fact) {
  std::vector<std::int64_t> out = {0};
  const auto look = [&](const SubsidyCondition& condition) {
    for (const SubsidyClause& clause : condition) {
      for (const SubsidyTest& test : clause.any) {
        if (test.subject == TestSubject::fact && test.index == fact) {
          out.push_back(test.value);
          out.push_back(test.value + 1);
        }
      }
    }
  };
  for (const SubsidyRule& rule : rules.rules) look(rule.when);
  for (const LocalBond& bond : rules.bonds) look(bond.when);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

double least_share(const CostAsset& asset, int operators, const FundingFacts& facts, const FundingTerms& terms,
                   Payer payer) {
  const auto km = static_cast<std::size_t>(fact_index("line_km"));
  const auto submarine = static_cast<std::size_t>(fact_index("submarine_cable"));
  const SiteCost none;
  const SiteWorks nothing;
  double least = 1.0;
  for (const std::int64_t length : deciding_values(terms.engine.rules(), static_cast<int>(km))) {
    for (const std::int64_t has_submarine : {0, 1}) {
      FundingFacts asked = facts;
      if (asked.facts[km] == kUnknown) asked.facts[km] = length;
      if (asked.facts[submarine] == kUnknown) asked.facts[submarine] = has_submarine;
      least = std::min(least, Funding(none, nothing, asked, terms).least_share(asset, operators, payer));
    }
  }
  return least;
}

}  // namespace amaneku
