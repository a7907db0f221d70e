#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <random>

#include "libsim/count/coverage_statistics.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;

namespace {

constexpr float kGood = -80.0F;
constexpr float kBad = -130.0F;

/// A map, the ground under it, and the places held against it.
struct InventedWorld {
  Raster<float> rsrp_dbm;
  Raster<float> ground_asl_m;
  Population population{};
  Boundaries boundaries{};
  Roads roads{};
  std::vector<FocusZone> zones{};

  explicit InventedWorld(const Grid& grid, float rsrp = kGood) : rsrp_dbm(grid, rsrp), ground_asl_m(grid, 10.0F) {}

  [[nodiscard]] CoverageStatistics statistics(const StatisticsOptions& options = {}) const {
    return coverage_statistics(rsrp_dbm, {ground_asl_m, population, boundaries, roads, zones}, options);
  }
  /// Gives every cell whose centre satisfies the test this value.
  template <class Test>
  void paint(float value, const Test& test) {
    for (int iy = 0; iy < rsrp_dbm.grid.ny; ++iy) {
      for (int ix = 0; ix < rsrp_dbm.grid.nx; ++ix) {
        if (test(rsrp_dbm.grid.centre(ix, iy))) rsrp_dbm.at(ix, iy) = value;
      }
    }
  }
};

MultiPolygon box(double west, double south, double east, double north) {
  return {{Polygon{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}}}};
}

PopulationUnit mesh(double people, double west, double south, double size) {
  return {.people = people,
          .centre = {west + size / 2, south + size / 2},
          .footprint = box(west, south, west + size, south + size)};
}

double parts(const PeopleCovered& people) {
  return people.covered + people.below_threshold + people.not_computed + people.outside_plan;
}

constexpr Grid kGrid{.west_m = 0, .north_m = 1000, .cell_m = 10, .nx = 100, .ny = 100};

}  // namespace

TEST_CASE("a map that covers everything covers everybody, one that covers nothing nobody") {
  InventedWorld world(kGrid, kGood);
  world.population.units = {mesh(7, 0, 0, 500), mesh(11, 500, 500, 500), {.people = 3, .centre = {12, 34}}};
  world.boundaries.municipalities = {{"00001", "West", box(0, 0, 500, 1000)}};
  world.population.units[0].municipality = 0;
  world.roads.roads = {{.road_class = "local", .line = {{5, 5}, {995, 5}}}};

  const CoverageStatistics all = world.statistics();
  CHECK(all.population.total == 21.0);
  CHECK(all.population.covered == 21.0);
  CHECK(all.population.percent() == 100.0);
  CHECK(all.area.total_m2 == 1e6);
  CHECK(all.area.covered_m2 == 1e6);
  REQUIRE(all.municipalities.size() == 1);
  CHECK(all.municipalities[0].people.total == 7.0);
  CHECK(all.municipalities[0].area.total_m2 == 5e5);
  CHECK(all.municipalities[0].in_plan());
  CHECK(all.outside_municipalities.total == 14.0);
  REQUIRE(all.roads.size() == 1);
  CHECK(all.roads[0].length_m == Approx(990.0).epsilon(1e-12));
  CHECK(all.roads[0].covered_m == all.roads[0].length_m);
  CHECK(all.unit_covered_share == std::vector<double>{1.0, 1.0, 1.0});
  CHECK(all.road_covered_share == std::vector<double>{1.0});

  world.paint(kBad, [](Point) { return true; });
  const CoverageStatistics none = world.statistics();
  CHECK(none.population.covered == 0.0);
  CHECK(none.population.below_threshold == 21.0);
  CHECK(none.area.covered_m2 == 0.0);
  CHECK(none.roads[0].covered_m == 0.0);
  CHECK(none.road_covered_share == std::vector<double>{0.0});
}

TEST_CASE("the threshold itself is covered") {
  InventedWorld world(kGrid, -110.0F);
  world.population.units = {mesh(1, 0, 0, 100)};
  CHECK(world.statistics({.threshold_dbm = -110.0}).population.covered == 1.0);
  CHECK(world.statistics({.threshold_dbm = -109.9}).population.covered == 0.0);
}

TEST_CASE("focus zones: parts of meshes, overlaps, holes and what lies outside the plan") {
  InventedWorld world(kGrid, kGood);
  world.paint(kBad, [](Point p) { return p.y_m > 500; });
  world.ground_asl_m.at(0, 99) = kNoData;
  world.population.units = {mesh(400, 400, 400, 200), mesh(8, -100, 0, 200), {.people = 3, .centre = {12, 34}}};
  MultiPolygon two_parts = box(400, 400, 500, 600);
  two_parts.parts.push_back(box(450, 400, 500, 450).parts[0]);  // over the first: not counted twice
  MultiPolygon ring = box(300, 300, 700, 700);
  ring.parts[0].holes = {box(400, 400, 600, 600).parts[0].outer};
  world.zones = {{"west of the mesh", two_parts},
                 {"around it", ring},
                 {"corner", box(-200, -200, 100, 100)},
                 {"a hut", box(502, 402, 504, 404)}};
  const CoverageStatistics s = world.statistics();
  REQUIRE(s.focus_zones.size() == 4);
  CHECK(s.focus_zones[0].name == "west of the mesh");
  CHECK(s.focus_zones[0].people.total == Approx(200));
  CHECK(s.focus_zones[0].people.covered == Approx(100));
  CHECK(s.focus_zones[0].people.below_threshold == Approx(100));
  CHECK(s.focus_zones[0].people.in_half_covered_units == Approx(200));  // covered over just half of it
  CHECK(s.focus_zones[0].area.total_m2 == 20'000);
  CHECK(s.focus_zones[0].area.covered_m2 == 10'000);
  CHECK(s.focus_zones[1].people.total == 0);
  CHECK(s.focus_zones[1].area.total_m2 == 120'000);
  CHECK(s.focus_zones[2].people.total == Approx(7));  // half of 8 and the point
  CHECK(s.focus_zones[2].people.outside_plan == Approx(2));
  CHECK(s.focus_zones[2].people.covered == Approx(5));
  CHECK(s.focus_zones[2].area.total_m2 == 9'900);
  CHECK(s.focus_zones[3].area.total_m2 == 100);  // its own cell
  CHECK(s.focus_zones[3].people.total == Approx(1));
}

TEST_CASE("half a plane covers the closed-form share of people, area and road") {
  InventedWorld world(kGrid, kBad);
  world.paint(kGood, [](Point p) { return p.x_m < 300.0; });
  world.population.units = {mesh(80, 100, 200, 400)};  // 200 of its 400 m lie west of x = 300
  world.boundaries.municipalities = {{"00001", "A", box(0, 0, 1000, 500)}};
  world.roads.roads = {{.road_class = "national", .line = {{0, 500}, {400, 500}, {400, 900}, {100, 900}}}};
  const CoverageStatistics result = world.statistics({.road_step_m = 1.0});
  CHECK(result.population.covered == Approx(40.0).epsilon(1e-12));
  CHECK(result.population.below_threshold == Approx(40.0).epsilon(1e-12));
  CHECK(result.unit_covered_share[0] == 0.5);
  CHECK(result.area.covered_m2 == 0.3 * 1e6);
  CHECK(result.municipalities[0].area.covered_m2 == 0.3 * 5e5);
  // 300 m of the first stretch and 200 m of the last, of 1,100 m
  CHECK(result.roads[0].length_m == Approx(1100.0).epsilon(1e-12));
  CHECK(result.roads[0].covered_m == Approx(500.0).epsilon(1e-12));
  CHECK(result.road_covered_share[0] == Approx(500.0 / 1100.0).epsilon(1e-12));
}

TEST_CASE("a footprint counts by its cell centres, one without any by its own centre") {
  InventedWorld world(kGrid, kBad);
  world.rsrp_dbm.at(5, 5) = kGood;  // 50 .. 60 m east, 940 .. 950 m north
  const auto share = [&](const PopulationUnit& unit) {
    world.population.units = {unit};
    return world.statistics().unit_covered_share[0];
  };
  CHECK(share(mesh(1, 50, 940, 10)) == 1.0);
  CHECK(share(mesh(1, 50, 930, 20)) == 0.25);
  CHECK(share(mesh(1, 51, 941, 2)) == 1.0);  // smaller than a cell, holds no centre
  CHECK(share(mesh(1, 47, 941, 2)) == 0.0);
  CHECK(share(mesh(1, 54, 944, 10)) == 1.0);  // holds only this cell's centre, (55, 945)
  CHECK(share({.people = 1, .centre = {59.9, 940.1}}) == 1.0);

  PopulationUnit ring = mesh(1, 40, 930, 30);  // 3 x 3 cells without the covered one in the middle
  ring.footprint.parts[0].holes.push_back(box(50, 940, 60, 950).parts[0].outer);
  CHECK(share(ring) == 0.0);
  PopulationUnit two = mesh(1, 50, 940, 10);  // the covered cell and, far away, one that is not
  two.footprint.parts.push_back(box(500, 500, 510, 510).parts[0]);
  CHECK(share(two) == 0.5);
}

TEST_CASE("people outside the plan and where nothing was computed are counted apart") {
  InventedWorld world(kGrid, kGood);
  world.paint(kNoData, [](Point p) { return p.y_m < 250.0; });
  world.population.units = {
      mesh(100, -250, 0, 1000),              // a quarter west of the plan, a quarter not computed
      {.people = 10, .centre = {-1, 500}},   // a point outside
      {.people = 20, .centre = {500, 100}},  // a point not computed
      mesh(40, 2000, 2000, 1000),            // a footprint outside
  };
  for (PopulationUnit& unit : world.population.units) unit.municipality = 0;
  world.population.units[3].municipality = 1;
  world.boundaries.municipalities = {{"00001", "A", box(-500, 0, 1000, 1000)},
                                     {"00002", "Far away", box(2000, 2000, 3000, 3000)}};
  const CoverageStatistics result = world.statistics();
  CHECK(result.population.total == 170.0);
  CHECK(result.population.covered == Approx(100.0 * 0.75 * 0.75));
  CHECK(result.population.not_computed == Approx(100.0 * 0.75 * 0.25 + 20.0));
  CHECK(result.population.outside_plan == Approx(100.0 * 0.25 + 10.0 + 40.0));
  CHECK(result.population.below_threshold == 0.0);
  // The headline is of the 95 people in the plan; the first mesh is covered over three quarters of its part there.
  CHECK(result.population.percent() == Approx(100.0 * 56.25 / 95.0));
  CHECK(result.population.in_half_covered_units == Approx(75.0));
  CHECK(result.unit_covered_share[0] == Approx(0.75 * 0.75));
  CHECK(result.municipalities[0].in_plan());
  CHECK_FALSE(result.municipalities[1].in_plan());
  CHECK(result.municipalities[1].people.outside_plan == 40.0);
  CHECK(result.area.not_computed_m2 == 0.25 * 1e6);
}

TEST_CASE("cells without ground belong to no area") {
  InventedWorld world(kGrid, kGood);
  for (int iy = 0; iy < 50; ++iy) {  // the northern half is sea
    for (int ix = 0; ix < 100; ++ix) {
      world.ground_asl_m.at(ix, iy) = kNoData;
      world.rsrp_dbm.at(ix, iy) = kNoData;
    }
  }
  world.boundaries.municipalities = {{"00001", "Coast", box(0, 0, 1000, 600)}};
  const CoverageStatistics result = world.statistics();
  CHECK(result.area.total_m2 == 5e5);
  CHECK(result.area.covered_m2 == 5e5);
  CHECK(result.area.not_computed_m2 == 0.0);
  CHECK(result.municipalities[0].area.total_m2 == 5e5);  // not the 100 m strip of sea
}

TEST_CASE("roads are sampled in steps with a shorter last one, inside the plan only") {
  InventedWorld world(kGrid, kGood);
  world.paint(kNoData, [](Point p) { return p.x_m > 900.0; });
  world.roads.roads = {
      {.road_class = "national", .line = {{-500, 5}, {1500, 5}}},
      {.road_class = "local", .line = {{100, 105}, {133, 105}}},              // 25 m and 8 m
      {.road_class = "local", .line = {{100, 105}, {100, 105}, {100, 125}}},  // a vertex given twice
      {.road_class = "expressway", .line = {{2000, 5}, {3000, 5}}},
      {.road_class = "expressway", .line = {{20, 5}}},
  };
  const CoverageStatistics result = world.statistics({.road_step_m = 25.0});
  REQUIRE(result.roads.size() == 3);
  CHECK(result.roads[0].road_class == "expressway");
  CHECK(result.roads[0].length_m == 0.0);
  CHECK(result.roads[1].road_class == "local");
  CHECK(result.roads[1].length_m == Approx(53.0).epsilon(1e-12));
  CHECK(result.roads[2].length_m == Approx(1000.0).epsilon(1e-12));
  CHECK(result.roads[2].covered_m == Approx(900.0).epsilon(1e-12));
  CHECK(result.roads[2].not_computed_m == Approx(100.0).epsilon(1e-12));
  CHECK(std::isnan(result.road_covered_share[3]));
  CHECK(std::isnan(result.road_covered_share[4]));
  CHECK(result.road_covered_share[0] == Approx(0.9));
}

TEST_CASE("a road in a tunnel is covered by equipment of its own only, whatever the ground above has") {
  InventedWorld world(kGrid, kGood);
  const Line line = {{0, 5}, {100, 5}};
  world.roads.roads = {{.road_class = "a", .tunnel = Presence::none, .line = line},
                       {.road_class = "a", .tunnel = Presence::yes, .line = line},
                       {.road_class = "a", .tunnel = Presence::unknown, .line = line},
                       {.road_class = "b", .tunnel = Presence::yes, .tunnel_served = true, .line = line}};
  const CoverageStatistics result = world.statistics({.road_step_m = 25.0});
  REQUIRE(result.roads.size() == 2);
  CHECK(result.roads[0].length_m == Approx(300.0));
  CHECK(result.roads[0].covered_m == Approx(200.0));
  CHECK(result.roads[0].tunnel_m == Approx(100.0));
  CHECK(result.roads[0].tunnel_unknown_m == Approx(100.0));
  CHECK(result.roads[1].covered_m == Approx(100.0));
  CHECK(result.road_covered_share[1] == 0.0);
  CHECK(result.road_covered_share[3] == 1.0);
}

TEST_CASE("statistics options outside their range are the user's fault, all at once") {
  const InventedWorld world(kGrid);
  try {
    (void)world.statistics({.threshold_dbm = std::nan(""), .road_step_m = 0.0});
    FAIL("no error");
  } catch (const InputError& error) {
    REQUIRE(error.faults().size() == 2);
    CHECK(error.faults()[0].key == "coverage.threshold_dbm");
    CHECK(error.faults()[1].key == "coverage.road_step_m");
    CHECK(error.faults()[1].value == "0");
    CHECK(error.faults()[1].legal == "0.1 .. 10000");
  }
}

TEST_CASE("random polygons agree with a cell-by-cell count, and the parts add up") {
  std::mt19937 generator(20260727);
  const auto uniform = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(generator);
  };
  const Grid grid{.west_m = -123.4, .north_m = 456.7, .cell_m = 7.3, .nx = 61, .ny = 47};
  InventedWorld world(grid, kBad);
  for (float& value : world.rsrp_dbm.values) {
    const double dice = uniform(0, 1);
    value = dice < 0.5 ? kGood : dice < 0.8 ? kBad : kNoData;
  }
  for (int i = 0; i < 200; ++i) {
    const Point centre{uniform(-250, 450), uniform(-50, 600)};
    Polygon star;
    for (int k = 0; k < 9; ++k) {
      const double radius = uniform(2, 90);
      const double angle = 2 * std::numbers::pi * k / 9;
      star.outer.push_back({centre.x_m + radius * std::cos(angle), centre.y_m + radius * std::sin(angle)});
    }
    star.outer.push_back(star.outer.front());
    world.population.units.push_back(
        {.people = uniform(0, 1e5), .centre = centre, .footprint = {{star}}, .municipality = i % 4 - 1});
  }
  world.boundaries.municipalities.resize(3);
  const CoverageStatistics result = world.statistics();

  double covered = 0.0;
  for (std::size_t i = 0; i < world.population.units.size(); ++i) {
    const PopulationUnit& unit = world.population.units[i];
    int all = 0;
    int good = 0;
    for (int iy = -100; iy < grid.ny + 100; ++iy) {
      for (int ix = -100; ix < grid.nx + 100; ++ix) {
        if (!contains(unit.footprint, grid.centre(ix, iy))) continue;
        ++all;
        if (grid.holds(ix, iy) && world.rsrp_dbm.at(ix, iy) == kGood) ++good;
      }
    }
    if (all == 0) continue;
    CHECK(result.unit_covered_share[i] == Approx(static_cast<double>(good) / all).epsilon(1e-14));
    covered += unit.people * good / all;
  }
  CHECK(result.population.covered == Approx(covered).epsilon(1e-9));
  const auto adds_up = [](const PeopleCovered& people) {
    return std::fabs(parts(people) - people.total) <= 1e-12 * people.total;
  };
  CHECK(adds_up(result.population));
  CHECK(adds_up(result.outside_municipalities));
  PeopleCovered sum = result.outside_municipalities;
  for (const MunicipalityCoverage& municipality : result.municipalities) {
    CHECK(adds_up(municipality.people));
    sum.total += municipality.people.total;
    sum.covered += municipality.people.covered;
  }
  CHECK(sum.total == Approx(result.population.total).epsilon(1e-12));
  CHECK(sum.covered == Approx(result.population.covered).epsilon(1e-12));
}

TEST_CASE("all people of Wakayama are covered by a map that covers everything", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "data/population/tblT001100S30.txt");
  const Crs crs = Crs::from_text("EPSG:6674");
  InventedWorld world(Grid{.nx = 1, .ny = 1});
  world.population = read_population({.path = *data / "population/tblT001100S30.txt"}, crs);
  world.boundaries = read_boundaries({{.path = *data / "boundaries/N03-21_30.geojson"}}, crs);
  assign_municipalities(world.population, world.boundaries);

  Point low{1e9, 1e9};
  Point high{-1e9, -1e9};
  for (const PopulationUnit& unit : world.population.units) {
    for (const Polygon& part : unit.footprint.parts) {
      for (const Point& p : part.outer) {
        low = {std::fmin(low.x_m, p.x_m), std::fmin(low.y_m, p.y_m)};
        high = {std::fmax(high.x_m, p.x_m), std::fmax(high.y_m, p.y_m)};
      }
    }
  }
  const Grid grid{.west_m = low.x_m - 100.0,
                  .north_m = high.y_m + 100.0,
                  .cell_m = 100.0,
                  .nx = static_cast<int>((high.x_m - low.x_m) / 100.0) + 3,
                  .ny = static_cast<int>((high.y_m - low.y_m) / 100.0) + 3};
  world.rsrp_dbm = Raster<float>(grid, kGood);
  world.ground_asl_m = Raster<float>(grid, 0.0F);

  const CoverageStatistics result = world.statistics();
  CHECK(result.population.total == 922'584.0);
  CHECK(result.population.covered == 922'584.0);
  CHECK(result.municipalities.size() == 30);
  double sum = result.outside_municipalities.total;
  for (const MunicipalityCoverage& municipality : result.municipalities) sum += municipality.people.total;
  CHECK(sum == Approx(922'584.0).epsilon(1e-12));
  CHECK(result.outside_municipalities.total < 0.02 * result.population.total);  // meshes centred in the sea

  // A map of one half: every part is still accounted for.
  world.paint(kBad, [&](Point p) { return p.x_m > 0.5 * (low.x_m + high.x_m); });
  const CoverageStatistics half = world.statistics();
  CHECK(half.population.covered > 0.0);
  CHECK(half.population.below_threshold > 0.0);
  CHECK(parts(half.population) == Approx(922'584.0).epsilon(1e-12));
}

TEST_CASE("a region of 3 million cells is counted in less than a second", "[.][speed]") {
  const Grid grid{.west_m = 0, .north_m = 50'000, .cell_m = 30, .nx = 1800, .ny = 1666};
  InventedWorld world(grid, kGood);
  for (int i = 0; i < 30'000; ++i) {
    world.population.units.push_back(mesh(i % 977, 250.0 * (i % 200), 250.0 * (i / 200 % 200), 250.0));
  }
  for (int i = 0; i < 60; ++i) {
    Polygon disc;
    for (int k = 0; k <= 2000; ++k) {
      const double angle = 2 * std::numbers::pi * k / 2000;
      disc.outer.push_back({4500.0 + 5000.0 * (i % 10) + 2500 * std::cos(angle),
                            4000.0 + 8000.0 * (i / 10) + 4000 * std::sin(angle)});
    }
    world.boundaries.municipalities.push_back({fmt::format("{:05}", i), "", {{disc}}});
  }
  for (int i = 0; i < 500; ++i) {
    Road road{.road_class = "local"};
    for (int k = 0; k <= 1000; ++k) road.line.push_back({10.0 * k + 80 * i, 100.0 * i + 3.0 * (k % 2)});
    world.roads.roads.push_back(std::move(road));
  }
  const auto start = std::chrono::steady_clock::now();
  const CoverageStatistics result = world.statistics();
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  INFO(spent.count() << " s for " << result.roads[0].length_m / 1000 << " km of road");
  CHECK(spent.count() < 1.0);
}
