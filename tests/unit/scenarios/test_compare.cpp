// What differs between plans: counted by hand on plans of a few rows, and from planned folders beside their own
// maps.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "scenarios/ask/compare/compare_files.hpp"
#include "scenarios/ask/compare/plan_comparison.hpp"
#include "terrain/raster/raster_io.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace compare_test {

const double kNan = std::nan("");

StoredColumn texts(std::string name, std::vector<std::string> values) {
  return {.name = std::move(name), .is_text = true, .texts = std::move(values)};
}

StoredColumn numbers(std::string name, std::vector<double> values) {
  return {.name = std::move(name), .numbers = std::move(values)};
}

StoredTable table(std::vector<StoredColumn> columns) {
  const std::size_t rows = columns.front().is_text ? columns.front().texts.size() : columns.front().numbers.size();
  return {.rows = rows, .columns = std::move(columns)};
}

/// Four meshes in two municipalities, three sites. Covered: 50 % of m1, all of m2, none of m3 and m4.
ComparedPlan plan_a() {
  ComparedPlan plan{.letter = "A", .folder = "a"};
  plan.stored.title = "Valley";
  plan.stored.program_version = "0.1.0";
  plan.stored.crs_id = "EPSG:6676";
  plan.stored.grid = {.cell_m = 100.0, .nx = 3, .ny = 2};
  plan.settings = {{"threshold_dbm", "-110"}, {"rx_agl_m", "1.5"},       {"body_loss_db", "0"},
                   {"model", "p526"},         {"path_loss_stored", "1"}, {"building_loss_db", "0"}};
  plan.tables["population"] =
      table({texts("id", {"m1", "m2", "m3", "m4"}), numbers("people", {100, 40, 10, 8}),
             numbers("x_m", {0, 500, 1000, 1500}), numbers("y_m", {0, 0, 0, 0}),
             texts("municipality_code", {"01", "01", "02", ""}), numbers("covered_percent", {50, 100, 0, 0})});
  plan.tables["municipalities"] =
      table({texts("code", {"01", "02", "03"}), texts("name", {"Kamimura", "Shimomachi", "Toomachi"}),
             numbers("in_plan", {1, 1, 0}), numbers("population_in_plan", {140, 10, 0}),
             numbers("population_covered", {90, 0, 0})});
  plan.tables["population_total"] =
      table({texts("part", {"all", "outside_municipalities"}), numbers("population", {158, 8}),
             numbers("population_in_plan", {158, 8}), numbers("population_covered", {90, 0}),
             numbers("coverage_percent", {100.0 * 90 / 158, 0})});
  plan.tables["sites"] =
      table({texts("id", {"S1", "S2", "S3"}), texts("name", {"Ridge", "Pass", "Port"}),
             texts("status", {"existing", "existing", "candidate"}), numbers("lon_deg", {138.1, 138.2, 138.3}),
             numbers("lat_deg", {35.1, 35.2, 35.3})});
  plan.tables["sectors"] =
      table({texts("site_id", {"S1", "S1", "S2"}), texts("sector_id", {"1", "2", "1"}),
             numbers("azimuth_deg", {0, 120, 240}), numbers("freq_hz", {4.85e9, 4.85e9, 4.85e9}),
             numbers("best_server_km2", {7, 8, 9})});
  plan.tables["costs"] = table(
      {numbers("year", {2025}), numbers("capex_jpy", {50'000'000}), numbers("municipality_jpy", {10'000'000})});
  plan.tables["targets"] =
      table({texts("id", {"own"}), texts("comparison", {">="}), numbers("required", {60}), texts("unit", {"%"}),
             numbers("fiscal_year", {2030}), numbers("actual", {57}), texts("status", {"missed"})});
  plan.tables["routes"] = table({texts("id", {"bus"}), texts("name", {"bus"}), texts("direction", {"there"}),
                                 texts("verdict", {"no_link"}), numbers("gap_m", {900})});
  plan.tables["road_classes"] =
      table({texts("class", {"national"}), numbers("covered_km", {4}), numbers("coverage_percent", {40})});
  plan.tables["area_total"] = table({numbers("area_in_plan_km2", {10}), numbers("area_covered_km2", {4})});
  plan.summary = {{"backhaul.fibre_km", 3.5}};
  return plan;
}

/// S2 is switched off, S3 on, a sector of S1 turned: m1 gains 30 % of its 100, m2 loses 75 % of its 40, m3 gains
/// all.
ComparedPlan plan_b() {
  ComparedPlan plan = plan_a();
  plan.letter = "B";
  plan.folder = "b";
  plan.tables["population"].columns[5] = numbers("covered_percent", {80, 25, 100, 0});
  plan.tables["municipalities"].columns[4] = numbers("population_covered", {90, 10, 0});
  plan.tables["population_total"].columns[3] = numbers("population_covered", {100, 0});
  plan.tables["sites"].columns[2] = texts("status", {"existing", "candidate", "existing"});
  plan.tables["sectors"] =
      table({texts("site_id", {"S1", "S1", "S3"}), texts("sector_id", {"1", "2", "1"}),
             numbers("azimuth_deg", {15, 120, 0}), numbers("freq_hz", {4.85e9, 4.85e9, 4.85e9}),
             numbers("best_server_km2", {1, 2, 3})});
  plan.tables["costs"].columns[1] = numbers("capex_jpy", {62'500'000});
  plan.tables["targets"].columns[5] = numbers("actual", {63});
  plan.tables["targets"].columns[6] = texts("status", {"met"});
  plan.tables["routes"].columns[3] = texts("verdict", {"met"});
  plan.tables["routes"].columns[4] = numbers("gap_m", {0});
  plan.settings["path_loss_stored"] = "0";
  return plan;
}

PlanComparison compared(ComparedPlan a, ComparedPlan b) {
  a.letter = "A";
  b.letter = "B";
  return compare_plans({std::move(a), std::move(b)});
}

const ComparedFigure& figure_named(const PlanComparison& comparison, const std::string& key) {
  const auto found = std::find_if(comparison.figures.begin(), comparison.figures.end(),
                                  [&](const ComparedFigure& figure) { return figure.key == key; });
  REQUIRE(found != comparison.figures.end());
  return *found;
}

std::string values_text(const SiteChange& site) {
  std::string out;
  for (const ValueChange& value : site.values) out += value.key + " " + value.before + " > " + value.after + "; ";
  return out;
}

bool warns_of(const PlanComparison& comparison, const std::string& id) {
  return std::any_of(comparison.warnings.begin(), comparison.warnings.end(),
                     [&](const ComparedWarning& warning) { return warning.id == id; });
}

/// What a reader sees of a page.
std::string visible(const std::string& html) {
  std::string out;
  bool inside = false;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html.compare(i, 7, "<style>") == 0) i = html.find("</style>", i);
    if (html[i] == '<') inside = true;
    if (!inside) out += html[i];
    if (html[i] == '>') {
      inside = false;
      out += ' ';
    }
  }
  return out;
}

std::set<std::string> latin_words(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += c;
    } else {
      if (word.size() > 1) words.insert(word);
      word.clear();
    }
  }
  return words;
}

std::string refusal(const std::vector<fs::path>& folders) {
  try {
    (void)compare_results(folders);
  } catch (const InputError& error) {
    return error.what();
  }
  return "not refused";
}

}  // namespace compare_test

using namespace compare_test;

TEST_CASE("compare: people won and lost are those counted by hand, by municipality and in all") {
  const PopulationChange change = population_change(plan_a(), plan_b());
  CHECK(change.all.won == Approx(30.0 + 10.0));
  CHECK(change.all.lost == Approx(30.0));
  CHECK(change.all.net() == Approx(100.0 - 90.0));
  CHECK(change.units == 4);
  CHECK(change.people == Approx(158.0));
  CHECK(change.whole());
  REQUIRE(change.municipalities.size() == 3);  // Toomachi lies outside the plan
  CHECK(change.municipalities[0].name == "Kamimura");
  CHECK(change.municipalities[0].people.won == Approx(30.0));
  CHECK(change.municipalities[0].people.lost == Approx(30.0));
  CHECK(change.municipalities[1].name == "Shimomachi");
  CHECK(change.municipalities[1].people.won == Approx(10.0));
  CHECK(change.municipalities[1].covered.after == Approx(10.0));
  CHECK(change.municipalities[2].code.empty());
  CHECK(change.municipalities[2].in_plan.before == Approx(8.0));
}

TEST_CASE("compare: units are joined by id and place, whatever their order; the rest is left out and said") {
  ComparedPlan after = plan_b();
  StoredTable& people = after.tables["population"];
  for (StoredColumn& column : people.columns) {
    std::reverse(column.texts.begin(), column.texts.end());
    std::reverse(column.numbers.begin(), column.numbers.end());
  }
  CHECK(population_change(plan_a(), after).all.won == Approx(40.0));

  people.columns[1].numbers[3] = 90.0;  // m1 has other people
  people.columns[2].numbers[2] = 5000;  // m2 lies elsewhere
  const PlanComparison comparison = compared(plan_a(), after);
  const PopulationChange& change = comparison.changes.front().population;
  CHECK(change.units == 2);
  CHECK(change.all.won == Approx(10.0));
  CHECK(change.all.lost == Approx(0.0));
  CHECK(change.left_out.before == Approx(140.0));
  CHECK(change.left_out.after == Approx(130.0));
  CHECK(warns_of(comparison, "population_differs"));
  CHECK_FALSE(warns_of(compared(plan_a(), plan_b()), "population_differs"));
}

TEST_CASE("compare: the same meshes in another coordinate system are the same") {
  const Crs here = Crs::from_text("EPSG:6676");
  const Crs there = Crs::from_text("EPSG:6677");
  ComparedPlan after = plan_b();
  after.stored.crs_id = "EPSG:6677";
  StoredTable& people = after.tables["population"];
  for (std::size_t i = 0; i < people.rows; ++i) {
    const Point at = there.to_plan(here.to_lonlat({people.columns[2].numbers[i], people.columns[3].numbers[i]}));
    people.columns[2].numbers[i] = at.x_m;
    people.columns[3].numbers[i] = at.y_m;
  }
  const PlanComparison comparison = compared(plan_a(), after);
  CHECK(comparison.changes.front().population.units == 4);
  CHECK(comparison.changes.front().obstacle == MapObstacle::other_crs);
  CHECK(warns_of(comparison, "crs_differs"));
}

TEST_CASE("compare: the same plan twice differs in nothing") {
  const PlanComparison comparison = compared(plan_a(), plan_a());
  const PlanChange& change = comparison.changes.front();
  CHECK(change.population.all.won == 0.0);
  CHECK(change.population.all.lost == 0.0);
  CHECK(change.sites.empty());
  CHECK(change.settings.empty());
  CHECK(change.inputs.empty());
  CHECK(comparison.warnings.empty());
  REQUIRE(comparison.figures.size() > 10);
  for (const ComparedFigure& figure : comparison.figures) {
    INFO(figure.key);
    CHECK(figure.difference(1) == 0.0);
  }
}

TEST_CASE("compare: folders in the other order swap signs, won and lost, added and removed") {
  const PlanComparison forth = compared(plan_a(), plan_b());
  const PlanComparison back = compared(plan_b(), plan_a());
  CHECK(forth.changes[0].population.all.won == back.changes[0].population.all.lost);
  CHECK(forth.changes[0].population.all.lost == back.changes[0].population.all.won);
  REQUIRE(forth.figures.size() == back.figures.size());
  bool any = false;
  for (std::size_t i = 0; i < forth.figures.size(); ++i) {
    INFO(forth.figures[i].key);
    CHECK(forth.figures[i].difference(1) == -back.figures[i].difference(1));
    any = any || forth.figures[i].difference(1) != 0.0;
  }
  CHECK(any);
  REQUIRE(back.changes[0].sites.size() == 3);
  CHECK(back.changes[0].sites[0].id == "S2");
  CHECK(back.changes[0].sites[0].kind == SiteChange::Kind::added);
  CHECK(back.changes[0].sites[1].id == "S3");
  CHECK(back.changes[0].sites[1].kind == SiteChange::Kind::removed);
}

TEST_CASE("compare: sites added, removed and changed, with the keys that changed") {
  const std::vector<SiteChange> sites = site_changes(plan_a(), plan_b());
  REQUIRE(sites.size() == 3);
  CHECK(sites[0].id == "S3");
  CHECK(sites[0].kind == SiteChange::Kind::added);
  CHECK(values_text(sites[0]) == "status candidate > existing; ");
  CHECK(sites[1].id == "S2");
  CHECK(sites[1].kind == SiteChange::Kind::removed);
  CHECK(sites[2].id == "S1");
  CHECK(sites[2].kind == SiteChange::Kind::changed);
  CHECK(values_text(sites[2]) == "1/azimuth_deg 0 > 15; ");  // what was found, best_server_km2, is no change

  // A carrier of a sector is told from another by its frequency.
  ComparedPlan two = plan_a();
  two.tables["sectors"] =
      table({texts("site_id", {"S1", "S1", "S1", "S2"}), texts("sector_id", {"1", "1", "2", "1"}),
             numbers("azimuth_deg", {90, 0, 120, 240}), numbers("freq_hz", {3.7e9, 4.85e9, 4.85e9, 4.85e9})});
  const std::vector<SiteChange> carriers = site_changes(plan_a(), two);
  REQUIRE(carriers.size() == 1);
  CHECK(values_text(carriers[0]) == "1/carrier_hz  > 3700000000; ");
}

TEST_CASE("compare: figures of both plans and their difference") {
  const PlanComparison comparison = compared(plan_a(), plan_b());
  CHECK(figure_named(comparison, "capex_jpy").values == std::vector<double>{50e6, 62.5e6});
  CHECK(figure_named(comparison, "capex_jpy").difference(1) == 12.5e6);
  CHECK(figure_named(comparison, "targets_met").values == std::vector<double>{0.0, 1.0});
  CHECK(figure_named(comparison, "routes_gap_m").values == std::vector<double>{900.0, 0.0});
  CHECK(figure_named(comparison, "area_coverage_percent").values == std::vector<double>{40.0, 40.0});
  CHECK(figure_named(comparison, "sites").values == std::vector<double>{2.0, 2.0});
  CHECK(figure_named(comparison, "road_covered_km").part == "national");
  CHECK(figure_named(comparison, "backhaul_fibre_km").values == std::vector<double>{3.5, 3.5});
  const bool invented = std::any_of(comparison.figures.begin(), comparison.figures.end(),
                                    [](const ComparedFigure& figure) { return figure.key == "national_jpy"; });
  CHECK_FALSE(invented);  // neither plan has it
}

TEST_CASE("compare: cells are kept, won, lost or neither by the threshold of each plan") {
  const Grid grid{.cell_m = 1000.0, .nx = 3, .ny = 2};
  const auto raster = [&](std::vector<float> values) {
    Raster<float> out(grid, 0.0F);
    std::copy(values.begin(), values.end(), out.values.begin());
    return out;
  };
  const float none = kNoData;
  const ChangeMap map =
      change_map(raster({-100, -100, -120, -120, none, -90}), raster({-100, -120, -100, -120, -90, none}),
                 raster({1, 1, 1, 1, 1, none}), {-110.0, -105.0});
  const std::vector<int> classes(map.classes.values.begin(), map.classes.values.end());
  CHECK(classes == std::vector<int>{1, 3, 2, 0, 2, 255});
  CHECK(map.km2 == std::array<double, 4>{1.0, 1.0, 2.0, 1.0});
  CHECK(map.difference_db.values[1] == -20.0F);
  CHECK(std::isnan(map.difference_db.values[4]));
  // At -105 dBm a power of -107 is not covered, at -110 dBm it is: lost without any change of the network.
  const ChangeMap stricter =
      change_map(raster({-107, -107, -107, -107, -107, -107}), raster({-107, -107, -107, -107, -107, -107}),
                 raster({1, 1, 1, 1, 1, 1}), {-110.0, -105.0});
  CHECK(stricter.km2[static_cast<std::size_t>(CellChange::lost)] == 6.0);
}

TEST_CASE("compare: what makes the figures mean something else is warned of, in both languages") {
  ComparedPlan after = plan_b();
  after.stored.grid.cell_m = 50.0;
  after.stored.program_version = "0.2.0";
  after.settings["threshold_dbm"] = "-105";
  after.tables["costs"].columns[0] = numbers("year", {2027});
  const PlanComparison comparison = compared(plan_a(), after);
  for (const char* id : {"grid_differs", "versions_differ", "covered_differs", "prices_differ"}) {
    INFO(id);
    CHECK(warns_of(comparison, id));
  }
  const std::string text = comparison_text(comparison, Language::en);
  CHECK(text.find("RSRP -110 / -105 dBm") != std::string::npos);
  CHECK(text.find("3 x 2, 100 m, B: 3 x 2, 50 m") != std::string::npos);
  CHECK(comparison_text(comparison, Language::ja).find("2025 / 2027 年価格") != std::string::npos);
  CHECK(comparison.changes.front().population.all.won == Approx(40.0));  // figures all the same
}

TEST_CASE("compare: each language keeps to itself") {
  ComparedPlan after = plan_b();
  after.settings["threshold_dbm"] = "-105";
  const PlanComparison comparison = compared(plan_a(), after);
  // Names of the plans, signs and units.
  const std::set<std::string> allowed = {"Valley", "Kamimura", "Shimomachi", "Ridge", "Pass", "Port",
                                         "own",    "bus",      "amaneku",    "RSRP",  "dBm",  "km",
                                         "EPSG",   "ID",       "Toomachi",   "FY"};
  for (const std::string& text :
       {comparison_text(comparison, Language::ja), visible(comparison_html(comparison, Language::ja))}) {
    CHECK(text.find("カバー人口") != std::string::npos);
    for (const std::string& word : latin_words(text)) {
      INFO(word);
      CHECK(allowed.count(word) == 1);
    }
  }
  for (const std::string& text :
       {comparison_text(comparison, Language::en), visible(comparison_html(comparison, Language::en))}) {
    CHECK(text.find("People won") != std::string::npos);
    const bool japanese = std::any_of(text.begin(), text.end(), [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte >= 0xE3 && byte <= 0xED;
    });
    CHECK_FALSE(japanese);
  }
}

TEST_CASE("compare: names from a plan are text on the page, whatever they contain") {
  ComparedPlan hostile = plan_b();
  hostile.stored.title = "<script>alert(1)</script>";
  hostile.tables["sites"].columns[1] = texts("name", {"a\"><img src=x>", "", "<b>"});
  hostile.tables["municipalities"].columns[1] = texts("name", {"<i>", "&", ""});
  hostile.stored.credits = {"<a href=\"javascript:1\">"};
  const std::string page = comparison_html(compared(plan_a(), hostile), Language::en);
  for (const char* tag : {"<script", "<img", "<a href", "<i>"}) {
    INFO(tag);
    CHECK(page.find(tag) == std::string::npos);
  }
}

TEST_CASE("compare: planned folders, with a site more and another less") {
  const test::SmallWorld world;
  const auto planned = [&](const std::string& folder, const std::string& sites) {
    test::write_text(world.file("sites.csv"), sites);
    Planned out = run(load(world.scenario()));
    write_outputs(world.file(folder), out, Language::en);
    return out;
  };
  const std::string sites = test::SmallWorld::kSites;
  const Planned a = planned("a", sites);
  const Planned b = planned("b", test::replaced(test::replaced(sites, "35.31,existing", "35.31,candidate"),
                                                "35.33,candidate", "35.33,existing"));
  const PlanComparison comparison = compare_results({world.file("a"), world.file("b")});
  REQUIRE(comparison.changes.size() == 1);
  const PlanChange& change = comparison.changes.front();

  // Each of the three people points is covered by the cell that holds it.
  double won = 0.0;
  double lost = 0.0;
  const double threshold_dbm = a.input.statistics.threshold_dbm;
  for (const PopulationUnit& unit : a.input.world.population.units) {
    const Grid& grid = a.result.grid;
    const int ix = grid.column_of(unit.centre.x_m);
    const int iy = grid.row_of(unit.centre.y_m);
    const bool was = static_cast<double>(a.result.maps.rsrp_dbm.at(ix, iy)) >= threshold_dbm;
    const bool is = static_cast<double>(b.result.maps.rsrp_dbm.at(ix, iy)) >= threshold_dbm;
    if (is && !was) won += unit.people;
    if (was && !is) lost += unit.people;
  }
  CHECK(change.population.all.won == Approx(won));
  CHECK(change.population.all.lost == Approx(lost));
  CHECK(won + lost > 0.0);
  CHECK(change.population.all.net() ==
        Approx(b.result.statistics.population.covered - a.result.statistics.population.covered));

  REQUIRE(change.map);
  const double cell_km2 = 1e-6 * a.result.grid.cell_m * a.result.grid.cell_m;
  double won_km2 = 0.0;
  for (std::size_t i = 0; i < a.result.grid.cells(); ++i) {
    const bool was = static_cast<double>(a.result.maps.rsrp_dbm.values[i]) >= threshold_dbm;
    const bool is = static_cast<double>(b.result.maps.rsrp_dbm.values[i]) >= threshold_dbm;
    if (is && !was) won_km2 += cell_km2;
  }
  CHECK(change.map->km2[static_cast<std::size_t>(CellChange::won)] == Approx(won_km2));
  CHECK(change.map->km2[1] + change.map->km2[2] ==
        Approx(1e-6 * b.result.statistics.area.covered_m2));  // kept and won are what B covers

  const fs::path out = world.file("out");
  write_comparison(out, comparison, Language::ja);
  const Json json = Json::parse(test::read_bytes(out / "compare.json"));
  CHECK(test::read_bytes(out / "compare.json").find("\"schema\": \"amaneku-compare-1.0\"") < 10);
  CHECK(json["changes"][0]["population"]["population_won"].get<double>() == Approx(won));
  CHECK(json["changes"][0]["sites"]["added"][0]["id"] == "C");
  CHECK(json["changes"][0]["sites"]["removed"][0]["id"] == "B");
  for (const std::string name : {"coverage_change_b.tif", "coverage_change_b.qml", "rsrp_difference_b_db.tif",
                                 "compare.html", "compare.json"}) {
    INFO(name);
    CHECK(fs::file_size(out / name) > 100);
  }
  const std::string page = test::read_bytes(out / "compare.html");
  CHECK(page.find("<svg class=\"map\"") != std::string::npos);
  CHECK(page.find("West") != std::string::npos);  // the borders of network.gpkg, with their names

  // The folder of a result is none of a comparison; the folder of an earlier comparison is.
  CHECK_THROWS_WITH(check_comparison_folder(world.file("a")),
                    amaneku::test::Contains("holds no earlier comparison of amaneku"));
  CHECK_NOTHROW(check_comparison_folder(out));
  const std::string before = test::read_bytes(out / "compare.json");
  write_comparison(out, compare_results({world.file("a"), world.file("b")}), Language::ja);
  CHECK(test::read_bytes(out / "compare.json") == before);

  // Folders that are not whole, or of another version, are refused as `verify` does, all at once.
  fs::remove(world.file("a") / "best_server.tif");
  test::write_text(world.file("b") / "manifest.json", R"({"schema":"amaneku-manifest-9.0"})");
  const std::string why = refusal({world.file("a"), world.file("b"), world.file("absent")});
  CHECK(why.find("best_server.tif: is missing: the result is not whole") != std::string::npos);
  CHECK(why.find("is of another version (amaneku-manifest-9.0): plan the scenario again") != std::string::npos);
  CHECK(why.find("absent: is not a folder of results") != std::string::npos);
  CHECK(refusal({world.file("a")}).find("so many folders cannot be compared (legal: 2 .. 8)") !=
        std::string::npos);
}

TEST_CASE("compare: a run against an earlier one says in its report what a comparison of both says") {
  const test::SmallWorld world;
  const auto planned = [&](const std::string& sites) {
    test::write_text(world.file("sites.csv"), sites);
    return run(load(world.scenario()));
  };
  const std::string sites = test::SmallWorld::kSites;
  write_outputs(world.file("a"), planned(sites), Language::en);
  const Planned b = planned(test::replaced(test::replaced(sites, "35.31,existing", "35.31,candidate"),
                                           "35.33,candidate", "35.33,existing"));
  Json staged;
  const auto against = [&](const Planned& plan, Language language) {
    return [&, language](const fs::path& folder) {
      PlanComparison comparison =
          compare_plans({read_compared_plan(world.file("a"), "A"), staged_plan(folder, plan, "B")});
      add_change_maps(comparison);
      staged = Json::parse(comparison_json(comparison));
      return changes_section(comparison, language);
    };
  };
  for (const Language language : {Language::en, Language::ja}) {
    write_outputs(world.file("b"), b, language, {}, against(b, language));
    const Json read_back = Json::parse(comparison_json(compare_results({world.file("a"), world.file("b")})));
    CHECK(staged["changes"] == read_back["changes"]);
    CHECK(staged["plans"][1]["figures"] == read_back["plans"][1]["figures"]);
    CHECK(staged["plans"][1]["figures"]["population_covered"].is_number());
    CHECK_NOTHROW(read_compared_plan(world.file("b"), "B"));  // the manifest has this very report
    const std::string page = test::read_bytes(world.file("b") / "report.html");
    const bool japanese = language == Language::ja;
    const std::size_t at =
        page.find(japanese ? ">前回計算からの変更点</h2>" : ">What changed against the previous run</h2>");
    REQUIRE(at != std::string::npos);
    CHECK(page.find("<a href=\"#changes\">") < at);
    const std::string section = page.substr(at, page.find("id=\"coverage-map\"") - at);
    CHECK(section.find(japanese ? "カバーエリアの増減" : "Coverage won and lost") != std::string::npos);
    CHECK(section.find("<td class=\"whole\">C</td>") != std::string::npos);
    CHECK(section.find("<td class=\"whole\">B</td>") != std::string::npos);
    CHECK(section.find("id=\"borders\"") == std::string::npos);  // once on a page: the coverage map has them
    CHECK(section.find("href=\"#borders\"") != std::string::npos);
  }

  // Nothing changed: said, and no figure listed; without --against there is no section.
  const Planned same = planned(sites);
  write_outputs(world.file("c"), same, Language::en, {}, against(same, Language::en));
  const std::string page = test::read_bytes(world.file("c") / "report.html");
  CHECK(page.find("No figure differs.") != std::string::npos);
  write_outputs(world.file("c"), same, Language::en);
  CHECK(test::read_bytes(world.file("c") / "report.html").find("id=\"changes\"") == std::string::npos);
}
