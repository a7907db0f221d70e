// Two modems: independent outages multiply, common ones do not, and a selection loses what switching takes.
#include "libsim/mobility/two_modems.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/libsim/route_world.hpp"

using namespace amaneku;
using namespace amaneku::mobility;

namespace {

// Under AddressSanitizer a drive takes twenty times as long: fewer show that nothing is touched that is not ours.
#ifdef __SANITIZE_ADDRESS__
constexpr std::uint64_t kRuns = 200;
#else
constexpr std::uint64_t kRuns = 1500;
#endif

/// One cell as strong everywhere as its noise allows: its shadow decides whether there is a link, anywhere alike.
RouteInput even_road(int site, std::uint64_t modem) {
  RouteInput out = test::road({.length_m = 6000.0, .cells = 1}, [](int, double) { return -124.0; });
  out.radio.cells[0].site = site;
  out.shadow = {.sigma_db = {6.0F}, .decorrelation_m = 50.0, .site_correlation = 0.0};
  out.modem = modem;
  return out;
}

Outage outage(double from_s, double to_s) {
  return {.from_m = 10.0 * from_s, .to_m = 10.0 * to_s, .from_s = from_s, .to_s = to_s};
}

/// Interval of a product of independent estimates, by the ends of both.
bool holds(const Estimate& estimate, double value) {
  return estimate.low <= value && value <= estimate.high;
}

}  // namespace

TEST_CASE("a given link is there for its share of the time, and its outages have their mean length") {
  const PreparedRoute route(even_road(0, 0));
  double out_s = 0.0;
  double outages = 0.0;
  double drives_s = 0.0;
  double at_start = 0.0;
  constexpr std::uint64_t kRuns = 4000;
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    const std::vector<Outage> found = given_outages({0.9, 4.0}, route.travel(), {7, run});
    for (const Outage& of : found) out_s += of.seconds();
    // Those that end within the drive begin at the rate of (1 - availability) / mean length.
    for (const Outage& of : found) outages += of.from_s > route.travel().start_s() ? 1.0 : 0.0;
    at_start += !found.empty() && found[0].from_s == route.travel().start_s() ? 1.0 : 0.0;
    drives_s += route.travel().end_s() - route.travel().start_s();
  }
  // 4000 drives of 300 s: a standard error of sqrt(2 x 0.1 x 0.9 x 3.6 / 1.2e6) = 0.0007 of the share.
  CHECK(out_s / drives_s == Approx(0.1).margin(0.003));
  CHECK(at_start / kRuns == Approx(0.1).margin(0.02));
  CHECK(outages / drives_s == Approx(0.1 / 4.0).margin(0.001));
  CHECK(given_outages({1.0, 4.0}, route.travel(), {7, 0}).empty());
  CHECK(given_outages({0.0, 4.0}, route.travel(), {7, 0})[0].to_m == Approx(6000.0));
  CHECK_THROWS_AS(given_outages({1.1, 4.0}, route.travel(), {7, 0}), InputError);
  CHECK_THROWS_AS(given_outages({0.9, 0.0}, route.travel(), {7, 0}), InputError);
}

TEST_CASE("outages that are independent multiply, a given link's with those of a network") {
  const PreparedRoute first(even_road(0, 0));
  const TwoModemStatistics found =
      two_modem_statistics({.first = first, .second = GivenLink{0.7, 3.0}}, {.seed = 3, .runs = kRuns});
  CHECK(found.first.share.value > 0.05);
  CHECK(found.first.share.value < 0.95);
  CHECK(holds(found.second.share, 0.3));
  CHECK(holds(found.duplication.share, found.first.share.value * 0.3));
  // Without a time to switch both ways of combining are without data at the same times.
  CHECK(found.selection.share.value == Approx(found.duplication.share.value).epsilon(1e-9));
}

TEST_CASE("outages of two networks multiply where their shadows are independent, not where they are common") {
  const PreparedRoute first(even_road(0, 0));
  const PreparedRoute apart(even_road(1, 1));
  const MonteCarlo drives{.seed = 3, .runs = kRuns};
  const TwoModemStatistics independent = two_modem_statistics({.first = first, .second = &apart}, drives);
  CHECK(holds(independent.duplication.share, independent.first.share.value * independent.second.share.value));

  const PreparedRoute same(even_road(0, 0));
  const TwoModemStatistics twins = two_modem_statistics({.first = first, .second = &same}, drives);
  CHECK(twins.duplication.share == twins.first.share);
  CHECK(twins.duplication.share.low > independent.duplication.share.high);

  // Half of the shadow in common: between the two.
  RouteInput half = even_road(0, 0);
  RouteInput other = even_road(1, 1);
  half.shadow.site_correlation = other.shadow.site_correlation = 0.5;
  const PreparedRoute half_first(half);
  const PreparedRoute half_second(other);
  const TwoModemStatistics common = two_modem_statistics({.first = half_first, .second = &half_second}, drives);
  CHECK(common.duplication.share.low > common.first.share.value * common.second.share.value);
  CHECK(common.duplication.share.high < common.first.share.low);
}

TEST_CASE("a selection is without data while it switches, and while neither has a link") {
  const std::vector<Outage> first = {outage(1.0, 2.0), outage(2.0, 3.0), outage(5.0, 5.2), outage(8.0, 9.0)};
  const std::vector<Outage> second = {outage(2.5, 4.0), outage(8.1, 8.4)};
  const std::vector<Interval> out = selection_out(first, second, 0.3);
  REQUIRE(out.size() == 4);
  CHECK(out[0].from_s == 1.0);  // touching outages of the first are one: it switches once
  CHECK(out[0].to_s == Approx(1.3));
  CHECK(out[0].to_m == Approx(13.0));
  CHECK(out[1].from_s == 2.5);
  CHECK(out[1].to_s == 3.0);
  CHECK(out[2].seconds() == Approx(0.2));  // shorter than switching
  CHECK(out[3].from_s == 8.0);
  CHECK(out[3].to_s == Approx(8.4));
}

TEST_CASE("two modems give the same figures for any number of threads, and refuse what cannot be") {
  const PreparedRoute first(even_road(0, 0));
  const auto share = [&](int threads) {
    return two_modem_statistics({.first = first, .second = GivenLink{0.7, 3.0}, .switch_s = 0.1},
                                {.seed = 5, .runs = 70, .threads = threads})
        .selection.share;
  };
  CHECK(share(1) == share(3));
  RouteInput faster = even_road(1, 1);
  for (double& t_s : faster.law.arrive_s) t_s *= 0.5;
  const PreparedRoute other(faster);
  CHECK_THROWS_AS(two_modem_statistics({.first = first, .second = &other}, {}), InputError);
  CHECK_THROWS_AS(two_modem_statistics({.first = first, .second = GivenLink{}, .switch_s = -1.0}, {}), InputError);
}

TEST_CASE("a cell of another operator interferes and is never asked for") {
  // Two masts of which the second is the stronger one from the middle on: as neighbour it takes over there; as
  // somebody else's it does not.
  RouteInput input = test::road({.length_m = 1000.0}, [](int cell, double at_m) {
    return cell == 0 ? -80.0 - 0.02 * at_m : -100.0 + 0.02 * at_m;
  });
  const PreparedRoute own(input);
  CHECK(route_link(own).run.handovers.size() == 1);
  input.radio.cells[1].serves = false;
  const PreparedRoute foreign(input);
  const RouteLink link = route_link(foreign);
  CHECK(link.run.handovers.empty());
  for (const int server : link.server) REQUIRE(server == 0);
}
