#include "libsim/backhaul/trunk_shares.hpp"

#include <algorithm>
#include <numeric>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

__extension__ typedef __int128 Int128;

void require(bool right, const char* what) {
  if (!right) throw InternalError(what);
}

void check(const SharedTrunk& trunk, std::size_t sites) {
  require(trunk.cost_jpy >= 0, "a trunk of negative cost");
  require(!trunk.sites.empty(), "a trunk without sites behind it");
  for (std::size_t i = 0; i < trunk.sites.size(); ++i) {
    require(trunk.sites[i] >= 0 && static_cast<std::size_t>(trunk.sites[i]) < sites, "a trunk of an unknown site");
    require(i == 0 || trunk.sites[i - 1] < trunk.sites[i], "sites of a trunk that do not ascend");
  }
}

std::vector<std::int64_t> weights_of(const SharedTrunk& trunk, std::span<const std::int64_t> demand,
                                     TrunkRule rule) {
  std::vector<std::int64_t> weights(trunk.sites.size(), 1);
  if (rule == TrunkRule::equal) return weights;
  const auto demand_of = [&](std::int32_t site) { return demand[static_cast<std::size_t>(site)]; };
  if (std::all_of(trunk.sites.begin(), trunk.sites.end(), [&](std::int32_t site) { return demand_of(site) == 0; }))
    return weights;
  std::transform(trunk.sites.begin(), trunk.sites.end(), weights.begin(), demand_of);
  return weights;
}

/// Largest remainder.
std::vector<std::int64_t> split(std::int64_t amount_jpy, const std::vector<std::int64_t>& weights) {
  const Int128 all = std::accumulate(weights.begin(), weights.end(), Int128{0});
  std::vector<std::int64_t> parts(weights.size());
  std::vector<Int128> remainders(weights.size());
  std::int64_t left_jpy = amount_jpy;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Int128 product = static_cast<Int128>(amount_jpy) * weights[i];
    parts[i] = static_cast<std::int64_t>(product / all);
    remainders[i] = product % all;
    left_jpy -= parts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; i < static_cast<std::size_t>(left_jpy); ++i) ++parts[order[i]];
  return parts;
}

void add(std::int64_t& sum_jpy, std::int64_t part_jpy) {
  require(!__builtin_add_overflow(sum_jpy, part_jpy, &sum_jpy), "trunks cost more than 64 bits hold");
}

}  // namespace

TrunkShares share_trunks(std::span<const SharedTrunk> trunks, std::span<const std::int64_t> demand,
                         TrunkRule rule) {
  require(std::all_of(demand.begin(), demand.end(), [](std::int64_t d) { return d >= 0; }), "a negative demand");
  TrunkShares out;
  out.site_jpy.assign(demand.size(), 0);
  for (std::size_t i = 0; i < trunks.size(); ++i) {
    const SharedTrunk& trunk = trunks[i];
    check(trunk, demand.size());
    const std::vector<std::int64_t> parts = split(trunk.cost_jpy, weights_of(trunk, demand, rule));
    for (std::size_t k = 0; k < parts.size(); ++k) {
      out.shares.push_back({static_cast<std::int32_t>(i), trunk.sites[k], parts[k]});
      add(out.site_jpy[static_cast<std::size_t>(trunk.sites[k])], parts[k]);
    }
    add(out.sum_jpy, trunk.cost_jpy);
  }
  return out;
}

}  // namespace amaneku
