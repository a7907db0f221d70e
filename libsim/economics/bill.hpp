// The bill of a plan: from assets to sites to the plan, and over payers, in whole yen.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libsim/economics/best_programme.hpp"
#include "terrain/error.hpp"

namespace amaneku {

/// What a site needs, and where it stands for the rules.
struct SiteMoney {
  SiteWorks works{};
  FundingFacts facts{};
  bool households_known = false;  ///< stated; else counted from the people whom the site covers
};

/// Everything that a bill needs to know beside the sites.
struct MoneyInput {
  CostCatalogue catalogue{};
  CostTerms terms{};
  CostHorizon horizon{};
  std::optional<FundingTerms> funding{};        ///< none: costs only
  double persons_per_household = 0.0;           ///< 0: households are not counted
  std::vector<SiteMoney> sites{};               ///< one per site of the plan
  std::vector<FundingFacts> municipal_facts{};  ///< [Boundaries::municipalities] of any project in it
};

struct SiteBill {
  std::size_t site = 0;  ///< index of the plan's sites
  SiteCost cost{};
  LifeCost life{};
  std::int64_t households = -1;  ///< that the rules were asked with; -1: not known
  std::optional<SiteFunding> funding{};
};

struct Bill {
  std::vector<SiteBill> sites{};  ///< those that the plan builds
  std::int64_t capex_jpy = 0;
  std::int64_t opex_jpy_per_year = 0;
  LifeCost life{};
  bool has_funding = false;
  PayerAmounts by_body_jpy{};
  std::int64_t prefecture_least_jpy = 0;
  std::int64_t municipality_least_jpy = 0;
  std::map<std::string, std::int64_t> by_programme_jpy{};  ///< capex under each; "": own money
  std::vector<Warning> warnings{};
};

/// What the rules ask of the place of a site that covers so many people.
[[nodiscard]] FundingFacts facts_of(const MoneyInput& input, std::size_t site, double people);

/// `sites`: those to be billed, indices into MoneyInput::sites; `people`: covered by each, for households.
[[nodiscard]] Bill make_bill(const MoneyInput& input, const std::vector<std::size_t>& sites,
                             const std::vector<double>& people);

/// "KT-R6-1-lg-single", each once, in the order of the projects.
[[nodiscard]] std::vector<std::string> rule_ids(const SiteFunding& funding);

}  // namespace amaneku
