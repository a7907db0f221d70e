// Extended Hata: Hata's median urban loss with the frequency, height and distance extensions of ERC Report 68
// annex 7, as SEAMCAT uses it. Also the common part of the Japanese local-5G area formula.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku::hata {

/// Below the first distance the ray is free, from the second on the Hata form holds, between them the loss
/// is interpolated straight in the logarithm of the distance.
inline constexpr double kFreeUpTo_km = 0.04;
inline constexpr double kHataFrom_km = 0.1;

/// A link in the units of the source. "Base" is the higher antenna, "mobile" the lower one.
struct HataLink {
  double f_mhz;
  double base_agl_m;
  double mobile_agl_m;
};

/// Held to what can be computed: 1 Hz to 1 THz, heights from 1 m (the source's least) to 1000 km.
[[nodiscard]] HataLink hata_link(const Link& link) noexcept;

/// Horizontal distance in km, held between a millimetre, where the logarithm still has a value, and 1e9 km.
[[nodiscard]] double distance_km(double distance_m) noexcept;

/// Free space with the source's rounded constant and the height difference of the antennas, dB.
[[nodiscard]] double near_loss_db(const HataLink& link, double d_km) noexcept;

/// Median loss in a town, dB. `d_km` >= 0.1. From 2 GHz up the last frequency branch is continued.
[[nodiscard]] double urban_loss_db(const HataLink& link, double d_km) noexcept;

/// Share of the way from 40 m to 100 m in log(distance): 0 .. 1.
[[nodiscard]] double transition(double d_km) noexcept;

}  // namespace amaneku::hata

namespace amaneku {

/// Hata with the land-mobile corrections (extended Hata, SEAMCAT / ERC Report 68), median.
struct ExtendedHata {
  enum class Area : std::uint8_t { urban, suburban, open };
  Area area = Area::urban;

  static constexpr std::string_view id = "extended_hata";
  static constexpr std::string_view title = "Extended Hata";
  static constexpr std::string_view source = "ERC Report 68 (2002) annex 7; SEAMCAT 5 extended Hata";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{30e6, 3e9}, {0.0, 40'000.0}, {30.0, 200.0}, {1.0, 10.0}};
  static constexpr std::array<Field<ExtendedHata>, 0> fields{};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Choice<ExtendedHata>, 1> choices;
};

namespace hata {

/// What suburbs or open land take off Hata's loss of a town, dB; 0 for "urban".
[[nodiscard]] double area_relief_db(ExtendedHata::Area area, double f_mhz) noexcept;

}  // namespace hata

[[nodiscard]] double loss_db(const ExtendedHata&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const ExtendedHata&, const Link&, const PathGeometry&);

}  // namespace amaneku
