// On terrain one cell wide the radial is every cell's own line: there the radial engine must give the numbers of
// the exact one, whatever the ground, the model and the options.
#include <array>
#include <cmath>

#include "tests/support/area_difference.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

constexpr double kSame_db = 1e-3;
// About 1, 30 and 100 m. Round numbers would leave the answer to rounding: samples exactly 50 m (P.452-18 eq.
// 6e) or 3 km (ehata) from an end, pairs of samples that are equally the horizon of a smooth Earth of 8,500 km.
constexpr std::array kCells_m = {0.97, 29.3, 98.3};
constexpr double kEarth_m = 8'495'000.0;
constexpr int kLength = 230;

/// One row of cells from west to east, or one column from north to south. Hills on small cells are small.
Raster<float> strip(const std::string& kind, bool column, double cell_m, std::uint64_t seed) {
  test::Random random(seed);
  const std::vector<double> heights = test::relief_line(kind, kLength, random);
  Raster<float> ground(Grid{.west_m = 2'000.0,
                            .north_m = 70'000.0,
                            .cell_m = cell_m,
                            .nx = column ? 1 : kLength,
                            .ny = column ? kLength : 1},
                       0.0F);
  const double scale = std::fmin(1.0, cell_m / 30.0);
  for (std::size_t i = 0; i < heights.size(); ++i) ground.values[i] = static_cast<float>(scale * heights[i]);
  return ground;
}

/// `along`: cells from the first cell's centre.
Site site_on(const Grid& strip, double along, double freq_hz) {
  Site site;
  site.id = "S";
  const Point first = strip.centre(0, 0);
  site.at = strip.nx == 1 ? Point{first.x_m, first.y_m - along * strip.cell_m}
                          : Point{first.x_m + along * strip.cell_m, first.y_m};
  site.sectors.push_back({.id = "S-1", .freq_hz = freq_hz, .tx_agl_m = 12.0});
  return site;
}

/// Zones and clutter.
void furnish(Ground& ground) {
  ground.zone = test::zones_of(ground.ground_asl_m);
  ground.clutter_m = test::patchy_clutter(ground.ground_asl_m, 300.0);
}

struct Case {
  Ground ground;
  Site site;
  CoverageOptions options;
};

void check_same(const Case& c, const RadioModel& model) {
  const auto d = test::area_difference(c.ground, c.site, model, c.options);
  INFO(model_text(model));
  REQUIRE(d.one_engine_only == 0);
  REQUIRE(d.cells() == static_cast<std::size_t>(kLength));
  REQUIRE(d.radial_in_sight == d.exact_in_sight);
  CHECK(d.absolute_db.back() < kSame_db);
}

/// Models of each need of the ground, and one that shows the line of sight alone.
const std::vector<RadioModel>& strip_models() {
  static const std::vector<RadioModel> models{P526{},
                                              P1812{},
                                              P1812{.time_percent = 1.0},
                                              P452{},
                                              P452{.time_percent = 0.1},
                                              Itm{},
                                              Ehata{},
                                              Tr38901{.line_of_sight = Tr38901::LineOfSight::terrain}};
  return models;
}

}  // namespace

TEST_CASE("terrain one cell wide: radial and exact agree for every relief, cell size and number of own samples") {
  std::size_t seed = 1;
  for (const std::string& kind : test::relief_kinds()) {
    for (const int own_line_samples : {0, 1, 4, 10, 64}) {
      ++seed;
      const double cell_m = kCells_m[seed % kCells_m.size()];
      const bool column = seed % 2 == 0;
      const bool furnished = seed % 4 != 0;
      // At an end, on a cell's centre, between two, at the other end.
      const double along = std::array{0.0, 115.0, 88.3, kLength - 1.0}[seed / 2 % 4];
      // The wider the fan, the nearer its middle radial to the row.
      const double radius_cells = own_line_samples < 4 ? 2500.0 : 1000.0;
      Case c{.options = {.radius_m = radius_cells * cell_m,
                         .own_line_samples = own_line_samples,
                         .effective_earth_radius_m = kEarth_m}};
      c.ground.ground_asl_m = strip(kind, column, cell_m, seed);
      if (furnished) furnish(c.ground);
      c.site = site_on(c.ground.ground_asl_m.grid, along, seed % 3 == 0 ? 0.7e9 : 4.7e9);
      INFO(kind << ", cells of " << cell_m << " m, own samples " << own_line_samples << ", site at " << along
                << (column ? ", column" : ", row") << (furnished ? ", zones and clutter" : ""));
      for (const RadioModel& model : strip_models()) check_same(c, model);
    }
  }
}

TEST_CASE("terrain one cell wide: radial and exact agree for every path model") {
  for (const std::string& kind : test::relief_kinds()) {
    for (const bool column : {false, true}) {
      Case c{.options = {.radius_m = 30'000.0, .effective_earth_radius_m = kEarth_m}};
      c.ground.ground_asl_m = strip(kind, column, 29.3, 17);
      furnish(c.ground);
      c.site = site_on(c.ground.ground_asl_m.grid, 60.0, 2.6e9);
      INFO(kind << (column ? ", column" : ", row"));
      for (const std::string& id : model_ids(Role::path)) check_same(c, make_model(id));
    }
  }
}
