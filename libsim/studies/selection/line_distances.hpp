// Distances over the graph of the backhaul, in yen: the cheapest way of one site, and what no layout goes below.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "libsim/backhaul/cable_graph.hpp"

namespace amaneku {

/// Cheapest ways to the exchanges.
class LineWays {
 public:
  /// `cost_jpy` [edge] >= 0; `is_end` [node]: ways begin there and never pass.
  LineWays(const BackhaulGraph& graph, std::span<const std::int64_t> cost_jpy, const std::vector<bool>& is_end);

  /// Edges from the node on; nothing where none leads to an exchange.
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> of(std::uint32_t node) const;

 private:
  const BackhaulGraph& graph_;
  std::vector<std::int64_t> cost_jpy_{};     ///< [node] to the nearest exchange
  std::vector<std::uint32_t> first_edge_{};  ///< [node] of its way
};

/// Parts of what a layout costs at the least, one after the other: a layout that joins all of `sure` and some of
/// `maybe` to the exchanges costs at least `sure_jpy` and the charges of these some together.
struct LineCharges {
  std::int64_t sure_jpy = 0;
  std::vector<std::int64_t> maybe_jpy{};  ///< [maybe]
};

/// Dual ascent for `sure` (steiner_ascent.hpp), then for each of `maybe` on what that has left of the costs: half
/// of its way to the exchanges, and of what is left then all. `sure` can all be joined; of `maybe` what cannot
/// gets 0.
[[nodiscard]] LineCharges line_charges(const BackhaulGraph& graph, std::span<const std::int64_t> cost_jpy,
                                       std::span<const std::uint32_t> sure, std::span<const std::uint32_t> maybe);

/// No layout that joins all of the nodes to the exchanges costs less (steiner_tree). All of them can be joined.
[[nodiscard]] std::int64_t line_tree_bound_jpy(const BackhaulGraph& graph, std::span<const std::int64_t> cost_jpy,
                                               std::span<const std::uint32_t> ends);

}  // namespace amaneku
