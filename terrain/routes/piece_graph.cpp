#include "terrain/routes/piece_graph.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <queue>
#include <unordered_map>
#include <utility>

#include "terrain/geodesic.hpp"

namespace amaneku {
namespace {

/// Trees of what belongs together.
class Unions {
 public:
  explicit Unions(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  /// The lower index stays the root, so that the answer does not depend on the order of unions.
  void unite(std::size_t a, std::size_t b) {
    const std::size_t ra = root(a);
    const std::size_t rb = root(b);
    parent_[std::max(ra, rb)] = std::min(ra, rb);
  }

 private:
  std::vector<std::size_t> parent_;
};

using Cell = std::array<std::int64_t, 3>;

struct CellHash {
  std::size_t operator()(const Cell& cell) const noexcept {
    std::uint64_t h = 1469598103934665603ULL;
    for (const std::int64_t v : cell) h = (h ^ static_cast<std::uint64_t>(v)) * 1099511628211ULL;
    return static_cast<std::size_t>(h ^ (h >> 29U));
  }
};

/// In space there is no seam at 180 degrees. On a sphere no larger than the ellipsoid's smallest radius of
/// curvature, so that places within a distance on the ground are within it here.
std::array<double, 3> in_space_m(LonLat p) {
  constexpr double kPolarRadius_m = 6'335'439.0;
  const double lat = p.lat_deg * kDegToRad;
  const double lon = p.lon_deg * kDegToRad;
  return {kPolarRadius_m * std::cos(lat) * std::cos(lon), kPolarRadius_m * std::cos(lat) * std::sin(lon),
          kPolarRadius_m * std::sin(lat)};
}

Cell cell_of(LonLat p, double size_m) {
  const std::array<double, 3> x = in_space_m(p);
  return {std::llround(std::floor(x[0] / size_m)), std::llround(std::floor(x[1] / size_m)),
          std::llround(std::floor(x[2] / size_m))};
}

/// For each end the lowest end that it is one with.
std::vector<std::size_t> united_ends(const std::vector<LonLat>& ends, double tolerance_m) {
  const double size_m = std::fmax(tolerance_m, 0.01);
  std::unordered_map<Cell, std::vector<std::size_t>, CellHash> cells;
  Unions unions(ends.size());
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const Cell own = cell_of(ends[i], size_m);
    for (int n = 0; n < 27; ++n) {
      const Cell near{own[0] + n % 3 - 1, own[1] + n / 3 % 3 - 1, own[2] + n / 9 - 1};
      const auto found = cells.find(near);
      if (found == cells.end()) continue;
      for (const std::size_t j : found->second) {
        if (geodesic_between(ends[i], ends[j]).length_m <= tolerance_m) unions.unite(i, j);
      }
    }
    cells[own].push_back(i);
  }
  std::vector<std::size_t> out(ends.size());
  for (std::size_t i = 0; i < ends.size(); ++i) out[i] = unions.root(i);
  return out;
}

void find_groups(PieceGraph& graph) {
  Unions unions(graph.places.size());
  for (const PieceGraph::Edge& edge : graph.edges) unions.unite(edge.node[0], edge.node[1]);
  std::vector<std::size_t> number(graph.places.size(), std::numeric_limits<std::size_t>::max());
  graph.group.resize(graph.places.size());
  for (std::size_t node = 0; node < graph.places.size(); ++node) {
    const std::size_t root = unions.root(node);
    if (number[root] == std::numeric_limits<std::size_t>::max()) number[root] = graph.groups++;
    graph.group[node] = number[root];
  }
}

}  // namespace

PieceGraph piece_graph(const RouteMap& map, std::span<const std::size_t> pieces, double tolerance_m) {
  std::vector<LonLat> ends;
  for (const std::size_t piece : pieces) {
    ends.push_back(map.pieces[piece].points.front().at);
    ends.push_back(map.pieces[piece].points.back().at);
  }
  const std::vector<std::size_t> united = united_ends(ends, tolerance_m);
  PieceGraph graph;
  std::vector<std::size_t> node_of(ends.size());
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (united[i] == i) {
      node_of[i] = graph.places.size();
      graph.places.push_back(ends[i]);
    } else {
      node_of[i] = node_of[united[i]];
    }
  }
  graph.leads.resize(graph.places.size());
  for (std::size_t e = 0; e < pieces.size(); ++e) {
    graph.edges.push_back({pieces[e], {node_of[2 * e], node_of[2 * e + 1]}, map.pieces[pieces[e]].length_m});
    for (const std::size_t node : graph.edges.back().node) graph.leads[node].push_back(e);
  }
  find_groups(graph);
  return graph;
}

std::vector<DrivenPiece> shortest_way(const PieceGraph& graph, std::size_t from, std::size_t to) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<double> distance_m(graph.places.size(), kFar);
  std::vector<std::size_t> by(graph.places.size(), kNone);
  using Entry = std::pair<double, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  distance_m[from] = 0.0;
  queue.emplace(0.0, from);
  while (!queue.empty()) {
    const auto [here_m, node] = queue.top();
    queue.pop();
    if (here_m > distance_m[node]) continue;
    for (const std::size_t e : graph.leads[node]) {
      const PieceGraph::Edge& edge = graph.edges[e];
      const std::size_t other = edge.node[0] == node ? edge.node[1] : edge.node[0];
      if (here_m + edge.length_m >= distance_m[other]) continue;
      distance_m[other] = here_m + edge.length_m;
      by[other] = e;
      queue.emplace(distance_m[other], other);
    }
  }
  std::vector<DrivenPiece> way;
  for (std::size_t node = to; node != from && by[node] != kNone;) {
    const PieceGraph::Edge& edge = graph.edges[by[node]];
    const bool backwards = edge.node[0] == node;
    way.push_back({edge.piece, backwards});
    node = backwards ? edge.node[1] : edge.node[0];
  }
  std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace amaneku
