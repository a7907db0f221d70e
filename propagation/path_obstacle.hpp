// What stands in the way of a path: for people who ask why, not for maps.
#pragma once

#include <optional>

#include "propagation/geometry.hpp"

namespace amaneku {

/// A point of the ground and what stands on it, against the straight line between the antennas and the first
/// Fresnel zone around it.
struct PointOnPath {
  double distance_m = 0.0;    ///< from the transmitter
  double ground_asl_m = 0.0;  ///< as it stands, without the bulge of the Earth
  double clutter_m = 0.0;     ///< on it
  double above_line_m = 0.0;  ///< of ground, clutter and the Earth's bulge; negative: clear
  double fresnel_m = 0.0;     ///< radius of the first Fresnel zone there

  /// Clearance in radii of the first Fresnel zone: 0 where the line touches, 0.6 and more is as good as free.
  [[nodiscard]] double clearance_share() const noexcept { return -above_line_m / fresnel_m; }
  /// Share of the zone's height above the point, 0 .. 1.
  [[nodiscard]] double free_share() const noexcept;
  /// Diffraction parameter of a knife edge there, ITU-R P.526-15 eq. (26).
  [[nodiscard]] double nu() const noexcept;
};

/// Where the steepest lines from both antennas meet: ITU-R P.526-15 section 4.5.1.
struct BullingtonPoint {
  double distance_m = 0.0;
  double above_line_m = 0.0;
  double nu = 0.0;
};

/// Over the effective Earth of the link.
struct PathObstacle {
  bool line_of_sight = true;
  std::optional<PointOnPath> deciding{};        ///< of largest nu; none on a path without points between its ends
  std::optional<PointOnPath> tx_horizon{};      ///< obstructed paths: what the transmitter sees as its horizon
  std::optional<PointOnPath> rx_horizon{};      ///< obstructed paths; the same point for a single obstacle
  std::optional<BullingtonPoint> bullington{};  ///< obstructed paths
};

/// The profile must satisfy check_profile.
[[nodiscard]] PathObstacle find_obstacle(const Link& link, const ProfileView& profile) noexcept;

/// Height of the straight line between the antennas above sea level, less the bulge of the effective Earth under
/// it: ground drawn as it stands touches the ray where it reaches this height.
[[nodiscard]] double line_asl_m(const Link& link, const ProfileView& profile, double distance_m) noexcept;

}  // namespace amaneku
