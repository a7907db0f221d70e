// A route as a vehicle drives it: places at equal steps of arc length, what the way is there, how fast it goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "libsim/mobility/route_radio.hpp"
#include "terrain/crs.hpp"
#include "terrain/routes/route_line.hpp"

namespace amaneku {

enum class WayKind : std::uint8_t { open, tunnel, bridge };

/// Samples [first, last] of one kind and one speed.
struct CourseStretch {
  std::size_t first = 0;
  std::size_t last = 0;
  WayKind kind = WayKind::open;
  bool tunnel_unknown = false;  ///< the file does not say whether it runs in a tunnel: it counts as open
  double speed_m_s = 0.0;       ///< > 0
  std::string name{};           ///< of the way
};

struct Course {
  double step_m = 1.0;           ///< exact between the first samples; the last step is shorter by less than one
  std::vector<Point> at{};       ///< [sample] plan CRS
  std::vector<LonLat> lonlat{};  ///< [sample]
  std::vector<double> heading_deg{};       ///< [sample] clockwise from true north
  std::vector<CourseStretch> stretches{};  ///< without gaps, in order

  [[nodiscard]] std::size_t samples() const noexcept { return at.size(); }
  [[nodiscard]] double length_m() const noexcept { return step_m * static_cast<double>(at.size() - 1); }
  [[nodiscard]] double metres_of(WayKind kind) const noexcept;
  [[nodiscard]] double tunnel_unknown_m() const noexcept;
};

struct CourseSpeeds {
  double otherwise_m_s = 0.0;  ///< where the file states no limit, > 0
  double most_m_s = 0.0;       ///< of the vehicle, > 0
};

/// The line in steps of `step_m`. InputError: fewer than two samples.
[[nodiscard]] Course course_of(const RouteLine& line, double step_m, const CourseSpeeds& speeds, const Crs& crs);

/// The way back: the last sample first.
[[nodiscard]] Course reversed(const Course& course);

/// Where the vehicle stands still.
struct CourseStop {
  std::string name{};
  double at_m = 0.0;
  double dwell_s = 0.0;
};

/// How it gathers and loses speed, m/s2, > 0. A bus with standing passengers stays at or below about 1 m/s2.
struct Acceleration {
  double up_m_s2 = 0.8;
  double down_m_s2 = 0.8;
};

/// As fast as the stretches allow, with the acceleration given, from standing to standing, with every stop.
/// Stops lie on the nearest sample. InputError: a stop beyond the route, a dwell below 0.
[[nodiscard]] mobility::TimeLaw time_law(const Course& course, const std::vector<CourseStop>& stops,
                                         const Acceleration& acceleration);

}  // namespace amaneku
