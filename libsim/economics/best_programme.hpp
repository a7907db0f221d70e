// Which programme pays for which asset of a site, so that one payer bears least.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libsim/economics/site_costs.hpp"
#include "libsim/economics/subsidy.hpp"

namespace amaneku {

/// What may be asked for, by whom, and whose burden counts.
struct FundingTerms {
  SubsidyEngine engine;
  std::vector<std::string> fiscal_years{};  ///< programmes of these years
  std::vector<std::string> programmes{};    ///< ids; empty: all
  std::vector<std::string> applicants{};    ///< who may apply; the first pays for what no programme takes
  Payer payer = Payer::municipality;        ///< whose burden is to be least
  bool after_bonds = true;                  ///< the burden of a local government counts after its best bond
  Rational operator_part{};  ///< of a municipal share, where a rule has one that an operator may take part in
  std::vector<std::pair<std::string, std::string>> choices{};
};

/// What the rules ask of the place.
struct FundingFacts {
  std::vector<std::string> areas{};
  FactValues facts = default_facts();
  friend bool operator==(const FundingFacts&, const FundingFacts&) = default;
};

/// Assets of one site that go under one rule together. What operators do not share is a project of each.
struct FundedProject {
  std::string programme{};  ///< "": own money
  std::string applicant{};
  int of_operator = 0;               ///< 1, 2 ...: its own copies alone; 0: what all of them share
  std::vector<std::size_t> lines{};  ///< of SiteCost::lines
  std::int64_t cost_jpy = 0;
  SubsidyAnswer answer{};
};

struct SiteFunding {
  std::vector<FundedProject> projects{};  ///< every copy of an asset bought once is in exactly one
  PayerAmounts by_body_jpy{};             ///< adds up to the capex of the site
  std::int64_t prefecture_least_jpy = 0;  ///< what stays with them after their best bonds
  std::int64_t municipality_least_jpy = 0;
  std::set<std::string> undecided{};  ///< programmes that could not be judged, with the fact that is missing
};

/// Each asset under the applicable programme with the least burden for the payer (of equals the one whose
/// rule was verified, then that with the most from the nation, then the first of the rules); own money where none
/// applies. Assets under one rule and applicant are one project, so that the national amount is truncated once.
[[nodiscard]] SiteFunding best_funding(const SiteCost& cost, const SiteWorks& works, const FundingFacts& facts,
                                       const FundingTerms& terms);

/// The part of a purchase that the payer bears at the least, whatever it costs and however long the lines are, of
/// an asset with one copy that `operators` use: 0 to 1, less what the nation's amount loses by its truncation.
[[nodiscard]] double least_share(const CostAsset& asset, int operators, const FundingFacts& facts,
                                 const FundingTerms& terms, Payer payer);

}  // namespace amaneku
