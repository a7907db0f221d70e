#include "libsim/latency/round_trip.hpp"

#include <cmath>

#include "libsim/latency/latency_faults.hpp"

namespace amaneku {

CoreDelay fit_core_delay(std::span<const double> round_trips_s, const DelayDistribution& radio,
                         double late_limit_s) {
  double number = 0.0;
  double sum_s = 0.0;
  double squares_s2 = 0.0;
  for (const double round_trip_s : round_trips_s) {
    if (!(round_trip_s <= late_limit_s)) continue;
    number += 1.0;
    sum_s += round_trip_s;
    squares_s2 += round_trip_s * round_trip_s;
  }
  if (number == 0.0) refuse_latency("round_trips_s", 0.0, "has none within the limit", "one or more");
  const double mean_s = sum_s / number;
  const double variance_s2 = squares_s2 / number - mean_s * mean_s - radio.variance_within_s2();
  if (variance_s2 < 0.0) {
    refuse_latency("round_trips_s", variance_s2, "vary less than the radio does", "a variance above the radio's");
  }
  const CoreDelay out{.constant_s = mean_s - radio.mean_within_s() - std::sqrt(variance_s2),
                      .exponential_s = std::sqrt(variance_s2)};
  if (out.constant_s < 0.0) {
    refuse_latency("round_trips_s", mean_s, "are faster than the radio and a core of their variance",
                   "a mean above the radio's");
  }
  return out;
}

LateAnswers late_answers(std::span<const double> round_trips_s, double late_limit_s) {
  LateAnswers out;
  for (const double round_trip_s : round_trips_s) {
    if (round_trip_s > late_limit_s) out.delays_s.push_back(round_trip_s);
  }
  if (!round_trips_s.empty()) {
    out.share = static_cast<double>(out.delays_s.size()) / static_cast<double>(round_trips_s.size());
  }
  return out;
}

DelayDistribution round_trip(const DelayDistribution& radio, const CoreDelay& core, const LateAnswers& late) {
  const DelayGrid grid = radio.grid();
  DelayDistribution out = shifted(radio, core.constant_s);
  if (core.exponential_s > 0.0) out = sum(out, exponential_delay(core.exponential_s, grid));
  if (late.share == 0.0) return out;
  const std::vector<WeightedDelay> outcomes = {{1.0 - late.share, out},
                                               {late.share, delay_of_samples(late.delays_s, grid)}};
  return mixture(outcomes);
}

}  // namespace amaneku
