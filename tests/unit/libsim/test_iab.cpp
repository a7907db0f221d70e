// Sites fed over the access carrier of a neighbour: rates, what is left of the cells, and which hops are kept.
#include <cmath>
#include <limits>
#include <random>

#include "libsim/radio/link_curve.hpp"
#include "libsim/studies/backhaul/hop_plan.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr double kTopBits = 6.0;

/// 100 MHz at 30 kHz, 4 layers down; one scheme of 2 bits from 6 dB on, one of 6 from 20 dB on.
Carrier new_radio() {
  Carrier out;
  out.technology = "test";
  out.generation = "5G";
  out.width = {100e6, 30e3, 3276, 28'000.0};
  out.duplex = Duplex::tdd;
  out.share = {0.75, 0.2};
  out.downlink_layer = {.id = "two", .steps = {{6.0, 2.0}, {20.0, kTopBits}}};
  out.downlink_layers = 4;
  out.downlink_overhead = 0.14;
  out.uplink_curve = out.downlink_layer;
  out.uplink_layers = 1;
  out.uplink_overhead = 0.08;
  out.device_noise_dbm = -120.0;
  out.base_noise_dbm = -124.0;
  return out;
}

constexpr double kElements = 3276.0 * 28'000.0;

}  // namespace

TEST_CASE("iab: rates by hand: two layers at most, shares of the pattern, both noises") {
  const IabTerminal terminal{.gain_dbi = 15.0, .power_dbm = 26.0, .margin_db = 10.0};
  // Down: 0 - 90 + 120 - 10 = 20 dB; up: 26 - 35.15 - 90 + 124 - 10 = 14.85 dB.
  const IabRates rates = iab_rates(new_radio(), terminal, {.subcarrier_dbm = 0.0, .coupling_loss_db = 90.0});
  CHECK(rates.snr_dl_db == Approx(20.0));
  CHECK(rates.snr_ul_db == Approx(14.8466).margin(1e-4));
  // One layer has 6 bits at 20 dB; two have 17 dB each and 2 bits: the one wins.
  CHECK(rates.dl_bps == Approx(0.75 * 0.86 * 6.0 * kElements));
  CHECK(rates.ul_bps == Approx(0.2 * 0.92 * 2.0 * kElements));
  // At 23.02 dB both layers have 6 bits; that the device has four layers is of no use between masts.
  CHECK(iab_rates(new_radio(), terminal, {3.02, 90.0}).dl_bps == Approx(0.75 * 0.86 * 12.0 * kElements));
  CHECK(iab_rates(new_radio(), terminal, {30.0, 90.0}).dl_bps == Approx(0.75 * 0.86 * 12.0 * kElements));
  CHECK(iab_rates(new_radio(), terminal, {-15.0, 90.0}).dl_bps == 0.0);
}

TEST_CASE("iab: what is left of the cells, worked by hand") {
  // Cell 0 feeds the site of cell 1 with 0.3, which feeds that of cell 2 with 0.4.
  const std::vector<IabShare> free = {{0.7, 1.0}, {0.8, 1.0}, {0.9, 0.5}};
  std::vector<IabTake> hops = {{{0, 1}, {0.3, 0.1}}, {{1, 2}, {0.4, 0.1}}};
  const std::vector<IabShare> taken = iab_taken(hops, 3);
  CHECK(taken[0].downlink == Approx(0.3));
  CHECK(taken[1].downlink == Approx(0.7));
  CHECK(taken[2].downlink == Approx(0.4));
  std::vector<double> room = iab_room(hops, free);
  CHECK(room[0] == Approx((0.8 - 0.4) / 0.3));
  CHECK(room[1] == Approx((0.8 - 0.3) / 0.4));
  // The uplink binds: 0.5 of cell 2 for 0.6.
  hops[1].share.uplink = 0.6;
  CHECK(iab_room(hops, free)[1] == Approx(0.5 / 0.6));
  CHECK(std::isinf(iab_room(std::vector<IabTake>{{{0}, {}}}, free)[0]));
}

namespace {

/// Level ground at 100 m, 10 km by 4 km.
World level_world() {
  World out;
  out.ground.ground_asl_m =
      Raster<float>(Grid{.west_m = 0.0, .north_m = 4'000.0, .cell_m = 50.0, .nx = 200, .ny = 80}, 100.0F);
  out.roads.roads.push_back({.line = {{500.0, 2'000.0}, {9'500.0, 2'000.0}}});
  return out;
}

Site mast(const char* id, Point at, int sectors = 1) {
  Site out{.id = id, .at = at};
  out.position = {138.0, 36.0};
  const auto carrier = std::make_shared<const Carrier>(new_radio());
  for (int i = 0; i < sectors; ++i)
    out.sectors.push_back({.id = std::to_string(i + 1), .power_dbm = 40.0, .tx_agl_m = 30.0, .carrier = carrier});
  return out;
}

/// A beside the exchange, B and C 2 km farther each.
Network row_of_three() {
  Network out;
  out.sites = {mast("A", {1'000.0, 2'050.0}), mast("B", {3'000.0, 2'050.0}), mast("C", {5'000.0, 2'050.0})};
  return out;
}

Coverage cells_of(const World& world, const Network& network) {
  std::vector<Warning> warnings;
  return list_transmitters(
      world.ground.ground_asl_m.grid, network.sites,
      [&](Point at) { return sample_bilinear(world.ground.ground_asl_m, at); }, warnings);
}

IabTerms two_hops() {
  return {.terminal = {.gain_dbi = 15.0, .power_dbm = 26.0, .margin_db = 10.0},
          .longest_m = 2'500.0,
          .most_hops = 2,
          .hop_delay_s = 0.004,
          .availability = 0.9999};
}

NetworkLoad loaded(std::size_t cells, double dl, double ul) {
  NetworkLoad out;
  out.cells.assign(cells, {.dl_load = dl, .ul_load = ul, .dl_wanted = dl, .ul_wanted = ul});
  return out;
}

IabNetwork network_of(const World& world, const Network& network, const IabTerms& terms, double load = 0.1) {
  const Coverage coverage = cells_of(world, network);
  const Engine engine;
  IabNetwork out =
      iab_network({world, network, engine, coverage, loaded(coverage.sectors.size(), load, load)}, terms);
  out.sites.assign(network.sites.size(), {60e6, 6e6});
  return out;
}

}  // namespace

TEST_CASE("iab: pairs, their SNR in free space by hand, and which cells fall silent") {
  const World world = level_world();
  const IabNetwork found = network_of(world, row_of_three(), two_hops());
  // A - C is 4 km.
  REQUIRE(found.pairs.size() == 2);
  const IabPair& pair = found.pairs[0];
  CHECK(pair.from == 0);
  CHECK(pair.to == 1);
  CHECK(pair.length_m == 2'000.0);
  for (const IabFeed& feed : pair.feeds) {
    REQUIRE(feed.cell >= 0);
    CHECK(feed.line_of_sight);
    CHECK(feed.fed_agl_m == 30.0);
    // 40 - 35.1534 + 0 + 15 - (32.4478 + 20 log10(4850 MHz) + 20 log10(2 km)) + 120 - 10 dB.
    const double free_space_db = 32.4478 + 20.0 * std::log10(4850.0) + 20.0 * std::log10(2.0);
    CHECK(feed.rates.snr_dl_db == Approx(40.0 - 35.1534 + 15.0 - free_space_db + 110.0).margin(2e-3));
    CHECK(feed.rates.snr_ul_db == Approx(26.0 - 35.1534 + 15.0 - free_space_db + 114.0).margin(2e-3));
  }
  CHECK(pair.feeds[0].cell == 0);
  CHECK(pair.feeds[0].takes == std::vector<int>{0, 1});
  CHECK(pair.feeds[1].takes == std::vector<int>{1, 0});
  CHECK(found.free[0].downlink == Approx(0.9));
  CHECK(free_of(pair.feeds[0], found.free).uplink == Approx(0.9));
}

TEST_CASE("iab: a hill, another generation, a full cell and another channel") {
  World world = level_world();
  const double clear_db = network_of(world, row_of_three(), two_hops()).pairs[0].feeds[0].rates.snr_dl_db;
  for (int iy = 0; iy < 80; ++iy) world.ground.ground_asl_m.at(40, iy) = 160.0F;
  const IabNetwork behind = network_of(world, row_of_three(), two_hops());
  CHECK_FALSE(behind.pairs[0].feeds[0].line_of_sight);
  CHECK(behind.pairs[0].feeds[0].rates.snr_dl_db < clear_db - 15.0);

  Network network = row_of_three();
  Carrier lte = new_radio();
  lte.generation = "4G";
  network.sites[0].sectors[0].carrier = std::make_shared<const Carrier>(lte);
  const IabNetwork old = network_of(level_world(), network, two_hops());
  CHECK(old.pairs[0].feeds[0].cell == -1);
  CHECK(old.pairs[0].feeds[1].cell == 1);
  Carrier paired = new_radio();
  paired.duplex = Duplex::fdd;
  network.sites[0].sectors[0].carrier = std::make_shared<const Carrier>(paired);
  CHECK(network_of(level_world(), network, two_hops()).pairs[0].feeds[0].cell == -1);

  CHECK(network_of(level_world(), row_of_three(), two_hops(), 1.0).pairs[0].feeds[0].cell == -1);

  Network apart = row_of_three();
  apart.sites[1].sectors[0].freq_hz = 4.7e9;
  const IabNetwork out_of_band = network_of(level_world(), apart, two_hops());
  CHECK(out_of_band.pairs[0].feeds[0].takes == std::vector<int>{0});

  Network candidate = row_of_three();
  candidate.sites[1].existing = false;
  CHECK(network_of(level_world(), candidate, two_hops()).pairs.empty());
}

TEST_CASE("iab: traffic of sites is what their cells carry, each way") {
  NetworkLoad load = loaded(3, 0.5, 0.5);
  Network network = row_of_three();
  network.sites[0] = mast("A", {1'000.0, 2'050.0}, 2);
  network.sites.pop_back();
  const Coverage coverage = cells_of(level_world(), network);
  load.cells[0].dl_served_bps = 30e6;
  load.cells[1].dl_served_bps = 20e6;
  load.cells[1].ul_served_bps = 5e6;
  const std::vector<SiteTraffic> found = traffic_of_sites(load, coverage, 2, 2e6);
  CHECK(found[0].dl_bps == 50e6);
  CHECK(found[0].ul_bps == 5e6);
  CHECK(found[1].dl_bps == 2e6);
  CHECK(found[1].ul_bps == 0.0);
}

namespace {

constexpr std::int64_t kFeedYen = 1'000'000;

struct Planned {
  BackhaulWithHops plan{};
  IabNetwork network{};
};

/// The exchange 500 m west of A; fibre at 1,000 JPY a metre.
Planned planned(const Network& network, IabNetwork iab, double metre_jpy = 1'000.0) {
  const World world = level_world();
  CostCatalogue prices;
  const auto add = [&](const char* id, CostQuantity quantity, double jpy) {
    prices.prices.push_back({.id = id, .name = id, .low = jpy, .high = jpy, .currency = "JPY", .year = 2025});
    prices.assets.push_back({.id = id, .name = id, .name_ja = id, .quantity = quantity, .price = id});
  };
  add("fibre", CostQuantity::aerial_m, metre_jpy);
  add("terminal", CostQuantity::iab_links, kFeedYen);
  std::vector<double> demand_bps;
  for (const SiteTraffic& site : iab.sites) demand_bps.push_back(std::max(site.dl_bps, site.ul_bps));
  BackhaulOptions options{.exchanges = {{.name = "X", .at = {500.0, 2'050.0}}},
                          .connected = std::vector<bool>(network.sites.size(), true),
                          .catalogue = std::make_shared<const CostCatalogue>(prices),
                          .basis = {.year = 2025}};
  Planned out{.network = iab};
  out.plan = plan_with_hops({.world = world,
                             .network = network,
                             .demand_bps = demand_bps,
                             .people = std::vector<double>(network.sites.size(), 100.0)},
                            options, {.iab = std::move(iab)});
  // What points into the catalogue of this function goes no farther.
  out.plan.report.bill.clear();
  for (BackhaulSite& one : out.plan.report.sites) one.parts.clear();
  return out;
}

double dl_rate(const IabNetwork& network, std::size_t pair) {
  return network.pairs[pair].feeds[0].rates.dl_bps;
}

}  // namespace

TEST_CASE("iab: a chain of two, with shares, loads, delay and cost by hand") {
  const Planned found = planned(row_of_three(), network_of(level_world(), row_of_three(), two_hops()));
  const BackhaulReport& report = found.plan.report;
  CHECK(report.links[index_of(Medium::iab)] == 2);
  CHECK(report.sites[0].medium == Medium::aerial);
  CHECK(report.sites[1].medium == Medium::iab);
  CHECK(report.sites[2].medium == Medium::iab);
  // 50 m of drop at both ends, 500 m of way, and two terminals.
  CHECK(report.layout.cost_jpy == 600 * 1'000 + 2 * kFeedYen);
  CHECK(report.layout.optimal);
  REQUIRE(found.plan.hops.iab.size() == 2);
  const IabUse& first = found.plan.hops.iab[0];
  const IabUse& second = found.plan.hops.iab[1];
  const double rate_bps = dl_rate(found.network, 0);
  CHECK(first.depth == 1);
  CHECK(second.depth == 2);
  CHECK(first.traffic.dl_bps == 120e6);
  CHECK(second.traffic.dl_bps == 60e6);
  CHECK(first.share.downlink == Approx(120e6 / rate_bps));
  CHECK(second.share.downlink == Approx(60e6 / rate_bps));
  // A has 0.1 of its own people; B has them, what it hears from A and what it sends to C.
  CHECK(first.parent.downlink == Approx(0.1 + 120e6 / rate_bps));
  CHECK(first.fed.downlink == Approx(0.1 + 180e6 / rate_bps));
  CHECK(second.parent.downlink == Approx(0.1 + 180e6 / rate_bps));
  CHECK(second.fed.downlink == Approx(0.1 + 60e6 / rate_bps));
  // Two hops of 4 ms and 2 km of light, 600 m of glass, A and B pass on, and the exchange.
  const double light_s = 2 * (0.004 + 2'000.0 / 299'792'458.0);
  CHECK(report.sites[2].way.delay_s == Approx(light_s + 600.0 * 5e-9 + 3 * 200e-6));
  CHECK(report.sites[2].way.hops == 3);
  const Hop& built = found.plan.hops.built[first.hop].with;
  // What the hop could carry of such traffic, all else as it is.
  CHECK(built.offer.terms.capacity_bps == Approx(first.room * 120e6));
  CHECK(report.sites[1].capacity_bps == built.offer.terms.capacity_bps);
}

TEST_CASE("iab: no more hops in a row than asked for") {
  IabTerms one = two_hops();
  one.most_hops = 1;
  const Planned found = planned(row_of_three(), network_of(level_world(), row_of_three(), one));
  REQUIRE(found.plan.hops.iab.size() == 1);
  CHECK(found.plan.hops.iab[0].depth == 1);
  for (const BackhaulSite& site : found.plan.report.sites) {
    CHECK(site.way.reached);
    CHECK(site.way.meets_needs);
  }
  CHECK(found.plan.hops.lost.size() == 1);
  CHECK(found.plan.report.layout.cost_jpy > found.plan.report.layout.lower_bound_jpy);
}

TEST_CASE("iab: a cell without time left feeds nobody, and the hop that takes most gives way") {
  // B and C see A and not each other: both would be fed by A's only cell.
  Network network;
  network.sites = {mast("A", {1'000.0, 2'050.0}), mast("B", {1'000.0, 3'900.0}), mast("C", {3'000.0, 2'050.0})};
  IabNetwork iab = network_of(level_world(), network, two_hops());
  REQUIRE(iab.pairs.size() == 2);
  iab.sites[1].dl_bps = 0.3 * dl_rate(iab, 0);
  iab.sites[2].dl_bps = 0.5 * dl_rate(iab, 1);
  // The cell has 0.9: 0.3 and 0.5 fit.
  const Planned both = planned(network, iab);
  REQUIRE(both.plan.hops.iab.size() == 2);
  CHECK(both.plan.hops.iab[0].parent.downlink == Approx(0.9));
  CHECK(both.plan.hops.lost.empty());
  // 0.3 and 0.7 do not: C takes the cable along the road.
  iab.sites[2].dl_bps = 0.7 * dl_rate(iab, 1);
  const Planned full = planned(network, iab);
  REQUIRE(full.plan.hops.iab.size() == 1);
  CHECK(full.plan.report.sites[1].medium == Medium::iab);
  CHECK(full.plan.report.sites[2].medium == Medium::aerial);
  CHECK(full.plan.hops.iab[0].parent.downlink == Approx(0.4));
  REQUIRE(full.plan.hops.lost.size() == 1);
  CHECK(full.plan.hops.offers.hops[full.plan.hops.lost[0].hop].offer.to == 2U);
  // The bound is that of the layout with both hops, the cost has 2 km of cable and a drop for a terminal less.
  CHECK(full.plan.report.layout.lower_bound_jpy == both.plan.report.layout.cost_jpy);
  CHECK(full.plan.report.layout.cost_jpy == both.plan.report.layout.cost_jpy + 2'050'000 - kFeedYen);
  for (const BackhaulSite& site : full.plan.report.sites) CHECK(site.way.meets_needs);
}

TEST_CASE("iab: excess is the deepest hop, then the one that takes most; of those with a common cell the first") {
  const auto use = [](std::size_t hop, int depth, double room, double share, std::vector<int> cells) {
    return IabUse{.hop = hop, .cells = std::move(cells), .share = {share, 0.0}, .depth = depth, .room = room};
  };
  using Hops = std::vector<std::size_t>;
  CHECK(iab_excess(std::vector{use(0, 1, 1.0, 0.5, {0}), use(1, 2, 1.2, 0.4, {0})}, 2).empty());
  const std::vector<IabUse> deep = {use(0, 1, 0.5, 0.9, {0, 1}), use(1, 3, 1.2, 0.4, {1, 2}),
                                    use(2, 2, 1.0, 0.1, {2, 3})};
  CHECK(iab_excess(deep, 1) == Hops{1});
  CHECK(iab_excess(std::vector{use(0, 1, 0.7, 0.3, {0}), use(1, 1, 0.9, 0.8, {0}), use(2, 1, 2.0, 0.9, {0})}, 2) ==
        Hops{1});
  // Two cells, each too full: one hop of each.
  CHECK(iab_excess(std::vector{use(0, 1, 0.7, 0.3, {0}), use(1, 1, 0.9, 0.8, {1}), use(2, 1, 0.9, 0.2, {1})}, 2) ==
        Hops{1, 0});
}

TEST_CASE("iab: whatever the traffic, no cell is overfilled, no chain too long, no bound above the cost") {
  std::mt19937 random(20);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  int fed = 0;
  int lost = 0;
  for (int round = 0; round < 25; ++round) {
    Network network;
    for (int i = 0; i < 6; ++i)
      network.sites.push_back(
          mast(std::to_string(i).c_str(), {600.0 + 8'500.0 * unit(random), 300.0 + 3'400.0 * unit(random)}, 2));
    IabTerms terms = two_hops();
    terms.most_hops = 1 + round % 3;
    terms.longest_m = 3'500.0;
    IabNetwork iab = network_of(level_world(), network, terms, 0.3 * unit(random));
    for (SiteTraffic& site : iab.sites) site = {250e6 * unit(random), 25e6 * unit(random)};
    const Planned found = planned(network, iab, 3'000.0);
    const BackhaulReport& report = found.plan.report;
    CHECK(report.layout.unreached.empty());
    CHECK(report.layout.lower_bound_jpy <= report.layout.cost_jpy);
    std::vector<IabShare> load(iab.free.size());
    for (const IabUse& use : found.plan.hops.iab) {
      CHECK(use.depth <= terms.most_hops);
      CHECK(use.room >= 1.0 - 1e-9);
      const IabFeed& feed = found.plan.hops.built[use.hop].with.iab().feeds[use.feed];
      REQUIRE(feed.cell >= 0);
      for (const int cell : feed.takes) {
        load[static_cast<std::size_t>(cell)].downlink += use.traffic.dl_bps / feed.rates.dl_bps;
        load[static_cast<std::size_t>(cell)].uplink += use.traffic.ul_bps / feed.rates.ul_bps;
      }
    }
    for (std::size_t cell = 0; cell < load.size(); ++cell) {
      CHECK(load[cell].downlink <= iab.free[cell].downlink + 1e-9);
      CHECK(load[cell].uplink <= iab.free[cell].uplink + 1e-9);
    }
    for (const BackhaulSite& site : report.sites) CHECK(site.way.meets_needs);
    fed += report.links[index_of(Medium::iab)];
    lost += static_cast<int>(found.plan.hops.lost.size());
  }
  // Both happen, or the test says nothing.
  CHECK(fed > 20);
  CHECK(lost > 5);
}
