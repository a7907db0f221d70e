// What reaches a vehicle in a tunnel through its portal: the wave outside, less what the walls take on the way.
#pragma once

#include <optional>

#include "propagation/geometry.hpp"

namespace amaneku::tunnel {

/// Inner cross-section, as a rectangle.
struct CrossSection {
  double width_m = 9.0;   ///< two lanes with kerbs
  double height_m = 6.0;  ///< clearance of 4.5 m, with room for lamps and the arch
};

/// Where the wave comes from, seen from the portal along the axis into the tunnel.
struct Arrival {
  double off_axis_deg = 0.0;   ///< in azimuth, -180 .. 180
  double elevation_deg = 0.0;  ///< above (positive) or below the axis, -90 .. 90
};

/// Loss in dB at `inside_m` behind the portal, beyond the loss at the portal itself; nothing for a wave that does
/// not come in through this portal (90 degrees off the axis or more).
///
/// Ray optics of an oversized waveguide: the share of the wave front that the opening takes (the cosine of its
/// angle to the axis), then one reflection for each crossing of the width and of the height, with the Fresnel
/// coefficients of concrete (ITU-R P.2040-3, table 3). Along the axis the angles are those of
/// the fundamental mode, lambda / 2 over width and height: the loss is then that of Emslie, Lagace and Strong,
/// "Theory of the propagation of UHF radio waves in coal mine tunnels", IEEE Trans. AP-23 (1975), for small
/// angles.
///
/// `freq_hz`: 1 to 100 GHz by P.2040; below, the conductivity is extrapolated. Smooth straight walls; traffic,
/// bends and roughness add to it, so the figure is a lower bound of the loss.
[[nodiscard]] std::optional<double> portal_loss_db(double freq_hz, const CrossSection& section,
                                                   Polarization polarization, const Arrival& from,
                                                   double inside_m);

}  // namespace amaneku::tunnel
