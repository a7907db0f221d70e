// ITU-R P.452-18 Annex 1 Attachment 2 and P.1812-7 Attachment 1: elevation of the horizons and path angle.
#pragma once

#include "propagation/geometry.hpp"

namespace amaneku::itu {

/// Above the local horizontal of each end, mrad, over the ground without clutter; in line of sight the direction
/// to the other antenna.
struct HorizonAngles {
  double tx_mrad;    ///< theta_t
  double rx_mrad;    ///< theta_r
  double path_mrad;  ///< theta = d / a_e + theta_t + theta_r
};

[[nodiscard]] HorizonAngles horizon_angles(const Link& link, const PathGeometry& path) noexcept;

}  // namespace amaneku::itu
