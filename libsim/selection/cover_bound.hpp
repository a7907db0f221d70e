// What no choice passes, and what the way there finds: relaxation by cuts, sites that it settles, the solver.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "libsim/selection/cover_core.hpp"

namespace amaneku::cover {

/// A choice of the problem and its goal: cost, or weight below zero.
struct Incumbent {
  bool found = false;
  std::vector<std::int32_t> chosen{};  ///< indices in the problem, ascending
  std::int64_t goal = 0;
};

struct BoundLimits {
  std::int32_t rounds = 0;
  std::int64_t nodes = 0;
  double gap = 0.0;  ///< share of the value that is near enough
  int threads = 0;
  std::int64_t exchange_work = 0;    ///< of each choice that the relaxation suggests
  std::function<double()> left_s{};  ///< seconds; none: no limit
};

struct Bounded {
  Incumbent best{};
  bool bounded = false;     ///< `goal` is one
  std::int64_t goal = 0;    ///< no allowed choice has less
  bool impossible = false;  ///< proved that none is allowed
};

[[nodiscard]] Bounded bounded(const Core& core, Incumbent best, const BoundLimits& limits);

}  // namespace amaneku::cover
