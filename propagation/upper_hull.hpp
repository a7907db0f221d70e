// Upper convex hull of points in order of distance: a monotone stack.
#pragma once

#include <vector>

namespace amaneku {

class UpperHull {
 public:
  void clear() noexcept { points_.clear(); }
  void push(double x, double y);
  [[nodiscard]] bool empty() const noexcept { return points_.empty(); }
  struct Vertex {
    double x;
    double y;
  };
  /// The vertex that looks steepest from (x, y), x behind every vertex. Precondition: not empty.
  [[nodiscard]] Vertex tangent_from(double x, double y) const noexcept;
  /// The vertex with the largest y - slope * x. Precondition: not empty.
  [[nodiscard]] Vertex extreme(double slope) const noexcept;

 private:
  std::vector<Vertex> points_;
};

}  // namespace amaneku
