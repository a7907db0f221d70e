#include "libsim/latency/radio_delay.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "libsim/latency/latency_faults.hpp"

namespace amaneku {
namespace {

constexpr double kMaxSlots = 1e5;
constexpr double kSameSlot = 1e-9;  // a burst that fills its slots does not take another for rounding

void check(const Reliability& reliability) {
  for (const auto& [key, bler] : {std::pair{"first_bler", reliability.first_bler},
                                  std::pair{"repetition_bler", reliability.repetition_bler}}) {
    if (!(bler >= 0.0 && bler <= 1.0)) refuse_latency(key, bler, "is no probability", "0 .. 1");
  }
  if (reliability.rlc_rounds < 0) refuse_latency("rlc_rounds", reliability.rlc_rounds, "is no number", ">= 0");
}

/// What one round of HARQ comes to: pieces that add up to 1 - failed, and when it is known that it failed.
struct HarqRound {
  std::vector<DelayPiece> success{};
  std::vector<DelayPiece> failure{};  ///< adds up to 1
  double failed = 1.0;
};

HarqRound harq_round(const SlotPattern& pattern, SlotUse use, const Reliability& reliability) {
  use.repetitions = reliability.repetitions;
  const std::vector<std::vector<DelayPiece>> attempts = attempt_delays(pattern, use);
  HarqRound out;
  double block_failed = reliability.first_bler;
  for (const std::vector<DelayPiece>& attempt : attempts) {
    // The burst is there when none of its blocks needs another attempt: 1 - (1 - p)^n.
    const double still = block_failed >= 1.0 ? 1.0 : -std::expm1(use.slots * std::log1p(-block_failed));
    for (DelayPiece piece : attempt) {
      piece.probability *= out.failed - still;
      out.success.push_back(piece);
    }
    out.failed = still;
    block_failed *= reliability.repetition_bler;
  }
  out.failure = attempts.back();
  return out;
}

/// The round succeeds, or RLC waits and `later` follows.
DelayDistribution with_later(const HarqRound& round, double rlc_wait_s, const DelayDistribution& later) {
  if (round.failed >= 1.0) return lost_delay(later.grid());
  std::vector<DelayPiece> arrived = round.success;
  for (DelayPiece& piece : arrived) piece.probability /= 1.0 - round.failed;
  const DelayDistribution failure = shifted(DelayDistribution(round.failure, later.grid()), rlc_wait_s);
  const std::vector<WeightedDelay> outcomes = {{1.0 - round.failed, DelayDistribution(arrived, later.grid())},
                                               {round.failed, sum(failure, later)}};
  return mixture(outcomes);
}

}  // namespace

DelayDistribution radio_delay(const SlotPattern& pattern, const SlotUse& use, const Reliability& reliability,
                              DelayGrid grid) {
  check(reliability);
  SlotUse block = use;
  block.slots = 1;
  const HarqRound again = harq_round(pattern, block, reliability);
  DelayDistribution later = lost_delay(grid);
  for (int i = 0; i < reliability.rlc_rounds; ++i) later = with_later(again, reliability.rlc_wait_s, later);
  return with_later(harq_round(pattern, use, reliability), reliability.rlc_wait_s, later);
}

int slots_of_burst(double bits, double rate_bps, const SlotPattern& pattern, Access access) {
  require_positive("bits", bits, "> 0 bit");
  require_positive("rate_bps", rate_bps, "> 0 bit/s");
  const int of_period = access == Access::downlink ? pattern.downlink_slots() : pattern.uplink_slots();
  if (of_period == 0) {
    throw InputError(
        Fault{.message = "has no slot of this direction", .key = "tdd_pattern", .value = pattern.slots});
  }
  const double slots = std::ceil(bits * of_period / (rate_bps * pattern.period_s()) - kSameSlot);
  if (slots > kMaxSlots) refuse_latency("bits", bits, "takes too many slots", "100000 slots at most");
  return std::max(1, static_cast<int>(slots));
}

}  // namespace amaneku
