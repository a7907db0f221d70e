// The best programme for each asset, and the bill that adds up.
#include "libsim/economics/best_programme.hpp"

#include <algorithm>
#include <random>

#include "libsim/economics/bill.hpp"
#include "scenarios/catalogue/costs_file.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

/// The built-in assets at round prices.
const CostCatalogue& costs() {
  static const CostCatalogue kCosts = read_costs(
      "[price.round]\nname = \"x\"\nlow = 1e6\ncurrency = \"JPY\"\nyear = 2025\n[price.metre]\nname = \"x\"\nlow "
      "= "
      "2000\ncurrency = \"JPY\"\nyear = 2025\n[price.mast]\nname = \"x\"\nlow = 8e6\ncurrency = \"JPY\"\nyear = "
      "2025\n"
      "[asset.mast]\nprice = \"mast\"\n[asset.rooftop_mount]\nprice = \"round\"\n[asset.shelter]\nprice = "
      "\"round\"\n"
      "[asset.transport]\nprice = \"round\"\n[asset.installation]\nprice = \"round\"\n[asset.radio]\nprice = "
      "\"round\"\n"
      "[asset.antenna]\nprice = \"round\"\n[asset.baseband]\nprice = \"round\"\n[asset.router]\nprice = "
      "\"round\"\n"
      "[asset.fibre_aerial]\nprice = \"metre\"\n[asset.fibre_buried]\nprice = "
      "\"metre\"\n[asset.fibre_submarine]\nprice = "
      "\"metre\"\n[asset.landing]\nprice = \"mast\"\n[asset.access_road]\nprice = \"metre\"\n[asset.grid]\nprice "
      "= "
      "\"metre\"\n[asset.lease]\nprice = \"round\"\n[asset.fees]\nprice = \"round\"\n",
      "test.toml", built_in_costs());
  return kCosts;
}

FundingTerms terms(std::vector<std::string> years = {"R6", "R7"},
                   std::vector<std::string> applicants = {"municipality"}) {
  return {.engine = built_in_subsidies(), .fiscal_years = std::move(years), .applicants = std::move(applicants)};
}

void set(FundingFacts& facts, const char* name, std::int64_t value) {
  facts.facts[static_cast<std::size_t>(fact_index(name))] = value;
}

FundingFacts place(bool island, int operators = 1) {
  FundingFacts out{.areas = {island ? "rito" : "kaso"}};
  set(out, "island", island ? 1 : 0);
  set(out, "fiscal_capacity_index", 300'000'000);
  set(out, "operators", operators * 1'000'000'000LL);
  set(out, "builders", operators * 1'000'000'000LL);
  set(out, "households", 80 * 1'000'000'000LL);
  set(out, "work", 0);
  set(out, "purpose", 0);
  return out;
}

const SiteWorks kMast{.build = BuildKind::mast, .sectors = 3, .grid_m = 200, .road_m = 150, .aerial_m = 3000};

SiteCost cost_of(const SiteWorks& works) {
  return site_cost(works, costs(), {.basis = {.year = 2025}});
}

const FundedProject& project_of(const SiteFunding& funding, const char* programme) {
  const auto found = std::find_if(funding.projects.begin(), funding.projects.end(),
                                  [&](const FundedProject& project) { return project.programme == programme; });
  REQUIRE(found != funding.projects.end());
  return *found;
}

std::int64_t part(const SiteFunding& funding, Payer payer) {
  return funding.by_body_jpy[static_cast<std::size_t>(payer)];
}

}  // namespace

TEST_CASE("mast under one programme, fibre under another, the path under none") {
  const SiteCost cost = cost_of(kMast);
  const SiteFunding funding = best_funding(cost, kMast, place(false), terms());
  REQUIRE(funding.projects.size() == 3);
  CHECK(project_of(funding, "KT").answer.rule->id == "KT-R6-1-lg-single");
  CHECK(project_of(funding, "KD").answer.rule->id == "KD-R6-muni-other-slide7");
  CHECK(project_of(funding, "KD").cost_jpy == 6'000'000);
  CHECK(project_of(funding, "").cost_jpy == 300'000);
  // Laying a path under KT asks which kind of municipality it is.
  for (const std::string& line : funding.undecided) CHECK(line.find("KT transmission_installation R") == 0);
  CHECK(best_funding(cost, kMast, place(false), terms({"R6", "R7"}, {"mainland_municipality"})).undecided.empty());
  std::vector<std::size_t> lines;
  std::int64_t sum_jpy = 0;
  for (const FundedProject& project : funding.projects) {
    lines.insert(lines.end(), project.lines.begin(), project.lines.end());
    sum_jpy += project.cost_jpy;
  }
  std::sort(lines.begin(), lines.end());
  CHECK(std::adjacent_find(lines.begin(), lines.end()) == lines.end());
  CHECK(sum_jpy == cost.capex_jpy);
}

TEST_CASE("moving a site to the island changes its shares as the rules say") {
  const SiteFunding island = best_funding(cost_of(kMast), kMast, place(true), terms({"R6"}));
  CHECK(project_of(island, "KT").answer.rule->id == "KT-R6-1-lg-single-island");
  CHECK(project_of(island, "KT").answer.shares[0] == Rational(3, 5));
  CHECK(project_of(island, "KD").answer.shares[0] == Rational(2, 3));
  const SiteFunding mainland = best_funding(cost_of(kMast), kMast, place(false), terms({"R6"}));
  CHECK(project_of(mainland, "KT").answer.shares[0] == Rational(1, 2));
  CHECK(part(island, Payer::nation) > part(mainland, Payer::nation));
}

TEST_CASE("bill: two operators instead of one lower the municipality's burden by what the rules say") {
  const auto burden = [&](int operators) {
    return part(best_funding(cost_of(kMast), kMast, place(false, operators), terms({"R3"})), Payer::municipality);
  };
  // Under KT R3: 3/10 with one operator, 1/5 with two. What lies under KD and own money is the same.
  const SiteFunding one = best_funding(cost_of(kMast), kMast, place(false, 1), terms({"R3"}));
  const std::int64_t under_kt = project_of(one, "KT").cost_jpy;
  CHECK(burden(1) - burden(2) ==
        under_kt * 3 / 10 - (under_kt - (under_kt * 2 / 3) / 1000 * 1000 - under_kt * 2 / 15));
}

TEST_CASE("operators that share nothing are a project each, at the share of one operator") {
  const CostTerms apart{.basis = {.year = 2025}, .sharing = {.level = SharingLevel::none, .operators = 2}};
  const SiteCost two_masts = site_cost(kMast, costs(), apart);
  const SiteFunding funding = best_funding(two_masts, kMast, place(false), terms({"R3"}));
  const SiteFunding alone = best_funding(cost_of(kMast), kMast, place(false), terms({"R3"}));
  std::int64_t sum_jpy = 0;
  for (const FundedProject& project : funding.projects) {
    INFO(project.programme << ' ' << project.of_operator);
    CHECK(project.of_operator >= 1);
    if (project.programme == "KT") CHECK(project.answer.shares[0] == Rational(1, 2));
    sum_jpy += project.cost_jpy;
  }
  CHECK(sum_jpy == two_masts.capex_jpy);
  CHECK(funding.projects.size() == 2 * alone.projects.size());
  CHECK(part(funding, Payer::nation) == 2 * part(alone, Payer::nation));
  CHECK(part(funding, Payer::municipality) == 2 * part(alone, Payer::municipality));
  // On one shared mast the rule for several applies: two thirds.
  const CostTerms together{.basis = {.year = 2025}, .sharing = {.level = SharingLevel::core, .operators = 2}};
  FundingFacts facts = place(false);
  set(facts, "operators", kUnknown);
  set(facts, "builders", kUnknown);
  const SiteFunding shared = best_funding(site_cost(kMast, costs(), together), kMast, facts, terms({"R3"}));
  CHECK(project_of(shared, "KT").answer.shares[0] == Rational(2, 3));
}

TEST_CASE("the chosen payer decides: the prefecture's money spares the municipality") {
  FundingTerms for_municipality = terms({"R6"}, {"municipality", "mobile_operator"});
  const SiteFunding spared = best_funding(cost_of(kMast), kMast, place(false), for_municipality);
  CHECK(project_of(spared, "KT").applicant == "mobile_operator");
  CHECK(part(spared, Payer::municipality) < 3'500'000);
  for_municipality.payer = Payer::mobile_operator;
  const SiteFunding local = best_funding(cost_of(kMast), kMast, place(false), for_municipality);
  CHECK(project_of(local, "KT").applicant == "municipality");
  CHECK(part(local, Payer::mobile_operator) == 0);
}

TEST_CASE("the chosen programme is never worse for the payer than any other") {
  const SiteWorks works{
      .build = BuildKind::mast, .sectors = 2, .buried_m = 4000, .submarine_m = 3000, .landings = 2};
  const SiteCost cost = cost_of(works);
  const std::vector<std::string> years = {"R3", "R5", "R6", "R7"};
  const std::int64_t best = best_funding(cost, works, place(true), terms(years)).municipality_least_jpy;
  for (const std::string& year : years) {
    const SiteFunding one = best_funding(cost, works, place(true), terms({year}));
    INFO(year);
    CHECK(best <= one.municipality_least_jpy);
  }
}

TEST_CASE("what a fact is missing for is named, not guessed") {
  FundingFacts facts = place(false);
  set(facts, "operators", kUnknown);  // follows from what is shared: nothing is missing
  const SiteFunding funding = best_funding(cost_of(kMast), kMast, facts, terms({"R3"}));
  REQUIRE(funding.undecided.size() == 1);
  CHECK(funding.undecided.begin()->find("KT transmission_installation R3: applicant") == 0);
  set(facts, "island", kUnknown);
  facts.areas = {"kaso"};
  const SiteFunding no_island = best_funding(cost_of(kMast), kMast, facts, terms({"R6"}));
  const auto names_island = [](const std::string& line) {
    return line.find("KT base_station_facility R6: island: is missing") == 0;
  };
  for (const std::string& line : no_island.undecided) UNSCOPED_INFO(line);
  CHECK(std::any_of(no_island.undecided.begin(), no_island.undecided.end(), names_island));
}

TEST_CASE("bills add up from assets to sites to the plan and over payers, for random plans") {
  std::mt19937_64 engine(11);
  const auto pick = [&](int count) { return std::uniform_int_distribution<int>(0, count - 1)(engine); };
  for (int round = 0; round < 40; ++round) {
    MoneyInput input{
        .catalogue = costs(), .terms = {.basis = {.year = 2025}}, .horizon = {.years = 10, .discount_rate = 0.04}};
    input.funding =
        terms({"R3", "R6", "R7"}, {"municipality", pick(2) == 0 ? "mobile_operator" : "prefecture_do_fu_ken"});
    input.funding->operator_part = Rational(pick(3), 4);
    input.persons_per_household = 2.3;
    input.terms.sharing = {static_cast<SharingLevel>(pick(4)), 1 + pick(3)};
    std::vector<std::size_t> sites;
    std::vector<double> people;
    for (std::size_t i = 0; i < 10; ++i) {
      SiteMoney money{.works = {.build = static_cast<BuildKind>(1 + 2 * pick(2)), .sectors = 1 + pick(3)}};
      if (money.works.build == BuildKind::upgrade) money.works.build = BuildKind::standing;
      money.works.grid_m = pick(900);
      money.works.aerial_m = pick(9000) + 0.37;
      money.works.buried_m = pick(2) * pick(5000);
      money.works.submarine_m = pick(3) == 0 ? pick(20'000) : 0;
      money.works.landings = money.works.submarine_m > 0 ? 2 : 0;
      money.facts = place(money.works.submarine_m > 0, 1 + pick(2));
      input.sites.push_back(money);
      sites.push_back(i);
      people.push_back(pick(1000));
    }
    const Bill bill = make_bill(input, sites, people);
    std::int64_t capex_jpy = 0;
    PayerAmounts payers{};
    for (const SiteBill& site : bill.sites) {
      std::int64_t assets_jpy = 0;
      for (const CostLine& line : site.cost.lines)
        assets_jpy += line.asset->payment == Payment::once ? line.amount_jpy : 0;
      REQUIRE(assets_jpy == site.cost.capex_jpy);
      std::int64_t paid_jpy = 0;
      for (std::size_t payer = 0; payer < kPayerCount; ++payer) {
        REQUIRE(site.funding->by_body_jpy[payer] >= 0);
        paid_jpy += site.funding->by_body_jpy[payer];
        payers[payer] += site.funding->by_body_jpy[payer];
      }
      REQUIRE(paid_jpy == site.cost.capex_jpy);
      std::vector<int> times(site.cost.lines.size(), 0);
      for (const FundedProject& project : site.funding->projects) {
        REQUIRE(project.answer.amounts_jpy[0] % 1000 == 0);
        for (const std::size_t line : project.lines) ++times[line];
      }
      for (std::size_t line = 0; line < times.size(); ++line) {
        const CostLine& of = site.cost.lines[line];
        REQUIRE(times[line] == (of.asset->payment == Payment::once && of.amount_jpy > 0 ? of.owners : 0));
      }
      capex_jpy += site.cost.capex_jpy;
    }
    REQUIRE(capex_jpy == bill.capex_jpy);
    REQUIRE(payers == bill.by_body_jpy);
    std::int64_t programmes_jpy = 0;
    for (const auto& [programme, cost_jpy] : bill.by_programme_jpy) programmes_jpy += cost_jpy;
    REQUIRE(programmes_jpy == bill.capex_jpy);
  }
}
