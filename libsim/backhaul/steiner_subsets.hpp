// The cheapest tree by dynamic programming over subsets of the terminals.
#pragma once

#include <optional>

#include "libsim/backhaul/steiner_grow.hpp"

namespace amaneku::steiner {

/// Edges looked at, about, and bytes. Grow by 3 and 2 with each terminal.
[[nodiscard]] double subsets_work(const Graph& graph);
[[nodiscard]] double subsets_bytes(const Graph& graph);

/// The cheapest tree if it costs less than `limit`, else nothing (Dreyfus and Wagner, Networks 1, 1971, in the
/// form of Erickson, Monma and Veinott, Mathematics of Operations Research 12, 1987; what cannot come below the
/// limit is left out). At most 24 terminals, at least one.
[[nodiscard]] std::optional<Tree> by_subsets(const Graph& graph, std::int64_t limit, Effort& effort);

}  // namespace amaneku::steiner
