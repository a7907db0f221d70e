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

/// [ends] the radius around each of the nodes so that no two circles share ground and none holds an exchange. A
/// layout that joins any of the ends to the exchanges costs at least the sum of theirs: it crosses every circle
/// (the moats of Juenger and Pulleyblank 1993).
[[nodiscard]] std::vector<std::int64_t> line_moats_jpy(const BackhaulGraph& graph,
                                                       std::span<const std::int64_t> cost_jpy,
                                                       std::span<const std::uint32_t> ends);

}  // namespace amaneku
