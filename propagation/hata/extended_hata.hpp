// Extended Hata: Hata's median urban loss with the frequency, height and distance extensions of ERC Report 68
// annex 7, as SEAMCAT uses it. Also the common part of the Japanese local-5G area formula.
#pragma once

#include "propagation/geometry.hpp"

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

[[nodiscard]] HataLink hata_link(const Link& link) noexcept;

/// Free space with the source's rounded constant and the height difference of the antennas, dB.
[[nodiscard]] double near_loss_db(const HataLink& link, double d_km) noexcept;

/// Median loss in a town, dB. `d_km` >= 0.1. From 2 GHz up the last frequency branch is continued.
[[nodiscard]] double urban_loss_db(const HataLink& link, double d_km) noexcept;

/// Share of the way from 40 m to 100 m in log(distance): 0 .. 1.
[[nodiscard]] double transition(double d_km) noexcept;

}  // namespace amaneku::hata
