// Words of files for the enumerations of libsim/economics; each list is in the order of its enumeration.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace amaneku::scenarios {

inline constexpr std::array kQuantityWords = {
    "turnkey",         "mast",           "rooftop",     "upgrade",   "new_station",     "sectors",
    "grid_m",          "road_m",         "autonomy_h",  "generator", "aerial_m",        "buried_m",
    "submarine_m",     "landings",       "duct_m",      "bridge_m",  "tunnel_m",        "existing_m",
    "further_cable_m", "microwave_ends", "optics_ends", "iab_links", "satellite_links", "leased_lines",
    "station",         "capex_share"};
inline constexpr std::array kPaymentWords = {"once", "yearly"};
inline constexpr std::array kSharingWords = {"none", "passive", "radio", "core"};
inline constexpr std::array kBuildWords = {"turnkey", "mast", "rooftop", "upgrade", "standing"};

template <std::size_t N>
[[nodiscard]] std::vector<std::string> words_of(const std::array<const char*, N>& words) {
  return {words.begin(), words.end()};
}

/// The enumerator of a word that was checked before.
template <class Enum, std::size_t N>
[[nodiscard]] Enum enumerator(const std::array<const char*, N>& words, std::string_view word) {
  return static_cast<Enum>(std::find(words.begin(), words.end(), word) - words.begin());
}

}  // namespace amaneku::scenarios
