// Cell load against solved equations, and its conservation laws.
#include "libsim/load/cell_load.hpp"

#include <cmath>
#include <random>

#include "tests/support/carriers.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

/// Any number of sectors on one carrier; powers are written down, not computed.
struct Net {
  Coverage network{};
  std::vector<Site> sites{};
  std::vector<DemandPoint> demand{};
  std::vector<std::vector<PointPower>> powers{};
  ServiceTargets targets{};

  explicit Net(int sectors) {
    for (int i = 0; i < sectors; ++i) {
      Site site{.id = std::to_string(i)};
      site.sectors = {{.id = "1", .subcarriers = 1272, .carrier = test::shared_shannon_carrier()}};
      sites.push_back(site);
      network.sectors.push_back({i, 0, i});
    }
  }
  void add(const DemandPoint& point, std::vector<double> powers_dbm) {
    demand.push_back(point);
    powers.emplace_back();
    for (std::size_t s = 0; s < powers_dbm.size(); ++s) {
      powers.back().push_back({static_cast<int>(s), static_cast<float>(powers_dbm[s])});
    }
  }
  [[nodiscard]] NetworkLoad solve(const LoadOptions& options = {}) const {
    return solve_load({network, sites, {}, targets, demand, powers}, options);
  }
};

double shannon_bps(double snr) {
  return 1272 * 14'000.0 * std::log2(1.0 + snr);
}

}  // namespace

TEST_CASE("the load of two equal cells is the solution of its equation") {
  Net net(2);
  constexpr double kDemand = 20e6;
  net.add({.dl_bps = kDemand, .people = 10.0}, {-90.0, -93.0});
  net.add({.dl_bps = kDemand, .people = 20.0}, {-93.0, -90.0});
  const NetworkLoad load = net.solve({.tolerance = 1e-12});
  const double noise_mw = std::pow(10.0, 0.1 * noise_dbm(15e3, 7.0));
  const auto wanted = [&](double rho) {
    return kDemand / shannon_bps(std::pow(10.0, -9.0) / (noise_mw + rho * std::pow(10.0, -9.3)));
  };
  double low = 0.0;
  double high = 1.0;
  while (high - low > 1e-13) {
    const double middle = 0.5 * (low + high);
    (wanted(middle) > middle ? low : high) = middle;
  }
  REQUIRE(low > 0.3);
  REQUIRE(low < 0.9);
  REQUIRE(load.converged);
  for (const CellLoad& cell : load.cells) {
    // The curve is Shannon in steps of 0.01 dB: 0.25 % of the rate at most, in one direction.
    CHECK(cell.dl_load >= low);
    CHECK(cell.dl_load < low * 1.005);
    CHECK(cell.dl_load == load.cells[0].dl_load);
    CHECK(cell.dl_served_bps == kDemand);
    CHECK_FALSE(cell.overloaded());
  }
  CHECK(load.cells[0].people == 10.0);
}

TEST_CASE("a cell alone has the load of its demand over its rate") {
  Net net(1);
  net.add({.dl_bps = 20e6, .ul_bps = 1e6}, {-100.0});
  const NetworkLoad load = net.solve();
  const double snr = std::pow(10.0, 0.1 * (-100.0 - noise_dbm(15e3, 7.0)));
  CHECK(load.cells[0].dl_load == Approx(20e6 / shannon_bps(snr)).epsilon(0.003));
  CHECK(load.cells[0].noise_rise_db == 0.0);
  CHECK(load.rounds <= 5);  // of both directions
  CHECK(load.cells[0].free().downlink == Approx(1.0 - load.cells[0].dl_wanted));
  // One more user: the rate of the carrier times the share that is free.
  CHECK(load.cells[0].dl_user_bps() == Approx(shannon_bps(snr) - 20e6).epsilon(0.005));
}

TEST_CASE("the noise rise of two equal cells is that of the other's devices") {
  Net net(2);
  net.add({.ul_bps = 4e6}, {-100.0, -104.0});
  net.add({.ul_bps = 4e6}, {-104.0, -100.0});
  const NetworkLoad load = net.solve({.tolerance = 1e-9});
  REQUIRE(load.converged);
  const Carrier carrier = test::shannon_carrier();
  // Sent as the solution says, received over the coupling loss of the other cell.
  const double rise_db = load.cells[0].noise_rise_db;
  const UplinkChoice choice =
      UplinkRates(carrier, rise_db)
          .choose(std::ceil(10.0 * (40.0 - 10.0 * std::log10(1272.0) + 100.0) - 1e-6) / 10.0);
  const double share = 4e6 / choice.rate_bps * choice.resource_blocks / 106.0;
  CHECK(load.cells[0].ul_load == Approx(share).epsilon(1e-9));
  const double coupling_other_db = 40.0 - 10.0 * std::log10(1272.0) + 104.0;
  const double received_mw = share * std::pow(10.0, 0.1 * (choice.block_power_dbm - coupling_other_db));
  const double noise_mw = std::pow(10.0, 0.1 * noise_dbm(180e3, 5.0));
  const double exact_db = 10.0 * std::log10(1.0 + received_mw / noise_mw);
  CHECK(rise_db >= exact_db - 1e-6);
  CHECK(rise_db < exact_db + 0.1 + 1e-6);
  CHECK(rise_db > 0.3);
}

TEST_CASE("a device whose downlink is dead sends nothing, and is neither served nor overload") {
  Net net(2);
  net.add({.dl_bps = 1e6, .ul_bps = 1e6, .people = 3.0}, {-100.0, -100.5});  // between the two, at the edge
  net.add({.dl_bps = 1e6, .ul_bps = 1e6, .people = 5.0}, {-80.0, -140.0});
  net.add({.dl_bps = 1e9}, {-140.0, -90.0});  // fills the other cell: it interferes all the time
  const NetworkLoad load = net.solve();
  REQUIRE(load.converged);
  REQUIRE(load.cells[1].dl_load == 1.0);
  // The same with a curve that begins at 3 dB: the edge of the cell is below it once the other one is full.
  Net dead(2);
  Carrier high = test::shannon_carrier();
  std::vector<double> sinr_db{3.0, 10.0};
  high.downlink = RateCurve(sinr_db, {10e6, 50e6});
  for (Site& site : dead.sites) site.sectors[0].carrier = std::make_shared<const Carrier>(high);
  dead.demand = net.demand;
  dead.powers = net.powers;
  const NetworkLoad cut = dead.solve();
  REQUIRE(cut.converged);
  CHECK(cut.people_interfered == 3.0);
  CHECK(cut.cells[0].dl_interfered_bps == 1e6);
  CHECK(cut.cells[0].ul_interfered_bps == 1e6);
  CHECK(cut.cells[0].ul_served_bps == Approx(1e6));
  CHECK(cut.cells[0].ul_overload_bps() == Approx(0.0).margin(1e-6));
  // What it would have sent into the other cell is not there.
  CHECK(cut.cells[1].noise_rise_db < load.cells[1].noise_rise_db + 1e-9);
  Net quiet(2);
  for (Site& site : quiet.sites) site.sectors[0].carrier = std::make_shared<const Carrier>(high);
  quiet.demand = {net.demand[1], net.demand[2]};
  quiet.powers = {net.powers[1], net.powers[2]};
  CHECK(cut.cells[1].noise_rise_db == quiet.solve().cells[1].noise_rise_db);
  CHECK(cut.cells[0].ul_load == quiet.solve().cells[0].ul_load);
}

TEST_CASE("what cannot be carried makes a cell overloaded and is not counted as served") {
  Net net(2);
  net.add({.dl_bps = 1e9, .ul_bps = 1e9}, {-90.0, -120.0});
  net.add({.dl_bps = 1e6}, {-140.0, -100.0});
  const NetworkLoad load = net.solve();
  REQUIRE(load.converged);
  CHECK(load.cells[0].overloaded());
  CHECK(load.cells[0].dl_load == 1.0);
  CHECK(load.cells[0].dl_wanted > 1.0);
  CHECK(load.cells[0].dl_served_bps == Approx(1e9 / load.cells[0].dl_wanted));
  CHECK(load.cells[0].ul_served_bps == Approx(1e9 / load.cells[0].ul_wanted));
  CHECK_FALSE(load.cells[1].overloaded());
}

TEST_CASE("two full cells: the load that the uplink asks for is that of the noise rise in the end") {
  Net net(2);
  net.add({.ul_bps = 1e9}, {-100.0, -104.0});
  net.add({.ul_bps = 1e9}, {-104.0, -100.0});
  const NetworkLoad load = net.solve();
  REQUIRE(load.converged);
  for (const CellLoad& cell : load.cells) {
    REQUIRE(cell.ul_load == 1.0);
    REQUIRE(cell.noise_rise_db > 0.3);
    const double coupling_db = std::ceil(10.0 * (40.0 - 10.0 * std::log10(1272.0) + 100.0) - 1e-6) / 10.0;
    const UplinkChoice choice = UplinkRates(test::shannon_carrier(), cell.noise_rise_db).choose(coupling_db);
    CHECK(cell.ul_wanted == Approx(1e9 / choice.rate_bps * choice.resource_blocks / 106.0).epsilon(1e-9));
  }
}

TEST_CASE("a climb that is cut short says that it has not converged") {
  Net net(2);
  net.add({.dl_bps = 20e6}, {-90.0, -93.0});
  net.add({.dl_bps = 20e6}, {-93.0, -90.0});
  const NetworkLoad cut = net.solve({.most_rounds = 1});
  CHECK_FALSE(cut.converged);
  CHECK(cut.rounds == 2);  // one of each direction
  CHECK(cut.last_change > 1e-4);
  CHECK(net.solve().converged);
}

TEST_CASE("points beyond reach are counted, not served") {
  Net net(1);
  net.add({.dl_bps = 5.0, .ul_bps = 7.0, .people = 3.0}, {-150.0});
  net.add({.dl_bps = 11.0, .people = 4.0}, {});
  const NetworkLoad load = net.solve();
  CHECK(load.dl_out_of_reach_bps == 16.0);
  CHECK(load.ul_out_of_reach_bps == 7.0);
  CHECK(load.people_out_of_reach == 7.0);
  CHECK(load.cells[0].dl_load == 0.0);
}

TEST_CASE("served traffic never exceeds demand, every bit is accounted for, and the climb ends") {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> power_dbm(-135.0, -75.0);
  std::uniform_real_distribution<double> demand_bps(0.0, 4e6);
  for (const double scale : {0.1, 1.0, 10.0}) {
    Net net(21);
    for (int p = 0; p < 800; ++p) {
      std::vector<double> powers;
      for (int s = 0; s < 21; ++s) powers.push_back(power_dbm(random));
      net.add({.dl_bps = scale * demand_bps(random), .ul_bps = 0.2 * scale * demand_bps(random), .people = 1.0},
              powers);
    }
    const NetworkLoad load = net.solve({.threads = 2});
    INFO("demand times " << scale << ": " << load.rounds << " rounds");
    CHECK(load.converged);
    CHECK(load.rounds < 50);
    double dl_demand = load.dl_out_of_reach_bps;
    double ul_demand = load.ul_out_of_reach_bps;
    double dl_served = 0.0;
    double ul_served = 0.0;
    bool overloaded = false;
    for (const CellLoad& cell : load.cells) {
      CHECK(cell.dl_load >= 0.0);
      CHECK(cell.dl_load <= 1.0);
      CHECK(cell.ul_load <= 1.0);
      CHECK(cell.dl_served_bps <= cell.dl_demand_bps * (1.0 + 1e-12));
      CHECK(cell.ul_served_bps <= cell.ul_demand_bps * (1.0 + 1e-12));
      dl_demand += cell.dl_demand_bps;
      ul_demand += cell.ul_demand_bps;
      dl_served += cell.dl_served_bps;
      ul_served += cell.ul_served_bps;
      overloaded = overloaded || cell.overloaded();
    }
    CHECK(dl_demand == Approx(load.dl_demand_bps).epsilon(1e-12));
    CHECK(ul_demand == Approx(load.ul_demand_bps).epsilon(1e-12));
    const double dl_accounted = dl_served + load.dl_interfered_bps + load.dl_out_of_reach_bps;
    const double ul_accounted = ul_served + load.ul_interfered_bps + load.ul_out_of_reach_bps;
    CHECK(dl_accounted <= load.dl_demand_bps * (1.0 + 1e-12));
    CHECK(ul_accounted <= load.ul_demand_bps * (1.0 + 1e-12));
    CHECK(overloaded == (scale > 0.5));
    if (!overloaded) {
      CHECK(dl_accounted == Approx(load.dl_demand_bps).epsilon(1e-12));
      CHECK(ul_accounted == Approx(load.ul_demand_bps).epsilon(1e-12));
    }
    for (const int threads : {1, 7}) {
      const NetworkLoad again = net.solve({.threads = threads});
      for (std::size_t s = 0; s < load.cells.size(); ++s) {
        CHECK(again.cells[s].dl_load == load.cells[s].dl_load);
        CHECK(again.cells[s].noise_rise_db == load.cells[s].noise_rise_db);
      }
    }
  }
}
