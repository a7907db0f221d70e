#include "libsim/studies/selection/line_distances.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <utility>

namespace amaneku {
namespace {

constexpr std::int64_t kFar_jpy = std::numeric_limits<std::int64_t>::max() / 4;
constexpr std::uint32_t kNoNode = std::numeric_limits<std::uint32_t>::max();

/// Edges at each node.
class EdgesAt {
 public:
  explicit EdgesAt(const BackhaulGraph& graph)
      : first_(graph.nodes.size() + 1, 0), edges_(2 * graph.edges.size()) {
    for (const BackhaulEdge& edge : graph.edges) {
      ++first_[edge.from + 1];
      ++first_[edge.to + 1];
    }
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::uint32_t i = 0; i < graph.edges.size(); ++i) {
      edges_[next[graph.edges[i].from]++] = i;
      edges_[next[graph.edges[i].to]++] = i;
    }
  }

  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t node) const {
    return {edges_.data() + first_[node], first_[node + 1] - first_[node]};
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> edges_;
};

/// From several nodes at once (Dijkstra 1959).
struct Reached {
  std::vector<std::int64_t> cost_jpy{};  ///< [node]
  std::vector<std::uint32_t> source{};   ///< [node] index of the source that it is nearest to
  std::vector<std::uint32_t> edge{};     ///< [node] last edge of the way from there
};

/// `passable` (node): whether a way may go on from it.
template <class Passable>
Reached reach(const BackhaulGraph& graph, std::span<const std::int64_t> cost_jpy,
              std::span<const std::uint32_t> sources, const Passable& passable) {
  const EdgesAt edges_at(graph);
  Reached out{std::vector<std::int64_t>(graph.nodes.size(), kFar_jpy),
              std::vector<std::uint32_t>(graph.nodes.size(), kNoNode),
              std::vector<std::uint32_t>(graph.nodes.size(), kNoNode)};
  using Label = std::pair<std::int64_t, std::uint32_t>;
  std::priority_queue<Label, std::vector<Label>, std::greater<>> open;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    if (out.source[sources[i]] != kNoNode) continue;
    out.cost_jpy[sources[i]] = 0;
    out.source[sources[i]] = i;
    open.emplace(0, sources[i]);
  }
  while (!open.empty()) {
    const auto [cost, node] = open.top();
    open.pop();
    if (cost > out.cost_jpy[node] || !passable(node)) continue;
    for (const std::uint32_t i : edges_at.of(node)) {
      const BackhaulEdge& edge = graph.edges[i];
      const std::uint32_t to = edge.from == node ? edge.to : edge.from;
      if (cost + cost_jpy[i] >= out.cost_jpy[to]) continue;
      out.cost_jpy[to] = cost + cost_jpy[i];
      out.source[to] = out.source[node];
      out.edge[to] = i;
      open.emplace(out.cost_jpy[to], to);
    }
  }
  return out;
}

}  // namespace

LineWays::LineWays(const BackhaulGraph& graph, std::span<const std::int64_t> cost_jpy,
                   const std::vector<bool>& is_end)
    : graph_(graph) {
  Reached reached =
      reach(graph, cost_jpy, graph.exchange_nodes, [&](std::uint32_t node) { return !is_end[node]; });
  cost_jpy_ = std::move(reached.cost_jpy);
  first_edge_ = std::move(reached.edge);
}

std::optional<std::vector<std::uint32_t>> LineWays::of(std::uint32_t node) const {
  if (cost_jpy_[node] >= kFar_jpy) return std::nullopt;
  std::vector<std::uint32_t> out;
  while (first_edge_[node] != kNoNode) {
    const std::uint32_t edge = first_edge_[node];
    out.push_back(edge);
    node = graph_.edges[edge].from == node ? graph_.edges[edge].to : graph_.edges[edge].from;
  }
  return out;
}

std::vector<std::int64_t> line_moats_jpy(const BackhaulGraph& graph, std::span<const std::int64_t> cost_jpy,
                                         std::span<const std::uint32_t> ends) {
  std::vector<std::uint32_t> sources(ends.begin(), ends.end());
  sources.insert(sources.end(), graph.exchange_nodes.begin(), graph.exchange_nodes.end());
  const Reached reached = reach(graph, cost_jpy, sources, [](std::uint32_t) { return true; });
  std::vector<std::int64_t> moats(ends.size(), kFar_jpy);
  const auto narrow = [&](std::uint32_t source, std::int64_t to_jpy) {
    if (source < moats.size()) moats[source] = std::min(moats[source], to_jpy);
  };
  for (std::uint32_t i = 0; i < ends.size(); ++i) {
    const std::uint32_t owner = reached.source[ends[i]];
    if (owner == i) continue;
    narrow(i, 0);  // two in one place
    narrow(owner, 0);
  }
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    const std::uint32_t a = reached.source[graph.edges[i].from];
    const std::uint32_t b = reached.source[graph.edges[i].to];
    if (a == b || a == kNoNode || b == kNoNode) continue;
    const std::int64_t between_jpy =
        reached.cost_jpy[graph.edges[i].from] + cost_jpy[i] + reached.cost_jpy[graph.edges[i].to];
    const bool to_exchange = a >= moats.size() || b >= moats.size();
    narrow(a, to_exchange ? between_jpy : between_jpy / 2);
    narrow(b, to_exchange ? between_jpy : between_jpy / 2);
  }
  for (std::int64_t& moat : moats) {
    if (moat >= kFar_jpy) moat = 0;  // nothing leads there
  }
  return moats;
}

}  // namespace amaneku
