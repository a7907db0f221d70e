#include "propagation/itu/p452_horizon_angles.hpp"

#include <cmath>

namespace amaneku::itu {

HorizonAngles horizon_angles(const Link& link, const PathGeometry& path) noexcept {
  const double d_per_ae = path.distance_m / link.effective_earth_radius_m;
  double tx_slope = path.bare.tx_slope;
  // Seen from the receiver its own horizontal falls by d / a_e against the frame's.
  double rx_slope = path.bare.rx_slope - d_per_ae;
  if (path.bare.line_of_sight) {
    const double rise = (path.rx_asl_m - path.tx_asl_m) / path.distance_m;
    tx_slope = rise - 0.5 * d_per_ae;
    rx_slope = -rise - 0.5 * d_per_ae;
  }
  const double tx_mrad = 1e3 * std::atan(tx_slope);
  const double rx_mrad = 1e3 * std::atan(rx_slope);
  return {tx_mrad, rx_mrad, 1e3 * d_per_ae + tx_mrad + rx_mrad};
}

}  // namespace amaneku::itu
