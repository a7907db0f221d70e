#include "libsim/backhaul/steiner_exact.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace amaneku::steiner {
namespace {

constexpr std::size_t kMostBytes = std::size_t{512} << 20U;
constexpr std::int32_t kNobody = -1;

std::size_t index(std::int32_t i) {
  return static_cast<std::size_t>(i);
}

class Subsets {
 public:
  Subsets(const SteinerProblem& problem, const Adjacency& adjacency)
      : problem_(problem),
        adjacency_(adjacency),
        vertices_(index(problem.vertices)),
        masks_(std::size_t{1} << (problem.terminals.size() - 1)),
        cost_(masks_ * vertices_, kFar),
        from_(masks_ * vertices_, kNobody) {}

  std::vector<std::int32_t> run() {
    for (std::size_t bit = 0; bit + 1 < problem_.terminals.size(); ++bit)
      cost_[(std::size_t{1} << bit) * vertices_ + index(problem_.terminals[bit])] = 0;
    for (std::size_t mask = 1; mask < masks_; ++mask) {
      merge(mask);
      spread(mask);
    }
    std::vector<std::int32_t> edges;
    follow(masks_ - 1, problem_.terminals.back(), edges);
    return pruned_tree(problem_, std::move(edges));
  }

 private:
  /// Two trees that meet at a vertex. `from_` holds -2 - the smaller mask.
  void merge(std::size_t mask) {
    for (std::size_t part = (mask - 1) & mask; part > mask / 2; part = (part - 1) & mask) {
      const std::int64_t* a = &cost_[part * vertices_];
      const std::int64_t* b = &cost_[(mask ^ part) * vertices_];
      std::int64_t* sum = &cost_[mask * vertices_];
      std::int32_t* from = &from_[mask * vertices_];
      for (std::size_t v = 0; v < vertices_; ++v) {
        const std::int64_t together = a[v] + b[v];
        if (together >= sum[v]) continue;
        sum[v] = together;
        from[v] = -2 - static_cast<std::int32_t>(part);
      }
    }
  }

  /// A tree that grows by a path. `from_` holds the edge.
  void spread(std::size_t mask) {
    using Entry = std::pair<std::int64_t, std::int32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    std::int64_t* cost = &cost_[mask * vertices_];
    for (std::int32_t v = 0; v < problem_.vertices; ++v) {
      if (cost[index(v)] < kFar) queue.emplace(cost[index(v)], v);
    }
    while (!queue.empty()) {
      const auto [so_far, v] = queue.top();
      queue.pop();
      if (so_far > cost[index(v)]) continue;
      for (const Arc& arc : adjacency_.at(v)) {
        const std::int64_t next = so_far + problem_.edges[index(arc.edge)].cost;
        if (next >= cost[index(arc.to)]) continue;
        cost[index(arc.to)] = next;
        from_[mask * vertices_ + index(arc.to)] = arc.edge;
        queue.emplace(next, arc.to);
      }
    }
  }

  void follow(std::size_t mask, std::int32_t vertex, std::vector<std::int32_t>& edges) const {
    for (;;) {
      const std::int32_t from = from_[mask * vertices_ + index(vertex)];
      if (from == kNobody) return;
      if (from < kNobody) {
        const auto part = static_cast<std::size_t>(-2 - from);
        follow(part, vertex, edges);
        mask ^= part;
        continue;
      }
      edges.push_back(from);
      const SteinerEdge& edge = problem_.edges[index(from)];
      vertex = edge.from == vertex ? edge.to : edge.from;
    }
  }

  const SteinerProblem& problem_;
  const Adjacency& adjacency_;
  std::size_t vertices_;
  std::size_t masks_;
  std::vector<std::int64_t> cost_;  ///< [mask, vertex] of the cheapest tree over these terminals and the vertex
  std::vector<std::int32_t> from_;
};

}  // namespace

std::int64_t subset_work(const SteinerProblem& problem) {
  const std::size_t sets = problem.terminals.size() - 1;
  if (sets > 24) return kFar;
  const auto vertices = static_cast<std::int64_t>(problem.vertices);
  if ((std::size_t{12} << sets) * index(problem.vertices) > kMostBytes) return kFar;
  std::int64_t merges = vertices;
  for (std::size_t i = 0; i < sets; ++i) merges *= 3;
  const auto arcs = static_cast<std::int64_t>(2 * problem.edges.size());
  return merges / 2 + (std::int64_t{8} << sets) * arcs;
}

std::vector<std::int32_t> subset_tree(const SteinerProblem& problem, const Adjacency& adjacency) {
  return Subsets(problem, adjacency).run();
}

}  // namespace amaneku::steiner
