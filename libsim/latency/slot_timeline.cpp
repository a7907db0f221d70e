#include "libsim/latency/slot_timeline.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>

#include "libsim/latency/latency_faults.hpp"

namespace amaneku {
namespace {

constexpr double kSymbols = 14.0;
constexpr double kSameTime = 1e-9;  // of a slot: a time so close before an opportunity has it

bool carries_downlink(const SlotPattern& pattern, char slot) {
  const bool special = slot == 'S' && pattern.special_carries_downlink && pattern.special.downlink_symbols > 0;
  return slot == 'D' || slot == 'F' || special;
}

bool carries_uplink(char slot) {
  return slot == 'U' || slot == 'F';
}

bool carries_feedback(const SlotPattern& pattern, char slot) {
  const bool special = slot == 'S' && pattern.special_carries_feedback && pattern.special.uplink_symbols > 0;
  return carries_uplink(slot) || special;
}

void check(const SlotPattern& pattern) {
  if (pattern.slots != "F") (void)tdd_share(pattern.slots, pattern.special);
  require_positive("subcarrier_spacing_hz", pattern.subcarrier_spacing_hz, "15e3, 30e3, 60e3, 120e3");
}

/// Times count in slots from the beginning of a period; they may go on beyond it.
class Timeline {
 public:
  Timeline(const SlotPattern& pattern, const SlotUse& use)
      : pattern_(pattern),
        slots_(use.slots),
        access_(use.access),
        decode_(use.times.decode_s / pattern.slot_s()),
        prepare_(use.times.prepare_s / pattern.slot_s()) {}

  /// Before the first opportunity: of data, or of the request.
  [[nodiscard]] double lead() const {
    return access_ == Access::scheduling_request ? decode_ / 2.0 : prepare_ / 2.0;
  }

  /// Where data, or a request, may begin in the first period.
  [[nodiscard]] std::vector<double> opportunities() const {
    std::vector<double> out;
    for (std::size_t i = 0; i < pattern_.slots.size(); ++i) {
      const auto slot = static_cast<double>(i);
      if (access_ == Access::scheduling_request) {
        if (carries_feedback(pattern_, pattern_.slots[i])) out.push_back(slot + (kSymbols - 1.0) / kSymbols);
      } else if (carries_data(pattern_.slots[i])) {
        out.push_back(slot);
      }
    }
    return out;
  }

  /// When the last slot of data ends that is sent from an opportunity on, attempt by attempt.
  [[nodiscard]] std::vector<double> ends(double opportunity, int repetitions) const {
    std::vector<double> out;
    double end = access_ == Access::scheduling_request ? granted(opportunity + 1.0 / kSymbols, slots_)
                                                       : sent(opportunity, slots_);
    out.push_back(end);
    for (int i = 0; i < repetitions; ++i) {
      end = access_ == Access::downlink ? repeated_down(end) : granted(end, 1);
      out.push_back(end);
    }
    return out;
  }

  [[nodiscard]] double trail() const { return decode_ / 2.0; }

 private:
  [[nodiscard]] bool carries_data(char slot) const {
    return access_ == Access::downlink ? carries_downlink(pattern_, slot) : carries_uplink(slot);
  }

  [[nodiscard]] char slot_at(double index) const {
    return pattern_.slots[static_cast<std::size_t>(std::fmod(index, static_cast<double>(pattern_.slots.size())))];
  }

  /// Beginning of the first slot from `ready` on that suits; check() has made sure that there is one.
  [[nodiscard]] double next(double ready, const std::function<bool(char)>& suits) const {
    double index = std::ceil(ready - kSameTime);
    while (!suits(slot_at(index))) index += 1.0;
    return index;
  }

  /// Data that is ready: the end of its last slot.
  [[nodiscard]] double sent(double ready, int slots) const {
    double begin = next(ready, [&](char slot) { return carries_data(slot); });
    for (int i = 1; i < slots; ++i) begin = next(begin + 1.0, [&](char slot) { return carries_data(slot); });
    const bool shortened = slot_at(begin) == 'S' && !pattern_.special_counts_whole;
    return begin + (shortened ? pattern_.special.downlink_symbols / kSymbols : 1.0);
  }

  /// The base station has heard at `heard` that there is something to grant.
  [[nodiscard]] double granted(double heard, int slots) const {
    const double grant = next(heard + decode_, [&](char slot) { return carries_downlink(pattern_, slot); });
    return sent(grant + 1.0 / kSymbols + prepare_, slots);
  }

  [[nodiscard]] double repeated_down(double end) const {
    constexpr double kLast = (kSymbols - 1.0) / kSymbols;
    const double feedback =
        next(end + decode_ - kLast, [&](char slot) { return carries_feedback(pattern_, slot); }) + 1.0;
    return sent(feedback + decode_, 1);
  }

  const SlotPattern& pattern_;
  int slots_;
  Access access_;
  double decode_;   ///< slots
  double prepare_;  ///< slots
};

void check(const SlotPattern& pattern, const SlotUse& use) {
  check(pattern);
  const auto any = [&](const auto& suits) {
    return std::any_of(pattern.slots.begin(), pattern.slots.end(), suits);
  };
  const bool down = any([&](char slot) { return carries_downlink(pattern, slot); });
  const bool up = any(carries_uplink);
  const bool feedback = any([&](char slot) { return carries_feedback(pattern, slot); });
  const bool uplink = use.access != Access::downlink;
  const auto refuse = [&](const char* message) {
    throw InputError(Fault{.message = message, .key = "tdd_pattern", .value = pattern.slots});
  };
  if (uplink && !up) refuse("has no slot for uplink data");
  if (!uplink && !down) refuse("has no slot for downlink data");
  if (use.access == Access::scheduling_request && !down) refuse("has no slot for a grant");
  if (use.repetitions > 0 && !(uplink ? down : feedback)) refuse("has no slot to ask for a repetition");
  if (use.slots < 1) refuse_latency("slots", use.slots, "is no transmission", ">= 1");
  if (use.repetitions < 0) refuse_latency("repetitions", use.repetitions, "is no number", ">= 0");
}

}  // namespace

int SlotPattern::uplink_slots() const noexcept {
  return static_cast<int>(std::count_if(slots.begin(), slots.end(), carries_uplink));
}

int SlotPattern::downlink_slots() const noexcept {
  return static_cast<int>(
      std::count_if(slots.begin(), slots.end(), [&](char slot) { return carries_downlink(*this, slot); }));
}

std::vector<std::vector<DelayPiece>> attempt_delays(const SlotPattern& pattern, const SlotUse& use) {
  check(pattern, use);
  const Timeline timeline(pattern, use);
  const std::vector<double> begins = timeline.opportunities();
  const auto period = static_cast<double>(pattern.slots.size());
  std::vector<std::vector<DelayPiece>> out(static_cast<std::size_t>(use.repetitions) + 1);
  for (std::size_t i = 0; i < begins.size(); ++i) {
    // Whoever is ready after the opportunity before this one and up to it.
    const double before = i > 0 ? begins[i - 1] : begins.back() - period;
    const std::vector<double> ends = timeline.ends(begins[i], use.repetitions);
    for (std::size_t attempt = 0; attempt < ends.size(); ++attempt) {
      const double after = timeline.lead() + ends[attempt] + timeline.trail();
      out[attempt].push_back({.from_s = (after - begins[i]) * pattern.slot_s(),
                              .to_s = (after - before) * pattern.slot_s(),
                              .probability = (begins[i] - before) / period});
    }
  }
  return out;
}

std::vector<DelayPiece> fdd_delay(double subcarrier_spacing_hz, int symbols, ProcessingTimes times) {
  if (symbols < 1 || symbols > static_cast<int>(kSymbols)) {
    refuse_latency("symbols", symbols, "is no length of a transmission", "1 .. 14");
  }
  require_positive("subcarrier_spacing_hz", subcarrier_spacing_hz, "15e3, 30e3, 60e3, 120e3");
  const double symbol_s = 15.0 / subcarrier_spacing_hz / kSymbols;
  const int fitting = static_cast<int>(kSymbols) / symbols;
  const double fixed_s = times.prepare_s / 2.0 + symbols * symbol_s + times.decode_s / 2.0;
  std::vector<DelayPiece> out;
  for (int i = 0; i < fitting; ++i) {
    // The last opportunity of a slot is followed by the first of the next one.
    const double gap = i + 1 < fitting ? symbols : kSymbols - symbols * (fitting - 1);
    out.push_back({.from_s = fixed_s, .to_s = fixed_s + gap * symbol_s, .probability = gap / kSymbols});
  }
  return out;
}

}  // namespace amaneku
