#include "libsim/studies/targets/target_check.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "libsim/studies/targets/municipal_overlap.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/support/target_world.hpp"

using namespace amaneku;
using test::target;

namespace {

constexpr auto kPopulation = TargetMetric::population_coverage_5g;

/// Four meshes of 500 m of the 1 km mesh 53394611 (Tokyo), two municipalities of two prefectures, two roads.
struct InventedWorld {
  Crs crs = Crs::from_text("EPSG:6677");
  Grid grid{};
  Population population{};
  Boundaries boundaries{};
  Roads roads{};
  std::vector<Site> sites{};
  TargetOptions options{};
  std::vector<ServedSince> of_5g{};
  std::vector<ServedSince> of_4g{};
  std::vector<ServedSince> on_roads{};
  std::vector<Warning> warnings{};

  InventedWorld() {
    const LonLatBox box = decode_mesh("53394611").box;
    const Point south_west = crs.to_plan({box.west_deg, box.south_deg});
    grid = {.west_m = std::floor(south_west.x_m) - 500.0,
            .north_m = std::floor(south_west.y_m) + 1500.0,
            .cell_m = 10.0,
            .nx = 220,
            .ny = 200};
    int people = 10;
    for (const char* quarter : {"1", "2", "3", "4"}) {
      const std::string code = std::string("53394611") + quarter;
      const Mesh mesh = decode_mesh(code);
      population.units.push_back({.id = code,
                                  .people = static_cast<double>(people),
                                  .centre = crs.to_plan(mesh.box.centre()),
                                  .footprint = mesh_footprint(mesh, crs)});
      population.total += people;
      people *= 2;
    }
    const double middle = population.units[0].footprint.parts[0].outer[1].x_m;
    boundaries.municipalities = {
        {"13101", "West", test::box(grid.west_m, grid.south_m(), middle, grid.north_m)},
        {"14101", "East", test::box(middle, grid.south_m(), grid.east_m(), grid.north_m)}};
    assign_municipalities(population, boundaries);
    options.technologies_5g = {"nr_"};
    options.technologies_4g = {"lte_", "bwa_"};
    of_5g = {all_but({})};
    of_4g = of_5g;
    on_roads = of_5g;
  }

  /// Everything is served but the meshes listed.
  [[nodiscard]] ServedSince all_but(const std::vector<std::size_t>& units) const {
    ServedSince out{.fiscal_year = {grid, 0}};
    for (int iy = 0; iy < grid.ny; ++iy) {
      for (int ix = 0; ix < grid.nx; ++ix) {
        for (const std::size_t unit : units) {
          if (contains(population.units[unit].footprint, grid.centre(ix, iy)))
            out.fiscal_year.at(ix, iy) = kNeverServed;
        }
      }
    }
    return out;
  }

  TargetReport check(std::vector<Target> targets) {
    options.targets = std::move(targets);
    return check_targets({options, sites, population, boundaries, roads, grid, crs, 25.0, of_5g, of_4g, on_roads},
                         warnings);
  }
  TargetResult one(const Target& of) { return check({of}).results.at(0); }
  [[nodiscard]] const Warning* warning(const std::string& id) const {
    const auto found =
        std::find_if(warnings.begin(), warnings.end(), [&](const Warning& w) { return w.id == id; });
    return found == warnings.end() ? nullptr : &*found;
  }
};

}  // namespace

TEST_CASE("people: covered, missed by how much, and the largest meshes that close the gap") {
  InventedWorld world;
  world.of_5g = {world.all_but({0, 2, 3})};  // 20 of 150 people stay
  const TargetResult result =
      world.one(target("t", kPopulation, TargetScope::national, Comparison::at_least, 60.0));
  REQUIRE(result.actual.has_value());
  CHECK(*result.actual == Approx(100.0 * 20.0 / 150.0));
  CHECK_FALSE(result.met);
  CHECK(result.shortfall == Approx(60.0 - 100.0 * 20.0 / 150.0));
  CHECK(result.whole == 150.0);
  // 90 are demanded, 70 are missing: the mesh of 80 alone is enough.
  REQUIRE(result.gaps.size() == 1);
  CHECK(result.gaps[0].id == "533946114");
  CHECK(result.gaps[0].people == 80.0);
  CHECK(result.gaps[0].gained == 80.0);
  CHECK(result.gaps[0].at_lonlat.lat_deg == Approx(decode_mesh("533946114").box.centre().lat_deg).epsilon(1e-9));

  const TargetResult more = world.one(target("t", kPopulation, TargetScope::national, Comparison::at_least, 90.0));
  REQUIRE(more.gaps.size() == 2);  // 135 - 20 = 115: 80 + 40
  CHECK(more.gaps[1].id == "533946113");
  CHECK(more.gaps[1].gained == 120.0);
  const TargetResult all = world.one(target("t", kPopulation, TargetScope::national, Comparison::equal, 100.0));
  CHECK(all.gaps.size() == 3);
}

TEST_CASE("a target that is met names no place, exactly at its value too") {
  InventedWorld world;
  const TargetResult result = world.one(target("t", kPopulation, TargetScope::national, Comparison::equal, 100.0));
  CHECK(result.met);
  CHECK(*result.actual == 100.0);
  CHECK(result.shortfall == 0.0);
  CHECK(result.gaps.empty());
}

TEST_CASE("each prefecture is judged by itself, the worst is the figure") {
  InventedWorld world;
  world.of_5g = {world.all_but({1})};  // quarter 2 lies in the east: 20 of 100 people there
  const TargetResult result =
      world.one(target("t", kPopulation, TargetScope::each_prefecture, Comparison::at_least, 90.0));
  REQUIRE(result.parts.size() == 2);
  CHECK(result.parts[0].code == "13");
  CHECK(result.parts[0].met);
  CHECK(result.parts[1].code == "14");
  CHECK(result.parts[1].whole == 100.0);
  CHECK(result.parts[1].actual == 80.0);
  CHECK(*result.actual == 80.0);
  CHECK_FALSE(result.met);
  REQUIRE(result.gaps.size() == 1);
  CHECK(result.gaps[0].part == "14");
}

TEST_CASE("operators overlaid reach what none reaches alone") {
  InventedWorld world;
  ServedSince west = world.all_but({1, 3});
  ServedSince east = world.all_but({0, 2});
  west.network = "A";
  east.network = "B";
  world.of_5g = {world.all_but({}), west, east};
  const TargetResult result =
      world.one(target("t", kPopulation, TargetScope::national, Comparison::at_least, 95.0));
  CHECK(*result.actual == 100.0);
  REQUIRE(result.networks.size() == 2);
  CHECK(result.networks[0].network == "A");
  CHECK(result.networks[0].actual == Approx(100.0 * 50.0 / 150.0));
  CHECK_FALSE(result.networks[1].met);
}

TEST_CASE("people who live in no municipality count for the whole, and are reported") {
  InventedWorld world;
  world.boundaries.municipalities.pop_back();
  for (PopulationUnit& unit : world.population.units) unit.municipality = -1;
  assign_municipalities(world.population, world.boundaries);
  const TargetReport report =
      world.check({target("n", kPopulation, TargetScope::national, Comparison::at_least, 90.0),
                   target("p", kPopulation, TargetScope::each_prefecture, Comparison::at_least, 90.0)});
  CHECK(report.people == 150.0);
  CHECK(report.people_outside_municipalities == 100.0);
  CHECK(report.results[0].whole == 150.0);
  REQUIRE(report.results[1].parts.size() == 1);
  CHECK(report.results[1].parts[0].whole == 50.0);
  const Warning* warning = world.warning("targets_people_without_municipality");
  REQUIRE(warning != nullptr);
  CHECK(warning->message ==
        "100 people live in no municipality: they count for the whole plan, and in no prefecture");
}

TEST_CASE("people outside 4G are a number of people") {
  InventedWorld world;
  world.of_4g = {world.all_but({2})};
  const TargetResult result =
      world.one(target("t", TargetMetric::population_outside_4g, TargetScope::national, Comparison::equal, 0.0));
  CHECK(*result.actual == 40.0);
  CHECK(result.shortfall == 40.0);
  REQUIRE(result.gaps.size() == 1);
  CHECK(result.gaps[0].people == 40.0);
  world.of_4g.clear();
  const TargetResult none =
      world.one(target("t", TargetMetric::population_outside_4g, TargetScope::national, Comparison::equal, 0.0));
  CHECK_FALSE(none.actual.has_value());
  CHECK(none.reason == NotEvaluated::no_4g);
}

TEST_CASE("stations, municipalities and 10 km meshes with one") {
  InventedWorld world;
  const LonLat west = world.crs.to_lonlat(world.population.units[0].centre);
  world.sites = {test::site("S", west, world.crs, "nr_n79"), test::site("L", west, world.crs, "lte_b1")};
  const auto of = [&](TargetMetric metric, TargetScope scope, double value) {
    return world.one(target("t", metric, scope, Comparison::at_least, value));
  };
  const TargetResult region = of(TargetMetric::base_stations_5g, TargetScope::region, 1.0);
  CHECK(*region.actual == 1.0);
  CHECK(region.met);
  const TargetResult nation = of(TargetMetric::base_stations_5g, TargetScope::national, 280'000.0);
  CHECK_FALSE(nation.actual.has_value());
  CHECK(nation.reason == NotEvaluated::national_count);
  world.options.whole_country = true;
  CHECK(*of(TargetMetric::base_stations_5g, TargetScope::national, 280'000.0).actual == 1.0);

  const TargetResult towns = of(TargetMetric::municipalities_with_5g, TargetScope::national, 100.0);
  CHECK(*towns.actual == 50.0);
  REQUIRE(towns.gaps.size() == 1);
  CHECK(towns.gaps[0].id == "14101");
  CHECK(towns.gaps[0].people == 100.0);
  // The plan is 2 km wide and holds the centre of no 10 km mesh.
  const TargetResult wide = of(TargetMetric::base_deployment_rate_5g, TargetScope::national, 98.0);
  CHECK(wide.reason == NotEvaluated::no_mesh);
}

TEST_CASE("stations, municipalities and meshes of each operator alone") {
  InventedWorld world;
  const LonLat west = world.crs.to_lonlat(world.population.units[0].centre);
  const LonLat east = world.crs.to_lonlat(world.population.units[1].centre);
  world.sites = {test::site("S", west, world.crs, "nr_n79"), test::site("T", east, world.crs, "nr_n79"),
                 test::site("U", east, world.crs, "nr_n79")};
  world.sites[0].operator_id = world.sites[1].operator_id = "A";
  world.sites[2].operator_id = "B";
  ServedSince of_a = world.all_but({});
  ServedSince of_b = world.all_but({});
  of_a.network = "A";
  of_b.network = "B";
  world.of_5g = {world.all_but({}), of_a, of_b};
  const auto alone = [&](TargetMetric metric, TargetScope scope) {
    const TargetResult result = world.one(target("t", metric, scope, Comparison::at_least, 100.0));
    REQUIRE(result.networks.size() == 2);
    return std::pair(result.networks[0].actual, result.networks[1].actual);
  };
  CHECK(alone(TargetMetric::municipalities_with_5g, TargetScope::national) == std::pair(100.0, 50.0));
  CHECK(alone(TargetMetric::base_stations_5g, TargetScope::region) == std::pair(2.0, 1.0));
}

TEST_CASE("a technology counts by its generation, or by the beginnings that are given; of neither it is said") {
  InventedWorld world;
  const LonLat west = world.crs.to_lonlat(world.population.units[0].centre);
  const auto of_generation = [&](const char* id, const char* technology, const char* generation) {
    Site out = test::site(id, west, world.crs, technology);
    auto carrier = std::make_shared<Carrier>(*out.sectors[0].carrier);
    carrier->generation = generation;
    out.sectors[0].carrier = carrier;
    return out;
  };
  world.sites = {of_generation("A", "mine", "5G"), of_generation("B", "lte_b1", "4G"),
                 of_generation("C", "nr_private", "")};
  const auto stations = [&] {
    world.warnings.clear();
    return *world.one(target("t", TargetMetric::base_stations_5g, TargetScope::region, Comparison::at_least, 1.0))
                .actual;
  };
  world.options.technologies_5g.clear();
  world.options.technologies_4g.clear();
  CHECK(stations() == 1.0);  // A
  REQUIRE(world.warning("targets_without_generation") != nullptr);
  CHECK(world.warning("targets_without_generation")->count == 1);
  CHECK_THAT(world.warning("targets_without_generation")->message, amaneku::test::Contains("(nr_private)"));
  CHECK(world.warning("targets_technology_unknown") == nullptr);

  world.options.technologies_5g = {"nr_", "mine"};
  CHECK(stations() == 2.0);  // A and C
  CHECK(world.warning("targets_without_generation") == nullptr);
}

TEST_CASE("inhabited 10 km meshes count where a parent station stands in them") {
  InventedWorld world;
  const LonLatBox wide = decode_mesh("533946").box;
  const Point south_west = world.crs.to_plan({wide.west_deg, wide.south_deg});
  world.grid = {.west_m = south_west.x_m - 2000.0,
                .north_m = south_west.y_m + 14'000.0,
                .cell_m = 100.0,
                .nx = 300,
                .ny = 160};
  world.of_5g = {ServedSince{.fiscal_year = {world.grid, 0}}};
  world.population.units.push_back({.id = "533947111",
                                    .people = 5.0,
                                    .centre = world.crs.to_plan(decode_mesh("533947111").box.centre()),
                                    .footprint = mesh_footprint(decode_mesh("533947111"), world.crs)});
  world.sites = {test::site("S", decode_mesh("53394799").box.centre(), world.crs, "nr_n79", 2025)};
  const auto rate = [&](int year) {
    return world.one(target("t", TargetMetric::base_deployment_rate_5g, TargetScope::national,
                            Comparison::at_least, 98.0, year));
  };
  CHECK(*rate(2024).actual == 0.0);
  const TargetResult later = rate(2025);
  CHECK(later.whole == 2.0);
  CHECK(*later.actual == 50.0);
  REQUIRE(later.gaps.size() == 1);
  CHECK(later.gaps[0].id == "533946");
  CHECK(later.gaps[0].people == 150.0);
  world.options.parent_sites = {"other"};
  CHECK(*rate(2025).actual == 0.0);
}

TEST_CASE("roads by class, with the sections that close the gap") {
  InventedWorld world;
  const double y = world.grid.north_m - 1000.0;
  const double x = world.grid.west_m;
  world.roads.roads = {
      {.id = "e", .road_class = "expressway", .name = "E1", .line = {{x, y}, {x + 1000, y}}},
      {.id = "n", .road_class = "national", .name = "R1", .line = {{x, y + 55}, {x + 2000, y + 55}}},
      {.id = "l", .road_class = "local", .line = {{x, y + 105}, {x + 2000, y + 105}}}};
  world.on_roads = {test::served_where(world.grid, [](int ix, int) { return ix < 90; })};  // x < 900 m
  const TargetResult expressway =
      world.one(target("t", TargetMetric::road_coverage, TargetScope::expressways, Comparison::equal, 100.0));
  CHECK(expressway.whole == 1000.0);
  CHECK(*expressway.actual == 90.0);
  REQUIRE(expressway.gaps.size() == 1);
  CHECK(expressway.gaps[0].name == "E1");
  CHECK(expressway.gaps[0].length_m == 100.0);
  CHECK(expressway.gaps[0].at.x_m == Approx(x + 900.0));
  CHECK(expressway.gaps[0].end.x_m == Approx(x + 1000.0));
  const TargetResult both =
      world.one(target("t", TargetMetric::road_coverage, TargetScope::expressways_and_national_highways,
                       Comparison::at_least, 70.0));
  CHECK(both.whole == 3000.0);
  CHECK(*both.actual == 60.0);
  REQUIRE(both.gaps.size() == 1);  // 300 m are missing, the national highway has 1100
  CHECK(both.gaps[0].name == "R1");
}

TEST_CASE("tunnels are not served by the ground above, and what is not known of them is told") {
  InventedWorld world;
  const double y = world.grid.north_m - 1000.0;
  const double x = world.grid.west_m;
  world.roads.roads = {
      {.id = "a", .road_class = "expressway", .tunnel = Presence::none, .line = {{x, y}, {x + 500, y}}},
      {.id = "b", .road_class = "expressway", .tunnel = Presence::yes, .line = {{x + 500, y}, {x + 800, y}}},
      {.id = "c", .road_class = "expressway", .tunnel = Presence::unknown, .line = {{x + 800, y}, {x + 1000, y}}}};
  const auto found = [&] {
    return world.one(target("t", TargetMetric::road_coverage, TargetScope::expressways, Comparison::equal, 100.0));
  };
  const TargetResult result = found();
  CHECK(*result.actual == Approx(70.0));
  REQUIRE(result.gaps.size() == 1);
  CHECK(result.gaps[0].id == "b");
  REQUIRE(world.warning("targets_tunnels_unknown") != nullptr);
  CHECK_THAT(world.warning("targets_tunnels_unknown")->message, test::Contains("of 20 % of the expressways"));
  world.roads.roads[1].tunnel_served = true;
  CHECK(*found().actual == Approx(100.0));
}

TEST_CASE("roads without a class count for no target, with a warning") {
  InventedWorld world;
  const double x = world.grid.west_m;
  const double y = world.grid.north_m;
  world.roads.roads = {{.id = "r", .road_class = "road", .line = {{x + 10, y - 10}, {x + 510, y - 10}}}};
  const TargetResult result =
      world.one(target("t", TargetMetric::road_coverage, TargetScope::expressways, Comparison::equal, 100.0));
  CHECK_FALSE(result.actual.has_value());
  CHECK(result.reason == NotEvaluated::no_road);
  const Warning* warning = world.warning("roads_without_class");
  REQUIRE(warning != nullptr);
  CHECK(warning->count == 1);
  CHECK(warning->message.find("name the field with roads.class_field") != std::string::npos);
}

TEST_CASE("municipalities that overlap are named with their common area") {
  InventedWorld world;
  const double middle = world.boundaries.municipalities[1].area.parts[0].outer[0].x_m;
  world.boundaries.municipalities[1].area =
      test::box(middle - 200.0, world.grid.south_m(), world.grid.east_m(), world.grid.north_m);
  const auto overlaps = municipal_overlaps(world.boundaries, world.grid);
  REQUIRE(overlaps.size() == 1);
  CHECK(overlaps[0].area_m2 == Approx(200.0 * 2000.0));
  (void)world.one(target("t", kPopulation, TargetScope::national, Comparison::at_least, 95.0));
  const Warning* warning = world.warning("municipalities_overlap");
  REQUIRE(warning != nullptr);
  CHECK(warning->message ==
        "municipalities that lie on one another, 13101 and 14101 by 0.40 km2: people and cells there count for "
        "one of "
        "them only");
}

TEST_CASE("what a plan cannot tell is not evaluated, unless the user supplies it") {
  InventedWorld world;
  Target fibre = target("F", TargetMetric::fibre_households, TargetScope::national, Comparison::at_least, 99.9);
  const TargetResult unknown = world.one(fibre);
  CHECK_FALSE(unknown.actual.has_value());
  CHECK_FALSE(unknown.met);
  CHECK(unknown.reason == NotEvaluated::needs_supply);
  world.options.supplied = {{"F", 99.84, "prefecture, 2025"}};
  const TargetResult supplied = world.one(fibre);
  CHECK(*supplied.actual == 99.84);
  CHECK(supplied.source_of_actual == "prefecture, 2025");
  CHECK(supplied.shortfall == Approx(0.06));
}

TEST_CASE("targets are held against the sites of their year, and curves go through all years") {
  InventedWorld world;
  world.sites = {test::site("S", {139.7, 35.7}, world.crs, "nr_n79", 2024),
                 test::site("T", {139.7, 35.7}, world.crs, "nr_n79", 2029)};
  ServedSince since = world.all_but({3});
  for (auto& year : since.fiscal_year.values) year = year == 0 ? 2024 : 2029;
  world.of_5g = {since};
  const TargetReport report =
      world.check({target("a", kPopulation, TargetScope::national, Comparison::at_least, 95.0, 2023),
                   target("b", kPopulation, TargetScope::national, Comparison::at_least, 97.0, 2025),
                   target("c", kPopulation, TargetScope::national, Comparison::at_least, 99.0, 2030)});
  CHECK(*report.results[0].actual == 0.0);
  CHECK(*report.results[1].actual == Approx(100.0 * 70.0 / 150.0));
  CHECK(*report.results[2].actual == 100.0);
  CHECK(report.results[2].met);
  CHECK(report.fiscal_years == std::vector<int>{2023, 2024, 2025, 2029, 2030});
  REQUIRE(report.curves.size() == 1);
  REQUIRE(report.curves[0].points.size() == 5);
  for (std::size_t i = 1; i < 5; ++i)
    CHECK(report.curves[0].points[i].second >= report.curves[0].points[i - 1].second);
}

TEST_CASE("Wakayama by any mask: municipalities add up to the prefecture, and everything is everybody",
          "[shared]") {
  AMANEKU_NEEDS(test::data(), "population/tblT001100S30.txt")
  InventedWorld world;
  world.crs = Crs::from_text("EPSG:6674");
  world.population = read_population({.path = *test::data() / "population/tblT001100S30.txt"}, world.crs);
  world.boundaries = read_boundaries({{.path = *test::data() / "boundaries/N03-21_30.geojson"}}, world.crs);
  assign_municipalities(world.population, world.boundaries);
  const Point south_west = world.crs.to_plan({134.95, 33.40});
  world.grid = {.west_m = south_west.x_m - 3000.0,
                .north_m = south_west.y_m + 115'000.0,
                .cell_m = 100.0,
                .nx = 1080,
                .ny = 1200};
  const auto towns = target("m", kPopulation, TargetScope::each_municipality, Comparison::at_least, 90.0);
  const auto prefecture = target("p", kPopulation, TargetScope::each_prefecture, Comparison::at_least, 90.0);
  const auto nation = target("n", kPopulation, TargetScope::national, Comparison::at_least, 90.0);

  world.of_5g = {ServedSince{.fiscal_year = {world.grid, 0}}};
  std::mt19937 random(30);
  for (const MeshRule rule :
       {MeshRule::half, MeshRule::more_than_half, MeshRule::area_weighted, MeshRule::centre}) {
    world.options.mesh_rule = rule;
    world.of_5g = {ServedSince{.fiscal_year = {world.grid, 0}}};
    const TargetReport all = world.check({nation, prefecture});
    // Meshes beyond the shore of the simplified boundaries: in no town, and counted.
    CHECK(all.people_outside_municipalities == 848.0);
    CHECK(all.results[1].parts.at(0).whole + all.results[1].outside.whole == 922'584.0);
    CHECK(all.results[0].part == 922'584.0);
    CHECK(all.results[0].whole == 922'584.0);
    CHECK(*all.results[0].actual == 100.0);
    for (int round = 0; round < 4; ++round) {
      world.of_5g = {test::random_service(world.grid, random)};
      const TargetReport report = world.check({towns, prefecture, nation});
      const TargetResult& by_town = report.results[0];
      CHECK(by_town.parts.size() == 30);
      double whole = by_town.outside.whole;
      double part = by_town.outside.part;
      for (const TargetPart& town : by_town.parts) {
        whole += town.whole;
        part += town.part;
      }
      CHECK(whole == 922'584.0);
      CHECK(part > 0.0);
      CHECK(part < 922'584.0);
      const double of_prefecture = report.results[1].parts.at(0).part + report.results[1].outside.part;
      if (rule == MeshRule::area_weighted) {  // fractions round
        CHECK(part == Approx(report.results[2].part).epsilon(1e-12));
        CHECK(of_prefecture == Approx(report.results[2].part).epsilon(1e-12));
      } else {
        CHECK(part == report.results[2].part);
        CHECK(of_prefecture == report.results[2].part);
      }
    }
  }
}

TEST_CASE("finer meshes are put together, coarser ones divided, points go to their mesh, large areas stay") {
  const Crs crs = Crs::from_text("EPSG:6677");
  Population population;
  const auto add = [&](const std::string& code, double people) {
    const Mesh mesh = decode_mesh(code);
    population.units.push_back({.id = code,
                                .people = people,
                                .centre = crs.to_plan(mesh.box.centre()),
                                .footprint = mesh_footprint(mesh, crs)});
  };
  add("5339461111", 3.0);  // 250 m
  add("5339461112", 4.0);
  add("53394612", 8.0);  // 1 km
  const Point at = crs.to_plan(decode_mesh("533946111").box.centre());
  population.units.push_back({.id = "shops.csv:2", .people = 5.0, .centre = at});
  population.units.push_back({.id = "towns.gpkg:1",
                              .people = 9.0,
                              .centre = at,
                              .footprint = test::box(at.x_m - 2000, at.y_m - 2000, at.x_m + 2000, at.y_m + 2000)});
  const PeopleMeshes meshes = people_meshes(population, crs, 4);
  CHECK(meshes.total == 29.0);
  CHECK(meshes.divided == 1);
  CHECK(meshes.kept == 1);
  std::map<std::string, double> people;
  for (const MeshShare& share : meshes.shares) people[meshes.meshes[share.mesh].code] += share.people;
  CHECK(people["533946111"] == 12.0);
  for (const char* quarter : {"1", "2", "3", "4"}) CHECK(people[std::string("53394612") + quarter] == 2.0);
  CHECK(people["towns.gpkg:1"] == 9.0);
  CHECK(people_meshes(population, crs, 0).meshes.size() == population.units.size());
}
