#include "scenarios/bill_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "libsim/radio/entry_of.hpp"
#include "scenarios/costs_words.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

std::int64_t of(const PayerAmounts& amounts_jpy, Payer payer) {
  return amounts_jpy[static_cast<std::size_t>(payer)];
}

Json payers_json(const PayerAmounts& by_body_jpy) {
  return {{"national_jpy", of(by_body_jpy, Payer::nation)},
          {"prefecture_jpy", of(by_body_jpy, Payer::prefecture)},
          {"municipality_jpy", of(by_body_jpy, Payer::municipality)},
          {"operator_jpy", of(by_body_jpy, Payer::mobile_operator)}};
}

Json assets_json(const SiteCost& cost, const CostCatalogue& catalogue) {
  Json out = Json::array();
  for (const CostLine& line : cost.lines) {
    const PriceItem& price = entry_of(catalogue.prices, line.asset->price, "price");
    out.push_back({{"id", line.asset->id},
                   {"payment", kPaymentWords[static_cast<std::size_t>(line.asset->payment)]},
                   {"quantity", line.quantity},
                   {"unit_jpy", line.unit_jpy},
                   {"amount_jpy", line.amount_jpy},
                   {"price", price.id},
                   {"source", price.source.empty() ? Json(nullptr) : Json(price.source)},
                   {"confidence", price.confidence}});
  }
  return out;
}

Json project_json(const FundedProject& project, const SiteCost& cost) {
  Json assets = Json::array();
  for (const std::size_t line : project.lines) assets.push_back(cost.lines[line].asset->id);
  Json shares = Json::object();
  for (std::size_t i = 0; i < kPayerCount; ++i) {
    if (project.answer.shares[i] != Rational()) shares[kPayerWords[i]] = project.answer.shares[i].text();
  }
  const SubsidyRule* rule = project.answer.rule;
  Json out = {{"rule_id", rule != nullptr ? Json(rule->id) : Json(nullptr)},
              {"programme", project.programme},
              {"applicant", project.applicant},
              {"assets", assets},
              {"cost_jpy", project.cost_jpy},
              {"shares", shares}};
  out.update(payers_json(project.answer.by_body_jpy));
  if (rule == nullptr) return out;
  out["status"] = status_word(project.answer.status);
  out["basis"] = rule->basis;
  out["ambiguities"] = project.answer.ambiguities;
  out["source"] = rule->source;
  return out;
}

Json subsidy_json(const SiteBill& site) {
  const SiteFunding& funding = *site.funding;
  Json out = payers_json(funding.by_body_jpy);
  out["rule_ids"] = rule_ids(funding);
  out["prefecture_after_bonds_jpy"] = funding.prefecture_least_jpy;
  out["municipality_after_bonds_jpy"] = funding.municipality_least_jpy;
  out["households"] = site.households >= 0 ? Json(site.households) : Json(nullptr);
  Json projects = Json::array();
  for (const FundedProject& project : funding.projects) projects.push_back(project_json(project, site.cost));
  out["projects"] = projects;
  return out;
}

/// A burden for each inhabitant who is covered; null where nobody is.
Json per_inhabitant(std::int64_t amount_jpy, const PlanResult& result) {
  const double people = result.statistics.population.covered;
  return people > 0.0 ? Json(static_cast<double>(amount_jpy) / people) : Json(nullptr);
}

}  // namespace

void add_bill(Json& entry, const PlanInput& input, const PlanResult& result, std::size_t site) {
  if (!result.bill) return;
  const auto& sites = result.bill->sites;
  const auto found =
      std::find_if(sites.begin(), sites.end(), [&](const SiteBill& bill) { return bill.site == site; });
  if (found == sites.end()) return;
  entry["capex_jpy"] = found->cost.capex_jpy;
  entry["opex_jpy_per_year"] = found->cost.opex_jpy_per_year;
  entry["total_cost_jpy"] = found->life.total_jpy;
  entry["net_present_value_jpy"] = found->life.present_jpy;
  entry["assets"] = assets_json(found->cost, input.money->catalogue);
  if (found->funding) entry["subsidy"] = subsidy_json(*found);
}

Json bill_json(const PlanInput& input, const PlanResult& result) {
  const Bill& bill = *result.bill;
  const MoneyInput& money = *input.money;
  Json out = {{"currency", money.terms.basis.currency},
              {"year", money.terms.basis.year},
              {"years", money.horizon.years},
              {"discount_rate", money.horizon.discount_rate},
              {"inflation", money.horizon.inflation},
              {"sharing", kSharingWords[static_cast<std::size_t>(money.terms.sharing.level)]},
              {"operators", money.terms.sharing.operators},
              {"capex_jpy", bill.capex_jpy},
              {"opex_jpy_per_year", bill.opex_jpy_per_year},
              {"total_cost_jpy", bill.life.total_jpy},
              {"net_present_value_jpy", bill.life.present_jpy},
              {"capex_per_covered_inhabitant_jpy", per_inhabitant(bill.capex_jpy, result)}};
  if (!bill.has_funding) return out;
  Json subsidy = payers_json(bill.by_body_jpy);
  subsidy["prefecture_after_bonds_jpy"] = bill.prefecture_least_jpy;
  subsidy["municipality_after_bonds_jpy"] = bill.municipality_least_jpy;
  subsidy["municipality_per_covered_inhabitant_jpy"] =
      per_inhabitant(of(bill.by_body_jpy, Payer::municipality), result);
  subsidy["municipality_after_bonds_per_covered_inhabitant_jpy"] =
      per_inhabitant(bill.municipality_least_jpy, result);
  Json programmes = Json::array();
  for (const auto& [programme, cost_jpy] : bill.by_programme_jpy)
    programmes.push_back({{"programme", programme}, {"cost_jpy", cost_jpy}});
  subsidy["programmes"] = programmes;
  out["subsidy"] = subsidy;
  return out;
}

}  // namespace amaneku::scenarios
