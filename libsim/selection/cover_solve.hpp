// The answer to a covering problem, with a bound that no choice passes.
//
// Way: rows that the same sites serve become one and sites that others replace go (cover_reduce); lazy greedy
// (cover_greedy); exchanges (cover_exchange); a relaxation whose rows are eliminated by cuts, prices that settle
// sites, and the solver for what is left (cover_bound).
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "libsim/selection/cover_problem.hpp"

namespace amaneku {

struct CoverOptions {
  /// Sites looked at by the exchanges after the greedy, and after each answer of the relaxation; of large problems
  /// some passes over all rows besides. The limit that gives the same answer on every machine. 0: no exchanges.
  std::int64_t exchange_work = 20'000'000;
  std::int32_t rounds = 200;     ///< of cuts for the bound; 0: no bound beyond the simple one
  std::int64_t nodes = 200'000;  ///< of the solver's search at most, of large programs fewer; 0: no search
  double gap = 0.0;              ///< the search ends where the gap is this small, a share of the value
  /// Wall clock: for commands only, the answer then depends on the machine.
  double seconds = std::numeric_limits<double>::infinity();
  int threads = 0;                    ///< 0: as many as there are; the answer is the same for any number
  std::vector<std::int32_t> start{};  ///< a choice to begin with beside the greedy one, or none
};

enum class CoverStatus : std::uint8_t {
  optimal,       ///< the bound is the value
  feasible,      ///< allowed, with a gap
  out_of_reach,  ///< targets that all sites together do not reach: `missing`
  infeasible,    ///< proved: limits and exclusions leave no choice that reaches the targets
  unknown,       ///< none was found, and none is proved not to be
};

struct CoverChoice {
  CoverStatus status = CoverStatus::unknown;
  std::vector<std::int32_t> chosen{};   ///< ascending, with those chosen beforehand. Without an allowed choice the
                                        ///< one that comes nearest to the targets
  std::int64_t cost = 0;                ///< of `chosen`
  std::vector<std::int64_t> covered{};  ///< [target]
  std::int64_t value = 0;               ///< the cost, or the covered weight of the counted target
  std::int64_t bound = 0;               ///< no allowed choice costs less, or covers more
  std::int64_t greedy_value = -1;       ///< of the greedy alone; -1 where it found nothing
  /// The value of the greedy is at most this times the least cost, or at least this times the most weight; 0 where
  /// nothing is known (exclusions, several limits, wanted twice).
  double greedy_guarantee = 0.0;
  std::vector<CoverMissing> missing{};  ///< for out_of_reach
  std::int64_t rows_left = 0;           ///< after rows that are alike became one
  std::int64_t sites_left = 0;          ///< open sites that no other one replaces
  [[nodiscard]] bool allowed() const noexcept {
    return status == CoverStatus::optimal || status == CoverStatus::feasible;
  }
};

/// How far the value is from the bound at most, a share of the value (least cost) or of the bound (most weight).
[[nodiscard]] double gap_of(const CoverProblem& problem, const CoverChoice& choice) noexcept;

/// The same bytes for the same problem and any number of threads, but for a limit of seconds. InternalError as of
/// check_cover.
[[nodiscard]] CoverChoice solve_cover(const CoverProblem& problem, const CoverOptions& options = {});

}  // namespace amaneku
