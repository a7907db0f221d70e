// Microwave and optical hops of a scenario: what is read, what is wrong, and what the results say.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/catalogue/rain_map.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "scenarios/output/network_layers.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/studies/backhaul/hop_scenario.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;

namespace {

constexpr const char* kMoney = R"(
[costs]
path = "costs.toml"
year = 2025
years = 10
discount_rate = 0.0

[[costs.exchange]]
name = "Head"
lon = 138.66
lat = 35.26

[backhaul]
least_mbps = 10.0

[backhaul.microwave]
bands = ["18ghz"]
dishes_m = [0.6, 1.2]

[backhaul.optics]
tx_power_dbm = 13.0
sensitivity_dbm = -33.0
mbps = 1000.0
rx_aperture_m = 0.2
visibility_km = [0.05, 0.2, 1.0, 10.0]
visibility_percent = [0.01, 0.1, 0.5, 5.0]

[backhaul.air]
rain_rate_001_mm_h = 50.0
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
low = 10000
currency = "JPY"
year = 2025
[price.end]
name = "an end"
low = 2000000
currency = "JPY"
year = 2025
[price.fee]
name = "a fee"
low = 30000
currency = "JPY"
year = 2025
[asset.fibre_aerial]
price = "metre"
[asset.access_road]
price = "metre"
[asset.lease]
price = "fee"
[asset.fees]
price = "fee"
[asset.microwave_terminal]
price = "end"
[asset.microwave_fees]
price = "fee"
[asset.optics_terminal]
price = "end"
)";

/// The small world made level, so that every mast sees every other one; fibre is dear.
class HopWorld : public test::SmallWorld {
 public:
  HopWorld() {
    for (float& value : ground().values) value = 300.0F;
    write_dem();
    test::write_text(scenario(), std::string(kScenario) + kMoney);
    test::write_text(file("costs.toml"), kPrices);
  }
  void edit_prices(const std::string& from, const std::string& to) const {
    test::write_text(file("costs.toml"), test::replaced(test::read_bytes(file("costs.toml")), from, to));
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

/// What is said after one piece of the scenario was exchanged.
std::string faults_with(const std::string& from, const std::string& to) {
  const HopWorld world;
  world.edit(from, to);
  return world.faults();
}

}  // namespace

TEST_CASE("hops: a band without licence data, an unknown one and a wrong channel are refused at their key") {
  CHECK(HopWorld().faults() == "no fault");
  CHECK_THAT(faults_with("[\"18ghz\"]", "[\"42ghz\"]"),
             Contains("band_without_licence_data") && Contains("bands") && Contains("scenario.toml:"));
  CHECK_THAT(faults_with("[\"18ghz\"]", "[\"19ghz\"]"), Contains("18ghz") && Contains("scenario.toml:"));
  CHECK_THAT(faults_with("[\"18ghz\"]", "[]"), Contains("names no band"));
  CHECK_THAT(faults_with("dishes_m = [0.6, 1.2]", "channel_mhz = 33"),
             Contains("channel_mhz") && Contains("20, 40, 60"));
  CHECK_THAT(faults_with("[0.6, 1.2]", "[1.2, 0.6]"), Contains("dishes_m") && Contains("does not rise"));
}

TEST_CASE("hops: optics without statistics of visibility is refused") {
  CHECK_THAT(faults_with("visibility_km = [0.05, 0.2, 1.0, 10.0]\n", ""), Contains("visibility_km"));
  CHECK_THAT(faults_with("visibility_percent = [0.01, 0.1, 0.5, 5.0]\n", ""), Contains("visibility_percent"));
  CHECK_THAT(faults_with("[0.01, 0.1, 0.5, 5.0]", "[0.01, 0.1]"), Contains("needs as many values"));
  CHECK_THAT(faults_with("[0.01, 0.1, 0.5, 5.0]", "[5.0, 0.5, 0.1, 0.01]"), Contains("visibility"));
  CHECK_THAT(faults_with("mbps = 1000.0", "mbps = 1000.0\nsnow_mm_h = [1.0]"), Contains("snow_percent"));
}

TEST_CASE("hops: keys out of range and what is missing are named with line and range") {
  for (const auto& [key, value] : {std::pair{"worst_k", "5"}, std::pair{"fresnel_share", "-0.1"},
                                   std::pair{"availability_percent", "100"}, std::pair{"longest_km", "-1"},
                                   std::pair{"lowest_antenna_m", "500"}, std::pair{"exchange_antenna_m", "-2"}}) {
    INFO(key);
    CHECK_THAT(faults_with("bands = [\"18ghz\"]", std::string("bands = [\"18ghz\"]\n") + key + " = " + value),
               Contains(key) && Contains("legal") && Contains("scenario.toml:"));
  }
  CHECK_THAT(faults_with("[backhaul.air]\nrain_rate_001_mm_h = 50.0\n", ""), Contains("needs [backhaul.air]"));
  CHECK_THAT(faults_with("rain_rate_001_mm_h = 50.0", "temperature_c = 15.0"), Contains("rain_rate_001_mm_h"));
  CHECK_THAT(faults_with("rain_rate_001_mm_h = 50.0", "rain_rate_001_mm_h = 900.0"), Contains("300"));
}

TEST_CASE("hops: a price below nothing is refused, and one that nobody states is asked for") {
  const HopWorld negative;
  negative.edit_prices("low = 2000000", "low = -2000000");
  CHECK_THAT(negative.faults(), Contains("costs.toml:") && Contains("low"));
  const HopWorld without_terminal;
  without_terminal.edit_prices("[asset.microwave_terminal]\nprice = \"end\"\n", "");
  CHECK_THAT(without_terminal.faults(), Contains("[asset.microwave_terminal]"));
  const HopWorld without_fees;
  without_fees.edit_prices("[asset.microwave_fees]\nprice = \"fee\"\n", "");
  CHECK_THAT(without_fees.faults(), Contains("[asset.microwave_fees]"));
  const HopWorld without_light;
  without_light.edit_prices("[asset.optics_terminal]\nprice = \"end\"\n", "");
  CHECK_THAT(without_light.faults(), Contains("[asset.optics_terminal]"));
}

TEST_CASE("hops: tables, layers and both reports tell of every hop") {
  const HopWorld world;
  CHECK_THAT(check_summary(load(world.scenario(), {.check_only = true})), Contains("microwave 18ghz"));
  const Planned planned = run(load(world.scenario()), {.threads = 1});
  const auto summary = nlohmann::json::parse(summary_json(planned));
  // Two sites, level ground, dear fibre: two hops.
  CHECK(summary["backhaul"]["microwave_links"] == 2);
  const auto& hops = summary["backhaul"]["microwave"];
  REQUIRE(hops.size() == 2);
  std::int64_t capex_jpy = 0;
  for (const auto& hop : hops) {
    CHECK(hop["band"] == "18ghz");
    CHECK(hop["fresnel_share"].get<double>() >= 0.6);
    CHECK(hop["availability_percent"].get<double>() > 99.99);
    CHECK(hop["margin_db"].get<double>() > 20.0);
    capex_jpy += hop["capex_jpy"].get<std::int64_t>();
  }
  CHECK(capex_jpy == 8'000'000);
  CHECK(summary["backhaul"]["capex_jpy"].get<std::int64_t>() == capex_jpy);
  const std::string steps = test::csv_of_table(planned, "microwave_steps");
  CHECK(std::count(steps.begin(), steps.end(), '\n') == 1 + 2 * 5);

  const std::vector<Layer> layers = network_layers(planned, all_tables(planned));
  const auto layer =
      std::find_if(layers.begin(), layers.end(), [](const Layer& one) { return one.name == "microwave"; });
  REQUIRE(layer != layers.end());
  CHECK(layer->features.size() == 2);

  const std::string english = report_html(planned, Language::en);
  CHECK_THAT(english, Contains("<h3>Microwave and optical hops</h3>") && Contains("1024qam") &&
                          Contains("m above sea level"));
  const std::string japanese = report_html(planned, Language::ja);
  CHECK_THAT(japanese, Contains("マイクロ波回線・光空間通信回線") && Contains("標高（m）") &&
                           Contains("出典と照合していない"));
  const bool told = std::any_of(planned.result.warnings.begin(), planned.result.warnings.end(),
                                [](const Warning& w) { return w.id == "backhaul_microwave_unverified"; });
  CHECK(told);
}

TEST_CASE("hops: an exchange without a name has its number, in the language of the page") {
  const HopWorld world;
  world.edit("name = \"Head\"\n", "");
  const Planned planned = run(load(world.scenario()), {.threads = 1});
  const auto summary = nlohmann::json::parse(summary_json(planned));
  const auto& hops = summary["backhaul"]["microwave"];
  CHECK(std::any_of(hops.begin(), hops.end(), [](const auto& hop) { return hop["to"] == "exchange 1"; }));
  CHECK_THAT(report_html(planned, Language::en), Contains(" – exchange 1") && !Contains("収容局1"));
  CHECK_THAT(report_html(planned, Language::ja), Contains(" – 収容局1") && !Contains("– exchange 1"));
}

TEST_CASE("hops: warnings name which exchange") {
  Network network;
  network.sites = {Site{.id = "A"}};
  const std::vector<ExchangeOffice> exchanges = {{.name = "Head"}, {}};
  const HopEnds ends{network, exchanges};
  CHECK(hop_end_name(ends, 0, Language::ja) == "A");
  CHECK(hop_end_name(ends, 1, Language::ja) == "Head");
  CHECK(hop_end_name(ends, 2, Language::ja) == "収容局2");
  CHECK(hop_end_name(ends, 2, Language::en) == "exchange 2");
  HopPlan plan;
  for (const std::uint32_t exchange : {1U, 2U}) {
    Hop hop;
    hop.offer.to = exchange;
    plan.offers.hops.push_back(hop);
  }
  plan.lost = {{.hop = 0, .degradation_db = 2.0}, {.hop = 1, .degradation_db = 3.5}};
  const std::vector<Warning> warnings = hop_warnings({}, plan, ends);
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].id == "backhaul_hop_interference");
  CHECK_THAT(warnings[0].message, Contains("A-Head (2.0 dB), A-exchange 2 (3.5 dB)"));
  CHECK(warnings[0].count == 2);
}

TEST_CASE("hops: light is chosen where it is cheaper, with what takes it away") {
  const HopWorld world;
  // The exchange moves to within reach of light from A; microwave costs more.
  world.edit("lon = 138.66\nlat = 35.26", "lon = 138.695\nlat = 35.292");
  world.edit("mbps = 1000.0", "mbps = 1000.0\navailability_percent = 99.0");
  world.edit_prices("[asset.optics_terminal]\nprice = \"end\"", "[asset.optics_terminal]\nprice = \"fee\"");
  const Planned planned = run(load(world.scenario()), {.threads = 1});
  const auto summary = nlohmann::json::parse(summary_json(planned));
  REQUIRE(summary["backhaul"]["optics"].size() == 1);
  const auto& hop = summary["backhaul"]["optics"][0];
  CHECK(hop["from"] == "A");
  CHECK(hop["to"] == "Head");
  CHECK(hop["capacity_mbps"] == 1000.0);
  const double lost_percent = hop["fog_percent"].get<double>() + hop["rain_percent"].get<double>();
  CHECK(hop["availability_percent"].get<double>() == Approx(100.0 - lost_percent).epsilon(1e-9));
}

TEST_CASE("rain: the digital map of the ITU is read between its points, and what is no map is refused") {
  const test::TemporaryFolder folder;
  const auto write = [&](const char* name, const char* text) { test::write_text(folder.path() / name, text); };
  write("LAT_R001.TXT", "35 35 35\n36 36 36\n37 37 37\n");
  write("LON_R001.TXT", "138 139 140\n138 139 140\n138 139 140\n");
  write("R001.TXT", "40 44 48\n50 54 58\n60 64 68\n");
  CHECK(rain_rate_001_mm_h(folder.path(), {138.0, 35.0}) == Approx(40.0));
  CHECK(rain_rate_001_mm_h(folder.path(), {139.5, 36.25}) == Approx(54.0 + 2.0 + 2.5));
  CHECK(rain_rate_001_mm_h(folder.path(), {140.0, 37.0}) == Approx(68.0));
  CHECK_THROWS_WITH(rain_rate_001_mm_h(folder.path(), {141.0, 36.0}), Contains("ends before this place"));
  write("R001.TXT", "40 44\n50 54\n");
  CHECK_THROWS_WITH(rain_rate_001_mm_h(folder.path(), {138.5, 35.5}), Contains("different sizes"));
  write("R001.TXT", "40 44 48\n50 54\n");
  CHECK_THROWS_WITH(rain_rate_001_mm_h(folder.path(), {138.5, 35.5}), Contains("different lengths"));
  write("R001.TXT", "40 x 48\n");
  CHECK_THROWS_WITH(rain_rate_001_mm_h(folder.path(), {138.5, 35.5}), Contains("no number"));
  std::filesystem::remove(folder.path() / "R001.TXT");
  CHECK_THROWS_AS(rain_rate_001_mm_h(folder.path(), {138.5, 35.5}), InputError);
}
