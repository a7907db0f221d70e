// Plan view of OpenDRIVE (ASAM OpenDRIVE 1.4 to 1.8, road geometry): one element of a road's reference line.
#pragma once

#include <array>
#include <cstddef>
#include <variant>
#include <vector>

#include "terrain/geo.hpp"

namespace amaneku {

/// A line (both curvatures 0), an arc (both the same) or an Euler spiral (curvature linear in arc length); 1/m.
struct OpenDriveSpiral {
  double start_per_m = 0.0;
  double end_per_m = 0.0;
};
/// v(u) = a + b u + c u^2 + d u^3; arc length runs along the curve.
struct OpenDrivePoly3 {
  std::array<double, 4> v{};
};
/// u(p) and v(p); p from 0 to the arc length, or to 1 where `normalised`.
struct OpenDriveParamPoly3 {
  std::array<double, 4> u{};
  std::array<double, 4> v{};
  bool normalised = false;
};

struct OpenDriveElement {
  double s_m = 0.0;  ///< along the road, at the beginning
  Point start{};
  double heading_rad = 0.0;  ///< from the x axis, counterclockwise
  double length_m = 0.0;
  std::variant<OpenDriveSpiral, OpenDrivePoly3, OpenDriveParamPoly3> shape{};
};

/// Where the element is at the given distances from its beginning, ascending, 0 .. length. Exact to 1e-6 m for the
/// curvatures of roads; a paramPoly3 is taken as if its parameter were the arc length, as the format means it.
[[nodiscard]] std::vector<Point> points_along(const OpenDriveElement& element,
                                              const std::vector<double>& distances_m);

/// Distances at which the chords stay within 1 mm of the curve, turn by 0.02 rad and are 10 m long at most: 0 and
/// the length among them. At most `most` of them.
[[nodiscard]] std::vector<double> distances_along(const OpenDriveElement& element, std::size_t most);

}  // namespace amaneku
