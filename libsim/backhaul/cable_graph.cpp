#include "libsim/backhaul/cable_graph.hpp"

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "libsim/routes/road_graph.hpp"

namespace amaneku {
namespace {

// Lengths are whole centimetres, so that lengths times a price of whole hundreds of yen are whole yen and add up.
constexpr double kPerMetre = 100.0;
constexpr double kFar = std::numeric_limits<double>::infinity();

/// Those on land: what lies on the sea bed is reached at its landings alone.
std::vector<CableWay> on_land(std::span<const CableWay> ways) {
  std::vector<CableWay> out;
  for (const CableWay& way : ways) {
    if (way.medium != Medium::submarine) out.push_back(way);
  }
  return out;
}

std::vector<const Line*> lines_of(const std::vector<CableWay>& ways) {
  std::vector<const Line*> out;
  for (const CableWay& way : ways) out.push_back(way.line);
  return out;
}

/// Nodes of a set, found by where they lie.
struct NodeSet {
  std::vector<std::uint32_t> nodes;
  PointIndex index;

  NodeSet(std::vector<std::uint32_t> of, const std::vector<Point>& points)
      : nodes(std::move(of)), index(points_of(nodes, points)) {}
  [[nodiscard]] NearPoint nearest(Point p) const {
    const NearPoint found = index.nearest(p);
    return {nodes[found.index], found.distance_m};
  }

 private:
  static std::vector<Point> points_of(const std::vector<std::uint32_t>& nodes, const std::vector<Point>& points) {
    std::vector<Point> out;
    out.reserve(nodes.size());
    for (const std::uint32_t node : nodes) out.push_back(points[node]);
    return out;
  }
};

class Builder {
 public:
  explicit Builder(const CableGraphInput& input)
      : input_(input), land_(on_land(input.ways)), roads_(lines_of(land_)), on_edge_(roads_.edges().size()) {}

  BackhaulGraph run() {
    out_.nodes = roads_.nodes();
    for (const Point& at : input_.exchanges) out_.exchange_nodes.push_back(terminal(at));
    for (const Point& at : input_.sites) {
      out_.site_nodes.push_back(terminal(at));
      out_.drop_m.push_back(roads_.nodes().empty() ? kFar : roads_.nearest_point(at).distance_m);
    }
    add_pieces();
    join_ways();
    add_corridors();
    close_gaps();
    return std::move(out_);
  }

 private:
  /// A node on an edge of the ways, where a drop ends.
  struct Tap {
    double along_m;
    std::uint32_t node;
  };

  std::uint32_t add_node(Point at) {
    out_.nodes.push_back(at);
    return static_cast<std::uint32_t>(out_.nodes.size() - 1);
  }

  /// A node for a site or an exchange, with its drop.
  std::uint32_t terminal(Point at) {
    const std::uint32_t node = add_node(at);
    if (roads_.nodes().empty()) return node;
    const RoadPoint way = roads_.nearest_point(at);
    if (way.distance_m > input_.longest_drop_m) return node;
    const std::uint32_t tap = add_node(way.at);
    on_edge_[way.edge].push_back({way.along_m, tap});
    straight(node, tap, EdgeUse::drop);
    return node;
  }

  /// A cable where there is no way: on land, or through the sea.
  void straight(std::uint32_t a, std::uint32_t b, EdgeUse use) {
    const bool sea = crosses_water(input_.ground_asl_m, out_.nodes[a], out_.nodes[b]);
    add({.from = a,
         .to = b,
         .medium = sea ? Medium::submarine : input_.drop,
         .use = use,
         .landings = sea ? 2 : 0});
  }

  void add(BackhaulEdge edge) {
    const Point a = out_.nodes[edge.from];
    const Point b = out_.nodes[edge.to];
    edge.length_m = distance_m(a, b);
    const bool on_ground = edge.medium == Medium::aerial || edge.medium == Medium::buried ||
                           edge.medium == Medium::duct || edge.medium == Medium::existing;
    if (on_ground && !input_.ground_asl_m.values.empty()) {
      const double rise_m = static_cast<double>(sample_bilinear(input_.ground_asl_m, b)) -
                            static_cast<double>(sample_bilinear(input_.ground_asl_m, a));
      if (std::isfinite(rise_m)) edge.length_m = std::hypot(edge.length_m, rise_m);
    }
    edge.length_m = std::round(kPerMetre * edge.length_m) / kPerMetre;
    out_.edges.push_back(edge);
  }

  /// The edges of the ways, cut where drops end.
  void add_pieces() {
    for (std::size_t i = 0; i < roads_.edges().size(); ++i) {
      const RoadEdge& edge = roads_.edges()[i];
      const bool joint = edge.line == kRoadJoint;
      BackhaulEdge piece{.from = edge.from,
                         .medium = joint ? input_.drop : land_[edge.line].medium,
                         .use = joint ? EdgeUse::join : EdgeUse::way};
      std::stable_sort(on_edge_[i].begin(), on_edge_[i].end(),
                       [](const Tap& a, const Tap& b) { return a.along_m < b.along_m; });
      for (const Tap& tap : on_edge_[i]) {
        piece.to = tap.node;
        add(piece);
        piece.from = tap.node;
      }
      piece.to = edge.to;
      add(piece);
    }
  }

  [[nodiscard]] Medium medium_of(const RoadEdge& edge) const {
    return edge.line == kRoadJoint ? input_.drop : land_[edge.line].medium;
  }

  /// Cables and ducts that are there can be reached from the road beside them.
  void join_ways() {
    std::vector<bool> on_road(roads_.nodes().size(), false);
    std::vector<bool> beside(roads_.nodes().size(), false);
    for (const RoadEdge& edge : roads_.edges()) {
      if (edge.line == kRoadJoint) continue;
      const Medium medium = medium_of(edge);
      const bool laid = medium == Medium::existing || medium == Medium::duct;
      for (const std::uint32_t node : {edge.from, edge.to}) (laid ? beside : on_road)[node] = true;
    }
    std::vector<std::uint32_t> land;
    for (std::uint32_t node = 0; node < on_road.size(); ++node) {
      if (on_road[node]) land.push_back(node);
    }
    if (land.empty()) return;
    const NodeSet roads(std::move(land), out_.nodes);
    for (std::uint32_t node = 0; node < beside.size(); ++node) {
      const NearPoint road = roads.nearest(out_.nodes[node]);
      if (beside[node] && road.distance_m <= kRoadJoin_m)
        add({.from = node, .to = road.index, .medium = input_.drop, .use = EdgeUse::join});
    }
  }

  /// Corridors under the sea: both ends come ashore at the nearest way on land.
  void add_corridors() {
    std::vector<std::uint32_t> ends;
    for (const CableWay& way : input_.ways) {
      if (way.medium != Medium::submarine || way.line->size() < 2) continue;
      std::uint32_t last = add_node(way.line->front());
      ends.push_back(last);
      for (std::size_t i = 1; i < way.line->size(); ++i) {
        const std::uint32_t next = add_node((*way.line)[i]);
        add({.from = last, .to = next, .medium = Medium::submarine, .use = EdgeUse::way});
        last = next;
      }
      ends.push_back(last);
    }
    if (ends.empty() || roads_.nodes().empty()) return;
    std::vector<std::uint32_t> land(roads_.nodes().size());
    std::iota(land.begin(), land.end(), 0U);
    const NodeSet ways(std::move(land), out_.nodes);
    for (const std::uint32_t end : ends) {
      const NearPoint near = ways.nearest(out_.nodes[end]);
      if (near.distance_m > input_.longest_drop_m) continue;
      add({.from = end, .to = near.index, .medium = input_.drop, .use = EdgeUse::join, .landings = 1});
    }
  }

  using Sets = boost::disjoint_sets_with_storage<>;

  /// Straight gaps from parts with sites and without exchange.
  void close_gaps() {
    Sets sets(out_.nodes.size());
    for (const BackhaulEdge& edge : out_.edges) sets.union_set(edge.from, edge.to);
    std::set<std::size_t> served;
    for (const std::uint32_t node : out_.exchange_nodes) served.insert(sets.find_set(node));
    std::set<std::size_t> cut_off;
    for (std::size_t i = 0; i < out_.site_nodes.size(); ++i) {
      const std::size_t part = sets.find_set(out_.site_nodes[i]);
      if (out_.drop_m[i] <= input_.longest_drop_m && served.count(part) == 0) cut_off.insert(part);
    }
    if (cut_off.empty() || served.empty()) return;
    std::vector<std::uint32_t> mainland;
    std::map<std::size_t, std::vector<std::uint32_t>> parts;
    for (std::uint32_t node = 0; node < out_.nodes.size(); ++node) {
      const std::size_t part = sets.find_set(node);
      if (served.count(part) != 0) mainland.push_back(node);
      if (cut_off.count(part) != 0) parts[part].push_back(node);
    }
    const NodeSet shore(std::move(mainland), out_.nodes);
    const bool in_pairs = parts.size() <= kMostPartsInPairs;
    for (auto part = parts.begin(); part != parts.end(); ++part) {
      gap_between(part->second, shore);
      if (!in_pairs) continue;
      const NodeSet here(part->second, out_.nodes);
      for (auto other = std::next(part); other != parts.end(); ++other) gap_between(other->second, here);
    }
  }

  void gap_between(const std::vector<std::uint32_t>& nodes, const NodeSet& others) {
    NearPoint shortest{0, kFar};
    std::uint32_t from = 0;
    for (const std::uint32_t node : nodes) {
      const NearPoint near = others.nearest(out_.nodes[node]);
      if (near.distance_m >= shortest.distance_m) continue;
      shortest = near;
      from = node;
    }
    straight(from, shortest.index, shortest.distance_m <= kRoadJoin_m ? EdgeUse::join : EdgeUse::gap);
  }

  const CableGraphInput& input_;
  std::vector<CableWay> land_;  ///< RoadEdge::line is an index of it
  RoadGraph roads_;
  std::vector<std::vector<Tap>> on_edge_;  ///< [edge of the ways]
  BackhaulGraph out_{};
};

}  // namespace

bool crosses_water(const Raster<float>& ground_asl_m, Point a, Point b) {
  if (ground_asl_m.values.empty()) return false;
  const double length_m = distance_m(a, b);
  const int samples = std::max(1, static_cast<int>(std::ceil(length_m / ground_asl_m.grid.cell_m)));
  int wet = 0;
  for (int i = 0; i <= samples; ++i) {
    const double t = static_cast<double>(i) / samples;
    const Point at{a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)};
    if (!(sample_bilinear(ground_asl_m, at) > 0.0F)) ++wet;
  }
  return length_m * wet / (samples + 1) > kLeastWater_m;
}

BackhaulGraph cable_graph(const CableGraphInput& input) {
  return Builder(input).run();
}

}  // namespace amaneku
