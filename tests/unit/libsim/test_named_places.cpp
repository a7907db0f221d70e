#include "libsim/studies/named_places.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/target_world.hpp"

using namespace amaneku;

namespace {

constexpr Grid kGrid{.west_m = 0.0, .north_m = 100.0, .cell_m = 10.0, .nx = 10, .ny = 10};

/// -100 dBm in the west, -80 dBm in the east; 5 and 50 Mbit/s down, 1 and 10 up; server 0 and 1.
struct InventedWorld {
  ServerMaps maps = empty_maps(kGrid);
  ServiceMaps service{.sinr_db = {kGrid, 0.0F},
                      .dl_mbps = {kGrid, 0.0F},
                      .ul_mbps = {kGrid, 0.0F},
                      .margin_db = {kGrid, 0.0F},
                      .state = {kGrid, ServiceState::served}};
  InventedWorld() {
    for (int iy = 0; iy < kGrid.ny; ++iy) {
      for (int ix = 0; ix < kGrid.nx; ++ix) {
        const bool east = ix >= 5;
        maps.rsrp_dbm.at(ix, iy) = east ? -80.0F : -100.0F;
        maps.best_server.at(ix, iy) = east ? 1 : 0;
        service.dl_mbps.at(ix, iy) = east ? 50.0F : 5.0F;
        service.ul_mbps.at(ix, iy) = east ? 10.0F : 1.0F;
      }
    }
  }
  [[nodiscard]] PlaceResult at(const NamedPlace& place) const {
    return serve_places({place}, maps, &service).places.at(0);
  }
};

constexpr Point kWest{22.0, 48.0};
constexpr Point kEast{78.0, 48.0};

}  // namespace

TEST_CASE("a point is served by the sector of its cell where level and rates are enough") {
  const InventedWorld world;
  const PlaceResult plain = world.at({.at = kWest});
  CHECK(plain.served());
  CHECK(plain.server == 0);
  CHECK(plain.rsrp_dbm == -100.0);
  CHECK(plain.margin_db == 10.0);
  CHECK(plain.dl_mbps == 5.0);
  CHECK(world.at({.at = kWest, .need = {.level_dbm = -100.0}}).served());  // the need itself
  const PlaceResult weak = world.at({.at = kWest, .need = {.level_dbm = -95.0}});
  CHECK(weak.state == PlaceState::too_weak);
  CHECK(weak.margin_db == -5.0);
  CHECK(world.at({.at = kWest, .need = {.dl_mbps = 6.0}}).state == PlaceState::downlink);
  CHECK(world.at({.at = kWest, .need = {.dl_mbps = 5.0, .ul_mbps = 2.0}}).state == PlaceState::uplink);
  CHECK(world.at({.at = kEast, .need = {.dl_mbps = 20.0, .ul_mbps = 10.0}}).served());
}

TEST_CASE("a point outside the plan or without a value says so") {
  InventedWorld world;
  CHECK(world.at({.at = {-5.0, 50.0}}).state == PlaceState::outside);
  CHECK(std::isnan(world.at({.at = {-5.0, 50.0}}).rsrp_dbm));
  world.maps.rsrp_dbm.values.assign(kGrid.cells(), kNoData);
  world.maps.best_server.values.assign(kGrid.cells(), -1);
  const PlaceResult none = world.at({.at = kWest});
  CHECK(none.state == PlaceState::not_computed);
  CHECK(none.server == -1);
}

TEST_CASE("a polygon needs a share of its cells, its figures are those of the weakest") {
  const InventedWorld world;
  // 40 m in the west, 60 m in the east.
  const NamedPlace school{
      .at = {61.0, 50.0}, .area = test::box(10.0, 0.0, 110.0, 100.0), .need = {.level_dbm = -90.0}};
  const PlaceResult all = world.at(school);
  CHECK(all.served_share == 0.5);  // 50 of 100 cells; 10 lie outside the plan
  CHECK(all.state == PlaceState::too_weak);
  CHECK(all.server == 1);
  CHECK(all.rsrp_dbm == -100.0);
  NamedPlace half = school;
  half.need.area_share = 0.5;
  CHECK(world.at(half).served());
  half.need.area_share = 0.51;
  CHECK_FALSE(world.at(half).served());
  // Smaller than a cell: its inner point decides.
  CHECK(world.at({.at = kEast, .area = test::box(76.0, 46.0, 79.0, 49.0), .need = {.level_dbm = -90.0}}).served());
}

TEST_CASE("without known technology a need of a rate is not met, a level may be") {
  const InventedWorld world;
  const auto report = serve_places({{.kind = "clinic", .at = kEast},
                                    {.kind = "camera", .at = kEast, .need = {.ul_mbps = 1.0}},
                                    {.kind = "clinic", .at = kWest, .need = {.level_dbm = -90.0}}},
                                   world.maps, nullptr);
  CHECK(report.places[0].served());
  CHECK(report.places[1].state == PlaceState::uplink);
  REQUIRE(report.kinds.size() == 2);
  CHECK(report.kinds[0].kind == "camera");
  CHECK(report.kinds[0].served == 0);
  CHECK(report.kinds[1].kind == "clinic");
  CHECK(report.kinds[1].all == 2);
  CHECK(report.kinds[1].served == 1);
}
