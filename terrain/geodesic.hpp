// Lengths and directions on the ellipsoid WGS 84, by the geodesics of PROJ (C. F. F. Karney, Algorithms for
// geodesics, J. Geod. 87, 2013): exact to nanometres, whatever the zone of a projection, and across 180 degrees.
#pragma once

#include "terrain/geo.hpp"

namespace amaneku {

/// The shortest way from one place to another. Azimuths clockwise from true north, in [0, 360); 0 where the places
/// are the same.
struct Geodesic {
  double length_m;
  double azimuth_deg;      ///< of the way at its beginning
  double end_azimuth_deg;  ///< of the way, going on, at its end
};

/// All NaN where a coordinate is.
[[nodiscard]] Geodesic geodesic_between(LonLat from, LonLat to) noexcept;

struct GeodesicPlace {
  LonLat at;           ///< longitude in [-180, 180]
  double azimuth_deg;  ///< of the way there, in [0, 360)
};

/// Where the way that leaves `from` in a direction is after `length_m`.
[[nodiscard]] GeodesicPlace geodesic_along(LonLat from, double azimuth_deg, double length_m) noexcept;

}  // namespace amaneku
