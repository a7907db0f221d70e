// The delay of a whole service: its parts in order, their sum, and what interruptions (handovers) add.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/latency/delay_distribution.hpp"
#include "libsim/latency/video_chain.hpp"

namespace amaneku {

/// Interruptions of one length, so many a second of service time.
struct Interruption {
  double length_s = 0.0;
  double per_s = 0.0;
};

/// A message comes at a random time: with the share of time that interruptions of a length take it meets one, and
/// waits for what is left of it, even over its length. Otherwise nothing. InputError: lengths or rates below 0,
/// all of the time interrupted.
[[nodiscard]] DelayDistribution interruption_delay(std::span<const Interruption> interruptions, DelayGrid grid);

struct EndToEndOptions {
  double deadline_s = 0.1;
  std::vector<Interruption> interruptions{};
  std::string interruption_source{};
  bool interruptions_verified = false;
  /// Independent Monte-Carlo runs from which the interruptions come; 0: they are given, and there is no bound.
  int runs = 0;
  double confidence = 0.95;  ///< of the bound, between 0 and 1
};

/// One line for the reader.
struct PartFigures {
  std::string name;
  double mean_s = 0.0;         ///< infinite where some never arrives
  double mean_within_s = 0.0;  ///< of what arrives within the horizon
  double arrives = 0.0;        ///< the share that does, 0 .. 1
  double p99_s = 0.0;          ///< of the part by itself; these do not add up
  std::string source{};
  bool verified = false;
};

struct EndToEndResult {
  std::vector<PartFigures> parts{};  ///< in order, interruptions last where there are any
  DelayDistribution delay;
  double mean_s = 0.0;
  double p50_s = 0.0;
  double p95_s = 0.0;
  double p99_s = 0.0;
  double p999_s = 0.0;
  double within_deadline = 0.0;  ///< P(T <= deadline)
  /// Below which P(T <= deadline) does not lie, at that confidence, one-sided: Clopper-Pearson over the runs, each
  /// counted as one independent message (those of one run are not independent), late ones rounded up. Absent
  /// without runs.
  std::optional<double> within_deadline_bound{};
};

/// Parts are independent of one another. InputError: no parts, a confidence outside 0 .. 1.
[[nodiscard]] EndToEndResult end_to_end(std::span<const LatencyPart> parts, const EndToEndOptions& options);

/// The bound by itself: the smallest share that is compatible with `share` having been seen in `trials`.
[[nodiscard]] double lower_bound_of_share(double share, int trials, double confidence);

}  // namespace amaneku
