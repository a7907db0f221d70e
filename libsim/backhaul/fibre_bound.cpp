#include "libsim/backhaul/fibre_bound.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "libsim/backhaul/fibre_tree.hpp"
#include "libsim/index.hpp"

namespace amaneku {
namespace {

/// Parts of a unit of cable price that count with the trench.
constexpr std::int64_t kShares = 4;

std::vector<FibreRoute> cheapest_ways(FibreGraph& graph, const FibreTerminal& terminal,
                                      std::span<const std::int64_t> price) {
  if (!terminal.two_routes) {
    if (auto route = graph.cheapest(terminal.vertex, price)) return {std::move(*route)};
    return {};
  }
  // Whatever the limits: with them the pair might not be the cheapest.
  return graph.free_pair(terminal.vertex, std::vector<double>(price.begin(), price.end()));
}

double sum_of(const std::vector<FibreRoute>& routes, std::span<const std::int64_t> price) {
  double sum = 0.0;
  for (const FibreRoute& route : routes)
    for (const std::int32_t edge : route.edges) sum += static_cast<double>(price[index_of(edge)]);
  return sum;
}

/// Every terminal's part of a cable on its cheapest way.
double flow_bound(FibreGraph& graph) {
  const FibreProblem& p = graph.problem();
  std::vector<std::int64_t> price;
  for (const FibreEdge& edge : p.edges) price.push_back(edge.cable_jpy);
  double sum = 0.0;
  for (const FibreTerminal& terminal : p.terminals) {
    const double part = static_cast<double>(terminal.demand) / static_cast<double>(p.cable_capacity);
    if (part > 1e-9) sum += part * sum_of(cheapest_ways(graph, terminal, price), price);
  }
  return sum;
}

/// The dearest terminal's own way: that of a pair may be more than the tree.
double dearest_way(FibreGraph& graph, std::span<const std::int64_t> price) {
  double most = 0.0;
  for (const FibreTerminal& terminal : graph.problem().terminals)
    if (terminal.two_routes) most = std::max(most, sum_of(cheapest_ways(graph, terminal, price), price));
  return most;
}

}  // namespace

FibreBound fibre_lower_bound(FibreGraph& graph, std::int64_t work) {
  const FibreProblem& p = graph.problem();
  const double flow = flow_bound(graph);
  FibreBound out;
  double best = 0.0;
  for (std::int64_t share = kShares; share >= 0; --share) {
    if (flow == 0.0 && share < kShares) break;
    std::vector<std::int64_t> price;
    // Scaled up, so that shares stay whole.
    for (const FibreEdge& edge : p.edges) price.push_back(kShares * edge.trench_jpy + share * edge.cable_jpy);
    const SteinerTree tree = fibre_tree(p, price, share == kShares ? work : work / (2 * kShares));
    if (share == kShares) out.routes = tree_routes(graph, tree);
    const double network = std::max(static_cast<double>(tree.lower_bound), dearest_way(graph, price));
    best = std::max(best, (network + static_cast<double>(kShares - share) * flow) / static_cast<double>(kShares));
  }
  // Sums of doubles: a layout costs whole yen, so that a bound is rounded up, but for their error.
  out.jpy = static_cast<std::int64_t>(std::ceil(best * (1.0 - 1e-12) - 1e-6));
  return out;
}

}  // namespace amaneku
