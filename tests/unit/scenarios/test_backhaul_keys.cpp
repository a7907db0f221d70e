// Cables side by side, the layout for one payer, and fibre to the homes: from keys to tables, bill and report.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/read/scenario.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using Json = nlohmann::json;

namespace backhaul_keys {
namespace {

constexpr const char* kAsked = R"(
[costs]
path = "costs.toml"
year = 2025
years = 10
discount_rate = 0.04

[[places]]
path = "places.geojson"

[backhaul]
place_kinds = ["school"]

[[backhaul.exchange]]
name = "West office"
lon = 138.66
lat = 35.26
)";

constexpr const char* kSubsidy = R"(
[subsidy]
fiscal_years = ["R6", "R7"]
applicants = ["municipality"]
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
[price.more]
name = "a metre of a further cable"
low = 301
currency = "JPY"
year = 2025
[price.year]
name = "a year"
low = 7
currency = "JPY"
year = 2025
[asset.fibre_aerial]
price = "metre"
[asset.fibre_further]
price = "more"
[asset.access_road]
price = "metre"
[asset.lease]
price = "year"
[asset.fees]
price = "year"
)";

constexpr const char* kSchool = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"kind":"school","name":"Hill school"},"geometry":{"type":"Point","coordinates":[138.705,35.302]}}]})";

class World : public test::SmallWorld {
 public:
  World() {
    test::write_text(scenario(), std::string(kScenario) + kAsked);
    test::write_text(file("costs.toml"), kPrices);
    test::write_text(file("places.geojson"), kSchool);
    test::write_text(file("municipalities.csv"),
                     "code,designations,fiscal_capacity_index\n99001,過疎,0.3\n99002,過疎,0.3\n");
  }
  void ask(const std::string& more) const { edit("place_kinds", more + "\nplace_kinds"); }
  void add(const std::string& section) const {
    test::write_text(scenario(), test::read_bytes(scenario()) + section);
  }
  [[nodiscard]] std::string complaint() const {
    try {
      (void)load(scenario());
      return "";
    } catch (const InputError& error) {
      return error.what();
    }
  }
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Json summary_of(const Planned& planned) {
  return Json::parse(summary_json(planned));
}

std::int64_t sum_over(const Json& rows, const char* key) {
  std::int64_t sum = 0;
  for (const Json& row : rows) sum += row[key].get<std::int64_t>();
  return sum;
}

bool warned(const Planned& planned, const std::string& id) {
  const auto& warnings = planned.result.warnings;
  return std::any_of(warnings.begin(), warnings.end(), [&](const Warning& warning) { return warning.id == id; });
}

}  // namespace

TEST_CASE("a cable of as many fibres as one site takes is laid once for each site behind it, to the yen") {
  const World world;
  world.ask("fibres_per_cable = 2");
  const Planned planned = run(load(world.scenario()));
  const Json summary = summary_of(planned);
  const Json& backhaul = summary["backhaul"];
  double further_m = 0.0;
  std::int64_t most = 0;
  for (const Json& row : backhaul["cables"]) {
    CHECK(row["cables"] == row["sites"]);
    CHECK(row["fibres"].get<int>() == 2 * row["sites"].get<int>());
    further_m += row["further_m"].get<double>();
    most = std::max(most, row["cables"].get<std::int64_t>());
  }
  CHECK(most == 3);  // two sites and the school
  CHECK(backhaul["further_cable_km"].get<double>() == Approx(1e-3 * further_m));
  const auto whole = backhaul["capex_jpy"].get<std::int64_t>();
  CHECK(sum_over(backhaul["cables"], "capex_jpy") == whole);
  CHECK(sum_over(backhaul["sites"], "capex_jpy") == whole);
  CHECK(static_cast<double>(whole) ==
        Approx(1000.0 * 1e3 * backhaul["fibre_km"].get<double>() + 301.0 * further_m).margin(100.0));
  CHECK(backhaul["lower_bound_jpy"].get<std::int64_t>() <= backhaul["present_value_jpy"].get<std::int64_t>());
  std::int64_t further_jpy = 0;
  for (const Json& site : summary["sites"]) {
    if (!site.contains("assets")) continue;
    for (const Json& asset : site["assets"])
      further_jpy += asset["id"] == "fibre_further" ? asset["amount_jpy"].get<std::int64_t>() : 0;
  }
  CHECK(further_jpy > 0);
  CHECK(holds(test::csv_of_table(planned, "backhaul_bill"), "fibre_further,once"));
  CHECK(holds(report_html(planned, Language::en), "A new cable holds 2 fibres"));
  CHECK(holds(report_html(planned, Language::ja), "新設ケーブルは 1 条 2 心"));
}

TEST_CASE("a cable that holds all fibres is laid once, and nothing else changes") {
  const World plain;
  const Json before = summary_of(run(load(plain.scenario())))["backhaul"];
  const World world;
  world.ask("fibres_per_cable = 6");
  const Json after = summary_of(run(load(world.scenario())))["backhaul"];
  CHECK(after["further_cable_km"] == 0.0);
  CHECK(after["capex_jpy"] == before["capex_jpy"]);
  CHECK(after["sites"] == before["sites"]);
  CHECK_FALSE(before.contains("cables"));
}

TEST_CASE("cables, payers and splitters: what is wrong is said with key and reason") {
  const auto refused = [](const std::string& asked, const std::string& section = "") {
    const World world;
    world.ask(asked);
    world.add(section);
    return world.complaint();
  };
  CHECK(holds(refused("fibres_per_site = 4"), "needs fibres_per_cable"));
  CHECK(holds(refused("fibres_per_cable = 0"), "fibres_per_cable"));
  CHECK(holds(refused("objective = \"municipality\""), "needs [subsidy]"));
  CHECK(holds(refused("objective = \"mayor\"", kSubsidy), "objective"));
  CHECK(refused("objective = \"municipality\"", kSubsidy).empty());
  const std::string passive = "\n[backhaul.passive_optical]\n";
  CHECK(holds(refused("", passive + "persons_per_household = 2.2\n"), "needs households_within_m"));
  CHECK(holds(refused("households_within_m = 1000.0", passive), "is needed, here or in [subsidy]"));
  CHECK(refused("households_within_m = 1000.0", kSubsidy + passive).empty());
  CHECK(holds(refused("households_within_m = 1000.0", passive + "persons_per_household = 2.2\nratio = 12\n"),
              "is no power of 2"));
  CHECK(holds(refused("households_within_m = 1000.0", passive + "persons_per_household = 2.2\nclass = \"D\"\n"),
              "class"));
  const World unpriced;
  test::write_text(unpriced.file("costs.toml"),
                   test::replaced(kPrices, "[asset.fibre_further]\nprice = \"more\"\n", ""));
  unpriced.ask("fibres_per_cable = 24");
  CHECK(holds(unpriced.complaint(), "[asset.fibre_further]"));
}

TEST_CASE("links that nobody's busy hour is held against are told of") {
  const auto planned_with = [](const std::string& least) {
    const World world;
    test::write_text(world.file("costs.toml"), std::string(kPrices) + "[asset.leased_line]\nprice = \"year\"\n");
    world.ask(least);
    world.add("\n[backhaul.leased]\nmbps = 100.0\navailability_percent = 99.9\ndelay_ms = 2.0\n");
    return run(load(world.scenario()));
  };
  CHECK(warned(planned_with(""), "backhaul_load_unknown"));
  CHECK_FALSE(warned(planned_with("least_mbps = 1.0"), "backhaul_load_unknown"));
}

TEST_CASE("the layout for a municipality: what it bears is told in every output and within its part of the bill") {
  const World world;
  world.ask("objective = \"municipality\"");
  world.add(kSubsidy);
  const Planned planned = run(load(world.scenario()));
  const Json summary = summary_of(planned);
  const Json& objective = summary["backhaul"]["objective"];
  CHECK(objective["payer"] == "municipality");
  const auto burden_jpy = objective["burden_jpy"].get<std::int64_t>();
  CHECK(objective["lower_bound_jpy"].get<std::int64_t>() <= burden_jpy);
  CHECK(burden_jpy <= objective["of_cheapest_jpy"].get<std::int64_t>());
  // No programme takes the fibre of this world: the municipality bears it whole.
  CHECK(objective["purchase_jpy"] == summary["backhaul"]["capex_jpy"]);
  CHECK(summary["backhaul"]["present_value_jpy"].get<std::int64_t>() >=
        summary["backhaul"]["lower_bound_jpy"].get<std::int64_t>());
  // There is one road, so that the layout is that of least present value whoever pays.
  const World all;
  all.add(kSubsidy);
  const Json total = summary_of(run(load(all.scenario())))["backhaul"];
  CHECK(total["capex_jpy"] == summary["backhaul"]["capex_jpy"]);
  CHECK_FALSE(total.contains("objective"));
  CHECK(burden_jpy == objective["of_cheapest_jpy"].get<std::int64_t>());
  CHECK(holds(report_html(planned, Language::en), "Least for: Municipality"));
  CHECK(holds(report_html(planned, Language::ja), "負担を最小とする主体: 市町村"));
  CHECK_FALSE(warned(planned, "backhaul_payer_bears_nothing"));
}

TEST_CASE("homes near the cables get cabinets, and only those with light count for the target of fibre") {
  const World world;
  world.ask("households_within_m = 2000.0");
  world.add(
      "\n[backhaul.passive_optical]\nratio = 8\ncabinet_reach_m = 500.0\npersons_per_household = 2.0\n"
      "\n[targets]\nids = [\"T-FTTH-2027\"]\n");
  const Planned planned = run(load(world.scenario()));
  const Json summary = summary_of(planned);
  const Json& passive = summary["backhaul"]["passive_optical"];
  REQUIRE(passive["cabinets"].size() > 0);
  double people = 0.0;
  for (const Json& cabinet : passive["cabinets"]) {
    people += cabinet["people"].get<double>();
    const int homes = cabinet["homes"].get<int>();
    CHECK(homes == static_cast<int>(std::ceil(cabinet["people"].get<double>() / 2.0)));
    CHECK(cabinet["splitters"].get<int>() == (homes + 7) / 8);
    CHECK(cabinet["exchange"] == "West office");
  }
  CHECK(people == Approx(summary["backhaul"]["people_near_cable"].get<double>()).margin(0.1));
  CHECK(sum_over(passive["cabinets"], "homes") == passive["homes"].get<std::int64_t>());
  CHECK(sum_over(passive["cabinets"], "splitters") == passive["splitters"].get<std::int64_t>());
  REQUIRE(summary["targets"].size() == 1);
  CHECK(summary["targets"][0]["actual"].get<double>() ==
        Approx(100.0 * passive["people_served"].get<double>() / 167.5));
  CHECK(holds(report_html(planned, Language::en), "through splitters 1:8"));
  CHECK(holds(report_html(planned, Language::ja), "FTTH（光スプリッタの配置）"));
}

}  // namespace backhaul_keys
