// Good Steiner trees, by shortest paths and by exchanging paths.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/backhaul/steiner_graph.hpp"

namespace amaneku::steiner {

/// From `start`, the nearest terminal is joined to the tree over the shortest path, again and again; `allowed` [edge], or
/// empty: all. Edges, ascending; nothing where the allowed edges do not join the terminals. `work` grows by the arcs looked
/// at.
[[nodiscard]] std::vector<std::int32_t> path_tree(const SteinerProblem& problem, const Adjacency& adjacency,
                                                  std::int32_t start, const std::vector<bool>& allowed,
                                                  std::int64_t& work);

/// Takes paths between junctions out and puts cheaper ones in, until none helps or `most_work` is done. Never dearer.
[[nodiscard]] std::vector<std::int32_t> exchanged(const SteinerProblem& problem, const Adjacency& adjacency,
                                                  std::vector<std::int32_t> tree, std::int64_t most_work,
                                                  std::int64_t& work);

/// Puts a vertex in where the tree over it is cheaper, as far as `most_work` allows. Never dearer.
[[nodiscard]] std::vector<std::int32_t> with_vertices(const SteinerProblem& problem, const Adjacency& adjacency,
                                                      std::vector<std::int32_t> tree, std::int64_t most_work,
                                                      std::int64_t& work);

}  // namespace amaneku::steiner
