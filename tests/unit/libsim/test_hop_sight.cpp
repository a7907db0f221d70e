// How high the antennas of a hop must be, and which masts see each other.
#include "libsim/backhaul/hop_sight.hpp"

#include <cmath>
#include <limits>

#include "libsim/backhaul/hop_pairs.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

/// 10 km at 100 m above the sea with one peak.
Profile with_peak(double peak_asl_m, std::size_t at = 50) {
  Profile out;
  for (std::size_t i = 0; i <= 100; ++i) {
    out.distance_m.push_back(100.0 * static_cast<double>(i));
    out.ground_asl_m.push_back(i == at ? peak_asl_m : 100.0);
  }
  return out;
}

constexpr double kFreq_hz = 18e9;

Ground hills(int nx, std::uint64_t seed) {
  return {.ground_asl_m = test::relief_square(nx, 50.0, seed)};
}

}  // namespace

// By hand, in the middle of 10 km at 18 GHz: F1 = 6.4527 m; the Earth bulges 1.4715 m at k = 4/3 and 2.9430 m at
// 2/3.
TEST_CASE("a peak in the middle asks for both antennas together") {
  const std::array<AntennaRange, 2> masts = {{{10.0, 60.0}, {10.0, 60.0}}};
  const HopSight sight = hop_sight(kFreq_hz, with_peak(130.0).view(), masts);
  REQUIRE(sight.state == HopSight::State::clear);
  const double needed_m = 30.0 + 1.4715 + 0.6 * 6.4527;
  CHECK(0.5 * (sight.from_agl_m + sight.to_agl_m) >= needed_m - 1e-3);
  CHECK(0.5 * (sight.from_agl_m + sight.to_agl_m) <= needed_m + 0.11);
  CHECK(sight.tightest.from_tx_m == 5000.0);
  CHECK(sight.tightest.fresnel_m == Approx(6.4527).epsilon(1e-4));
  CHECK(sight.tightest_rule == 0);
  CHECK(sight.tightest.spare_m >= 0.0);
}

TEST_CASE("a peak near the first mast is passed by raising that antenna alone") {
  const std::array<AntennaRange, 2> masts = {{{10.0, 60.0}, {10.0, 60.0}}};
  const HopSight sight = hop_sight(kFreq_hz, with_peak(130.0, 10).view(), masts);
  REQUIRE(sight.state == HopSight::State::clear);
  CHECK(sight.to_agl_m == Approx(10.0));
  CHECK(sight.from_agl_m > 30.0);
}

TEST_CASE("what obstructs is named with place and missing height") {
  const std::array<AntennaRange, 2> masts = {{{10.0, 20.0}, {10.0, 20.0}}};
  const HopSight sight = hop_sight(kFreq_hz, with_peak(130.0).view(), masts);
  CHECK(sight.state == HopSight::State::blocked);
  CHECK(sight.from_agl_m == 20.0);
  CHECK(sight.tightest.from_tx_m == 5000.0);
  CHECK(sight.tightest.spare_m == Approx(20.0 - 30.0 - 1.4715 - 0.6 * 6.4527).epsilon(1e-4));
}

TEST_CASE("the stricter rules of P.530 ask for more, and the worst k alone can decide") {
  const std::array<AntennaRange, 2> masts = {{{10.0, 60.0}, {10.0, 60.0}}};
  const auto strict = itu::clearance_rules({.k_999 = 0.5}, 10e3);
  const HopSight sight = hop_sight(kFreq_hz, with_peak(130.0).view(), masts, strict);
  // 1.0 F1 at 4/3: 1.4715 + 6.4527; 0.3 F1 at 0.5: 3.9240 + 1.9358.
  CHECK(0.5 * (sight.from_agl_m + sight.to_agl_m) == Approx(30.0 + 7.9242).margin(0.11));
  const SightRules worst = {{{4.0 / 3.0, 0.0}, {0.1, 0.0}}};
  CHECK(hop_sight(kFreq_hz, with_peak(130.0).view(), masts, worst).tightest_rule == 1);
}

TEST_CASE("no lower pair of heights keeps the rules: against trying all decimetres") {
  test::Random random(3);
  const std::array<AntennaRange, 2> masts = {{{5.0, 30.0}, {8.0, 25.0}}};
  int clear = 0;
  for (int round = 0; round < 60; ++round) {
    Profile profile = with_peak(100.0);
    const double rough_m = random.between(10.0, 45.0);
    for (double& ground_m : profile.ground_asl_m) ground_m += random.between(0.0, rough_m);
    profile.ground_asl_m.front() = profile.ground_asl_m.back() = 100.0;
    const HopSight sight = hop_sight(kFreq_hz, profile.view(), masts);
    double least_m = std::numeric_limits<double>::infinity();
    for (int a = 50; a <= 300; ++a) {
      for (int b = 80; b <= 250 && 0.1 * (a + b) < least_m; ++b) {
        const Link link{.freq_hz = kFreq_hz, .tx_agl_m = 0.1 * a, .rx_agl_m = 0.1 * b};
        bool kept = true;
        for (const itu::ClearanceRule& rule : kCustomaryRules) {
          kept = kept && itu::worst_clearance(link, profile.view(), rule).spare_m >= 0.0;
        }
        if (kept) least_m = 0.1 * (a + b);
      }
    }
    INFO(round);
    CHECK((sight.state == HopSight::State::clear) == std::isfinite(least_m));
    if (sight.state != HopSight::State::clear) continue;
    ++clear;
    CHECK(sight.tightest.spare_m >= -1e-9);
    CHECK(sight.from_agl_m + sight.to_agl_m <= least_m + 0.21);
  }
  CHECK(clear > 10);
  CHECK(clear < 60);
}

TEST_CASE("profiles cross clutter, and end at a void") {
  Ground ground = hills(60, 5);
  ground.clutter_m = ground.ground_asl_m;
  for (float& clutter_m : ground.clutter_m.values) clutter_m = 12.0F;
  const Point from = ground.ground_asl_m.grid.centre(5, 5);
  const Point to = ground.ground_asl_m.grid.centre(50, 40);
  const auto profile = hop_profile(ground, from, to);
  REQUIRE(profile);
  check_profile(profile->view());
  CHECK(profile->distance_m.back() == Approx(distance_m(from, to)));
  CHECK(profile->distance_m[1] <= 25.0);
  CHECK(profile->clutter_m.front() == 0.0);
  CHECK(profile->clutter_m[3] == 12.0);
  CHECK(profile->ground_asl_m.front() == Approx(ground.ground_asl_m.at(5, 5)));
  ground.ground_asl_m.at(27, 22) = std::numeric_limits<float>::quiet_NaN();
  CHECK_FALSE(hop_profile(ground, from, to));
  CHECK_FALSE(hop_profile(ground, from, {1e9, 1e9}));
  CHECK_THROWS_AS(hop_profile(ground, from, from), InputError);
}

TEST_CASE("pairs: all within reach, in order, alike on any number of threads") {
  const Ground ground = hills(200, 11);
  test::Random random(9);
  std::vector<HopMast> masts;
  for (int i = 0; i < 90; ++i)
    masts.push_back({{random.between(500, 9000), random.between(500, 9000)}, {5.0, 40.0}});
  const Grid& grid = ground.ground_asl_m.grid;
  for (HopMast& mast : masts) mast.at = {grid.west_m + mast.at.x_m, grid.south_m() + mast.at.y_m};
  HopSearch search{.freq_hz = kFreq_hz, .longest_m = 3000.0, .threads = 1};
  const std::vector<HopPair> one = hop_pairs(ground, masts, search);
  search.threads = 4;
  const std::vector<HopPair> four = hop_pairs(ground, masts, search);
  std::size_t expected = 0;
  for (std::size_t i = 0; i < masts.size(); ++i) {
    for (std::size_t j = i + 1; j < masts.size(); ++j) {
      const double length_m = distance_m(masts[i].at, masts[j].at);
      if (length_m >= 10.0 && length_m <= 3000.0) ++expected;
    }
  }
  REQUIRE(one.size() == expected);
  REQUIRE(four.size() == expected);
  std::size_t clear = 0;
  for (std::size_t i = 0; i < expected; ++i) {
    CHECK(one[i].from < one[i].to);
    CHECK(one[i].to == four[i].to);
    CHECK(one[i].sight.state == four[i].sight.state);
    CHECK(one[i].sight.from_agl_m == four[i].sight.from_agl_m);
    if (i > 0) CHECK(std::pair(one[i - 1].from, one[i - 1].to) < std::pair(one[i].from, one[i].to));
    if (one[i].sight.state == HopSight::State::clear) ++clear;
  }
  CHECK(clear > 0);
  CHECK(clear < expected);
  search.longest_m = 0.0;
  CHECK_THROWS_AS(hop_pairs(ground, masts, search), InputError);
  search.longest_m = 3000.0;
  masts[0].antenna = {50.0, 40.0};
  CHECK_THROWS_AS(hop_pairs(ground, masts, search), InputError);
}
