// One way over the radio: access, the slots of a burst, HARQ, and RLC where HARQ gives up.
#pragma once

#include "libsim/latency/delay_distribution.hpp"
#include "libsim/latency/slot_timeline.hpp"

namespace amaneku {

/// How blocks fail, one in each slot. Attempts fail independently of one another.
struct Reliability {
  double first_bler = 0.1;        ///< 0 .. 1, of the first transmission
  double repetition_bler = 0.01;  ///< 0 .. 1, of each HARQ repetition, given that all before it failed
  int repetitions = 3;            ///< HARQ, after the first transmission
  /// From the end of the last failed attempt until RLC (acknowledged mode) has the data ready anew: status report
  /// and timers (TS 38.322 5.3.3). The next attempt then begins at a phase of its own.
  double rlc_wait_s = 0.04;
  int rlc_rounds = 2;  ///< after these it is lost
};

/// The whole data of one message over the radio. Of a burst of n blocks P(all there by attempt k) = (1 - p_k)^n,
/// and the last block stands for the one that takes longest, which errs upwards; that failed blocks may wait for
/// one another's slots is left out, and RLC repeats one block. What is lost never arrives.
[[nodiscard]] DelayDistribution radio_delay(const SlotPattern& pattern, const SlotUse& use,
                                            const Reliability& reliability, DelayGrid grid);

/// Slots that a burst takes at a rate that the cell gives it on average, the share of the pattern off (as the maps
/// and RateCurve have it): each slot of the direction carries rate x period / slots of the direction. InputError:
/// a rate that is not positive (a cell that carries nothing has no delay), or more than 100,000 slots.
[[nodiscard]] int slots_of_burst(double bits, double rate_bps, const SlotPattern& pattern, Access access);

}  // namespace amaneku
