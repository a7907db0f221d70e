// The covering problem as the searches work on it: what is settled is gone, rows that the same sites serve are one
// row, and every relation is there in both directions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libsim/selection/cover_problem.hpp"

namespace amaneku::cover {

[[nodiscard]] inline std::size_t at(std::int32_t index) noexcept {
  return static_cast<std::size_t>(index);
}

/// A row that wants several sites is covered in parts; 1, 2, 3 and 4 divide them.
inline constexpr std::int64_t kParts = 12;

/// Lists of numbers, one after the other.
struct Lists {
  std::vector<std::size_t> starts{0};
  std::vector<std::int32_t> items{};
  [[nodiscard]] std::size_t size() const noexcept { return starts.size() - 1; }
  [[nodiscard]] std::span<const std::int32_t> operator[](std::size_t i) const noexcept {
    return {items.data() + starts[i], starts[i + 1] - starts[i]};
  }
  /// List i of the outcome has the lists that hold i, ascending; 0 <= i < `size`.
  [[nodiscard]] Lists turned(std::size_t size) const;
};

struct Weight {
  std::int32_t target = 0;
  std::int64_t weight = 0;  ///< > 0
};

struct CoreTarget {
  std::int64_t least = 0;
  std::int64_t covered = 0;  ///< by what is settled
  std::int64_t reach = 0;    ///< by everything that is left
};

/// Sites that are open, rows that are neither covered nor out of reach.
struct Core {
  std::vector<std::int32_t> site_of{};  ///< [site] its index in the problem, ascending
  std::vector<std::int64_t> cost{};     ///< [site]
  Lists sites{};                        ///< [row] ascending
  Lists rows{};                         ///< [site] ascending
  std::vector<std::uint8_t> wanted{};   ///< [row]
  std::vector<std::size_t> weight_starts{0};
  std::vector<Weight> weights{};  ///< row i: [weight_starts[i], weight_starts[i + 1])
  std::vector<char> must{};       ///< [row] 1: no allowed choice leaves it out
  std::vector<CoreTarget> targets{};
  std::vector<CoverLimit> limits{};                    ///< what is settled taken off
  std::vector<std::vector<std::int32_t>> exclusive{};  ///< of two sites or more
  CoverGoal goal = CoverGoal::least_cost;
  std::size_t counted = 0;
  std::int64_t settled_cost = 0;
  std::vector<std::int32_t> settled{};  ///< chosen, indices in the problem, ascending
  bool impossible = false;              ///< no choice is allowed; the rest then means nothing

  [[nodiscard]] std::size_t site_count() const noexcept { return cost.size(); }
  [[nodiscard]] std::size_t row_count() const noexcept { return wanted.size(); }
  [[nodiscard]] std::span<const Weight> weights_of(std::size_t row) const noexcept {
    return {weights.data() + weight_starts[row], weight_starts[row + 1] - weight_starts[row]};
  }
  /// A choice of it as indices in the problem, with what is settled; ascending.
  [[nodiscard]] std::vector<std::int32_t> named(std::span<const std::int32_t> chosen) const;
  /// Those of the problem's sites that are open here, as indices here.
  [[nodiscard]] std::vector<std::int32_t> known(std::span<const std::int32_t> chosen) const;
};

/// The problem, without what its states settle; rows that are alike are one. Without capacities.
[[nodiscard]] Core core_of(const CoverProblem& problem);

/// The same, some sites settled besides (state of each).
[[nodiscard]] Core settled_core(const Core& core, std::span<const CoverState> states);

/// Whatever follows goes: rows that must be covered and leave no choice settle their sites, rows that others
/// imply, sites that another one replaces at no more cost. Has the same best value. `work`: rows looked at, about.
[[nodiscard]] Core reduced_core(Core core, std::int64_t work = 400'000'000);

}  // namespace amaneku::cover
