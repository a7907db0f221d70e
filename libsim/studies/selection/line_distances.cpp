#include "libsim/studies/selection/line_distances.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <utility>

#include "libsim/backhaul/steiner_ascent.hpp"
#include "libsim/backhaul/steiner_tree.hpp"

namespace amaneku {
namespace {

constexpr std::int64_t kFar_jpy = std::numeric_limits<std::int64_t>::max() / 4;
constexpr std::int64_t kAscentWork = 200'000'000;  ///< edges looked at
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

/// The root, where all exchanges meet, is the first terminal.
SteinerProblem joined(const BackhaulGraph& graph, std::span<const std::int64_t> cost_jpy,
                      std::span<const std::uint32_t> ends) {
  const auto root = static_cast<std::int32_t>(graph.nodes.size());
  SteinerProblem out{.vertices = root + 1, .terminals = {root}};
  for (std::size_t i = 0; i < graph.edges.size(); ++i)
    out.edges.push_back({static_cast<std::int32_t>(graph.edges[i].from),
                         static_cast<std::int32_t>(graph.edges[i].to), cost_jpy[i]});
  for (const std::uint32_t exchange : graph.exchange_nodes)
    out.edges.push_back({root, static_cast<std::int32_t>(exchange), 0});
  for (const std::uint32_t end : ends) out.terminals.push_back(static_cast<std::int32_t>(end));
  return out;
}

/// A part of the way from the root to the vertex, which is taken from the arcs of all cuts that it stands for.
/// `left_jpy` [arc of steiner::Ascent]; 0 where no way leads.
std::int64_t charged(const steiner::Graph& lines, std::int32_t root, std::int32_t vertex, std::int64_t parts,
                     std::vector<std::int64_t>& left_jpy) {
  const auto arc_into = [&](const steiner::Link& link, std::int32_t here) {
    return 2 * steiner::at(link.edge) + (lines.edges()[steiner::at(link.edge)].to == here ? 0U : 1U);
  };
  std::vector<std::int64_t> to_jpy(steiner::at(lines.vertices()), steiner::kFar);
  steiner::NearestFirst open;
  to_jpy[steiner::at(vertex)] = 0;
  open.emplace(0, vertex);
  while (!open.empty()) {
    const auto [way_jpy, here] = open.top();
    open.pop();
    if (way_jpy > to_jpy[steiner::at(here)]) continue;
    if (here == root) break;
    for (const steiner::Link& link : lines.links(here)) {
      const std::int64_t longer_jpy = way_jpy + left_jpy[arc_into(link, here)];
      if (longer_jpy >= to_jpy[steiner::at(link.to)]) continue;
      to_jpy[steiner::at(link.to)] = longer_jpy;
      open.emplace(longer_jpy, link.to);
    }
  }
  if (to_jpy[steiner::at(root)] >= steiner::kFar) return 0;
  const std::int64_t charge_jpy = to_jpy[steiner::at(root)] / parts;
  for (std::int32_t here = 0; here < lines.vertices(); ++here) {
    const std::int64_t near_jpy = to_jpy[steiner::at(here)];
    if (near_jpy >= charge_jpy) continue;
    for (const steiner::Link& link : lines.links(here)) {
      const std::int64_t far_jpy = std::min(charge_jpy, to_jpy[steiner::at(link.to)]);
      if (far_jpy > near_jpy) left_jpy[arc_into(link, here)] -= far_jpy - near_jpy;
    }
  }
  return charge_jpy;
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

LineCharges line_charges(const BackhaulGraph& graph, std::span<const std::int64_t> cost_jpy,
                         std::span<const std::uint32_t> sure, std::span<const std::uint32_t> maybe) {
  SteinerProblem problem = joined(graph, cost_jpy, sure);
  const std::int32_t root = problem.terminals.front();
  std::vector<char> terminal(static_cast<std::size_t>(problem.vertices), 0);
  for (const std::int32_t vertex : problem.terminals) terminal[steiner::at(vertex)] = 1;
  const steiner::Graph lines(std::move(problem.edges), std::move(terminal));
  steiner::Effort effort(kAscentWork);
  steiner::PolishedAscent polished(lines, root, effort);
  polished.polish(effort);
  LineCharges out{.sure_jpy = polished.ascent().bound, .maybe_jpy = std::vector<std::int64_t>(maybe.size(), 0)};
  std::vector<std::int64_t> left_jpy = polished.ascent().reduced;
  for (const std::int64_t parts : {2, 1}) {
    for (std::size_t i = 0; i < maybe.size(); ++i)
      out.maybe_jpy[i] += charged(lines, root, static_cast<std::int32_t>(maybe[i]), parts, left_jpy);
  }
  return out;
}

std::int64_t line_tree_bound_jpy(const BackhaulGraph& graph, std::span<const std::int64_t> cost_jpy,
                                 std::span<const std::uint32_t> ends) {
  return steiner_tree(joined(graph, cost_jpy, ends)).lower_bound;
}

}  // namespace amaneku
