// HARQ and RLC over the slots of a pattern, against a seeded walk of messages.
#include "libsim/latency/radio_delay.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr DelayGrid kGrid{.step_s = 20e-6, .horizon_s = 0.5};
const SlotPattern kPattern{.slots = "DDDSU"};
const SlotUse kDown{.access = Access::downlink, .times = ue_processing(1, 30e3)};

}  // namespace

TEST_CASE("without errors the radio is its first transmission") {
  const DelayDistribution delay = radio_delay(kPattern, kDown, {.first_bler = 0.0, .repetition_bler = 0.0}, kGrid);
  const std::vector<DelayPiece> pieces = attempt_delays(kPattern, kDown)[0];
  CHECK(delay.mean_s() == Approx(mean_s(pieces)).epsilon(1e-12));
  CHECK(delay.quantile_s(0.99) == Approx(quantile_s(pieces, 0.99)).margin(kGrid.step_s));
  CHECK(delay.tail() == Approx(0.0).margin(1e-12));
}

TEST_CASE("repetitions weigh by their probabilities, and what RLC does not save is lost") {
  const Reliability reliability{
      .first_bler = 0.1, .repetition_bler = 0.2, .repetitions = 2, .rlc_wait_s = 0.04, .rlc_rounds = 1};
  SlotUse use = kDown;
  use.repetitions = 2;
  const auto attempts = attempt_delays(kPattern, use);
  const double failed = 0.1 * 0.2 * 0.2;
  const double arrived_s =
      (0.9 * mean_s(attempts[0]) + 0.1 * 0.8 * mean_s(attempts[1]) + 0.1 * 0.2 * 0.8 * mean_s(attempts[2]));
  const DelayDistribution delay = radio_delay(kPattern, kDown, reliability, kGrid);
  CHECK(delay.tail() == Approx(failed * failed).epsilon(1e-9));
  CHECK(std::isinf(delay.mean_s()));
  const double of_all_s = arrived_s + failed * ((mean_s(attempts[2]) + 0.04) * (1.0 - failed) + arrived_s);
  CHECK(delay.mean_within_s() * (1.0 - delay.tail()) == Approx(of_all_s).epsilon(1e-9));
  // Beyond the last repetition there is nothing until RLC has waited.
  CHECK(delay.exceeding(0.03) == Approx(failed).epsilon(1e-6));
}

TEST_CASE("a seeded walk of messages through the attempts has the same distribution") {
  const Reliability reliability{
      .first_bler = 0.3, .repetition_bler = 0.4, .repetitions = 1, .rlc_wait_s = 0.02, .rlc_rounds = 1};
  const SlotUse up{.access = Access::scheduling_request, .times = ue_processing(1, 30e3)};
  SlotUse use = up;
  use.repetitions = 1;
  const auto attempts = attempt_delays(kPattern, use);
  std::mt19937 random(20240611);
  std::uniform_real_distribution<double> even(0.0, 1.0);
  const auto drawn_s = [&](const std::vector<DelayPiece>& pieces) {
    double share = even(random);
    for (const DelayPiece& piece : pieces) {
      if (share < piece.probability) return piece.from_s + (piece.to_s - piece.from_s) * share / piece.probability;
      share -= piece.probability;
    }
    return pieces.back().to_s;
  };
  constexpr int kMessages = 200'000;
  std::vector<double> delays_s;
  for (int i = 0; i < kMessages; ++i) {
    double delay_s = 0.0;
    for (int round = 0; round <= 1; ++round) {
      if (even(random) >= 0.3) {
        delays_s.push_back(delay_s + drawn_s(attempts[0]));
        break;
      }
      const double second_s = drawn_s(attempts[1]);
      if (even(random) >= 0.4) {
        delays_s.push_back(delay_s + second_s);
        break;
      }
      delay_s += second_s + 0.02;
    }
  }
  const DelayDistribution delay = radio_delay(kPattern, up, reliability, kGrid);
  CHECK(delay.tail() == Approx(1.0 - static_cast<double>(delays_s.size()) / kMessages).margin(1e-3));
  for (const double x_s : {0.003, 0.005, 0.008, 0.02, 0.03, 0.035, 0.05}) {
    CAPTURE(x_s);
    const auto in_time = std::count_if(delays_s.begin(), delays_s.end(), [&](double d) { return d <= x_s; });
    CHECK(delay.cdf(x_s) == Approx(static_cast<double>(in_time) / kMessages).margin(0.006));
  }
}

TEST_CASE("a burst is there when its last block is: seeded blocks, each with its own repetitions") {
  const Reliability reliability{.first_bler = 0.1, .repetition_bler = 0.2, .repetitions = 2};
  const SlotUse burst{.access = Access::configured_grant, .slots = 12, .times = ue_processing(1, 30e3)};
  SlotUse use = burst;
  use.repetitions = 1;
  const auto attempts = attempt_delays(kPattern, use);
  CHECK(mean_s(attempts[1]) - mean_s(attempts[0]) == Approx(2.5e-3));
  const DelayDistribution delay = radio_delay(kPattern, burst, reliability, kGrid);
  const double first_s = largest_s(attempts[0]);
  std::mt19937 random(8);
  std::bernoulli_distribution fails(0.1);
  std::bernoulli_distribution fails_again(0.2);
  std::uniform_real_distribution<double> phase(0.0, 2.5e-3);
  constexpr int kBursts = 100'000;
  int in_time = 0;
  int two_periods_later = 0;
  for (int i = 0; i < kBursts; ++i) {
    const double arrival_s = phase(random);
    double last_s = 0.0;
    for (int block = 0; block < 12; ++block) {
      double repetitions = 0.0;
      for (bool again = fails(random); again; again = fails_again(random)) repetitions += 1.0;
      last_s = std::max(last_s, (block + repetitions) * 2.5e-3);
    }
    const double delay_s = last_s - 11 * 2.5e-3 + first_s - arrival_s;
    in_time += delay_s <= first_s ? 1 : 0;
    two_periods_later += delay_s <= first_s + 2.5e-3 ? 1 : 0;
  }
  // Blocks that fail early are repeated before the last one is sent: the model errs upwards.
  CHECK(delay.cdf(first_s) <= in_time / double{kBursts} + 0.005);
  CHECK(delay.cdf(first_s + 2.5e-3) <= two_periods_later / double{kBursts} + 0.005);
  CHECK(delay.cdf(first_s) > std::pow(0.9, 12) - 0.005);
}

TEST_CASE("nothing arrives where every transmission fails") {
  CHECK(radio_delay(kPattern, kDown, {.first_bler = 1.0, .repetition_bler = 1.0}, kGrid).tail() == 1.0);
  CHECK_THROWS_AS(radio_delay(kPattern, kDown, {.first_bler = 1.5}, kGrid), InputError);
  CHECK_THROWS_AS(radio_delay(kPattern, kDown, {.repetitions = -1}, kGrid), InputError);
}

TEST_CASE("a burst fills the slots that the cell's rate gives it") {
  // 50 Mb/s through one U slot in 2.5 ms: 125 kbit a slot.
  CHECK(slots_of_burst(125e3, 50e6, kPattern, Access::scheduling_request) == 1);
  CHECK(slots_of_burst(125e3 + 1.0, 50e6, kPattern, Access::configured_grant) == 2);
  CHECK(slots_of_burst(1e6, 50e6, kPattern, Access::scheduling_request) == 8);
  // Downwards four slots share what the period carries.
  CHECK(slots_of_burst(125e3, 50e6, kPattern, Access::downlink) == 4);
  CHECK_THROWS_AS(slots_of_burst(1e6, 0.0, kPattern, Access::downlink), InputError);
  CHECK_THROWS_AS(slots_of_burst(1e6, 1.0, kPattern, Access::downlink), InputError);
}
