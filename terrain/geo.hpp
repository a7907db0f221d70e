// Positions, directions and the effective Earth. Coordinates are double throughout.
#pragma once

#include <cmath>
#include <limits>
#include <numbers>

namespace amaneku {

/// Geographic position (WGS 84 / JGD2011, which agree within centimetres here), degrees.
struct LonLat {
  double lon_deg;
  double lat_deg;
  friend bool operator==(const LonLat&, const LonLat&) = default;
};

/// Position in the plan's projected metric CRS: x grows east, y grows north, metres.
struct Point {
  double x_m;
  double y_m;
  friend bool operator==(const Point&, const Point&) = default;
};

/// Axis-parallel box; empty until the first `include`.
struct LonLatBox {
  double west_deg = std::numeric_limits<double>::infinity();
  double south_deg = std::numeric_limits<double>::infinity();
  double east_deg = -std::numeric_limits<double>::infinity();
  double north_deg = -std::numeric_limits<double>::infinity();

  [[nodiscard]] bool empty() const noexcept { return !(west_deg <= east_deg && south_deg <= north_deg); }
  [[nodiscard]] LonLat centre() const noexcept {
    return {0.5 * (west_deg + east_deg), 0.5 * (south_deg + north_deg)};
  }
  void include(LonLat p) noexcept {
    west_deg = std::fmin(west_deg, p.lon_deg);
    east_deg = std::fmax(east_deg, p.lon_deg);
    south_deg = std::fmin(south_deg, p.lat_deg);
    north_deg = std::fmax(north_deg, p.lat_deg);
  }
};

inline constexpr double kDegToRad = std::numbers::pi / 180.0;
inline constexpr double kRadToDeg = 180.0 / std::numbers::pi;

/// Mean Earth radius of ITU-R P.452/P.1812 (m).
inline constexpr double kEarthRadius_m = 6'371'000.0;

/// Median effective Earth radius factor k50 = 157 / (157 - delta_n), ITU-R P.452-18 eq. (5).
/// `delta_n`: refractivity lapse rate over the lowest km, N-units/km, 0 < delta_n < 157.
[[nodiscard]] constexpr double effective_earth_radius_m(double delta_n) noexcept {
  return kEarthRadius_m * 157.0 / (157.0 - delta_n);
}

[[nodiscard]] inline double distance_m(Point a, Point b) noexcept {
  return std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
}

/// Direction from a to b, degrees clockwise from grid north, in [0, 360). 0 where a == b.
[[nodiscard]] inline double grid_azimuth_deg(Point a, Point b) noexcept {
  const double azimuth = std::atan2(b.x_m - a.x_m, b.y_m - a.y_m) * kRadToDeg;
  return azimuth < 0.0 ? azimuth + 360.0 : azimuth;
}

/// Great-circle distance on the mean sphere, metres (0.5 % of the ellipsoid at worst).
[[nodiscard]] inline double sphere_distance_m(LonLat a, LonLat b) noexcept {
  const double sin_lat = std::sin(0.5 * (b.lat_deg - a.lat_deg) * kDegToRad);
  const double sin_lon = std::sin(0.5 * (b.lon_deg - a.lon_deg) * kDegToRad);
  const double h =
      sin_lat * sin_lat + std::cos(a.lat_deg * kDegToRad) * std::cos(b.lat_deg * kDegToRad) * sin_lon * sin_lon;
  return 2.0 * kEarthRadius_m * std::asin(std::fmin(1.0, std::sqrt(h)));
}

}  // namespace amaneku
