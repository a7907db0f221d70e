#include "terrain/routes/opendrive_geometry.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku {
namespace {

constexpr double kLongestChord_m = 10.0;
constexpr double kSagitta_m = 0.001;
/// Between neighbouring points: a chord is then 2e-5 shorter than its arc, also where curves are tight.
constexpr double kTurn_rad = 0.02;

/// Nodes and weights of Gauss and Legendre, five points, on -1 .. 1.
constexpr std::array<double, 5> kGaussNode{-0.906179845938664, -0.538469310105683, 0.0, 0.538469310105683,
                                           0.906179845938664};
constexpr std::array<double, 5> kGaussWeight{0.236926885056189, 0.478628670499366, 0.568888888888889,
                                             0.478628670499366, 0.236926885056189};

double cubic(const std::array<double, 4>& c, double x) {
  return c[0] + x * (c[1] + x * (c[2] + x * c[3]));
}
double cubic_slope(const std::array<double, 4>& c, double x) {
  return c[1] + x * (2.0 * c[2] + x * 3.0 * c[3]);
}
double cubic_bend(const std::array<double, 4>& c, double x) {
  return 2.0 * c[2] + 6.0 * c[3] * x;
}

/// Local u, v at ascending distances.
std::vector<Point> local_points(const OpenDriveSpiral& shape, double length_m, const std::vector<double>& at_m) {
  const double rate = length_m > 0.0 ? (shape.end_per_m - shape.start_per_m) / length_m : 0.0;
  std::vector<Point> out;
  Point here{0.0, 0.0};
  double s = 0.0;
  for (const double target : at_m) {
    // Chords of 1 mm sagitta turn little: five nodes integrate cos and sin to rounding.
    const double half = 0.5 * (target - s);
    for (std::size_t i = 0; i < kGaussNode.size(); ++i) {
      const double t = s + half * (1.0 + kGaussNode[i]);
      const double heading = t * (shape.start_per_m + 0.5 * rate * t);
      here.x_m += half * kGaussWeight[i] * std::cos(heading);
      here.y_m += half * kGaussWeight[i] * std::sin(heading);
    }
    s = target;
    out.push_back(here);
  }
  return out;
}

std::vector<Point> local_points(const OpenDrivePoly3& shape, double /*length_m*/,
                                const std::vector<double>& at_m) {
  // du/ds = 1 / sqrt(1 + v'(u)^2), by Runge and Kutta.
  const auto speed = [&](double u) { return 1.0 / std::hypot(1.0, cubic_slope(shape.v, u)); };
  std::vector<Point> out;
  double u = 0.0;
  double s = 0.0;
  for (const double target : at_m) {
    const double h = target - s;
    const double k1 = speed(u);
    const double k2 = speed(u + 0.5 * h * k1);
    const double k3 = speed(u + 0.5 * h * k2);
    const double k4 = speed(u + h * k3);
    u += h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
    s = target;
    out.push_back({u, cubic(shape.v, u)});
  }
  return out;
}

std::vector<Point> local_points(const OpenDriveParamPoly3& shape, double length_m,
                                const std::vector<double>& at_m) {
  std::vector<Point> out;
  for (const double s : at_m) {
    const double p = shape.normalised ? (length_m > 0.0 ? s / length_m : 0.0) : s;
    out.push_back({cubic(shape.u, p), cubic(shape.v, p)});
  }
  return out;
}

double sharpest_per_m(const OpenDriveSpiral& shape, double /*length_m*/) {
  return std::fmax(std::fabs(shape.start_per_m), std::fabs(shape.end_per_m));
}

/// An upper bound: |v''|, the slope taken as 0. v'' is linear in u, and u runs at most to the length.
double sharpest_per_m(const OpenDrivePoly3& shape, double length_m) {
  return std::fmax(std::fabs(cubic_bend(shape.v, 0.0)), std::fabs(cubic_bend(shape.v, length_m)));
}

/// |(u'', v'')| over the square of the speed; with the arc length as parameter that is 1.
double sharpest_per_m(const OpenDriveParamPoly3& shape, double length_m) {
  const double end = shape.normalised ? 1.0 : length_m;
  const double metres = shape.normalised ? length_m * length_m : 1.0;
  const auto bend = [&](double p) { return std::hypot(cubic_bend(shape.u, p), cubic_bend(shape.v, p)) / metres; };
  return std::fmax(bend(0.0), bend(end));
}

}  // namespace

std::vector<Point> points_along(const OpenDriveElement& element, const std::vector<double>& distances_m) {
  std::vector<Point> points = std::visit(
      [&](const auto& shape) { return local_points(shape, element.length_m, distances_m); }, element.shape);
  const double c = std::cos(element.heading_rad);
  const double s = std::sin(element.heading_rad);
  for (Point& p : points)
    p = {element.start.x_m + c * p.x_m - s * p.y_m, element.start.y_m + s * p.x_m + c * p.y_m};
  return points;
}

std::vector<double> distances_along(const OpenDriveElement& element, std::size_t most) {
  const double bend =
      std::visit([&](const auto& shape) { return sharpest_per_m(shape, element.length_m); }, element.shape);
  // The sagitta of a chord c on a circle of curvature k is k c^2 / 8.
  double chord_m = kLongestChord_m;
  if (bend > 0.0) chord_m = std::fmin(chord_m, std::fmin(std::sqrt(8.0 * kSagitta_m / bend), kTurn_rad / bend));
  const double pieces = std::fmin(std::ceil(element.length_m / chord_m), static_cast<double>(most));
  const auto count = static_cast<std::size_t>(std::fmax(1.0, pieces));
  std::vector<double> out(count + 1);
  for (std::size_t i = 0; i <= count; ++i)
    out[i] = element.length_m * static_cast<double>(i) / static_cast<double>(count);
  return out;
}

}  // namespace amaneku
