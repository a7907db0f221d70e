#include "terrain/vector.hpp"

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
  std::vector<Edge> all;
  std::uint32_t part_number = 0;
  double south = std::numeric_limits<double>::infinity();
  double north = -south;
  double climb = 0.0;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    for (const Polygon& part : areas[i]->parts) {
      for_each_edge(part, [&](Point a, Point b) {
        if (a.y_m == b.y_m) return;
        all.push_back({a, b, part_number, static_cast<int>(i)});
        south = std::min({south, a.y_m, b.y_m});
        north = std::max({north, a.y_m, b.y_m});
        climb += std::fabs(a.y_m - b.y_m);
      });
      ++part_number;
    }
  }
  if (all.empty()) return;
  // An edge lies in about 1 + height / slab_m slabs. This many slabs keep the copies near 4 per edge.
  const double wanted = std::clamp(3.0 * static_cast<double>(all.size()) * (north - south) / climb, 1.0, 65536.0);
  const auto slabs = static_cast<std::size_t>(wanted);
  south_m_ = south;
  slab_m_ = (north - south) / static_cast<double>(slabs);
  const auto slab_of = [&](double y) {
    return std::min(static_cast<std::size_t>((y - south_m_) / slab_m_), slabs - 1);
  };
  first_.assign(slabs + 1, 0);
  const auto for_each_slab = [&](const Edge& edge, const auto& visit) {
    const std::size_t last = slab_of(std::max(edge.a.y_m, edge.b.y_m));
    for (std::size_t s = slab_of(std::min(edge.a.y_m, edge.b.y_m)); s <= last; ++s) visit(s);
  };
  for (const Edge& edge : all) for_each_slab(edge, [&](std::size_t s) { ++first_[s + 1]; });
  for (std::size_t s = 0; s < slabs; ++s) first_[s + 1] += first_[s];
  edges_.resize(first_.back());
  std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
  for (const Edge& edge : all) for_each_slab(edge, [&](std::size_t s) { edges_[next[s]++] = edge; });
}

int AreaIndex::find(Point p) const noexcept {
  if (edges_.empty() || !(p.y_m >= south_m_)) return -1;
  const double slab = (p.y_m - south_m_) / slab_m_;
  const std::size_t slabs = first_.size() - 1;
  if (slab >= static_cast<double>(slabs) + 1.0) return -1;
  const std::size_t s = std::min(static_cast<std::size_t>(slab), slabs - 1);
  // Areas come in order, and the parts of one area are neighbours: the first odd part is the answer.
  bool inside = false;
  for (std::size_t i = first_[s]; i < first_[s + 1]; ++i) {
    const Edge& edge = edges_[i];
    if (i > first_[s] && edge.part != edges_[i - 1].part) {
      if (inside) return edges_[i - 1].area;
      inside = false;
    }
    if (crosses(edge.a, edge.b, p.y_m) && p.x_m < crossing_x_m(edge.a, edge.b, p.y_m)) inside = !inside;
  }
  return inside ? edges_[first_[s + 1] - 1].area : -1;
}

}  // namespace amaneku
