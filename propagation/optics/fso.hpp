// ITU-R P.1814 and P.1817: free-space optical links. Loss of light between a transmitter of given divergence and a
// receiver of given aperture.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku::optics {

enum class FogLaw : std::uint8_t { kruse, kim };
enum class RainLaw : std::uint8_t { japan, france };
enum class SnowKind : std::uint8_t { wet, dry };

/// Fog and haze, dB/km: P.1814 with the exponent of Kruse, or that of Kim, who found no dependence on the
/// wavelength in dense fog. `visibility_km`: 2 % contrast at 550 nm.
[[nodiscard]] double fog_db_km(FogLaw law, double visibility_km, double wavelength_nm) noexcept;

/// P.1814: 1.58 R^0.63 (measured in Japan) or 1.076 R^0.67 (France), dB/km.
[[nodiscard]] double rain_db_km(RainLaw law, double rain_rate_mm_h) noexcept;

/// P.1814 (P.1817-1 table 2), dB/km. `snow_rate_mm_h`: as melted water.
[[nodiscard]] double snow_db_km(SnowKind kind, double snow_rate_mm_h, double wavelength_nm) noexcept;

/// What the beam misses of the receiver.
struct Beam {
  double divergence_mrad;  ///< full angle
  double tx_aperture_m;    ///< diameter with which the beam starts; P.1814 has 0
  double rx_area_m2;       ///< capture area of the receiver
};

/// P.1814: the spot's area over the capture area, dB; 0 where all light is caught.
[[nodiscard]] double geometric_loss_db(const Beam& beam, double distance_m) noexcept;

/// P.1814: 2 sigma, sigma^2 = 23.17 k^(7/6) Cn2 L^(11/6), dB. `cn2`: structure parameter of the refractive index,
/// m^(-2/3): 1e-16 weak, 1e-14 moderate, 1e-13 strong turbulence. For weak fluctuations.
[[nodiscard]] double scintillation_db(double wavelength_m, double cn2, double distance_m) noexcept;

}  // namespace amaneku::optics

namespace amaneku {

/// Free-space optical link. The frequency of the link is that of the light (1550 nm: 193.4 THz).
struct Fso {
  double visibility_km = 10.0;
  double rain_rate_mm_h = 0.0;
  double snow_rate_mm_h = 0.0;
  double divergence_mrad = 2.0;
  double tx_aperture_m = 0.0;
  double rx_area_m2 = 0.02;
  double turbulence_cn2 = 1e-14;
  double clear_air_db_km = 0.0;  ///< absorption by molecules at the wavelength
  double allowance_db = 0.0;     ///< optics, pointing, sunlight in the receiver
  optics::FogLaw fog_law = optics::FogLaw::kruse;
  optics::RainLaw rain_law = optics::RainLaw::japan;
  optics::SnowKind snow_kind = optics::SnowKind::wet;

  static constexpr std::string_view id = "fso";
  static constexpr std::string_view title = "Free-space optical link";
  static constexpr std::string_view source = "ITU-R P.1814-0; ITU-R P.1817-1";
  static constexpr Role role = Role::link;
  static constexpr Terrain terrain = Terrain::none;
  /// 400 .. 2400 nm.
  static constexpr Validity validity = {{1.249e14, 7.495e14}, {0.0, 10'000.0}, kAnyHeight, kAnyHeight};
  static const std::array<Field<Fso>, 9> fields;
  static const std::array<Choice<Fso>, 3> choices;
  static constexpr std::array<std::string_view, 0> notes{};
};

[[nodiscard]] double loss_db(const Fso&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const Fso&, const Link&, const PathGeometry&);

}  // namespace amaneku
