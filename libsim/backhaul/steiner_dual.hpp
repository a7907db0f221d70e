// Bounds of Steiner trees by dual ascent.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/backhaul/steiner_graph.hpp"

namespace amaneku::steiner {

/// Wong's dual ascent from `root`: cuts that separate a terminal from the root are raised until every terminal is reached
/// from the root over arcs without reduced cost.
struct DualAscent {
  std::int64_t lower_bound = 0;
  std::vector<std::int64_t> reduced_cost{};  ///< [2 edge] of the arc from -> to, [2 edge + 1] of to -> from
  std::int64_t work = 0;                     ///< arcs looked at
};
[[nodiscard]] DualAscent dual_ascent(const SteinerProblem& problem, const Adjacency& adjacency, std::int32_t root);

/// Edges that may lie in a tree cheaper than `best`: [edge]. By the bound, the reduced costs of a way from the root to the
/// edge and on to the nearest terminal.
[[nodiscard]] std::vector<bool> edges_below(const SteinerProblem& problem, const Adjacency& adjacency,
                                            const DualAscent& dual, std::int32_t root, std::int64_t best);

}  // namespace amaneku::steiner
