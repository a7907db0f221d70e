// How much of the time a network works, from its parts: chains, spares, and what no spare stands in for.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace amaneku {

/// A year of 365.25 days.
inline constexpr double kMinutesPerYear = 525'960.0;

/// All parts must work, and fail independently: the product. `availabilities`: 0 .. 1 each; of none 1; NaN (not
/// known) stays NaN.
[[nodiscard]] double series_availability(std::span<const double> availabilities) noexcept;

/// One part is enough, and they fail independently: 1 - product of (1 - a). Of none 0; NaN stays NaN. Parts that
/// fail together (two hops in one storm, two cables in one duct) are not independent: the truth is then less.
[[nodiscard]] double parallel_availability(std::span<const double> availabilities) noexcept;

/// Minutes of an average year without service.
[[nodiscard]] constexpr double outage_min_per_year(double availability) noexcept {
  return (1.0 - availability) * kMinutesPerYear;
}

/// A network: nodes 0 .. nodes - 1, links that work in both directions, where it is fed and who depends on it.
struct FailureGraph {
  std::uint32_t nodes = 0;
  std::span<const std::pair<std::uint32_t, std::uint32_t>> links;  ///< parallel ones and loops are allowed
  std::span<const std::uint32_t> exchanges;                        ///< nodes; each alone can serve all
  std::span<const std::uint32_t> sites;                            ///< nodes
};

/// One thing whose failure alone cuts sites off every exchange.
struct FailurePoint {
  enum class Kind : std::uint8_t { link, node };
  Kind kind = Kind::link;
  std::uint32_t index = 0;           ///< into links, or the node; a node may be an exchange
  std::vector<std::uint32_t> cut{};  ///< indices into `sites`, ascending; never the failed node itself
};

struct FailurePoints {
  std::vector<FailurePoint> points{};      ///< links by index, then nodes by number
  std::vector<std::uint32_t> unreached{};  ///< indices into `sites` that reach no exchange even when all works
};

/// Bridges and articulation points towards the exchanges, with the sites behind each. Time grows with nodes, links
/// and the sites listed. InternalError where a node number is not below `nodes`.
[[nodiscard]] FailurePoints single_points_of_failure(const FailureGraph& graph);

}  // namespace amaneku
