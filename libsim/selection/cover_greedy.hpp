// Site after site, each the one that brings most for its price.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/selection/cover_state.hpp"

namespace amaneku::cover {

/// What makes one greedy other than the next.
struct GreedyRule {
  /// [site] what its price is multiplied by, > 0; none: 1 for all.
  std::vector<double> factor{};
  /// [site] 1: is not taken; none: all may be.
  std::vector<char> without{};
  bool by_weight = false;  ///< most_weight: whatever brings most, at any price
};

/// Adds sites until every target is reached (least_cost: then sites that are not needed go, the dearest first), or
/// until nothing fits that adds weight (most_weight). False where targets are not reached.
bool complete(State& state, const GreedyRule& rule = {});

/// The greedy's answer, and how far from the best it can be.
struct Greedy {
  bool found = false;
  std::vector<std::int32_t> chosen{};  ///< sites of the core, in the order in which they were taken
  std::int64_t value = 0;  ///< with what is settled: the plain greedy, or most_weight's best single site
  /// Of the part that is not settled: the value is at most (least_cost) or at least (most_weight) this times the
  /// best; 0 unknown.
  double guarantee = 0.0;
  std::int64_t bound = 0;  ///< least_cost: what its own prices prove, with what is settled
};

/// The plain rule, nothing taken back.
[[nodiscard]] Greedy greedy(const Core& core);

}  // namespace amaneku::cover
