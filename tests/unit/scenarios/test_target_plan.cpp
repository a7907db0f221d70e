// [targets] of a scenario, from the file to summary.json.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/read/scenario.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;

namespace {

constexpr const char* kTargets = R"(
[targets]
mesh_rule = "centre"
)";

/// A class for the road, and people who live in municipalities of real prefectures.
class TargetWorld : public test::SmallWorld {
 public:
  TargetWorld() {
    edit("path = \"roads.geojson\"", "path = \"roads.geojson\"\nroad_class = \"expressway\"");
    append(kTargets);
  }
  void append(const std::string& text) const { test::write_text(scenario(), test::read_bytes(scenario()) + text); }
  [[nodiscard]] std::string faults() const {
    try {
      (void)load(scenario(), {});
    } catch (const InputError& error) {
      return error.what();
    }
    return "no fault";
  }
};

nlohmann::json summary_of(Scenario scenario) {
  return nlohmann::json::parse(summary_json(run(std::move(scenario), {.threads = 1})));
}

nlohmann::json target_of(const nlohmann::json& summary, const std::string& id) {
  for (const auto& entry : summary["targets"]) {
    if (entry["id"] == id) return entry;
  }
  FAIL("no target " << id);
  return {};
}

}  // namespace

TEST_CASE("a scenario without [targets] has an empty list") {
  const test::SmallWorld world;
  const nlohmann::json summary = summary_of(load(world.scenario(), {}));
  CHECK(summary["targets"].is_array());
  CHECK(summary["targets"].empty());
  CHECK_FALSE(summary.contains("target_definitions"));
}

TEST_CASE("summary.json holds every target with what is required, reached and missing") {
  const TargetWorld world;
  world.append("[[targets.actual]]\nid = \"T-FTTH-2027\"\nvalue = 99.95\nsource = \"town\"\n");
  const Planned planned = run(load(world.scenario(), {}), {.threads = 1});
  [[maybe_unused]] const PlanInput& input = planned.input;
  [[maybe_unused]] const PlanResult& result = planned.result;
  const auto summary = nlohmann::json::parse(summary_json(planned));
  CHECK(summary["targets"].size() == 17);  // the 22 of the table without 5 published values
  const auto people = target_of(summary, "T-POP-2025");
  CHECK(people["metric"] == "5g_population_coverage");
  CHECK(people["scope"] == "national");
  CHECK(people["required"] == 97.0);
  CHECK(people["whole"] == 167.5);
  CHECK(people["actual"].get<double>() == 100.0 * people["part"].get<double>() / 167.5);
  CHECK(people["met"] == (people["actual"].get<double>() >= 97.0));
  const auto fibre = target_of(summary, "T-FTTH-2027");
  CHECK(fibre["met"] == true);
  CHECK(fibre["actual_source"] == "town");
  const auto schools = target_of(summary, "T-SCHOOL-2023");
  CHECK(schools["actual"].is_null());
  CHECK(schools["met"].is_null());
  CHECK(schools["status"] == "not_evaluated");
  const auto expressways = target_of(summary, "T-EXPWY-2030");
  CHECK(expressways["whole"].get<double>() == Approx(1000.0 * summary["roads"][0]["length_km"].get<double>()));
  CHECK(expressways["part"].get<double>() == Approx(1000.0 * summary["roads"][0]["covered_km"].get<double>()));
  CHECK(summary["target_definitions"]["mesh_rule"] == "centre");
  CHECK(summary["target_curves"].empty());

  // The table of gaps has a row for every place.
  std::size_t places = 0;
  for (const TargetResult& target : planned.studies.get<TargetsStudy>().report.results)
    places += target.gaps.size();
  CHECK(places > 0);
  const std::string csv = test::csv_of_table(planned, "target_gaps");
  CHECK(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) == places + 1);
}

TEST_CASE("a roll-out by year: targets see the sites of their year, curves rise") {
  const TargetWorld world;
  test::write_text(world.file("sites.csv"),
                   "site_id,name,lon,lat,status,sector_id,azimuth_deg,year\n"
                   "A,Alpha,138.69,35.29,existing,1,0,2024\n"
                   "A,Alpha,138.69,35.29,existing,2,120,2029\n"
                   "B,Beta,138.72,35.31,existing,1,240,2026\n");
  const Planned planned = run(load(world.scenario(), {}), {.threads = 1});
  [[maybe_unused]] const PlanInput& input = planned.input;
  [[maybe_unused]] const PlanResult& result = planned.result;
  REQUIRE(planned.studies.get<TargetsStudy>().asked());
  const auto summary = nlohmann::json::parse(summary_json(planned));
  CHECK(target_of(summary, "T-POP-2023")["actual"] == 0.0);
  CHECK(target_of(summary, "T-POP-2023")["status"] == "past");
  CHECK(summary["target_definitions"]["as_of_year"] == 2025);  // in a roll-out too
  CHECK(target_of(summary, "T-POP-2030")["actual"].get<double>() > 0.0);
  CHECK(summary["target_definitions"]["fiscal_years"] ==
        nlohmann::json({2023, 2024, 2025, 2026, 2027, 2029, 2030}));
  REQUIRE_FALSE(planned.studies.get<TargetsStudy>().report.curves.empty());
  bool rises = false;
  for (const TargetCurve& curve : planned.studies.get<TargetsStudy>().report.curves) {
    for (std::size_t i = 1; i < curve.points.size(); ++i) {
      CHECK(curve.points[i].second >= curve.points[i - 1].second);
      rises = rises || curve.points[i].second > curve.points[i - 1].second;
    }
  }
  CHECK(rises);

  // With all sectors the roads are those of the statistics, whatever the order in which they came.
  const auto expressways = target_of(summary, "T-EXPWY-2030");
  CHECK(expressways["part"].get<double>() == Approx(result.statistics.roads.at(0).covered_m));
}

TEST_CASE("inside a car less road is served, on a high vehicle more") {
  const TargetWorld world;
  const auto served_m = [&](const std::vector<std::pair<std::string, std::string>>& settings) {
    return target_of(summary_of(load(world.scenario(), {.settings = settings})), "T-EXPWY-2030")["part"]
        .get<double>();
  };
  const std::pair<std::string, std::string> threshold{"targets.threshold_dbm", "-100"};
  const double plain = served_m({threshold});
  CHECK(served_m({threshold, {"targets.in_car", "true"}, {"targets.in_car_loss_db", "20"}}) < plain);
  CHECK(served_m({threshold, {"targets.vehicle_agl_m", "20"}}) > plain);
  // The loss into buildings is that of people, not of cars.
  CHECK(served_m({threshold, {"receiver.building_loss_db", "30"}}) == plain);
}

TEST_CASE("two operators: overlaid, and each alone") {
  const TargetWorld world;
  test::write_text(world.file("sites.csv"),
                   "site_id,name,lon,lat,status,sector_id,azimuth_deg,operator\n"
                   "A,Alpha,138.69,35.29,existing,1,0,x\n"
                   "B,Beta,138.72,35.31,existing,1,240,y\n");
  const Planned planned = run(load(world.scenario(), {}), {.threads = 1});
  [[maybe_unused]] const PlanInput& input = planned.input;
  [[maybe_unused]] const PlanResult& result = planned.result;
  const auto road = target_of(nlohmann::json::parse(summary_json(planned)), "T-EXPWY-2030");
  REQUIRE(road["operators"].size() == 2);
  for (std::size_t k = 0; k < 2; ++k) {
    const RoadCoverage& alone = result.operators->networks.at(k).coverage.roads.at(0);
    CHECK(road["operators"][k]["operator"] == result.operators->networks[k].id);
    CHECK(road["operators"][k]["actual"].get<double>() == Approx(100.0 * alone.covered_m / alone.length_m));
    CHECK(road["operators"][k]["actual"].get<double>() < road["actual"].get<double>());
  }
}

TEST_CASE("[targets] with faults is refused, each with its place and message") {
  const TargetWorld world;
  const std::string before = test::read_bytes(world.scenario());
  const auto fault_with = [&](const std::string& more) {
    test::write_text(world.scenario(), before + more);
    return world.faults();
  };
  CHECK_THAT(fault_with("fiscal_years = [2025, 2023]\n"), Contains("the years go backwards: 2023 after 2025"));
  CHECK_THAT(fault_with("ids = [\"T-POP-2026\"]\n"),
             Contains("no target \"T-POP-2026\"; did you mean \"T-POP-202"));
  CHECK_THAT(fault_with("parent_sites = [\"Z\"]\n"), Contains("no site \"Z\""));
  CHECK_THAT(fault_with("[[targets.actual]]\nid = \"A-POP-2021\"\nvalue = 1\nsource = \"x\"\n"),
             Contains("is a published value, not a target"));
  test::write_text(world.scenario(), before);
  test::write_text(world.file("sites.csv"),
                   "site_id,lon,lat,sector_id,azimuth_deg,year\n"
                   "A,138.69,35.29,1,0,2029\n"
                   "A,138.69,35.29,2,120,2024\n");
  CHECK_THAT(world.faults(),
             Contains("sites.csv:3: year = 2024: the years of site A go backwards: 2024 after 2029"));
}

TEST_CASE("meshes of the Tokyo datum are refused") {
  const test::SmallWorld world;
  world.edit("path = \"people.csv\"", "path = \"people.csv\"\ndatum = \"tokyo\"");
  try {
    (void)load(world.scenario(), {});
    FAIL("was read");
  } catch (const InputError& error) {
    CHECK_THAT(error.what(),
               Contains("population.datum = \"tokyo\": mesh codes of the Tokyo datum (日本測地系) lie some "
                        "450 m from those of JGD2011"));
  }
}

TEST_CASE("the report has the targets, their curves, and the places that close a gap, in both languages") {
  const TargetWorld world;
  test::write_text(world.file("sites.csv"),
                   "site_id,name,lon,lat,status,sector_id,azimuth_deg,operator,year\n"
                   "A,Alpha,138.69,35.29,existing,1,0,x,2024\n"
                   "B,Beta,138.72,35.31,existing,1,240,<y>,2029\n");
  test::write_text(
      world.file("own.toml"),
      "[target.own]\nname = \"Our <valley>\"\nmetric = \"5g_population_coverage\"\nscope = \"region\"\n"
      "comparison = \">=\"\nvalue = 100\nunit = \"%\"\nfiscal_year = 2025\nsource = \"council\"\n");
  world.edit("mesh_rule = \"centre\"", "mesh_rule = \"centre\"\npath = \"own.toml\"");
  const Planned planned = run(load(world.scenario(), {}), {.threads = 1});
  [[maybe_unused]] const PlanInput& input = planned.input;
  [[maybe_unused]] const PlanResult& result = planned.result;
  const auto count = [](const std::string& text, const std::string& what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
  };
  // Every place once, with every target that misses it.
  std::map<std::string, std::vector<std::string>> by_place;
  for (const TargetResult& target : planned.studies.get<TargetsStudy>().report.results)
    for (const TargetGap& gap : target.gaps)
      if (gap.kind == TargetGap::Kind::mesh) by_place[gap.id].push_back(target.target.id);
  REQUIRE_FALSE(by_place.empty());
  std::size_t most = 0;
  for (const auto& [id, of] : by_place) most = std::max(most, of.size());
  CHECK(most > 1);
  for (const Language language : {Language::en, Language::ja}) {
    const std::string page = report_html(planned, language);
    const bool japanese = language == Language::ja;
    CHECK_THAT(page, Contains(japanese ? ">整備目標</h2>" : ">Targets</h2>"));
    CHECK_THAT(page, Contains("Our &lt;valley&gt;") && !Contains("<valley>"));
    CHECK_THAT(page, Contains("&lt;y&gt;"));  // each operator alone
    CHECK(count(page, japanese ? "<h3>目標の不足を解消する箇所" : "<h3>Places that would close the gaps") == 1);
    CHECK(count(page, "<g class=\"mark\"") >= 2);  // the map has the rows of the table
    CHECK(count(page, "<g class=\"mark\"") ==
          count(page, japanese ? "人</td><td><small>" : " people</td><td><small>") +
              count(page, " km</td><td><small>"));
    for (const auto& [id, of] : by_place) {
      const std::string row = (japanese ? "<td>メッシュ " : "<td>mesh ") + id + "</td>";
      INFO(row);
      REQUIRE(count(page, row) == 1);
      const std::string cells = page.substr(page.find(row), page.find("</tr>", page.find(row)) - page.find(row));
      CHECK((count(cells, "West") + count(cells, "East")) == 1);
      for (const std::string& target : of) CHECK(count(cells, target) >= 1);
    }
    CHECK(count(page, "<title>x</title>") >= 2);         // a curve of one operator, in every plot that has one
    CHECK_THAT(page, Contains("T-POP-2030 2030 99 %"));  // the mark of what is required
  }
}

TEST_CASE("targets in short: the counts of the table, those that are missed by name, on page and terminal alike") {
  const TargetWorld world;
  test::write_text(world.file("own.toml"),
                   "[target.masts]\nname = \"Masts <here>\"\nname_ja = \"鉄塔\"\nmetric = \"5g_base_stations\"\n"
                   "scope = \"region\"\ncomparison = \">=\"\nvalue = 30\nunit = \"stations\"\nfiscal_year = 2030\n"
                   "source = \"council\"\n");
  world.edit("mesh_rule = \"centre\"", "path = \"own.toml\"\nids = [\"masts\", \"T-L4-2027\", \"T-L4-2025\"]");
  world.append("[[targets.actual]]\nid = \"T-L4-2027\"\nvalue = 100\nsource = \"ministry\"\n");
  const Planned planned = run(load(world.scenario(), {}), {.threads = 1});
  const auto& targets = planned.studies.get<TargetsStudy>();
  const std::string text = targets.closing(Language::en, planned.input);
  CHECK_THAT(text, Contains("Targets: 1 met, 1 missed, 1 not evaluated\n") &&
                       Contains("\n  missed: Masts <here> (2030): 2 stations, required ≥ 30 stations\n"));
  CHECK_THAT(targets.closing(Language::ja, planned.input),
             Contains("整備目標: 達成 1 件、未達 1 件、評価対象外 1 件\n") &&
                 Contains("\n  未達: 鉄塔（2030 年度）2 局、目標 ≥ 30 局\n"));
  CHECK_THAT(closing_summary(planned, "out", Language::en), Contains(text));
  CHECK_THAT(report_html(planned, Language::en),
             Contains("✓ met 1</b>") && Contains("✗ missed 1</b>not evaluated 1<") &&
                 Contains("<li>missed: Masts &lt;here&gt; (2030): 2 stations, required ≥ 30 stations</li>"));
}

TEST_CASE("a value that the user supplies, and a region's own number of stations") {
  const TargetWorld world;
  test::write_text(
      world.file("own.toml"),
      "[target.masts]\nname = \"Masts\"\nmetric = \"5g_base_stations\"\nscope = \"region\"\n"
      "comparison = \">=\"\nvalue = 3\nunit = \"stations\"\nfiscal_year = 2030\nsource = \"council\"\n");
  world.edit("mesh_rule = \"centre\"", "path = \"own.toml\"\nids = [\"masts\", \"T-L4-2027\"]");
  world.append("[[targets.actual]]\nid = \"T-L4-2027\"\nvalue = 100\nsource = \"ministry\"\n");
  const auto summary = summary_of(load(world.scenario(), {}));
  REQUIRE(summary["targets"].size() == 2);
  const auto masts = target_of(summary, "masts");
  CHECK(masts["actual"] == 2.0);
  CHECK(masts["shortfall"] == 1.0);
  CHECK(target_of(summary, "T-L4-2027")["met"] == true);
}

TEST_CASE("a target of the country for a past year is not missed by a village, and is not red") {
  const TargetWorld world;
  const std::pair<std::string, std::string> nothing_served{"targets.threshold_dbm", "50"};
  const Planned planned = run(load(world.scenario(), {.settings = {nothing_served}}), {.threads = 1});
  const auto summary = nlohmann::json::parse(summary_json(planned));
  const auto past = target_of(summary, "T-POP-2023");
  CHECK(past["actual"] == 0.0);
  CHECK(past["status"] == "past");
  CHECK(past["shortfall"] == 95.0);
  CHECK(past["gaps_count"] == 0);
  CHECK(target_of(summary, "T-POP-2025")["status"] == "missed");
  CHECK(summary["target_definitions"]["as_of_year"] == 2025);  // the last published value is of 2024
  CHECK_THAT(report_html(planned, Language::en), Contains("of a past year"));
  CHECK_THAT(report_html(planned, Language::ja), Contains("過年度の目標"));
  const auto status = [&](const char* key, const char* value, const char* id) {
    const auto other = summary_of(load(world.scenario(), {.settings = {nothing_served, {key, value}}}));
    return target_of(other, id)["status"].get<std::string>();
  };
  CHECK(status("targets.as_of_year", "2026", "T-POP-2025") == "past");
  CHECK(status("targets.as_of_year", "2023", "T-POP-2023") == "missed");
  CHECK(status("targets.whole_country", "true", "T-POP-2023") == "missed");
}

TEST_CASE("the targets of the country are switched off by one key") {
  const TargetWorld world;
  world.edit("mesh_rule = \"centre\"", "mesh_rule = \"centre\"\nnational = false");
  CHECK_THAT(world.faults(),
             Contains("targets.national = false: leaves no target: name a file of your own in path"));
  test::write_text(world.file("own.toml"),
                   "[target.own]\nname = \"Valley\"\nmetric = \"5g_population_coverage\"\nscope = \"region\"\n"
                   "comparison = \">=\"\nvalue = 100\nunit = \"%\"\nfiscal_year = 2020\nsource = \"council\"\n");
  world.edit("national = false", "national = false\npath = \"own.toml\"");
  const auto summary = summary_of(load(world.scenario(), {.settings = {{"targets.threshold_dbm", "50"}}}));
  REQUIRE(summary["targets"].size() == 1);
  CHECK(summary["targets"][0]["id"] == "own");
  CHECK(summary["targets"][0]["status"] == "missed");  // a target of one's own is judged in any year
}

TEST_CASE("half of a mesh or more than half: the rule and its source are in the summary") {
  const TargetWorld world;
  for (const char* rule : {"half", "more_than_half"}) {
    const auto summary = summary_of(load(world.scenario(), {.settings = {{"targets.mesh_rule", rule}}}));
    CHECK(summary["target_definitions"]["mesh_rule"] == rule);
    const std::string source = summary["target_definitions"]["mesh_rule_source"];
    CHECK((source.find("過半") != std::string::npos) == (std::string(rule) == "more_than_half"));
  }
}
