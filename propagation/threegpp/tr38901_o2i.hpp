// 3GPP TR 38.901 clause 7.4.3.1: loss into buildings, on top of an outdoor loss.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku {

/// 3GPP TR 38.901 v19.4, outdoor-to-indoor loss of the wall and of the way inside.
struct Tr38901O2i {
  /// `below_6ghz`: the one model of TR 36.873, kept for comparison with old studies.
  enum class Building : std::uint8_t { low_loss, high_loss, low_loss_a, below_6ghz };
  /// Infrared-reflecting glass, dB at f GHz: 25.4 + 0.11 f in v19.4, 23 + 0.3 f since Release 14.
  enum class GlassCoefficients : std::uint8_t { release_19, release_14 };
  enum class IndoorDistanceFrom : std::uint8_t { expected, given };

  Building building = Building::low_loss;
  GlassCoefficients glass_coefficients = GlassCoefficients::release_19;
  IndoorDistanceFrom indoor_distance_from = IndoorDistanceFrom::expected;
  double indoor_distance_m = 25.0 / 3.0;  ///< if given

  static constexpr std::string_view id = "tr38901_o2i";
  static constexpr std::string_view title = "3GPP building penetration";
  static constexpr std::string_view source = "3GPP TR 38.901 v19.4.0, clause 7.4.3.1";
  static constexpr Role role = Role::added;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{0.5e9, 100e9}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<Tr38901O2i>, 1> fields;
  static const std::array<Choice<Tr38901O2i>, 3> choices;
};

[[nodiscard]] double loss_db(const Tr38901O2i&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const Tr38901O2i&, const Link&, const PathGeometry&);

/// Standard deviation of the loss around loss_db, dB: that of the wall (sigma_P) and, where the indoor distance is
/// the expected one, what its spread adds.
[[nodiscard]] double sigma_db(const Tr38901O2i&) noexcept;

}  // namespace amaneku
