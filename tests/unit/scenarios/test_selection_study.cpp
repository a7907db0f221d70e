// The selection of sites in a scenario: held against a plan of every subset, what is written, what is wrong.
#include "scenarios/studies/selection/selection_study.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "scenarios/catalogue/costs_words.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/read/select_sites.hpp"
#include "scenarios/schema/toml_writer.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;
namespace fs = std::filesystem;

namespace selection_test {
namespace {

using Json = nlohmann::json;

constexpr const char* kCandidates =
    "site_id,name,lon,lat,sector_id,azimuth_deg\n"
    "D,Delta,138.665,35.265,1,45\n"
    "D,Delta,138.665,35.265,2,225\n"
    "E,Epsilon,138.735,35.335,1,225\n"
    "E,Epsilon,138.735,35.335,2,45\n"
    "F,Phi,138.70,35.27,1,180\n"
    "G,\"Gamma, the second\",138.675,35.335,1,30\n";

constexpr const char* kPeople =
    "id,lon,lat,population\n1,138.69,35.29,120\n2,138.72,35.31,40.5\n3,138.66,35.26,70\n4,138.74,35.34,90\n"
    "5,138.68,35.34,55\n6,138.70,35.262,33\n7,138.742,35.262,8\n";

constexpr const char* kSelection = R"(
[selection]
population_percent = 80
PLACE_OF_KEYS

[[selection.candidates]]
path = "candidates.csv"
)";

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
fiscal_years = ["R6"]

[subsidy.municipalities]
path = "municipalities.csv"

[subsidy.facts]
households = 90
)";

constexpr const char* kPrices = R"([[deflator]]
from_currency = "JPY"
from_year = 2009
to_currency = "JPY"
to_year = 2025
factor = 1.0
source = "test"
[[deflator]]
from_currency = "JPY"
from_year = 2020
to_currency = "JPY"
to_year = 2025
factor = 1.05
source = "test"
[price.metre]
name = "a metre"
low = 2500
currency = "JPY"
year = 2025
[price.year]
name = "a year"
low = 100000
currency = "JPY"
year = 2025
[price.end]
name = "end of a hop"
low = 900000
currency = "JPY"
year = 2025
[asset.fibre_aerial]
price = "metre"
[asset.microwave_terminal]
price = "end"
[asset.microwave_fees]
price = "year"
[asset.access_road]
price = "metre"
[asset.lease]
price = "year"
[asset.fees]
price = "year"
)";

constexpr const char* kBackhaul = "\n[backhaul]\n";

/// The small world with more people and four more candidates; `C` is a candidate of sites.csv.
class ChoiceWorld : public SmallWorld {
 public:
  explicit ChoiceWorld(const std::string& keys, const std::string& more = "") {
    std::string text = std::string(kScenario) + test::replaced(kSelection, "PLACE_OF_KEYS", keys) + more;
    text = test::replaced(text, "grid_m = 100.0", "grid_m = 200.0");
    test::write_text(scenario(),
                     test::replaced(text, "radius_m = 4000.0", "radius_m = 3000.0\nthreshold_dbm = -95.0"));
    test::write_text(file("people.csv"), kPeople);
    test::write_text(file("candidates.csv"), kCandidates);
    test::write_text(file("costs.toml"), kPrices);
    test::write_text(file("site_costs.csv"), "site_id,build\nA,standing\nB,standing\nF,upgrade\n");
    test::write_text(file("municipalities.csv"),
                     "code,designations,fiscal_capacity_index\n99001,過疎,0.3\n99002,半島|豪雪,0.55\n");
  }
};

std::string complaint(const SmallWorld& world) {
  try {
    (void)select_sites(load(world.scenario()), world.file("out"));
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::set<std::string> chosen_ids(const Planned& planned) {
  std::set<std::string> out;
  for (const ChosenSite& one : planned.studies.get<SelectionStudy>().report->chosen)
    out.insert(planned.input.network.sites[one.site].id);
  return out;
}

/// What a plan with exactly these candidates beside the existing sites gives.
struct PlannedSubset {
  std::set<std::string> ids{};
  double percent = 0.0;
  double people = 0.0;
  std::int64_t capex_jpy = 0;
  std::int64_t present_jpy = 0;
  std::int64_t municipality_jpy = 0;
};

std::vector<PlannedSubset> every_subset(const SmallWorld& world) {
  const std::vector<std::string> ids = {"C", "D", "E", "F", "G"};
  std::vector<PlannedSubset> out;
  for (unsigned bits = 0; bits < 32U; ++bits) {
    PlannedSubset subset;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if ((bits >> i & 1U) != 0) subset.ids.insert(ids[i]);
    }
    Scenario scenario = load(world.scenario());
    scenario.studies.get<SelectionStudy>().options.reset();
    for (Site& site : scenario.input.network.sites) {
      if (subset.ids.count(site.id) > 0) site.existing = true;
    }
    const Planned planned = run(std::move(scenario));
    subset.people = planned.result.statistics.population.covered;
    subset.percent = planned.result.statistics.population.percent();
    const CostsStudy& costs = planned.studies.get<CostsStudy>();
    if (costs.asked()) {
      subset.capex_jpy = costs.bill.capex_jpy;
      subset.present_jpy = costs.bill.life.present_jpy;
      subset.municipality_jpy = costs.bill.municipality_least_jpy;
    }
    out.push_back(subset);
  }
  return out;
}

/// Of the world with prices, rules and lines; planned once for the tests that ask them. Money covers nobody.
const std::vector<PlannedSubset>& every_subset_with_lines() {
  static const std::vector<PlannedSubset> all = every_subset(ChoiceWorld("", std::string(kMoney) + kBackhaul));
  return all;
}

const PlannedSubset& subset_of(const std::vector<PlannedSubset>& all, const std::set<std::string>& ids) {
  return *std::find_if(all.begin(), all.end(), [&](const PlannedSubset& one) { return one.ids == ids; });
}

template <class Cost>
std::int64_t least_cost(const std::vector<PlannedSubset>& all, double percent, const Cost& cost) {
  std::int64_t best = std::numeric_limits<std::int64_t>::max();
  for (const PlannedSubset& one : all) {
    if (one.percent >= percent - 1e-6) best = std::min(best, cost(one));
  }
  return best;
}

}  // namespace

TEST_CASE("the selection is the best of all subsets, planned one by one", "[selection]") {
  const ChoiceWorld world("", std::string(kMoney) + kBackhaul);
  const std::vector<PlannedSubset>& all = every_subset_with_lines();
  const PlannedSubset& none = subset_of(all, {});
  REQUIRE(none.percent < 60.0);
  REQUIRE(subset_of(all, {"C", "D", "E", "F", "G"}).percent > 90.0);
  // Sharing a line must matter, or the test is one of sums.
  const auto of = [&](const std::set<std::string>& ids) {
    return subset_of(all, ids).present_jpy - none.present_jpy;
  };
  REQUIRE(of({"C", "E"}) < of({"C"}) + of({"E"}));

  for (const double percent : {60.0, 75.0, 85.0, 92.0}) {
    CAPTURE(percent);
    const std::vector<std::pair<std::string, std::string>> settings = {
        {"selection.population_percent", std::to_string(percent)}};
    const Planned total = select_sites(load(world.scenario(), {.settings = settings}), world.file("out"));
    const SelectionReport& report = *total.studies.get<SelectionStudy>().report;
    const PlannedSubset& chosen = subset_of(all, chosen_ids(total));
    CHECK(chosen.percent >= percent - 1e-6);
    CHECK(chosen.present_jpy == least_cost(all, percent, [](const auto& one) { return one.present_jpy; }));
    CHECK(report.objective == chosen.present_jpy - none.present_jpy);
    CHECK(report.lower_bound <= report.objective);
    CHECK(report.optimal);
    CHECK(report.needs.front().reached == Approx(chosen.people).epsilon(1e-9));
    CHECK(total.result.statistics.population.covered == chosen.people);
  }
  const Planned municipal = select_sites(
      load(world.scenario(),
           {.settings = {{"selection.objective", "\"municipality\""}, {"selection.population_percent", "85"}}}),
      world.file("out"));
  const SelectionReport& report = *municipal.studies.get<SelectionStudy>().report;
  const PlannedSubset& chosen = subset_of(all, chosen_ids(municipal));
  CHECK(chosen.municipality_jpy == least_cost(all, 85.0, [](const auto& one) { return one.municipality_jpy; }));
  CHECK(report.objective == chosen.municipality_jpy - none.municipality_jpy);
  CHECK(report.lower_bound <= report.objective);
}

TEST_CASE("where candidates carry each other's hops, no subset is below the bound", "[selection]") {
  const ChoiceWorld world(
      "", std::string(kMoney) + kBackhaul +
              "[backhaul.microwave]\nbands = [\"18ghz\"]\n[backhaul.air]\nrain_rate_001_mm_h = 60.0\n");
  const std::vector<PlannedSubset> all = every_subset(world);
  const PlannedSubset& none = subset_of(all, {});
  int hops = 0;
  for (const std::string objective : {"total", "municipality"}) {
    for (const double percent : {60.0, 85.0}) {
      CAPTURE(objective, percent);
      const Planned planned = select_sites(
          load(world.scenario(), {.settings = {{"selection.objective", '"' + objective + '"'},
                                               {"selection.population_percent", std::to_string(percent)}}}),
          world.file("out"));
      const SelectionReport& report = *planned.studies.get<SelectionStudy>().report;
      const auto cost = [&](const PlannedSubset& one) {
        return objective == "total" ? one.present_jpy - none.present_jpy
                                    : one.municipality_jpy - none.municipality_jpy;
      };
      const std::int64_t best = least_cost(all, percent, cost);
      const std::int64_t lines_before_jpy = report.before.objective;
      CHECK(report.lower_bound <= best + lines_before_jpy);
      CHECK(report.objective == cost(subset_of(all, chosen_ids(planned))) + lines_before_jpy);
      CHECK(report.objective == best + lines_before_jpy);
      hops += planned.studies.get<BackhaulStudy>().report.links[index_of(Medium::microwave)];
    }
  }
  CHECK(hops > 0);  // else the test is one of cables
}

TEST_CASE("most people within a number of sites, and fewest sites for a target", "[selection]") {
  const ChoiceWorld world("objective = \"sites\"");
  const std::vector<PlannedSubset>& all = every_subset_with_lines();
  for (const std::size_t most : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
    CAPTURE(most);
    double best = 0.0;
    for (const PlannedSubset& one : all) {
      if (one.ids.size() <= most) best = std::max(best, one.people);
    }
    const Planned planned =
        select_sites(load(world.scenario(), {.settings = {{"selection.goal", "\"most_people\""},
                                                          {"selection.population_percent", "0"},
                                                          {"selection.sites_at_most", std::to_string(most)}}}),
                     world.file("out"));
    const SelectionReport& report = *planned.studies.get<SelectionStudy>().report;
    CHECK(planned.result.statistics.population.covered == Approx(best).epsilon(1e-9));
    CHECK(report.people_bound >= best * (1.0 - 1e-9));
    CHECK(report.chosen.size() <= most);
  }
  std::size_t fewest = 99;
  for (const PlannedSubset& one : all) {
    if (one.percent >= 80.0 - 1e-6) fewest = std::min(fewest, one.ids.size());
  }
  const Planned planned = select_sites(load(world.scenario()), world.file("out"));
  const SelectionReport& report = *planned.studies.get<SelectionStudy>().report;
  CHECK(report.chosen.size() == fewest);
  CHECK(report.objective == static_cast<std::int64_t>(fewest));
  CHECK(report.lower_bound == report.objective);
  for (const ChosenSite& one : report.chosen) {
    std::set<std::string> others = chosen_ids(planned);
    others.erase(planned.input.network.sites[one.site].id);
    CHECK(one.people_alone ==
          Approx(planned.result.statistics.population.covered - subset_of(all, others).people));
  }
}

TEST_CASE("sites are built in the order that covers most people early", "[selection]") {
  const ChoiceWorld world("objective = \"sites\"",
                          "[[selection.years]]\nyear = 2027\nsites_at_most = 2\n[[selection.years]]\nyear = 2028\n"
                          "sites_at_most = 1\n[[selection.years]]\nyear = 2030\n");
  const std::vector<PlannedSubset>& all = every_subset_with_lines();
  const Planned planned = select_sites(
      load(world.scenario(), {.settings = {{"selection.population_percent", "92"}}}), world.file("out"));
  const SelectionReport& report = *planned.studies.get<SelectionStudy>().report;
  const std::set<std::string> chosen = chosen_ids(planned);
  REQUIRE(chosen.size() >= 3);
  std::vector<std::string> order(chosen.begin(), chosen.end());
  double best = 0.0;
  do {
    double sum = subset_of(all, chosen).people;
    for (const std::ptrdiff_t built : {2, 3}) {
      const std::set<std::string> there(order.begin(), order.begin() + built);
      sum += subset_of(all, there).people;
    }
    best = std::max(best, sum);
  } while (std::next_permutation(order.begin(), order.end()));
  CHECK(report.person_years == Approx(best).epsilon(1e-9));
  CHECK(report.person_years_bound == report.person_years);
  REQUIRE(report.years.size() == 3);
  CHECK(report.years[0].sites.size() <= 2);
  CHECK(report.years[1].sites.size() <= 1);
  CHECK(report.years[2].reached.front() == Approx(planned.result.statistics.population.covered));
  std::set<std::string> so_far;
  for (const YearReached& year : report.years) {
    for (const std::size_t site : year.sites) so_far.insert(planned.input.network.sites[site].id);
    CHECK(year.reached.front() == Approx(subset_of(all, so_far).people).epsilon(1e-9));
  }
  for (const ChosenSite& one : report.chosen) {
    for (const Sector& sector : planned.input.network.sites[one.site].sectors)
      CHECK(sector.fiscal_year == one.year);
  }
}

TEST_CASE("budgets of years hold for the purchase, and choose other sites where they must", "[selection]") {
  const ChoiceWorld world("", std::string(kMoney) + kBackhaul);
  const auto planned = [&](const std::string& years, const std::string& percent) {
    test::write_text(world.scenario(), test::read_bytes(world.scenario()) + years);
    return select_sites(load(world.scenario(), {.settings = {{"selection.population_percent", percent}}}),
                        world.file("out"));
  };
  const std::string before = test::read_bytes(world.scenario());
  const Planned free = planned("[[selection.years]]\nyear = 2027\n[[selection.years]]\nyear = 2028\n", "85");
  const SelectionReport& easy = *free.studies.get<SelectionStudy>().report;
  CHECK(easy.years[1].sites.empty());  // nothing keeps them from the first year
  CHECK(easy.years[0].amounts.capex_jpy == easy.amounts.capex_jpy);
  // Half of it a year, and a little: what it costs in all is that of the choice.
  test::write_text(world.scenario(), before);
  const std::int64_t half_jpy = easy.amounts.capex_jpy * 6 / 10;
  const std::string budget = "budget_jpy = " + std::to_string(half_jpy) + "\n";
  const Planned split =
      planned("[[selection.years]]\nyear = 2027\n" + budget + "[[selection.years]]\nyear = 2028\n" + budget +
                  "[[selection.years]]\nyear = 2029\n" + budget,
              "85");
  const SelectionReport& report = *split.studies.get<SelectionStudy>().report;
  std::int64_t sum_jpy = 0;
  for (const YearReached& year : report.years) {
    CHECK(year.amounts.capex_jpy <= half_jpy);
    sum_jpy += year.amounts.capex_jpy;
  }
  CHECK(sum_jpy == report.amounts.capex_jpy);
  CHECK(split.result.statistics.population.percent() >= 85.0 - 1e-6);
  CHECK(report.lower_bound <= report.objective);
  for (const ChosenSite& one : report.chosen) CHECK(one.saved < 1'000'000'000);
}

TEST_CASE("two operators that share burden the municipality less, and with it the choice", "[selection]") {
  const ChoiceWorld world("objective = \"municipality\"", std::string(kMoney));
  const auto planned = [&](const std::string& sharing) {
    return select_sites(load(world.scenario(), {.settings = {{"selection.population_percent", "85"},
                                                             {"costs.operators", "2"},
                                                             {"costs.sharing", '"' + sharing + '"'}}}),
                        world.file("out"));
  };
  const Planned alone = planned("none");
  const Planned together = planned("radio");
  const SelectionReport& before = *alone.studies.get<SelectionStudy>().report;
  const SelectionReport& after = *together.studies.get<SelectionStudy>().report;
  CHECK(before.optimal);
  CHECK(after.optimal);
  CHECK(after.objective < before.objective);
  // By the rules: the bill with the chosen sites less that of the sites that stay.
  const auto bill_jpy = [&](const Planned& plan, const std::string& sharing) {
    Scenario stay =
        load(world.scenario(), {.settings = {{"costs.operators", "2"}, {"costs.sharing", '"' + sharing + '"'}}});
    stay.studies.get<SelectionStudy>().options.reset();
    return plan.studies.get<CostsStudy>().bill.municipality_least_jpy -
           run(std::move(stay)).studies.get<CostsStudy>().bill.municipality_least_jpy;
  };
  CHECK(before.objective == bill_jpy(alone, "none"));
  CHECK(after.objective == bill_jpy(together, "radio"));
}

TEST_CASE("how much is shared is chosen too: the least of what every level has", "[selection]") {
  const ChoiceWorld world("objective = \"municipality\"", std::string(kMoney));
  const auto planned = [&](const std::string& key, const std::string& value, const std::string& percent) {
    return select_sites(
        load(world.scenario(),
             {.settings = {{"selection.population_percent", percent}, {"costs.operators", "2"}, {key, value}}}),
        world.file("out"));
  };
  Planned free = planned("selection.sharing", R"(["core", "none", "radio"])", "85");
  const SelectionReport& report = *free.studies.get<SelectionStudy>().report;
  REQUIRE(report.shared.size() == 3);
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  std::int64_t bound = least;
  for (const SharedChoice& one : report.shared) {
    const std::string word = kSharingWords[static_cast<std::size_t>(one.level)];
    CAPTURE(word);
    const Planned given = planned("costs.sharing", '"' + word + '"', "85");
    const SelectionReport& alone = *given.studies.get<SelectionStudy>().report;
    CHECK(one.allowed);
    CHECK(one.objective == alone.objective);
    CHECK(one.lower_bound == alone.lower_bound);
    CHECK(one.amounts.capex_jpy == alone.amounts.capex_jpy);
    least = std::min(least, alone.objective);
    bound = std::min(bound, alone.lower_bound);
  }
  CHECK(report.objective == least);
  CHECK(report.lower_bound == bound);
  REQUIRE(report.sharing);
  CHECK(free.studies.get<CostsStudy>().money->terms.sharing.level == *report.sharing);
  // The chosen scenario is billed as the plan is.
  write_outputs(world.file("out"), free, Language::ja);
  const Planned again = run(load(world.file("out") / "scenario.toml"));
  CHECK(again.studies.get<CostsStudy>().bill.municipality_least_jpy ==
        free.studies.get<CostsStudy>().bill.municipality_least_jpy);
  const Json told = Json::parse(test::read_bytes(world.file("out") / "summary.json"))["selection"];
  CHECK(told["sharing"] == kSharingWords[static_cast<std::size_t>(*report.sharing)]);
  CHECK(told["shared"].size() == 3);

  // Within a budget that only the best level keeps, the others have no choice, and nothing is called proved.
  const Planned bounded = select_sites(
      load(world.scenario(), {.settings = {{"selection.population_percent", "85"},
                                           {"costs.operators", "2"},
                                           {"selection.sharing", R"(["none", "core"])"},
                                           {"selection.budget_municipality_jpy", std::to_string(least)}}}),
      world.file("out"));
  const SelectionReport& kept = *bounded.studies.get<SelectionStudy>().report;
  CHECK(kept.objective == least);
  CHECK(kept.sharing == SharingLevel::core);
  REQUIRE(kept.shared.size() == 2);
  CHECK_FALSE(kept.shared[0].allowed);
  CHECK(kept.shared[1].allowed);
  CHECK_FALSE(kept.optimal);

  const auto refused = [&](const std::string& levels) {
    return complaint(ChoiceWorld("objective = \"municipality\"\nsharing = " + levels, kMoney));
  };
  CHECK(says(refused("[\"core\"]"), "costs.operators = 2 or more"));
  CHECK(says(refused("[\"mast\"]"), "no level of sharing"));
  CHECK(says(refused("[\"core\", \"core\"]"), "comes twice"));
}

TEST_CASE("Wakayama on flat ground: the fewest sites of its towns for a share of its people",
          "[selection][shared]") {
  AMANEKU_NEEDS(test::data(), "population/tblT001100S30.txt");
  const test::TemporaryFolder folder;
  const fs::path scenario = fs::path(AMANEKU_SOURCE_DIR) / "scenarios/gallery/wakayama/scenario.toml";
  std::size_t before = 0;
  for (const double percent : {80.0, 90.0, 95.0}) {
    CAPTURE(percent);
    const Planned planned =
        select_sites(load(scenario, {.settings = {{"scenario.grid_m", "500"},
                                                  {"selection.keep", "false"},
                                                  {"selection.objective", "\"sites\""},
                                                  {"selection.population_percent", std::to_string(percent)}}}),
                     folder.path() / "out");
    const SelectionReport& report = *planned.studies.get<SelectionStudy>().report;
    CHECK(report.optimal);
    CHECK(report.lower_bound == report.objective);
    CHECK(report.objective == static_cast<std::int64_t>(report.chosen.size()));
    CHECK(planned.result.statistics.population.percent() >= percent);
    CHECK(report.chosen.size() > before);
    before = report.chosen.size();
    // One that is left out is missed: the choice has no site too many.
    double least = 1e9;
    for (const ChosenSite& one : report.chosen) least = std::min(least, one.people_alone);
    CHECK(planned.result.statistics.population.covered - least <
          0.01 * percent * planned.result.statistics.population.in_plan());
  }
}

TEST_CASE("roads, places and two servers are held as the plan counts them", "[selection]") {
  const ChoiceWorld world("objective = \"sites\"\n[[selection.roads]]\nclass = \"road\"\npercent = 60",
                          "\n[[places]]\npath = \"places.csv\"\n");
  test::write_text(world.file("places.csv"),
                   "name,kind,lon,lat,level_dbm\nTop school,school,138.738,35.336,-90\n"
                   "Low clinic,clinic,138.662,35.262,-92\n");
  const Planned planned =
      select_sites(load(world.scenario(), {.settings = {{"selection.every_place", "true"}}}), world.file("out"));
  for (const PlaceResult& place : planned.studies.get<PlacesStudy>().report.places) CHECK(place.served());
  REQUIRE(planned.result.statistics.roads.size() == 1);
  const RoadCoverage& road = planned.result.statistics.roads.front();
  CHECK(road.covered_m >= 0.6 * road.length_m * (1.0 - 1e-6));
  const SelectionReport& report = *planned.studies.get<SelectionStudy>().report;
  const auto need = std::find_if(report.needs.begin(), report.needs.end(),
                                 [](const NeedReached& one) { return one.kind == SelectionNeed::Kind::road; });
  REQUIRE(need != report.needs.end());
  CHECK(need->whole == Approx(road.length_m));
  CHECK(need->reached == Approx(road.covered_m));

  // Whichever site of the choice fails, the target stays reached.
  const ChoiceWorld pairs("objective = \"sites\"\nservers = 2");
  pairs.edit("radius_m = 3000.0\nthreshold_dbm = -95.0", "radius_m = 6000.0\nthreshold_dbm = -120.0");
  const Planned twice = select_sites(
      load(pairs.scenario(), {.settings = {{"selection.population_percent", "35"}}}), pairs.file("out"));
  for (std::size_t i = 0; i < twice.input.network.sites.size(); ++i) {
    if (!twice.input.network.sites[i].existing) continue;
    Scenario scenario = load(pairs.scenario());
    scenario.studies.get<SelectionStudy>().options.reset();
    for (std::size_t k = 0; k < scenario.input.network.sites.size(); ++k)
      scenario.input.network.sites[k].existing = twice.input.network.sites[k].existing && k != i;
    CHECK(run(std::move(scenario)).result.statistics.population.percent() >= 35.0 - 1e-6);
  }
}

TEST_CASE("the chosen scenario runs by itself and covers what was promised", "[selection]") {
  const ChoiceWorld world("", std::string(kMoney) + kBackhaul);
  const std::filesystem::path out = world.file("chosen");
  const Planned planned =
      select_sites(load(world.scenario(), {.settings = {{"coverage.threshold_dbm", "-96.5"}}}), out);
  write_outputs(out, planned, Language::en);
  const Json summary = Json::parse(test::read_bytes(out / "summary.json"));
  const Json& selection = summary["selection"];
  CHECK(selection["planned"] == true);
  CHECK(selection["chosen"].size() == chosen_ids(planned).size());
  CHECK(selection["lower_bound_jpy"] <= selection["cost_jpy"]);
  CHECK(selection["gap_percent"].get<double>() >= 0.0);
  CHECK(std::filesystem::exists(out / "selection_sites.csv"));

  // A name with a comma, the columns of both files, the status that was decided.
  const std::string csv = test::read_bytes(out / "sites.csv");
  CHECK(csv.rfind("site_id,name,lon,lat,status,sector_id,azimuth_deg\n", 0) == 0);
  const std::string g = std::string("G,\"Gamma, the second\",138.675,35.335,") +
                        (chosen_ids(planned).count("G") > 0 ? "existing" : "candidate") + ",1,30\n";
  CHECK(says(csv, g));
  CHECK(std::filesystem::exists(out / "input_people.csv"));

  Scenario again = load(out / "scenario.toml");
  CHECK_FALSE(again.studies.get<SelectionStudy>().asked());
  CHECK(again.input.statistics.threshold_dbm == -96.5);
  const Planned second = run(std::move(again));
  CHECK(second.result.statistics.population.covered == planned.result.statistics.population.covered);
  CHECK(second.result.maps.rsrp_dbm.values.size() == planned.result.maps.rsrp_dbm.values.size());
  CHECK(second.studies.get<CostsStudy>().bill.capex_jpy == planned.studies.get<CostsStudy>().bill.capex_jpy);

  // A run into its own folder keeps what it read.
  write_outputs(out, second, Language::en);
  CHECK(std::filesystem::exists(out / "scenario.toml"));
  CHECK(std::filesystem::exists(out / "sites.csv"));
  CHECK_FALSE(std::filesystem::exists(out / "selection_sites.csv"));

  const std::string english = report_html(planned, Language::en);
  const std::string japanese = report_html(planned, Language::ja);
  CHECK(says(english, "Choice of sites"));
  CHECK(says(english, "Why these sites"));
  CHECK(says(japanese, "置局選定"));
  CHECK(says(japanese, "選定理由"));
  CHECK_FALSE(says(japanese, "Why these sites"));
}

TEST_CASE("a run tells the choice beside the plan of the existing sites", "[selection]") {
  const ChoiceWorld world("objective = \"sites\"");
  const Planned planned = run(load(world.scenario()));
  const Json summary = Json::parse(summary_json(planned));
  CHECK(summary["selection"]["planned"] == false);
  CHECK(summary["selection"]["cost_jpy"].is_null());
  const Json& people = summary["selection"]["needs"][0];
  CHECK(people["before"].get<double>() == Approx(planned.result.statistics.population.covered));
  CHECK(people["covered"].get<double>() > people["before"].get<double>());
  for (const Site& site : planned.input.network.sites) CHECK(site.existing == (site.id == "A" || site.id == "B"));
}

TEST_CASE("a selection that cannot be says why", "[selection]") {
  CHECK(says(complaint(ChoiceWorld("objective = \"sites\"\nmunicipality_percent = 100\n")), "out of reach are"));
  const std::string out_of_reach = complaint(ChoiceWorld("objective = \"sites\"\nevery_place = true"));
  CHECK(says(out_of_reach, "needs [[places]]"));
  CHECK(says(complaint(ChoiceWorld("")), "needs [costs]; without prices: objective = \"sites\""));
  CHECK(says(complaint(ChoiceWorld("objective = \"nation\"\n")), "needs [subsidy]"));
  CHECK(says(complaint(ChoiceWorld("objective = \"sites\"\nbudget_jpy = 5\n")), "needs [costs]"));
  CHECK(says(complaint(ChoiceWorld("objective = \"sites\"\ngoal = \"most_people\"\n")), "needs a budget"));
  CHECK(says(complaint(ChoiceWorld("objective = \"sites\"\nsites_at_most = 1\n")), "no choice within it"));
  CHECK(says(complaint(ChoiceWorld("objective = \"sites\"\n[[selection.roads]]\nclass = \"rail\"\n")),
             "no road of this class"));
  CHECK(says(complaint(ChoiceWorld("objective = \"sites\"\n[[selection.roads]]\nclass = \"road\"\n"
                                   "[[selection.roads]]\nclass = \"road\"\n")),
             "comes twice"));
  const std::string small = complaint(ChoiceWorld("budget_jpy = 1000\n", kMoney));
  CHECK(says(small, "buys no site: the cheapest, "));
  CHECK(says(small, "scenario.toml:"));

  const ChoiceWorld twice("objective = \"sites\"");
  test::write_text(twice.file("candidates.csv"), "site_id,lon,lat\nD,138.66,35.26\nA,138.70,35.27\n");
  CHECK(says(complaint(twice), "site A is defined twice"));
  test::write_text(twice.file("candidates.csv"), "site_id,lon,lat,status\nD,138.66,35.26,existing\n");
  CHECK(says(complaint(twice), "are candidates"));
  test::write_text(twice.file("candidates.csv"), std::string(kCandidates) + "F2,Phi,138.70,35.27,1,180\n");
  const Planned planned = select_sites(load(twice.scenario()), twice.file("out"));
  const auto& warnings = planned.result.warnings;
  CHECK(std::any_of(warnings.begin(), warnings.end(), [](const Warning& warning) {
    return warning.id == "selection_same_place" && says(warning.message, "F2 and F");
  }));

  const ChoiceWorld empty("objective = \"sites\"");
  test::write_text(empty.file("people.csv"), "id,lon,lat,population\n1,138.69,35.29,0\n");
  CHECK(says(complaint(empty), "there are no people inside the plan"));
  const SmallWorld none;
  CHECK(says(complaint(none), "there is no [selection]"));
}

TEST_CASE("years that cannot be say why", "[selection]") {
  const std::string two = "[[selection.years]]\nyear = 2027\nKEYS\n[[selection.years]]\nyear = 2028\n";
  const auto told = [](const std::string& years) { return complaint(ChoiceWorld("", kMoney + years)); };
  const auto of_first = [&](const std::string& first) {
    return complaint(ChoiceWorld("", std::string(kMoney) + test::replaced(two, "KEYS", first)));
  };
  CHECK(says(told("[[selection.years]]\nyear = 2028\n[[selection.years]]\nyear = 2028\n"), "2029 or later"));
  const std::string early = of_first("sites_at_most = 1\npopulation_percent = 79");
  CHECK(says(early, "% of the people at most"));
  CHECK(says(early, "population_percent"));
  CHECK(says(early, "scenario.toml"));
  CHECK(says(of_first("budget_municipality_jpy = 1e9\nbudget_sky_jpy = 1"), "budget_sky_jpy"));
  const std::string small = told(
      "[[selection.years]]\nyear = 2027\nbudget_jpy = 1e7\n[[selection.years]]\nyear = 2028\nbudget_jpy = 1e7\n");
  CHECK(says(small, "budget_jpy"));
  CHECK(says(small, "20000000"));
}

TEST_CASE("TOML is written as it was read", "[selection]") {
  const std::string text =
      "a = 1\nb = 2.0\nc = \"x\\\"\\\\\\u0007é\"\nd = [1.5, 1e300, -inf]\n\"odd key\" = true\n"
      "[t]\nu = {v = 1, w = [\"x\"]}\n[[t.list]]\nk = 1\n[[t.list]]\n[t.list.deep]\nz = false\n";
  const TomlNode first = parse_toml(text, "first");
  const std::string written = toml_text(first);
  CHECK(toml_text(parse_toml(written, "second")) == written);
  for (const char* part : {"a = 1\n", "b = 2.0\n", "\\u0007é\"", "1e+300, -inf]", "\"odd key\" = true", "[t.u]",
                           "[[t.list]]", "[t.list.deep]\nz = false"})
    CHECK(says(written, part));
}

}  // namespace selection_test
