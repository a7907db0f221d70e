// The elevation at which one end of a path sees the other.
#pragma once

#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/geometry.hpp"

namespace amaneku::itu {

enum class End : std::uint8_t { tx, rx };

/// Degrees above the horizontal at which `end` sees the other antenna: the straight line between them over an
/// Earth of the link's effective radius, whatever stands in between. -90 .. 90.
[[nodiscard]] inline double elevation_deg(const Link& link, const PathGeometry& path, End end) noexcept {
  const double distance_m = bounded(path.distance_m);
  const double rise_m = bounded(path.rx_asl_m) - bounded(path.tx_asl_m);
  const double drop_m = distance_m * distance_m / (2.0 * positive(link.effective_earth_radius_m));
  const double up_m = (end == End::tx ? rise_m : -rise_m) - drop_m;
  return std::atan2(up_m, distance_m) * 180.0 / std::numbers::pi;
}

}  // namespace amaneku::itu
