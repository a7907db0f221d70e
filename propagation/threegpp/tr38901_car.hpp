// 3GPP TR 38.901 clause 7.4.3.2: loss into cars, on top of an outdoor loss.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku {

/// 3GPP TR 38.901 v19.4, mean loss into a car.
struct Tr38901Car {
  enum class Windows : std::uint8_t { plain, metallised };

  Windows windows = Windows::plain;

  static constexpr std::string_view id = "tr38901_car";
  static constexpr std::string_view title = "3GPP car penetration";
  static constexpr std::string_view source = "3GPP TR 38.901 v19.4.0, clause 7.4.3.2";
  static constexpr Role role = Role::added;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{0.6e9, 60e9}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static constexpr std::array<std::string_view, 0> notes{};
  static constexpr std::array<Field<Tr38901Car>, 0> fields{};
  static const std::array<Choice<Tr38901Car>, 1> choices;
};

[[nodiscard]] double loss_db(const Tr38901Car&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const Tr38901Car&, const Link&, const PathGeometry&);

/// Standard deviation from car to car, dB.
[[nodiscard]] double sigma_db(const Tr38901Car&) noexcept;

}  // namespace amaneku
