// The cheapest tree of few terminals, by dynamic programming over their subsets.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "libsim/backhaul/steiner_graph.hpp"

namespace amaneku::steiner {

/// Steps that it would take: 3^(terminals - 1) x vertices and more; kFar where its memory (12 bytes x 2^(terminals - 1) x
/// vertices) would be above 512 MiB.
[[nodiscard]] std::int64_t subset_work(const SteinerProblem& problem);

/// Edges, ascending. Erickson, Monma and Veinott, Mathematics of Operations Research 12 (1987).
[[nodiscard]] std::vector<std::int32_t> subset_tree(const SteinerProblem& problem, const Adjacency& adjacency);

}  // namespace amaneku::steiner
