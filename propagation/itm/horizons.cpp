#include "propagation/itm/horizons.hpp"

#include <cstddef>

namespace amaneku::itm {

Horizons find_horizons(const ProfileView& profile, const Antennas& antennas, double earth_radius_m) noexcept {
  const std::size_t last = profile.size() - 1;
  const double* const d = profile.distance_m.data();
  const double* const h = profile.ground_asl_m.data();
  const double length_m = d[last];
  const double tx_asl_m = h[0] + antennas.tx_agl_m;
  const double rx_asl_m = h[last] + antennas.rx_agl_m;
  const double curvature = 1.0 / (2.0 * earth_radius_m);
  const double rise = (rx_asl_m - tx_asl_m) / length_m;
  Horizons out{{rise - length_m * curvature, length_m, last}, {-rise - length_m * curvature, length_m, 0}};
  for (std::size_t i = 1; i < last; ++i) {
    const double to_rx_m = length_m - d[i];
    const double above_tx_m = h[i] - d[i] * d[i] * curvature - tx_asl_m;
    const double above_rx_m = h[i] - to_rx_m * to_rx_m * curvature - rx_asl_m;
    // A division only where a point rises above the horizon so far.
    if (above_tx_m > out.tx.elevation_rad * d[i]) out.tx = {above_tx_m / d[i], d[i], i};
    if (above_rx_m > out.rx.elevation_rad * to_rx_m) out.rx = {above_rx_m / to_rx_m, to_rx_m, i};
  }
  return out;
}

}  // namespace amaneku::itm
