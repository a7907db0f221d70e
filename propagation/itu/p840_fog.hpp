// ITU-R P.840-9: attenuation by the liquid water of fog and clouds.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku::itu {

/// Annex 1 section 2: K_l, specific attenuation by 1 g/m3 of droplets, dB/km (Rayleigh: droplets below 0.01 mm, up
/// to 200 GHz). The same in P.840-6 to -9.
[[nodiscard]] double fog_coefficient(double freq_hz, double temperature_k) noexcept;

/// P.840-9 eq. (12): dB for 1 kg/m2 of liquid water above the ground, straight up.
[[nodiscard]] double cloud_coefficient(double freq_hz) noexcept;

/// P.840-9 section 3.1: attenuation by clouds of a path to space, dB, for `liquid_water_kg_m2` straight up.
/// `elevation_deg`: 5 .. 90.
[[nodiscard]] double cloud_attenuation_db(double freq_hz, double elevation_deg,
                                          double liquid_water_kg_m2) noexcept;

}  // namespace amaneku::itu

namespace amaneku {

/// ITU-R P.840 fog along the path.
struct P840 {
  double liquid_water_g_m3 = 0.05;
  double temperature_c = 15.0;

  static constexpr std::string_view id = "p840";
  static constexpr std::string_view title = "Fog and cloud";
  static constexpr std::string_view source = "ITU-R P.840-9, Annex 1, section 2";
  static constexpr Role role = Role::added;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{1e9, 200e9}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static const std::array<Field<P840>, 2> fields;
  static constexpr std::array<Choice<P840>, 0> choices{};
  static constexpr std::array<std::string_view, 0> notes{};
};

[[nodiscard]] SpecificLoss prepared(const P840&, const Link&) noexcept;
[[nodiscard]] double loss_db(const P840&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const P840&, const Link&, const PathGeometry&);

}  // namespace amaneku
