#include "libsim/economics/bill.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "libsim/economics/funding_doubts.hpp"
#include "libsim/entry_of.hpp"

namespace amaneku {
namespace {

void set_households(FundingFacts& facts, std::int64_t households) {
  constexpr std::int64_t kUnits = 1'000'000'000;
  facts.facts[static_cast<std::size_t>(fact_index("households"))] = households * kUnits;
}

std::int64_t stated_households(const FundingFacts& facts) {
  constexpr std::int64_t kUnits = 1'000'000'000;
  const std::int64_t value = facts.facts[static_cast<std::size_t>(fact_index("households"))];
  return value == kUnknown ? -1 : value / kUnits;
}

void add_to(Bill& bill, const SiteBill& site) {
  bill.capex_jpy += site.cost.capex_jpy;
  bill.opex_jpy_per_year += site.cost.opex_jpy_per_year;
  bill.life.total_jpy += site.life.total_jpy;
  bill.life.present_jpy += site.life.present_jpy;
  if (!site.funding) return;
  for (std::size_t payer = 0; payer < kPayerCount; ++payer)
    bill.by_body_jpy[payer] += site.funding->by_body_jpy[payer];
  bill.prefecture_least_jpy += site.funding->prefecture_least_jpy;
  bill.municipality_least_jpy += site.funding->municipality_least_jpy;
  for (const FundedProject& project : site.funding->projects)
    bill.by_programme_jpy[project.programme] += project.cost_jpy;
}

void add_warnings(Bill& bill, const MoneyInput& input) {
  std::set<std::string> without_source;
  FundingDoubts doubts;
  for (const SiteBill& site : bill.sites) {
    for (const CostLine& line : site.cost.lines) {
      const PriceItem& item = entry_of(input.catalogue.prices, line.asset->price, "price");
      if (item.source.empty()) without_source.insert(item.id);
    }
    if (site.funding) doubts.add(*site.funding);
  }
  warn_of(bill.warnings, "price_without_source", "prices that are the user's own figures", without_source);
  const std::vector<Warning> more = doubts.warnings();
  bill.warnings.insert(bill.warnings.end(), more.begin(), more.end());
}

}  // namespace

FundingFacts facts_of(const MoneyInput& input, std::size_t site, double people) {
  FundingFacts out = input.sites[site].facts;
  if (!input.sites[site].households_known && input.persons_per_household > 0.0)
    set_households(out, std::llround(people / input.persons_per_household));
  return out;
}

Bill make_bill(const MoneyInput& input, const std::vector<std::size_t>& sites, const std::vector<double>& people) {
  Bill bill{.has_funding = input.funding.has_value()};
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const SiteMoney& money = input.sites[sites[i]];
    SiteBill site{.site = sites[i], .cost = site_cost(money.works, input.catalogue, input.terms)};
    site.life = life_cost(site.cost, input.horizon);
    if (input.funding) {
      const FundingFacts facts = facts_of(input, sites[i], people[i]);
      site.households = stated_households(facts);
      site.funding = best_funding(site.cost, money.works, facts, *input.funding);
    }
    add_to(bill, site);
    bill.sites.push_back(std::move(site));
  }
  add_warnings(bill, input);
  return bill;
}

std::vector<std::string> rule_ids(const SiteFunding& funding) {
  std::vector<std::string> out;
  for (const FundedProject& project : funding.projects) {
    const SubsidyRule* rule = project.answer.rule;
    if (rule != nullptr && std::find(out.begin(), out.end(), rule->id) == out.end()) out.push_back(rule->id);
  }
  return out;
}

}  // namespace amaneku
