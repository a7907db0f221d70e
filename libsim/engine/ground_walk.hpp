// Points of the ground along a line of a fan.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "libsim/input/world.hpp"
#include "propagation/geometry.hpp"
#include "terrain/raster/radial_fan.hpp"

namespace amaneku {

[[nodiscard]] inline Zone zone_at(const Ground& ground, Point at) {
  if (ground.zone.values.empty()) return Zone::inland;
  const Grid& grid = ground.zone.grid;
  return ground.zone.at(std::clamp(grid.column_of(at.x_m), 0, grid.nx - 1),
                        std::clamp(grid.row_of(at.y_m), 0, grid.ny - 1));
}

/// The point where the line of slope t meets step j; nothing in a void. Unknown clutter counts as none.
[[nodiscard]] inline std::optional<GroundPoint> point_at(const Ground& map, const FanSide& side, int j, double t,
                                                         double metres_per_u) {
  const float ground = side.sample(map.ground_asl_m, j, t);
  if (std::isnan(ground)) return std::nullopt;
  GroundPoint point{side.u(j) * metres_per_u, static_cast<double>(ground)};
  if (!map.clutter_m.values.empty()) {
    const float clutter = side.sample(map.clutter_m, j, t);
    if (!std::isnan(clutter)) point.clutter_m = static_cast<double>(clutter);
  }
  if (!map.zone.values.empty()) point.zone = side.nearest(map.zone, j, t);
  return point;
}

inline void append(Profile& profile, const GroundPoint& point) {
  profile.distance_m.push_back(point.distance_m);
  profile.ground_asl_m.push_back(point.ground_asl_m);
  profile.clutter_m.push_back(point.clutter_m);
  profile.zone.push_back(point.zone);
}

/// Clutter that the model does not count near the ends does not hide them from each other either.
inline void open_ends(Profile& profile, double distance_m) {
  for (std::size_t i = 0; i < profile.clutter_m.size(); ++i) {
    const double d = profile.distance_m[i];
    if (d < kOpenEnds_m || distance_m - d < kOpenEnds_m) profile.clutter_m[i] = 0.0;
  }
}

}  // namespace amaneku
