#include "libsim/selection/cover_exchange.hpp"

#include <algorithm>

#include "libsim/selection/cover_greedy.hpp"

namespace amaneku::cover {
namespace {

class Exchange {
 public:
  Exchange(const Core& core, std::vector<std::int32_t> chosen, const ExchangeLimits& limits)
      : core_(core), limits_(limits), state_(core), best_(std::move(chosen)) {
    state_.become(best_);
    complete(state_);
    now_ = state_.chosen();
    best_ = now_;
    rule_.without.assign(core.site_count(), 0);
    rule_.factor.assign(core.site_count(), 1.0);
    best_goal_ = now_goal_ = goal();
  }

  std::vector<std::int32_t> run() {
    one_by_one();
    at_random();
    return best_;
  }

 private:
  /// To be made small.
  struct Goal {
    std::int64_t first;
    std::int64_t second;
    bool operator<(const Goal& other) const {
      return first != other.first ? first < other.first : second < other.second;
    }
  };

  [[nodiscard]] Goal goal() const {
    if (core_.goal == CoverGoal::least_cost) return {state_.cost(), 0};
    return {-state_.weight(), state_.cost()};
  }
  [[nodiscard]] bool over() const { return state_.work() > limits_.work || (limits_.over && limits_.over()); }
  std::uint64_t draw(std::uint64_t below) {
    drawn_ += 0x9E3779B97F4A7C15U;
    std::uint64_t x = drawn_;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return (x ^ (x >> 31U)) % below;
  }

  /// Without `out`, completed otherwise. Kept where it is no worse.
  bool try_without(const std::vector<std::int32_t>& out) {
    for (const std::int32_t j : out) {
      state_.remove(at(j));
      rule_.without[at(j)] = 1;
    }
    const bool reached = complete(state_, rule_);
    for (const std::int32_t j : out) rule_.without[at(j)] = 0;
    if (reached) complete(state_);  // one of those may fit again
    const Goal after = goal();
    if (!reached || now_goal_ < after) {
      state_.become(now_);
      return false;
    }
    const bool better = after < now_goal_;
    now_ = state_.chosen();
    now_goal_ = after;
    if (now_goal_ < best_goal_) {
      best_goal_ = now_goal_;
      best_ = now_;
    }
    return better;
  }

  /// Each chosen site by itself, until none is worth it.
  void one_by_one() {
    for (bool better = true; better && !over();) {
      better = false;
      for (const std::int32_t j : std::vector<std::int32_t>(now_))
        if (state_.has(at(j)) && !over()) better = try_without({j}) || better;
    }
  }

  /// A chosen site and some that serve rows of it.
  std::vector<std::int32_t> neighbours(std::size_t count) {
    std::vector<std::int32_t> out{now_[draw(now_.size())]};
    const auto rows = core_.rows[at(out.front())];
    for (int attempt = 0; attempt < 8 && out.size() < count && !rows.empty(); ++attempt) {
      const auto sites = core_.sites[at(rows[draw(rows.size())])];
      // Another one of the same row, or one that shares a row with a site that could serve it.
      std::int32_t next = sites[draw(sites.size())];
      if (!state_.has(at(next))) {
        const auto far = core_.rows[at(next)];
        const auto others = core_.sites[at(far[draw(far.size())])];
        next = others[draw(others.size())];
      }
      if (state_.has(at(next)) && std::find(out.begin(), out.end(), next) == out.end()) out.push_back(next);
    }
    return out;
  }

  void at_random() {
    // Choices that are no better lead on; without one for long, back to the best with prices shaken.
    std::size_t idle = 0;
    while (!over() && !now_.empty()) {
      idle = try_without(neighbours(1 + draw(4))) ? 0 : idle + 1;
      if (idle <= 4 * now_.size() + 50) {
        // What was taken last is not what is taken next.
        if (idle % 4 == 0) shake(0.1);
        continue;
      }
      idle = 0;
      state_.become(best_);
      now_ = best_;
      now_goal_ = best_goal_;
      kick();
    }
  }

  void shake(double share) {
    for (double& factor : rule_.factor) factor = 1.0 + share * (static_cast<double>(draw(1024)) / 512.0 - 1.0);
  }

  /// Away from the best, whatever comes of it.
  void kick() {
    shake(0.3);
    const std::vector<std::int32_t> out = neighbours(3 + draw(4));
    for (const std::int32_t j : out) {
      state_.remove(at(j));
      rule_.without[at(j)] = 1;
    }
    const bool reached = complete(state_, rule_);
    for (const std::int32_t j : out) rule_.without[at(j)] = 0;
    if (reached || complete(state_)) {
      now_ = state_.chosen();
      now_goal_ = goal();
    } else {
      state_.become(now_);
    }
    shake(0.1);
  }

  const Core& core_;
  const ExchangeLimits& limits_;
  State state_;
  GreedyRule rule_{};
  std::vector<std::int32_t> now_{};
  std::vector<std::int32_t> best_;
  Goal now_goal_{};
  Goal best_goal_{};
  std::uint64_t drawn_ = 1;
};

}  // namespace

std::vector<std::int32_t> exchanged(const Core& core, std::vector<std::int32_t> chosen,
                                    const ExchangeLimits& limits) {
  return Exchange(core, std::move(chosen), limits).run();
}

}  // namespace amaneku::cover
