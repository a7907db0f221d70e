#include "terrain/geodesic.hpp"

#include <geodesic.h>

namespace amaneku {
namespace {

const geod_geodesic& wgs84() noexcept {
  static const geod_geodesic ellipsoid = [] {
    geod_geodesic g{};
    geod_init(&g, 6'378'137.0, 1.0 / 298.257223563);
    return g;
  }();
  return ellipsoid;
}

double from_north_deg(double azimuth_deg) noexcept {
  return azimuth_deg < 0.0 ? azimuth_deg + 360.0 : azimuth_deg;
}

}  // namespace

Geodesic geodesic_between(LonLat from, LonLat to) noexcept {
  if (from == to) return {0.0, 0.0, 0.0};
  Geodesic out{};
  geod_inverse(&wgs84(), from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, &out.length_m, &out.azimuth_deg,
               &out.end_azimuth_deg);
  out.azimuth_deg = from_north_deg(out.azimuth_deg);
  out.end_azimuth_deg = from_north_deg(out.end_azimuth_deg);
  return out;
}

GeodesicPlace geodesic_along(LonLat from, double azimuth_deg, double length_m) noexcept {
  GeodesicPlace out{};
  geod_direct(&wgs84(), from.lat_deg, from.lon_deg, azimuth_deg, length_m, &out.at.lat_deg, &out.at.lon_deg,
              &out.azimuth_deg);
  out.azimuth_deg = from_north_deg(out.azimuth_deg);
  return out;
}

}  // namespace amaneku
