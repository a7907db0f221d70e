#include "terrain/vector/vector.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace amaneku {
namespace {

/// Twice the signed area, and the first moments times six, about the ring's first point.
struct Moments {
  double twice_area = 0.0;
  double x = 0.0;
  double y = 0.0;
};

Moments moments(const Line& ring, Point origin) noexcept {
  Moments m;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const Point a{ring[i].x_m - origin.x_m, ring[i].y_m - origin.y_m};
    const Point b{ring[i + 1].x_m - origin.x_m, ring[i + 1].y_m - origin.y_m};
    const double cross = a.x_m * b.y_m - b.x_m * a.y_m;
    m.twice_area += cross;
    m.x += (a.x_m + b.x_m) * cross;
    m.y += (a.y_m + b.y_m) * cross;
  }
  return m;
}

double ring_area_m2(const Line& ring) noexcept {
  // Coordinates are ~1e5 m, so products are taken near the ring.
  return ring.empty() ? 0.0 : 0.5 * std::fabs(moments(ring, ring.front()).twice_area);
}

double part_area_m2(const Polygon& part) noexcept {
  double area = ring_area_m2(part.outer);
  for (const Line& hole : part.holes) area -= ring_area_m2(hole);
  return area;
}

/// Centroid with the holes taken out, whatever the orientation of the rings; the first vertex for no area.
Point centroid(const Polygon& part) noexcept {
  const Point origin = part.outer.front();
  Moments sum;
  const auto add = [&](const Line& ring, double sign) {
    const Moments m = moments(ring, origin);
    const double s = m.twice_area < 0.0 ? -sign : sign;
    sum.twice_area += s * m.twice_area;
    sum.x += s * m.x;
    sum.y += s * m.y;
  };
  add(part.outer, 1.0);
  for (const Line& hole : part.holes) add(hole, -1.0);
  if (!(sum.twice_area > 0.0)) return origin;
  return {origin.x_m + sum.x / (3.0 * sum.twice_area), origin.y_m + sum.y / (3.0 * sum.twice_area)};
}

Point middle_of_widest_stretch(const Polygon& part, double y_m) {
  std::vector<double> xs;
  for_each_edge(part, [&](Point a, Point b) {
    if (crosses(a, b, y_m)) xs.push_back(crossing_x_m(a, b, y_m));
  });
  if (xs.size() < 2) return part.outer.front();
  std::sort(xs.begin(), xs.end());
  std::size_t widest = 0;
  for (std::size_t i = 0; i + 1 < xs.size(); i += 2) {
    if (xs[i + 1] - xs[i] > xs[widest + 1] - xs[widest]) widest = i;
  }
  return {0.5 * (xs[widest] + xs[widest + 1]), y_m};
}

constexpr double kMaxSlabs = 65536.0;
constexpr double kSlack_m = 1e-3;

struct PartEdge {
  Point a;
  Point b;
  std::size_t part;
  int area;
  [[nodiscard]] double south() const noexcept { return std::min(a.y_m, b.y_m); }
  [[nodiscard]] double north() const noexcept { return std::max(a.y_m, b.y_m); }
};

/// Every edge but the horizontal ones, which no horizontal line crosses.
std::vector<PartEdge> edges_that_climb(std::span<const MultiPolygon* const> areas) {
  std::vector<PartEdge> all;
  std::size_t number = 0;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    for (const Polygon& part : areas[i]->parts) {
      for_each_edge(part, [&](Point a, Point b) {
        if (a.y_m != b.y_m) all.push_back({a, b, number, static_cast<int>(i)});
      });
      ++number;
    }
  }
  return all;
}

struct Slabs {
  double south_m;
  double slab_m;
  std::size_t count;
};

/// An edge lies in about 1 + height / slab_m slabs: as many slabs as keep the copies near 4 per edge.
Slabs choose_slabs(const std::vector<PartEdge>& edges) {
  double south = std::numeric_limits<double>::infinity();
  double north = -south;
  double climb = 0.0;
  for (const PartEdge& edge : edges) {
    south = std::min(south, edge.south());
    north = std::max(north, edge.north());
    climb += edge.north() - edge.south();
  }
  const double count =
      std::clamp(3.0 * static_cast<double>(edges.size()) * (north - south) / climb, 1.0, kMaxSlabs);
  const auto whole = static_cast<std::size_t>(count);
  return {south, (north - south) / static_cast<double>(whole), whole};
}

}  // namespace

bool contains(const MultiPolygon& area, Point p) noexcept {
  return std::any_of(area.parts.begin(), area.parts.end(), [&](const Polygon& part) {
    bool inside = false;
    for_each_edge(part, [&](Point a, Point b) {
      if (crosses(a, b, p.y_m) && p.x_m < crossing_x_m(a, b, p.y_m)) inside = !inside;
    });
    return inside;
  });
}

double area_m2(const MultiPolygon& area) noexcept {
  double sum = 0.0;
  for (const Polygon& part : area.parts) sum += part_area_m2(part);
  return sum;
}

Point inner_point(const MultiPolygon& area) {
  const auto largest =
      std::max_element(area.parts.begin(), area.parts.end(),
                       [](const Polygon& a, const Polygon& b) { return part_area_m2(a) < part_area_m2(b); });
  if (largest == area.parts.end() || largest->outer.empty()) return {0.0, 0.0};
  const Point centre = centroid(*largest);
  return contains({{*largest}}, centre) ? centre : middle_of_widest_stretch(*largest, centre.y_m);
}

double length_m(const Line& line) noexcept {
  double sum = 0.0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) sum += distance_m(line[i], line[i + 1]);
  return sum;
}

AreaIndex::AreaIndex(std::span<const MultiPolygon* const> areas) {
  const std::vector<PartEdge> all = edges_that_climb(areas);
  if (all.empty()) return;
  const Slabs chosen = choose_slabs(all);
  south_m_ = chosen.south_m;
  slab_m_ = chosen.slab_m;
  const std::size_t slabs = chosen.count;
  const auto slab_of = [&](double y) {
    return std::min(static_cast<std::size_t>((y - south_m_) / slab_m_), slabs - 1);
  };
  // Counting sort by slab; within a slab the edges keep the order of areas and parts.
  std::vector<std::size_t> first(slabs + 1, 0);
  for (const PartEdge& edge : all) {
    for (std::size_t s = slab_of(edge.south()); s <= slab_of(edge.north()); ++s) ++first[s + 1];
  }
  for (std::size_t s = 0; s < slabs; ++s) first[s + 1] += first[s];
  std::vector<std::size_t> sorted(first.back());
  std::vector<std::size_t> next(first.begin(), first.end() - 1);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t s = slab_of(all[i].south()); s <= slab_of(all[i].north()); ++s) sorted[next[s]++] = i;
  }
  edges_.reserve(sorted.size());
  first_run_.reserve(first.size());
  for (std::size_t s = 0; s < slabs; ++s) {
    first_run_.push_back(runs_.size());
    for (std::size_t k = first[s]; k < first[s + 1]; ++k) {
      const PartEdge& edge = all[sorted[k]];
      if (k == first[s] || edge.part != all[sorted[k - 1]].part) {
        runs_.push_back({edge.area, edge.a.x_m, edge.a.x_m, k, k});
      }
      Run& run = runs_.back();
      run.west_m = std::min({run.west_m, edge.a.x_m, edge.b.x_m});
      run.east_m = std::max({run.east_m, edge.a.x_m, edge.b.x_m});
      run.last = k + 1;
      edges_.push_back({edge.a, edge.b});
    }
  }
  first_run_.push_back(runs_.size());
}

int AreaIndex::find(Point p) const noexcept {
  if (runs_.empty() || !(p.y_m >= south_m_)) return -1;
  const double slab = (p.y_m - south_m_) / slab_m_;
  const std::size_t slabs = first_run_.size() - 1;
  if (slab >= static_cast<double>(slabs) + 1.0) return -1;
  const std::size_t s = std::min(static_cast<std::size_t>(slab), slabs - 1);
  for (std::size_t r = first_run_[s]; r < first_run_[s + 1]; ++r) {
    const Run& run = runs_[r];
    // Rounding may carry a crossing a little beyond the ends of its edge.
    if (!(p.x_m >= run.west_m - kSlack_m && p.x_m <= run.east_m + kSlack_m)) continue;
    bool inside = false;
    for (std::size_t i = run.first; i < run.last; ++i) {
      const Edge& edge = edges_[i];
      if (crosses(edge.a, edge.b, p.y_m) && p.x_m < crossing_x_m(edge.a, edge.b, p.y_m)) inside = !inside;
    }
    if (inside) return run.area;
  }
  return -1;
}

}  // namespace amaneku
