// [[backhaul.cable_television]]: fields that must be there, words that are understood, the programme that pays.
#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;

namespace cable_television {
namespace {

constexpr const char* kAsked = R"(
[costs]
path = "costs.toml"
year = 2025
years = 10
discount_rate = 0.0

[subsidy]
fiscal_years = ["R6"]
applicants = ["municipality"]

[subsidy.municipalities]
path = "municipalities.csv"

[subsidy.facts]
catv_in_disaster_plan = true
island = false

[backhaul]

[[backhaul.exchange]]
name = "West office"
lon = 138.66
lat = 35.26

[[backhaul.cable_television]]
path = "television.geojson"
)";

constexpr const char* kPrices = R"([price.metre]
name = "a metre"
low = 1000
currency = "JPY"
year = 2025
[price.year]
name = "a year"
low = 7
currency = "JPY"
year = 2025
[[deflator]]
from_currency = "JPY"
from_year = 2009
to_currency = "JPY"
to_year = 2025
factor = 1.0
source = "test"
[asset.fibre_aerial]
price = "metre"
[asset.access_road]
price = "metre"
[asset.lease]
price = "year"
[asset.fees]
price = "year"
)";

/// In the west, far from every cable, and one that is fibre already.
constexpr const char* kLines = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"kind":"coax","power":"mains","households":40,"amplifiers":6},"geometry":{"type":"LineString","coordinates":[[138.660,35.335],[138.690,35.335]]}},
{"type":"Feature","properties":{"kind":"coax","power":"backed_up","households":10,"amplifiers":2},"geometry":{"type":"LineString","coordinates":[[138.660,35.340],[138.670,35.340]]}},
{"type":"Feature","properties":{"kind":"fibre","power":null,"households":50,"amplifiers":null},"geometry":{"type":"LineString","coordinates":[[138.660,35.345],[138.670,35.345]]}}]})";

class World : public test::SmallWorld {
 public:
  World() {
    test::write_text(scenario(), std::string(kScenario) + kAsked);
    test::write_text(file("costs.toml"), kPrices);
    test::write_text(file("television.geojson"), kLines);
    test::write_text(file("municipalities.csv"),
                     "code,designations,fiscal_capacity_index\n99001,過疎,0.3\n99002,,0.9\n");
  }
  void edit_lines(const std::string& from, const std::string& to) const {
    test::write_text(file("television.geojson"), test::replaced(kLines, from, to));
  }
  [[nodiscard]] std::string faults() const {
    try {
      (void)load(scenario(), {.check_only = true});
    } catch (const InputError& error) {
      return error.what();
    }
    return "no fault";
  }
};

std::string faults_with(const std::string& from, const std::string& to) {
  const World world;
  world.edit_lines(from, to);
  return world.faults();
}

}  // namespace

TEST_CASE("cable television: what is not understood is refused with its feature") {
  CHECK(World().faults() == "no fault");
  CHECK_THAT(faults_with("\"kind\":\"coax\"", "\"kind\":\"copper\""),
             Contains("kind") && Contains("copper") && Contains("coax, fibre"));
  CHECK_THAT(faults_with("\"power\":\"mains\"", "\"power\":\"grid\""),
             Contains("power") && Contains("grid") && Contains("mains, backed_up"));
  CHECK_THAT(faults_with("\"power\":\"mains\"", "\"power\":null"),
             Contains("power") && Contains("not understood"));
  CHECK_THAT(faults_with("\"households\":40", "\"households\":-1"), Contains("households") && Contains("-1"));
  CHECK_THAT(faults_with("\"households\":40", "\"households\":\"many\""), Contains("many"));
  CHECK_THAT(faults_with("\"amplifiers\":6", "\"amplifiers\":\"6.5\""), Contains("amplifiers") && Contains("6.5"));
  CHECK_THAT(faults_with("\"type\":\"LineString\",\"coordinates\":[[138.660,35.335],[138.690,35.335]]",
                         "\"type\":\"Point\",\"coordinates\":[138.660,35.335]"),
             Contains("lines"));
  const World without;
  std::string text = kLines;
  for (std::size_t at = text.find("\"power\""); at != std::string::npos; at = text.find("\"power\""))
    text.replace(at, 7, "\"feed\"");
  test::write_text(without.file("television.geojson"), text);
  CHECK_THAT(without.faults(), Contains("has no field \"power\"") && Contains("cable_television.md"));
}

TEST_CASE("cable television: a table, the programme that pays, and both reports") {
  const World world;
  const Planned planned = run(load(world.scenario()), {.threads = 1});
  const auto summary = nlohmann::json::parse(summary_json(planned));
  const auto& towns = summary["backhaul"]["cable_television"];
  REQUIRE(towns.size() == 1);
  const auto& west = towns[0];
  CHECK(west["code"] == "99001");
  CHECK(west["households"] == 100);
  CHECK(west["households_on_mains"] == 40);
  CHECK(west["on_mains_percent"].get<double>() == Approx(40.0));
  CHECK(west["amplifiers"] == 8);
  CHECK(west["amplifiers_on_mains"] == 6);
  // 0.04 degrees of longitude at latitude 35.34: 3.64 km.
  CHECK(west["coaxial_km"].get<double>() == Approx(3.64).epsilon(0.01));
  CHECK(west["fibre_km"].get<double>() == Approx(0.91).epsilon(0.01));
  CHECK(west["beside_km"] == 0.0);
  const auto cost_jpy = west["cost_jpy"].get<std::int64_t>();
  CHECK(static_cast<double>(cost_jpy) == Approx(1e6 * west["to_lay_km"].get<double>()).epsilon(1e-3));
  // Half of it by the nation, in whole thousands.
  CHECK_THAT(west["rule_ids"].get<std::string>(), Contains("CT-R6-muni"));
  CHECK(west["national_jpy"].get<std::int64_t>() == cost_jpy / 2 / 1000 * 1000);
  CHECK_THAT(report_html(planned, Language::en),
             Contains("Cable television: coaxial cable to fibre") && Contains("6 of 8") && Contains("CT-R6-muni"));
  CHECK_THAT(report_html(planned, Language::ja), Contains("ケーブルテレビの光化") && Contains("6／8"));
  const auto told = [](const Planned& plan, const std::string& id) {
    for (const Warning& warning : plan.result.warnings) {
      if (warning.id == id) return warning.message;
    }
    return std::string();
  };
  CHECK_THAT(told(planned, "subsidy_not_in_force"), Contains("CT-R6-muni (budget_request)"));
  CHECK_THAT(told(planned, "subsidy_undecided"), !Contains("CT "));
  // Nobody has said that the disaster plan names it.
  world.edit("catv_in_disaster_plan = true\n", "");
  const Planned silent = run(load(world.scenario()), {.threads = 1});
  CHECK(nlohmann::json::parse(summary_json(silent))["backhaul"]["cable_television"][0]["rule_ids"] == "");
  CHECK_THAT(told(silent, "subsidy_not_in_force"), !Contains("CT-R6-muni"));
}

}  // namespace cable_television
