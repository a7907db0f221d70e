// Cheapest routes from a terminal to the root of a layout, under the limits of length and hops.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "libsim/backhaul/fibre_layout.hpp"

namespace amaneku {

/// As a price: the edge is closed.
inline constexpr std::int64_t kClosedEdge = -1;

/// The edges of a problem by vertex, and how near the root is. Keeps a reference to the problem.
class FibreGraph {
 public:
  explicit FibreGraph(const FibreProblem& problem);

  [[nodiscard]] const FibreProblem& problem() const noexcept { return problem_; }
  /// Edges at a vertex, ascending, loops left out.
  [[nodiscard]] std::span<const std::int32_t> edges_at(std::int32_t vertex) const noexcept;
  [[nodiscard]] std::int32_t other_end(std::int32_t edge, std::int32_t vertex) const noexcept;
  /// Per vertex to `from`, in metres and in hops, each the least; infinite where there is no way.
  [[nodiscard]] std::vector<double> lengths_m(std::int32_t from) const;
  [[nodiscard]] std::vector<double> hops(std::int32_t from) const;
  [[nodiscard]] const std::vector<double>& root_lengths_m() const noexcept { return root_lengths_m_; }
  [[nodiscard]] const std::vector<double>& root_hops() const noexcept { return root_hops_; }
  /// longest_route_m and what rounding may add to a sum of lengths, which depends on its order.
  [[nodiscard]] double limit_m() const noexcept { return problem_.longest_route_m * (1.0 + 1e-12); }
  [[nodiscard]] bool within_limits(const FibreRoute& route) const;
  /// Steps along edges that the searches below have taken.
  [[nodiscard]] std::int64_t steps() const noexcept { return steps_; }

  /// `price` per edge, >= 0 or kClosedEdge. The cheapest within the limits, of equally cheap ones the shortest;
  /// none where there is none, and where so many ways are equally good that the search gives up.
  [[nodiscard]] std::optional<FibreRoute> cheapest(std::int32_t vertex, std::span<const std::int64_t> price);
  /// Two routes without a common edge, empty where none were found: together the cheapest where nothing limits
  /// them, else the cheapest of several tries.
  [[nodiscard]] std::vector<FibreRoute> cheapest_pair(std::int32_t vertex, std::span<const std::int64_t> price);
  /// The cheapest pair whatever the limits.
  [[nodiscard]] std::vector<FibreRoute> free_pair(std::int32_t vertex, std::span<const double> price);

 private:
  struct Reached;
  [[nodiscard]] Reached reach(std::int32_t vertex, std::span<const double> price,
                              std::span<const std::int8_t> taken, std::span<const double> potential);

  [[nodiscard]] FibreRoute unwound(std::int32_t vertex, std::vector<std::int8_t>& taken) const;

  const FibreProblem& problem_;
  std::vector<std::size_t> starts_{};
  std::vector<std::int32_t> incident_{};
  std::vector<double> root_lengths_m_{};
  std::vector<double> root_hops_{};
  std::int64_t steps_ = 0;
};

}  // namespace amaneku
