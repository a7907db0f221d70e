// The angle at which a ray leaves the antenna follows the curvature of the Earth: (h_rx - h_tx) / d - d / (2 a_e).
#include <cmath>

#include "libsim/maps/radio.hpp"
#include "libsim/maps/site_loop.hpp"
#include "libsim/plan/plan.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr double kDistance_m = 60'000.0;

/// A ribbon of flat land, a mast of 30 m at its western end and receivers at 30 m: the antenna points east, with a
/// beam of 2 degrees.
PlanInput ribbon(double effective_earth_radius_m) {
  PlanInput input;
  const Grid grid{.north_m = 300.0, .cell_m = 100.0, .nx = 610, .ny = 3};
  input.world.ground.ground_asl_m = Raster<float>(grid, 0.0F);
  Site site{.id = "S"};
  site.at = {50.0, 150.0};
  Sector sector{.id = "1", .power_dbm = 40.0, .tx_agl_m = 30.0};
  sector.antenna = Element38901{.gain_dbi = 20.0, .beamwidth_h_deg = 65.0, .beamwidth_v_deg = 2.0};
  sector.mounting = {.azimuth_deg = 90.0, .mechanical_downtilt_deg = 1.5};
  site.sectors = {sector};
  input.network.sites = {site};
  input.network.receiver = {.rx_agl_m = 30.0};
  input.engine.model = FreeSpace{};
  input.engine.coverage.radius_m = 70'000.0;
  input.engine.coverage.effective_earth_radius_m = effective_earth_radius_m;
  input.engine.coverage.threads = 1;
  return input;
}

}  // namespace

TEST_CASE("the departure angle holds the curvature of the effective Earth, on every way to a power") {
  for (const double a_e_m : {8.5e6, 6.371e6, 1e9}) {
    INFO(a_e_m);
    const PlanInput input = ribbon(a_e_m);
    const PlanResult result = plan(input);
    const Radio radio(input.world, input.network, input.engine, result.coverage, result.has_path_loss);
    const Point at{50.0 + kDistance_m, 150.0};
    // By hand: heights are equal, so that the angle is -d / (2 a_e); 12 (angle / beamwidth)^2 below a beam at
    // -1.5.
    const double angle_deg = -kDistance_m / (2.0 * a_e_m) * 180.0 / 3.14159265358979;
    const double gain_dbi = 20.0 - 12.0 * std::pow((angle_deg + 1.5) / 2.0, 2);
    if (a_e_m == 8.5e6) {
      CHECK(angle_deg == Approx(-0.20222).margin(1e-5));
      CHECK(gain_dbi == Approx(20.0 - 5.0526).margin(1e-4));  // 6.75 over a flat Earth
    }

    const auto cell = radio.path(0, 600, 1);
    REQUIRE(cell);
    CHECK(cell->elevation_deg == Approx(angle_deg).margin(1e-5));
    CHECK(cell->budget.tx_gain.value == Approx(gain_dbi).margin(1e-3));
    const double expected_dbm = cell->budget.rsrp().value - cell->budget.tx_gain.value + gain_dbi;

    CHECK(static_cast<double>(result.maps.rsrp_dbm.at(600, 1)) == Approx(expected_dbm).margin(2e-3));
    const std::vector<Point> points{at};
    const auto exact = radio.at(points);
    REQUIRE(exact[0].powers.size() == 1);
    CHECK(static_cast<double>(exact[0].powers[0].power_dbm) == Approx(expected_dbm).margin(2e-3));
    const auto by_cell = radio.at_cells(points);
    REQUIRE(by_cell[0].powers.size() == 1);
    CHECK(static_cast<double>(by_cell[0].powers[0].power_dbm) == Approx(expected_dbm).margin(2e-3));
    // As coordination asks: other receivers, another model and radius.
    const Radio station = radio.as({.receiver = Receiver{.rx_agl_m = 30.0}, .radius_m = 65'000.0});
    CHECK(static_cast<double>(station.at(points)[0].powers[0].power_dbm) == Approx(expected_dbm).margin(2e-3));
    CHECK(static_cast<double>(station.map().rsrp_dbm.at(600, 1)) == Approx(expected_dbm).margin(2e-3));
  }
}
