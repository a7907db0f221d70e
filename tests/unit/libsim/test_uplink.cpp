#include <cmath>
#include <limits>

#include "libsim/radio/uplink.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// 100 MHz at 30 kHz, one curve of two steps: 1 bit from 0 dB, 4 bits from 15 dB.
Carrier two_step_carrier() {
  Carrier carrier;
  carrier.width = {100e6, 30e3, 3276, 28'000.0};
  carrier.share = {.downlink = 0.75, .uplink = 0.25};
  carrier.uplink_curve = {.id = "two", .source = "test", .verified = true, .steps = {{0.0, 1.0}, {15.0, 4.0}}};
  carrier.base_noise_dbm = noise_dbm(30e3, 5.0);
  carrier.device = {.power_dbm = 23.0, .gain_dbi = 0.0, .p0_dbm = -100.0, .alpha = 1.0};
  return carrier;
}

constexpr double kBlockRate = 12 * 28'000.0 * 0.25;  // of one bit

}  // namespace

TEST_CASE("a near device sends at the level that power control asks for in every block") {
  const UplinkRates rates(two_step_carrier(), 0.0);
  const UplinkChoice near = rates.choose(80.0);
  CHECK(near.resource_blocks == 273);
  // 30 kHz: 3.01 dB more in a block than at 15 kHz (TS 38.213 7.1.1)
  const double block_dbm = -20.0 + 10.0 * std::log10(2.0);
  CHECK(near.block_power_dbm == Approx(block_dbm));
  CHECK(near.power_dbm == Approx(block_dbm + 10.0 * std::log10(273.0)));
  // -97 dBm over the noise of a block: 16.4 dB, the second step
  CHECK(near.sinr_db == Approx(block_dbm - 80.0 - noise_dbm(360e3, 5.0)));
  CHECK(near.rate_bps == Approx(4.0 * 273 * kBlockRate));
}

TEST_CASE("a far device gives up blocks until the first step carries") {
  const UplinkRates rates(two_step_carrier(), 0.0);
  // 23 dBm - 10 log10(n) - L >= noise of a block: n <= 10^((23 - L + 113.41) / 10)
  const double limit = std::pow(10.0, (23.0 - 120.0 - noise_dbm(360e3, 5.0)) / 10.0);
  const UplinkChoice far = rates.choose(120.0);
  CHECK(far.resource_blocks == static_cast<int>(limit));
  CHECK(far.power_dbm == Approx(23.0));
  CHECK(far.rate_bps == Approx(far.resource_blocks * kBlockRate));
  CHECK(rates.choose(137.0).resource_blocks == 0);
  CHECK(rates.choose(136.0).resource_blocks == 1);
}

TEST_CASE("noise rise costs its decibels of reach") {
  const UplinkRates quiet(two_step_carrier(), 0.0);
  const UplinkRates loud(two_step_carrier(), 3.0);
  CHECK(quiet.largest_loss_db(1.0) - loud.largest_loss_db(1.0) == Approx(3.0).margin(0.1001));
  CHECK(std::isinf(quiet.largest_loss_db(1e12)));
}

TEST_CASE("the table is the choice at the next tenth of a decibel, never more") {
  const UplinkRates rates(two_step_carrier(), 1.0);
  for (double loss_db = 60.0; loss_db < 150.0; loss_db += 0.37) {
    CAPTURE(loss_db);
    CHECK(rates.at(loss_db).rate_bps <= rates.choose(loss_db).rate_bps + 1e-9);
    CHECK(rates.at(loss_db).rate_bps == Approx(rates.choose(std::ceil(loss_db * 10.0 - 1e-9) / 10.0).rate_bps));
  }
  CHECK(rates.at(std::numeric_limits<double>::quiet_NaN()).rate_bps == 0.0);
  CHECK(rates.at(300.0).rate_bps == 0.0);
}

TEST_CASE("without compensation the device always sends all it has") {
  Carrier carrier = two_step_carrier();
  carrier.device.alpha = 0.0;
  CHECK(UplinkRates(carrier, 0.0).choose(60.0).power_dbm == Approx(23.0));
}

TEST_CASE("a carrier of no whole number of blocks loses none of it") {
  Carrier carrier = two_step_carrier();
  carrier.width.subcarriers = 52;
  carrier.device.alpha = 0.0;
  const UplinkChoice near = UplinkRates(carrier, 0.0).choose(60.0);
  CHECK(near.resource_blocks == 4);
  CHECK(near.rate_bps == Approx(4.0 * 52 * 28'000.0 * 0.25));
  CHECK(near.sinr_db == Approx(23.0 - 60.0 - noise_dbm(52 * 30e3, 5.0)));
}

TEST_CASE("no other number of blocks carries more than the one that is taken") {
  Carrier carrier = two_step_carrier();
  // The steps of a real curve lie close together: seven of them, from 0.15 to 5.5 bits.
  carrier.uplink_curve.steps = {{-6.7, 0.15}, {-2.3, 0.6}, {1.9, 1.2}, {5.9, 1.9},
                                {10.3, 3.3},  {14.1, 4.5}, {19.0, 5.5}};
  for (const double alpha : {1.0, 0.8, 0.0}) {
    carrier.device.alpha = alpha;
    const UplinkRates rates(carrier, 2.0);
    for (double loss_db = 70.0; loss_db < 150.0; loss_db += 0.73) {
      double best_bps = 0.0;
      for (int n = 1; n <= 273; ++n) {
        const double all_dbm = 23.0 - 10.0 * std::log10(static_cast<double>(n));
        const double asked_dbm = alpha > 0.0 ? -100.0 + 10.0 * std::log10(2.0) + alpha * loss_db : all_dbm;
        const double sinr_db = std::min(all_dbm, asked_dbm) - loss_db - noise_dbm(360e3, 5.0) - 2.0;
        double bits = 0.0;
        for (const auto& step : carrier.uplink_curve.steps)
          bits = sinr_db >= step.sinr_db ? step.bits_per_symbol : bits;
        best_bps = std::max(best_bps, n * bits * kBlockRate);
      }
      CAPTURE(alpha, loss_db);
      CHECK(rates.choose(loss_db).rate_bps == Approx(best_bps));
    }
  }
}
