// Hops of a plan: which are offered, over which mountain the chain goes, and what the hops do to each other.
#include "libsim/studies/backhaul/hop_plan.hpp"

#include <cmath>
#include <set>

#include "libsim/backhaul/hop_view.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// 24 km by 8 km of level ground at 100 m, with a ridge of 160 m across the middle.
World ridge_world() {
  World out;
  out.ground.ground_asl_m =
      Raster<float>(Grid{.west_m = 0.0, .north_m = 8'000.0, .cell_m = 100.0, .nx = 240, .ny = 80}, 100.0F);
  for (int iy = 0; iy < 80; ++iy) {
    for (int ix = 118; ix <= 121; ++ix) out.ground.ground_asl_m.at(ix, iy) = 160.0F;
  }
  return out;
}

Site site(const char* id, Point at) {
  Site out{.id = id, .at = at};
  out.position = {138.0, 36.0};
  out.sectors = {Sector{.id = "1", .tx_agl_m = 20.0}};
  return out;
}

/// A in the west, B on the ridge; the exchange in the east.
Network chain() {
  Network out;
  out.sites = {site("A", {4'000.0, 4'050.0}), site("B", {12'000.0, 4'050.0})};
  return out;
}

const std::vector<ExchangeOffice> kExchange = {{.name = "X", .at = {20'000.0, 4'050.0}}};

MicrowaveOptions microwave() {
  MicrowaveOffer band{.band = "18ghz", .band_hz = {17.82e9, 19.72e9}, .longest_m = 20e3};
  band.radio = {.freq_hz = 18.77e9,
                .channel_hz = 60e6,
                .tx_power_dbm = 20.0,
                .noise_figure_db = 6.0,
                .feeder_loss_db = 0.5,
                .steps = {{"4qam", 13.54, 1.7}, {"16qam", 20.42, 3.4}}};
  band.dish_m = {0.3, 0.6, 1.2};
  return {.bands = {band}};
}

CostCatalogue prices(double metre_jpy, double end_jpy) {
  CostCatalogue out;
  const auto add = [&](const char* id, CostQuantity quantity, double jpy) {
    out.prices.push_back({.id = id, .name = id, .low = jpy, .high = jpy, .currency = "JPY", .year = 2025});
    out.assets.push_back({.id = id, .name = id, .name_ja = id, .quantity = quantity, .price = id});
  };
  if (metre_jpy > 0.0) add("fibre", CostQuantity::aerial_m, metre_jpy);
  add("terminal", CostQuantity::microwave_ends, end_jpy);
  return out;
}

struct Setting {
  double metre_jpy = 1'500.0;  ///< 0: there are no cables
  double end_jpy = 2e6;
  double demand_bps = 10e6;
  HopOptions hops{.microwave = microwave()};
  std::vector<ExchangeOffice> exchanges = kExchange;
  World world = ridge_world();
  double availability = 0.0;  ///< that every site needs
};

BackhaulWithHops planned(const Network& network, const Setting& setting) {
  World world = setting.world;
  world.roads.roads.push_back({.line = {{4'000.0, 4'000.0}, {20'000.0, 4'000.0}}});
  BackhaulOptions options{
      .exchanges = setting.exchanges,
      .connected = std::vector<bool>(network.sites.size(), true),
      .needs = {.availability = setting.availability},
      .catalogue = std::make_shared<const CostCatalogue>(prices(setting.metre_jpy, setting.end_jpy)),
      .basis = {.year = 2025}};
  BackhaulWithHops out =
      plan_with_hops({.world = world,
                      .network = network,
                      .demand_bps = std::vector<double>(network.sites.size(), setting.demand_bps),
                      .people = std::vector<double>(network.sites.size(), 100.0)},
                     options, setting.hops);
  // What points into the catalogue of this function goes no farther.
  out.report.bill.clear();
  for (BackhaulSite& one : out.report.sites) one.parts.clear();
  return out;
}

}  // namespace

TEST_CASE("hops: sight over the ridge only from its top, and the census says what became of the rest") {
  const World world = ridge_world();
  const HopOffers offers = hop_offers(world, chain(), kExchange, {.microwave = microwave()});
  // A - B and B - exchange see each other; A - exchange is blocked by 60 m.
  CHECK(offers.microwave.tried == 3);
  CHECK(offers.microwave.blocked == 1);
  CHECK(offers.microwave.weak == 0);
  REQUIRE(offers.hops.size() == 2);
  CHECK(offers.hops[0].offer.from == 0);
  CHECK(offers.hops[0].offer.to == 1);
  CHECK(offers.hops[1].offer.from == 1);
  CHECK(offers.hops[1].offer.to == 2);
  CHECK(offers.hops[0].offer.length_m == 8'000.0);
  CHECK(offers.hops[0].sight.from_agl_m <= 20.0);
  CHECK(offers.hops[0].offer.terms.capacity_bps > 0.0);
}

TEST_CASE("hops: the smallest dish that carries as much as the largest") {
  const World world = ridge_world();
  const HopOffers offers = hop_offers(world, chain(), kExchange, {.microwave = microwave()});
  REQUIRE(!offers.hops.empty());
  const Hop& hop = offers.hops.front();
  MicrowaveOptions smaller = microwave();
  const auto with = [&](double dish_m) {
    Hop other = hop;
    other.gain_dbi = dish_gain_dbi(dish_m, 18.77e9, 0.55);
    return microwave_of(other, world.ground, smaller, 0.0).capacity_bps(0.9999);
  };
  // Of 0.3, 0.6 and 1.2 m the middle one: a larger one adds nothing, a smaller one carries less.
  REQUIRE(hop.dish_m == 0.6);
  CHECK(with(1.2) == hop.offer.terms.capacity_bps);
  CHECK(with(0.6) == hop.offer.terms.capacity_bps);
  CHECK(with(0.3) < hop.offer.terms.capacity_bps);
}

TEST_CASE("hops: a pair is counted once, by the best of its bands") {
  const World world = ridge_world();
  MicrowaveOptions two = microwave();
  two.bands.push_back(two.bands.front());
  const auto counted = [&] { return hop_offers(world, chain(), kExchange, {.microwave = two}).microwave; };
  // Of three pairs one has no sight in either band.
  CHECK(counted().tried == 3);
  CHECK(counted().blocked == 1);
  CHECK(counted().weak == 0);
  // Too weak in the first band, but not in the second.
  two.bands.front().radio.tx_power_dbm = -40.0;
  CHECK(counted().tried == 3);
  CHECK(counted().weak == 0);
  two.bands.back().radio.tx_power_dbm = -40.0;
  CHECK(counted().blocked == 1);
  CHECK(counted().weak == 2);
  // The second band reaches no pair: the same three are left.
  two.bands.back().longest_m = 1'000.0;
  CHECK(counted().tried == 3);
}

TEST_CASE(
    "hops: exchanges are not joined, candidates carry nothing, an availability beyond reach offers nothing") {
  const World world = ridge_world();
  Network network = chain();
  std::vector<ExchangeOffice> two = kExchange;
  two.push_back({.name = "Y", .at = {20'000.0, 2'050.0}});
  for (const Hop& hop : hop_offers(world, network, two, {.microwave = microwave()}).hops)
    CHECK(hop.offer.from < 2);
  network.sites[1].existing = false;
  CHECK(hop_offers(world, network, kExchange, {.microwave = microwave()}).hops.empty());
  MicrowaveOptions strict = microwave();
  strict.availability = 0.99999999;
  const HopOffers none = hop_offers(world, chain(), kExchange, {.microwave = strict});
  CHECK(none.hops.empty());
  CHECK(none.microwave.weak == 2);
}

TEST_CASE("hops: a chain over the mountain where its four ends cost less than the cable, and only there") {
  // 16 km of cable against two hops, four ends.
  const BackhaulWithHops dear = planned(chain(), {.metre_jpy = 1'500.0, .end_jpy = 2e6});
  CHECK(dear.hops.built.size() == 2);
  CHECK(dear.report.links[index_of(Medium::microwave)] == 2);
  CHECK(dear.report.fibre_m() == 0.0);
  CHECK(dear.report.layout.cost_jpy == 8'000'000);
  CHECK(dear.report.layout.optimal);
  CHECK(dear.report.sites[0].medium == Medium::microwave);
  CHECK(dear.report.sites[0].by_cable.found);
  const BackhaulWithHops cheap = planned(chain(), {.metre_jpy = 1'500.0, .end_jpy = 8e6});
  CHECK(cheap.hops.built.empty());
  CHECK(cheap.report.fibre_m() > 15e3);
  CHECK(cheap.report.layout.cost_jpy < 32'000'000);
}

TEST_CASE("hops: one that carries too little for the sites behind it gives way to the cable") {
  // 16-QAM on 60 MHz: 204 Mbit/s; two sites of 150 do not fit through the second hop.
  const BackhaulWithHops found = planned(chain(), {.demand_bps = 150e6});
  std::set<std::uint32_t> to_exchange;
  for (const BuiltHop& hop : found.hops.built) {
    if (hop.with.offer.to == 2) to_exchange.insert(hop.with.offer.from);
  }
  CHECK(to_exchange.empty());
  for (const BackhaulSite& one : found.report.sites) CHECK(one.way.meets_needs);
}

TEST_CASE("hops: a mast sends in one half of the band, and channels differ where hops disturb each other") {
  const BackhaulWithHops found = planned(chain(), {});
  REQUIRE(found.hops.built.size() == 2);
  // What B sends to either side lies in the same half: its receivers hear no sender beside them.
  const double middle_hz = 18.77e9;
  const bool first = found.hops.built[0].centre_hz[1] > middle_hz;
  const bool second = found.hops.built[1].centre_hz[0] > middle_hz;
  CHECK(first == second);
  for (const BuiltHop& hop : found.hops.built) {
    CHECK((hop.centre_hz[0] > middle_hz) != (hop.centre_hz[1] > middle_hz));
    CHECK(hop.received[0].same_mast == -1);
    CHECK(hop.received[1].same_mast == -1);
    CHECK(hop.degradation_db <= kToleratedLoss_db);
    // Channels from the edges of the band inwards, 60 MHz wide.
    for (const double centre_hz : hop.centre_hz) {
      const double from_edge_hz = std::min(centre_hz - 17.82e9, 19.72e9 - centre_hz);
      CHECK(std::fmod(from_edge_hz - 30e6, 60e6) == Approx(0.0).margin(1.0));
    }
  }
}

TEST_CASE("hops: a band with room for one channel alone degrades what the hops carry") {
  Setting one;
  one.hops.microwave->bands[0].band_hz = {18.71e9, 18.83e9};
  const BackhaulWithHops found = planned(chain(), one);
  REQUIRE(found.hops.built.size() == 2);
  // A sends to B what the exchange sends to B as well: over the ridge each is heard in the back of the other's
  // dish.
  double worst_db = 0.0;
  for (const BuiltHop& hop : found.hops.built) {
    worst_db = std::max(worst_db, hop.degradation_db);
    const MicrowaveService& clean = found.hops.offers.hops[hop.hop].microwave();
    CHECK(hop.with.microwave().steps[0].margin_db ==
          Approx(clean.steps[0].margin_db - hop.degradation_db).margin(1e-9));
  }
  CHECK(worst_db > 0.0);
}

// Each hop of the chain is there for 99.99825 % of the year, and for 99.99616 % where both share the only channel:
// A has 0.9999825^2 = 0.999965 without interference and 0.9999616^2 = 0.999923 with it. 0.99995 lies between.
constexpr double kBetween = 0.99995;

TEST_CASE("hops: the sites have what their hops have left, with interference") {
  Setting one;
  one.hops.microwave->bands[0].band_hz = {18.71e9, 18.83e9};
  const BackhaulWithHops found = planned(chain(), one);
  REQUIRE(found.hops.built.size() == 2);
  const EdgeTerms first = found.hops.built[0].with.offer.terms;
  const EdgeTerms second = found.hops.built[1].with.offer.terms;
  const double clean =
      found.hops.offers.hops[0].offer.terms.availability * found.hops.offers.hops[1].offer.terms.availability;
  CHECK(clean > kBetween);
  CHECK(first.availability * second.availability < kBetween);
  const SiteWay& way = found.report.sites[0].way;
  CHECK(way.availability == Approx(first.availability * second.availability).epsilon(1e-12));
  CHECK(found.report.sites[1].way.availability == Approx(second.availability).epsilon(1e-12));
  CHECK(found.report.layout.ways[0].availability == way.availability);
  // 6 dB less of power: 16-QAM has 23.9 dB of margin and carries 3.4 bit/s/Hz x 60 MHz; interference takes 3.3 dB
  // of it, and 1.7 bit/s/Hz of 4-QAM are left.
  one.hops.microwave->bands[0].radio.tx_power_dbm = 14.0;
  one.hops.microwave->bands[0].dish_m = {0.6};
  const BackhaulWithHops faint = planned(chain(), one);
  REQUIRE(faint.hops.built.size() == 2);
  CHECK(faint.hops.offers.hops[0].offer.terms.capacity_bps == Approx(204e6));
  CHECK(faint.report.sites[0].capacity_bps == Approx(102e6));
}

TEST_CASE("hops: a way that misses its availability by interference alone is not kept") {
  Setting one{.availability = kBetween};
  one.hops.microwave->bands[0].band_hz = {18.71e9, 18.83e9};
  const BackhaulWithHops found = planned(chain(), one);
  for (const BackhaulSite& site : found.report.sites) {
    INFO(site.id);
    CHECK(site.way.meets_needs);
    CHECK_FALSE(site.way.availability < kBetween);
  }
  // Both hops of the way failed; B keeps its own, so that only A - B is lost, and told once.
  REQUIRE(found.hops.built.size() == 1);
  CHECK(found.hops.built[0].hop == 1);
  REQUIRE(found.hops.lost.size() == 1);
  CHECK(found.hops.lost[0].hop == 0);
  CHECK(found.hops.lost[0].degradation_db > kToleratedLoss_db);
  // With room for two channels nothing is lost.
  one.hops.microwave->bands[0].band_hz = {17.82e9, 19.72e9};
  const BackhaulWithHops wide = planned(chain(), one);
  CHECK(wide.hops.built.size() == 2);
  CHECK(wide.hops.lost.empty());
  CHECK(wide.report.sites[0].way.meets_needs);
}

// 16-QAM alone, on one channel: with 20.6 dB of margin left, as above, neither hop carries anything, and there is
// no cable.
TEST_CASE("hops: the bound is of layouts that reach the same sites") {
  Setting alone{.metre_jpy = 0.0};
  MicrowaveOffer& band = alone.hops.microwave->bands[0];
  band.band_hz = {18.71e9, 18.83e9};
  band.radio.tx_power_dbm = 14.0;
  band.radio.steps = {{"16qam", 20.42, 3.4}};
  band.dish_m = {0.6};
  const BackhaulWithHops found = planned(chain(), alone);
  CHECK(found.hops.lost.size() == 2);
  CHECK(found.report.layout.unreached.size() == 2);
  CHECK(found.report.layout.cost_jpy == 0);
  CHECK(found.report.layout.lower_bound_jpy == 0);
}

// The chain in a band with one channel is a bad pair. In the south, behind a wall, the same again at 2.5 km in a
// band of two channels that reaches no farther.
TEST_CASE("hops: a bad receiver does not hide what channels do to others") {
  Setting two{.metre_jpy = 1e5};
  for (int ix = 0; ix < 240; ++ix) two.world.ground.ground_asl_m.at(ix, 64) = 300.0F;
  MicrowaveOffer near = two.hops.microwave->bands[0];
  near.band_hz = {17.82e9, 18.06e9};
  near.longest_m = 3e3;
  near.radio.steps.push_back({"64qam", 26.55, 5.1});
  two.hops.microwave->bands[0].band_hz = {18.71e9, 18.83e9};
  near.radio.tx_power_dbm = 12.0;
  two.hops.microwave->bands.push_back(near);
  two.exchanges.push_back({.name = "Y", .at = {12'000.0, 850.0}});
  Network network = chain();
  network.sites.push_back(site("C", {9'500.0, 850.0}));
  network.sites.push_back(site("D", {14'500.0, 850.0}));
  const BackhaulWithHops found = planned(network, two);
  const std::vector<BuiltHop>& built = found.hops.built;
  REQUIRE(built.size() == 4);
  CHECK(built[0].degradation_db > kToleratedLoss_db);
  CHECK(built[1].degradation_db > kToleratedLoss_db);
  REQUIRE(built[2].with.offer.from == 2);
  REQUIRE(built[3].with.offer.from == 3);
  for (const std::size_t i : {2U, 3U}) {
    CHECK(built[i].with.band == 1);
    CHECK(built[i].with.offer.to == 5);
    CHECK(built[i].degradation_db <= kToleratedLoss_db);
  }
  // The centres of the two lower channels are 60 MHz apart.
  CHECK(std::abs(built[2].centre_hz[0] - built[3].centre_hz[0]) == Approx(60e6));
  // On one channel both would lose too much, but less than the bad pair does.
  two.hops.microwave->bands[1].band_hz = {17.82e9, 17.94e9};
  const BackhaulWithHops shared = planned(network, two);
  REQUIRE(shared.hops.built.size() == 4);
  for (const std::size_t i : {2U, 3U}) {
    CHECK(shared.hops.built[i].degradation_db > kToleratedLoss_db);
    CHECK(shared.hops.built[i].degradation_db < shared.hops.built[0].degradation_db);
  }
}

TEST_CASE("hops: the same for any number of threads") {
  const World world = ridge_world();
  HopOptions options{.microwave = microwave(), .threads = 1};
  const HopOffers one = hop_offers(world, chain(), kExchange, options);
  options.threads = 3;
  const HopOffers three = hop_offers(world, chain(), kExchange, options);
  REQUIRE(one.hops.size() == three.hops.size());
  for (std::size_t i = 0; i < one.hops.size(); ++i) {
    CHECK(one.hops[i].offer.terms.availability == three.hops[i].offer.terms.availability);
    CHECK(one.hops[i].sight.from_agl_m == three.hops[i].sight.from_agl_m);
  }
}

TEST_CASE("hops: light within reach where the weather allows it") {
  const World world = ridge_world();
  OpticsOptions optics{.availability = 0.99};
  optics.terminal = {.tx_power_dbm = 13.0, .sensitivity_dbm = -33.0, .rate_bps = 1e9};
  optics.weather.visibility = assumed_visibility();
  Network network = chain();
  network.sites[1].at = {5'000.0, 4'050.0};
  const HopOffers offers = hop_offers(world, network, kExchange, {.optics = optics});
  CHECK(offers.optics.tried == 1);
  REQUIRE(offers.hops.size() == 1);
  CHECK_FALSE(offers.hops[0].is_microwave());
  CHECK(offers.hops[0].offer.terms.capacity_bps == 1e9);
  CHECK(offers.hops[0].offer.terms.availability ==
        Approx(optics_service(optics.terminal, 1'000.0, optics.weather).availability()));
  optics.availability = 0.9999;
  CHECK(hop_offers(world, network, kExchange, {.optics = optics}).hops.empty());
}

// In the middle of 8 km at 17.82 GHz: F1 = sqrt(0.016823 x 4000 x 4000 / 8000) = 5.8008 m; the Earth bulges 0.9418
// m at k = 4/3 and 1.8835 m at 2/3.
TEST_CASE("hops: a hop as it is drawn") {
  World world = ridge_world();
  for (float& value : world.ground.ground_asl_m.values) value = 100.0F;
  const std::optional<HopView> view =
      hop_view(world.ground, {.at = {Point{2'000.0, 4'050.0}, Point{10'000.0, 4'050.0}},
                              .antenna_agl_m = {10.0, 20.0},
                              .freq_hz = 17.82e9});
  REQUIRE(view);
  const std::size_t middle = view->distance_m.size() / 2;
  CHECK(view->distance_m[middle] == Approx(4'000.0));
  CHECK(view->ray_m[middle] == Approx(115.0));
  CHECK(view->ground_m[middle] == Approx(100.9418).epsilon(1e-6));
  CHECK(view->worst_surface_m[middle] == Approx(101.8835).epsilon(1e-6));
  CHECK(view->fresnel_m[middle] == Approx(5.8008).epsilon(1e-4));
  CHECK(view->fresnel_m.front() == 0.0);
  CHECK(view->least_share < (115.0 - 100.9418) / 5.8008);
  CHECK(view->least_share > 2.0);
}
