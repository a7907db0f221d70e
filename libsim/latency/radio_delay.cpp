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
  for (std::size_t attempt = 0; attempt < attempts.size(); ++attempt) {
    const double fails = attempt == 0 ? reliability.first_bler : reliability.repetition_bler;
    for (DelayPiece piece : attempts[attempt]) {
      piece.probability *= out.failed * (1.0 - fails);
      out.success.push_back(piece);
    }
    out.failed *= fails;
  }
  out.failure = attempts.back();
  return out;
}

}  // namespace

DelayDistribution radio_delay(const SlotPattern& pattern, const SlotUse& use, const Reliability& reliability,
                              DelayGrid grid) {
  check(reliability);
  const HarqRound round = harq_round(pattern, use, reliability);
  if (round.failed >= 1.0) return lost_delay(grid);
  std::vector<DelayPiece> arrived = round.success;
  for (DelayPiece& piece : arrived) piece.probability /= 1.0 - round.failed;
  const DelayDistribution success(arrived, grid);
  const DelayDistribution again = shifted(DelayDistribution(round.failure, grid), reliability.rlc_wait_s);
  // From the last round backwards: success, or the time lost and one round fewer.
  DelayDistribution rest = lost_delay(grid);
  for (int i = 0; i <= reliability.rlc_rounds; ++i) {
    const DelayDistribution later = i == 0 ? rest : sum(again, rest);
    const std::vector<WeightedDelay> outcomes = {{1.0 - round.failed, success}, {round.failed, later}};
    rest = mixture(outcomes);
  }
  return rest;
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
