#include "libsim/radio/numerology.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr int kSymbolsPerSlot = 14;
constexpr double kSameWidth_hz = 1.0;  // widths are multiples of kHz: closer ones differ by rounding only

}  // namespace

CarrierWidth carrier_width(const Numerology& numerology, double bandwidth_hz) {
  std::vector<double> known_mhz;
  for (const Numerology::Width& width : numerology.widths) {
    if (std::fabs(width.bandwidth_hz - bandwidth_hz) < kSameWidth_hz) {
      return {.bandwidth_hz = width.bandwidth_hz,
              .subcarrier_spacing_hz = numerology.subcarrier_spacing_hz,
              .subcarriers = numerology.subcarriers_per_block * width.blocks,
              .symbols_per_s = numerology.symbols_per_s};
    }
    known_mhz.push_back(width.bandwidth_hz / 1e6);
  }
  throw InputError(Fault{.message = "the numerology " + numerology.id + " has no such width",
                         .key = "bandwidth_hz",
                         .value = fmt::format("{}", bandwidth_hz),
                         .legal = fmt::format("{} MHz", fmt::join(known_mhz, ", "))});
}

TimeShare tdd_share(std::string_view pattern, SpecialSlot special) {
  const auto refuse = [](std::string key, std::string value, std::string message, std::string legal) {
    throw InputError(Fault{.message = std::move(message),
                           .key = std::move(key),
                           .value = std::move(value),
                           .legal = std::move(legal)});
  };
  const auto quoted = [&] { return fmt::format("\"{}\"", pattern); };
  if (pattern.empty()) refuse("tdd_pattern", quoted(), "is empty", "slots D, U and S");
  if (special.downlink_symbols < 0 || special.uplink_symbols < 0 ||
      special.downlink_symbols + special.uplink_symbols > kSymbolsPerSlot) {
    refuse("special_slot_symbols", fmt::format("[{}, {}]", special.downlink_symbols, special.uplink_symbols),
           "are more symbols than a slot has", "together 0 .. 14");
  }
  int down = 0;
  int up = 0;
  for (const char slot : pattern) {
    if (slot == 'D') {
      down += kSymbolsPerSlot;
    } else if (slot == 'U') {
      up += kSymbolsPerSlot;
    } else if (slot == 'S') {
      down += special.downlink_symbols;
      up += special.uplink_symbols;
    } else {
      refuse("tdd_pattern", quoted(), fmt::format("has the unknown slot \"{}\"", slot), "slots D, U and S");
    }
  }
  const double all = kSymbolsPerSlot * static_cast<double>(pattern.size());
  return {.downlink = down / all, .uplink = up / all};
}

}  // namespace amaneku
