#include "libsim/selection/cover_solve.hpp"

#include <algorithm>
#include <chrono>

#include "libsim/selection/cover_bound.hpp"
#include "libsim/selection/cover_capacity.hpp"
#include "libsim/selection/cover_exchange.hpp"
#include "libsim/selection/cover_greedy.hpp"

namespace amaneku {
namespace {

using cover::Core;
using cover::Incumbent;
using cover::State;

class Clock {
 public:
  explicit Clock(double seconds) : seconds_(seconds) {}
  [[nodiscard]] double left_s() const {
    if (seconds_ == std::numeric_limits<double>::infinity()) return seconds_;
    return seconds_ - std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  double seconds_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::int64_t goal_of(const CoverProblem& problem, const std::vector<std::int32_t>& chosen) {
  if (problem.goal == CoverGoal::least_cost) return cost_of(problem, chosen);
  return -covered_weights(problem, chosen)[problem.counted];
}

/// The better of two.
void offer(Incumbent& best, const CoverProblem& problem, std::vector<std::int32_t> chosen) {
  const std::int64_t goal = goal_of(problem, chosen);
  if (!best.found || goal < best.goal) best = {true, std::move(chosen), goal};
}

CoverChoice described(const CoverProblem& problem, std::vector<std::int32_t> chosen) {
  CoverChoice out;
  out.chosen = std::move(chosen);
  out.cost = cost_of(problem, out.chosen);
  out.covered = covered_weights(problem, out.chosen);
  out.value = problem.goal == CoverGoal::least_cost ? out.cost : out.covered[problem.counted];
  return out;
}

/// Whatever fits and comes nearer to the targets.
std::vector<std::int32_t> nearest_choice(const Core& core) {
  State state(core);
  (void)cover::complete(state);
  return core.named(state.chosen());
}

}  // namespace

double gap_of(const CoverProblem& problem, const CoverChoice& choice) noexcept {
  const bool least = problem.goal == CoverGoal::least_cost;
  const auto distance = static_cast<double>(least ? choice.value - choice.bound : choice.bound - choice.value);
  const auto size = static_cast<double>(least ? choice.value : choice.bound);
  return size > 0.0 ? distance / size : 0.0;
}

CoverChoice solve_cover(const CoverProblem& problem, const CoverOptions& options) {
  check_cover(problem);
  if (!problem.capacity.empty()) return cover::solve_capacitated(problem, options);
  const Clock clock(options.seconds);
  const Core core = cover::core_of(problem);
  std::vector<CoverMissing> missing = out_of_reach(problem);
  if (!missing.empty() || core.impossible) {
    CoverChoice out = described(problem, nearest_choice(core));
    out.status = missing.empty() ? CoverStatus::infeasible : CoverStatus::out_of_reach;
    out.missing = std::move(missing);
    return out;
  }
  const cover::Greedy plain = cover::greedy(core);
  Incumbent best;
  if (plain.found) offer(best, problem, core.named(plain.chosen));
  if (!options.start.empty() && is_allowed(problem, options.start)) offer(best, problem, options.start);
  const Core reduced = cover::reduced_core(core);
  // Some passes over all rows, where these are many.
  const std::int64_t work =
      options.exchange_work == 0
          ? 0
          : options.exchange_work + 20 * static_cast<std::int64_t>(reduced.sites.items.size());
  const auto over = [&] { return clock.left_s() <= 0.0; };
  if (!reduced.impossible) {
    State state(reduced);
    if (best.found) state.become(reduced.known(best.chosen));
    if (cover::complete(state)) {
      offer(best, problem, reduced.named(state.chosen()));
      if (work > 0)
        offer(best, problem,
              reduced.named(cover::exchanged(reduced, state.chosen(), {.work = work, .over = over})));
    }
  }
  const cover::BoundLimits limits{.rounds = options.rounds,
                                  .nodes = options.nodes,
                                  .gap = options.gap,
                                  .threads = options.threads,
                                  .exchange_work = work,
                                  .left_s = [&] { return clock.left_s(); }};
  const cover::Bounded proof = cover::bounded(reduced, best, limits);
  best = proof.best;
  CoverChoice out = described(problem, best.found ? best.chosen : nearest_choice(core));
  const bool least = problem.goal == CoverGoal::least_cost;
  out.greedy_value = plain.found ? plain.value : -1;
  out.greedy_guarantee = plain.found ? plain.guarantee : 0.0;
  out.rows_left = static_cast<std::int64_t>(core.row_count());
  out.sites_left = static_cast<std::int64_t>(reduced.site_count());
  if (!best.found) {
    out.status = proof.impossible ? CoverStatus::infeasible : CoverStatus::unknown;
    return out;
  }
  std::int64_t bound = least ? plain.bound : core.targets[core.counted].reach;
  if (proof.bounded) bound = least ? std::max(bound, proof.goal) : std::min(bound, -proof.goal);
  out.bound = bound;
  out.status = bound == out.value ? CoverStatus::optimal : CoverStatus::feasible;
  return out;
}

}  // namespace amaneku
