#include "libsim/studies/routes/course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr double kKmhToMs = 1.0 / 3.6;

WayKind kind_of(const WayAttributes& attributes) {
  if (attributes.tunnel == Presence::yes) return WayKind::tunnel;
  return attributes.bridge == Presence::yes ? WayKind::bridge : WayKind::open;
}

CourseStretch stretch_of(const RouteStretch& from, const CourseSpeeds& speeds) {
  const double limit_m_s =
      from.attributes.speed_limit_kmh ? *from.attributes.speed_limit_kmh * kKmhToMs : speeds.otherwise_m_s;
  return {.kind = kind_of(from.attributes),
          .tunnel_unknown = from.attributes.tunnel == Presence::unknown,
          .speed_m_s = std::min(limit_m_s, speeds.most_m_s),
          .name = from.attributes.name.empty() ? from.attributes.ref : from.attributes.name};
}

bool goes_on(const CourseStretch& a, const CourseStretch& b) {
  return a.kind == b.kind && a.tunnel_unknown == b.tunnel_unknown && a.speed_m_s == b.speed_m_s &&
         a.name == b.name;
}

/// [sample] how long the vehicle stands there; < 0: it does not.
std::vector<double> dwells(const Course& course, const std::vector<CourseStop>& stops) {
  std::vector<double> out(course.samples(), -1.0);
  for (const CourseStop& stop : stops) {
    if (!(stop.at_m >= 0.0 && stop.at_m <= course.length_m() + course.step_m)) {
      throw InputError(Fault{.message = "the stop lies beyond the route",
                             .key = "at_m",
                             .value = fmt::format("{:g}", stop.at_m),
                             .legal = fmt::format("0 .. {:.0f} m", course.length_m())});
    }
    if (!(stop.dwell_s >= 0.0))
      throw InputError(
          Fault{.message = "is negative", .key = "dwell_s", .value = fmt::format("{:g}", stop.dwell_s)});
    const auto sample = static_cast<std::size_t>(std::lround(stop.at_m / course.step_m));
    double& dwell = out[std::min(sample, course.samples() - 1)];
    dwell = std::max(dwell, 0.0) + stop.dwell_s;
  }
  return out;
}

}  // namespace

double Course::metres_of(WayKind kind) const noexcept {
  double steps = 0.0;
  for (const CourseStretch& stretch : stretches) {
    if (stretch.kind == kind) steps += static_cast<double>(stretch.last + 1 - stretch.first);
  }
  return std::min(steps * step_m, length_m());
}

double Course::tunnel_unknown_m() const noexcept {
  double steps = 0.0;
  for (const CourseStretch& stretch : stretches) {
    if (stretch.tunnel_unknown) steps += static_cast<double>(stretch.last + 1 - stretch.first);
  }
  return std::min(steps * step_m, length_m());
}

Course course_of(const RouteLine& line, double step_m, const CourseSpeeds& speeds, const Crs& crs) {
  Course out{.step_m = step_m};
  std::vector<RoutePoint> points = sample(line, step_m);
  // The end belongs to the last whole step where it is nearer than half a step.
  if (points.size() > 2 && points.back().s_m - points[points.size() - 2].s_m < 0.5 * step_m)
    points.erase(points.end() - 2);
  if (points.size() < 2 || line.length_m() < step_m) {
    throw InputError(Fault{.message = "the route is shorter than a step",
                           .value = fmt::format("{:.2f} m", line.length_m()),
                           .legal = fmt::format("> {:g} m", step_m)});
  }
  for (std::size_t i = 0; i < points.size(); ++i) {
    const RoutePoint& point = points[i];
    out.at.push_back(crs.to_plan(point.at));
    out.lonlat.push_back(point.at);
    out.heading_deg.push_back(point.heading_deg);
    CourseStretch stretch = stretch_of(line.stretches.at(point.stretch), speeds);
    stretch.first = stretch.last = i;
    if (!out.stretches.empty() && goes_on(out.stretches.back(), stretch)) {
      out.stretches.back().last = i;
    } else {
      out.stretches.push_back(std::move(stretch));
    }
  }
  return out;
}

Course reversed(const Course& course) {
  Course out = course;
  std::reverse(out.at.begin(), out.at.end());
  std::reverse(out.lonlat.begin(), out.lonlat.end());
  std::reverse(out.heading_deg.begin(), out.heading_deg.end());
  for (double& heading : out.heading_deg) heading = std::fmod(heading + 180.0, 360.0);
  std::reverse(out.stretches.begin(), out.stretches.end());
  for (CourseStretch& stretch : out.stretches) {
    const std::size_t first = course.samples() - 1 - stretch.last;
    stretch.last = course.samples() - 1 - stretch.first;
    stretch.first = first;
  }
  return out;
}

mobility::TimeLaw time_law(const Course& course, const std::vector<CourseStop>& stops,
                           const Acceleration& acceleration) {
  const std::vector<double> stands_s = dwells(course, stops);
  const std::size_t n = course.samples();
  std::vector<double> speed(n, 0.0);
  for (const CourseStretch& stretch : course.stretches) {
    for (std::size_t i = stretch.first; i <= stretch.last; ++i) speed[i] = stretch.speed_m_s;
  }
  // A faster stretch begins and ends at the speed of its slower neighbour.
  for (std::size_t i = 0; i < n; ++i) {
    if (i == 0 || i + 1 == n || stands_s[i] >= 0.0) speed[i] = 0.0;
  }
  for (std::size_t i = 1; i < n; ++i)
    speed[i] =
        std::min(speed[i], std::sqrt(speed[i - 1] * speed[i - 1] + 2.0 * acceleration.up_m_s2 * course.step_m));
  for (std::size_t i = n - 1; i-- > 0;)
    speed[i] =
        std::min(speed[i], std::sqrt(speed[i + 1] * speed[i + 1] + 2.0 * acceleration.down_m_s2 * course.step_m));
  mobility::TimeLaw law;
  double t_s = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) {
      // From standing to standing within a step it gets as fast as half of the step allows.
      const double mean = 0.5 * (speed[i - 1] + speed[i]);
      t_s += mean > 0.0 ? course.step_m / mean : 2.0 * std::sqrt(course.step_m / acceleration.up_m_s2);
    }
    law.arrive_s.push_back(t_s);
    if (stands_s[i] > 0.0) t_s += stands_s[i];
    law.depart_s.push_back(t_s);
  }
  return law;
}

}  // namespace amaneku
