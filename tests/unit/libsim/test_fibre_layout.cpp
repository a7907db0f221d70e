#include "libsim/backhaul/fibre_layout.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include "libsim/backhaul/fibre_program.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();

std::size_t at(std::int32_t index) {
  return static_cast<std::size_t>(index);
}

struct Wish {
  bool capacity = false;
  bool hops = false;
  bool length = false;
  bool rings = false;
};

FibreProblem random_problem(unsigned seed, const Wish& wish) {
  std::mt19937 random(seed);
  const auto below = [&](unsigned n) { return static_cast<std::int32_t>(random() % n); };
  FibreProblem p;
  p.vertices = 5 + below(3);
  const auto vertices = static_cast<unsigned>(p.vertices);
  const int edges = 9 + below(4);
  for (int i = 0; i < edges; ++i) {
    FibreEdge edge{.from = below(vertices), .to = below(vertices)};
    edge.trench_jpy = below(30);
    edge.cable_jpy = below(8);
    edge.length_m = 1.0 + below(9);
    p.edges.push_back(edge);
  }
  p.root = below(vertices);
  const int terminals = 2 + below(3);
  for (int i = 0; i < terminals; ++i)
    p.terminals.push_back({below(vertices), below(4), wish.rings && below(2) == 0});
  if (wish.capacity) p.cable_capacity = 2 + below(3);
  if (wish.hops) p.most_hops = 2 + below(3);
  if (wish.length) p.longest_route_m = 6.0 + below(16);
  return p;
}

/// Every route of one terminal over the edges of a set, as sets of edges.
void walk(const FibreProblem& p, std::int32_t vertex, std::int32_t target, unsigned open, unsigned so_far,
          unsigned visited, double length_m, std::vector<unsigned>& out) {
  if (length_m > p.longest_route_m) return;
  if (__builtin_popcount(so_far) > p.most_hops) return;
  if (vertex == target) {
    out.push_back(so_far);
    return;
  }
  for (std::size_t i = 0; i < p.edges.size(); ++i) {
    const FibreEdge& edge = p.edges[i];
    if ((open >> i & 1U) == 0 || (edge.from != vertex && edge.to != vertex)) continue;
    const std::int32_t next = edge.from == vertex ? edge.to : edge.from;
    if ((visited >> next & 1U) != 0) continue;
    walk(p, next, target, open, so_far | 1U << i, visited | 1U << next, length_m + edge.length_m, out);
  }
}

std::vector<unsigned> choices_of(const FibreProblem& p, const FibreTerminal& terminal, unsigned open) {
  if (terminal.vertex == p.root) return {0U};
  std::vector<unsigned> ways;
  walk(p, p.root, terminal.vertex, open, 0U, 1U << p.root, 0.0, ways);
  if (!terminal.two_routes) return ways;
  std::vector<unsigned> pairs;
  for (std::size_t i = 0; i < ways.size(); ++i)
    for (std::size_t k = i + 1; k < ways.size(); ++k)
      if ((ways[i] & ways[k]) == 0) pairs.push_back(ways[i] | ways[k]);
  return pairs;
}

std::int64_t cables_jpy(const FibreProblem& p, const std::vector<unsigned>& chosen, unsigned open) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < p.edges.size(); ++i) {
    if ((open >> i & 1U) == 0) continue;
    std::int64_t load = 0;
    bool used = false;
    for (std::size_t t = 0; t < chosen.size(); ++t)
      if ((chosen[t] >> i & 1U) != 0) {
        load += p.terminals[t].demand;
        used = true;
      }
    if (used) sum += p.edges[i].cable_jpy * std::max<std::int64_t>(1, (load - 1) / p.cable_capacity + 1);
  }
  return sum;
}

/// The least over all sets of open edges, and in each over all choices of routes.
std::int64_t brute_jpy(const FibreProblem& p) {
  std::int64_t best = kNone;
  for (unsigned open = 0; open < 1U << p.edges.size(); ++open) {
    std::int64_t trench_jpy = 0;
    for (std::size_t i = 0; i < p.edges.size(); ++i)
      if ((open >> i & 1U) != 0) trench_jpy += p.edges[i].trench_jpy;
    if (trench_jpy >= best) continue;
    std::vector<std::vector<unsigned>> choices;
    for (const FibreTerminal& terminal : p.terminals) choices.push_back(choices_of(p, terminal, open));
    if (std::any_of(choices.begin(), choices.end(), [](const auto& some) { return some.empty(); })) continue;
    std::vector<std::size_t> digit(choices.size(), 0);
    for (bool more = true; more;) {
      std::vector<unsigned> chosen;
      for (std::size_t t = 0; t < digit.size(); ++t) chosen.push_back(choices[t][digit[t]]);
      best = std::min(best, trench_jpy + cables_jpy(p, chosen, open));
      more = false;
      for (std::size_t t = 0; t < digit.size() && !more; ++t) {
        more = ++digit[t] < choices[t].size();
        if (!more) digit[t] = 0;
      }
    }
  }
  return best;
}

void check_sums(const FibreProblem& p, const FibreLayout& layout) {
  std::int64_t sum = 0;
  for (const std::int32_t edge : layout.edges)
    sum += p.edges[at(edge)].trench_jpy + layout.cables[at(edge)] * p.edges[at(edge)].cable_jpy;
  CHECK(sum == layout.cost_jpy);
  CHECK(layout.trench_jpy + layout.cable_jpy == layout.cost_jpy);
  CHECK(layout.lower_bound_jpy <= layout.cost_jpy);
}

/// The program by itself, without what the search knows.
void check_program(const FibreProblem& p, std::int64_t best) {
  FibreGraph graph(p);
  const FibreProof proof = fibre_program(graph, {}, {});
  CHECK(proof.status == (best == kNone ? MilpStatus::infeasible : MilpStatus::optimal));
  if (best == kNone) return;
  CHECK(proof.lower_bound_jpy == Approx(static_cast<double>(best)).margin(1e-6));
  CHECK(layout_of(p, proof.routes).cost_jpy == best);
}

/// Counts problems with an answer; the others are refused.
int equals_brute(const Wish& wish, unsigned seeds) {
  int answered = 0;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    const FibreProblem p = random_problem(seed, wish);
    const std::int64_t best = brute_jpy(p);
    INFO("seed " << seed);
    check_program(p, best);
    if (best == kNone) {
      CHECK_THROWS_AS(fibre_layout(p), InputError);
      continue;
    }
    ++answered;
    const FibreLayout layout = fibre_layout(p);
    CHECK(layout.cost_jpy == best);
    CHECK(layout.optimal);
    check_sums(p, layout);
    const FibreLayout searched = fibre_layout(p, {.exact_columns = 0});
    CHECK(searched.cost_jpy >= best);
    CHECK(searched.lower_bound_jpy <= best);
    check_sums(p, searched);
  }
  return answered;
}

/// A lattice of side x side with prices of some weight, the root in a corner.
FibreProblem lattice(std::int32_t side, std::int32_t terminals, unsigned seed) {
  std::mt19937 random(seed);
  FibreProblem p;
  p.vertices = side * side;
  const auto join = [&](std::int32_t a, std::int32_t b) {
    const auto jpy = static_cast<std::int64_t>(1 + random() % 100);
    p.edges.push_back({a, b, 1000 * jpy, 200 * jpy, static_cast<double>(10 * jpy)});
  };
  for (std::int32_t y = 0; y < side; ++y)
    for (std::int32_t x = 0; x < side; ++x) {
      if (x + 1 < side) join(y * side + x, y * side + x + 1);
      if (y + 1 < side) join(y * side + x, (y + 1) * side + x);
    }
  for (std::int32_t i = 0; i < terminals; ++i)
    p.terminals.push_back(
        {static_cast<std::int32_t>(random() % at(p.vertices)), 1 + static_cast<int>(random() % 12)});
  return p;
}

}  // namespace

TEST_CASE("without limits the layout is the best of all sets of edges") {
  CHECK(equals_brute({}, 60) > 30);
}
TEST_CASE("cables that fill up are counted as over all sets of edges") {
  CHECK(equals_brute({.capacity = true}, 60) > 30);
}
TEST_CASE("a limit of hops is kept as over all sets of edges") {
  CHECK(equals_brute({.hops = true}, 60) > 25);
}
TEST_CASE("a limit of length is kept as over all sets of edges") {
  CHECK(equals_brute({.length = true}, 60) > 25);
}
TEST_CASE("two routes without a common edge are those over all sets of edges") {
  CHECK(equals_brute({.rings = true}, 80) > 20);
}
TEST_CASE("all limits together are kept as over all sets of edges") {
  CHECK(equals_brute({.capacity = true, .hops = true}, 40) > 15);
  CHECK(equals_brute({.hops = true, .length = true}, 40) > 15);
  CHECK(equals_brute({.hops = true, .rings = true}, 60) > 10);
  CHECK(equals_brute({.capacity = true, .rings = true}, 60) > 15);
  CHECK(equals_brute({.capacity = true, .hops = true, .length = true, .rings = true}, 80) > 10);
}

TEST_CASE("a terminal less never costs more") {
  for (unsigned seed = 0; seed < 6; ++seed) {
    FibreProblem p = lattice(4, 4, seed);
    p.cable_capacity = 12;
    p.terminals[1].two_routes = true;
    p.most_hops = 9;
    const FibreLayout all = fibre_layout(p);
    INFO("seed " << seed);
    REQUIRE(all.optimal);
    for (std::size_t i = 0; i < p.terminals.size(); ++i) {
      FibreProblem fewer = p;
      fewer.terminals.erase(fewer.terminals.begin() + static_cast<std::ptrdiff_t>(i));
      CHECK(fibre_layout(fewer).cost_jpy <= all.cost_jpy);
    }
  }
}

TEST_CASE("a search that is cut short says between what the least cost lies, and the same each time") {
  for (unsigned seed = 0; seed < 2; ++seed) {
    FibreProblem p = lattice(5, 5, seed);
    p.cable_capacity = 12;
    p.terminals[0].two_routes = true;
    const FibreLayout best = fibre_layout(p);
    INFO("seed " << seed);
    REQUIRE(best.optimal);
    for (const FibreOptions& options :
         {FibreOptions{.nodes = 0}, FibreOptions{.nodes = 3}, FibreOptions{.seconds = 0.0},
          FibreOptions{.exact_columns = 0, .work = 0}, FibreOptions{.exact_columns = 0}}) {
      const FibreLayout cut = fibre_layout(p, options);
      CHECK(cut.lower_bound_jpy <= best.cost_jpy);
      CHECK(cut.cost_jpy >= best.cost_jpy);
      CHECK(cut.lower_bound_jpy > 0);
      check_sums(p, cut);
      if (options.seconds > 0.0) {
        const FibreLayout again = fibre_layout(p, options);
        CHECK(again.cost_jpy == cut.cost_jpy);
        CHECK(again.lower_bound_jpy == cut.lower_bound_jpy);
        CHECK(again.edges == cut.edges);
      }
    }
  }
}

TEST_CASE("users, loads and cables of an edge are those of the routes over it") {
  // Root 0 - 1, from there 2 and 3: the trunk carries 5 + 8 fibres, two cables of 12.
  FibreProblem p{.vertices = 4, .edges = {{0, 1, 100, 10, 5.0}, {1, 2, 20, 1, 1.0}, {1, 3, 30, 2, 1.0}}};
  p.terminals = {{2, 5}, {3, 8}, {0, 99}};
  p.cable_capacity = 12;
  const FibreLayout layout = fibre_layout(p);
  CHECK(layout.cost_jpy == 100 + 2 * 10 + 20 + 1 + 30 + 2);
  CHECK(layout.cables == std::vector<std::int64_t>{2, 1, 1});
  CHECK(layout.load == std::vector<std::int64_t>{13, 5, 8});
  CHECK(layout.users[0] == std::vector<std::int32_t>{0, 1});
  CHECK(layout.users[2] == std::vector<std::int32_t>{1});
  CHECK(layout.routes[0][0].edges == std::vector<std::int32_t>{0, 1});
  CHECK(layout.routes[2].empty());
  CHECK(layout.optimal);
  const FibreLayout again = layout_of(p, layout.routes);
  CHECK(again.cost_jpy == layout.cost_jpy);
  CHECK_THROWS_AS(layout_of(p, {layout.routes[1], layout.routes[0], {}}), InternalError);
}

TEST_CASE("terminals that cannot be served are named with the reason") {
  // 0 - 1 - 2 - 3 in a row, 4 alone; 1 and 2 by two edges.
  FibreProblem p{.vertices = 5,
                 .edges = {{0, 1, 1, 0, 10.0}, {1, 2, 1, 0, 10.0}, {1, 2, 9, 0, 10.0}, {2, 3, 1, 0, 10.0}}};
  p.terminals = {{1, 1}, {4, 1}, {3, 1}, {2, 1, true}};
  const std::vector<UnservedTerminal> unserved = unserved_terminals(p);
  REQUIRE(unserved.size() == 2);
  CHECK(unserved[0].terminal == 1);
  CHECK(unserved[0].obstacle == FibreObstacle::no_way);
  CHECK(unserved[1].terminal == 3);
  CHECK(unserved[1].obstacle == FibreObstacle::one_way_only);
  p.longest_route_m = 25.0;
  p.terminals = {{3, 1}};
  REQUIRE(unserved_terminals(p).size() == 1);
  CHECK(unserved_terminals(p)[0].obstacle == FibreObstacle::too_long);
  CHECK(unserved_terminals(p)[0].measured == 30.0);
  p.longest_route_m = 30.0;
  CHECK(unserved_terminals(p).empty());
  p.most_hops = 2;
  CHECK(unserved_terminals(p)[0].obstacle == FibreObstacle::too_many_hops);
  CHECK_THROWS_AS(fibre_layout(p), InputError);
}

TEST_CASE("what is no problem is refused, all of it") {
  FibreProblem p{
      .vertices = 2, .edges = {{0, 5, -1, 0, -2.0}}, .root = 0, .terminals = {{1, -1}}, .cable_capacity = 0};
  try {
    const FibreLayout layout = fibre_layout(p);
    FAIL("laid for " << layout.cost_jpy);
  } catch (const InputError& error) {
    CHECK(error.faults().size() == 5);
    CHECK(error.faults()[0].key == "cable_capacity");
    CHECK(error.faults()[1].key == "edges[0].to");
    CHECK(error.faults()[1].value == "5");
  }
}
