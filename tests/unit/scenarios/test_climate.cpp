#include "scenarios/catalogue/climate.hpp"

#include <fmt/format.h>

#include <functional>

#include "propagation/itu/p453_refractivity.hpp"
#include "scenarios/read/scenario.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

/// A map whose value is 2 x longitude + latitude.
std::string plane_map() {
  std::string text;
  for (int row = 0; row < 121; ++row) {
    for (int column = 0; column < 241; ++column) {
      text += fmt::format(" {:.4f}", 0.2 * column * 1.5 + 90.0 - row * 1.5);
    }
    text += "\r\n";
  }
  return text;
}

std::string error_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("refractivity of air: P.453 and the exponential reference atmosphere") {
  // Dry air of the standard atmosphere, and 10 hPa of vapour more.
  CHECK(itu::refractivity(1013.25, 288.15, 0.0) == Approx(272.87).margin(0.01));
  CHECK(itu::refractivity(1013.25, 288.15, 10.0) == Approx(272.87 + 44.95).margin(0.02));
  CHECK(itu::sea_level_refractivity(300.0, 7350.0) == Approx(300.0 * 2.718282));
  // NBS Monograph 92, table of the exponential reference atmosphere.
  CHECK(itu::estimated_delta_n(301.0) == Approx(39.23).margin(0.02));
  CHECK(itu::estimated_delta_n(344.5) == Approx(50.0).margin(0.05));
}

TEST_CASE("a digital map is read bilinearly") {
  const DigitalMap map(plane_map(), "DN50.TXT");
  CHECK(map.at({138.7, 35.3}) == Approx(0.2 * 138.7 + 35.3).margin(1e-3));
  CHECK(map.at({-10.0, -20.25}) == Approx(0.2 * 350.0 - 20.25).margin(1e-3));
  CHECK(map.at({0.0, 90.0}) == Approx(90.0).margin(1e-3));
  CHECK(map.at({360.0, -90.0}) == Approx(-90.0).margin(1e-3));
  CHECK(error_of([] { DigitalMap("1 2 3", "DN50.TXT"); }) ==
        "DN50.TXT: is no ITU digital map: 3 numbers (legal: 121 rows of 241 numbers, 1.5 degrees apart)");
  CHECK(error_of([] { DigitalMap(plane_map() + "x", "N050.TXT"); }).find("before something that is none") !=
        std::string::npos);
}

TEST_CASE("cities: every one of the table gives values of the air of Japan, marked as estimated") {
  for (const char* city : {"sapporo", "tokyo", "naha"}) {
    const Refractivity found = refractivity_of_city(city, built_in_cities(), "cities");
    CHECK(found.n0 > 300.0);
    CHECK(found.n0 < 400.0);
    CHECK(found.delta_n > 35.0);
    CHECK(found.delta_n < 65.0);
    CHECK(found.delta_n_origin.estimated);
    CHECK(found.n0_origin.estimated);
  }
  CHECK(error_of([] {
          (void)refractivity_of_city("tokio", built_in_cities(), "cities");
        }).find("did you mean \"tokyo\"?") != std::string::npos);
}

TEST_CASE("a table of one's own: stated values are not estimates, faults are placed") {
  const std::string table =
      "[here]\ndelta_n = 48\nn0 = 340\nsource = \"measured\"\n"
      "[there]\ntemperature_c = 15\nrelative_humidity_percent = 0\npressure_hpa = 1013.25\nsource = \"normals\"\n";
  const Refractivity here = refractivity_of_city("here", table, "t.toml");
  CHECK(here.delta_n == 48.0);
  CHECK_FALSE(here.delta_n_origin.estimated);
  const Refractivity there = refractivity_of_city("there", table, "t.toml");
  CHECK(there.n0 == Approx(272.87).margin(0.01));
  CHECK_FALSE(there.n0_origin.estimated);
  CHECK(there.delta_n_origin.estimated);
  CHECK(error_of([] { (void)refractivity_of_city("a", "[a]\ntemperatur_c = 3\n", "t.toml"); }).find("t.toml:2:") ==
        0);
  CHECK(error_of([] {
          (void)refractivity_of_city("a", "[a]\nsource = \"x\"\n", "t.toml");
        }).find("temperature_c") != std::string::npos);
}

TEST_CASE("the climate of a scenario: standard, city, maps, own values") {
  const test::SmallWorld world;
  const auto loaded = [&](const std::vector<std::pair<std::string, std::string>>& settings) {
    return load(world.scenario(), {.settings = settings, .check_only = true}).input;
  };
  CHECK(loaded({}).engine.climate.n0.from == ClimateOrigin::From::standard);
  const PlanInput city = loaded({{"propagation.air.city", "tokyo"}});
  CHECK(city.engine.climate.n0.from == ClimateOrigin::From::city);
  CHECK(city.engine.coverage.n0 > 320.0);
  CHECK(city.engine.coverage.effective_earth_radius_m > 8.5e6);
  const PlanInput own = loaded({{"propagation.air.city", "tokyo"}, {"propagation.n0", "301"}});
  CHECK(own.engine.coverage.n0 == 301.0);
  CHECK(own.engine.climate.n0.from == ClimateOrigin::From::scenario);
  CHECK(own.engine.climate.earth_radius.from == ClimateOrigin::From::city);
  std::filesystem::create_directory(world.file("maps"));
  test::write_text(world.file("maps/DN50.TXT"), plane_map());
  test::write_text(world.file("maps/N050.TXT"), plane_map());
  const PlanInput maps = loaded({{"propagation.air.path", "maps"}});
  CHECK(maps.engine.climate.n0.from == ClimateOrigin::From::maps);
  CHECK(maps.engine.coverage.n0 == Approx(0.2 * 138.7 + 35.3).margin(1e-3));
  CHECK(error_of([&] {
          (void)loaded({{"propagation.air.city", "atlantis"}});
        }).find("propagation.air.city") != std::string::npos);
}
