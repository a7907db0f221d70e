#include "libsim/routes/road_routes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <queue>
#include <unordered_map>
#include <utility>

namespace amaneku {
namespace {

constexpr double kStep_m = 50.0;  ///< between nodes
constexpr double kJoin_m = 60.0;  ///< a little more than a step, so that a T junction finds a node
constexpr double kFar = std::numeric_limits<double>::infinity();

double distance(Point a, Point b) {
  return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m);
}

/// Points in square cells: what is near is found without looking at all.
class PointCells {
 public:
  explicit PointCells(double cell_m) : cell_m_(cell_m) {}

  void add(int id, Point p) {
    cells_[key(column(p.x_m), column(p.y_m))].push_back({id, p});
    most_ = std::max({most_, std::abs(column(p.x_m)), std::abs(column(p.y_m))});
  }

  /// Every point within the 3 x 3 cells around p.
  template <class Visit>
  void around(Point p, const Visit& visit) const {
    ring(p, 0, visit);
    ring(p, 1, visit);
  }

  /// The nearest point and its distance; -1 where there is none.
  [[nodiscard]] std::pair<int, double> nearest(Point p) const {
    std::pair<int, double> best{-1, kFar};
    if (cells_.empty()) return best;
    const std::int64_t last = most_ + std::max(std::abs(column(p.x_m)), std::abs(column(p.y_m))) + 1;
    for (std::int64_t r = 0; r <= last && static_cast<double>(r - 1) * cell_m_ < best.second; ++r) {
      ring(p, r, [&](int id, Point q) {
        const double d = distance(p, q);
        if (d < best.second || (d == best.second && id < best.first)) best = {id, d};
      });
    }
    return best;
  }

 private:
  struct Entry {
    int id;
    Point at;
  };

  [[nodiscard]] std::int64_t column(double metres) const {
    return static_cast<std::int64_t>(std::floor(metres / cell_m_));
  }
  static std::uint64_t key(std::int64_t x, std::int64_t y) {
    return static_cast<std::uint64_t>(x) << 32U ^ (static_cast<std::uint64_t>(y) & 0xffff'ffffU);
  }

  template <class Visit>
  void cell(std::int64_t x, std::int64_t y, const Visit& visit) const {
    const auto found = cells_.find(key(x, y));
    if (found == cells_.end()) return;
    for (const Entry& entry : found->second) visit(entry.id, entry.at);
  }

  /// Cells whose larger offset from that of p is r.
  template <class Visit>
  void ring(Point p, std::int64_t r, const Visit& visit) const {
    const std::int64_t x = column(p.x_m);
    const std::int64_t y = column(p.y_m);
    for (std::int64_t dx = -r; dx <= r; ++dx) {
      const bool edge = std::abs(dx) == r;
      for (std::int64_t dy = -r; dy <= r; dy += edge || r == 0 ? 1 : 2 * r) cell(x + dx, y + dy, visit);
    }
  }

  double cell_m_;
  std::int64_t most_ = 0;
  std::unordered_map<std::uint64_t, std::vector<Entry>> cells_;
};

class RoadGraph {
 public:
  explicit RoadGraph(std::span<const Line* const> roads) {
    for (const Line* road : roads) add(*road);
    join_ends();
    for (std::size_t i = 0; i < nodes_.size(); ++i) wide_.add(static_cast<int>(i), nodes_[i]);
  }

  [[nodiscard]] bool empty() const noexcept { return nodes_.empty(); }
  [[nodiscard]] std::pair<int, double> nearest(Point p) const { return wide_.nearest(p); }
  [[nodiscard]] Point at(int node) const { return nodes_[static_cast<std::size_t>(node)]; }

  /// Length of the shortest way from any of the starts, which have a length already.
  [[nodiscard]] std::vector<double> lengths(const std::vector<std::pair<int, double>>& starts) const {
    std::vector<double> out(nodes_.size(), kFar);
    using Entry = std::pair<double, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    for (const auto& [node, length_m] : starts) open.push({length_m, node});
    while (!open.empty()) {
      const auto [length_m, node] = open.top();
      open.pop();
      double& known_m = out[static_cast<std::size_t>(node)];
      if (length_m >= known_m) continue;
      known_m = length_m;
      for (const auto& [other, step_m] : edges_[static_cast<std::size_t>(node)]) {
        if (length_m + step_m < out[static_cast<std::size_t>(other)]) open.push({length_m + step_m, other});
      }
    }
    return out;
  }

 private:
  void add(const Line& line) {
    if (line.empty()) return;
    const int first = node(line.front());
    int last = first;
    for (std::size_t i = 1; i < line.size(); ++i) {
      const double length_m = distance(line[i - 1], line[i]);
      const int steps = std::max(1, static_cast<int>(std::ceil(length_m / kStep_m)));
      for (int k = 1; k <= steps; ++k) {
        const double t = static_cast<double>(k) / steps;
        const int next = node({line[i - 1].x_m + t * (line[i].x_m - line[i - 1].x_m),
                               line[i - 1].y_m + t * (line[i].y_m - line[i - 1].y_m)});
        connect(last, next);
        last = next;
      }
    }
    ends_.push_back(first);
    ends_.push_back(last);
  }

  int node(Point p) {
    nodes_.push_back(p);
    edges_.emplace_back();
    const int id = static_cast<int>(nodes_.size()) - 1;
    near_.add(id, p);
    return id;
  }

  void connect(int a, int b) {
    const double length_m = distance(at(a), at(b));
    edges_[static_cast<std::size_t>(a)].push_back({b, length_m});
    edges_[static_cast<std::size_t>(b)].push_back({a, length_m});
  }

  void join_ends() {
    for (const int end : ends_) {
      near_.around(at(end), [&](int other, Point p) {
        if (other != end && distance(at(end), p) <= kJoin_m) connect(end, other);
      });
    }
  }

  std::vector<Point> nodes_{};
  std::vector<std::vector<std::pair<int, double>>> edges_{};
  std::vector<int> ends_{};
  PointCells near_{kJoin_m};
  PointCells wide_{1000.0};
};

/// The shortest straight gap from what a site reaches to what an exchange reaches, and the length beyond it.
RoadRoute across(const RoadGraph& graph, const PointCells& connected, const std::vector<double>& to_exchange_m,
                 Point site, std::pair<int, double> road) {
  RoadRoute out{.to_road_m = road.second, .gap_m = kFar};
  const auto try_from = [&](Point from, double before_m) {
    const auto [shore, gap_m] = connected.nearest(from);
    if (shore < 0 || gap_m >= out.gap_m) return;
    out.gap_m = gap_m;
    out.gap_from = from;
    out.gap_to = graph.at(shore);
    out.along_road_m = before_m + to_exchange_m[static_cast<std::size_t>(shore)];
  };
  const std::vector<double> reached_m = graph.lengths({{road.first, 0.0}});
  for (std::size_t i = 0; i < reached_m.size(); ++i) {
    if (reached_m[i] < kFar) try_from(graph.at(static_cast<int>(i)), reached_m[i]);
  }
  try_from(site, 0.0);
  if (out.gap_m <= kJoin_m) out.along_road_m += std::exchange(out.gap_m, 0.0);
  return out;
}

}  // namespace

std::vector<RoadRoute> road_routes(std::span<const Line* const> roads, std::span<const Point> exchanges,
                                   std::span<const Point> sites) {
  std::vector<RoadRoute> out(sites.size());
  const RoadGraph graph(roads);
  if (graph.empty()) return out;
  std::vector<std::pair<int, double>> starts;
  for (const Point& exchange : exchanges) starts.push_back(graph.nearest(exchange));
  const std::vector<double> to_exchange_m = graph.lengths(starts);
  PointCells connected(1000.0);
  for (std::size_t i = 0; i < to_exchange_m.size(); ++i) {
    if (to_exchange_m[i] < kFar) connected.add(static_cast<int>(i), graph.at(static_cast<int>(i)));
  }
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const std::pair<int, double> road = graph.nearest(sites[i]);
    out[i].to_road_m = road.second;
    if (exchanges.empty()) continue;
    const double along_m = to_exchange_m[static_cast<std::size_t>(road.first)];
    if (along_m < kFar) {
      out[i].along_road_m = along_m;
    } else {
      out[i] = across(graph, connected, to_exchange_m, sites[i], road);
    }
  }
  return out;
}

}  // namespace amaneku
