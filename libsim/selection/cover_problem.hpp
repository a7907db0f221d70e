// Which sites to choose so that enough is covered at the least cost, or the most within budgets: the covering
// problem as plain data. cover_solve.hpp answers it with a bound, cover_choice.hpp for costs that are no sums.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace amaneku {

enum class CoverState : std::uint8_t {
  open,    ///< may be chosen
  chosen,  ///< is chosen whatever happens; its cost and its amounts count
  barred,  ///< cannot be chosen
};

struct CoverSite {
  std::int64_t cost = 0;  ///< >= 0, yen: all of it, or what one payer bears
  CoverState state = CoverState::open;
};

/// Rows that are counted together, each with what it weighs there: all people, the people of one municipality, the
/// metres of the expressway, one place.
struct CoverTarget {
  std::vector<std::int32_t> rows{};     ///< indices, each at most once
  std::vector<std::int64_t> weights{};  ///< [rows] >= 0
  std::int64_t least = 0;               ///< the sum of covered rows that is asked for, >= 0; 0 asks for nothing
};

/// What the chosen sites may add up to: a budget in all, of one payer, of one year; a number of sites.
struct CoverLimit {
  std::vector<std::int64_t> amounts{};  ///< [site] >= 0
  std::int64_t most = 0;                ///< >= 0
};

enum class CoverGoal : std::uint8_t {
  least_cost,   ///< sum of costs, every target reached
  most_weight,  ///< covered weight of the target `counted`, the other targets reached; of equal weights the
                ///< cheapest
};

/// Demand is carried by sites that serve its row, split among them as it fits; a row counts in its targets by the
/// share of its demand that is carried.
struct CoverCapacity {
  std::vector<std::int64_t> demand{};   ///< [row] >= 0, one unit: bit/s in the busy hour, people
  std::vector<std::int64_t> carries{};  ///< [site] >= 0, the same unit
  [[nodiscard]] bool empty() const noexcept { return carries.empty(); }
};

/// A row is a piece of demand (a cell, a person's home, 25 m of a road, a place) and the sites that serve it. It
/// is covered where at least `wanted` chosen sites serve it.
struct CoverProblem {
  std::vector<CoverSite> sites{};
  std::vector<std::size_t> row_starts{0};  ///< row i is served by row_sites[row_starts[i], row_starts[i + 1])
  std::vector<std::int32_t> row_sites{};   ///< indices, none twice in a row
  std::vector<std::uint8_t>
      wanted{};  ///< [row] 1 to kCoverMostWanted; none: 1 for all. 2 survives the loss of one
  std::vector<CoverTarget> targets{};
  std::vector<CoverLimit> limits{};
  std::vector<std::vector<std::int32_t>> exclusive{};  ///< sites of which at most one is chosen
  CoverCapacity capacity{};                            ///< none: sites carry whatever they serve
  CoverGoal goal = CoverGoal::least_cost;
  std::size_t counted = 0;  ///< target whose weight is the goal, for most_weight

  [[nodiscard]] std::size_t rows() const noexcept { return row_starts.size() - 1; }
  [[nodiscard]] std::span<const std::int32_t> sites_of(std::size_t row) const noexcept {
    return {row_sites.data() + row_starts[row], row_starts[row + 1] - row_starts[row]};
  }
  [[nodiscard]] int wanted_of(std::size_t row) const noexcept { return wanted.empty() ? 1 : wanted[row]; }
  /// Its index.
  std::size_t add_row(std::span<const std::int32_t> served_by);
};

inline constexpr int kCoverMostWanted = 4;
/// Costs, the amounts of a limit and the weights of a target each add up to at most this: exact as doubles.
inline constexpr std::int64_t kCoverSumLimit = std::int64_t{1} << 52U;

/// InternalError: sizes that do not fit each other, an index out of range or twice, a negative number, sums beyond
/// the limit, a counted target that there is not, sites chosen beforehand that exclude each other.
void check_cover(const CoverProblem& problem);

/// Covered weight of every target. `chosen` in any order, without those chosen beforehand too: they are not added.
/// Of rows with capacities what one assignment carries, never more than the best.
[[nodiscard]] std::vector<std::int64_t> covered_weights(const CoverProblem& problem,
                                                        std::span<const std::int32_t> chosen);

/// [chosen] what the target would lose without that site alone: the people that only it covers.
[[nodiscard]] std::vector<std::int64_t> lost_without(const CoverProblem& problem,
                                                     std::span<const std::int32_t> chosen, std::size_t target);

/// Sum of the costs.
[[nodiscard]] std::int64_t cost_of(const CoverProblem& problem, std::span<const std::int32_t> chosen);

/// Targets reached, limits kept, nothing exclusive or barred, all that is chosen beforehand in it.
[[nodiscard]] bool is_allowed(const CoverProblem& problem, std::span<const std::int32_t> chosen);

/// A target that all sites together do not reach.
struct CoverMissing {
  std::size_t target = 0;
  std::int64_t weight = 0;           ///< how much of `least` no choice reaches
  std::vector<std::int32_t> rows{};  ///< of positive weight, which fewer sites serve than are wanted; ascending
};

/// Targets out of reach even with every site that is not barred, in their order; empty where there are none.
/// Without capacities, limits and exclusions.
[[nodiscard]] std::vector<CoverMissing> out_of_reach(const CoverProblem& problem);

}  // namespace amaneku
