// Round trips through a network: radio both ways and what lies behind it, fitted to measured ones.
#pragma once

#include <span>
#include <vector>

#include "libsim/latency/delay_distribution.hpp"

namespace amaneku {

/// What a measured network adds to the radio: a constant and an exponential part (core, transport, servers), and,
/// rarely, a late answer for reasons of its own (outage, handover, repair).
struct CoreDelay {
  double constant_s = 0.0;
  double exponential_s = 0.0;  ///< its mean; 0: none
};

/// By moments of the round trips up to `late_limit_s`: mean and variance less those of the radio. InputError: none
/// of them, or a mean or variance below the radio's: that radio cannot be part of these round trips.
[[nodiscard]] CoreDelay fit_core_delay(std::span<const double> round_trips_s, const DelayDistribution& radio,
                                       double late_limit_s);

/// Round trips beyond the limit, late for reasons of their own (outage, handover): how many of all, and how they
/// are distributed.
struct LateAnswers {
  double share = 0.0;              ///< 0 .. 1
  std::vector<double> delays_s{};  ///< as seen, each with the same weight
};
[[nodiscard]] LateAnswers late_answers(std::span<const double> round_trips_s, double late_limit_s);

/// Radio and core; late answers have their own delay instead. The result has the radio's grid.
[[nodiscard]] DelayDistribution round_trip(const DelayDistribution& radio, const CoreDelay& core,
                                           const LateAnswers& late = {});

}  // namespace amaneku
