#include "libsim/backhaul/steiner_graph.hpp"

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <map>
#include <utility>

namespace amaneku::steiner {
namespace {

/// A graph that loses vertices: edges are marked dead, and new ones stand for two in a row.
class Shrinking {
 public:
  Shrinking(const SteinerProblem& problem, const std::vector<bool>& keep)
      : problem_(problem), is_terminal_(static_cast<std::size_t>(problem.vertices), false),
        at_(static_cast<std::size_t>(problem.vertices)) {
    for (const std::int32_t terminal : problem.terminals) is_terminal_[index(terminal)] = true;
    for (std::size_t i = 0; i < problem.edges.size(); ++i) {
      if (keep.empty() || keep[i]) add(problem.edges[i], {static_cast<std::int32_t>(i)});
    }
    for (std::int32_t v = 0; v < problem.vertices; ++v) open_.push_back(v);
  }

  Reduced run() {
    while (!open_.empty()) {
      const std::int32_t vertex = open_.back();
      open_.pop_back();
      shrink(vertex);
    }
    return collected();
  }

 private:
  static std::size_t index(std::int32_t vertex) { return static_cast<std::size_t>(vertex); }

  /// The cheapest edge to each neighbour, by edge index of equal ones.
  void add(const SteinerEdge& edge, std::vector<std::int32_t> original) {
    if (edge.from == edge.to) return;
    const auto found = at_[index(edge.from)].find(edge.to);
    if (found != at_[index(edge.from)].end()) {
      if (edges_[found->second].cost <= edge.cost) return;
      edges_[found->second] = edge;
      original_[found->second] = std::move(original);
      return;
    }
    at_[index(edge.from)][edge.to] = edges_.size();
    at_[index(edge.to)][edge.from] = edges_.size();
    edges_.push_back(edge);
    original_.push_back(std::move(original));
  }

  void remove(std::int32_t vertex) {
    for (const auto& [other, edge] : at_[index(vertex)]) {
      at_[index(other)].erase(vertex);
      open_.push_back(other);
    }
    at_[index(vertex)].clear();
  }

  void shrink(std::int32_t vertex) {
    const auto& arcs = at_[index(vertex)];
    if (is_terminal_[index(vertex)] || arcs.empty() || arcs.size() > 2) return;
    if (arcs.size() == 1) return remove(vertex);
    const auto [a, first] = *arcs.begin();
    const auto [b, second] = *arcs.rbegin();
    const SteinerEdge joined{a, b, edges_[first].cost + edges_[second].cost};
    std::vector<std::int32_t> original = std::move(original_[first]);
    original.insert(original.end(), original_[second].begin(), original_[second].end());
    remove(vertex);
    add(joined, std::move(original));
  }

  /// Vertices numbered anew, those that reach the first terminal alone.
  Reduced collected() {
    Reduced out;
    std::vector<std::int32_t> number(at_.size(), -1);
    std::vector<std::int32_t> order = {problem_.terminals.front()};
    number[index(order.front())] = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
      for (const auto& [other, edge] : at_[index(order[k])]) {
        if (number[index(other)] >= 0) continue;
        number[index(other)] = static_cast<std::int32_t>(order.size());
        order.push_back(other);
      }
    }
    out.problem.vertices = static_cast<std::int32_t>(order.size());
    for (const std::int32_t vertex : order) {
      for (const auto& [other, edge] : at_[index(vertex)]) {
        if (number[index(other)] < number[index(vertex)]) continue;
        out.problem.edges.push_back({number[index(vertex)], number[index(other)], edges_[edge].cost});
        out.original.push_back(original_[edge]);
      }
      if (is_terminal_[index(vertex)]) out.problem.terminals.push_back(number[index(vertex)]);
    }
    return out;
  }

  const SteinerProblem& problem_;
  std::vector<bool> is_terminal_;
  std::vector<std::map<std::int32_t, std::size_t>> at_;  ///< [vertex] neighbour: edge
  std::vector<SteinerEdge> edges_{};
  std::vector<std::vector<std::int32_t>> original_{};
  std::vector<std::int32_t> open_{};
};

}  // namespace

Adjacency::Adjacency(std::int32_t vertices, std::span<const SteinerEdge> edges)
    : first_(static_cast<std::size_t>(vertices) + 1, 0), arcs_(2 * edges.size()) {
  for (const SteinerEdge& edge : edges) {
    ++first_[static_cast<std::size_t>(edge.from) + 1];
    ++first_[static_cast<std::size_t>(edge.to) + 1];
  }
  for (std::size_t v = 1; v < first_.size(); ++v) first_[v] += first_[v - 1];
  std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const auto edge = static_cast<std::int32_t>(i);
    arcs_[next[static_cast<std::size_t>(edges[i].from)]++] = {edges[i].to, edge};
    arcs_[next[static_cast<std::size_t>(edges[i].to)]++] = {edges[i].from, edge};
  }
}

Reduced reduced(const SteinerProblem& problem, const std::vector<bool>& keep) {
  return Shrinking(problem, keep).run();
}

std::vector<std::int32_t> pruned_tree(const SteinerProblem& problem, std::vector<std::int32_t> chosen) {
  const auto edge = [&](std::int32_t i) -> const SteinerEdge& { return problem.edges[static_cast<std::size_t>(i)]; };
  std::sort(chosen.begin(), chosen.end(), [&](std::int32_t a, std::int32_t b) {
    return edge(a).cost != edge(b).cost ? edge(a).cost < edge(b).cost : a < b;
  });
  boost::disjoint_sets_with_storage<> sets(static_cast<std::size_t>(problem.vertices));
  std::vector<std::int32_t> degree(static_cast<std::size_t>(problem.vertices), 0);
  std::vector<std::int32_t> tree;
  for (const std::int32_t i : chosen) {
    const auto a = sets.find_set(static_cast<std::size_t>(edge(i).from));
    const auto b = sets.find_set(static_cast<std::size_t>(edge(i).to));
    if (a == b) continue;
    sets.link(a, b);
    tree.push_back(i);
    ++degree[static_cast<std::size_t>(edge(i).from)];
    ++degree[static_cast<std::size_t>(edge(i).to)];
  }
  for (const std::int32_t terminal : problem.terminals)
    degree[static_cast<std::size_t>(terminal)] += 1'000'000'000;  // never a loose end
  std::map<std::int32_t, std::vector<std::int32_t>> at;
  for (const std::int32_t i : tree) {
    at[edge(i).from].push_back(i);
    at[edge(i).to].push_back(i);
  }
  std::vector<bool> dead(problem.edges.size(), false);
  std::vector<std::int32_t> loose;
  for (const auto& [vertex, edges] : at) {
    if (degree[static_cast<std::size_t>(vertex)] == 1) loose.push_back(vertex);
  }
  while (!loose.empty()) {
    const std::int32_t vertex = loose.back();
    loose.pop_back();
    for (const std::int32_t i : at[vertex]) {
      if (dead[static_cast<std::size_t>(i)]) continue;
      dead[static_cast<std::size_t>(i)] = true;
      const std::int32_t other = edge(i).from == vertex ? edge(i).to : edge(i).from;
      if (--degree[static_cast<std::size_t>(other)] == 1) loose.push_back(other);
    }
  }
  std::erase_if(tree, [&](std::int32_t i) { return dead[static_cast<std::size_t>(i)]; });
  std::sort(tree.begin(), tree.end());
  return tree;
}

std::int64_t cost_of(const SteinerProblem& problem, std::span<const std::int32_t> edges) {
  std::int64_t sum = 0;
  for (const std::int32_t i : edges) sum += problem.edges[static_cast<std::size_t>(i)].cost;
  return sum;
}

}  // namespace amaneku::steiner
