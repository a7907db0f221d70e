// What hops do to each other.
#include "libsim/backhaul/hop_interference.hpp"

#include <cmath>

#include "propagation/itu/f699.hpp"
#include "propagation/itu/p525.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

/// 38 dBi at both ends, 18 GHz.
HopCarrier carrier(Point from, Point to) {
  return {.tx = {from, 140.0, 38.0},
          .rx = {to, 140.0, 38.0},
          .centre_hz = 18e9,
          .channel_hz = 56e6,
          .power_dbm = 20.0,
          .rx_feeder_loss_db = 1.0,
          .noise_dbm = -90.5};
}

}  // namespace

// Rec. F.699-8 recommends 2.2 and 2.1, by hand. 38 dBi: D / lambda = 32.73, first lobe 24.725 dBi from 2.23
// degrees on.
TEST_CASE("f699: the envelope of small and large dishes") {
  CHECK(itu::f699_gain_dbi(38.0, 0.0) == 38.0);
  CHECK(itu::f699_gain_dbi(38.0, 1.0) == Approx(38.0 - 2.5e-3 * 1071.5193).epsilon(1e-6));
  CHECK(itu::f699_gain_dbi(38.0, 2.5) == Approx(24.725));
  CHECK(itu::f699_gain_dbi(38.0, 5.0) == Approx(52.0 - 15.15 - 17.47425).epsilon(1e-6));
  CHECK(itu::f699_gain_dbi(38.0, 20.0) == Approx(4.32425).epsilon(1e-5));
  CHECK(itu::f699_gain_dbi(38.0, 90.0) == Approx(-5.15));
  CHECK(itu::f699_gain_dbi(48.0, 10.0) == Approx(7.0));
  CHECK(itu::f699_gain_dbi(48.0, 180.0) == Approx(-10.0));
  double before_dbi = 100.0;
  for (double phi = 0.0; phi <= 180.0; phi += 0.01) {
    const double now_dbi = itu::f699_gain_dbi(45.0, phi);
    // The Recommendation itself steps up by 0.03 dB where its back lobe begins.
    const double step_dbi = std::abs(phi - 48.0) < 0.011 ? 0.04 : 1e-9;
    CHECK(now_dbi <= before_dbi + step_dbi);
    before_dbi = now_dbi;
  }
}

// Two parallel hops of 10 km to the north, 2 km apart: 11.31 degrees at both ends, 10198 m.
TEST_CASE("interference: two parallel hops by hand") {
  const std::vector<HopCarrier> pair = {carrier({0, 0}, {0, 10e3}), carrier({2e3, 0}, {2e3, 10e3})};
  const std::vector<HopInterference> found = hop_interference(pair, nullptr, 1);
  const double side_dbi = 52.0 - 15.15 - 25.0 * std::log10(std::atan(0.2) * 180.0 / 3.14159265358979);
  const double path_db = 20.0 * std::log10(4.0 * 3.14159265358979 * std::hypot(2e3, 10e3) * 18e9 / 299792458.0);
  const double expected_dbm = 20.0 + 2.0 * side_dbi - path_db - 1.0;
  REQUIRE(found.size() == 2);
  CHECK(found[0].interference_dbm == Approx(expected_dbm).margin(0.02));
  CHECK(found[0].strongest == 1);
  CHECK(found[0].degradation_db ==
        Approx(10.0 * std::log10(1.0 + std::pow(10.0, 0.1 * (expected_dbm + 90.5)))).margin(0.01));
  CHECK(found[1].interference_dbm == Approx(found[0].interference_dbm));
  CHECK(found[0].same_mast == -1);
}

TEST_CASE("interference: powers of several add in milliwatts; other channels do nothing") {
  std::vector<HopCarrier> plan = {carrier({0, 0}, {0, 10e3}), carrier({2e3, 0}, {2e3, 10e3}),
                                  carrier({-2e3, 0}, {-2e3, 10e3})};
  const double three_dbm = hop_interference(plan, nullptr, 1)[0].interference_dbm;
  plan[2].centre_hz += 100e6;
  const HopInterference two = hop_interference(plan, nullptr, 1)[0];
  CHECK(three_dbm - two.interference_dbm == Approx(3.0103).margin(1e-3));
  plan[1].centre_hz += 28e6;
  CHECK(two.interference_dbm - hop_interference(plan, nullptr, 1)[0].interference_dbm ==
        Approx(3.0103).margin(0.02));
  plan[1].centre_hz += 28e6;
  const HopInterference none = hop_interference(plan, nullptr, 1)[0];
  CHECK(std::isinf(none.interference_dbm));
  CHECK(none.degradation_db == 0.0);
  CHECK(none.strongest == -1);
}

TEST_CASE("interference: hills protect, a transmitter on the receiver's mast is named") {
  Ground ground{.ground_asl_m = test::relief_square(300, 50.0, 2)};
  for (float& asl_m : ground.ground_asl_m.values) asl_m = 100.0F;
  const Grid& grid = ground.ground_asl_m.grid;
  const auto at = [&](double x_m, double y_m) { return Point{grid.west_m + x_m, grid.south_m() + y_m}; };
  std::vector<HopCarrier> plan = {carrier(at(3e3, 1e3), at(3e3, 11e3)), carrier(at(5e3, 1e3), at(5e3, 11e3)),
                                  carrier(at(3e3, 11e3), at(3e3, 1e3))};
  const HopInterference free = hop_interference(plan, nullptr, 1)[0];
  CHECK(free.same_mast == 2);
  const HopInterference open = hop_interference(plan, &ground, 2)[0];
  CHECK(open.interference_dbm == Approx(free.interference_dbm).margin(1e-9));
  for (int ix = 75; ix < 84; ++ix) {
    for (int iy = 0; iy < grid.ny; ++iy) ground.ground_asl_m.at(ix, iy) = 260.0F;
  }
  CHECK(hop_interference(plan, &ground, 2)[0].interference_dbm < free.interference_dbm - 20.0);
}
