#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "libsim/entry_of.hpp"
#include "scenarios/catalogue/costs_words.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/studies/costs/costs_study.hpp"
#include "scenarios/studies/studies.hpp"

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
              {"of_operator", project.of_operator > 0 ? Json(project.of_operator) : Json(nullptr)},
              {"assets", assets},
              {"cost_jpy", project.cost_jpy},
              {"shares", shares}};
  out.update(payers_json(project.answer.amounts_jpy));
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

/// A burden for each inhabitant whom the plan gains; null where there is nobody.
Json per_inhabitant(std::int64_t amount_jpy, const PlanResult& result) {
  const double people = gained(result.statistics, result.existing).people;
  return people > 0.0 ? Json(static_cast<double>(amount_jpy) / people) : Json(nullptr);
}

void add_bill(Json& entry, const CostCatalogue& catalogue, const SiteBill& bill) {
  entry["capex_jpy"] = bill.cost.capex_jpy;
  entry["opex_jpy_per_year"] = bill.cost.opex_jpy_per_year;
  entry["total_cost_jpy"] = bill.life.total_jpy;
  entry["net_present_value_jpy"] = bill.life.present_jpy;
  entry["assets"] = assets_json(bill.cost, catalogue);
  if (bill.funding) entry["subsidy"] = subsidy_json(bill);
}

Json bill_json(const MoneyInput& money, const Bill& bill, const PlanResult& result) {
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

std::vector<Column> payer_columns() {
  return {integer_column("national_jpy", "JPY", "paid by the nation"),
          integer_column("prefecture_jpy", "JPY", "paid by the prefecture"),
          integer_column("municipality_jpy", "JPY", "paid by the municipality"),
          integer_column("operator_jpy", "JPY", "paid by the operator")};
}

std::vector<Attribute> payer_values(const PayerAmounts& by_body_jpy) {
  return {of(by_body_jpy, Payer::nation), of(by_body_jpy, Payer::prefecture), of(by_body_jpy, Payer::municipality),
          of(by_body_jpy, Payer::mobile_operator)};
}

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Table plan_table(const MoneyInput& money, const Bill& bill) {
  Table table{
      .name = "costs",
      .meaning = "Costs of the plan, and who pays",
      .columns = {text_column("currency", "currency"), integer_column("year", "", "year of the prices"),
                  integer_column("years", "1", "years of operation"), real_column("discount_rate", "1", "a year"),
                  real_column("inflation", "1", "a year"), integer_column("capex_jpy", "JPY", "purchase"),
                  integer_column("opex_jpy_per_year", "JPY/year", "operation"),
                  integer_column("total_cost_jpy", "JPY", "over all years"),
                  integer_column("net_present_value_jpy", "JPY", "of all years")},
      .outputs = {.single = true}};
  std::vector<Attribute> row = {money.terms.basis.currency,
                                std::int64_t{money.terms.basis.year},
                                std::int64_t{money.horizon.years},
                                money.horizon.discount_rate,
                                money.horizon.inflation,
                                bill.capex_jpy,
                                bill.opex_jpy_per_year,
                                bill.life.total_jpy,
                                bill.life.present_jpy};
  if (bill.has_funding) {
    append(table.columns, payer_columns());
    append(row, payer_values(bill.by_body_jpy));
    append(table.columns,
           {integer_column("prefecture_after_bonds_jpy", "JPY", "burden of the prefecture after bonds"),
            integer_column("municipality_after_bonds_jpy", "JPY", "burden of the municipality after bonds")});
    append(row, {bill.prefecture_least_jpy, bill.municipality_least_jpy});
  }
  table.add(std::move(row));
  return table;
}

Table sites_table(const PlanInput& input, const Bill& bill) {
  Table table{.name = "site_costs",
              .meaning = "Costs of each planned site, and who pays",
              .columns = {text_column("site_id", "site"), text_column("name", "its name"),
                          integer_column("capex_jpy", "JPY", "purchase"),
                          integer_column("opex_jpy_per_year", "JPY/year", "operation"),
                          integer_column("total_cost_jpy", "JPY", "over all years"),
                          integer_column("net_present_value_jpy", "JPY", "of all years")}};
  if (bill.has_funding) {
    append(table.columns, payer_columns());
    append(table.columns,
           {integer_column("municipality_after_bonds_jpy", "JPY", "burden of the municipality after bonds"),
            integer_column("households", "1", "that the rules were asked with; none: not known"),
            text_column("rule_ids", "rules that pay")});
  }
  for (const SiteBill& of : bill.sites) {
    const Site& site = input.network.sites[of.site];
    std::vector<Attribute> row = {
        site.id, site.name, of.cost.capex_jpy, of.cost.opex_jpy_per_year, of.life.total_jpy, of.life.present_jpy};
    if (of.funding) {
      std::string rules;
      for (const std::string& rule : rule_ids(*of.funding)) rules += (rules.empty() ? "" : ", ") + rule;
      append(row, payer_values(of.funding->by_body_jpy));
      append(row, {of.funding->municipality_least_jpy, of.households >= 0 ? Attribute(of.households) : Attribute{},
                   std::move(rules)});
    }
    row.resize(table.columns.size());
    table.add(Geometry(site.at), std::move(row));
  }
  return table;
}

Table assets_table(const PlanInput& input, const CostCatalogue& catalogue, const Bill& bill) {
  Table table{.name = "site_assets",
              .meaning = "What each site buys, at which price",
              .columns = {text_column("site_id", "site"), text_column("asset", "what is bought"),
                          text_column("payment", "once or yearly"), real_column("quantity", "1", "how much"),
                          real_column("unit_jpy", "JPY", "price of one"),
                          integer_column("amount_jpy", "JPY", "quantity times price"),
                          text_column("price", "entry of the price catalogue"),
                          text_column("source", "of the price; empty: the user's own figure"),
                          text_column("confidence", "of the price")}};
  for (const SiteBill& of : bill.sites) {
    for (const CostLine& line : of.cost.lines) {
      const PriceItem& price = entry_of(catalogue.prices, line.asset->price, "price");
      table.add({input.network.sites[of.site].id, line.asset->id,
                 std::string(kPaymentWords[static_cast<std::size_t>(line.asset->payment)]),
                 static_cast<double>(line.quantity), static_cast<double>(line.unit_jpy), line.amount_jpy, price.id,
                 price.source, price.confidence});
    }
  }
  return table;
}

Table projects_table(const PlanInput& input, const Bill& bill) {
  Table table{
      .name = "site_projects",
      .meaning = "Projects of the sites under the subsidy programmes",
      .columns = {text_column("site_id", "site"), text_column("rule_id", "rule; empty: own money"),
                  text_column("programme", "programme"), text_column("applicant", "applicant"),
                  integer_column("of_operator", "", "operator whose own assets they are; 0: shared by all"),
                  integer_column("cost_jpy", "JPY", "cost of the project")}};
  append(table.columns, payer_columns());
  append(table.columns, {text_column("status", "stated, inferred or ambiguous"),
                         text_column("source", "document and place of the rule")});
  for (const SiteBill& site : bill.sites) {
    if (!site.funding) continue;
    for (const FundedProject& project : site.funding->projects) {
      const SubsidyRule* rule = project.answer.rule;
      std::vector<Attribute> row = {input.network.sites[site.site].id,
                                    rule != nullptr ? rule->id : std::string(),
                                    project.programme,
                                    project.applicant,
                                    static_cast<std::int64_t>(project.of_operator),
                                    project.cost_jpy};
      append(row, payer_values(project.answer.amounts_jpy));
      append(row, {rule != nullptr ? std::string(status_word(project.answer.status)) : std::string(),
                   rule != nullptr ? rule->source : std::string()});
      table.add(std::move(row));
    }
  }
  return table;
}

}  // namespace

std::vector<Table> CostsStudy::tables(const PlanInput& input, const PlanResult& /*result*/) const {
  std::vector<Table> out = {plan_table(*money, bill), sites_table(input, bill),
                            assets_table(input, money->catalogue, bill)};
  if (bill.has_funding) out.push_back(projects_table(input, bill));
  return out;
}

void CostsStudy::summarize(Json& summary, const PlanInput& /*input*/, const PlanResult& result) const {
  summary["costs"] = bill_json(*money, bill, result);
  for (const SiteBill& site : bill.sites) add_bill(summary["sites"][site.site], money->catalogue, site);
}

std::string CostsStudy::plan_text(Language language) const {
  return fill((money->funding ? phrases::kFundedPlan : phrases::kCostsPlan).in(language),
              {std::to_string(money->terms.basis.year), std::to_string(money->horizon.years)});
}

void CostsStudy::run(const StudyInput& plan, const Studies& earlier) {
  const BackhaulStudy& backhaul = earlier.get<BackhaulStudy>();
  if (backhaul.asked()) backhaul.share_out(*money);
  bill = bill_of_plan(*money, plan.radio, plan.result.maps, gained(plan.result.statistics, plan.result.existing));
  plan.warnings.insert(plan.warnings.end(), bill.warnings.begin(), bill.warnings.end());
}

std::string CostsStudy::closing(Language language, const PlanInput& /*input*/) const {
  const auto yen = [](std::int64_t amount_jpy) { return figure(static_cast<double>(amount_jpy)); };
  std::string out =
      '\n' +
      fill(phrases::kCostsClosing.in(language),
           {std::to_string(money->terms.basis.year), yen(bill.capex_jpy), yen(bill.opex_jpy_per_year),
            std::to_string(money->horizon.years), yen(bill.life.present_jpy)}) +
      '\n';
  if (!bill.has_funding) return out;
  const auto part = [&](Payer payer) { return yen(of(bill.by_body_jpy, payer)); };
  return out + "  " +
         fill(phrases::kPaidBy.in(language),
              {part(Payer::nation), part(Payer::prefecture), part(Payer::municipality),
               yen(bill.municipality_least_jpy), part(Payer::mobile_operator)}) +
         '\n';
}

}  // namespace amaneku::scenarios
