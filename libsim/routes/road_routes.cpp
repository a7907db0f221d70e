#include "libsim/routes/road_routes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "libsim/routes/road_graph.hpp"

namespace amaneku {
namespace {

constexpr double kUnreached = std::numeric_limits<double>::infinity();

/// Along the roads from a point of them, by the nearer end of its edge.
double way_m(const RoadGraph& graph, const RoadPoint& from, std::span<const double> node_ways_m) {
  const RoadEdge& edge = graph.edges()[from.edge];
  return std::min(node_ways_m[edge.from] + from.along_m, node_ways_m[edge.to] + edge.length_m - from.along_m);
}

/// The nodes from which a way leads to an exchange.
struct Mainland {
  std::vector<std::uint32_t> nodes;
  PointIndex index;  ///< of the positions of `nodes`

  [[nodiscard]] NearPoint nearest_node(Point p) const {
    const NearPoint found = index.nearest(p);
    return {nodes[found.index], found.distance_m};
  }
};

Mainland mainland_of(const RoadGraph& graph, std::span<const double> to_exchange_m) {
  std::vector<std::uint32_t> nodes;
  std::vector<Point> points;
  for (std::uint32_t node = 0; node < to_exchange_m.size(); ++node) {
    if (to_exchange_m[node] == kUnreached) continue;
    nodes.push_back(node);
    points.push_back(graph.nodes()[node]);
  }
  return {std::move(nodes), PointIndex(std::move(points))};
}

/// Connected parts of the roads that lead to no exchange, and the shortest gap from each to the mainland.
class Islands {
 public:
  Islands(const RoadGraph& graph, std::span<const double> to_exchange_m)
      : graph_(graph),
        to_exchange_m_(to_exchange_m),
        mainland_(mainland_of(graph, to_exchange_m)),
        island_of_(graph.parts()),
        gaps_(1 + *std::max_element(island_of_.begin(), island_of_.end())) {
    for (std::uint32_t node = 0; node < island_of_.size(); ++node) {
      if (to_exchange_m_[node] < kUnreached) continue;
      const NearPoint shore = mainland_.nearest_node(graph_.nodes()[node]);
      Gap& gap = gaps_[island_of_[node]];
      if (shore.distance_m < gap.length_m) gap = {shore.distance_m, node, shore.index};
    }
    std::vector<NearPoint> starts;
    for (const Gap& gap : gaps_) {
      if (gap.length_m < kUnreached) starts.push_back({gap.from, 0.0});
    }
    to_gap_m_ = graph_.shortest_ways(starts).length_m;
  }

  /// Over the gap of the island, or straight from the site where that is a shorter gap.
  [[nodiscard]] RoadRoute route(Point site, const RoadPoint& road) const {
    const Gap& gap = gaps_[island_of_[graph_.edges()[road.edge].from]];
    RoadRoute out{.to_road_m = road.distance_m,
                  .along_road_m = way_m(graph_, road, to_gap_m_) + to_exchange_m_[gap.to],
                  .gap_m = gap.length_m,
                  .gap_from = graph_.nodes()[gap.from],
                  .gap_to = graph_.nodes()[gap.to]};
    const NearPoint shore = mainland_.nearest_node(site);
    if (shore.distance_m < out.gap_m) {
      out.along_road_m = to_exchange_m_[shore.index];
      out.gap_m = shore.distance_m;
      out.gap_from = site;
      out.gap_to = graph_.nodes()[shore.index];
    }
    if (out.gap_m <= kRoadJoin_m) out.along_road_m += std::exchange(out.gap_m, 0.0);
    return out;
  }

 private:
  struct Gap {
    double length_m = kUnreached;
    std::uint32_t from = 0;  ///< node of the island
    std::uint32_t to = 0;    ///< node of the mainland
  };

  const RoadGraph& graph_;
  std::span<const double> to_exchange_m_;
  Mainland mainland_;
  std::vector<std::uint32_t> island_of_;  ///< of each node; one is, or several are, the mainland
  std::vector<Gap> gaps_;
  std::vector<double> to_gap_m_{};  ///< of each node, along the roads of its island
};

std::vector<RoadPoint> nearest_points(const RoadGraph& graph, std::span<const Point> points) {
  std::vector<RoadPoint> out;
  for (const Point& point : points) out.push_back(graph.nearest_point(point));
  return out;
}

/// The ends of the edges at which ways to the exchanges begin, with what lies between.
std::vector<NearPoint> starts_at(const RoadGraph& graph, std::span<const RoadPoint> exchanges) {
  std::vector<NearPoint> out;
  for (const RoadPoint& exchange : exchanges) {
    const RoadEdge& edge = graph.edges()[exchange.edge];
    out.push_back({edge.from, exchange.distance_m + exchange.along_m});
    out.push_back({edge.to, exchange.distance_m + edge.length_m - exchange.along_m});
  }
  return out;
}

/// On one edge with an exchange: straight along it.
double to_exchange_on_edge_m(const RoadPoint& road, std::span<const RoadPoint> exchanges) {
  double nearest_m = kUnreached;
  for (const RoadPoint& exchange : exchanges) {
    if (exchange.edge == road.edge)
      nearest_m = std::min(nearest_m, exchange.distance_m + std::abs(exchange.along_m - road.along_m));
  }
  return nearest_m;
}

}  // namespace

std::vector<RoadRoute> road_routes(std::span<const Line* const> roads, std::span<const Point> exchanges,
                                   std::span<const Point> sites) {
  std::vector<RoadRoute> out(sites.size());
  const RoadGraph graph(roads);
  if (graph.nodes().empty()) return out;
  const std::vector<RoadPoint> road = nearest_points(graph, sites);
  for (std::size_t i = 0; i < sites.size(); ++i) out[i].to_road_m = road[i].distance_m;
  if (exchanges.empty()) return out;
  const std::vector<RoadPoint> doors = nearest_points(graph, exchanges);
  const std::vector<double> to_exchange_m = graph.shortest_ways(starts_at(graph, doors)).length_m;
  std::optional<Islands> islands;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    out[i].along_road_m = std::min(way_m(graph, road[i], to_exchange_m), to_exchange_on_edge_m(road[i], doors));
    if (out[i].along_road_m < kUnreached) continue;
    if (!islands) islands.emplace(graph, to_exchange_m);
    out[i] = islands->route(sites[i], road[i]);
  }
  return out;
}

}  // namespace amaneku
