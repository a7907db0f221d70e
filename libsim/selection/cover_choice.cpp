#include "libsim/selection/cover_choice.hpp"

#include <algorithm>
#include <map>

#include "libsim/selection/cover_greedy.hpp"
#include "libsim/selection/cover_state.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

using cover::at;
using cover::Core;
using cover::State;

/// True costs, each asked for once.
class Asked {
 public:
  Asked(const Core& core, const TrueCost& true_cost, std::int64_t most)
      : core_(core), true_cost_(true_cost), most_(most) {}
  [[nodiscard]] bool over() const noexcept { return count_ >= most_; }
  [[nodiscard]] std::int64_t count() const noexcept { return count_; }
  std::int64_t cost(const State& state) {
    std::vector<std::int32_t> chosen = core_.named(state.chosen());
    const auto here = known_.find(chosen);
    if (here != known_.end()) return here->second;
    ++count_;
    const std::int64_t cost = true_cost_.cost(chosen);
    known_.emplace(std::move(chosen), cost);
    return cost;
  }
  std::int64_t at_least(std::span<const std::int32_t> chosen, std::span<const std::int32_t> open) {
    if (!true_cost_.at_least) return 0;
    return true_cost_.at_least(core_.named(chosen), named_open(open));
  }

 private:
  [[nodiscard]] std::vector<std::int32_t> named_open(std::span<const std::int32_t> open) const {
    std::vector<std::int32_t> out;
    for (const std::int32_t j : open) out.push_back(core_.site_of[at(j)]);
    return out;
  }

  const Core& core_;
  const TrueCost& true_cost_;
  std::int64_t most_;
  std::int64_t count_ = 0;
  std::map<std::vector<std::int32_t>, std::int64_t> known_{};
};

/// To be made small: the true cost, or the weight below zero and then the cost.
struct Goal {
  std::int64_t first = 0;
  std::int64_t second = 0;
  friend bool operator<(const Goal& a, const Goal& b) noexcept {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  }
};

/// What counts of a choice, whatever the capacities.
class Judge {
 public:
  Judge(const CoverProblem& problem, const Core& core, const TrueCost& true_cost, std::int64_t most)
      : problem_(problem), core_(core), true_cost_(true_cost), asked_(core, true_cost, most) {}

  Asked& asked() noexcept { return asked_; }
  [[nodiscard]] std::int64_t most() const noexcept { return true_cost_.most; }
  [[nodiscard]] bool allows(const State& state) const {
    if (!state.reached()) return false;
    return problem_.capacity.empty() || is_allowed(problem_, core_.named(state.chosen()));
  }
  /// Of an allowed choice, if it is below `best`; asks for the true cost only where it may be.
  std::optional<Goal> better(const State& state, const std::optional<Goal>& best) {
    if (core_.goal == CoverGoal::least_cost) {
      if (best && asked_.at_least(state.chosen(), {}) >= best->first) return std::nullopt;
      const Goal goal{asked_.cost(state), 0};
      return !best || goal < *best ? std::optional(goal) : std::nullopt;
    }
    const std::int64_t weight = problem_.capacity.empty()
                                    ? state.weight()
                                    : covered_weights(problem_, core_.named(state.chosen()))[core_.counted];
    if (best && -weight > best->first) return std::nullopt;
    const Goal goal{-weight, asked_.cost(state)};
    if (goal.second > true_cost_.most || (best && !(goal < *best))) return std::nullopt;
    return goal;
  }
  [[nodiscard]] TrueChoice described(std::vector<std::int32_t> chosen, const Goal& goal) const {
    TrueChoice out;
    out.covered = covered_weights(problem_, chosen);
    out.chosen = std::move(chosen);
    out.cost = core_.goal == CoverGoal::least_cost ? goal.first : goal.second;
    out.asked = asked_.count();
    return out;
  }

 private:
  const CoverProblem& problem_;
  const Core& core_;
  const TrueCost& true_cost_;
  Asked asked_;
};

/// Exchanges of up to two sites for up to two, the first that is better.
class Improving {
 public:
  Improving(State& state, Judge& judge, Goal goal) : state_(state), judge_(judge), goal_(goal) {}

  [[nodiscard]] const Goal& goal() const noexcept { return goal_; }

  void run() {
    while (!judge_.asked().over() && step()) {
    }
  }

 private:
  bool step() {
    const std::vector<std::int32_t> chosen = state_.chosen();
    for (const std::int32_t out : chosen)
      if (without({out}, 0)) return true;
    if (without({}, 1)) return true;
    for (const std::int32_t out : chosen)
      if (without({out}, 1)) return true;
    for (std::size_t a = 0; a < chosen.size(); ++a)
      for (std::size_t b = a + 1; b < chosen.size(); ++b)
        if (without({chosen[a], chosen[b]}, 1)) return true;
    return std::any_of(chosen.begin(), chosen.end(), [&](std::int32_t out) { return without({out}, 2); });
  }

  /// Some sites out, `count` others in. The state is as before where nothing is better.
  bool without(const std::vector<std::int32_t>& out, int count) {
    if (judge_.asked().over()) return false;
    for (const std::int32_t j : out) state_.remove(at(j));
    if (with(out, count, 0)) return true;
    for (const std::int32_t j : out) state_.add(at(j));
    return false;
  }

  bool with(const std::vector<std::int32_t>& out, int count, std::size_t from) {
    if (count == 0) return take();
    for (std::size_t k = from; k < state_.core().site_count() && !judge_.asked().over(); ++k) {
      if (state_.has(k) || !state_.fits(k) ||
          std::find(out.begin(), out.end(), static_cast<std::int32_t>(k)) != out.end())
        continue;
      if (count == 1 && !state_.reached_with(k)) continue;
      state_.add(k);
      if (with(out, count - 1, k + 1)) return true;
      state_.remove(k);
    }
    return false;
  }

  bool take() {
    if (!judge_.allows(state_)) return false;
    const std::optional<Goal> goal = judge_.better(state_, goal_);
    if (goal) goal_ = *goal;
    return goal.has_value();
  }

  State& state_;
  Judge& judge_;
  Goal goal_;
};

/// All choices, site by site: with it, without it.
class Branching {
 public:
  Branching(const Core& core, Judge& judge) : core_(core), judge_(judge), chosen_(core), hoped_(core) {
    for (std::size_t j = 0; j < core.site_count(); ++j) hoped_.add(j);
    order_.resize(core.site_count());
    for (std::size_t j = 0; j < order_.size(); ++j) order_[j] = static_cast<std::int32_t>(j);
    std::stable_sort(order_.begin(), order_.end(), [&](std::int32_t a, std::int32_t b) {
      return core.rows[at(a)].size() > core.rows[at(b)].size();
    });
  }

  void start(const std::vector<std::int32_t>& chosen, const Goal& goal) {
    best_ = goal;
    best_chosen_ = chosen;
  }
  void run() {
    offer();
    branch(0);
  }
  [[nodiscard]] const std::optional<Goal>& best() const noexcept { return best_; }
  [[nodiscard]] const std::vector<std::int32_t>& best_chosen() const noexcept { return best_chosen_; }

 private:
  void offer() {
    if (!judge_.allows(chosen_)) return;
    if (const std::optional<Goal> goal = judge_.better(chosen_, best_)) {
      best_ = goal;
      best_chosen_ = core_.named(chosen_.chosen());
    }
  }

  /// Whether the sites from `depth` on may still lead to something better.
  bool hopeful(std::size_t depth) {
    if (!hoped_.reached()) return false;
    const bool least = core_.goal == CoverGoal::least_cost;
    if (!best_ && least) return true;
    if (!least && best_ && -hoped_.weight() > best_->first) return false;
    std::vector<std::int32_t> open(order_.begin() + static_cast<std::ptrdiff_t>(depth), order_.end());
    std::sort(open.begin(), open.end());
    const std::int64_t at_least = judge_.asked().at_least(chosen_.chosen(), open);
    if (least) return at_least < best_->first;
    if (at_least > judge_.most()) return false;
    return !best_ || -hoped_.weight() < best_->first || at_least < best_->second;
  }

  void branch(std::size_t depth) {
    if (depth == order_.size() || judge_.asked().over() || !hopeful(depth)) return;
    const std::size_t j = at(order_[depth]);
    if (chosen_.fits(j)) {
      chosen_.add(j);
      offer();
      branch(depth + 1);
      chosen_.remove(j);
    }
    hoped_.remove(j);
    branch(depth + 1);
    hoped_.add(j);
  }

  const Core& core_;
  Judge& judge_;
  State chosen_;
  State hoped_;  ///< with all that is not decided
  std::vector<std::int32_t> order_{};
  std::optional<Goal> best_{};
  std::vector<std::int32_t> best_chosen_{};
};

}  // namespace

TrueChoice improve_choice(const CoverProblem& problem, std::vector<std::int32_t> start, const TrueCost& true_cost,
                          std::int64_t asked) {
  check_cover(problem);
  std::sort(start.begin(), start.end());
  if (!is_allowed(problem, start)) throw InternalError("a choice to be improved that is not allowed");
  const Core core = cover::core_of(problem);
  Judge judge(problem, core, true_cost, std::max<std::int64_t>(asked, 1));
  State state(core);
  state.become(core.known(start));
  std::optional<Goal> goal = judge.better(state, std::nullopt);
  if (!goal) throw InternalError("a choice to be improved that costs more than it may");
  Improving improving(state, judge, *goal);
  improving.run();
  return judge.described(core.named(state.chosen()), improving.goal());
}

std::optional<TrueChoice> best_choice(const CoverProblem& problem, const TrueCost& true_cost, std::int64_t asked) {
  check_cover(problem);
  const Core core = cover::core_of(problem);
  if (core.impossible) return std::nullopt;
  if (core.site_count() > kBestChoiceSites) throw InternalError("more sites than all choices of can be looked at");
  Judge judge(problem, core, true_cost, asked);
  Branching branching(core, judge);
  State state(core);
  if (cover::complete(state) && judge.allows(state))
    if (const std::optional<Goal> goal = judge.better(state, std::nullopt)) {
      Improving improving(state, judge, *goal);
      improving.run();
      branching.start(core.named(state.chosen()), improving.goal());
    }
  branching.run();
  if (!branching.best()) return std::nullopt;
  TrueChoice out = judge.described(branching.best_chosen(), *branching.best());
  out.optimal = !judge.asked().over();
  return out;
}

}  // namespace amaneku
