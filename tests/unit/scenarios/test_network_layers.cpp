#include "scenarios/output/network_layers.hpp"

#include <nlohmann/json.hpp>

#include "scenarios/output/outputs.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/report/legend.hpp"
#include "scenarios/report/styles.hpp"
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
  const Planned planned = run(load(world.scenario()));
  [[maybe_unused]] const PlanInput& input = planned.input;
  [[maybe_unused]] const PlanResult& result = planned.result;
  const std::vector<Layer> layers = network_layers(planned, all_tables(planned));

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

TEST_CASE("focus zones and meshes tell their service in every output") {
  const test::SmallWorld world;
  test::write_text(world.file("zones.geojson"), R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"all"},"geometry":{"type":"Polygon",
 "coordinates":[[[138.5,35.2],[138.9,35.2],[138.9,35.4],[138.5,35.4],[138.5,35.2]]]}},
{"type":"Feature","properties":{"name":"elsewhere"},"geometry":{"type":"Polygon",
 "coordinates":[[[139.5,35.2],[139.6,35.2],[139.6,35.3],[139.5,35.2]]]}}]})");
  world.edit("[area]", "[[focus_zones]]\npath = \"zones.geojson\"\n\n[area]");
  const Planned planned = run(load(world.scenario()));
  [[maybe_unused]] const PlanInput& input = planned.input;
  [[maybe_unused]] const PlanResult& result = planned.result;

  REQUIRE(result.statistics.focus_zones.size() == 2);
  const ZoneCoverage& all = result.statistics.focus_zones[0];
  CHECK(all.name == "all");
  CHECK(all.people.total == Approx(result.statistics.population.total));
  CHECK(all.people.covered == Approx(result.statistics.population.covered));
  CHECK(all.area.covered_m2 == result.statistics.area.covered_m2);
  CHECK(result.statistics.focus_zones[1].area.total_m2 == 0.0);

  const std::vector<Layer> layers = network_layers(planned, all_tables(planned));
  const Layer* zones = find(layers, "focus_zones");
  REQUIRE(zones != nullptr);
  REQUIRE(zones->features.size() == 2);
  const auto value = [](const Layer& layer, std::size_t feature, const char* name) {
    return std::get<double>(layer.features[feature].attributes[field(layer, name)]);
  };
  const ServiceShares& served = result.service_statistics->area.shares;
  CHECK(value(*zones, 0, "area_served_percent") == Approx(served.percent(ServiceState::served)));
  CHECK(
      std::holds_alternative<std::monostate>(zones->features[1].attributes[field(*zones, "area_served_percent")]));
  const Layer* people = find(layers, "population_points");
  REQUIRE(people != nullptr);
  REQUIRE(result.service_statistics->units.size() == people->features.size());
  for (std::size_t i = 0; i < people->features.size(); ++i) {
    const ServiceOfUnit& unit = result.service_statistics->units[i];
    CHECK(value(*people, i, "served_percent") == 100.0 * unit.served_share);
  }

  const nlohmann::json summary = nlohmann::json::parse(summary_json(planned));
  CHECK(summary["focus_zones"][0]["population"]["covered"].get<double>() == Approx(all.people.covered));
  CHECK(summary["focus_zones"][1]["area"]["coverage_percent"].is_null());
  CHECK(summary["service"]["focus_zones"][0]["area"]["served_percent"].get<double>() ==
        Approx(served.percent(ServiceState::served)));
}
