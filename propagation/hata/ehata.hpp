// Extended Hata over terrain: NTIA Technical Report TR-15-517 (2015), appendix A, by which the United States plan
// the sharing of the 3.5 GHz band. Hata's form refitted to Okumura's curves between 1.5 and 3 GHz and up to 100
// km, with Okumura's corrections for the terrain.
#pragma once

#include "propagation/hata/ehata_terrain.hpp"
#include "propagation/hata/extended_hata.hpp"
#include "propagation/model.hpp"

namespace amaneku::hata {

/// What the median loss of a town is computed from. Heights are the effective ones, limited to Okumura's ranges.
struct EhataLink {
  double f_mhz;
  double base_m;    ///< 30 .. 200
  double mobile_m;  ///< 1 .. 10
  double d_km;
};

/// Median attenuation of a town beyond free space at 1 km and at 100 km for a base of 200 m and a mobile of 3 m,
/// dB: 22, 23.5, 25.85 and 63.5, 65.75, 69.5 at 1.5, 2 and 3 GHz.
[[nodiscard]] double urban_excess_1_km_db(double f_mhz) noexcept;
[[nodiscard]] double urban_excess_100_km_db(double f_mhz) noexcept;
/// What suburbs have less than a town, dB: 11.5, 12.4, 14 at 1.5, 2 and 3 GHz.
[[nodiscard]] double suburban_relief_db(double f_mhz) noexcept;
/// Standard deviation over locations, dB; 7.1, 7.5, 8.1 at 1.5, 2 and 3 GHz in a town, 2 dB more elsewhere.
[[nodiscard]] double location_deviation_db(ExtendedHata::Area area, double f_mhz) noexcept;
/// Where Hata's power of the distance gives way to the steeper one, km.
[[nodiscard]] double break_point_km(const EhataLink& link) noexcept;
[[nodiscard]] double ehata_median_db(ExtendedHata::Area area, const EhataLink& link) noexcept;

/// Corrections of Okumura et al. (1968), dB, to be taken off the loss.
[[nodiscard]] double rolling_hills_db(double irregularity_m) noexcept;  ///< Fig. 28
[[nodiscard]] double mobile_on_hills_db(
    const EhataTerrain& terrain) noexcept;                                     ///< Fig. 29: on a hill or in a dale
[[nodiscard]] double slope_db(double slope_mrad, double d_km) noexcept;        ///< Fig. 34
[[nodiscard]] double isolated_ridge_db(const EhataTerrain& terrain) noexcept;  ///< Figs. 31 and 32
[[nodiscard]] double mixed_path_db(const EhataTerrain& terrain) noexcept;      ///< Fig. 35: land and sea

}  // namespace amaneku::hata

namespace amaneku {

/// NTIA extended Hata with terrain. The transmitter is the base, the receiver the mobile.
struct Ehata {
  ExtendedHata::Area area = ExtendedHata::Area::urban;
  double location_percent = 50.0;  ///< of the locations where the loss is not exceeded

  static constexpr std::string_view id = "ehata";
  static constexpr std::string_view title = "Extended Hata over terrain (NTIA)";
  static constexpr std::string_view source = "NTIA Technical Report TR-15-517 (2015), appendix A";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::samples;
  static constexpr Validity validity = {{1.5e9, 3e9}, {1'000.0, 100'000.0}, {30.0, 200.0}, {1.0, 10.0}};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<Ehata>, 1> fields;
  static const std::array<Choice<Ehata>, 1> choices;
};

[[nodiscard]] double loss_db(const Ehata&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const Ehata&, const Link&, const PathGeometry&);

}  // namespace amaneku
