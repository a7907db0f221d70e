// Points of the plan, found by where they lie.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "terrain/geo.hpp"

namespace amaneku {

/// A point as seen from elsewhere.
struct NearPoint {
  std::uint32_t index;
  double distance_m;
};

/// A search tree over points that do not change. Reading from several threads is safe.
class PointIndex {
 public:
  explicit PointIndex(std::vector<Point> points);
  PointIndex(PointIndex&&) noexcept;
  PointIndex& operator=(PointIndex&&) noexcept;
  ~PointIndex();

  [[nodiscard]] const std::vector<Point>& points() const noexcept;

  /// The nearest point, of several equally near the one of the lowest index. InternalError without points.
  [[nodiscard]] NearPoint nearest(Point p) const;

  /// Every point at most so far away, in order of index.
  [[nodiscard]] std::vector<NearPoint> within(Point p, double distance_m) const;

 private:
  struct Tree;
  std::unique_ptr<const Tree> tree_;
};

}  // namespace amaneku
