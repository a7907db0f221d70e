// Time and frequency on a carrier: resource blocks of a numerology, shares of a TDD pattern.
#pragma once

#include <string_view>

#include "libsim/radio/technology.hpp"

namespace amaneku {

/// The width of a numerology's table. InputError where it has no such bandwidth, with those that it has.
[[nodiscard]] CarrierWidth carrier_width(const Numerology& numerology, double bandwidth_hz);

/// Symbols of a special slot ("S"); the rest of the slot's 14 is guard.
struct SpecialSlot {
  int downlink_symbols = 10;
  int uplink_symbols = 2;
};

/// Share of the symbols of a TDD pattern of slots "D", "U" and "S" (TS 38.213 11.1). InputError: an empty pattern,
/// another letter, more than 14 symbols in a special slot.
[[nodiscard]] TimeShare tdd_share(std::string_view pattern, SpecialSlot special);

}  // namespace amaneku
