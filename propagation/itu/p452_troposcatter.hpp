// ITU-R P.452-18 section 4.3 and P.1812-6 section 4.4: tropospheric scatter.
#pragma once

#include "propagation/geometry.hpp"

namespace amaneku::itu {

/// The two Recommendations differ in rounding.
struct TroposcatterForm {
  double constant_db;
  double spread_db;
};
inline constexpr TroposcatterForm kTroposcatterP452 = {190.0, 10.1};
inline constexpr TroposcatterForm kTroposcatterP1812 = {190.1, 10.125};

/// L_bs, dB, without gases and aperture-to-medium coupling loss. Beyond 50 percent, where the sources end, the
/// variation is continued with the other sign.
[[nodiscard]] double troposcatter_loss_db(const TroposcatterForm& form, const Link& link, const PathGeometry& path,
                                          double time_percent, double path_mrad) noexcept;

/// L_c of P.452-18 eq. (45b). `gains_dbi`: sum of both antenna gains towards their horizons.
[[nodiscard]] double coupling_loss_db(double gains_dbi) noexcept;

}  // namespace amaneku::itu
