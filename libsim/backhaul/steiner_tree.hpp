// The cheapest tree that joins given vertices of a graph: Steiner's problem, with a proven bound beside the
// answer.
//
// Way: reductions (steiner_reduce), dual ascent for the bound (steiner_ascent), trees grown along what the ascent
// has left free (steiner_grow), improved piece by piece (steiner_improve), and proof by subsets of terminals or by
// branching where the problem is small (steiner_subsets, steiner_search).
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace amaneku {

/// Undirected; parallel edges and loops are allowed.
struct SteinerEdge {
  std::int32_t from = 0;  ///< vertices, 0 <= index < SteinerProblem::vertices
  std::int32_t to = 0;
  std::int64_t cost = 0;  ///< >= 0, any unit
};

struct SteinerProblem {
  std::int32_t vertices = 0;
  std::vector<SteinerEdge> edges{};       ///< costs add up to at most kSteinerCostLimit
  std::vector<std::int32_t> terminals{};  ///< vertices to be joined; the same one twice counts once
};

/// Sums of costs stay far from the end of 64 bits.
inline constexpr std::int64_t kSteinerCostLimit = std::numeric_limits<std::int64_t>::max() / 64;

inline constexpr std::int64_t kNoSteinerTree = std::numeric_limits<std::int64_t>::max();

struct SteinerOptions {
  /// Edges looked at, about: the limit that gives the same answer on every machine.
  std::int64_t work = 1'000'000'000;
  /// Wall clock: for commands only, the answer then depends on the machine.
  double seconds = std::numeric_limits<double>::infinity();
  int threads = 0;  ///< 0: as many as there are; the answer is the same for any number
  /// Told of every better tree and every higher bound of the whole problem (cost, lower bound), on the thread that
  /// called; before there is a tree its cost is kNoSteinerTree.
  std::function<void(std::int64_t, std::int64_t)> watch{};
};

struct SteinerTree {
  std::vector<std::int32_t> edges{};  ///< indices, ascending; no cycle, and every loose end is a terminal
  std::int64_t cost = 0;
  std::int64_t lower_bound = 0;  ///< no tree costs less; <= cost
  bool optimal = false;          ///< cost == lower_bound
};

/// The same bytes for the same problem, but for a limit of seconds. InputError: an index out of range, a negative
/// cost, costs beyond the limit, terminals that no edges join.
[[nodiscard]] SteinerTree steiner_tree(const SteinerProblem& problem, const SteinerOptions& options = {});

}  // namespace amaneku
