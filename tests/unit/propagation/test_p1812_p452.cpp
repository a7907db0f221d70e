#include <algorithm>
#include <cmath>
#include <vector>

#include "propagation/itu/p1812.hpp"
#include "propagation/itu/p452.hpp"
#include "propagation/itu/p452_clear_air.hpp"
#include "propagation/itu/p452_clutter17.hpp"
#include "propagation/itu/p452_time.hpp"
#include "propagation/models.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

Profile flat(std::size_t n, double spacing_m, double ground_asl_m = 0.0) {
  Profile profile;
  for (std::size_t i = 0; i < n; ++i) {
    profile.distance_m.push_back(spacing_m * static_cast<double>(i));
    profile.ground_asl_m.push_back(ground_asl_m);
  }
  return profile;
}

double term(const PathLoss& loss, std::string_view name) {
  for (const LossTerm& t : loss.terms) {
    if (t.name == name) return t.value;
  }
  FAIL("no term " << name);
  return 0.0;
}

PathZones zones_of(const std::vector<Zone>& zones, double spacing_m) {
  Profile profile = flat(zones.size(), spacing_m);
  profile.zone = zones;
  return extract_path(Link{}, profile.view()).zones;
}

constexpr Zone kSea = Zone::sea;
constexpr Zone kCoast = Zone::coast;
constexpr Zone kInland = Zone::inland;

}  // namespace

TEST_CASE("zones reach half-way to the neighbouring points") {
  const PathZones mixed = zones_of({kInland, kInland, kCoast, kSea, kSea, kCoast, kInland}, 1000.0);
  CHECK(mixed.sea_fraction == Approx(2.0 / 6.0));
  CHECK(mixed.longest_land_m == Approx(2500.0));
  CHECK(mixed.longest_inland_m == Approx(1500.0));
  CHECK(mixed.coast_distance_tx_m == Approx(2500.0));
  CHECK(mixed.coast_distance_rx_m == Approx(1500.0));
  CHECK(mixed.tx == kInland);
  CHECK(mixed.rx == kInland);

  const PathZones sea = zones_of({kSea, kSea, kSea}, 1000.0);
  CHECK(sea.sea_fraction == Approx(1.0));
  CHECK(sea.longest_land_m == 0.0);
  CHECK(sea.coast_distance_tx_m == 0.0);
  CHECK(sea.coast_distance_rx_m == 0.0);

  const PathZones land = zones_of({kInland, kInland, kInland}, 1000.0);
  CHECK(land.sea_fraction == 0.0);
  CHECK(land.longest_land_m == 2000.0);
  CHECK(land.longest_inland_m == 2000.0);
  CHECK(land.coast_distance_tx_m == 2000.0);

  const PathZones island = zones_of({kSea, kCoast, kInland, kSea, kInland}, 1000.0);
  CHECK(island.longest_land_m == Approx(2000.0));
  CHECK(island.longest_inland_m == Approx(1000.0));
  CHECK(island.coast_distance_tx_m == 0.0);
  CHECK(island.coast_distance_rx_m == Approx(500.0));
}

TEST_CASE("the approximation of the normal deviate and beta_0") {
  CHECK(itu::inverse_normal(0.5) == Approx(0.0).margin(1e-6));
  CHECK(itu::inverse_normal(0.1) == Approx(1.28155).margin(4.5e-4));
  CHECK(itu::inverse_normal(0.99) == Approx(-2.32635).margin(4.5e-4));
  CHECK(itu::inverse_normal(0.0) == itu::inverse_normal(1e-6));
  // The first published profile: 53.687 deg, 17.5 km of land, 12.5 km inland.
  const PathZones zones{.longest_land_m = 17'500.0, .longest_inland_m = 12'500.0};
  CHECK(itu::beta0_percent(53.68658428, zones) == Approx(4.26330636).margin(1e-6));
  CHECK(itu::beta0_percent(-53.68658428, zones) == itu::beta0_percent(53.68658428, zones));
}

TEST_CASE("losses added as powers") {
  CHECK(itu::power_sum_of_losses_db(100.0, 100.0) == Approx(100.0 - 5.0 * std::log10(2.0)));
  CHECK(itu::power_sum_of_losses_db(100.0, 1e9) == Approx(100.0));
}

TEST_CASE("P.452-17 clutter loss by hand") {
  // 28 GHz: F_fc = 1; an antenna at 5/8 of the clutter loses 10.25 exp(-0.02) - 0.33.
  CHECK(itu::height_gain_clutter_db(28e9, 12.5, {20.0, 20.0}) ==
        Approx(10.25 * std::exp(-0.02) - 0.33).margin(1e-6));
  CHECK(itu::height_gain_clutter_db(28e9, 20.0, {20.0, 20.0}) == 0.0);
  CHECK(itu::height_gain_clutter_db(28e9, 1.5, {0.0, 20.0}) == 0.0);
}

TEST_CASE("location variability: sign, height above the clutter, none at sea") {
  Profile profile = flat(101, 100.0);
  profile.clutter_m.assign(101, 0.0);
  profile.clutter_m.back() = 15.0;
  profile.zone.assign(101, kInland);
  const Link link{.freq_hz = 1e9, .tx_agl_m = 50.0, .rx_agl_m = 1.5};
  const P1812 median{};
  const P1812 most{.location_percent = 90.0};
  const PathGeometry path = extract_path(link, profile.view());
  const PathLoss covered = explain_terms(most, link, path);
  CHECK(term(covered, "location_sigma_db") == Approx((0.52 + 0.024) * std::pow(100.0, 0.28)));
  CHECK(covered.loss_db - loss_db(median, link, path) ==
        Approx(1.28155 * (0.52 + 0.024) * std::pow(100.0, 0.28)).margin(0.002));

  Link high = link;
  high.rx_agl_m = 20.0;
  CHECK(term(explain_terms(most, high, extract_path(high, profile.view())), "location_sigma_db") ==
        Approx(0.5 * (0.52 + 0.024) * std::pow(100.0, 0.28)));

  profile.zone.back() = kSea;
  CHECK(term(explain_terms(most, link, extract_path(link, profile.view())), "location_sigma_db") == 0.0);
}

TEST_CASE("clutter within 50 m of an antenna does not count in P.452-18, nor any in edition 17") {
  const Link link{.freq_hz = 6e9, .tx_agl_m = 10.0, .rx_agl_m = 10.0};
  const auto loss = [&](std::size_t at, P452::Edition edition) {
    Profile profile = flat(101, 40.0);
    profile.clutter_m.assign(101, 0.0);
    profile.clutter_m[at] = 30.0;
    return loss_db(P452{.edition = edition}, link, extract_path(link, profile.view(), Terrain::samples));
  };
  const double bare_db = loss(0, P452::Edition::p452_18);
  CHECK(loss(1, P452::Edition::p452_18) == bare_db);
  CHECK(loss(99, P452::Edition::p452_18) == bare_db);
  CHECK(loss(2, P452::Edition::p452_18) > bare_db + 5.0);
  CHECK(loss(98, P452::Edition::p452_18) > bare_db + 5.0);
  CHECK(loss(50, P452::Edition::p452_17) == loss(0, P452::Edition::p452_17));
}

TEST_CASE("rarer enhancements mean less loss") {
  Profile profile = flat(201, 500.0);
  profile.ground_asl_m[90] = 150.0;
  const Link link{.freq_hz = 2e9, .tx_agl_m = 30.0, .rx_agl_m = 10.0};
  const PathGeometry path = extract_path(link, profile.view());
  double before_1812 = 0.0;
  double before_452 = 0.0;
  for (const double percent : {1.0, 3.0, 10.0, 30.0, 50.0}) {
    const double p1812 = loss_db(P1812{.time_percent = percent}, link, path);
    const double p452 = loss_db(P452{.time_percent = percent}, link, path);
    CHECK(p1812 >= before_1812);
    CHECK(p452 >= before_452);
    before_1812 = p1812;
    before_452 = p452;
  }
}

TEST_CASE("degenerate paths and percentages give finite losses") {
  for (const double percent : {0.0, 1e-9, 50.0, 99.0, 100.0}) {
    for (const double agl_m : {0.0, 1e-9, 1.5, 1e4}) {
      for (const double spacing_m : {1e-3, 30.0, 1e6}) {
        for (const std::size_t n : {2U, 3U, 6U}) {
          const Profile profile = flat(n, spacing_m);
          const Link link{.freq_hz = 1e9, .tx_agl_m = agl_m, .rx_agl_m = agl_m};
          const PathGeometry path = extract_path(link, profile.view());
          INFO(percent << " % " << agl_m << " m, " << n << " points of " << spacing_m << " m");
          CHECK(std::isfinite(loss_db(P1812{.time_percent = percent, .location_percent = percent}, link, path)));
          CHECK(std::isfinite(loss_db(P452{.time_percent = percent}, link, path)));
          CHECK(std::isfinite(loss_db(P452{.edition = P452::Edition::p452_17,
                                           .time_percent = percent,
                                           .nominal_clutter_tx_m = 20.0,
                                           .nominal_clutter_rx_m = 20.0},
                                      link, path)));
        }
      }
    }
  }
}
