#include "scenarios/report/map_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <unordered_set>
#include <utility>

namespace amaneku::scenarios {
namespace {

constexpr double kWidest = 900.0;
constexpr double kHighest = 1200.0;
constexpr double kMargin = 4.0;

double distance_to_segment(ViewPoint p, ViewPoint a, ViewPoint b) noexcept {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double length2 = dx * dx + dy * dy;
  const double t = length2 > 0.0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0) : 0.0;
  return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

std::uint64_t mixed(std::uint64_t hash, double metres) noexcept {
  hash ^= static_cast<std::uint64_t>(std::llround(metres)) + 0x9E3779B97F4A7C15ULL + (hash << 6U) + (hash >> 2U);
  hash *= 0xBF58476D1CE4E5B9ULL;
  return hash ^ (hash >> 29U);
}

/// The same for both directions; ends are taken to the metre.
std::uint64_t segment_key(Point a, Point b) noexcept {
  if (std::pair(b.x_m, b.y_m) < std::pair(a.x_m, a.y_m)) std::swap(a, b);
  return mixed(mixed(mixed(mixed(0, a.x_m), a.y_m), b.x_m), b.y_m);
}

/// Splits a line into the runs of segments for which `keep` holds.
template <class Keep>
void append_runs(const MapView& view, const Line& line, std::vector<ViewLine>& out, const Keep& keep) {
  ViewLine run;
  const auto flush = [&] {
    if (run.size() > 1) out.push_back(std::move(run));
    run.clear();
  };
  for (std::size_t i = 1; i < line.size(); ++i) {
    const ViewPoint a = view.to_view(line[i - 1]);
    const ViewPoint b = view.to_view(line[i]);
    if (!view.may_show(a, b) || !keep(line[i - 1], line[i])) {
      flush();
      continue;
    }
    if (run.empty()) run.push_back(a);
    run.push_back(b);
  }
  flush();
}

double extent(const ViewLine& line) noexcept {
  const auto [left, right] =
      std::minmax_element(line.begin(), line.end(), [](ViewPoint a, ViewPoint b) { return a.x < b.x; });
  const auto [top, bottom] =
      std::minmax_element(line.begin(), line.end(), [](ViewPoint a, ViewPoint b) { return a.y < b.y; });
  return std::hypot(right->x - left->x, bottom->y - top->y);
}

}  // namespace

MapView::MapView(const Grid& plan) : west_m_(plan.west_m), north_m_(plan.north_m) {
  const double width_m = plan.nx * plan.cell_m;
  const double height_m = plan.ny * plan.cell_m;
  units_per_m_ = std::min(kWidest / width_m, kHighest / height_m);
  width_ = width_m * units_per_m_;
  height_ = height_m * units_per_m_;
}

bool MapView::may_show(ViewPoint a, ViewPoint b) const noexcept {
  return std::max(a.x, b.x) >= -kMargin && std::max(a.y, b.y) >= -kMargin &&
         std::min(a.x, b.x) <= width_ + kMargin && std::min(a.y, b.y) <= height_ + kMargin;
}

std::vector<ViewLine> visible_parts(const MapView& view, const Line& line) {
  std::vector<ViewLine> out;
  append_runs(view, line, out, [](Point, Point) { return true; });
  return out;
}

std::vector<ViewLine> boundary_lines(const MapView& view, const std::vector<MultiPolygon>& areas) {
  std::vector<ViewLine> out;
  std::unordered_set<std::uint64_t> drawn;
  const auto ring = [&](const Line& line) {
    append_runs(view, line, out, [&](Point a, Point b) { return drawn.insert(segment_key(a, b)).second; });
  };
  for (const MultiPolygon& area : areas) {
    for (const Polygon& part : area.parts) {
      ring(part.outer);
      for (const Line& hole : part.holes) ring(hole);
    }
  }
  return out;
}

ViewLine simplified(const ViewLine& line, double tolerance) {
  if (line.size() < 3) return line;
  std::vector<bool> keep(line.size(), false);
  keep.front() = keep.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open = {{0, line.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    double farthest = tolerance;
    std::size_t split = first;
    for (std::size_t i = first + 1; i < last; ++i) {
      const double distance = distance_to_segment(line[i], line[first], line[last]);
      if (distance > farthest) {
        farthest = distance;
        split = i;
      }
    }
    if (split == first) continue;
    keep[split] = true;
    open.emplace_back(first, split);
    open.emplace_back(split, last);
  }
  ViewLine out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (keep[i]) out.push_back(line[i]);
  }
  return out;
}

std::string path_data(const std::vector<ViewLine>& lines, double tolerance) {
  std::string data;
  for (const ViewLine& line : lines) {
    if (extent(line) < tolerance) continue;
    long long x = 0;
    long long y = 0;
    bool first = true;
    for (const ViewPoint& p : simplified(line, tolerance)) {
      const long long next_x = std::llround(10.0 * p.x);
      const long long next_y = std::llround(10.0 * p.y);
      const long long dx = next_x - x;
      const long long dy = next_y - y;
      if (!first && dx == 0 && dy == 0) continue;
      // Pairs after "M x y l" need no letter, and a minus sign separates as well as a space.
      const char* lead = first ? "M" : (data.back() == 'l' || dx < 0 ? "" : " ");
      fmt::format_to(std::back_inserter(data), "{}{}{}{}{}", lead, dx, dy < 0 ? "" : " ", dy, first ? "l" : "");
      x = next_x;
      y = next_y;
      first = false;
    }
    if (data.back() == 'l') data += "0 0";
  }
  return data;
}

}  // namespace amaneku::scenarios
