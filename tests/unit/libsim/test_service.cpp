// Service against closed forms and against sums written out one by one.
#include "libsim/maps/service.hpp"

#include <cmath>
#include <numbers>

#include "libsim/maps/interference.hpp"
#include "libsim/maps/link_budget.hpp"
#include "propagation/sector_pattern.hpp"
#include "tests/support/carriers.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

Ground flat_ground(int cells, double cell_m) {
  Grid grid{.west_m = 0.0, .north_m = cells * cell_m, .cell_m = cell_m, .nx = cells, .ny = cells};
  return {.ground_asl_m = Raster<float>(grid, 20.0F)};
}

Site mast(Point at) {
  Site site{.id = "S", .at = at};
  site.sectors = {{.id = "1",
                   .freq_hz = 3.5e9,
                   .power_dbm = 43.0,
                   .subcarriers = 1272,
                   .tx_agl_m = 1.5,
                   .carrier = test::shared_shannon_carrier()}};
  return site;
}

struct Served {
  Coverage network;
  ServerMaps servers;
  ServiceMaps service;
};

Served serve(const Ground& ground, const std::vector<Site>& sites, const ServiceTargets& targets = {},
             const ServerRules& rules = {}) {
  std::vector<Warning> warnings;
  Served out;
  out.network = compute_coverage(ground, sites, FreeSpace{}, {}, {.radius_m = 50'000.0, .threads = 2}, warnings);
  out.servers = best_server(out.network, sites, ground, {}, 2, rules);
  out.service = service_maps({out.servers, out.network, sites, ground.ground_asl_m, {}, targets}, 2);
  return out;
}

std::size_t count(const ServiceMaps& maps, ServiceState state) {
  return static_cast<std::size_t>(std::count(maps.state.values.begin(), maps.state.values.end(), state));
}

}  // namespace

TEST_CASE("one cell on flat free space is served up to the analytic radius") {
  const Ground ground = flat_ground(301, 100.0);
  const Site site = mast(ground.ground_asl_m.grid.centre(150, 150));
  const Served served = serve(ground, {site});
  // 43 dBm - 10 log10(1272) - L = -110 dBm
  const double loss_db = 43.0 - 10.0 * std::log10(1272.0) + 110.0;
  const double radius_m = std::pow(10.0, loss_db / 20.0) * wavelength_m(3.5e9) / (4.0 * std::numbers::pi);
  REQUIRE(radius_m > 5'000.0);
  REQUIRE(radius_m < 14'000.0);
  const Grid& grid = served.network.grid;
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const double distance = distance_m(site.at, grid.centre(ix, iy));
      if (std::fabs(distance - radius_m) < 0.5) continue;
      INFO(ix << " " << iy << " at " << distance << " m of " << radius_m);
      const auto margin_db = static_cast<double>(served.service.margin_db.at(ix, iy));
      REQUIRE((margin_db >= 0.0) == (distance <= radius_m));
      REQUIRE((served.service.state.at(ix, iy) == ServiceState::served) == (distance <= radius_m));
    }
  }
  const double disc_cells = std::numbers::pi * radius_m * radius_m / 1e4;
  CHECK(std::fabs(static_cast<double>(count(served.service, ServiceState::served)) / disc_cells - 1.0) < 0.005);
  CHECK(count(served.service, ServiceState::too_weak) + count(served.service, ServiceState::served) ==
        grid.cells());
}

TEST_CASE("two equal cells give 0 dB signal to interference at the midpoint under full load") {
  const Ground ground = flat_ground(201, 50.0);
  const Grid& grid = ground.ground_asl_m.grid;
  const std::vector<Site> sites = {mast(grid.centre(60, 100)), mast(grid.centre(140, 100))};
  const Served served = serve(ground, sites);
  CHECK(served.servers.interference_dbm.at(100, 100) == served.servers.rsrp_dbm.at(100, 100));
  const double snr =
      std::pow(10.0, 0.1 * (static_cast<double>(served.servers.rsrp_dbm.at(100, 100)) - noise_dbm(15e3, 7.0)));
  CHECK(static_cast<double>(served.service.sinr_db.at(100, 100)) ==
        Approx(-10.0 * std::log10(1.0 + 1.0 / snr)).margin(1e-5));
  // Half the load, half the interference; none, none.
  const Served half = serve(ground, sites, {}, {.load = {0.5, 0.5}});
  CHECK(static_cast<double>(half.servers.interference_dbm.at(100, 100)) ==
        Approx(static_cast<double>(half.servers.rsrp_dbm.at(100, 100)) - 10.0 * std::log10(2.0)).margin(1e-5));
  const Served idle = serve(ground, sites, {}, {.load = {0.0, 0.0}});
  CHECK(std::isnan(idle.servers.interference_dbm.at(100, 100)));
  CHECK(static_cast<double>(idle.service.sinr_db.at(100, 100)) == Approx(10.0 * std::log10(snr)).margin(1e-4));
}

TEST_CASE("a network that does not serve interferes all the same") {
  const Ground ground = flat_ground(201, 50.0);
  const Grid& grid = ground.ground_asl_m.grid;
  const std::vector<Site> sites = {mast(grid.centre(60, 100)), mast(grid.centre(140, 100))};
  const Served both = serve(ground, sites);
  const Served one = serve(ground, sites, {}, {.serves = {1, 0}});
  CHECK(one.servers.best_server.at(139, 100) == 0);
  CHECK(one.servers.second_server.at(139, 100) == -1);
  CHECK(one.servers.rsrp_dbm.at(139, 100) == both.servers.second_dbm.at(139, 100));
  CHECK(one.servers.interference_dbm.at(139, 100) == both.servers.rsrp_dbm.at(139, 100));
  CHECK(one.service.state.at(139, 100) == ServiceState::interfered);
  CHECK(both.service.state.at(139, 100) == ServiceState::served);
}

TEST_CASE("interference of loads and overlapping channels is the sum over all sectors, one by one") {
  const Ground ground{.ground_asl_m = test::relief_square(120, 60.0, 5)};
  const Grid& grid = ground.ground_asl_m.grid;
  Carrier wide = test::shannon_carrier();
  wide.width = {40e6, 30e3, 1272, 28'000.0};
  const auto narrow_carrier = test::shared_shannon_carrier();
  const auto wide_carrier = std::make_shared<const Carrier>(wide);
  std::vector<Site> sites;
  for (int i = 0; i < 5; ++i) {
    Site site{.id = std::to_string(i), .at = grid.centre(15 + 22 * i, 20 + (37 * i) % 80)};
    site.sectors = {{.id = "a",
                     .freq_hz = i % 2 == 0 ? 3.50e9 : 3.51e9,  // half a carrier apart
                     .antenna = Element38901{},
                     .mounting = {.azimuth_deg = 70.0 * i},
                     .carrier = narrow_carrier,
                     .load = 0.1 + 0.2 * i},
                    {.id = "b", .freq_hz = 3.52e9, .power_dbm = 43.0, .carrier = wide_carrier, .load = 0.3}};
    sites.push_back(site);
  }
  std::vector<Warning> warnings;
  const Coverage network =
      compute_coverage(ground, sites, P526{}, {}, {.radius_m = 50'000.0, .threads = 2}, warnings);
  const ServerMaps maps = best_server(network, sites, ground, {}, 2);
  int overlapped = 0;
  int compared = 0;
  for (int iy = 0; iy < grid.ny; iy += 2) {
    for (int ix = 0; ix < grid.nx; ix += 2) {
      const std::int32_t server = maps.best_server.at(ix, iy);
      double others_mw = 0.0;
      for (std::size_t s = 0; s < network.sectors.size(); ++s) {
        if (static_cast<std::int32_t>(s) == server) continue;
        const SectorRef& ref = network.sectors[s];
        const TransmitterLoss& loss = network.transmitters[static_cast<std::size_t>(ref.transmitter)];
        const Site& site = sites[static_cast<std::size_t>(ref.site)];
        const Sector& sector = site.sectors[static_cast<std::size_t>(ref.sector)];
        const Point cell = grid.centre(ix, iy);
        const double higher_m = static_cast<double>(ground.ground_asl_m.at(ix, iy)) + Receiver{}.rx_agl_m -
                                loss.tx_ground_asl_m - loss.tx_agl_m;
        const double d_m = distance_m(site.at, cell);
        const double up_m = higher_m - d_m * d_m / (2.0 * 8.5e6);
        const double gain_dbi = SectorPattern(sector.antenna, sector.mounting)
                                    .gain_dbi(cell.x_m - site.at.x_m, cell.y_m - site.at.y_m, up_m);
        const auto loss_db = static_cast<double>(loss.loss_db.at(ix - loss.ix0, iy - loss.iy0));
        const double power_mw = milliwatts(link_budget(sector, {}, {gain_dbi}, {loss_db}).rsrp());
        const SectorRef& own = network.sectors[static_cast<std::size_t>(server)];
        const Sector& serving =
            sites[static_cast<std::size_t>(own.site)].sectors[static_cast<std::size_t>(own.sector)];
        // Overlap of the two bands, written out: share of the victim's width, times the ratio of spacings.
        const double half_ours_hz = 0.5 * 1272 * (own.sector == 0 ? 15e3 : 30e3);
        const double half_theirs_hz = 0.5 * 1272 * (ref.sector == 0 ? 15e3 : 30e3);
        const double apart_hz = std::fabs(serving.freq_hz - sector.freq_hz);
        const double common_hz = std::min(
            {2.0 * half_ours_hz, 2.0 * half_theirs_hz, std::max(0.0, half_ours_hz + half_theirs_hz - apart_hz)});
        const double share = common_hz / (2.0 * half_ours_hz) * half_ours_hz / half_theirs_hz;
        overlapped += share > 0.0 && share != 1.0 ? 1 : 0;
        others_mw += share * sector.load * power_mw;
      }
      INFO("cell " << ix << " " << iy);
      const auto found_dbm = static_cast<double>(maps.interference_dbm.at(ix, iy));
      if (found_dbm < -128.0) continue;  // a float has coarser steps there
      ++compared;
      REQUIRE(std::fabs(milliwatts({found_dbm}) / others_mw - 1.0) < 1e-6);
    }
  }
  CHECK(overlapped > 3'000);
  CHECK(compared > 2'000);
}

TEST_CASE("in the busy hour a person gets what the load leaves free, and nothing where not served") {
  const Ground ground = flat_ground(201, 50.0);
  const Site site = mast(ground.ground_asl_m.grid.centre(100, 100));
  std::vector<Warning> warnings;
  const Coverage network = compute_coverage(ground, {site}, P526{}, {}, {.radius_m = 50'000.0}, warnings);
  const ServerMaps servers = best_server(network, {site}, ground, {}, 1);
  ServiceInput input{servers, network, {site}, ground.ground_asl_m, {}, {.dl_min_mbps = 20.0}};
  const ServiceMaps alone = service_maps(input, 1);
  input.free = {{.downlink = 0.25, .uplink = 0.0}};
  const ServiceMaps busy = service_maps(input, 1);
  REQUIRE(busy.loaded());
  std::size_t served = 0;
  for (std::size_t i = 0; i < busy.state.values.size(); ++i) {
    REQUIRE(busy.state.values[i] == alone.state.values[i]);
    if (busy.state.values[i] == ServiceState::not_computed) continue;
    const bool is_served = busy.state.values[i] == ServiceState::served;
    served += is_served ? 1 : 0;
    REQUIRE((alone.dl_mbps.values[i] > 0.0F) == is_served);
    REQUIRE(busy.dl_alone_mbps.values[i] == alone.dl_mbps.values[i]);
    REQUIRE(busy.ul_alone_mbps.values[i] == alone.ul_mbps.values[i]);
    REQUIRE(busy.dl_mbps.values[i] == Approx(0.25F * alone.dl_mbps.values[i]));
    REQUIRE(busy.ul_mbps.values[i] == 0.0F);
  }
  CHECK(served > 1000);
  CHECK(served < busy.state.values.size());
}

TEST_CASE("the reasons of a cell without service") {
  Ground ground = flat_ground(201, 50.0);
  Site site = mast(ground.ground_asl_m.grid.centre(100, 100));
  SECTION("uplink") {
    Carrier weak = test::shannon_carrier();
    weak.device.power_dbm = -25.0;
    site.sectors[0].carrier = std::make_shared<const Carrier>(weak);
    const Served served = serve(ground, {site});
    CHECK(served.service.state.at(100, 101) == ServiceState::served);
    CHECK(served.service.state.at(5, 100) == ServiceState::uplink_limited);
    CHECK(served.service.ul_mbps.at(5, 100) == 0.0F);
    CHECK(served.service.dl_mbps.at(5, 100) == 0.0F);  // not served: no rate, whatever the downlink could carry
    CHECK_FALSE(served.service.loaded());
  }
  SECTION("demanded rate") {
    const Served served = serve(ground, {site}, {.dl_min_mbps = 200.0});
    CHECK(served.service.state.at(100, 101) == ServiceState::served);
    CHECK(served.service.state.at(5, 100) == ServiceState::too_weak);
  }
  SECTION("terrain") {
    std::vector<Warning> warnings;
    for (int iy = 0; iy < 201; ++iy) ground.ground_asl_m.at(60, iy) = 150.0F;
    const Coverage network = compute_coverage(ground, {site}, P526{}, {}, {.radius_m = 50'000.0}, warnings);
    const ServerMaps servers = best_server(network, {site}, ground, {}, 1);
    const ServiceMaps service = service_maps({servers, network, {site}, ground.ground_asl_m, {}, {}}, 1);
    CHECK(service.state.at(40, 100) == ServiceState::blocked_by_terrain);
    CHECK(service.state.at(80, 100) == ServiceState::served);
  }
  SECTION("margin for more places") {
    const Served median = serve(ground, {site});
    const Served most = serve(ground, {site}, {.location_percent = 95.0, .shadowing_sigma_db = 6.0});
    CHECK(static_cast<double>(median.service.margin_db.at(5, 5) - most.service.margin_db.at(5, 5)) ==
          Approx(6.0 * 1.6448536).margin(1e-4));
  }
  SECTION("unknown technology") {
    site.sectors[0].carrier = nullptr;
    const Served served = serve(ground, {site});
    CHECK(count(served.service, ServiceState::not_computed) == served.network.grid.cells());
    CHECK_FALSE(knows_any_carrier(served.network, {site}));
  }
}

TEST_CASE("a full carrier alone has an RSRQ of one resource element in its block") {
  const ServingSector server(mast({}).sectors[0], {},
                             std::make_shared<const UplinkRates>(test::shannon_carrier(), 0.0));
  constexpr double kInf = std::numeric_limits<double>::infinity();
  CHECK(server.serve(-40.0, -kInf).rsrq_db == Approx(-10.0 * std::log10(12.0)).margin(1e-6));
  CHECK(server.serve(-90.0, -90.0).rsrq_db == Approx(-10.0 * std::log10(24.0)).margin(0.01));
}
