#include "scenarios/network_layers.hpp"

#include "scenarios/outputs.hpp"
#include "scenarios/report/legend.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/styles.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

const Layer* find(const std::vector<Layer>& layers, const std::string& name) {
  for (const Layer& layer : layers) {
    if (layer.name == name) return &layer;
  }
  return nullptr;
}

std::size_t field(const Layer& layer, const std::string& name) {
  for (std::size_t i = 0; i < layer.fields.size(); ++i) {
    if (layer.fields[i].name == name) return i;
  }
  throw std::runtime_error("no field " + name);
}

}  // namespace

TEST_CASE("the layers of network.gpkg hold what they say") {
  const test::SmallWorld world;
  const PlanInput input = load(world.scenario());
  const PlanResult result = plan(input);
  const std::vector<Layer> layers = network_layers(input, result);

  for (const Layer& layer : layers) {
    INFO(layer.name);
    CHECK(layer.qml.find("<qgis") != std::string::npos);
    for (const Feature& feature : layer.features) CHECK(feature.attributes.size() == layer.fields.size());
  }
  REQUIRE(find(layers, "sites") != nullptr);
  CHECK(find(layers, "sites")->features.size() == 3);
  REQUIRE(find(layers, "sectors") != nullptr);
  CHECK(find(layers, "sectors")->features.size() == 3);  // the candidate is not planned on
  REQUIRE(find(layers, "municipalities") != nullptr);
  CHECK(find(layers, "municipalities")->features.size() == 2);
  REQUIRE(find(layers, "population_points") != nullptr);
  CHECK(find(layers, "population_points")->features.size() == 3);
  CHECK(find(layers, "meshes") == nullptr);
  REQUIRE(find(layers, "roads") != nullptr);

  SECTION("the polygons of the classes have the areas of the legend") {
    const Layer* coverage = find(layers, "coverage");
    REQUIRE(coverage != nullptr);
    const Legend legend = rsrp_legend(input, result);
    double covered_m2 = 0.0;
    for (const Feature& feature : coverage->features) {
      const double area = area_m2(std::get<MultiPolygon>(feature.geometry));
      const auto& label = std::get<std::string>(feature.attributes[field(*coverage, "class")]);
      for (const LegendClass& of : legend.classes) {
        if (of.label == label) CHECK(area == Approx(of.area_m2));
      }
      if (std::get<std::int64_t>(feature.attributes[field(*coverage, "covered")]) == 1) covered_m2 += area;
    }
    CHECK(covered_m2 == Approx(result.statistics.area.covered_m2));
  }

  SECTION("the served areas of the sectors add up to what is computed") {
    const Layer* sectors = find(layers, "sectors");
    double served_km2 = 0.0;
    for (const Feature& feature : sectors->features) {
      served_km2 += std::get<double>(feature.attributes[field(*sectors, "best_server_km2")]);
    }
    const auto computed = result.maps.rsrp_dbm.values.size() - count_voids(result.maps.rsrp_dbm);
    CHECK(served_km2 == Approx(static_cast<double>(computed) * 0.01));
  }
}

TEST_CASE("text in QGIS styles is escaped, and neighbours differ in colour") {
  const std::string qml = categorised_qml(SymbolKind::fill, "class", {{"< -110", "a & \"b\"", {1, 2, 3}}}, 0.1);
  CHECK(qml.find("value=\"&lt; -110\" label=\"a &amp; &quot;b&quot;\"") != std::string::npos);
  CHECK(paletted_raster_qml({{"0", "A / 1", {255, 0, 16}}}).find("color=\"#ff0010\" label=\"A / 1\"") !=
        std::string::npos);
  const Rgba a = categorical_colour(0);
  const Rgba b = categorical_colour(1);
  CHECK(std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b) > 100);
}
