// The search: reductions, bounds and trees in turn, on the whole problem and on what branching makes of it.
#pragma once

#include <functional>
#include <utility>

#include "libsim/backhaul/steiner_ascent.hpp"
#include "libsim/backhaul/steiner_grow.hpp"
#include "libsim/backhaul/steiner_reduce.hpp"

namespace amaneku::steiner {

/// The best tree so far, in edges of the problem.
struct Best {
  std::vector<std::int32_t> edges{};  ///< ascending
  std::int64_t cost = kFar;
};

class Search {
 public:
  /// Valid; the terminals are connected. The problem must live as long.
  Search(const SteinerProblem& problem, int threads, Effort& effort)
      : problem_(problem), threads_(threads), effort_(effort) {}

  /// Until the optimum is proved or the effort spent; returns the proven bound.
  [[nodiscard]] std::int64_t run();
  /// For a problem that is a part of another: at most so many branches are followed.
  [[nodiscard]] std::int64_t run_part(std::int32_t branches);
  [[nodiscard]] const Best& best() const noexcept { return best_; }
  void offer(std::vector<std::int32_t> edges);
  /// Of run() alone, as SteinerOptions::watch.
  void watch(std::function<void(std::int64_t, std::int64_t)> told) { told_ = std::move(told); }

 private:
  struct Look;

  void offer(const Reducer& reducer, const Remainder& rest, const Tree& tree);
  void tell(std::int64_t bound);
  /// Reduces, bounds and cuts, over and over; what is left, its bound and the last ascents.
  Look examine(Reducer& reducer, bool keep_equal);
  bool ascend(const Reducer& reducer, Look& look);
  std::int64_t branch(Reducer reducer);
  std::int64_t close(Reducer& reducer, const Look& look);
  bool improve(const Reducer& reducer, const Look& look, std::uint64_t round, PolishedAscent& polished);
  std::int64_t improve_all(Reducer& reducer, const Look& look);
  std::int64_t branch_on(const Reducer& reducer, const Remainder& rest);
  std::vector<Tree> starts(const Tree& elite, const Look& look, std::uint64_t round);
  Tree recombined(const Graph& graph, std::span<const Tree> trees, Effort& effort) const;
  [[nodiscard]] Tree carried_over(const Reducer& reducer, const Remainder& rest);

  const SteinerProblem& problem_;
  std::function<void(std::int64_t, std::int64_t)> told_{};
  std::int64_t told_bound_ = 0;
  int threads_;
  Effort& effort_;
  Best best_{};
  std::uint64_t round_ = 0;
  bool idle_ = false;        ///< the last round found no better tree
  std::uint64_t looks_ = 0;  ///< so far: each takes other roots
  std::int32_t branches_ = std::numeric_limits<std::int32_t>::max();
};

}  // namespace amaneku::steiner
