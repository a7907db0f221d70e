// Who bears a trunk that several sites share: each edge's cost split among the sites behind it, in whole yen, so
// that the sites' sums add up to the edges' to the yen.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace amaneku {

enum class TrunkRule {
  equal,      ///< the same for each site behind the edge
  by_demand,  ///< in proportion to demand; where no site behind an edge has any, the same for each
};

struct SharedTrunk {
  std::int64_t cost_jpy = 0;          ///< >= 0
  std::vector<std::int32_t> sites{};  ///< indices of those behind it, ascending, at least one
};

/// One part of one trunk.
struct TrunkShare {
  std::int32_t trunk = 0;
  std::int32_t site = 0;
  std::int64_t jpy = 0;
};

struct TrunkShares {
  std::vector<TrunkShare> shares{};      ///< trunk by trunk, sites ascending
  std::vector<std::int64_t> site_jpy{};  ///< per site
  std::int64_t sum_jpy = 0;              ///< of all sites, and of all trunks
};

/// `demand` has one element per site, >= 0. Each share is its exact part rounded down; the yen that are left go
/// one each to the largest remainders, of equal ones to the sites of lower index. InternalError: a trunk without
/// sites, sites out of range or order, a negative cost or demand, a sum that does not fit.
[[nodiscard]] TrunkShares share_trunks(std::span<const SharedTrunk> trunks, std::span<const std::int64_t> demand,
                                       TrunkRule rule);

}  // namespace amaneku
