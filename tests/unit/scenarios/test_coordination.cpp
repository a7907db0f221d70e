// [coordination] of a scenario: levels by percentages of time.
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/plan/plan.hpp"
#include "scenarios/studies/coordination/coordination_list.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/read/scenario.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using Catch::Matchers::Contains;

namespace {

constexpr const char* kFarm = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Observatory"},"geometry":{"type":"Polygon","coordinates":
[[[138.70,35.295],[138.712,35.295],[138.712,35.305],[138.70,35.305],[138.70,35.295]]]}}]})";

class CoordinationWorld : public test::SmallWorld {
 public:
  CoordinationWorld() {
    test::write_text(file("quiet.geojson"), kFarm);
    // One mast: the map of the plan is then the level.
    test::write_text(file("sites.csv"), "site_id,lon,lat,sector_id,azimuth_deg\nA,138.69,35.29,1,60\n");
    append(
        "\n[coordination]\ntime_percents = [50, 10, 1]\nradius_m = 4000\n\n[[coordination.place]]\n"
        "path = \"quiet.geojson\"\nrx_agl_m = 12\nlimit_dbm = -70\n\n[[coordination.place]]\nname = \"Link\"\n"
        "lon = 138.71\nlat = 35.28\n");
  }
  void append(const std::string& text) const { test::write_text(scenario(), test::read_bytes(scenario()) + text); }
};

}  // namespace

TEST_CASE("levels at a protected area are the highest of its cells by P.452, at its border and inside") {
  const CoordinationWorld world;
  const PlanInput input = load(world.scenario(), {});
  const PlanResult result = plan(input, {.threads = 1});
  REQUIRE(result.coordination.has_value());
  REQUIRE(result.coordination->size() == 2);
  const CoordinationResult& area = result.coordination->front();
  CHECK(area.cells > 50);
  CHECK(area.cells_outside == 0);
  const Grid& grid = result.grid;
  for (const CoordinationLevel& level : area.levels) {
    // The same by the plan's own map with that model, height and an isotropic receiver.
    const PlanInput by_map =
        load(world.scenario(), {.settings = {{"propagation.model", "p452"},
                                             {"propagation.time_percent", std::to_string(level.time_percent)},
                                             {"receiver.rx_agl_m", "12"},
                                             {"receiver.gain_dbi", "0"}}});
    const ServerMaps maps = plan(by_map, {.threads = 1}).maps;
    const MultiPolygon& polygon = input.coordination->places[0].area;
    double inside = -1e9;
    double border = -1e9;
    for (int iy = 0; iy < grid.ny; ++iy) {
      for (int ix = 0; ix < grid.nx; ++ix) {
        if (!contains(polygon, grid.centre(ix, iy))) continue;
        const double dbm = static_cast<double>(maps.rsrp_dbm.at(ix, iy)) + 10.0 * std::log10(3276.0);
        inside = std::max(inside, dbm);
        bool edge = false;
        for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
          edge = edge || !contains(polygon, grid.centre(ix + dx, iy + dy));
        if (edge) border = std::max(border, dbm);
      }
    }
    INFO(level.time_percent);
    CHECK(level.inside_dbm == Approx(inside).margin(1e-3));
    CHECK(level.border_dbm == Approx(border).margin(1e-3));
    CHECK(level.strongest == 0);
  }
  // What is exceeded for less of the time is higher.
  CHECK(area.levels[1].inside_dbm >= area.levels[0].inside_dbm);
  CHECK(area.levels[2].inside_dbm > area.levels[0].inside_dbm);
}

TEST_CASE("a station has one level, two equal sectors add 3 dB") {
  const CoordinationWorld world;
  const PlanInput input = load(world.scenario(), {});
  const PlanResult one = plan(input, {.threads = 1});
  const CoordinationResult& station = one.coordination->at(1);
  CHECK(station.cells == 1);
  CHECK(station.levels[0].border_dbm == station.levels[0].inside_dbm);
  PlanInput twice = input;
  twice.sites[0].sectors.push_back(twice.sites[0].sectors[0]);
  twice.sites[0].sectors.back().id = "2";
  const PlanResult two = plan(twice, {.threads = 1});
  CHECK(two.coordination->at(1).levels[0].inside_dbm ==
        Approx(station.levels[0].inside_dbm + 10.0 * std::log10(2.0)).margin(1e-3));
}

TEST_CASE("the table says level, limit and excess, what lies outside the plan is counted") {
  const CoordinationWorld world;
  world.append("\n[[coordination.place]]\nname = \"Away\"\nlon = 139.5\nlat = 35.3\n");
  const PlanInput input = load(world.scenario(), {});
  const PlanResult result = plan(input, {.threads = 1});
  const auto summary = nlohmann::json::parse(summary_json(input, result));
  const auto& places = summary["coordination"]["places"];
  REQUIRE(places.size() == 3);
  CHECK(places[0]["name"] == "Observatory");
  const auto& level = places[0]["levels"][2];
  CHECK(level["time_percent"] == 1.0);
  CHECK(level["excess_db"].get<double>() == Approx(level["inside_dbm"].get<double>() + 70.0));
  CHECK(level["strongest"] == "A / 1");
  CHECK(places[1]["limit_dbm"].is_null());
  CHECK(places[2]["cells_outside_plan"] == 1);
  CHECK(places[2]["levels"][0]["inside_dbm"].is_null());
  CHECK_THAT(coordination_csv(input, result), Contains("Observatory,area,12,10,"));
  CHECK_THAT(report_html(input, result, Language::ja), Contains("<h2>干渉調整</h2>") && Contains("Observatory"));
}

TEST_CASE("faults of [coordination] are named with their place") {
  const CoordinationWorld world;
  world.edit("time_percents = [50, 10, 1]", "time_percents = [1, 10]");
  world.edit("lon = 138.71\n", "");
  try {
    (void)load(world.scenario(), {});
    FAIL("was read");
  } catch (const InputError& error) {
    CHECK_THAT(error.what(), Contains("the percentages are not descending"));
    CHECK_THAT(error.what(), Contains("give a path, or lon and lat"));
  }
}
