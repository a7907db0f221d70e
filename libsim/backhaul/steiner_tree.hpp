// The cheapest tree that joins given vertices of a graph (Steiner's problem), with a bound that no tree falls below.
//
// Vertices and edges that no cheapest tree needs are taken out; a dual ascent (Wong, Mathematical Programming 28, 1984)
// gives the bound and shows where a good tree lies; shortest-path trees (Takahashi and Matsuyama, 1980) from several
// starts, improved by exchanging the paths between their junctions, give the tree; few terminals are solved exactly by
// dynamic programming (Erickson, Monma and Veinott, 1987).
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace amaneku {

/// Undirected; parallel edges and loops are allowed.
struct SteinerEdge {
  std::int32_t from = 0;  ///< vertices
  std::int32_t to = 0;
  std::int64_t cost = 0;  ///< >= 0
};

struct SteinerProblem {
  std::int32_t vertices = 0;
  std::vector<SteinerEdge> edges{};
  std::vector<std::int32_t> terminals{};  ///< the same one twice counts once
};

struct SteinerOptions {
  /// Edges looked at, about: the limit that gives the same answer on every machine.
  std::int64_t work = 1'500'000'000;
  /// Wall clock: for commands only, the answer then depends on the machine.
  double seconds = std::numeric_limits<double>::infinity();
};

struct SteinerTree {
  std::vector<std::int32_t> edges{};  ///< indices, ascending; no cycle, no loose end
  std::int64_t cost = 0;
  std::int64_t lower_bound = 0;  ///< no tree costs less; <= cost
  bool optimal = false;          ///< cost == lower_bound
};

/// The same bytes for the same problem, but for a limit of seconds. InputError: an index or a cost out of range, terminals
/// that no edges join (named), costs whose sum does not fit.
[[nodiscard]] SteinerTree steiner_tree(const SteinerProblem& problem, const SteinerOptions& options = {});

}  // namespace amaneku
