// Costs and subsidies of a scenario: what is read, what is wrong, and the bill of the demo region.
#include "scenarios/studies/costs/costs_study.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

#include "scenarios/demo/region.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/report/html.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;
using Json = nlohmann::json;

namespace {

constexpr const char* kMoney = R"(
[costs]
path = "costs.toml"
year = 2025
years = 10
discount_rate = 0.04

[costs.sites]
path = "site_costs.csv"

[[costs.exchange]]
lon = 138.66
lat = 35.26

[subsidy]
fiscal_years = ["R6", "R7"]
persons_per_household = 2

[subsidy.municipalities]
path = "municipalities.csv"
)";

constexpr const char* kPrices = R"([[deflator]]
from_currency = "JPY"
from_year = 2009
to_currency = "JPY"
to_year = 2025
factor = 1.0
source = "test"
[price.metre]
name = "a metre"
low = 1000
currency = "JPY"
year = 2025
[price.year]
name = "a year"
low = 100000
currency = "JPY"
year = 2025
[asset.fibre_aerial]
price = "metre"
[asset.access_road]
price = "metre"
[asset.lease]
price = "year"
[asset.fees]
price = "year"
)";

/// The small world with costs: two sites, a whole station each.
class PricedWorld : public SmallWorld {
 public:
  PricedWorld() {
    test::write_text(scenario(), std::string(kScenario) + kMoney);
    test::write_text(file("costs.toml"), kPrices);
    test::write_text(file("site_costs.csv"), "site_id,households\nB,120\n");
    test::write_text(file("municipalities.csv"),
                     "code,designations,fiscal_capacity_index\n99001,過疎,0.3\n99002,半島|豪雪,0.55\n");
  }
};

std::string complaint(const SmallWorld& world) {
  try {
    (void)load(world.scenario());
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Json summary_of(const std::filesystem::path& scenario,
                const std::vector<std::pair<std::string, std::string>>& settings = {}) {
  return Json::parse(summary_json(run(load(scenario, {.settings = settings}))));
}

const char* const kPayers[] = {"national_jpy", "prefecture_jpy", "municipality_jpy", "operator_jpy"};

/// From assets to sites to the plan, and over payers, to the yen.
void check_sums(const Json& summary) {
  std::int64_t capex_jpy = 0;
  std::int64_t opex_jpy = 0;
  std::map<std::string, std::int64_t> payers;
  for (const Json& site : summary["sites"]) {
    CHECK(site.contains("capex_jpy") == (site["status"] == "existing"));
    if (!site.contains("capex_jpy")) continue;
    std::int64_t once_jpy = 0;
    std::int64_t yearly_jpy = 0;
    for (const Json& asset : site["assets"])
      (asset["payment"] == "once" ? once_jpy : yearly_jpy) += asset["amount_jpy"].get<std::int64_t>();
    CHECK(once_jpy == site["capex_jpy"]);
    CHECK(yearly_jpy == site["opex_jpy_per_year"]);
    std::int64_t paid_jpy = 0;
    std::int64_t projects_jpy = 0;
    for (const char* payer : kPayers) {
      payers[payer] += site["subsidy"][payer].get<std::int64_t>();
      paid_jpy += site["subsidy"][payer].get<std::int64_t>();
    }
    for (const Json& project : site["subsidy"]["projects"])
      projects_jpy += project["cost_jpy"].get<std::int64_t>();
    CHECK(paid_jpy == site["capex_jpy"]);
    CHECK(projects_jpy == site["capex_jpy"]);
    capex_jpy += site["capex_jpy"].get<std::int64_t>();
    opex_jpy += site["opex_jpy_per_year"].get<std::int64_t>();
  }
  CHECK(capex_jpy == summary["costs"]["capex_jpy"]);
  CHECK(opex_jpy == summary["costs"]["opex_jpy_per_year"]);
  for (const char* payer : kPayers) CHECK(payers[payer] == summary["costs"]["subsidy"][payer]);
}

const Json& site_of(const Json& summary, const std::string& id) {
  for (const Json& site : summary["sites"]) {
    if (site["id"] == id) return site;
  }
  FAIL("no site " << id);
  return summary;
}

Json share_of(const Json& site, const std::string& programme) {
  for (const Json& project : site["subsidy"]["projects"]) {
    if (project["programme"] == programme) return project["shares"]["nation"];
  }
  return nullptr;
}

}  // namespace

TEST_CASE("costs and payers of a small plan") {
  const PricedWorld world;
  const Json summary = summary_of(world.scenario());
  check_sums(summary);
  const Json& a = site_of(summary, "A");
  CHECK(a["assets"][0]["id"] == "station");
  CHECK(a["assets"][0]["amount_jpy"] == 30'000'000);
  CHECK(a["assets"][0]["source"] == "Tottori pref. budget FY2009");
  CHECK(a["subsidy"]["rule_ids"] == Json::array({"KT-R6-1-lg-single", "KD-R6-muni-other-slide7"}));
  CHECK(site_of(summary, "B")["subsidy"]["households"] == 120);
  CHECK_FALSE(site_of(summary, "C").contains("capex_jpy"));
  // B stands where the index is 0.55: fibre at 1/3.
  CHECK(share_of(site_of(summary, "B"), "KD") == "1/3");
  std::set<std::string> ids;
  for (const Json& warning : summary["warnings"]) ids.insert(warning["id"]);
  CHECK(ids.count("price_without_source") == 1);
  CHECK(ids.count("subsidy_not_in_force") == 1);
}

TEST_CASE("a plan without costs has no bill") {
  const SmallWorld world;
  const Json summary = summary_of(world.scenario());
  CHECK_FALSE(summary.contains("costs"));
  CHECK_FALSE(summary["sites"][0].contains("capex_jpy"));
}

TEST_CASE("two operators on one station lower the municipality's burden") {
  const PricedWorld world;
  const Json one = summary_of(world.scenario());
  const Json two = summary_of(world.scenario(), {{"costs.operators", "2"}, {"costs.sharing", "\"core\""}});
  check_sums(two);
  CHECK(two["costs"]["capex_jpy"] == one["costs"]["capex_jpy"]);
  // Of the 30 M JPY of the station at A: 3/10 with one operator, 1/5 with two.
  CHECK(one["sites"][0]["subsidy"]["municipality_jpy"].get<std::int64_t>() -
            two["sites"][0]["subsidy"]["municipality_jpy"].get<std::int64_t>() ==
        3'000'000);
}

TEST_CASE("costs of a scenario: what a user may write wrong") {
  const auto with = [](const std::string& from, const std::string& to) {
    const PricedWorld world;
    world.edit(from, to);
    return complaint(world);
  };
  CHECK(says(with("discount_rate = 0.04\n", ""), "costs.discount_rate: is required in [costs]"));
  CHECK(says(with("years = 10", "years = 0"), "costs.years = 0: out of range (legal: 1 .. 100 a)"));
  CHECK(says(
      with("year = 2025", "year = 2024"),
      "site A: jp.bs.hole.2009 is in JPY of 2009, the plan in JPY of 2024: state a [[deflator]] between them in a "
      "file of costs"));
  CHECK(says(with("\"R6\", \"R7\"", "\"R6\", \"R77\""), "did you mean \"R7\"?"));
  CHECK(
      says(with("[subsidy]\n", "[subsidy]\napplicants = [\"municipalty\"]\n"), "did you mean \"municipality\"?"));
  CHECK(says(with("[subsidy]\n", "[subsidy]\noperator_part = \"0.5\"\n"),
             "subsidy.operator_part = \"0.5\": is no fraction"));
  CHECK(says(with("[subsidy]\n", "[subsidy]\noperator_part = \"3/2\"\n"), "is more than all"));
  CHECK(
      says(with("[subsidy]\n", "[subsidy]\nchoices = [\"kd_r6_rates=slide_9\"]\n"), "did you mean \"slide_7\"?"));
  CHECK(says(with("[subsidy]\n", "[subsidy]\nprogrammes = [\"KTT\"]\n"), "subsidy.programmes"));
  CHECK(says(with("[subsidy]\n", "[subsidy]\n[subsidy.facts]\nwork = \"old\"\n"), "legal: new | upgrade"));
  const PricedWorld alone;
  test::write_text(alone.scenario(), std::string(SmallWorld::kScenario) + "[subsidy]\nfiscal_years = [\"R7\"]\n");
  CHECK(says(complaint(alone), "subsidy.fiscal_years = [\"R7\"]: needs [costs]"));
}

TEST_CASE("tables of sites and municipalities: what a user may write wrong") {
  const auto sites = [](const std::string& text) {
    const PricedWorld world;
    test::write_text(world.file("site_costs.csv"), text);
    return complaint(world);
  };
  CHECK(says(sites("site_id,bild\nA,mast\n"), "site_costs.csv:1: bild: unknown column; did you mean \"build\"?"));
  CHECK(says(sites("site_id,build\nA,tower\n"),
             "site_costs.csv:2: build = tower: unknown word (legal: turnkey | mast"));
  CHECK(says(sites("site_id,build\nZ,mast\n"), "site_costs.csv:2: site_id = Z: there is no site of this id"));
  CHECK(says(sites("site_id,grid_m\nA,-3\n"), "site_costs.csv:2: grid_m = -3: out of range"));
  CHECK(says(sites("site_id,snow\nA,much\n"), "site_costs.csv:2: snow = much: is not true or false"));
  CHECK(says(sites("site_id,designations\nA,過疏\n"), "did you mean"));
  CHECK(says(sites("build\nmast\n"), "site_id: the column is missing"));
  CHECK(says(sites("site_id,buried_m\nA,100\n"),
             "site A: fibre underground is needed and has no price: no source is known, state your own"));
  const auto municipalities = [](const std::string& text) {
    const PricedWorld world;
    test::write_text(world.file("municipalities.csv"), text);
    return complaint(world);
  };
  CHECK(says(municipalities("code,designations\n99001,過疎\n"), "fiscal_capacity_index: the column is missing"));
  CHECK(says(municipalities("code,designations,fiscal_capacity_index\n99001,過疎地帯,0.3\n"),
             "municipalities.csv:2: designations = 過疎地帯"));
  CHECK(says(municipalities("code,designations,fiscal_capacity_index\n99001,,0.3\n99001,,0.4\n"),
             "municipalities.csv:3: code = 99001: comes twice"));
  CHECK(says(municipalities("code,designations,fiscal_capacity_index\n99001,,11\n"),
             "out of range (legal: 0 .. 10)"));
}

TEST_CASE("the bill of the demo region adds up, and an island site has an island's shares", "[demo]") {
  const test::TemporaryFolder folder;
  const std::filesystem::path scenario = write_demo_region(folder.path());
  const std::vector<std::pair<std::string, std::string>> quick = {{"coverage.radius_m", "2000"}};
  check_sums(summary_of(scenario, quick));

  // Without a backhaul of its own every site has its own line, and what one draws does not hang on the others.
  const std::string text = test::read_bytes(scenario);
  const std::size_t begin = text.find("[backhaul]");
  const std::size_t end = text.find("[[costs.exchange]]");
  REQUIRE(begin < end);
  REQUIRE(end != std::string::npos);
  test::write_text(scenario, text.substr(0, begin) + text.substr(end));
  const Json before = summary_of(scenario, quick);
  check_sums(before);
  CHECK(before["costs"]["capex_jpy"].get<std::int64_t>() > 100'000'000);
  CHECK(share_of(site_of(before, "S10"), "KT") == "1/2");
  CHECK(share_of(site_of(before, "S10"), "KD") == "1/2");

  // Two operators in one network: 2/3 of a station by the nation, and of the rest 3/5 by the municipality: 1/5,
  // not 3/10.
  auto shared_network = quick;
  shared_network.insert(shared_network.end(), {{"costs.operators", "2"}, {"costs.sharing", "\"core\""}});
  const Json shared = summary_of(scenario, shared_network);
  check_sums(shared);
  CHECK(share_of(site_of(shared, "S10"), "KT") == "2/3");
  std::int64_t stations_jpy = 0;
  for (const Json& programme : before["costs"]["subsidy"]["programmes"]) {
    if (programme["programme"] == "KT") stations_jpy = programme["cost_jpy"].get<std::int64_t>();
  }
  REQUIRE(stations_jpy > 50'000'000);
  const std::int64_t relief_jpy = before["costs"]["subsidy"]["municipality_jpy"].get<std::int64_t>() -
                                  shared["costs"]["subsidy"]["municipality_jpy"].get<std::int64_t>();
  // The nation's part is cut to 1,000 JPY, site by site, before and after.
  CHECK(std::abs(relief_jpy - stations_jpy / 10) < 10 * 1'000);

  // S10 moves beside the town hall of the island's village.
  const Json places = Json::parse(test::read_bytes(folder.path() / "places.geojson"));
  const auto hall = std::find_if(places["features"].begin(), places["features"].end(), [](const Json& feature) {
    return feature["properties"]["kind"] == "town_hall" &&
           feature["properties"]["name"].get<std::string>().find("鈴ヶ島") != std::string::npos;
  });
  REQUIRE(hall != places["features"].end());
  const Json at = (*hall)["geometry"]["coordinates"];
  std::string moved;
  std::istringstream rows(test::read_bytes(folder.path() / "sites.csv"));
  for (std::string row; std::getline(rows, row); moved += row + '\n') {
    if (row.compare(0, 4, "S10,") != 0) continue;
    const std::size_t lon = row.find(',', row.find(',') + 1) + 1;
    const std::size_t after_lat = row.find(',', row.find(',', lon) + 1);
    row.replace(lon, after_lat - lon,
                std::to_string(at[0].get<double>()) + ',' + std::to_string(at[1].get<double>()));
  }
  test::write_text(folder.path() / "sites.csv", moved);
  const Json after = summary_of(scenario, quick);
  check_sums(after);
  CHECK(share_of(site_of(after, "S10"), "KT") == "3/5");
  CHECK(share_of(site_of(after, "S10"), "KD") == "4/5");
  for (const char* id : {"S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09"})
    CHECK(site_of(after, id)["subsidy"]["national_jpy"] == site_of(before, id)["subsidy"]["national_jpy"]);
}

TEST_CASE("the report says who pays, in both languages, and the layer of sites has the bill") {
  const PricedWorld world;
  const Planned planned = run(load(world.scenario()));
  [[maybe_unused]] const PlanInput& input = planned.input;
  [[maybe_unused]] const PlanResult& result = planned.result;
  const std::string en = report_html(planned, Language::en);
  const std::string ja = report_html(planned, Language::ja);
  CHECK(says(en, "Costs and payers"));
  CHECK(says(en, "KT-R6-1-lg-single"));
  CHECK(says(en, "Tottori pref. budget FY2009"));
  CHECK(says(ja, "費用と負担"));
  CHECK(says(ja, "架空光ファイバ"));
  // The first page: what it costs in millions, and each payer's share of it.
  const Bill& bill = planned.studies.get<CostsStudy>().bill;
  const auto million = [](std::int64_t jpy) { return figure(1e-6 * static_cast<double>(jpy), 1); };
  CHECK(says(en, "<div class=\"block\"><h3>Costs and payers</h3>\n<p class=\"v\">" + million(bill.capex_jpy) +
                     "<small>"));
  const double nation_percent =
      100.0 * static_cast<double>(bill.by_body_jpy[0]) / static_cast<double>(bill.capex_jpy);
  CHECK(says(en, "Nation</td><td class=\"n\">" + million(bill.by_body_jpy[0]) + "</td>"));
  CHECK(says(en, percent_figure(nation_percent) + " %"));
  const std::string nation = std::to_string(planned.studies.get<CostsStudy>().bill.by_body_jpy[0]);
  CHECK(says(summary_json(planned), nation));
}
