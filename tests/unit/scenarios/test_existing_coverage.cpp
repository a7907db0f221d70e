// [[coverage.existing]]: who is served already counts apart; only who is newly covered counts for targets,
// subsidies and the choice of sites. Expected figures follow from three places where people live: 120 in a box
// that is served already, 40.5 near a site, 7 out of every radius.
#include <nlohmann/json.hpp>

#include "libsim/studies/costs.hpp"
#include "libsim/studies/selection/selection_demand.hpp"
#include "libsim/visibility/visible_weights.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "scenarios/output/page/report.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;

namespace {

constexpr const char* kBox = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":
[[[138.68,35.28],[138.70,35.28],[138.70,35.30],[138.68,35.30],[138.68,35.28]]]}}]})";

class ExistingWorld : public test::SmallWorld {
 public:
  ExistingWorld() {
    edit("radius_m = 4000.0", "radius_m = 4000.0\nthreshold_dbm = -200");  // whatever is computed is covered
    edit("path = \"roads.geojson\"", "path = \"roads.geojson\"\nroad_class = \"expressway\"");
    test::write_text(file("served.geojson"), kBox);
  }
  void append(const std::string& text) const { test::write_text(scenario(), test::read_bytes(scenario()) + text); }
  void served_by_box() const { append("\n[[coverage.existing]]\npath = \"served.geojson\"\nname = \"Other\"\n"); }
  [[nodiscard]] std::string faults() const {
    try {
      (void)load(scenario(), {.check_only = true});
    } catch (const InputError& error) {
      return error.what();
    }
    return "no fault";
  }
};

nlohmann::json summary_of(const Planned& planned) {
  return nlohmann::json::parse(summary_json(planned));
}

const nlohmann::json& target_of(const nlohmann::json& summary, const std::string& id) {
  for (const auto& entry : summary["targets"]) {
    if (entry["id"] == id) return entry;
  }
  throw std::runtime_error("no target " + id);
}

double sum_of(const std::vector<float>& values) {
  double sum = 0.0;
  for (const float value : values) sum += static_cast<double>(value);
  return sum;
}

}  // namespace

TEST_CASE("people and roads of the existing coverage are counted apart in every output") {
  const ExistingWorld world;
  world.served_by_box();
  const Planned planned = run(load(world.scenario()), {.threads = 1});
  const auto summary = summary_of(planned);
  CHECK(summary["population"]["covered"] == 160.5);  // what the plan covers, served already or not
  CHECK(summary["population"]["already_served"] == 120.0);
  CHECK(summary["population"]["newly_covered"] == 40.5);
  CHECK(summary["population"]["not_served"] == 7.0);

  const auto& people = summary["existing_coverage"]["people"];
  REQUIRE(people.size() == 4);  // all, two municipalities, outside them
  CHECK(people[0]["newly_covered_percent"].get<double>() == Approx(100.0 * 40.5 / 47.5));
  CHECK(people[1]["name"] == "West");
  CHECK(people[1]["population_already_served"] == 120.0);
  CHECK(people[1]["population_not_served"] == 7.0);
  CHECK(people[2]["population_newly_covered"] == 40.5);

  // The road crosses the box from corner to corner: a quarter of it.
  const auto& road = summary["existing_coverage"]["roads"][0];
  const double length_km = road["length_km"];
  CHECK(road["already_served_km"].get<double>() == Approx(length_km / 4.0).margin(0.15));
  CHECK(road["already_served_km"].get<double>() + road["newly_covered_km"].get<double>() +
            road["not_served_km"].get<double>() ==
        Approx(length_km));
  CHECK(summary["existing_coverage"]["sources"][0]["name"] == "Other");
  // 0.02 degrees of longitude and latitude at 35.29 N on GRS 80, within a row of cells of 100 m.
  CHECK(summary["existing_coverage"]["sources"][0]["already_served_km2"].get<double>() ==
        Approx(1.8192 * 2.2188).margin(0.1 * 1.8192));

  CHECK_THAT(
      closing_summary(planned, "out", Language::en),
      Contains("Beside the existing coverage: 85.3 % newly covered, 40 of 48 not served already (120 served "
               "already)"));
  CHECK_THAT(report_html(planned, Language::en),
             Contains(">Existing coverage</h2>") && Contains("Served already according to: Other"));
  CHECK_THAT(report_html(planned, Language::ja), Contains(">既存エリアと新規カバー</h2>"));
}

TEST_CASE("a plan without existing coverage says nothing of it") {
  const ExistingWorld world;
  const Planned planned = run(load(world.scenario()), {.threads = 1});
  const auto summary = summary_of(planned);
  CHECK_FALSE(summary.contains("existing_coverage"));
  CHECK_FALSE(summary["population"].contains("newly_covered"));
  CHECK(gained(planned.result.statistics, planned.result.existing).people == 160.5);
  CHECK_THAT(report_html(planned, Language::en), !Contains("Existing coverage"));
}

TEST_CASE("only who is newly covered counts for targets, or all who are reached, as the scenario says") {
  for (const char* rule : {"centre", "half", "area_weighted"}) {
    const ExistingWorld world;
    world.served_by_box();
    world.append(std::string("\n[targets]\nmesh_rule = \"") + rule + "\"\nthreshold_dbm = -200\n");
    INFO(rule);
    const auto left_out = summary_of(run(load(world.scenario()), {.threads = 1}));
    CHECK(left_out["target_definitions"]["already_served"] == "left_out");
    const auto& people = target_of(left_out, "T-POP-2030");
    CHECK(people["whole"].get<double>() == Approx(47.5));
    CHECK(people["part"].get<double>() == Approx(40.5));
    CHECK(people["actual"].get<double>() == Approx(100.0 * 40.5 / 47.5));
    const auto& road = target_of(left_out, "T-EXPWY-2030");
    const auto& roads = left_out["existing_coverage"]["roads"][0];
    CHECK(road["part"].get<double>() == Approx(1000.0 * roads["newly_covered_km"].get<double>()));
    CHECK(road["whole"].get<double>() ==
          Approx(1000.0 * (roads["length_km"].get<double>() - roads["already_served_km"].get<double>())));

    world.append("already_served = \"reached\"\n");
    const auto reached = summary_of(run(load(world.scenario()), {.threads = 1}));
    CHECK(target_of(reached, "T-POP-2030")["whole"] == 167.5);
    CHECK(target_of(reached, "T-POP-2030")["part"].get<double>() == Approx(160.5));
  }
}

TEST_CASE(
    "a plan that covers only who is served already reaches nothing; where all are served, nothing is judged") {
  const ExistingWorld world;
  world.served_by_box();
  world.append("\n[targets]\nmesh_rule = \"centre\"\nthreshold_dbm = -200\n");
  test::write_text(world.file("sites.csv"),
                   test::replaced(test::SmallWorld::kSites, "138.72,35.31,existing", "138.72,35.31,candidate"));
  test::write_text(world.file("people.csv"), "id,lon,lat,population\n1,138.69,35.29,120\n3,138.66,35.26,7\n");
  const auto summary = summary_of(run(load(world.scenario()), {.threads = 1}));
  CHECK(summary["population"]["covered"] == 120.0);
  CHECK(summary["population"]["newly_covered"] == 0.0);
  CHECK(target_of(summary, "T-POP-2030")["actual"] == 0.0);

  test::write_text(world.file("people.csv"), "id,lon,lat,population\n1,138.69,35.29,120\n");
  const auto all = summary_of(run(load(world.scenario()), {.threads = 1}));
  CHECK(target_of(all, "T-POP-2030")["actual"].is_null());
  CHECK(target_of(all, "T-POP-2030")["reason"] == "all_served");
}

TEST_CASE("only who is newly covered counts for the people of sites, for selection and for candidates") {
  const ExistingWorld world;
  world.served_by_box();
  const Planned planned = run(load(world.scenario()), {.threads = 1});
  const Gained gain = gained(planned.result.statistics, planned.result.existing);
  CHECK(gain.people == 40.5);
  const Radio radio = radio_of(planned.input, planned.result);
  double people = 0.0;
  for (const double of_site : people_by_site(radio, planned.result.maps, gain)) people += of_site;
  CHECK(people == 40.5);

  SelectionOptions options{.population_percent = 50.0};
  options.roads.push_back({.road_class = "expressway", .percent = 10.0});
  const SelectionDemand demand = selection_demand(planned.input.world, planned.input.statistics, {}, options);
  CHECK(demand.needs[0].whole == 47.5);
  CHECK(demand.needs[0].least == 23.75);
  const BesideExisting road =
      beside_existing(planned.result.existing->already.roads[0], planned.result.existing->together.roads[0]);
  CHECK(demand.needs[1].whole == Approx(road.newly + road.left));

  CHECK(sum_of(people_of_cells(planned.input.world)) == Approx(47.5));
  CHECK(sum_of(road_of_cells_m(planned.input.world, 25.0)) == Approx(road.newly + road.left).epsilon(1e-6));
}

TEST_CASE("a raster is served by the pixel at the centre of each cell; cells without a value are counted") {
  ExistingWorld world;
  // Levels in dBm on pixels of 50 m: -105 west of column 150, -115 east of it, no value in the first 100 rows.
  Raster<float> level(world.ground().grid, kNoData);
  for (int iy = 100; iy < 300; ++iy) {
    for (int ix = 0; ix < 300; ++ix) level.at(ix, iy) = ix < 150 ? -105.0F : -115.0F;
  }
  write_cog(world.file("level.tif"), level, Crs::from_text("EPSG:6676"), {});
  world.append("\n[[coverage.existing]]\npath = \"level.tif\"\nserved_from = -110\n");
  const Scenario scenario = load(world.scenario());
  const Raster<std::uint8_t>& served = scenario.input.world.existing.served;
  REQUIRE(served.grid.cell_m == 100.0);
  long long wrong = 0;
  long long voids = 0;
  for (int iy = 0; iy < served.grid.ny; ++iy) {
    for (int ix = 0; ix < served.grid.nx; ++ix) {
      const Point centre = served.grid.centre(ix, iy);
      const int column = static_cast<int>(std::floor((centre.x_m - level.grid.west_m) / 50.0));
      const int row = static_cast<int>(std::floor((level.grid.north_m - centre.y_m) / 50.0));
      const bool known = column >= 0 && column < 300 && row >= 100 && row < 300;
      voids += known ? 0 : 1;
      wrong += (served.at(ix, iy) != 0) == (known && column < 150) ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
  CHECK(voids > 0);
  const auto warned = [&](const Scenario& of, const std::string& id) {
    for (const Warning& warning : of.input.warnings) {
      if (warning.id == id) return warning.count;
    }
    return -1LL;
  };
  CHECK(warned(scenario, "existing_coverage_void") == voids);
  world.append("served_to = -107\n");
  CHECK(warned(load(world.scenario()), "existing_coverage_nowhere") >= 0);
}

TEST_CASE("existing coverage that would be wrong in silence is refused, with key and reason") {
  const ExistingWorld world;
  const std::string before = test::read_bytes(world.scenario());
  const auto fault_with = [&](const std::string& keys) {
    test::write_text(world.scenario(), before + "\n[[coverage.existing]]\n" + keys);
    return world.faults();
  };
  std::string far = kBox;
  for (auto at = far.find("138."); at != std::string::npos; at = far.find("138.")) far.replace(at, 4, "139.");
  test::write_text(world.file("far.geojson"), far);
  CHECK_THAT(fault_with("path = \"far.geojson\"\n"),
             Contains("far.geojson") && Contains("no polygon reaches the area of the plan"));
  test::write_text(world.file("plain.asc"),
                   "ncols 2\nnrows 2\nxllcorner 138.6\nyllcorner 35.2\ncellsize 0.1\n1 1\n1 1\n");
  CHECK_THAT(fault_with("path = \"plain.asc\"\nserved_from = 1\n"), Contains("coordinate reference system"));
  CHECK(fault_with("path = \"plain.asc\"\nserved_from = 1\ncrs = \"EPSG:4326\"\n") == "no fault");
  CHECK_THAT(fault_with("path = \"plain.asc\"\n"), Contains("a raster needs served_from"));
  test::write_text(world.file("far.asc"),
                   "ncols 2\nnrows 2\nxllcorner 128.6\nyllcorner 35.2\ncellsize 0.1\n1 1\n1 1\n");
  CHECK_THAT(fault_with("path = \"far.asc\"\nserved_from = 1\ncrs = \"EPSG:4326\"\n"),
             Contains("has no value anywhere in the area of the plan"));
  CHECK_THAT(fault_with("path = \"roads.geojson\"\n"), Contains("is not a polygon"));
  CHECK_THAT(fault_with("path = \"served.geojson\"\nserved_to = 2\n"),
             Contains("served_to = 2") && Contains("served_from is not given"));
  CHECK_THAT(fault_with("path = \"plain.asc\"\nserved_from = 1\nrepair = true\n"), Contains("is of polygons"));
  CHECK_THAT(fault_with("path = \"plain.asc\"\nserved_from = 1\nserved_to = 0\n"),
             Contains("is below served_from"));
  test::write_text(world.scenario(), before + "\n[targets]\nalready_served = \"reached\"\n");
  CHECK_THAT(world.faults(), Contains("there is no [[coverage.existing]]"));
}
