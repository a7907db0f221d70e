// [backhaul.iab] of a scenario: what is refused, and what tables, bill and both reports say.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/output/closing_summary.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;

namespace iab_study {
namespace {

constexpr const char* kAsked = R"(
[traffic]
gb_per_month_per_person = 20.0

[costs]
path = "costs.toml"
year = 2025
years = 10
discount_rate = 0.0

[[costs.exchange]]
name = "Head"
lon = 138.69
lat = 35.289

[backhaul]

[backhaul.iab]
antenna_gain_dbi = 18.0
power_dbm = 26.0
margin_db = 10.0
hop_delay_ms = 4.0
longest_km = 4.0
)";

constexpr const char* kPrices = R"([price.metre]
name = "a metre"
low = 10000
currency = "JPY"
year = 2025
[price.mt]
name = "a terminal"
low = 3000000
currency = "JPY"
year = 2025
[price.fee]
name = "a fee"
low = 30000
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
price = "fee"
[asset.fees]
price = "fee"
[asset.iab_terminal]
price = "mt"
)";

/// The small world made level; fibre is dear, the exchange is beside A.
class World : public test::SmallWorld {
 public:
  World() {
    for (float& value : ground().values) value = 300.0F;
    write_dem();
    test::write_text(scenario(), std::string(kScenario) + kAsked);
    test::write_text(file("costs.toml"), kPrices);
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
  world.edit(from, to);
  return world.faults();
}

}  // namespace

TEST_CASE("iab: what is missing or out of range is refused at its key") {
  CHECK(World().faults() == "no fault");
  for (const char* key :
       {"antenna_gain_dbi = 18.0", "power_dbm = 26.0", "margin_db = 10.0", "hop_delay_ms = 4.0"}) {
    INFO(key);
    CHECK_THAT(faults_with(std::string(key) + "\n", ""),
               Contains(std::string(key).substr(0, 9)) && Contains("scenario.toml:"));
  }
  CHECK_THAT(faults_with("margin_db = 10.0", "margin_db = -1.0"), Contains("margin_db") && Contains("0 .. 60"));
  CHECK_THAT(faults_with("longest_km = 4.0", "most_hops = 0"), Contains("most_hops") && Contains("1 .. 10"));
  CHECK_THAT(faults_with("[traffic]\ngb_per_month_per_person = 20.0\n", ""), Contains("needs [traffic]"));
  CHECK_THAT(faults_with("[backhaul]\n",
                         "[backhaul]\navailability_percent = 99.0\ncuts_per_1000km_year = 5.0\nrepair_h = 12.0\n"),
             Contains("availability_percent") && Contains("is needed"));
  CHECK(faults_with("[backhaul]\n",
                    "[backhaul]\navailability_percent = 99.0\ncuts_per_1000km_year = 5.0\nrepair_h = 12.0\n")
            .find("needs cuts") == std::string::npos);
  const World unpriced;
  test::write_text(unpriced.file("costs.toml"),
                   test::replaced(kPrices, "[asset.iab_terminal]\nprice = \"mt\"\n", ""));
  CHECK_THAT(unpriced.faults(), Contains("[asset.iab_terminal]") && Contains("antenna_gain_dbi"));
}

TEST_CASE("iab: a site fed over the air stands in tables, bill and both reports") {
  const World world;
  CHECK_THAT(check_summary(load(world.scenario(), {.check_only = true})), Contains(", IAB"));
  const Planned planned = run(load(world.scenario()), {.threads = 1});
  const auto summary = nlohmann::json::parse(summary_json(planned));
  const auto& backhaul = summary["backhaul"];
  REQUIRE(backhaul["iab"].size() == 1);
  const auto& hop = backhaul["iab"][0];
  CHECK(hop["parent"] == "A");
  CHECK(hop["fed"] == "B");
  CHECK(hop["line_of_sight"] == true);
  CHECK(hop["capex_jpy"] == 3'000'000);
  CHECK(hop["hops"] == 1);
  const double share = hop["dl_share_percent"].get<double>();
  CHECK(share == Approx(100.0 * hop["dl_busy_mbps"].get<double>() / hop["dl_mbps"].get<double>()).epsilon(0.01));
  CHECK(share > 0.0);
  CHECK(hop["parent_dl_percent"].get<double>() >= share);
  CHECK(hop["parent_dl_percent"].get<double>() <= 100.0);
  CHECK(backhaul["links"] == 1);
  CHECK_THAT(test::csv_of_table(planned, "backhaul_sites"), Contains("B,site,Beta,iab,Head"));
  CHECK_THAT(test::csv_of_table(planned, "backhaul_bill"), Contains("iab_terminal,once,1"));
  const std::string english = report_html(planned, Language::en);
  CHECK_THAT(english, Contains("<h3>Hops between masts</h3>") && Contains("Fed by A over sector") &&
                          Contains("a cable instead would be") && Contains("IAB (fed by a neighbouring site)"));
  const std::string japanese = report_html(planned, Language::ja);
  CHECK_THAT(japanese, Contains("IAB（無線バックホール統合）") && Contains("無線リソースの占有率") &&
                           Contains("IAB端末装置（IAB-MT）") && !Contains("Fed by"));
}

TEST_CASE("iab: sectors of another generation feed nobody, and that is told") {
  const World world;
  world.edit("freq_hz = 3.7e9",
             "freq_hz = 2.12e9\ntechnology = \"lte_b1\"\nbandwidth_hz = 20e6\nsubcarriers = 1200");
  const Planned planned = run(load(world.scenario()), {.threads = 1});
  CHECK(nlohmann::json::parse(summary_json(planned))["backhaul"]["iab"].empty());
  CHECK(std::any_of(planned.result.warnings.begin(), planned.result.warnings.end(),
                    [](const Warning& w) { return w.id == "backhaul_no_hop"; }));
}

}  // namespace iab_study
