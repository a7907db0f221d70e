// Carriers of a first plan, for every technology that comes with the program.
#include <algorithm>
#include <cmath>
#include <random>

#include "scenarios/ask/new/carrier_choice.hpp"
#include "scenarios/ask/new/data_folder.hpp"
#include "scenarios/ask/new/zones_file.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/schema/toml_reader.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

TEST_CASE("the first carrier of local 5G lies in its outdoor part, with the power of a licence that was seen") {
  const CarrierChoice choice = carrier_choice(technology_of(built_in_radio_catalogue(), "nr_n79_local5g"));
  CHECK(choice.freq_hz == 4.85e9);
  CHECK(choice.bandwidth_hz == 100e6);
  CHECK(choice.power_dbm == Approx(24.9));
  CHECK(choice.radius_m == 8'000.0);
}

TEST_CASE("the first carrier of every technology is one that it has, within its band and its limits") {
  for (const RadioTechnology& technology : built_in_radio_catalogue().technologies) {
    INFO(technology.id);
    const CarrierChoice choice = carrier_choice(technology);
    CHECK(choice.freq_hz - 0.5 * choice.bandwidth_hz >= technology.freq_min_hz - 1.0);
    CHECK(choice.freq_hz + 0.5 * choice.bandwidth_hz <= technology.freq_max_hz + 1.0);
    bool known = false;
    for (const CarrierWidth& width : technology.widths) known = known || width.bandwidth_hz == choice.bandwidth_hz;
    CHECK(known);
    const PowerLimits& limits = technology.limits;
    const double parts =
        limits.per_bandwidth_hz > 0.0 ? std::max(1.0, choice.bandwidth_hz / limits.per_bandwidth_hz) : 1.0;
    constexpr double kRounding_db = 0.05;
    if (std::isfinite(limits.eirp_dbm))
      CHECK(choice.power_dbm + choice.gain_dbi <= limits.eirp_dbm + 10.0 * std::log10(parts) + kRounding_db);
    if (std::isfinite(limits.conducted_dbm))
      CHECK(choice.power_dbm <= limits.conducted_dbm + 10.0 * std::log10(parts) + kRounding_db);
  }
}

TEST_CASE("texts of strangers stay texts in the scenario") {
  for (const std::string& text : {std::string("a\"b\\c\n[site]"), std::string("町\t"), std::string()}) {
    const TomlNode root = parse_toml("name = " + toml_quoted(text) + "\n", "test");
    REQUIRE(root.table()->size() == 1);
    CHECK(std::get<std::string>(root.find("name")->value) == text);
  }
}

TEST_CASE("zones: land up to 100 m and within 50 km of the sea is coastal, by every distance there is") {
  const Grid grid{.west_m = 0.0, .north_m = 0.0, .cell_m = 4'000.0, .nx = 31, .ny = 23};
  std::mt19937 random(7);
  for (const int seas : {0, 1, 5}) {
    Raster<float> ground(grid, 0.0F);
    Raster<float> sea(grid, kNoData);
    for (float& height : ground.values) height = static_cast<float>(random() % 201);
    for (int k = 0; k < seas; ++k) sea.values[random() % sea.values.size()] = 0.0F;
    const Raster<std::uint8_t> zones = zones_of(ground, sea).raster;
    for (int iy = 0; iy < grid.ny; ++iy) {
      for (int ix = 0; ix < grid.nx; ++ix) {
        double nearest_m = 1e9;
        for (int jy = 0; jy < grid.ny; ++jy) {
          for (int jx = 0; jx < grid.nx; ++jx) {
            if (!std::isnan(sea.at(jx, jy)))
              nearest_m = std::min(nearest_m, distance_m(grid.centre(ix, iy), grid.centre(jx, jy)));
          }
        }
        const int expected = nearest_m == 0.0 ? 1 : ground.at(ix, iy) <= 100.0F && nearest_m <= 50'000.0 ? 3 : 4;
        REQUIRE(static_cast<int>(zones.at(ix, iy)) == expected);
      }
    }
  }
}
