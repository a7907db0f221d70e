#include "libsim/backhaul/trunk_shares.hpp"

#include <map>
#include <numeric>
#include <random>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// Vertex 0 is the exchange; vertex i + 1 hangs on an earlier one by edge i, and is site i.
struct Tree {
  std::vector<std::size_t> parent{};
  std::vector<std::int64_t> cost_jpy{};
  std::vector<std::int64_t> demand{};
};

Tree random_tree(unsigned seed) {
  std::mt19937 random(seed);
  Tree tree;
  const std::size_t sites = 1 + random() % 40;
  for (std::size_t i = 0; i < sites; ++i) {
    tree.parent.push_back(random() % (i + 1));
    tree.cost_jpy.push_back(static_cast<std::int64_t>(random() % 100'000'007));
    tree.demand.push_back(static_cast<std::int64_t>(random() % 4) * 12);
  }
  return tree;
}

std::vector<SharedTrunk> trunks_of(const Tree& tree) {
  std::vector<SharedTrunk> trunks;
  for (const std::int64_t cost_jpy : tree.cost_jpy) trunks.push_back({cost_jpy, {}});
  for (std::size_t site = 0; site < tree.parent.size(); ++site)
    for (std::size_t at = site + 1; at != 0; at = tree.parent[at - 1])
      trunks[at - 1].sites.push_back(static_cast<std::int32_t>(site));
  return trunks;
}

}  // namespace

TEST_CASE("the yen that are left go to the largest remainders") {
  // 100 by 1 : 2 : 4 is 14.29, 28.57, 57.14; after 14, 28, 57 one yen is left.
  const std::vector<std::int64_t> demand = {1, 2, 4};
  const std::vector<SharedTrunk> trunk = {{100, {0, 1, 2}}};
  CHECK(share_trunks(trunk, demand, TrunkRule::by_demand).site_jpy == std::vector<std::int64_t>{14, 29, 57});
  // Thirds of 101: two are left, of equal remainders the first two sites have them.
  const std::vector<SharedTrunk> third = {{101, {0, 1, 2}}};
  CHECK(share_trunks(third, demand, TrunkRule::equal).site_jpy == std::vector<std::int64_t>{34, 34, 33});
}

TEST_CASE("sites behind a trunk share it and others do not") {
  // 0 -- 10,000 -- (site 0) -- 600 -- (site 1), and 0 -- 77 -- (site 2).
  const std::vector<SharedTrunk> trunks = {{10'000, {0, 1}}, {600, {1}}, {77, {2}}};
  const std::vector<std::int64_t> demand = {3, 1, 5};
  const TrunkShares equal = share_trunks(trunks, demand, TrunkRule::equal);
  CHECK(equal.site_jpy == std::vector<std::int64_t>{5'000, 5'600, 77});
  const TrunkShares weighted = share_trunks(trunks, demand, TrunkRule::by_demand);
  CHECK(weighted.site_jpy == std::vector<std::int64_t>{7'500, 3'100, 77});
  CHECK(weighted.sum_jpy == 10'677);
  REQUIRE(weighted.shares.size() == 4);
  CHECK(weighted.shares[1].trunk == 0);
  CHECK(weighted.shares[1].site == 1);
  CHECK(weighted.shares[1].jpy == 2'500);
}

TEST_CASE("sites add up to edges to the yen in random trees") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const Tree tree = random_tree(seed);
    const std::vector<SharedTrunk> trunks = trunks_of(tree);
    for (const TrunkRule rule : {TrunkRule::equal, TrunkRule::by_demand}) {
      const TrunkShares shares = share_trunks(trunks, tree.demand, rule);
      INFO("seed " << seed);
      const std::int64_t edges = std::accumulate(tree.cost_jpy.begin(), tree.cost_jpy.end(), std::int64_t{0});
      CHECK(std::accumulate(shares.site_jpy.begin(), shares.site_jpy.end(), std::int64_t{0}) == edges);
      CHECK(shares.sum_jpy == edges);
      std::map<std::int32_t, std::int64_t> of_trunk;
      for (const TrunkShare& share : shares.shares) {
        of_trunk[share.trunk] += share.jpy;
        // Nobody is a whole yen from the exact part.
        const SharedTrunk& trunk = trunks[static_cast<std::size_t>(share.trunk)];
        std::int64_t all = 0;
        for (const std::int32_t site : trunk.sites) all += tree.demand[static_cast<std::size_t>(site)];
        const bool even = rule == TrunkRule::equal || all == 0;
        const double part = even ? 1.0 / static_cast<double>(trunk.sites.size())
                                 : static_cast<double>(tree.demand[static_cast<std::size_t>(share.site)]) /
                                       static_cast<double>(all);
        CHECK(std::abs(static_cast<double>(share.jpy) - part * static_cast<double>(trunk.cost_jpy)) < 1.0);
      }
      for (const auto& [trunk, jpy] : of_trunk) CHECK(jpy == tree.cost_jpy[static_cast<std::size_t>(trunk)]);
    }
  }
}

TEST_CASE("amounts beyond 32 bits are split exactly") {
  const std::vector<std::int64_t> demand = {1'000'000'000'000, 2'000'000'000'000};
  const std::vector<SharedTrunk> trunk = {{9'000'000'000'000'001, {0, 1}}};
  const TrunkShares shares = share_trunks(trunk, demand, TrunkRule::by_demand);
  CHECK(shares.site_jpy == std::vector<std::int64_t>{3'000'000'000'000'000, 6'000'000'000'000'001});
}

TEST_CASE("trunks that nobody could share are our fault") {
  const std::vector<std::int64_t> demand = {1, 1};
  const auto shared = [&](SharedTrunk trunk) {
    return share_trunks(std::vector<SharedTrunk>{std::move(trunk)}, demand, TrunkRule::equal);
  };
  CHECK_THROWS_AS(shared({5, {}}), InternalError);
  CHECK_THROWS_AS(shared({5, {2}}), InternalError);
  CHECK_THROWS_AS(shared({5, {1, 0}}), InternalError);
  CHECK_THROWS_AS(shared({-5, {0}}), InternalError);
}
