// The legal ranges of what a link is made of, and its words: one place for scenarios, JSON lines and Python.
// Defaults are those of Link. A model may vouch for less: that is flagged, not refused.
#pragma once

#include <optional>
#include <string_view>

#include "propagation/geometry.hpp"
#include "terrain/range.hpp"

namespace amaneku {

struct LinkRanges {
  static constexpr Range freq_hz{1.0e5, 1.0e15};  ///< long wave to light
  static constexpr Range agl_m{0.0, 100'000.0};   ///< of either antenna
  static constexpr Range delta_n{0.0, 150.0};     ///< ITU-R P.452-18 eq. (5) has its pole at 157
  static constexpr Range effective_earth_radius_m{6.0e6, 1.0e9};
  static constexpr Range n0{200.0, 500.0};
  static constexpr Range latitude_deg{-90.0, 90.0};
};

inline constexpr std::string_view kPolarizationWords = "v, vertical, h, horizontal";
/// One of kPolarizationWords; nullopt for any other.
[[nodiscard]] constexpr std::optional<Polarization> polarization_of(std::string_view word) noexcept {
  if (word == "v" || word == "vertical") return Polarization::vertical;
  if (word == "h" || word == "horizontal") return Polarization::horizontal;
  return std::nullopt;
}

}  // namespace amaneku
