#include "libsim/selection/cover_bound.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "libsim/selection/cover_exchange.hpp"
#include "libsim/selection/cover_greedy.hpp"
#include "libsim/selection/cover_master.hpp"
#include "libsim/selection/cover_tree.hpp"

namespace amaneku::cover {
namespace {

/// Nodes of a search times terms of its program: a minute or so.
constexpr std::int64_t kSearchTerms = 100'000'000;
/// Rounds of cuts end where so many have closed less than this share of the gap.
constexpr std::int32_t kSlowRounds = 10;
constexpr double kSlow = 0.01;

/// The goal changes in steps of it.
std::int64_t step_of(const Core& core) {
  std::int64_t step = 0;
  if (core.goal == CoverGoal::least_cost) {
    for (const std::int64_t cost : core.cost) step = std::gcd(step, cost);
  } else {
    for (const Weight& w : core.weights)
      if (at(w.target) == core.counted) step = std::gcd(step, w.weight);
  }
  return std::max<std::int64_t>(step, 1);
}

/// The least multiple of the step that is not below, but for rounding.
std::int64_t whole(double bound, std::int64_t step) {
  const double steps = bound / static_cast<double>(step);
  return static_cast<std::int64_t>(std::ceil(steps - 1e-6 - 1e-9 * std::abs(steps))) * step;
}

class Bounding {
 public:
  Bounding(const Core& core, Incumbent best, const BoundLimits& limits) : core_(core), limits_(limits) {
    out_.best = std::move(best);
  }

  Bounded run() {
    while (!done()) {
      if (finished_core()) return out_;
      Master master(core_, limits_.threads);
      const std::optional<Relaxed> relaxed = rounds(master);
      if (done() || !relaxed) break;
      const std::vector<CoverState> states = settled(master, *relaxed);
      const auto open = static_cast<std::size_t>(std::count(states.begin(), states.end(), CoverState::open));
      // With a tenth of the sites less it is worth beginning anew.
      if (open * 10 <= states.size() * 9) {
        core_ = reduced_core(settled_core(core_, states));
        continue;
      }
      if (limits_.nodes > 0) search(master, states);
      break;
    }
    return out_;
  }

 private:
  [[nodiscard]] double left_s() const { return limits_.left_s ? limits_.left_s() : kMilpInfinity; }
  [[nodiscard]] bool over() const { return left_s() <= 0.0; }

  /// Nothing is left to be chosen: what is settled is a choice, or none is better than the best.
  bool finished_core() {
    if (!core_.impossible && core_.site_count() > 0) return false;
    if (!core_.impossible) {
      const State state(core_);
      if (state.reached()) offer(state);
    }
    prove(out_.best.found ? out_.best.goal : 0);
    out_.impossible = !out_.best.found;
    return true;
  }

  [[nodiscard]] bool done() const {
    if (out_.impossible) return true;
    if (over() || !out_.best.found || !out_.bounded) return over();
    const double size = std::abs(static_cast<double>(out_.best.goal));
    return static_cast<double>(out_.best.goal - out_.goal) <= limits_.gap * size;
  }

  void prove(std::int64_t goal) {
    if (out_.best.found) goal = std::min(goal, out_.best.goal);
    out_.goal = out_.bounded ? std::max(out_.goal, goal) : goal;
    out_.bounded = true;
  }

  void offer(const State& state) {
    const Core& core = state.core();
    const std::int64_t goal =
        core.goal == CoverGoal::least_cost ? core.settled_cost + state.cost() : -state.weight();
    if (out_.best.found && goal >= out_.best.goal) return;
    out_.best = {true, core.named(state.chosen()), goal};
    if (out_.bounded) out_.goal = std::min(out_.goal, goal);
  }

  /// Sites whose share is large, completed where it is not, and made better.
  void round(const std::vector<double>& shares, std::int64_t work) {
    State state(core_);
    std::vector<std::int32_t> order(core_.site_count());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::int32_t a, std::int32_t b) { return shares[at(a)] > shares[at(b)]; });
    for (const std::int32_t j : order)
      if (shares[at(j)] > 0.5 && state.fits(at(j))) state.add(at(j));
    GreedyRule rule;
    for (std::size_t j = 0; j < core_.site_count(); ++j)
      rule.factor.push_back(1.0 - 0.9 * std::min(1.0, shares[j]));
    if (!complete(state, rule)) return;
    offer(state);
    if (work <= 0) return;
    state.become(exchanged(core_, state.chosen(), {.work = work, .over = [this] { return over(); }}));
    offer(state);
  }

  /// Rounds of cuts. The last answer, or nothing where it proves the end.
  std::optional<Relaxed> rounds(Master& master) {
    if (out_.best.found) {
      std::vector<double> start(core_.site_count(), 0.0);
      for (const std::int32_t j : core_.known(out_.best.chosen)) start[at(j)] = 1.0;
      master.cut(start);
    }
    std::optional<Relaxed> last;
    double before = -kMilpInfinity;  // bound some rounds ago
    const std::int64_t step = step_of(core_);
    for (std::int32_t round_index = 0; round_index < limits_.rounds && !over(); ++round_index) {
      Relaxed now = master.relaxed(left_s());
      if (now.impossible) {
        prove(out_.best.found ? out_.best.goal : 0);
        out_.impossible = !out_.best.found;
        return std::nullopt;
      }
      if (!now.solved) return last;
      prove(master.offset() + whole(now.bound, step));
      if (done()) return std::nullopt;
      if (round_index % kSlowRounds == kSlowRounds - 1) round(now.values, 0);
      const std::size_t cuts = master.cut(now.values);
      last = std::move(now);
      if (cuts == 0) break;
      if (round_index % kSlowRounds != kSlowRounds - 1) continue;
      const double gap = static_cast<double>(out_.best.goal - master.offset()) - last->bound;
      if (out_.best.found && last->bound - before < kSlow * gap) break;
      before = last->bound;
    }
    if (last) round(last->values, limits_.exchange_work);
    return last;
  }

  /// Sites without which, or with which, nothing would be better than the best.
  [[nodiscard]] std::vector<CoverState> settled(const Master& master, const Relaxed& relaxed) const {
    std::vector<CoverState> states(core_.site_count(), CoverState::open);
    if (!out_.best.found) return states;
    const std::int64_t better = out_.best.goal - step_of(core_) - master.offset();
    const double room =
        static_cast<double>(better) - relaxed.bound + 1e-6 + 1e-9 * std::abs(static_cast<double>(better));
    for (std::size_t j = 0; j < states.size(); ++j) {
      if (relaxed.reduced[j] > room) states[j] = CoverState::barred;
      if (relaxed.reduced[j] < -room) states[j] = CoverState::chosen;
    }
    return states;
  }

  /// In the master's unit: what is better is better by a step.
  [[nodiscard]] double cutoff(const Master& master, std::int64_t step) const {
    if (!out_.best.found) return kMilpInfinity;
    return static_cast<double>(out_.best.goal - master.offset()) - 0.99 * static_cast<double>(step);
  }

  /// Nothing better is left.
  void finish() {
    prove(out_.best.found ? out_.best.goal : 0);
    out_.impossible = !out_.best.found;
  }

  void search(Master& master, const std::vector<CoverState>& states) {
    std::int64_t nodes = limits_.nodes;
    if (!std::isfinite(left_s())) {
      const auto terms = static_cast<std::int64_t>(master.program().terms.size());
      nodes = std::min(nodes, kSearchTerms / std::max<std::int64_t>(1, terms));
    }
    master.forget_planes();
    const std::int64_t step = step_of(core_);
    const TreeLimits limits{.nodes = nodes,
                            .left_s = [this] { return left_s(); },
                            .cutoff = [&] { return cutoff(master, step); },
                            .suggest =
                                [this](std::span<const double> shares) {
                                  round({shares.begin(), shares.end()}, 0);
                                }};
    const TreeOutcome outcome = search_tree(master, states, limits);
    if (outcome.finished) return finish();
    if (std::isfinite(outcome.bound)) prove(master.offset() + whole(outcome.bound, step));
  }

  Core core_;
  const BoundLimits& limits_;
  Bounded out_{};
};

}  // namespace

Bounded bounded(const Core& core, Incumbent best, const BoundLimits& limits) {
  return Bounding(core, std::move(best), limits).run();
}

}  // namespace amaneku::cover
