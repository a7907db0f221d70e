#include "libsim/count/service_statistics.hpp"

#include <cmath>

#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

const Grid kGrid{.west_m = 0.0, .north_m = 100.0, .cell_m = 10.0, .nx = 10, .ny = 10};

/// West half served at 20 dB, 100 and 10 Mbit/s; east half interfered at -9 dB and nothing; the last row not
/// computed.
ServiceMaps halves() {
  ServiceMaps maps{.sinr_db = {kGrid, kNoData},
                   .dl_mbps = {kGrid, kNoData},
                   .ul_mbps = {kGrid, kNoData},
                   .margin_db = {kGrid, kNoData},
                   .state = {kGrid, ServiceState::not_computed}};
  for (int iy = 0; iy < 9; ++iy) {
    for (int ix = 0; ix < 10; ++ix) {
      const bool west = ix < 5;
      maps.sinr_db.at(ix, iy) = west ? 20.0F : -9.0F;
      maps.dl_mbps.at(ix, iy) = west ? 100.0F : 0.0F;
      maps.ul_mbps.at(ix, iy) = west ? 10.0F : 0.0F;
      maps.state.at(ix, iy) = west ? ServiceState::served : ServiceState::interfered;
    }
  }
  return maps;
}

PopulationUnit square(double west_m, double south_m, double side_m, double people, int municipality) {
  PopulationUnit unit{
      .people = people, .centre = {west_m + 0.5 * side_m, south_m + 0.5 * side_m}, .municipality = municipality};
  unit.footprint.parts = {{{{west_m, south_m},
                            {west_m + side_m, south_m},
                            {west_m + side_m, south_m + side_m},
                            {west_m, south_m + side_m},
                            {west_m, south_m}}}};
  return unit;
}

}  // namespace

TEST_CASE("area, people, municipalities and roads by state, and every part adds up") {
  const ServiceMaps maps = halves();
  Raster<float> ground(kGrid, 5.0F);
  ground.at(0, 0) = kNoData;
  Population population;
  population.units = {square(30.0, 10.0, 40.0, 160.0, 0), square(0.0, 0.0, 10.0, 7.0, 1),
                      square(-20.0, 50.0, 40.0, 100.0, -1)};
  Boundaries boundaries;
  boundaries.municipalities.resize(2);
  Roads roads;
  roads.roads.push_back({.road_class = "national", .line = {{0.0, 55.0}, {100.0, 55.0}}});
  const Counted places{ground, population, boundaries, roads};
  roads.roads.push_back(
      {.road_class = "in tunnels", .tunnel = Presence::yes, .line = {{0.0, 55.0}, {100.0, 55.0}}});
  for (const int threads : {1, 2}) {
    const ServiceStatistics s = service_statistics(maps, places, 1.0, threads);
    CHECK(s.area.shares.total == Approx(9'900.0));
    CHECK(s.area.shares.served() == Approx(4'400.0));
    CHECK(s.area.shares.state[static_cast<std::size_t>(ServiceState::interfered)] == Approx(4'500.0));
    CHECK(s.area.shares.not_computed == Approx(1'000.0));
    CHECK(s.municipalities[0].shares.served() == Approx(80.0));
    CHECK(s.municipalities[0].shares.percent(ServiceState::interfered) == Approx(50.0));
    CHECK(s.municipalities[1].shares.not_computed == Approx(7.0));
    // Half of the third unit lies outside the plan.
    CHECK(s.people.shares.total == Approx(160.0 + 7.0 + 50.0));
    CHECK(s.people.shares.served() == Approx(130.0));
    REQUIRE(s.roads.size() == 2);
    const ServiceStatistics::RoadClass& open = s.roads[s.roads[0].road_class == "national" ? 0 : 1];
    const ServiceStatistics::RoadClass& tunnels = s.roads[s.roads[0].road_class == "national" ? 1 : 0];
    CHECK(open.length.shares.total == Approx(100.0));
    CHECK(open.length.shares.served() == Approx(50.0));
    CHECK(tunnels.length.shares.total == Approx(100.0));
    CHECK(tunnels.length.shares.served() == 0.0);
  }
}

TEST_CASE("each mesh has its own service") {
  ServiceMaps maps = halves();
  maps.sinr_db.at(4, 0) = 5.0F;
  const Raster<float> ground(kGrid, 5.0F);
  Population population;
  // Half served; nobody lives there, half served, half outside the plan; the row that is not computed; no cell
  // centre.
  population.units = {square(40.0, 80.0, 20.0, 100.0, -1), square(-40.0, 20.0, 80.0, 0.0, -1),
                      square(0.0, 0.0, 10.0, 7.0, -1), square(1.0, 95.5, 2.0, 3.0, -1)};
  const Boundaries boundaries;
  const Roads roads;
  const ServiceStatistics s = service_statistics(maps, {ground, population, boundaries, roads}, 1.0, 2);
  REQUIRE(s.units.size() == 4);
  CHECK(s.units[0].served_share == Approx(0.5));
  CHECK(s.units[0].sinr_p50_db == -9.0F);  // of -9, -9, 5, 20 the lower middle
  CHECK(s.units[0].dl_p50_mbps == 0.0F);
  CHECK(s.units[1].served_share == Approx(0.5));
  CHECK(s.units[1].sinr_p50_db == 20.0F);
  CHECK(s.units[1].ul_p50_mbps == 10.0F);
  CHECK(s.units[2].served_share == 0.0);
  CHECK(std::isnan(s.units[2].sinr_p50_db));
  CHECK(std::isnan(s.units[2].dl_p50_mbps));
  CHECK(s.units[3].served_share == 1.0);
  CHECK(s.units[3].dl_p50_mbps == 100.0F);
}

TEST_CASE("focus zones: people and area by state, zones may overlap") {
  const ServiceMaps maps = halves();
  Raster<float> ground(kGrid, 5.0F);
  ground.at(4, 5) = kNoData;
  Population population;
  population.units = {square(30.0, 10.0, 40.0, 160.0, -1)};
  const Boundaries boundaries;
  const Roads roads;
  const std::vector<FocusZone> zones = {{"middle", square(40.0, 30.0, 20.0, 0.0, -1).footprint},
                                        {"all and more", square(-50.0, -50.0, 200.0, 0.0, -1).footprint},
                                        {"far away", square(500.0, 500.0, 10.0, 0.0, -1).footprint}};
  for (const int threads : {1, 2, 7}) {
    const ServiceStatistics s =
        service_statistics(maps, {ground, population, boundaries, roads, zones}, 1.0, threads);
    REQUIRE(s.focus_zones.size() == 3);
    CHECK(s.focus_zones[0].area.shares.total == Approx(300.0));
    CHECK(s.focus_zones[0].area.shares.served() == Approx(100.0));
    CHECK(s.focus_zones[0].people.shares.total == Approx(40.0));
    CHECK(s.focus_zones[0].people.shares.served() == Approx(20.0));
    CHECK(s.focus_zones[1].area.shares.total == Approx(s.area.shares.total));
    CHECK(s.focus_zones[1].people.shares.served() == Approx(s.people.shares.served()));
    CHECK(s.focus_zones[1].people.shares.total == Approx(s.people.shares.total));
    CHECK(s.focus_zones[2].area.shares.total == 0.0);
    CHECK(s.focus_zones[2].people.shares.total == 0.0);
  }
}

TEST_CASE("quantiles of rates and SINR") {
  const ServiceMaps maps = halves();
  const Raster<float> ground(kGrid, 5.0F);
  const Population population;
  const Boundaries boundaries;
  const Roads roads;
  const ServiceStatistics s = service_statistics(maps, {ground, population, boundaries, roads}, 1.0, 1);
  // 45 of 100 cells have 100 Mbit/s, 55 have none (10 of them not computed); 90 have a SINR.
  CHECK(s.area.dl_mbps(0.54) == 0.0);
  CHECK(s.area.dl_mbps(0.56) == Approx(100.0).epsilon(0.003));
  CHECK(s.area.ul_mbps(0.95) == Approx(10.0).epsilon(0.003));
  CHECK(s.area.sinr_db.quantile(0.49) == Approx(-9.0).margin(0.06));
  CHECK(s.area.sinr_db.quantile(0.51) == Approx(20.0).margin(0.06));
  CHECK(s.area.sinr_db.total() == Approx(9'000.0));
  CHECK(s.area.dl_rate.share_from(1.0) == Approx(0.45));
  CHECK(std::isnan(s.people.sinr_db.quantile(0.5)));
  CHECK(std::isnan(s.people.shares.percent(ServiceState::served)));
}
