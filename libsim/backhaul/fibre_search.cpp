#include "libsim/backhaul/fibre_search.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "libsim/index.hpp"

namespace amaneku {
namespace {

/// A layout in the making: who goes where, and what that costs.
class Draft {
 public:
  explicit Draft(FibreGraph& graph)
      : graph_(graph),
        problem_(graph.problem()),
        routes_(problem_.terminals.size()),
        load_(problem_.edges.size(), 0),
        count_(problem_.edges.size(), 0) {}

  [[nodiscard]] std::int64_t cost_jpy() const noexcept { return cost_jpy_; }
  [[nodiscard]] const FibreRoutes& routes() const noexcept { return routes_; }
  [[nodiscard]] const std::vector<std::int32_t>& counts() const noexcept { return count_; }

  void put(std::size_t terminal, std::vector<FibreRoute> routes) {
    change(terminal, routes, 1);
    routes_[terminal] = std::move(routes);
  }
  std::vector<FibreRoute> take(std::size_t terminal) {
    std::vector<FibreRoute> routes = std::move(routes_[terminal]);
    routes_[terminal].clear();
    change(terminal, routes, -1);
    return routes;
  }
  /// The cheapest beside the others; closed edges are left alone. Empty where nothing was found.
  [[nodiscard]] std::vector<FibreRoute> best(std::size_t terminal, std::span<const std::int32_t> closed = {}) {
    const FibreTerminal& one = problem_.terminals[terminal];
    std::vector<std::int64_t> price(problem_.edges.size());
    for (std::size_t i = 0; i < price.size(); ++i)
      price[i] = edge_jpy(i, load_[i] + one.demand, count_[i] + 1) - edge_jpy(i, load_[i], count_[i]);
    for (const std::int32_t edge : closed) price[index_of(edge)] = kClosedEdge;
    if (one.two_routes) return graph_.cheapest_pair(one.vertex, price);
    if (auto route = graph_.cheapest(one.vertex, price)) return {std::move(*route)};
    return {};
  }

 private:
  [[nodiscard]] std::int64_t edge_jpy(std::size_t edge, std::int64_t load, std::int32_t count) const {
    if (count == 0) return 0;
    const FibreEdge& e = problem_.edges[edge];
    return e.trench_jpy + e.cable_jpy * cables_for(load, count, problem_.cable_capacity);
  }
  void change(std::size_t terminal, const std::vector<FibreRoute>& routes, std::int32_t by) {
    for (const FibreRoute& route : routes)
      for (const std::int32_t edge : route.edges) {
        const std::size_t i = index_of(edge);
        cost_jpy_ -= edge_jpy(i, load_[i], count_[i]);
        load_[i] += by * problem_.terminals[terminal].demand;
        count_[i] += by;
        cost_jpy_ += edge_jpy(i, load_[i], count_[i]);
      }
  }

  FibreGraph& graph_;
  const FibreProblem& problem_;
  FibreRoutes routes_;
  std::vector<std::int64_t> load_;
  std::vector<std::int32_t> count_;
  std::int64_t cost_jpy_ = 0;
};

bool at_root(const FibreProblem& problem, std::size_t terminal) {
  return problem.terminals[terminal].vertex == problem.root;
}

/// Terminals with a way to go, those near the root first.
std::vector<std::size_t> by_distance(const FibreGraph& graph) {
  const FibreProblem& problem = graph.problem();
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < problem.terminals.size(); ++i)
    if (!at_root(problem, i)) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return graph.root_lengths_m()[index_of(problem.terminals[a].vertex)] <
           graph.root_lengths_m()[index_of(problem.terminals[b].vertex)];
  });
  return order;
}

/// Lays each terminal anew beside the others.
bool relay_each(Draft& draft, const FibreGraph& graph, const std::vector<std::size_t>& order, std::int64_t until) {
  bool better = false;
  for (const std::size_t terminal : order) {
    if (graph.steps() >= until) return better;
    const std::int64_t before_jpy = draft.cost_jpy();
    std::vector<FibreRoute> old = draft.take(terminal);
    std::vector<FibreRoute> fresh = draft.best(terminal);
    draft.put(terminal, fresh.empty() ? old : std::move(fresh));
    if (draft.cost_jpy() < before_jpy) {
      better = true;
    } else {
      draft.take(terminal);
      draft.put(terminal, std::move(old));
    }
  }
  return better;
}

bool uses(const std::vector<FibreRoute>& routes, std::int32_t edge) {
  return std::any_of(routes.begin(), routes.end(), [&](const FibreRoute& route) {
    return std::find(route.edges.begin(), route.edges.end(), edge) != route.edges.end();
  });
}

/// Closes an edge and lays its users anew, together cheaper or not at all.
bool close_edge(Draft& draft, std::int32_t edge, const std::vector<std::size_t>& order) {
  const std::int64_t before_jpy = draft.cost_jpy();
  std::vector<std::size_t> users;
  std::vector<std::vector<FibreRoute>> old;
  for (const std::size_t terminal : order) {
    if (!uses(draft.routes()[terminal], edge)) continue;
    users.push_back(terminal);
    old.push_back(draft.take(terminal));
  }
  const std::vector<std::int32_t> closed = {edge};
  bool all = true;
  std::size_t laid = 0;
  for (; laid < users.size() && all; ++laid) {
    std::vector<FibreRoute> fresh = draft.best(users[laid], closed);
    all = !fresh.empty() && draft.cost_jpy() < before_jpy;
    if (!fresh.empty()) draft.put(users[laid], std::move(fresh));
  }
  if (all && draft.cost_jpy() < before_jpy) return true;
  for (std::size_t i = 0; i < laid; ++i) draft.take(users[i]);
  for (std::size_t i = 0; i < users.size(); ++i) draft.put(users[i], std::move(old[i]));
  return false;
}

void improve(Draft& draft, const FibreGraph& graph, const std::vector<std::size_t>& order, std::int64_t until) {
  bool better = true;
  while (better && graph.steps() < until) {
    better = relay_each(draft, graph, order, until);
    const std::vector<std::int32_t> counts = draft.counts();
    for (std::size_t i = 0; i < counts.size() && graph.steps() < until; ++i)
      if (counts[i] > 0 && draft.counts()[i] > 0)
        better = close_edge(draft, static_cast<std::int32_t>(i), order) || better;
  }
}

/// Inserts those without routes; which of them found none.
std::vector<std::int32_t> insert_rest(Draft& draft, const std::vector<std::size_t>& order) {
  std::vector<std::int32_t> missed;
  for (const std::size_t terminal : order) {
    if (!draft.routes()[terminal].empty()) continue;
    std::vector<FibreRoute> routes = draft.best(terminal);
    if (routes.empty()) missed.push_back(static_cast<std::int32_t>(terminal));
    draft.put(terminal, std::move(routes));
  }
  std::sort(missed.begin(), missed.end());
  return missed;
}

}  // namespace

std::int64_t cables_for(std::int64_t load, std::int32_t routes, std::int64_t capacity) noexcept {
  if (routes == 0) return 0;
  return std::max<std::int64_t>(1, load / capacity + (load % capacity != 0 ? 1 : 0));
}

FibreFound fibre_search(FibreGraph& graph, const FibreRoutes& start, std::int64_t work) {
  const std::vector<std::size_t> near_first = by_distance(graph);
  const std::vector<std::size_t> far_first(near_first.rbegin(), near_first.rend());
  std::vector<Draft> drafts;
  Draft& begun = drafts.emplace_back(graph);
  for (const std::size_t terminal : near_first) begun.put(terminal, start[terminal]);
  FibreFound found;
  found.missed = insert_rest(begun, near_first);
  if (!found.missed.empty()) return found;
  // From nothing as well, unless that alone would take the time of the improvements.
  const auto all_steps =
      2.0 * static_cast<double>(graph.problem().edges.size()) * static_cast<double>(near_first.size());
  for (const std::vector<std::size_t>* order : {&near_first, &far_first}) {
    if (8.0 * all_steps >= static_cast<double>(work)) continue;
    Draft draft(graph);
    if (insert_rest(draft, *order).empty()) drafts.push_back(std::move(draft));
  }
  const std::int64_t share = work / static_cast<std::int64_t>(drafts.size());
  const Draft* best = nullptr;
  for (Draft& draft : drafts) {
    improve(draft, graph, near_first, graph.steps() + share);
    if (best == nullptr || draft.cost_jpy() < best->cost_jpy()) best = &draft;
  }
  found.routes = best->routes();
  return found;
}

}  // namespace amaneku
