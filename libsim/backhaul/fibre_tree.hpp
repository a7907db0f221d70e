// The cheapest tree to all terminals of a layout, whatever else is asked of it: a start, and a bound.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsim/backhaul/fibre_routes.hpp"
#include "libsim/backhaul/steiner_tree.hpp"

namespace amaneku {

/// Of the root and all terminals; `price` per edge, >= 0. `work` as SteinerOptions has it.
[[nodiscard]] SteinerTree fibre_tree(const FibreProblem& problem, std::span<const std::int64_t> price,
                                     std::int64_t work);

/// Per terminal its way in the tree; none where that leaves a limit, or two routes are asked for.
[[nodiscard]] std::vector<std::vector<FibreRoute>> tree_routes(const FibreGraph& graph, const SteinerTree& tree);

}  // namespace amaneku
