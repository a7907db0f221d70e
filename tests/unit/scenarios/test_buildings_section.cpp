// [[terrain.buildings]]: from footprints with heights to the clutter of a plan.
#include <algorithm>

#include "scenarios/read/scenario.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;

namespace {

constexpr const char* kHouses = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"h":20,"measuredHeight":"6"},"geometry":{"type":"Polygon","coordinates":
[[[138.690,35.290],[138.694,35.290],[138.694,35.293],[138.690,35.293],[138.690,35.290]]]}},
{"type":"Feature","properties":{"h":null},"geometry":{"type":"Polygon","coordinates":
[[[138.70,35.290],[138.701,35.290],[138.701,35.291],[138.70,35.291],[138.70,35.290]]]}}]})";

class BuiltWorld : public test::SmallWorld {
 public:
  BuiltWorld() { test::write_text(file("houses.geojson"), kHouses); }
  void append(const std::string& text) const { test::write_text(scenario(), test::read_bytes(scenario()) + text); }
};

long long count_of(const Scenario& scenario, const std::string& id) {
  for (const Warning& warning : scenario.input.warnings) {
    if (warning.id == id) return warning.count;
  }
  return 0;
}

double volume_m3(const Raster<float>& heights_m) {
  const double cell_m2 = heights_m.grid.cell_m * heights_m.grid.cell_m;
  double sum = 0.0;
  for (const float height : heights_m.values) sum += cell_m2 * static_cast<double>(height);
  return sum;
}

}  // namespace

TEST_CASE("buildings are clutter: the volume above the cells is that of the buildings") {
  const BuiltWorld world;
  world.append("\n[[terrain.buildings]]\npath = \"houses.geojson\"\nheight_field = \"h\"\n");
  const Scenario scenario = load(world.scenario());
  const Raster<float>& clutter = scenario.input.world.ground.clutter_m;
  // 0.004 degrees of longitude and 0.003 of latitude at 35.29 N on GRS 80, 20 m high.
  CHECK(volume_m3(clutter) == Approx(20.0 * 363.84 * 332.82).epsilon(0.01));
  CHECK(*std::max_element(clutter.values.begin(), clutter.values.end()) == 20.0F);
  CHECK(count_of(scenario, "building_without_height") == 1);
  CHECK(count_of(scenario, "clutter_missing") == 0);
  CHECK(scenario.input.world.terrain_sources.back().format == "buildings");
  CHECK_FALSE(scenario.input.provenance.input_sha256.empty());
}

TEST_CASE("buildings count where they are higher than the other clutter") {
  BuiltWorld world;
  const Raster<float> trees(world.ground().grid, 12.0F);
  write_cog(world.file("trees.tif"), trees, Crs::from_text("EPSG:6676"), {});
  world.append(
      "\n[[terrain.clutter_height]]\npath = \"trees.tif\"\n"
      "\n[[terrain.buildings]]\npath = \"houses.geojson\"\nheight_field = \"h\"\n");
  const Scenario scenario = load(world.scenario());
  const Raster<float>& clutter = scenario.input.world.ground.clutter_m;
  CHECK(*std::min_element(clutter.values.begin(), clutter.values.end()) == 12.0F);
  CHECK(*std::max_element(clutter.values.begin(), clutter.values.end()) == 20.0F);
}

TEST_CASE("a field of heights that is not there is refused with those that are") {
  const BuiltWorld world;
  world.append("\n[[terrain.buildings]]\npath = \"houses.geojson\"\nheight_field = \"height\"\n");
  CHECK_THROWS_WITH(load(world.scenario()), Contains("has no field \"height\"") && Contains("measuredHeight"));
}
