#include "scenarios/demo/boundaries.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

namespace amaneku::scenarios::demo {

namespace {

/// A corner of cells: (0, 0) is the north-west corner of the grid.
struct Corner {
  int x;
  int y;
  friend bool operator==(const Corner&, const Corner&) = default;
};

constexpr std::array<Corner, 4> kHeadings = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};  // east, south, west, north

class Labels {
 public:
  Labels(const std::vector<std::int32_t>& labels, const Grid& grid) : labels_(labels), grid_(grid) {}

  [[nodiscard]] std::int32_t at(int ix, int iy) const {
    return grid_.holds(ix, iy) ? labels_[grid_.index(ix, iy)] : -1;
  }

  /// Whether the border of `label`, with its cells on the right hand, runs from `corner` along `heading`.
  [[nodiscard]] bool border(std::int32_t label, Corner corner, std::size_t heading) const {
    // Cells to the right and to the left of the edge that leaves the corner.
    constexpr std::array<Corner, 4> kRight = {{{0, 0}, {-1, 0}, {-1, -1}, {0, -1}}};
    constexpr std::array<Corner, 4> kLeft = {{{0, -1}, {0, 0}, {-1, 0}, {-1, -1}}};
    return at(corner.x + kRight[heading].x, corner.y + kRight[heading].y) == label &&
           at(corner.x + kLeft[heading].x, corner.y + kLeft[heading].y) != label;
  }

  /// Three labels, or two that touch across the corner, meet here: a point that smoothing must not move.
  [[nodiscard]] bool node(Corner corner) const {
    const std::int32_t nw = at(corner.x - 1, corner.y - 1);
    const std::int32_t ne = at(corner.x, corner.y - 1);
    const std::int32_t sw = at(corner.x - 1, corner.y);
    const std::int32_t se = at(corner.x, corner.y);
    std::array<std::int32_t, 4> around = {nw, ne, sw, se};
    std::sort(around.begin(), around.end());
    const auto distinct = std::unique(around.begin(), around.end()) - around.begin();
    const bool rim = corner.x == 0 || corner.y == 0 || corner.x == grid_.nx || corner.y == grid_.ny;
    return distinct >= 3 || (nw == se && ne == sw && nw != ne) || (rim && distinct >= 3) ||
           ((corner.x == 0 || corner.x == grid_.nx) && (corner.y == 0 || corner.y == grid_.ny)) ||
           (rim && inner_step(corner));
  }

 private:
  /// On the rim of the map: the label changes along it.
  [[nodiscard]] bool inner_step(Corner corner) const {
    const bool upright = corner.x == 0 || corner.x == grid_.nx;
    const int ix = std::min(corner.x, grid_.nx - 1);
    const int iy = std::min(corner.y, grid_.ny - 1);
    return upright ? at(ix, corner.y - 1) != at(ix, corner.y) : at(corner.x - 1, iy) != at(corner.x, iy);
  }

  const std::vector<std::int32_t>& labels_;
  const Grid& grid_;
};

/// One ring of corners, cells of the label on the right hand, closed.
std::vector<Corner> walk_ring(const Labels& labels, std::int32_t label, Corner start,
                              std::vector<std::uint8_t>& seen, int nx) {
  std::vector<Corner> ring;
  Corner corner = start;
  std::size_t heading = 0;
  do {
    ring.push_back(corner);
    if (heading == 0)
      seen[static_cast<std::size_t>(corner.y) * static_cast<std::size_t>(nx) +
           static_cast<std::size_t>(corner.x)] = 1;
    corner = {corner.x + kHeadings[heading].x, corner.y + kHeadings[heading].y};
    // The sharpest right turn first: cells that touch at a corner only belong to two rings.
    for (const std::size_t turn : {1U, 0U, 3U}) {
      const std::size_t next = (heading + turn) % 4;
      if (labels.border(label, corner, next)) {
        heading = next;
        break;
      }
    }
  } while (!(corner == start && heading == 0));
  ring.push_back(start);
  return ring;
}

bool before(Point a, Point b) noexcept {
  return std::tie(a.x_m, a.y_m) < std::tie(b.x_m, b.y_m);
}

/// Smoothed and thinned between its ends, whatever the direction.
Line softened(Line arc, double cell_m) {
  const bool turned = arc.size() > 1 && (before(arc.back(), arc.front()) ||
                                         (arc.front() == arc.back() && before(arc[arc.size() - 2], arc[1])));
  if (turned) std::reverse(arc.begin(), arc.end());
  for (int pass = 0; pass < 3; ++pass) {
    Line next = arc;
    for (std::size_t i = 1; i + 1 < arc.size(); ++i) {
      next[i] = {0.25 * (arc[i - 1].x_m + arc[i + 1].x_m) + 0.5 * arc[i].x_m,
                 0.25 * (arc[i - 1].y_m + arc[i + 1].y_m) + 0.5 * arc[i].y_m};
    }
    arc = std::move(next);
  }
  arc = thinned(arc, 0.12 * cell_m);
  if (turned) std::reverse(arc.begin(), arc.end());
  return arc;
}

Line soft_ring(const Labels& labels, std::vector<Corner> ring, const Grid& grid) {
  ring.pop_back();
  const auto first = std::find_if(ring.begin(), ring.end(), [&](Corner c) { return labels.node(c); });
  // A ring without a node starts at its smallest corner, so that both sides of the border start there.
  const auto start =
      first != ring.end() ? first : std::min_element(ring.begin(), ring.end(), [](Corner a, Corner b) {
        return std::tie(a.y, a.x) < std::tie(b.y, b.x);
      });
  std::rotate(ring.begin(), start, ring.end());
  ring.push_back(ring.front());
  Line line;
  Line arc;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    arc.push_back({grid.west_m + ring[i].x * grid.cell_m, grid.north_m - ring[i].y * grid.cell_m});
    if (i == 0 || (i + 1 < ring.size() && !labels.node(ring[i]))) continue;
    const Point last = arc.back();
    const Line soft = softened(std::move(arc), grid.cell_m);
    line.insert(line.end(), soft.begin(), soft.end() - 1);
    arc = {last};
  }
  line.push_back(line.front());
  return line;
}

double signed_area(const Line& ring) {
  double twice = 0.0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    twice += (ring[i].x_m - ring[0].x_m) * (ring[i + 1].y_m - ring[0].y_m) -
             (ring[i + 1].x_m - ring[0].x_m) * (ring[i].y_m - ring[0].y_m);
  }
  return 0.5 * twice;
}

/// Rings with the label on the right hand: clockwise ones are outer rings, the others holes.
MultiPolygon assembled(std::vector<Line> rings) {
  MultiPolygon area;
  std::vector<Line> holes;
  for (Line& ring : rings) {
    if (ring.size() < 4) continue;
    if (signed_area(ring) < 0.0) {
      std::reverse(ring.begin(), ring.end());
      area.parts.push_back({std::move(ring), {}});
    } else {
      holes.push_back(std::move(ring));
    }
  }
  for (Line& hole : holes) {
    const Point inside{0.5 * (hole[0].x_m + hole[1].x_m), 0.5 * (hole[0].y_m + hole[1].y_m)};
    for (Polygon& part : area.parts) {
      if (!contains(MultiPolygon{{Polygon{part.outer, {}}}}, inside)) continue;
      std::reverse(hole.begin(), hole.end());
      part.holes.push_back(std::move(hole));
      break;
    }
  }
  return area;
}

}  // namespace

Line thinned(const Line& line, double tolerance_m) {
  if (line.size() < 3) return line;
  std::vector<std::uint8_t> keep(line.size(), 0);
  keep.front() = keep.back() = 1;
  std::vector<std::pair<std::size_t, std::size_t>> stack = {{0, line.size() - 1}};
  while (!stack.empty()) {
    const auto [first, last] = stack.back();
    stack.pop_back();
    const double run_x = line[last].x_m - line[first].x_m;
    const double run_y = line[last].y_m - line[first].y_m;
    const double run = std::hypot(run_x, run_y);
    std::size_t farthest = first;
    double distance = tolerance_m;
    for (std::size_t i = first + 1; i < last; ++i) {
      const double across = (line[i].x_m - line[first].x_m) * run_y - (line[i].y_m - line[first].y_m) * run_x;
      const double away = run > 0.0 ? std::abs(across) / run : distance_m(line[i], line[first]);
      if (away > distance) {
        distance = away;
        farthest = i;
      }
    }
    if (farthest == first) continue;
    keep[farthest] = 1;
    stack.emplace_back(first, farthest);
    stack.emplace_back(farthest, last);
  }
  Line kept;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (keep[i] != 0) kept.push_back(line[i]);
  }
  return kept;
}

std::vector<MultiPolygon> outline_labels(const std::vector<std::int32_t>& cells, const Grid& grid, int count) {
  const Labels labels(cells, grid);
  std::vector<MultiPolygon> areas;
  for (int label = 0; label < count; ++label) {
    std::vector<std::uint8_t> seen(grid.cells() + static_cast<std::size_t>(grid.nx), 0);
    std::vector<Line> rings;
    for (int y = 0; y <= grid.ny; ++y) {
      for (int x = 0; x < grid.nx; ++x) {
        const std::size_t index =
            static_cast<std::size_t>(y) * static_cast<std::size_t>(grid.nx) + static_cast<std::size_t>(x);
        if (seen[index] != 0 || !labels.border(label, {x, y}, 0)) continue;
        rings.push_back(soft_ring(labels, walk_ring(labels, label, {x, y}, seen, grid.nx), grid));
      }
    }
    areas.push_back(assembled(std::move(rings)));
  }
  return areas;
}

}  // namespace amaneku::scenarios::demo
