// Simple features in plan coordinates: what boundaries, roads and population are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "terrain/geo.hpp"

namespace amaneku {

using Line = std::vector<Point>;

/// Outer ring and holes; rings are closed (first == last), either orientation.
struct Polygon {
  Line outer{};
  std::vector<Line> holes{};
};

struct MultiPolygon {
  std::vector<Polygon> parts{};
};

/// Where the segment a-b crosses the horizontal line y, if it does: an end exactly on the line belongs to
/// the upper side, and the order of a and b does not change a bit of the answer. Every inside test of this
/// layer goes through here, so that areas with a common border neither overlap nor leave a gap.
[[nodiscard]] inline bool crosses(Point a, Point b, double y_m) noexcept {
  return (a.y_m > y_m) != (b.y_m > y_m);
}
[[nodiscard]] inline double crossing_x_m(Point a, Point b, double y_m) noexcept {
  const Point& low = a.y_m < b.y_m ? a : b;
  const Point& high = a.y_m < b.y_m ? b : a;
  return low.x_m + (y_m - low.y_m) / (high.y_m - low.y_m) * (high.x_m - low.x_m);
}

/// Calls visit(a, b) for every edge of every ring of the part; an open ring is closed.
template <class Visit>
void for_each_edge(const Polygon& part, const Visit& visit) {
  const auto ring_edges = [&](const Line& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i) visit(ring[i], ring[i + 1 < ring.size() ? i + 1 : 0]);
  };
  ring_edges(part.outer);
  for (const Line& hole : part.holes) ring_edges(hole);
}

/// True if a part holds the point: even-odd test over the part's outer ring and holes. A point exactly on a
/// border may fall on either side but always on the same, and in one only of two areas that share the border.
[[nodiscard]] bool contains(const MultiPolygon& area, Point p) noexcept;
/// Planar area in m2, holes subtracted.
[[nodiscard]] double area_m2(const MultiPolygon& area) noexcept;
[[nodiscard]] double length_m(const Line& line) noexcept;
/// A point inside the area to stand for all of it: the centroid of the largest part if that part holds it,
/// else the middle of the widest stretch of the part at the centroid's height. (0, 0) for an empty area.
[[nodiscard]] Point inner_point(const MultiPolygon& area);

/// Finds the area that holds a point among many areas: the edges sorted into horizontal slabs, so that a
/// query reads only edges of parts that are near. Gives the same answers as `contains`.
class AreaIndex {
 public:
  explicit AreaIndex(std::span<const MultiPolygon* const> areas);

  /// The first area (lowest index) that holds the point, -1 for none.
  [[nodiscard]] int find(Point p) const noexcept;

 private:
  struct Edge {
    Point a;
    Point b;
  };
  /// The edges of one part in one slab.
  struct Run {
    int area;
    double west_m;
    double east_m;
    std::size_t first;
    std::size_t last;
  };
  double south_m_ = 0.0;
  double slab_m_ = 1.0;
  std::vector<std::size_t> first_run_{};  // [slab + 1]
  std::vector<Run> runs_{};               // by slab, within it by area
  std::vector<Edge> edges_{};
};

}  // namespace amaneku
