// A graph on which trees are looked for: adjacency, and what a smaller graph's edges were in the larger one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsim/backhaul/steiner_tree.hpp"

namespace amaneku::steiner {

inline constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max() / 4;

/// An edge as seen from one of its ends.
struct Arc {
  std::int32_t to;
  std::int32_t edge;
};

/// Compressed adjacency of an undirected graph. Borrows the edges.
class Adjacency {
 public:
  Adjacency(std::int32_t vertices, std::span<const SteinerEdge> edges);

  [[nodiscard]] std::span<const Arc> at(std::int32_t vertex) const {
    const auto v = static_cast<std::size_t>(vertex);
    return {arcs_.data() + first_[v], first_[v + 1] - first_[v]};
  }

 private:
  std::vector<std::size_t> first_;
  std::vector<Arc> arcs_;
};

/// A problem whose edges stand for one or several of another.
struct Reduced {
  SteinerProblem problem{};
  std::vector<std::vector<std::int32_t>> original{};  ///< [edge] indices in the other problem
};

/// Without loops, dearer parallel edges, vertices that join fewer than three edges and are no terminals, and what no edge
/// joins to a terminal. Every cheapest tree of the result is one of `problem`. `keep` [edge]: false for those that are
/// known not to be needed; empty: all.
[[nodiscard]] Reduced reduced(const SteinerProblem& problem, const std::vector<bool>& keep);

/// Cheapest spanning tree of the vertices that `chosen` edges touch, over these edges, without loose ends that are no
/// terminals: edges, ascending.
[[nodiscard]] std::vector<std::int32_t> pruned_tree(const SteinerProblem& problem, std::vector<std::int32_t> chosen);

[[nodiscard]] std::int64_t cost_of(const SteinerProblem& problem, std::span<const std::int32_t> edges);

}  // namespace amaneku::steiner
