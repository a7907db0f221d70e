// The layout of a backhaul where some sites want two ways, no way may be longer than so much, or cables fill up:
// fibre_layout() on the graph without what cannot matter.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libsim/backhaul/backhaul_layout.hpp"

namespace amaneku {

/// Routes are edges of the graph from the site on.
using SiteRoutes = std::vector<std::vector<std::uint32_t>>;

struct LimitedInput {
  const LayoutProblem& problem;
  const std::vector<bool>& allowed;  ///< [edge of the graph]
  std::vector<SiteRoutes> tree;      ///< [site] its route over the tree of least cost; none: not reached
};

struct LimitedWays {
  std::vector<SiteRoutes> routes{};  ///< [site] none, one or two
  std::int64_t lower_bound_jpy = 0;
  std::vector<std::uint32_t> one_way_only{};
  std::vector<std::uint32_t> too_long{};
  std::string unlimited{};
};

/// Two ways share no edge but the drops of the site and of the exchange; they may end at two exchanges. A site
/// that has no two ways gets one; one whose shortest way is too long is led to the layout of the others at least
/// cost. Where no routes within the limits are found, those of the tree stand, and `unlimited` says why.
[[nodiscard]] LimitedWays limited_ways(const LimitedInput& input);

}  // namespace amaneku
