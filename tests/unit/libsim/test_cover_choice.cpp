// Choices whose cost is no sum, against all subsets.
#include "libsim/selection/cover_choice.hpp"

#include <algorithm>
#include <random>
#include <set>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace cover_choice_test {

/// Sites along a road, joined by one cable from its beginning to the farthest of them, and a discount for pairs.
struct CableRoad {
  CoverProblem problem{};
  std::vector<std::int64_t> at_m{};

  explicit CableRoad(unsigned seed, CoverGoal goal = CoverGoal::least_cost) {
    std::mt19937 random(seed);
    problem.goal = goal;
    const unsigned n = 6 + random() % 4;
    for (unsigned j = 0; j < n; ++j) {
      problem.sites.push_back({.cost = static_cast<std::int64_t>(20 + random() % 60)});
      at_m.push_back(static_cast<std::int64_t>(random() % 100));
    }
    CoverTarget all;
    for (unsigned i = 0; i < 12; ++i) {
      std::vector<std::int32_t> served;
      for (unsigned j = 0; j < n; ++j)
        if (random() % 3 == 0) served.push_back(static_cast<std::int32_t>(j));
      problem.add_row(served);
      all.rows.push_back(static_cast<std::int32_t>(i));
      all.weights.push_back(static_cast<std::int64_t>(1 + random() % 9));
    }
    all.least = goal == CoverGoal::least_cost ? 35 : 0;
    problem.targets.push_back(all);
    if (seed % 3 == 0) problem.exclusive.push_back({0, 1, 2});
    if (seed % 4 == 0) problem.sites[n - 1].state = CoverState::chosen;
  }
  [[nodiscard]] std::int64_t cost(std::span<const std::int32_t> chosen) const {
    std::int64_t sum = 0;
    std::int64_t farthest = 0;
    for (const std::int32_t j : chosen) {
      sum += problem.sites[static_cast<std::size_t>(j)].cost;
      farthest = std::max(farthest, at_m[static_cast<std::size_t>(j)]);
    }
    return sum + farthest - (chosen.size() >= 2 ? 15 : 0);
  }
};

std::vector<std::int32_t> subset(unsigned mask, std::size_t n) {
  std::vector<std::int32_t> out;
  for (std::size_t j = 0; j < n; ++j)
    if ((mask >> j & 1U) != 0) out.push_back(static_cast<std::int32_t>(j));
  return out;
}

}  // namespace cover_choice_test

using namespace cover_choice_test;

TEST_CASE("the best choice on true costs is that of all subsets; improving never loses") {
  int improved = 0;
  int chosen_ones = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    const CableRoad road(seed);
    const std::size_t n = road.problem.sites.size();
    INFO("seed " << seed);
    std::int64_t best = std::numeric_limits<std::int64_t>::max();
    std::vector<std::int32_t> worst;
    for (unsigned mask = 0; mask < 1U << n; ++mask) {
      const auto chosen = subset(mask, n);
      if (!is_allowed(road.problem, chosen)) continue;
      best = std::min(best, road.cost(chosen));
      if (worst.empty() || road.cost(chosen) > road.cost(worst)) worst = chosen;
    }
    const TrueCost blind{.cost = [&](auto chosen) { return road.cost(chosen); }};
    const std::optional<TrueChoice> all = best_choice(road.problem, blind);
    if (worst.empty()) {
      CHECK(!all);
      continue;
    }
    ++chosen_ones;
    REQUIRE(all);
    CHECK(all->cost == best);
    CHECK(all->optimal);
    CHECK(road.cost(all->chosen) == best);
    CHECK(is_allowed(road.problem, all->chosen));
    TrueCost bounded = blind;
    bounded.at_least = [&](std::span<const std::int32_t> chosen, std::span<const std::int32_t>) {
      return std::max<std::int64_t>(0, road.cost(chosen) - (chosen.size() < 2 ? 15 : 0));
    };
    const std::optional<TrueChoice> pruned = best_choice(road.problem, bounded);
    REQUIRE(pruned);
    CHECK(pruned->cost == best);
    CHECK(pruned->asked < all->asked);
    const TrueChoice better = improve_choice(road.problem, worst, blind);
    CHECK(better.cost == road.cost(better.chosen));
    CHECK(better.cost <= road.cost(worst));
    CHECK(better.cost >= best);
    CHECK(is_allowed(road.problem, better.chosen));
    improved += better.cost == best ? 1 : 0;
  }
  CHECK(chosen_ones >= 25);
  CHECK(improved * 10 >= chosen_ones * 8);
}

TEST_CASE("the most weight for what it may truly cost is that of all subsets") {
  for (unsigned seed = 0; seed < 25; ++seed) {
    const CableRoad road(seed, CoverGoal::most_weight);
    const std::size_t n = road.problem.sites.size();
    const std::int64_t most = 180;
    INFO("seed " << seed);
    std::pair<std::int64_t, std::int64_t> best{-1, 0};  // weight, cost below zero
    for (unsigned mask = 0; mask < 1U << n; ++mask) {
      const auto chosen = subset(mask, n);
      if (is_allowed(road.problem, chosen) && road.cost(chosen) <= most)
        best = std::max(best, {covered_weights(road.problem, chosen)[0], -road.cost(chosen)});
    }
    const TrueCost true_cost{.cost = [&](auto chosen) { return road.cost(chosen); }, .most = most};
    const std::optional<TrueChoice> all = best_choice(road.problem, true_cost);
    REQUIRE(all.has_value() == (best.first >= 0));
    if (!all) continue;
    CHECK(all->covered[0] == best.first);
    CHECK(all->cost == -best.second);
    CHECK(all->cost <= most);
  }
}

TEST_CASE("each choice is asked for once, and no more than is allowed") {
  const CableRoad road(1);
  std::set<std::vector<std::int32_t>> seen;
  int calls = 0;
  const TrueCost true_cost{.cost = [&](std::span<const std::int32_t> chosen) {
    ++calls;
    seen.emplace(chosen.begin(), chosen.end());
    return road.cost(chosen);
  }};
  const std::optional<TrueChoice> all = best_choice(road.problem, true_cost);
  REQUIRE(all);
  CHECK(seen.size() == static_cast<std::size_t>(calls));
  CHECK(all->asked == calls);
  calls = 0;
  const std::optional<TrueChoice> few = best_choice(road.problem, true_cost, 3);
  REQUIRE(few);
  CHECK(calls <= 3);
  CHECK(!few->optimal);
  CHECK_THROWS_AS(improve_choice(road.problem, {}, true_cost), InternalError);
  CoverProblem wide;
  wide.sites.resize(kBestChoiceSites + 1);
  CHECK_THROWS_AS(best_choice(wide, true_cost), InternalError);
}
