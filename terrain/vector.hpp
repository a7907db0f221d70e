// Simple features in plan coordinates: what boundaries, roads and population are made of.
#pragma once

#include <string>
#include <variant>
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

/// Even-odd test; points exactly on a border may fall on either side but always on the same.
[[nodiscard]] bool contains(const MultiPolygon& area, Point p) noexcept;
/// Planar area in m2, holes subtracted.
[[nodiscard]] double area_m2(const MultiPolygon& area) noexcept;
[[nodiscard]] double length_m(const Line& line) noexcept;

}  // namespace amaneku
