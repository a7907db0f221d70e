#include "propagation/path_obstacle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "propagation/itu/p530_clearance.hpp"

namespace amaneku {
namespace {

PointOnPath point_at(const Link& link, const ProfileView& profile, std::size_t i) noexcept {
  const double d = profile.distance_m[i];
  PointOnPath point{.distance_m = d,
                    .ground_asl_m = profile.ground_asl_m[i],
                    .clutter_m = profile.clutter_m.empty() ? 0.0 : profile.clutter_m[i],
                    .fresnel_m = itu::first_fresnel_m(link.freq_hz, d, profile.distance_m.back() - d)};
  point.above_line_m = point.ground_asl_m + point.clutter_m - line_asl_m(link, profile, d);
  return point;
}

/// Slopes against the straight line, so that both ends of it are at height 0.
BullingtonPoint bullington_point(const Link& link, const PointOnPath& tx_horizon, const PointOnPath& rx_horizon,
                                 double path_m) noexcept {
  const double from_tx = tx_horizon.above_line_m / tx_horizon.distance_m;
  const double from_rx = rx_horizon.above_line_m / (path_m - rx_horizon.distance_m);
  const double distance_m = path_m * from_rx / (from_tx + from_rx);
  const double above_m = from_tx * distance_m;
  const double fresnel_m = itu::first_fresnel_m(link.freq_hz, distance_m, path_m - distance_m);
  return {distance_m, above_m, std::numbers::sqrt2 * above_m / fresnel_m};
}

}  // namespace

double PointOnPath::free_share() const noexcept {
  return std::clamp(0.5 * (1.0 + clearance_share()), 0.0, 1.0);
}

double PointOnPath::nu() const noexcept {
  return std::numbers::sqrt2 * above_line_m / fresnel_m;
}

double line_asl_m(const Link& link, const ProfileView& profile, double distance_m) noexcept {
  const double path_m = profile.distance_m.back();
  const double tx_asl_m = profile.ground_asl_m.front() + link.tx_agl_m;
  const double rx_asl_m = profile.ground_asl_m.back() + link.rx_agl_m;
  const double bulge_m = distance_m * (path_m - distance_m) / (2.0 * link.effective_earth_radius_m);
  return tx_asl_m + (rx_asl_m - tx_asl_m) * distance_m / path_m - bulge_m;
}

PathObstacle find_obstacle(const Link& link, const ProfileView& profile) noexcept {
  constexpr double kNone = -std::numeric_limits<double>::infinity();
  PathObstacle out;
  const double path_m = profile.distance_m.back();
  double largest_nu = kNone;
  double tx_steepest = kNone;
  double rx_steepest = kNone;
  for (std::size_t i = 1; i + 1 < profile.size(); ++i) {
    const PointOnPath point = point_at(link, profile, i);
    if (point.nu() > largest_nu) {
      largest_nu = point.nu();
      out.deciding = point;
    }
    if (point.above_line_m / point.distance_m > tx_steepest) {
      tx_steepest = point.above_line_m / point.distance_m;
      out.tx_horizon = point;
    }
    if (point.above_line_m / (path_m - point.distance_m) > rx_steepest) {
      rx_steepest = point.above_line_m / (path_m - point.distance_m);
      out.rx_horizon = point;
    }
  }
  out.line_of_sight = tx_steepest < 0.0;
  if (out.line_of_sight) {
    out.tx_horizon.reset();
    out.rx_horizon.reset();
  } else if (tx_steepest > 0.0) {
    out.bullington = bullington_point(link, *out.tx_horizon, *out.rx_horizon, path_m);
  }
  return out;
}

}  // namespace amaneku
