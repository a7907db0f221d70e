#include "libsim/routes/road_graph.hpp"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/property_map.hpp>
#include <boost/range/iterator_range.hpp>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iterator>
#include <utility>

namespace amaneku {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();

/// One direction of an edge.
struct Arc {
  double length_m = 0.0;
  std::uint32_t edge = kNoRoadEdge;
};

using Arcs = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Arc, boost::no_property,
                                                std::uint32_t, std::uint32_t>;

/// Nodes and edges of the lines as they stand, not joined yet.
class Pieces {
 public:
  explicit Pieces(std::span<const Line* const> lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (!lines[i]->empty()) add(*lines[i], static_cast<std::uint32_t>(i));
    }
  }

  std::vector<Point> nodes{};
  std::vector<RoadEdge> edges{};
  std::vector<std::uint32_t> ends{};  ///< nodes, two of each line

 private:
  void add(const Line& line, std::uint32_t index) {
    ends.push_back(static_cast<std::uint32_t>(nodes.size()));
    nodes.push_back(line.front());
    if (line.size() == 1) add_segment(line.front(), line.front(), index);
    for (std::size_t i = 1; i < line.size(); ++i) add_segment(line[i - 1], line[i], index);
    ends.push_back(static_cast<std::uint32_t>(nodes.size() - 1));
  }

  /// `a` is the last node.
  void add_segment(Point a, Point b, std::uint32_t line) {
    const int steps = std::max(1, static_cast<int>(std::ceil(distance_m(a, b) / kRoadStep_m)));
    for (int k = 1; k <= steps; ++k) {
      const double t = static_cast<double>(k) / steps;
      const auto node = static_cast<std::uint32_t>(nodes.size());
      nodes.push_back({a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)});
      edges.push_back({node - 1, node, distance_m(nodes[node - 1], nodes[node]), line});
    }
  }
};

/// Adds the joints to the edges of the lines, which are in order of their nodes.
std::vector<RoadEdge> joined(std::vector<RoadEdge> edges, const PointIndex& nodes,
                             std::span<const std::uint32_t> ends) {
  std::vector<RoadEdge> joints;
  for (const std::uint32_t end : ends) {
    for (const NearPoint& near : nodes.within(nodes.points()[end], kRoadJoin_m)) {
      if (near.index == end) continue;
      joints.push_back({std::min(end, near.index), std::max(end, near.index), near.distance_m, kRoadJoint});
    }
  }
  const auto nodes_of = [](const RoadEdge& edge) { return std::pair(edge.from, edge.to); };
  const auto before = [&](const RoadEdge& a, const RoadEdge& b) { return nodes_of(a) < nodes_of(b); };
  const auto same = [&](const RoadEdge& a, const RoadEdge& b) { return nodes_of(a) == nodes_of(b); };
  std::sort(joints.begin(), joints.end(), before);
  joints.erase(std::unique(joints.begin(), joints.end(), same), joints.end());
  std::vector<RoadEdge> added;
  std::set_difference(joints.begin(), joints.end(), edges.begin(), edges.end(), std::back_inserter(added), before);
  edges.insert(edges.end(), added.begin(), added.end());
  return edges;
}

Arcs arcs_of(std::span<const RoadEdge> edges, std::size_t nodes) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  std::vector<Arc> arcs;
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    for (const auto& direction : {std::pair(edges[i].from, edges[i].to), std::pair(edges[i].to, edges[i].from)}) {
      ends.push_back(direction);
      arcs.push_back({edges[i].length_m, i});
    }
  }
  return {boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), arcs.begin(),
          static_cast<std::uint32_t>(nodes)};
}

/// Notes the edge by which a node was reached, whenever a shorter way is found.
struct LastEdge : boost::default_dijkstra_visitor {
  explicit LastEdge(std::vector<std::uint32_t>& of) : last_edge(&of) {}

  template <class ArcId>
  void edge_relaxed(ArcId arc, const Arcs& arcs) const {
    (*last_edge)[target(arc, arcs)] = arcs[arc].edge;
  }

  std::vector<std::uint32_t>* last_edge;
};

/// Numbers the connected parts: boost::connected_components() for arcs in both directions.
struct PartNumbers : boost::default_dfs_visitor {
  explicit PartNumbers(std::vector<std::uint32_t>& of) : part(&of) {}

  void start_vertex(std::uint32_t /*first*/, const Arcs& /*arcs*/) { ++begun; }
  void discover_vertex(std::uint32_t node, const Arcs& /*arcs*/) const { (*part)[node] = begun - 1; }

  std::vector<std::uint32_t>* part;
  std::uint32_t begun = 0;
};

}  // namespace

struct RoadGraph::Impl {
  explicit Impl(Pieces pieces)
      : nodes(std::move(pieces.nodes)),
        edges(joined(std::move(pieces.edges), nodes, pieces.ends)),
        arcs(arcs_of(edges, nodes.points().size())) {}

  [[nodiscard]] RoadPoint seen_from(Point p, std::uint32_t edge) const {
    const Point a = nodes.points()[edges[edge].from];
    const Point b = nodes.points()[edges[edge].to];
    const double length_m = edges[edge].length_m;
    if (!(length_m > 0.0)) return {edge, 0.0, a, distance_m(p, a)};
    const double east = (b.x_m - a.x_m) / length_m;
    const double north = (b.y_m - a.y_m) / length_m;
    const double along_m = std::clamp((p.x_m - a.x_m) * east + (p.y_m - a.y_m) * north, 0.0, length_m);
    const Point at{a.x_m + along_m * east, a.y_m + along_m * north};
    return {edge, along_m, at, distance_m(p, at)};
  }

  /// What the searches mark. Boost would make it itself, in memory that clang-tidy believes to be used once freed.
  [[nodiscard]] std::vector<boost::default_color_type> unvisited() const {
    return std::vector<boost::default_color_type>(nodes.points().size(), boost::white_color);
  }

  PointIndex nodes;
  std::vector<RoadEdge> edges;
  Arcs arcs;  ///< both directions of every edge
};

RoadGraph::RoadGraph(std::span<const Line* const> lines) : impl_(std::make_unique<const Impl>(Pieces(lines))) {}
RoadGraph::RoadGraph(RoadGraph&&) noexcept = default;
RoadGraph& RoadGraph::operator=(RoadGraph&&) noexcept = default;
RoadGraph::~RoadGraph() = default;

const std::vector<Point>& RoadGraph::nodes() const noexcept {
  return impl_->nodes.points();
}

const std::vector<RoadEdge>& RoadGraph::edges() const noexcept {
  return impl_->edges;
}

NearPoint RoadGraph::nearest_node(Point p) const {
  return impl_->nodes.nearest(p);
}

RoadPoint RoadGraph::nearest_point(Point p) const {
  // Every node is the end of a piece of a line, and no point of a piece is farther than a step from its ends.
  const double most_m = nearest_node(p).distance_m + kRoadStep_m;
  RoadPoint best{kNoRoadEdge, 0.0, {}, kFar};
  for (const NearPoint& end : impl_->nodes.within(p, most_m)) {
    for (const auto arc : boost::make_iterator_range(out_edges(end.index, impl_->arcs))) {
      const std::uint32_t edge = impl_->arcs[arc].edge;
      if (edges()[edge].line == kRoadJoint) continue;
      const RoadPoint other = impl_->seen_from(p, edge);
      if (std::pair(other.distance_m, other.edge) < std::pair(best.distance_m, best.edge)) best = other;
    }
  }
  return best;
}

RoadWays RoadGraph::shortest_ways(std::span<const NearPoint> starts) const {
  RoadWays ways{std::vector<double>(nodes().size(), kFar),
                std::vector<std::uint32_t>(nodes().size(), kNoRoadEdge)};
  std::vector<std::uint32_t> nodes_of_starts;
  for (const NearPoint& start : starts) {
    double& length_m = ways.length_m[start.index];
    if (length_m == kFar) nodes_of_starts.push_back(start.index);
    length_m = std::min(length_m, start.distance_m);
  }
  std::vector<boost::default_color_type> colour = impl_->unvisited();
  const auto index = get(boost::vertex_index, impl_->arcs);
  boost::dijkstra_shortest_paths_no_init(
      impl_->arcs, nodes_of_starts.begin(), nodes_of_starts.end(), boost::dummy_property_map(),
      boost::make_iterator_property_map(ways.length_m.begin(), index), get(&Arc::length_m, impl_->arcs), index,
      std::less<double>(), std::plus<double>(), 0.0, LastEdge(ways.last_edge),
      boost::make_iterator_property_map(colour.begin(), index));
  return ways;
}

std::vector<std::uint32_t> RoadGraph::parts() const {
  std::vector<std::uint32_t> part(nodes().size());
  std::vector<boost::default_color_type> colour = impl_->unvisited();
  const auto index = get(boost::vertex_index, impl_->arcs);
  boost::depth_first_search(impl_->arcs, PartNumbers(part),
                            boost::make_iterator_property_map(colour.begin(), index));
  return part;
}

}  // namespace amaneku
