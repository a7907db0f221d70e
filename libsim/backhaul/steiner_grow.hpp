// Trees grown by shortest ways, and made as good as their vertices allow.
#pragma once

#include "libsim/backhaul/steiner_graph.hpp"

namespace amaneku::steiner {

/// Edges, ascending; nothing where no tree joins the terminals.
using Tree = std::vector<std::int32_t>;

/// From `root`, always the way to the next nearest terminal (Takahashi and Matsuyama, Math. Japonica 24, 1980),
/// over `costs` [edge] instead of the true ones; then spanning() of its vertices with the true costs.
[[nodiscard]] Tree grow(const Graph& graph, std::span<const std::int64_t> costs, std::int32_t root,
                        Effort& effort);

/// The cheapest spanning tree of the vertices that are marked, which must be connected, without ends that are no
/// terminals.
[[nodiscard]] Tree spanning(const Graph& graph, const std::vector<char>& marked, Effort& effort);

/// The true costs.
[[nodiscard]] std::vector<std::int64_t> costs_of(const Graph& graph);

}  // namespace amaneku::steiner
