#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "libsim/backhaul/steiner_graph.hpp"
#include "libsim/backhaul/steiner_tree.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using Catch::Matchers::Contains;

namespace {

std::uint64_t draw(std::uint64_t seed, std::uint64_t i, std::uint64_t below) {
  return steiner::mixed(seed, i) % below;
}

SteinerProblem random_problem(std::uint64_t seed, std::int32_t vertices, std::int32_t edges,
                              std::int32_t terminals) {
  SteinerProblem problem{.vertices = vertices, .edges = {}, .terminals = {}};
  const auto n = static_cast<std::uint64_t>(vertices);
  std::uint64_t i = 0;
  for (std::int32_t v = 1; v < vertices; ++v) {  // a tree first: connected
    const auto up = static_cast<std::int32_t>(draw(seed, ++i, static_cast<std::uint64_t>(v)));
    problem.edges.push_back({v, up, static_cast<std::int64_t>(draw(seed, ++i, 12))});
  }
  while (problem.edges.size() < static_cast<std::size_t>(edges)) {  // loops and parallel edges among them
    const auto from = static_cast<std::int32_t>(draw(seed, ++i, n));
    const auto to = static_cast<std::int32_t>(draw(seed, ++i, n));
    problem.edges.push_back({from, to, static_cast<std::int64_t>(draw(seed, ++i, 12))});
  }
  for (std::int32_t t = 0; t < terminals; ++t) {
    problem.terminals.push_back(static_cast<std::int32_t>(draw(seed, ++i, n)));
  }
  return problem;
}

/// A grid of roads, a few metres to some kilometres an edge, terminals strewn over it.
SteinerProblem road_like(std::int32_t side, std::int32_t terminals, std::uint64_t seed) {
  SteinerProblem problem{.vertices = side * side, .edges = {}, .terminals = {}};
  std::uint64_t i = 0;
  const auto add = [&](std::int32_t a, std::int32_t b) {
    if (draw(seed, ++i, 10) < 8)
      problem.edges.push_back({a, b, 20 + static_cast<std::int64_t>(draw(seed, ++i, 400))});
  };
  for (std::int32_t y = 0; y < side; ++y) {
    for (std::int32_t x = 0; x < side; ++x) {
      const std::int32_t v = y * side + x;
      if (x + 1 < side) y == 0 ? problem.edges.push_back({v, v + 1, 300}) : add(v, v + 1);
      if (y + 1 < side) x == 0 ? problem.edges.push_back({v, v + side, 300}) : add(v, v + side);
    }
  }
  std::vector<char> joined(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 0);
  joined[0] = 1;
  for (bool more = true; more;) {
    more = false;
    for (const SteinerEdge& e : problem.edges) {
      char& a = joined[static_cast<std::size_t>(e.from)];
      char& b = joined[static_cast<std::size_t>(e.to)];
      more = more || a != b;
      a = b = static_cast<char>(a | b);
    }
  }
  while (problem.terminals.size() < static_cast<std::size_t>(terminals)) {
    const auto v = static_cast<std::int32_t>(draw(seed, ++i, joined.size()));
    if (joined[static_cast<std::size_t>(v)] != 0) problem.terminals.push_back(v);
  }
  return problem;
}

/// Cost of the cheapest spanning forest of the vertices in the set, or nothing if it does not join them.
std::int64_t spanning_cost(const SteinerProblem& problem, std::uint32_t set) {
  std::vector<std::int32_t> up(static_cast<std::size_t>(problem.vertices));
  std::iota(up.begin(), up.end(), 0);
  const auto top = [&](std::int32_t v) {
    while (up[static_cast<std::size_t>(v)] != v) v = up[static_cast<std::size_t>(v)];
    return v;
  };
  std::vector<SteinerEdge> edges = problem.edges;
  std::stable_sort(edges.begin(), edges.end(),
                   [](const SteinerEdge& a, const SteinerEdge& b) { return a.cost < b.cost; });
  std::int64_t sum = 0;
  int parts = 0;
  for (std::int32_t v = 0; v < problem.vertices; ++v)
    parts += static_cast<int>((set >> static_cast<unsigned>(v)) & 1U);
  for (const SteinerEdge& e : edges) {
    if (((set >> static_cast<unsigned>(e.from)) & 1U) == 0 || ((set >> static_cast<unsigned>(e.to)) & 1U) == 0)
      continue;
    const std::int32_t a = top(e.from);
    const std::int32_t b = top(e.to);
    if (a == b) continue;
    up[static_cast<std::size_t>(a)] = b;
    sum += e.cost;
    --parts;
  }
  return parts <= 1 ? sum : std::numeric_limits<std::int64_t>::max();
}

/// Over all sets of vertices that contain the terminals.
std::int64_t brute_force(const SteinerProblem& problem) {
  std::uint32_t terminals = 0;
  for (const std::int32_t t : problem.terminals) terminals |= 1U << static_cast<unsigned>(t);
  std::int64_t best = std::numeric_limits<std::int64_t>::max();
  for (std::uint32_t set = 0; set < 1U << static_cast<unsigned>(problem.vertices); ++set) {
    if ((set & terminals) == terminals) best = std::min(best, spanning_cost(problem, set));
  }
  return best;
}

/// The edges are a tree that joins the terminals, each loose end is a terminal, and the costs add up.
void check_tree(const SteinerProblem& problem, const SteinerTree& tree) {
  std::vector<std::int32_t> up(static_cast<std::size_t>(problem.vertices));
  std::vector<int> degree(up.size(), 0);
  std::iota(up.begin(), up.end(), 0);
  const auto top = [&](std::int32_t v) {
    while (up[static_cast<std::size_t>(v)] != v) v = up[static_cast<std::size_t>(v)];
    return v;
  };
  std::int64_t sum = 0;
  for (const std::int32_t i : tree.edges) {
    const SteinerEdge& e = problem.edges.at(static_cast<std::size_t>(i));
    sum += e.cost;
    REQUIRE(top(e.from) != top(e.to));
    up[static_cast<std::size_t>(top(e.from))] = top(e.to);
    ++degree[static_cast<std::size_t>(e.from)];
    ++degree[static_cast<std::size_t>(e.to)];
  }
  CHECK(sum == tree.cost);
  CHECK(std::is_sorted(tree.edges.begin(), tree.edges.end()));
  CHECK(tree.lower_bound <= tree.cost);
  CHECK(tree.optimal == (tree.lower_bound == tree.cost));
  for (const std::int32_t t : problem.terminals) {
    CHECK(top(t) == top(problem.terminals.front()));
    degree[static_cast<std::size_t>(t)] = 2;
  }
  CHECK(std::count(degree.begin(), degree.end(), 1) == 0);
}

std::string refusal(const SteinerProblem& problem, const SteinerOptions& options = {}) {
  try {
    (void)steiner_tree(problem, options);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a Steiner tree of a small random graph costs what the best of all sets of vertices costs") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const auto vertices = static_cast<std::int32_t>(2 + draw(seed, 1000, 9));
    const auto edges = static_cast<std::int32_t>(draw(seed, 1001, 3 * static_cast<std::uint64_t>(vertices)));
    const auto terminals = static_cast<std::int32_t>(draw(seed, 1002, static_cast<std::uint64_t>(vertices)) + 1);
    const SteinerProblem problem = random_problem(seed, vertices, edges, terminals);
    INFO("seed " << seed);
    const SteinerTree tree = steiner_tree(problem);
    check_tree(problem, tree);
    CHECK(tree.optimal);
    CHECK(tree.cost == brute_force(problem));
  }
}

TEST_CASE("laws of the optimum: fewer terminals, other units, other numbers of the vertices") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const SteinerProblem problem = random_problem(seed, 60, 130, 14);
    const SteinerTree tree = steiner_tree(problem);
    INFO("seed " << seed);
    check_tree(problem, tree);
    REQUIRE(tree.optimal);

    SteinerProblem fewer = problem;
    fewer.terminals.pop_back();
    CHECK(steiner_tree(fewer).cost <= tree.cost);

    SteinerProblem scaled = problem;
    for (SteinerEdge& e : scaled.edges) e.cost *= 1'000'003;
    CHECK(steiner_tree(scaled).cost == tree.cost * 1'000'003);

    SteinerProblem turned = problem;
    const auto renamed = [&](std::int32_t v) { return (v * 7 + 11) % problem.vertices; };
    for (SteinerEdge& e : turned.edges) e = {renamed(e.to), renamed(e.from), e.cost};
    for (std::int32_t& t : turned.terminals) t = renamed(t);
    std::reverse(turned.edges.begin(), turned.edges.end());
    CHECK(steiner_tree(turned).cost == tree.cost);
  }
}

TEST_CASE("roads: the same tree for 1, 2 and 3 threads, with a bound close by, however little work there is") {
  const SteinerProblem problem = road_like(60, 60, 5);
  const SteinerTree tree = steiner_tree(problem, {.work = 20'000'000, .threads = 1});
  check_tree(problem, tree);
  CHECK(static_cast<double>(tree.lower_bound) >= 0.97 * static_cast<double>(tree.cost));
  for (const int threads : {2, 3}) {
    const SteinerTree other = steiner_tree(problem, {.work = 20'000'000, .threads = threads});
    CHECK(other.edges == tree.edges);
    CHECK(other.lower_bound == tree.lower_bound);
  }
  for (const std::int64_t work : {0, 1, 10'000, 300'000}) {
    const SteinerTree hasty = steiner_tree(problem, {.work = work});
    check_tree(problem, hasty);
    CHECK(hasty.lower_bound <= tree.cost);
    CHECK(hasty.cost >= tree.lower_bound);
  }
}

TEST_CASE("trees that need no search") {
  CHECK(steiner_tree({}).optimal);
  CHECK(steiner_tree({.vertices = 3, .edges = {{0, 1, 5}}, .terminals = {2}}).edges.empty());
  CHECK(steiner_tree({.vertices = 3, .edges = {{0, 1, 5}}, .terminals = {1, 1}}).edges.empty());
  const SteinerTree free =
      steiner_tree({.vertices = 3, .edges = {{0, 1, 0}, {1, 2, 0}, {2, 0, 0}}, .terminals = {0, 2}});
  CHECK(free.cost == 0);
  CHECK(free.optimal);
  // Three terminals around one junction: 3 x 2 against 4 + 4 along the sides.
  const SteinerTree star =
      steiner_tree({.vertices = 4,
                    .edges = {{0, 1, 4}, {1, 2, 4}, {2, 0, 4}, {3, 0, 2}, {3, 1, 2}, {3, 2, 2}},
                    .terminals = {0, 1, 2}});
  CHECK(star.edges == std::vector<std::int32_t>{3, 4, 5});
  CHECK(star.cost == 6);
}

TEST_CASE("what is no Steiner problem is refused with what is wrong") {
  const SteinerProblem apart{.vertices = 6, .edges = {{0, 1, 1}, {2, 3, 1}}, .terminals = {0, 1, 3, 5}};
  CHECK_THAT(refusal(apart),
             Contains("the terminals lie in 3 parts that no edge joins: 2 with vertex 0, 1 with vertex "
                      "3, 1 with vertex 5"));
  CHECK_THAT(refusal({.vertices = 2, .edges = {{0, 1, -1}}, .terminals = {0, 1}}),
             Contains("edges[0] = -1: is a negative cost"));
  CHECK_THAT(refusal({.vertices = 2, .edges = {{0, 2, 1}}, .terminals = {0, 1}}),
             Contains("edges[0] = 2: is no vertex (legal: 0 <= vertex < 2)"));
  CHECK_THAT(refusal({.vertices = 2, .edges = {{0, 1, 1}}, .terminals = {0, -1}}), Contains("terminals[1] = -1"));
  CHECK_THAT(refusal({.vertices = -1, .edges = {}, .terminals = {}}), Contains("vertices = -1"));
  CHECK_THAT(refusal({.vertices = 2, .edges = {{0, 1, kSteinerCostLimit}, {0, 1, 1}}, .terminals = {0, 1}}),
             Contains("edges[1] = 1: makes the costs add up to too much"));
  CHECK_THAT(refusal({}, {.work = -1}), Contains("work = -1"));
  CHECK_THAT(refusal({}, {.seconds = -0.5}), Contains("seconds = -0.5"));
}
