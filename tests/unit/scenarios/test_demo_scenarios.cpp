// The scenarios that come with the program are valid and ask what their READMEs say.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "scenarios/demo/region.hpp"
#include "scenarios/read/scenario.hpp"
#include "terrain/raster/raster.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

namespace fs = std::filesystem;
using namespace amaneku;

namespace {

std::size_t planned(const PlanInput& input) {
  return static_cast<std::size_t>(std::count_if(input.network.sites.begin(), input.network.sites.end(),
                                                [](const Site& site) { return site.existing; }));
}

fs::path scenario(const char* name) {
  return fs::path(AMANEKU_SOURCE_DIR) / "scenarios" / name / "scenario.toml";
}

/// Warnings but those that are said in every result: unverified values of the catalogue, and of the real roads
/// that nothing says where their tunnels are.
std::vector<Warning> others(const PlanInput& input) {
  std::vector<Warning> out = input.warnings;
  std::erase_if(
      out, [](const Warning& w) { return w.id == "radio_values_unverified" || w.id == "route_tunnels_unknown"; });
  return out;
}

/// Made and read once for all tests of this file.
const scenarios::Scenario& demo_scenario() {
  static const test::TemporaryFolder kFolder;
  static const scenarios::Scenario kScenario = scenarios::load(scenarios::write_demo_region(kFolder.path()));
  return kScenario;
}

}  // namespace

TEST_CASE("The demo scenario loads without a warning, labelled synthetic", "[demo]") {
  const PlanInput& input = demo_scenario().input;
  CHECK(others(input).empty());
  CHECK(input.provenance.synthetic);
  CHECK(input.world.population.synthetic);
  CHECK(planned(input) == 11);
  CHECK(input.network.sites.size() > 30);
  CHECK(input.world.boundaries.municipalities.size() == 5);
  CHECK(input.world.terrain_void_cells == 0);
  CHECK(input.world.crs_id == "EPSG:6675");
}

TEST_CASE("The demo is held against targets, in a roll-out, with a licence and places", "[demo]") {
  const scenarios::Scenario& scenario = demo_scenario();
  const PlanInput& demo = scenario.input;
  const auto& targets = scenario.studies.get<scenarios::TargetsStudy>();
  REQUIRE(targets.asked());
  CHECK(targets.options->targets.size() == 27);
  const auto& licence = scenario.studies.get<scenarios::LicenceStudy>();
  REQUIRE(licence.asked());
  CHECK(licence.options->own_land.size() == 5);
  CHECK_FALSE(licence.options->thresholds_verified);
  CHECK(scenario.studies.get<scenarios::PlacesStudy>().places.size() > 50);
  std::set<int> years;
  for (const Site& site : demo.network.sites) {
    for (const Sector& sector : site.sectors) years.insert(sector.fiscal_year);
  }
  CHECK(years == std::set<int>{2023, 2025, 2030});
}

TEST_CASE("The Fuji scenario has 24 planned sites on known ground", "[shared][demo]") {
  AMANEKU_NEEDS(test::data(), "the shared data (dem, boundaries, roads)");
  ::setenv("AMANEKU_DATA", test::data()->c_str(), 1);
  const PlanInput input = scenarios::load(scenario("fuji")).input;
  CHECK(others(input).empty());
  CHECK(planned(input) == 24);
  CHECK(input.engine.coverage.radius_m == 30'000.0);
  CHECK(input.world.ground.ground_asl_m.grid.cell_m == 30.0);
  CHECK(input.world.terrain_void_cells == 0);
  CHECK(input.world.population.total == 517'475.0);
  CHECK(input.provenance.synthetic);
  for (const Site& site : input.network.sites) {
    INFO(site.id);
    CHECK(sample_bilinear(input.world.ground.ground_asl_m, site.at) > 5.0F);
  }
}

TEST_CASE("The Wakayama scenario counts the people of the census on a flat Earth", "[shared][demo]") {
  AMANEKU_NEEDS(test::data(), "the shared data (population, boundaries, roads)");
  ::setenv("AMANEKU_DATA", test::data()->c_str(), 1);
  const PlanInput input = scenarios::load(scenario("wakayama")).input;
  CHECK(input.world.population.total == 922'584.0);
  CHECK_FALSE(input.world.population.synthetic);
  REQUIRE(others(input).size() == 1);
  CHECK(others(input).front().id == "terrain_flat");
  CHECK(input.world.boundaries.municipalities.size() == 30);
  CHECK(planned(input) == 30);
}

TEST_CASE("The Taketomi scenario counts the roads of an island beside what is served already", "[shared][demo]") {
  AMANEKU_NEEDS(test::data(), "the shared data (roads)");
  ::setenv("AMANEKU_DATA", test::data()->c_str(), 1);
  const scenarios::Planned plan = scenarios::run(scenarios::load(scenario("taketomi")), {.threads = 1});
  CHECK(plan.input.world.crs_id == "EPSG:6684");
  REQUIRE(plan.result.existing);
  const RoadCoverage& already = plan.result.existing->already.roads.at(0);
  const BesideExisting roads = beside_existing(already, plan.result.existing->together.roads.at(0));
  // Lengths on GRS 80: of all edges, and of what lies east of 124.092. A cell counts by its centre, up to 10 m
  // from the border, which moves its nine crossings, some of them at a small angle, by 164 m in all at most.
  CHECK(roads.in_plan == Approx(35'433.4).epsilon(1e-3));
  CHECK(roads.already == Approx(6'092.2).margin(164.0));
  CHECK(roads.newly > 0.0);
  CHECK(roads.already + roads.newly + roads.left == Approx(roads.in_plan));
  CHECK(plan.result.statistics.roads.at(0).covered_m > roads.newly);
}
