#include "libsim/backhaul/fibre_tree.hpp"

#include <algorithm>

#include "libsim/index.hpp"

namespace amaneku {

SteinerTree fibre_tree(const FibreProblem& problem, std::span<const std::int64_t> price, std::int64_t work) {
  SteinerProblem out{.vertices = problem.vertices, .terminals = {problem.root}};
  for (std::size_t i = 0; i < problem.edges.size(); ++i)
    out.edges.push_back({problem.edges[i].from, problem.edges[i].to, price[i]});
  for (const FibreTerminal& terminal : problem.terminals) out.terminals.push_back(terminal.vertex);
  return steiner_tree(out, {.work = work});
}

std::vector<std::vector<FibreRoute>> tree_routes(const FibreGraph& graph, const SteinerTree& tree) {
  const FibreProblem& p = graph.problem();
  std::vector<char> in_tree(p.edges.size(), 0);
  for (const std::int32_t edge : tree.edges) in_tree[index_of(edge)] = 1;
  std::vector<std::int32_t> last_edge(index_of(p.vertices), -1);
  std::vector<std::int32_t> order = {p.root};
  for (std::size_t i = 0; i < order.size(); ++i)
    for (const std::int32_t edge : graph.edges_at(order[i])) {
      const std::int32_t next = graph.other_end(edge, order[i]);
      if (in_tree[index_of(edge)] == 0 || next == p.root || last_edge[index_of(next)] >= 0) continue;
      last_edge[index_of(next)] = edge;
      order.push_back(next);
    }
  std::vector<std::vector<FibreRoute>> out(p.terminals.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const FibreTerminal& terminal = p.terminals[i];
    if (terminal.vertex == p.root || terminal.two_routes) continue;
    FibreRoute route;
    for (std::int32_t v = terminal.vertex; v != p.root; v = graph.other_end(route.edges.back(), v))
      route.edges.push_back(last_edge[index_of(v)]);
    std::reverse(route.edges.begin(), route.edges.end());
    if (graph.within_limits(route)) out[i] = {std::move(route)};
  }
  return out;
}

}  // namespace amaneku
