// Branching on sites, with planes added wherever a node's answer passes them (branch and Benders cut).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "libsim/selection/cover_master.hpp"

namespace amaneku::cover {

struct TreeLimits {
  std::int64_t nodes = 0;
  std::function<double()> left_s{};  ///< seconds
  /// Goals, less the master's offset, of this and more are not looked for; asked again and again. Infinite: all
  /// are.
  std::function<double()> cutoff{};
  /// Shares of a node, for choices that they suggest.
  std::function<void(std::span<const double> shares)> suggest{};
};

struct TreeOutcome {
  bool finished = false;  ///< nothing below the cutoff is left
  double bound = 0.0;     ///< else no goal, less the offset, is below
};

/// `settled` holds for all of it. The master's sites have other bounds afterwards.
[[nodiscard]] TreeOutcome search_tree(Master& master, std::span<const CoverState> settled,
                                      const TreeLimits& limits);

}  // namespace amaneku::cover
