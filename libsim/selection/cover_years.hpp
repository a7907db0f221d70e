// In which year each chosen site is built: budgets of every year, what has to be covered at its end, and as many
// people as early as may be. A covering problem whose sites are (site, year) and whose rows are (row, year).
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/selection/cover_solve.hpp"

namespace amaneku {

/// One year of a roll-out.
struct CoverYear {
  std::vector<std::int64_t> most{};   ///< [CoverYears::amounts] that the sites of this year may add up to, >= 0
  std::vector<std::int64_t> least{};  ///< [target] covered at its end, >= 0; none: nothing is asked for
};

/// What is left of a budget at the end of a year is lost.
struct CoverYears {
  /// Rows and targets; chosen sites are there from the start, open ones are to be built. Its limits and capacities
  /// count for nothing, its goal, costs and what its targets ask for in choose_over_years() alone.
  CoverProblem problem{};
  std::vector<std::vector<std::int64_t>> amounts{};  ///< [limit][site] >= 0
  std::vector<CoverYear> years{};                    ///< in their order, at least one
  bool all = true;                                   ///< every open site is built; else those that fit
};

struct YearsChoice {
  CoverStatus status = CoverStatus::unknown;  ///< never out_of_reach: that is infeasible here
  std::vector<std::int32_t> year{};           ///< [site] index of its year; -1: not built, or there from the start
  std::int64_t value = 0;  ///< weight of the target `counted`, summed over the ends of all years
  std::int64_t bound = 0;  ///< no order has more
  [[nodiscard]] bool allowed() const noexcept {
    return status == CoverStatus::optimal || status == CoverStatus::feasible;
  }
};

/// The order with the greatest sum, over the ends of all years, of what target `counted` of the problem has
/// covered by then; of equal ones the one that spends earliest (the sum of the first amounts). The same bytes for
/// any number of threads.
[[nodiscard]] YearsChoice solve_years(const CoverYears& ask, const CoverOptions& options = {});

/// Which sites, where the budgets of the years decide it: the goal, costs and targets of the problem, with its
/// open sites as candidates; targets hold at the end of the last year, those of CoverYear::least at the end of
/// each. All of `all` is left aside. Chosen sites are those of the problem, for solve_years() to put in order.
[[nodiscard]] CoverChoice choose_over_years(const CoverYears& ask, const CoverOptions& options = {});

/// Covered weight of a target at the end of each year.
[[nodiscard]] std::vector<std::int64_t> covered_by_year(const CoverYears& ask,
                                                        const std::vector<std::int32_t>& year, std::size_t target);

/// The most of a target that any order covers at the end of that year, other targets left aside.
[[nodiscard]] std::int64_t most_by_year(const CoverYears& ask, std::size_t target, std::size_t year,
                                        const CoverOptions& options = {});

}  // namespace amaneku
