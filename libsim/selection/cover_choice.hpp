// Choosing sites where the cost is no sum over the sites: a network joins them, and shares what it costs. The
// problem says what must be covered; a function of the chosen sites says what they cost.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "libsim/selection/cover_problem.hpp"

namespace amaneku {

struct TrueCost {
  /// Cost of the chosen sites (ascending) and all that joins them; >= 0, the same for the same sites. Asked for
  /// each choice once.
  std::function<std::int64_t(std::span<const std::int32_t> chosen)> cost{};
  /// Nothing that contains all of `chosen`, and besides only sites of `open`, costs less; none: 0. Both ascending.
  std::function<std::int64_t(std::span<const std::int32_t> chosen, std::span<const std::int32_t> open)> at_least{};
  /// For most_weight: what it may cost.
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

struct TrueChoice {
  std::vector<std::int32_t> chosen{};   ///< ascending
  std::int64_t cost = 0;                ///< the true one
  std::vector<std::int64_t> covered{};  ///< [target]
  std::int64_t asked = 0;               ///< how many choices the true cost was asked for
  bool optimal = false;                 ///< of best_choice: all choices are answered for
};

/// Better by taking a site in, leaving one out, one for another, one for two, two for one, as long as the goal
/// gains: the true cost (least_cost), or the counted weight within `most` (most_weight). What reaches no target or
/// passes a limit is never asked for. `asked` is the limit of the work. `start` must be allowed: InternalError.
[[nodiscard]] TrueChoice improve_choice(const CoverProblem& problem, std::vector<std::int32_t> start,
                                        const TrueCost& true_cost, std::int64_t asked = 20'000);

/// The best of all choices, by branching on sites; for few of them (InternalError beyond kBestChoiceSites open
/// ones). Where `asked` runs out the best so far, not `optimal`. Nothing where no choice is allowed.
[[nodiscard]] std::optional<TrueChoice> best_choice(const CoverProblem& problem, const TrueCost& true_cost,
                                                    std::int64_t asked = 1'000'000);
inline constexpr std::size_t kBestChoiceSites = 30;

}  // namespace amaneku
