// `amaneku vary`: each variant held against the scenario that says the same, and what is refused.
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/ask/vary/variants.hpp"
#include "scenarios/output/outputs.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;
using amaneku::test::SmallWorld;
using Json = nlohmann::json;

namespace {

constexpr const char* kMoney = R"(
[costs]
path = "costs.toml"
year = 2025
years = 10
discount_rate = 0.04
build = "standing"
fibre = "none"
)";

constexpr const char* kPrices = R"([price.metre]
name = "a metre"
low = 1000
high = 3000
currency = "JPY"
year = 2025
[price.year]
name = "a year"
low = 100000
currency = "JPY"
year = 2025
[asset.lease]
price = "year"
[asset.fees]
price = "year"
)";

class VariedWorld : public SmallWorld {
 public:
  VariedWorld() {
    test::write_text(scenario(), std::string(kScenario) + kMoney);
    test::write_text(file("costs.toml"), kPrices);
  }
  [[nodiscard]] Json planned(const Settings& settings) const {
    return Json::parse(
        summary_json(run(load(scenario(), {.settings = settings}, {.threads = 1}), {.threads = 1})));
  }
  [[nodiscard]] Variation varied(const std::vector<Variant>& variants) const {
    return vary({.scenario = scenario(), .plan = {.threads = 1}}, variants);
  }
  [[nodiscard]] std::string refusal(const std::vector<Variant>& variants) const {
    try {
      (void)varied(variants);
    } catch (const InputError& error) {
      return error.what();
    }
    return "no fault";
  }
};

const ComparedFigure& figure_named(const Variation& variation, const std::string& key) {
  for (const ComparedFigure& figure : variation.figures) {
    if (figure.key == key) return figure;
  }
  FAIL("no figure " << key);
  return variation.figures.front();
}

double covered(const Json& summary) {
  return summary["population"]["coverage_percent"].get<double>();
}

std::string refusal_of(const std::string& written) {
  try {
    (void)key_variants(written);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

}  // namespace

TEST_CASE("values are parted by commas, but not within brackets and quotes") {
  const std::vector<Variant> variants = key_variants("a.b=1,[2, 3],\"x,y\"");
  REQUIRE(variants.size() == 3);
  CHECK(variants[0].settings == Settings{{"a.b", "1"}});
  CHECK(variants[1].value == "[2, 3]");
  CHECK(variants[2].value == "\"x,y\"");
  CHECK_THAT(refusal_of("a.b"), Contains("--key") && Contains("has no values"));
  CHECK_THAT(refusal_of("a.b=1,,2"), Contains("has an empty value"));
}

TEST_CASE("a variant has the figures of a scenario that says the same, the first those of the scenario itself") {
  const VariedWorld world;
  const Variation found = world.varied(key_variants("coverage.threshold_dbm=-80,-120"));
  REQUIRE(found.plans.size() == 3);
  const ComparedFigure& people = figure_named(found, "population_coverage_percent");
  CHECK(people.values[0] == covered(world.planned({})));
  CHECK(people.values[1] == covered(world.planned({{"coverage.threshold_dbm", "-80"}})));
  CHECK(people.values[2] == covered(world.planned({{"coverage.threshold_dbm", "-120"}})));
  CHECK(people.values[1] < people.values[2]);
  const std::vector<Swing> moved = swings(found, people);
  REQUIRE(moved.size() == 1);
  CHECK(moved[0].name == "coverage.threshold_dbm");
  CHECK(moved[0].low == people.values[1] - people.values[0]);
  CHECK(moved[0].high == people.values[2] - people.values[0]);
}

TEST_CASE("a price times a factor moves the bill by its part, and nothing else") {
  const VariedWorld world;
  const Variation found = world.varied(price_variants("year=0.5,2"));
  const ComparedFigure& yearly = figure_named(found, "opex_jpy_per_year");
  // Lease and fees of the two planned sites, 100,000 JPY each.
  CHECK(yearly.difference(1) == Approx(-200'000.0));
  CHECK(yearly.difference(2) == Approx(400'000.0));
  CHECK(figure_named(found, "population_coverage_percent").difference(2) == 0.0);
  CHECK(figure_named(found, "capex_jpy").difference(1) == 0.0);
  CHECK(found.plans[1].warnings == found.plans[0].warnings + 1);
  CHECK_THAT(world.refusal(price_variants("yaer=2")),
             Contains("price yaer × 2: ") && Contains("price_factors") && Contains("year"));
}

TEST_CASE("a technology: its carrier at the planned sites, covered from its least power on") {
  const VariedWorld world;
  const Scenario headers = load(world.scenario(), {.check_only = true});
  const std::vector<Variant> variants = technology_variants({"lte_b18", "nr_n257_local5g"}, headers);
  REQUIRE(variants.size() == 2);
  REQUIRE(variants[0].carrier);
  CHECK(variants[0].carrier->freq_hz == 867.5e6);
  const Variation found = world.varied(variants);
  Settings same = {{"coverage.threshold_dbm", std::to_string(variants[0].threshold_dbm)}};
  for (const char* site : {"A", "B"}) {
    const auto set = [&](const char* key, const std::string& value) {
      same.emplace_back(std::string("site.") + site + "." + key, value);
    };
    set("technology", "\"lte_b18\"");
    set("freq_hz", "867500000");
    set("bandwidth_hz", std::to_string(static_cast<long>(variants[0].carrier->bandwidth_hz)));
    set("power_dbm", std::to_string(variants[0].carrier->power_dbm));
  }
  const Json expected = world.planned(same);
  CHECK(figure_named(found, "population_coverage_percent").values[1] == covered(expected));
  CHECK(figure_named(found, "dl_p50_mbps").values[1] ==
        Approx(expected["service"]["people"]["dl"]["p50_mbps"].get<double>()));
  const ComparedFigure& area = figure_named(found, "area_coverage_percent");
  CHECK(area.values[1] > area.values[2]);  // 867.5 MHz reaches farther than 28 GHz
  CHECK_THROWS_WITH(technology_variants({"lte_b81"}, headers), Contains("lte_b81") && Contains("lte_b18"));
}

TEST_CASE(
    "what would be told wrongly is refused or set aside: two lists of prices, several carriers, sectors set "
    "alone") {
  VariedWorld world;
  world.edit("discount_rate = 0.04", "discount_rate = 0.04\nprice_factors = [\"metre=2\"]");
  CHECK_THAT(world.refusal(price_variants("year=2")), Contains("cannot stand beside costs.price_factors"));
  world.edit("price_factors = [\"metre=2\"]", "");
  const std::vector<Variant> variants =
      technology_variants({"lte_b18"}, load(world.scenario(), {.check_only = true}));
  const Variation set = vary({.scenario = world.scenario(),
                              .settings = {{"site.A/1.power_dbm", "10"}, {"site.A.power_dbm", "11"}},
                              .plan = {.threads = 1}},
                             variants);
  const Variation bare = world.varied(variants);
  const ComparedFigure& with = figure_named(set, "area_coverage_percent");
  CHECK(with.values[1] == figure_named(bare, "area_coverage_percent").values[1]);
  CHECK(with.values[0] < figure_named(bare, "area_coverage_percent").values[0]);
  test::write_text(world.file("sites.csv"),
                   "site_id,name,lon,lat,status,sector_id,azimuth_deg,freq_hz\n"
                   "A,Alpha,138.69,35.29,existing,1,0,3.7e9\nA,Alpha,138.69,35.29,existing,1,0,3.5e9\n");
  CHECK_THROWS_WITH(technology_variants({"lte_b18"}, load(world.scenario(), {.check_only = true})),
                    Contains("A/1") && Contains("has several carriers"));
  CHECK(key_variants("scenario.name=\"a\\\",b\"").size() == 1);
}

TEST_CASE("what nobody varies, or a value that is not legal, is refused before anything is planned") {
  const VariedWorld world;
  CHECK_THAT(world.refusal({}), Contains("nothing is to vary"));
  CHECK_THAT(world.refusal(key_variants("coverage.radius_m=3000,-5")),
             Contains("coverage.radius_m = -5: ") && !Contains("coverage.radius_m = 3000: "));
  CHECK_THAT(world.refusal(key_variants("coverage.radios_m=3000")), Contains("radius_m"));
}

TEST_CASE("page and list: a row a variant, both languages") {
  const VariedWorld world;
  std::vector<Variant> variants = key_variants("coverage.threshold_dbm=-80,-120");
  for (Variant& more : technology_variants({"bwa_2500"}, load(world.scenario(), {.check_only = true})))
    variants.push_back(std::move(more));
  const Variation found = world.varied(variants);
  const std::string english = variation_html(found, Language::en);
  CHECK_THAT(english, Contains("By technology") && Contains("How far each moves: Population coverage") &&
                          Contains("coverage.threshold_dbm = -120"));
  const std::string japanese = variation_html(found, Language::ja);
  CHECK_THAT(japanese, Contains("無線システム別") && Contains("感度: 人口カバー率") && Contains("現計画") &&
                           !Contains("As it stands") && !Contains("By technology"));
  const std::string list = variation_csv(found);
  CHECK(std::count(list.begin(), list.end(), '\n') == 5);
  CHECK_THAT(list, Contains("variant_kind,what,value,freq_hz,bandwidth_hz,power_dbm,threshold_dbm,warnings,") &&
                       Contains("\nkey,coverage.threshold_dbm,-80,,,,,") && Contains("\ntechnology,bwa_2500,,"));
  write_variation(world.file("out"), found, Language::en);
  CHECK(std::filesystem::exists(world.file("out") / "variants.html"));
  CHECK_NOTHROW(check_variation_folder(world.file("out")));
  test::write_text(world.file("out") / "variants.csv", "something else\n");
  CHECK_THROWS_AS(check_variation_folder(world.file("out")), InputError);
}
