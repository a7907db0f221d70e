// Many seeded drives along one route: what happens on average, how surely that is known, and where links are
// missing.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/mobility/link_run.hpp"

namespace amaneku::mobility {

/// A figure with the interval that holds the true one with 95 % confidence.
struct Estimate {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
  friend bool operator==(const Estimate&, const Estimate&) = default;
};

/// Mean of `n` independent values: Student's interval. `squares` is the sum of the squared deviations from the
/// mean. One value has no interval: then it is infinite.
[[nodiscard]] Estimate student_estimate(double mean, double squares, double n);
/// Share of `hits` in `trials`: Wilson's score interval. Without trials: 0 between 0 and 1.
[[nodiscard]] Estimate wilson_estimate(double hits, double trials);

struct MonteCarlo {
  std::uint64_t seed = 1;
  std::uint64_t runs = 1000;  ///< >= 1
  int threads = 0;            ///< 0: all; the result is the same bytes for any number
};

/// Of interruptions (from command to link) of completed handovers, in s; 0 where there was none.
struct InterruptionQuantiles {
  double p5_s = 0.0;
  double p50_s = 0.0;
  double p95_s = 0.0;
  double p99_s = 0.0;
  double longest_s = 0.0;
  friend bool operator==(const InterruptionQuantiles&, const InterruptionQuantiles&) = default;
};

struct RouteStatistics {
  std::uint64_t runs = 0;
  double length_km = 0.0;
  double drive_s = 0.0;
  // Per run: Student.
  Estimate handovers{};
  Estimate ping_pongs{};
  Estimate failures{};  ///< lost links: of radio_link and access
  Estimate lost_commands{};
  Estimate outage_s{};  ///< without a link but for completed handovers
  Estimate outage_s_per_km{};
  Estimate interruption_s{};  ///< from command to link, of completed handovers
  // Shares: Wilson, with as many trials as independent ones would tell (runs are independent, handovers of a run
  // are not).
  Estimate ping_pong_rate{};                ///< of completed handovers
  Estimate failure_rate{};                  ///< failures of completed handovers and failures
  Estimate runs_with_outage{};              ///< of runs
  InterruptionQuantiles interruption{};     ///< within 1.2 %: from a histogram
  std::vector<float> share_without_link{};  ///< [sample] of the runs, for any cause, handovers included
  std::vector<float> handovers_per_run{};   ///< [sample] commands per run between it and the next
  friend bool operator==(const RouteStatistics&, const RouteStatistics&) = default;
};

/// Memory grows with the route, not with the number of runs.
[[nodiscard]] RouteStatistics route_statistics(const PreparedRoute& route, const MonteCarlo& options);

}  // namespace amaneku::mobility
