// The wait for a slot, exact: from every arrival phase of a slot pattern to the end of the transmission and of
// each HARQ repetition. All arrivals between two opportunities end together, so that the delay is even between two
// values for each opportunity of the period; nothing is sampled.
//
// Symbols of a slot are taken as equally long (the longer prefix every 0.5 ms is 16 kappa T_c, 0.5 us).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libsim/latency/delay_distribution.hpp"
#include "libsim/latency/ue_processing.hpp"
#include "libsim/radio/numerology.hpp"

namespace amaneku {

/// How the slots of a carrier follow one another.
struct SlotPattern {
  std::string slots = "DDDSU";  ///< of D, U, S; "F" alone: FDD, both directions in every slot
  SpecialSlot special{};
  double subcarrier_spacing_hz = 30e3;
  /// Downlink data in special slots. It occupies the slot's downlink symbols, or the whole slot where
  /// `special_counts_whole`, which errs upwards.
  bool special_carries_downlink = true;
  bool special_counts_whole = true;
  /// Scheduling requests and HARQ feedback in the last uplink symbol of special slots, besides the last of U
  /// slots.
  bool special_carries_feedback = false;

  [[nodiscard]] double slot_s() const noexcept { return 15.0 / subcarrier_spacing_hz; }
  [[nodiscard]] double period_s() const noexcept { return slot_s() * static_cast<double>(slots.size()); }
  /// Slots of a period that carry data upwards, or downwards.
  [[nodiscard]] int uplink_slots() const noexcept;
  [[nodiscard]] int downlink_slots() const noexcept;
};

/// How a device comes to send: it has slots of its own (configured grant), or asks first (scheduling request).
enum class Access : std::uint8_t { downlink, configured_grant, scheduling_request };

/// What is sent, and how often it may be repeated.
struct SlotUse {
  Access access = Access::scheduling_request;
  int slots = 1;        ///< that the data takes, a block in each, in the next ones of its direction
  int repetitions = 0;  ///< HARQ, after the first transmission
  ProcessingTimes times{};
};

/// Delay from arrival to the data decoded by the first transmission, by the first repetition and so on: [attempt].
/// Each transmission takes half of prepare_s before (half of decode_s before a scheduling request) and half of
/// decode_s after it. A request is heard after decode_s, granted in the first symbol of the next slot that carries
/// downlink, and sent prepare_s after that. A failed uplink transmission is granted anew in the same manner;
/// feedback of a failed downlink one goes decode_s after it in the next feedback symbol, and its repetition
/// decode_s after that. InputError: an empty pattern, another letter, no slot of the direction, no slot for
/// grants, no feedback symbol.
[[nodiscard]] std::vector<std::vector<DelayPiece>> attempt_delays(const SlotPattern& pattern, const SlotUse& use);

/// One transmission without slots, for TS 38.214 mini-slots in FDD: opportunities of `symbols` one after another
/// from the beginning of each slot of 14, as many as fit. Half of prepare_s, wait, transmission, half of decode_s.
/// InputError: symbols outside 1 .. 14.
[[nodiscard]] std::vector<DelayPiece> fdd_delay(double subcarrier_spacing_hz, int symbols, ProcessingTimes times);

}  // namespace amaneku
