// ITU-R P.676-13 Annex 1 sections 1 and 2.1: attenuation by oxygen, water vapour and dry air, line by line.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku::itu {

/// The state of the air.
struct Air {
  double dry_pressure_hpa = 1013.25;  ///< pressure of the dry part: total pressure less that of the vapour
  double temperature_k = 288.15;
  double water_vapour_g_m3 = 7.5;
};

/// Specific attenuation, dB/km.
struct GasAttenuation {
  double dry_air_db_km;  ///< oxygen lines, pressure-induced nitrogen, non-resonant Debye spectrum
  double water_vapour_db_km;
  [[nodiscard]] double total_db_km() const noexcept { return dry_air_db_km + water_vapour_db_km; }
};

/// Eq. (1), for 1 .. 1000 GHz. The line tables 1 and 2 are the same in P.676-11, -12 and -13. Finite for any
/// finite input: the state is taken not below vacuum and 1 K.
[[nodiscard]] GasAttenuation specific_gas_attenuation(double freq_hz, const Air& air) noexcept;

/// Water vapour density of air saturated over water, g/m3: ITU-R P.453-14 eqs. (8), (9). `temperature_k`:
/// 233 .. 323 K.
[[nodiscard]] double saturated_water_vapour_g_m3(const Air& air) noexcept;

}  // namespace amaneku::itu

namespace amaneku {

/// ITU-R P.676 gases over the slant distance: the air is the same along the whole path.
struct P676 {
  double pressure_hpa = 1013.25;
  double temperature_c = 15.0;
  double water_vapour_g_m3 = 7.5;

  static constexpr std::string_view id = "p676";
  static constexpr std::string_view title = "Gases of the atmosphere";
  static constexpr std::string_view source = "ITU-R P.676-13, Annex 1, sections 1 and 2.1";
  static constexpr Role role = Role::added;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{1e9, 1e12}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static const std::array<Field<P676>, 3> fields;
  static constexpr std::array<Choice<P676>, 0> choices{};
  static constexpr std::array<std::string_view, 0> notes{};
};

[[nodiscard]] SpecificLoss prepared(const P676&, const Link&) noexcept;
[[nodiscard]] double loss_db(const P676&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const P676&, const Link&, const PathGeometry&);

}  // namespace amaneku
