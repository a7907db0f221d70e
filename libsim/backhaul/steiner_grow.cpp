#include "libsim/backhaul/steiner_grow.hpp"

#include <algorithm>
#include <utility>

namespace amaneku::steiner {
namespace {

/// Takes ends off that are no terminals, until there are none.
Tree without_loose_ends(const Graph& graph, Tree tree) {
  std::vector<std::int32_t> degree(at(graph.vertices()), 0);
  std::vector<std::int32_t> joined(at(graph.vertices()), 0);  // exclusive or of the edges: of an end, its only one
  const auto toggle = [&](std::int32_t e, std::int32_t by) {
    for (const std::int32_t v : {graph.edges()[at(e)].from, graph.edges()[at(e)].to}) {
      degree[at(v)] += by;
      joined[at(v)] ^= e;
    }
  };
  for (const std::int32_t e : tree) toggle(e, 1);
  std::vector<char> dropped(graph.edges().size(), 0);
  for (const std::int32_t e : tree) {
    for (std::int32_t v : {graph.edges()[at(e)].from, graph.edges()[at(e)].to}) {
      while (degree[at(v)] == 1 && !graph.is_terminal(v)) {
        const std::int32_t last = joined[at(v)];
        dropped[at(last)] = 1;
        const SteinerEdge& edge = graph.edges()[at(last)];
        v = edge.from == v ? edge.to : edge.from;
        toggle(last, -1);
      }
    }
  }
  std::erase_if(tree, [&](std::int32_t e) { return dropped[at(e)] != 0; });
  std::sort(tree.begin(), tree.end());
  return tree;
}

class Grower {
 public:
  Grower(const Graph& graph, std::span<const std::int64_t> costs, Effort& effort)
      : graph_(graph),
        costs_(costs),
        effort_(effort),
        length_(at(graph.vertices()), kFar),
        last_(at(graph.vertices()), -1),
        inside_(at(graph.vertices()), 0) {}

  Tree run(std::int32_t root) {
    std::size_t joined = 1;
    take(root);
    while (!queue_.empty() && joined < graph_.terminals().size()) {
      const auto [d, v] = queue_.top();
      queue_.pop();
      if (d != length_[at(v)]) continue;
      if (graph_.is_terminal(v) && inside_[at(v)] == 0) joined += join(v);
      if (length_[at(v)] == d) scan(v);
    }
    if (joined < graph_.terminals().size()) return {};
    return spanning(graph_, inside_, effort_);
  }

 private:
  void take(std::int32_t v) {
    inside_[at(v)] = 1;
    length_[at(v)] = 0;
    queue_.emplace(0, v);
  }

  std::size_t join(std::int32_t v) {
    std::size_t terminals = 0;
    while (inside_[at(v)] == 0) {
      terminals += graph_.is_terminal(v) ? 1U : 0U;
      take(v);
      const SteinerEdge& edge = graph_.edges()[at(last_[at(v)])];
      v = edge.from == v ? edge.to : edge.from;
    }
    return terminals;
  }

  void scan(std::int32_t v) {
    const std::span<const Link> links = graph_.links(v);
    effort_.spend(static_cast<std::int64_t>(links.size()));
    for (const Link& link : links) {
      const std::int64_t there = length_[at(v)] + costs_[at(link.edge)];
      if (there >= length_[at(link.to)]) continue;
      length_[at(link.to)] = there;
      last_[at(link.to)] = link.edge;
      queue_.emplace(there, link.to);
    }
  }

  const Graph& graph_;
  std::span<const std::int64_t> costs_;
  Effort& effort_;
  std::vector<std::int64_t> length_;
  std::vector<std::int32_t> last_;
  std::vector<char> inside_;
  NearestFirst queue_{};
};

std::int32_t top_of(std::vector<std::int32_t>& up, std::int32_t v) {
  while (up[at(v)] != v) v = up[at(v)] = up[at(up[at(v)])];
  return v;
}

}  // namespace

Tree grow(const Graph& graph, std::span<const std::int64_t> costs, std::int32_t root, Effort& effort) {
  return Grower(graph, costs, effort).run(root);
}

Tree spanning(const Graph& graph, const std::vector<char>& marked, Effort& effort) {
  std::vector<std::pair<std::int64_t, std::int32_t>> order;
  for (std::int32_t v = 0; v < graph.vertices(); ++v) {
    if (marked[at(v)] == 0) continue;
    effort.spend(static_cast<std::int64_t>(graph.links(v).size()));
    for (const Link& link : graph.links(v)) {
      if (v < link.to && marked[at(link.to)] != 0) order.emplace_back(link.cost, link.edge);
    }
  }
  std::sort(order.begin(), order.end());
  std::vector<std::int32_t> up(at(graph.vertices()));
  for (std::size_t v = 0; v < up.size(); ++v) up[v] = static_cast<std::int32_t>(v);
  Tree tree;
  for (const auto& [cost, e] : order) {
    const std::int32_t a = top_of(up, graph.edges()[at(e)].from);
    const std::int32_t b = top_of(up, graph.edges()[at(e)].to);
    if (a == b) continue;
    up[at(a)] = b;
    tree.push_back(e);
  }
  return without_loose_ends(graph, std::move(tree));
}

std::vector<std::int64_t> costs_of(const Graph& graph) {
  std::vector<std::int64_t> costs;
  costs.reserve(graph.edges().size());
  for (const SteinerEdge& e : graph.edges()) costs.push_back(e.cost);
  return costs;
}

}  // namespace amaneku::steiner
