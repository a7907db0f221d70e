// What the traffic of a base station travels over on its way to an exchange.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace amaneku {

enum class Medium : std::uint8_t {
  aerial,     ///< a new cable on poles
  buried,     ///< a new cable in the ground
  duct,       ///< a new cable in a duct that is there
  bridge,     ///< a new cable under the deck of a bridge
  tunnel,     ///< a new cable in a road tunnel
  existing,   ///< fibres of a cable that is there
  submarine,  ///< a new cable on the sea bed
  microwave,
  optics,  ///< free-space optics
  iab,     ///< over the access carrier of a neighbouring site (integrated access and backhaul)
  satellite,
  leased  ///< a line or service of somebody else
};
inline constexpr std::size_t kMediumCount = 12;
inline constexpr std::array<std::string_view, kMediumCount> kMediumWords = {
    "aerial",    "buried",    "duct",   "bridge", "tunnel",    "existing",
    "submarine", "microwave", "optics", "iab",    "satellite", "leased"};  ///< [Medium]

[[nodiscard]] constexpr std::size_t index_of(Medium medium) noexcept {
  return static_cast<std::size_t>(medium);
}
/// Fibre, whoever owns it.
[[nodiscard]] constexpr bool is_cable(Medium medium) noexcept {
  return medium <= Medium::submarine;
}
/// Fibre that the plan lays.
[[nodiscard]] constexpr bool is_new_cable(Medium medium) noexcept {
  return is_cable(medium) && medium != Medium::existing;
}

/// A radio or optical link between two masts of the plan.
[[nodiscard]] constexpr bool is_hop(Medium medium) noexcept {
  return medium >= Medium::microwave && medium <= Medium::iab;
}

}  // namespace amaneku
