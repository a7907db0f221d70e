#include "libsim/selection/p_median.hpp"

#include <algorithm>
#include <fstream>
#include <random>
#include <string>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;

namespace {

PMedianProblem random_problem(unsigned seed) {
  std::mt19937 random(seed);
  PMedianProblem p;
  p.clients = 5 + random() % 10;
  p.places = 4 + random() % 6;
  p.open = 1 + random() % p.places;
  for (std::size_t i = 0; i < p.clients; ++i) p.weight.push_back(static_cast<std::int64_t>(random() % 50));
  for (std::size_t i = 0; i < p.clients * p.places; ++i)
    p.distance.push_back(static_cast<std::int64_t>(random() % 100));
  return p;
}

std::int64_t cost_of(const PMedianProblem& p, unsigned open) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < p.clients; ++i) {
    std::int64_t nearest = 1'000'000;
    for (std::size_t j = 0; j < p.places; ++j)
      if ((open >> j & 1U) != 0) nearest = std::min(nearest, p.distance[i * p.places + j]);
    sum += p.weight[i] * nearest;
  }
  return sum;
}

std::int64_t brute(const PMedianProblem& p) {
  std::int64_t best = std::numeric_limits<std::int64_t>::max();
  for (unsigned open = 1; open < 1U << p.places; ++open)
    if (static_cast<std::size_t>(__builtin_popcount(open)) == p.open) best = std::min(best, cost_of(p, open));
  return best;
}

/// OR-Library: vertices, edges, places; lines of ends and length, of several for the same edge the last.
PMedianProblem pmed(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::size_t n = 0;
  std::size_t m = 0;
  PMedianProblem p;
  file >> n >> m >> p.open;
  p.clients = p.places = n;
  p.weight.assign(n, 1);
  p.distance.assign(n * n, 1'000'000);
  for (std::size_t i = 0; i < n; ++i) p.distance[i * n + i] = 0;
  for (std::size_t k = 0; k < m; ++k) {
    std::size_t a = 0;
    std::size_t b = 0;
    std::int64_t length = 0;
    file >> a >> b >> length;
    p.distance[(a - 1) * n + b - 1] = p.distance[(b - 1) * n + a - 1] = length;
  }
  REQUIRE(file);
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        p.distance[i * n + j] = std::min(p.distance[i * n + j], p.distance[i * n + k] + p.distance[k * n + j]);
  return p;
}

}  // namespace

TEST_CASE("the places are those of all choices") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const PMedianProblem p = random_problem(seed);
    const std::int64_t best = brute(p);
    INFO("seed " << seed);
    const PMedian median = p_median(p);
    CHECK(median.cost == best);
    CHECK(median.lower_bound == best);
    CHECK(median.optimal);
    REQUIRE(median.places.size() == p.open);
    unsigned open = 0;
    for (const std::int32_t place : median.places) open |= 1U << place;
    CHECK(cost_of(p, open) == best);
    // The solver by itself, and no solver.
    CHECK(p_median(p, {.ascents = 0}).cost == best);
    CHECK(p_median(p, {.ascents = 0}).optimal);
    const PMedian alone = p_median(p, {.exact_columns = 0});
    CHECK(alone.lower_bound <= best);
    CHECK(alone.cost >= best);
  }
}

TEST_CASE("clients are served by the nearest chosen place, of equal ones the lowest") {
  const PMedianProblem p{
      .clients = 3, .places = 3, .weight = {10, 1, 1}, .distance = {0, 9, 5, 9, 0, 0, 9, 4, 4}, .open = 2};
  const PMedian median = p_median(p);
  CHECK(median.places == std::vector<std::int32_t>{0, 1});
  CHECK(median.served == std::vector<std::int32_t>{0, 1, 1});
  CHECK(median.cost == 4);
}

TEST_CASE("medians of OR-Library are proved", "[shared]") {
  const auto reference = test::reference();
  AMANEKU_NEEDS(reference && std::filesystem::exists(*reference / "optimisation/orlib/pmed1.txt"), "OR-Library");
  // Optima that are published with the instances.
  const std::vector<std::pair<std::string, std::int64_t>> optima = {
      {"pmed1", 5819}, {"pmed5", 1355}, {"pmed10", 1255}};
  for (const auto& [name, optimum] : optima) {
    const PMedianProblem p = pmed(*reference / "optimisation/orlib" / (name + ".txt"));
    const PMedian median = p_median(p);
    INFO(name);
    CHECK(median.cost == optimum);
    CHECK(median.lower_bound == optimum);
    CHECK(median.optimal);
    const PMedian alone = p_median(p, {.exact_columns = 0});
    CHECK(alone.lower_bound <= optimum);
    CHECK(alone.cost >= optimum);
    CHECK(static_cast<double>(alone.cost - alone.lower_bound) <= 0.01 * static_cast<double>(alone.cost));
  }
}

TEST_CASE("traffic between clients of one place stays there") {
  const std::vector<std::int32_t> served = {4, 4, 7};
  CHECK(local_share(served, std::vector<ClientFlow>{{0, 1, 3e6}, {1, 2, 1e6}}) == Approx(0.75));
  CHECK(local_share(served, {}) == 0.0);
  CHECK_THROWS_AS(local_share(served, std::vector<ClientFlow>{{0, 3, 1.0}}), InternalError);
  // 30 + 10 of 100 people at 4, 60 at 7: 0.16 + 0.36.
  CHECK(local_share_of_people(served, std::vector<std::int64_t>{30, 10, 60}) == Approx(0.52));
  CHECK(local_share_of_people(served, std::vector<std::int64_t>{0, 0, 0}) == 0.0);
}

TEST_CASE("what is no problem of places is our fault") {
  PMedianProblem p{.clients = 1, .places = 2, .weight = {1}, .distance = {3, 4}, .open = 3};
  CHECK_THROWS_AS(p_median(p), InternalError);
  p.open = 1;
  CHECK(p_median(p).cost == 3);
  p.distance = {3, -4};
  CHECK_THROWS_AS(p_median(p), InternalError);
  p.distance = {3};
  CHECK_THROWS_AS(p_median(p), InternalError);
}
