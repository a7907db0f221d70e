#include "libsim/maps/server_maps.hpp"

#include <cmath>

#include "libsim/maps/link_budget.hpp"
#include "propagation/added_losses.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

// 60 x 60 cells of 100 m, flat.
Ground flat_ground() {
  return {Raster<float>(Grid{.west_m = 0, .north_m = 6000, .cell_m = 100, .nx = 60, .ny = 60}, 40.0F), {}};
}

Site three_sector_site() {
  Site site{.id = "A", .at = {3000.0, 3000.0}, .convergence_deg = 4.0};
  for (const double azimuth : {0.0, 120.0, 240.0}) {
    site.sectors.push_back({.id = std::to_string(static_cast<int>(azimuth)),
                            .freq_hz = 4.7e9,
                            .power_dbm = 46.0,
                            .feeder_loss_db = 1.0,
                            .antenna = Element38901{},
                            .mounting = {.azimuth_deg = azimuth, .mechanical_downtilt_deg = 3.0}});
  }
  return site;
}

Coverage free_space_coverage(const Ground& ground, const std::vector<Site>& sites,
                             std::vector<Warning>& warnings) {
  return compute_coverage(ground, sites, FreeSpace{}, {}, {.radius_m = 5'000.0}, warnings);
}

}  // namespace

TEST_CASE("sectors of one mast share the path loss, power and direction are derived") {
  const Ground ground = flat_ground();
  const std::vector<Site> sites{three_sector_site()};
  std::vector<Warning> warnings;
  const Coverage coverage = free_space_coverage(ground, sites, warnings);
  REQUIRE(coverage.transmitters.size() == 1);
  REQUIRE(coverage.sectors.size() == 3);
  const ServerMaps maps = best_server(coverage, sites, ground, {}, 1);
  const auto server_at = [&](double azimuth_deg) {
    const double a = azimuth_deg * kDegToRad;
    const Point p{3000.0 + 2000.0 * std::sin(a), 3000.0 + 2000.0 * std::cos(a)};
    return maps.best_server.at(ground.ground_asl_m.grid.column_of(p.x_m), ground.ground_asl_m.grid.row_of(p.y_m));
  };
  // The border between sectors 0 and 1 lies at 60 degrees true, 64 degrees from grid north.
  CHECK(server_at(62.0) == 0);
  CHECK(server_at(67.0) == 1);
  CHECK(server_at(180.0) == 1);
  CHECK(server_at(200.0) == 2);
}

TEST_CASE("received power is the sum of the budget's named terms") {
  const Ground ground = flat_ground();
  const std::vector<Site> sites{three_sector_site()};
  std::vector<Warning> warnings;
  const Coverage coverage = free_space_coverage(ground, sites, warnings);
  const Receiver receiver{.rx_agl_m = 1.5, .gain_dbi = 2.0, .body_loss_db = 3.0, .building_loss_db = 10.0};
  const ServerMaps maps = best_server(coverage, sites, ground, receiver, 1);
  const Sector& sector = sites[0].sectors[0];
  const Point cell = ground.ground_asl_m.grid.centre(31, 10);
  const double d2 = std::pow(distance_m(sites[0].at, cell), 2);
  const Db gain = sector_gain(sector, sites[0], cell, seen_above_m(41.5 - 70.0, d2, 8.5e6));
  const double d = std::hypot(distance_m(sites[0].at, cell), 28.5);
  const double loss_db = 20.0 * std::log10(4.0 * std::numbers::pi * d * 4.7e9 / kSpeedOfLight_m_s);
  // 46 dBm over 3276 subcarriers is 10.847 dBm each.
  const double expected = 46.0 - 35.1534 - 1.0 + gain.value - loss_db + 2.0 - 3.0 - 10.0;
  CHECK(static_cast<double>(maps.rsrp_dbm.at(31, 10)) == Approx(expected).margin(0.002));
  CHECK(link_budget(sector, receiver, gain, {loss_db}).rsrp().value == Approx(expected).margin(0.001));
  CHECK(link_budget(sector, receiver, gain, {loss_db}).eirp().value == Approx(45.0 + gain.value));
}

TEST_CASE("a site on a void is reported and left out, candidates are not planned on") {
  Ground ground = flat_ground();
  ground.ground_asl_m.at(10, 10) = kNoData;
  Site lost{.id = "LOST", .at = ground.ground_asl_m.grid.centre(10, 10)};
  lost.sectors.push_back({.id = "1"});
  Site candidate = three_sector_site();
  candidate.existing = false;
  std::vector<Warning> warnings;
  const Coverage coverage = free_space_coverage(ground, {lost, candidate}, warnings);
  CHECK(coverage.transmitters.empty());
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].id == "site_without_ground");
  CHECK(warnings[0].message.find("LOST") != std::string::npos);
}

TEST_CASE("a wall of clutter shadows what lies behind it") {
  Ground ground = flat_ground();
  ground.clutter_m = Raster<float>(ground.ground_asl_m.grid, 0.0F);
  for (int iy = 0; iy < 60; ++iy) ground.clutter_m.at(45, iy) = 60.0F;
  const std::vector<Site> sites{three_sector_site()};
  std::vector<Warning> warnings;
  for (const LossEngine engine : {LossEngine::radial, LossEngine::exact}) {
    const auto loss_at = [&](const Ground& g, int ix) {
      const Coverage c = compute_coverage(g, sites, P526{}, {}, {.radius_m = 5'000.0, .engine = engine}, warnings);
      return static_cast<double>(c.transmitters[0].loss_db.at(ix, 30));
    };
    CHECK(loss_at(ground, 40) == Approx(loss_at(flat_ground(), 40)));
    CHECK(loss_at(ground, 48) > loss_at(flat_ground(), 48) + 15.0);
  }
}

TEST_CASE("servers are told apart beyond the range of 16 bits") {
  const Ground ground = flat_ground();
  Site crowded{.id = "A", .at = {3000.0, 3000.0}};
  crowded.sectors.resize(70'000);
  crowded.sectors.back().power_dbm += 1.0;
  std::vector<Warning> warnings;
  const Coverage coverage = compute_coverage(ground, {crowded}, FreeSpace{}, {}, {.radius_m = 100.0}, warnings);
  const ServerMaps maps = best_server(coverage, {crowded}, ground, {}, 1);
  CHECK(maps.best_server.at(30, 30) == 69'999);
}

TEST_CASE("a cell's loss is that of the path model plus the added losses, in both engines") {
  const Ground ground = flat_ground();
  const std::vector<Site> sites{three_sector_site()};
  const std::vector<RadioModel> added{P676{}, P2108{}, P2109{}};
  for (const LossEngine engine : {LossEngine::radial, LossEngine::exact}) {
    std::vector<Warning> warnings;
    CoverageOptions options{.radius_m = 5'000.0, .engine = engine};
    const Coverage bare = compute_coverage(ground, sites, P526{}, {}, options, warnings);
    options.added_losses = added;
    const Coverage all = compute_coverage(ground, sites, P526{}, {}, options, warnings);
    const Link link = link_of(sites[0], 4.7e9, sites[0].sectors[0].tx_agl_m, {}, options);
    const AddedLosses sum(added, link);
    const auto difference_at = [&](int ix, int iy) {
      return static_cast<double>(all.transmitters[0].loss_db.at(ix, iy) - bare.transmitters[0].loss_db.at(ix, iy));
    };
    for (const auto& [ix, iy] : {std::pair(31, 10), std::pair(50, 40), std::pair(30, 30)}) {
      const PathGeometry path{
          .distance_m = std::max(1.0, distance_m(sites[0].at, ground.ground_asl_m.grid.centre(ix, iy))),
          .tx_asl_m = 70.0,
          .rx_asl_m = 41.5};
      CHECK(difference_at(ix, iy) == Approx(sum.loss_db(path)).margin(1e-3));
    }
  }
}

TEST_CASE("coverage refuses models that cannot plan an area") {
  const Ground ground = flat_ground();
  std::vector<Warning> warnings;
  CHECK_THROWS_AS(compute_coverage(ground, {three_sector_site()}, P676{}, {}, {}, warnings), InputError);
  CoverageOptions options;
  options.added_losses.emplace_back(FreeSpace{});
  CHECK_THROWS_AS(compute_coverage(ground, {three_sector_site()}, P526{}, {}, options, warnings), InputError);
}

TEST_CASE("the link knows the latitude of its site and the plan's refractivity") {
  Site site = three_sector_site();
  site.position = {138.7, 43.1};
  CoverageOptions options;
  options.n0 = 330.0;
  const Link link = link_of(site, 4.7e9, 30.0, {}, options);
  CHECK(link.latitude_deg == 43.1);
  CHECK(link.n0 == 330.0);
}
