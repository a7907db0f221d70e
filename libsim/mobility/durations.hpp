// How long the two halves of a handover last: known by quantiles, drawn by their inverse.
#pragma once

#include <vector>

#include "terrain/error.hpp"

namespace amaneku::mobility {

/// A distribution of durations by its quantiles. One quantile is a constant.
struct DurationQuantiles {
  std::vector<double> share{};       ///< rising, 0 < share < 1
  std::vector<double> duration_s{};  ///< [share] > 0, never falling
};

[[nodiscard]] DurationQuantiles constant_duration(double duration_s);

/// The duration that this share of all stays below, 0 <= share <= 1. Between quantiles its logarithm is linear in
/// the share; beyond the outer ones the line of the outermost pair goes on to 0 and to 1, so that the shortest and
/// the longest are finite. What lies beyond the outer quantiles is that assumption, not a measurement.
[[nodiscard]] double duration_s(const DurationQuantiles& quantiles, double share) noexcept;

/// The two halves. While preparation runs the old cell serves; from command to completed access nothing does.
struct Interruptions {
  DurationQuantiles preparation{};  ///< from the device's report to the command
  DurationQuantiles execution{};    ///< from the command to the completed random access
};

[[nodiscard]] std::vector<Fault> duration_faults(const DurationQuantiles& quantiles, const char* key);

/// Terms of the delay of a handover, TS 38.133 6.1.1.2; what a case of Annex A leaves out is 0.
struct HandoverDelay {
  double rrc_procedure_s = 0.010;
  double search_s = 0.0;  ///< of the target: 0 where it is known
  double interruption_uncertainty_s = 0.020;
  double processing_s = 0.020;
  double fine_tracking_s = 0.020;  ///< T_delta
  double margin_s = 0.002;
};
/// T_interrupt: all but the RRC procedure.
[[nodiscard]] double interruption_bound_s(const HandoverDelay& delay) noexcept;
/// From the command to the random access: no handover to a known cell may take longer.
[[nodiscard]] double handover_bound_s(const HandoverDelay& delay) noexcept;

}  // namespace amaneku::mobility
