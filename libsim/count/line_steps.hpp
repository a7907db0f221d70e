// A line in steps of equal length.
#pragma once

#include <algorithm>

#include "terrain/vector/vector.hpp"

namespace amaneku {

/// Calls visit(point, length_m) for each step of the line: the point in the middle of the step, and its
/// length, which is step_m but for the last.
template <class Visit>
void walk_line(const Line& line, double step_m, const Visit& visit) {
  const double total_m = length_m(line);
  std::size_t vertex = 0;
  double before_m = 0.0;  // length of the line up to `vertex`
  for (double done_m = 0.0; done_m < total_m;) {
    const double step = std::min(step_m, total_m - done_m);
    const double middle_m = done_m + 0.5 * step;
    double edge_m = distance_m(line[vertex], line[vertex + 1]);
    while (before_m + edge_m < middle_m && vertex + 2 < line.size()) {
      before_m += edge_m;
      ++vertex;
      edge_m = distance_m(line[vertex], line[vertex + 1]);
    }
    const Point a = line[vertex];
    const Point b = line[vertex + 1];
    const double t = edge_m > 0.0 ? std::clamp((middle_m - before_m) / edge_m, 0.0, 1.0) : 0.0;
    visit(Point{a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)}, step);
    done_m += step;
  }
}

}  // namespace amaneku
