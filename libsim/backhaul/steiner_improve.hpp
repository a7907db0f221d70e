// A tree made cheaper piece by piece.
#pragma once

#include "libsim/backhaul/steiner_grow.hpp"

namespace amaneku::steiner {

struct PatchSize {
  std::int32_t ends = 6;  ///< terminals of a piece, and places where the rest of the tree hangs on it: at most
  std::int32_t vertices = 250;  ///< of the graph around it
};

/// Around every junction and terminal, a connected piece of the tree is taken out and the rest joined anew as
/// cheaply as its neighbourhood allows (by_subsets), first pieces of few ends, then larger ones, until no piece
/// gives anything or the effort is spent.
[[nodiscard]] Tree improved(const Graph& graph, const Tree& tree, PatchSize size, Effort& effort);

}  // namespace amaneku::steiner
