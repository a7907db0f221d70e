// The covering problem against all subsets of its sites.
#include "libsim/selection/cover_solve.hpp"

#include <algorithm>
#include <bitset>
#include <optional>
#include <random>
#include <string>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace cover_test {

/// Numbers in order.
class Random {
 public:
  using result_type = std::uint32_t;
  explicit Random(unsigned seed) : engine_(seed) {}
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()() { return static_cast<result_type>(engine_()); }

 private:
  std::mt19937 engine_;
};

std::int64_t below(Random& random, unsigned end) {
  return static_cast<std::int64_t>(random() % end);
}

/// Up to 8 sites and 14 rows, up to three targets, and now and then each of the options.
CoverProblem small_problem(unsigned seed, CoverGoal goal) {
  Random random(seed);
  CoverProblem p;
  p.goal = goal;
  const unsigned n = 3 + random() % 6;
  const unsigned m = 4 + random() % 11;
  for (unsigned j = 0; j < n; ++j) {
    CoverSite site{.cost = below(random, 40)};
    if (random() % 12 == 0) site.state = random() % 2 == 0 ? CoverState::barred : CoverState::chosen;
    p.sites.push_back(site);
  }
  const bool twice = seed % 3 == 0;
  for (unsigned i = 0; i < m; ++i) {
    std::vector<std::int32_t> sites;
    for (unsigned j = 0; j < n; ++j)
      if (random() % 3 == 0) sites.push_back(static_cast<std::int32_t>(j));
    std::shuffle(sites.begin(), sites.end(), random);
    p.add_row(sites);
    if (twice) p.wanted.push_back(static_cast<std::uint8_t>(1 + random() % (seed % 2 == 0 ? 2 : 3)));
  }
  const unsigned targets = 1 + random() % 3;
  for (unsigned t = 0; t < targets; ++t) {
    CoverTarget target;
    std::int64_t sum = 0;
    for (unsigned i = 0; i < m; ++i) {
      if (t > 0 && random() % 2 == 0) continue;
      target.rows.push_back(static_cast<std::int32_t>(i));
      target.weights.push_back(below(random, 9));
      sum += target.weights.back();
    }
    const std::int64_t shares[] = {0, 3, 5, 7};
    target.least = sum * shares[random() % 4] / 10;
    p.targets.push_back(target);
  }
  p.counted = random() % targets;
  const unsigned limits = goal == CoverGoal::most_weight ? 1 + random() % 2 : random() % 3 / 2;
  for (unsigned l = 0; l < limits; ++l) {
    CoverLimit limit{.amounts = {}, .most = goal == CoverGoal::most_weight ? 20 + below(random, 60) : 60};
    if (l == 0 && random() % 3 == 0) {
      limit.amounts.assign(n, 1);
      limit.most = 1 + below(random, 4);
    } else {
      for (unsigned j = 0; j < n; ++j) limit.amounts.push_back(below(random, 30));
    }
    p.limits.push_back(limit);
  }
  if (random() % 4 == 0) {
    std::vector<std::int32_t> group;
    for (unsigned j = 0; j < n; ++j)
      if (p.sites[j].state == CoverState::open && random() % 2 == 0) group.push_back(static_cast<std::int32_t>(j));
    if (group.size() > 1) p.exclusive.push_back(group);
  }
  return p;
}

std::int64_t count(const CoverProblem& p, std::size_t row, unsigned chosen) {
  std::int64_t out = 0;
  for (std::size_t k = p.row_starts[row]; k < p.row_starts[row + 1]; ++k) out += chosen >> p.row_sites[k] & 1U;
  return out;
}

/// Of a problem with capacities: one target, weights as its demand. The least cut between rows and sites.
std::int64_t carried_at_most(const CoverProblem& p, unsigned chosen) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (unsigned cut = 0; cut < 1U << p.sites.size(); ++cut) {
    if ((cut & ~chosen) != 0) continue;
    std::int64_t sum = 0;
    for (std::size_t j = 0; j < p.sites.size(); ++j) sum += (cut >> j & 1U) != 0 ? p.capacity.carries[j] : 0;
    for (std::size_t i = 0; i < p.rows(); ++i)
      if (count(p, i, chosen) >= (p.wanted.empty() ? 1 : p.wanted[i]) && count(p, i, chosen & ~cut) > 0)
        sum += p.capacity.demand[i];
    least = std::min(least, sum);
  }
  return least;
}

std::vector<std::int64_t> covered(const CoverProblem& p, unsigned chosen) {
  if (!p.capacity.carries.empty()) return {carried_at_most(p, chosen)};
  std::vector<std::int64_t> out;
  for (const CoverTarget& target : p.targets) {
    out.push_back(0);
    for (std::size_t k = 0; k < target.rows.size(); ++k) {
      const auto row = static_cast<std::size_t>(target.rows[k]);
      if (count(p, row, chosen) >= (p.wanted.empty() ? 1 : p.wanted[row])) out.back() += target.weights[k];
    }
  }
  return out;
}

bool allowed(const CoverProblem& p, unsigned chosen) {
  for (std::size_t j = 0; j < p.sites.size(); ++j) {
    const bool in = (chosen >> j & 1U) != 0;
    if (in && p.sites[j].state == CoverState::barred) return false;
    if (!in && p.sites[j].state == CoverState::chosen) return false;
  }
  for (const auto& group : p.exclusive) {
    int in = 0;
    for (const std::int32_t j : group) in += (chosen >> j & 1U) != 0 ? 1 : 0;
    if (in > 1) return false;
  }
  for (const CoverLimit& limit : p.limits) {
    std::int64_t sum = 0;
    for (std::size_t j = 0; j < p.sites.size(); ++j) sum += (chosen >> j & 1U) != 0 ? limit.amounts[j] : 0;
    if (sum > limit.most) return false;
  }
  const auto weights = covered(p, chosen);
  for (std::size_t t = 0; t < weights.size(); ++t)
    if (weights[t] < p.targets[t].least) return false;
  return true;
}

/// Cost, or weight.
std::int64_t value(const CoverProblem& p, unsigned chosen) {
  if (p.goal == CoverGoal::most_weight) return covered(p, chosen)[p.counted];
  std::int64_t sum = 0;
  for (std::size_t j = 0; j < p.sites.size(); ++j) sum += (chosen >> j & 1U) != 0 ? p.sites[j].cost : 0;
  return sum;
}

std::optional<std::int64_t> brute(const CoverProblem& p) {
  std::optional<std::int64_t> best;
  for (unsigned chosen = 0; chosen < 1U << p.sites.size(); ++chosen) {
    if (!allowed(p, chosen)) continue;
    const std::int64_t here = value(p, chosen);
    if (!best || (p.goal == CoverGoal::least_cost ? here < *best : here > *best)) best = here;
  }
  return best;
}

unsigned mask(const std::vector<std::int32_t>& chosen) {
  unsigned out = 0;
  for (const std::int32_t j : chosen) out |= 1U << j;
  return out;
}

/// Points in a square, a site reaches so far; weights 1 to 9.
CoverProblem strewn(unsigned seed, unsigned sites, unsigned rows, double radius) {
  Random random(seed);
  const auto place = [&] { return static_cast<double>(random() % 10'000) / 10'000.0; };
  std::vector<std::pair<double, double>> at;
  CoverProblem p;
  for (unsigned j = 0; j < sites; ++j) {
    at.emplace_back(place(), place());
    p.sites.push_back({.cost = 100 + below(random, 20)});
  }
  CoverTarget all;
  for (unsigned i = 0; i < rows; ++i) {
    const double x = place();
    const double y = place();
    std::vector<std::int32_t> served;
    for (unsigned j = 0; j < sites; ++j)
      if ((at[j].first - x) * (at[j].first - x) + (at[j].second - y) * (at[j].second - y) <= radius * radius)
        served.push_back(static_cast<std::int32_t>(j));
    p.add_row(served);
    all.rows.push_back(static_cast<std::int32_t>(i));
    all.weights.push_back(1 + below(random, 9));
  }
  p.targets.push_back(all);
  return p;
}

/// Rows of each site, for problems with one target.
constexpr std::size_t kMostRows = 4096;
using RowSet = std::bitset<kMostRows>;

std::int64_t weight_of(const CoverProblem& p, const RowSet& rows) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < p.rows(); ++i) sum += rows[i] ? p.targets[0].weights[i] : 0;
  return sum;
}

}  // namespace cover_test

using namespace cover_test;

TEST_CASE("what is chosen is the best of all subsets, with every option") {
  int allowed_ones = 0;
  int forbidden = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    const CoverGoal goal = seed / 2 % 2 == 0 ? CoverGoal::least_cost : CoverGoal::most_weight;
    const CoverProblem p = small_problem(seed, goal);
    INFO("seed " << seed);
    const std::optional<std::int64_t> best = brute(p);
    const CoverChoice choice = solve_cover(p, {.exchange_work = 20'000});
    if (!best) {
      ++forbidden;
      CHECK((choice.status == CoverStatus::infeasible || choice.status == CoverStatus::out_of_reach));
      continue;
    }
    ++allowed_ones;
    REQUIRE(choice.status == CoverStatus::optimal);
    CHECK(choice.value == *best);
    CHECK(choice.bound == *best);
    CHECK(allowed(p, mask(choice.chosen)));
    CHECK(value(p, mask(choice.chosen)) == *best);
    CHECK(choice.covered == covered(p, mask(choice.chosen)));
    CHECK(is_allowed(p, choice.chosen));
    if (choice.greedy_value >= 0 && choice.greedy_guarantee > 0.0) {
      const double promised = choice.greedy_guarantee * static_cast<double>(*best);
      if (goal == CoverGoal::least_cost)
        CHECK(static_cast<double>(choice.greedy_value) <= promised + 1e-9);
      else
        CHECK(static_cast<double>(choice.greedy_value) >= promised - 1e-9);
    }
    // The relaxation by itself, and the greedy by itself, never promise too much.
    for (const CoverOptions& options : {CoverOptions{.exchange_work = 0, .rounds = 5, .nodes = 0},
                                        CoverOptions{.exchange_work = 0, .rounds = 0, .nodes = 0}}) {
      const CoverChoice alone = solve_cover(p, options);
      if (!alone.allowed()) continue;
      CHECK(allowed(p, mask(alone.chosen)));
      CHECK((goal == CoverGoal::least_cost ? alone.bound <= *best && alone.value >= *best
                                           : alone.bound >= *best && alone.value <= *best));
    }
  }
  CHECK(allowed_ones > 100);
  CHECK(forbidden > 20);
}

TEST_CASE("sites carry no more than they can") {
  int allowed_ones = 0;
  for (unsigned seed = 0; seed < 120; ++seed) {
    CoverProblem p = small_problem(seed, seed % 2 == 0 ? CoverGoal::least_cost : CoverGoal::most_weight);
    p.targets.resize(1);
    p.counted = 0;
    p.capacity.demand.assign(p.rows(), 0);
    for (std::size_t k = 0; k < p.targets[0].rows.size(); ++k) {
      std::int64_t& weight = p.targets[0].weights[k];
      weight = std::max<std::int64_t>(weight, 1);
      p.capacity.demand[static_cast<std::size_t>(p.targets[0].rows[k])] = weight;
    }
    Random random(seed);
    for (std::size_t j = 0; j < p.sites.size(); ++j) p.capacity.carries.push_back(4 + below(random, 16));
    INFO("seed " << seed);
    const std::optional<std::int64_t> best = brute(p);
    const CoverChoice choice = solve_cover(p, {.exchange_work = 20'000});
    if (!best) {
      CHECK(!choice.allowed());
      continue;
    }
    ++allowed_ones;
    REQUIRE(choice.status == CoverStatus::optimal);
    CHECK(choice.value == *best);
    CHECK(allowed(p, mask(choice.chosen)));
    CHECK(choice.covered == covered(p, mask(choice.chosen)));
    const CoverChoice alone = solve_cover(p, {.exchange_work = 1000, .nodes = 0});
    if (!alone.allowed()) continue;
    CHECK((p.goal == CoverGoal::least_cost ? alone.bound <= *best && alone.value >= *best
                                           : alone.bound >= *best && alone.value <= *best));
  }
  CHECK(allowed_ones > 40);
}

TEST_CASE("of many rows, whose columns are eliminated, the best of all triples is chosen and proved") {
  for (const int wanted : {1, 2}) {
    CoverProblem p = strewn(7, 20, 4000, 0.55);
    REQUIRE(p.row_sites.size() > 40'000);  // else each row has its column
    if (wanted > 1) p.wanted.assign(p.rows(), 2);
    std::vector<RowSet> rows(p.sites.size());
    for (std::size_t i = 0; i < p.rows(); ++i)
      for (const std::int32_t j : p.sites_of(i)) rows[static_cast<std::size_t>(j)].set(i);
    std::vector<std::pair<std::int64_t, std::int64_t>> triples;  // weight, cost
    std::int64_t most = 0;
    for (std::size_t a = 0; a < rows.size(); ++a)
      for (std::size_t b = a + 1; b < rows.size(); ++b)
        for (std::size_t c = b + 1; c < rows.size(); ++c) {
          const RowSet twice = (rows[a] & rows[b]) | (rows[a] & rows[c]) | (rows[b] & rows[c]);
          triples.emplace_back(weight_of(p, wanted == 1 ? rows[a] | rows[b] | rows[c] : twice),
                               p.sites[a].cost + p.sites[b].cost + p.sites[c].cost);
          most = std::max(most, triples.back().first);
        }
    INFO("wanted " << wanted);
    p.goal = CoverGoal::most_weight;
    p.limits.push_back({.amounts = std::vector<std::int64_t>(p.sites.size(), 1), .most = 3});
    const CoverChoice choice = solve_cover(p, {.exchange_work = 2'000'000});
    CHECK(choice.value == most);
    CHECK(choice.status == CoverStatus::optimal);
    // Four sites cost more than any three: 4 x 100 against 3 x 119.
    const std::int64_t least = most * 97 / 100;
    std::int64_t cheapest = std::numeric_limits<std::int64_t>::max();
    for (const auto& [weight, cost] : triples)
      if (weight >= least) cheapest = std::min(cheapest, cost);
    p.goal = CoverGoal::least_cost;
    p.limits.clear();
    p.targets[0].least = least;
    const CoverChoice cheap = solve_cover(p, {.exchange_work = 2'000'000});
    CHECK(cheap.value == cheapest);
    CHECK(cheap.status == CoverStatus::optimal);
  }
}

TEST_CASE("the choice is the same for any number of threads, and no worse than where it begins") {
  CoverProblem p = strewn(3, 60, 900, 0.2);
  p.targets[0].least = 3000;
  const CoverOptions quick{.exchange_work = 100'000, .rounds = 3, .nodes = 0, .threads = 1};
  const CoverChoice one = solve_cover(p, quick);
  REQUIRE(one.allowed());
  CoverOptions three = quick;
  three.threads = 3;
  const CoverChoice other = solve_cover(p, three);
  CHECK(other.chosen == one.chosen);
  CHECK(other.bound == one.bound);
  const CoverChoice best = solve_cover(p);
  REQUIRE(best.status == CoverStatus::optimal);
  CHECK(solve_cover(p, {.exchange_work = 0, .rounds = 0, .nodes = 0, .start = best.chosen}).value == best.value);
}

TEST_CASE("targets out of reach say what is missing and which rows nobody serves") {
  CoverProblem p;
  p.sites = {{.cost = 5}, {.cost = 7}, {.cost = 1, .state = CoverState::barred}};
  p.add_row(std::vector<std::int32_t>{0});
  p.add_row(std::vector<std::int32_t>{1, 0});
  p.add_row(std::vector<std::int32_t>{2});
  p.add_row({});
  p.targets = {{.rows = {0, 1, 2, 3}, .weights = {10, 20, 30, 40}, .least = 45},
               {.rows = {1}, .weights = {1}, .least = 1}};
  const CoverChoice choice = solve_cover(p);
  REQUIRE(choice.status == CoverStatus::out_of_reach);
  REQUIRE(choice.missing.size() == 1);
  CHECK(choice.missing[0].target == 0);
  CHECK(choice.missing[0].weight == 15);
  CHECK(choice.missing[0].rows == std::vector<std::int32_t>{2, 3});
  CHECK(choice.covered == std::vector<std::int64_t>{30, 1});
  p.targets[0].least = 30;
  const CoverChoice reached = solve_cover(p);
  CHECK(reached.chosen == std::vector<std::int32_t>{0});
  CHECK(reached.cost == 5);
  CHECK(lost_without(p, std::vector<std::int32_t>{0, 1}, 0) == std::vector<std::int64_t>{10, 0});
  // Both wanted.
  p.wanted = {1, 2, 1, 1};
  CHECK(solve_cover(p).chosen == std::vector<std::int32_t>{0, 1});
  CHECK(lost_without(p, std::vector<std::int32_t>{0, 1}, 0) == std::vector<std::int64_t>{30, 20});
  // Within reach, but not within the limit.
  p.limits.push_back({.amounts = {5, 7, 1}, .most = 11});
  CHECK(solve_cover(p).status == CoverStatus::infeasible);
  // The budget buys nothing.
  p.wanted.clear();
  p.targets[0].least = p.targets[1].least = 0;
  p.goal = CoverGoal::most_weight;
  p.limits[0].most = 4;
  const CoverChoice nothing = solve_cover(p);
  CHECK(nothing.status == CoverStatus::optimal);
  CHECK(nothing.chosen.empty());
  CHECK(nothing.value == 0);
}

TEST_CASE("an empty covering problem costs nothing") {
  CHECK(solve_cover({}).status == CoverStatus::optimal);
  CoverProblem p;
  p.sites = {{.cost = 5}, {.cost = 7, .state = CoverState::chosen}};
  const CoverChoice choice = solve_cover(p);
  CHECK(choice.chosen == std::vector<std::int32_t>{1});
  CHECK(choice.cost == 7);
  CHECK(choice.bound == 7);
}

TEST_CASE("what is no covering problem is our fault") {
  const CoverProblem good = strewn(1, 4, 6, 0.5);
  CHECK_NOTHROW(check_cover(good));
  const auto refused = [&](auto change) {
    CoverProblem p = good;
    change(p);
    CHECK_THROWS_AS(solve_cover(p), InternalError);
  };
  refused([](CoverProblem& p) { p.sites[0].cost = -1; });
  refused([](CoverProblem& p) {
    p.sites[0].cost = kCoverSumLimit;
    p.sites[1].cost = 1;
  });
  refused([](CoverProblem& p) { p.row_sites.push_back(0); });
  refused([](CoverProblem& p) { p.add_row(std::vector<std::int32_t>{1, 1}); });
  refused([](CoverProblem& p) { p.add_row(std::vector<std::int32_t>{4}); });
  refused([](CoverProblem& p) { p.wanted = {1}; });
  refused([](CoverProblem& p) { p.wanted.assign(6, 5); });
  refused([](CoverProblem& p) { p.targets[0].rows[0] = 1; });
  refused([](CoverProblem& p) { p.targets[0].weights[0] = -1; });
  refused([](CoverProblem& p) { p.targets[0].least = -1; });
  refused([](CoverProblem& p) { p.targets[0].weights.pop_back(); });
  refused([](CoverProblem& p) { p.limits.push_back({.amounts = {1, 1}, .most = 1}); });
  refused([](CoverProblem& p) { p.limits.push_back({.amounts = {1, 1, 1, 1}, .most = -1}); });
  refused([](CoverProblem& p) { p.exclusive.push_back({0, 0}); });
  refused([](CoverProblem& p) {
    p.exclusive.push_back({0, 1});
    p.sites[0].state = p.sites[1].state = CoverState::chosen;
  });
  refused([](CoverProblem& p) { p.capacity.carries = {1, 1, 1, 1}; });
  refused([](CoverProblem& p) {
    p.goal = CoverGoal::most_weight;
    p.counted = 1;
  });
}
