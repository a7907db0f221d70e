#include "libsim/selection/milp.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <random>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// The dearest contents of a sack: minimise the negative worth.
MilpProblem sack(const std::vector<double>& worth, const std::vector<double>& weight, double room) {
  MilpProblem problem;
  std::vector<MilpTerm> row;
  for (std::size_t i = 0; i < worth.size(); ++i)
    row.push_back({problem.add({.upper = 1.0, .cost = -worth[i], .integer = true}), weight[i]});
  problem.add_row(-kMilpInfinity, row, room);
  return problem;
}

MilpProblem random_cover(unsigned seed, int rows, int columns) {
  std::mt19937 random(seed);
  MilpProblem problem;
  for (int j = 0; j < columns; ++j)
    problem.add({.upper = 1.0, .cost = 1.0 + static_cast<double>(random() % 20), .integer = true});
  for (int i = 0; i < rows; ++i) {
    std::vector<MilpTerm> row;
    for (int j = 0; j < columns; ++j)
      if (random() % 5 == 0) row.push_back({j, 1.0});
    if (row.empty()) row.push_back({i % columns, 1.0});
    problem.add_row(1.0, row, kMilpInfinity);
  }
  return problem;
}

double brute_cover(const MilpProblem& problem) {
  double best = kMilpInfinity;
  for (unsigned chosen = 0; chosen < 1U << problem.columns.size(); ++chosen) {
    double cost = 0.0;
    for (std::size_t j = 0; j < problem.columns.size(); ++j)
      if ((chosen >> j & 1U) != 0) cost += problem.columns[j].cost;
    bool covers = true;
    for (std::size_t i = 0; i < problem.rows() && covers; ++i) {
      covers = false;
      for (std::size_t k = problem.row_starts[i]; k < problem.row_starts[i + 1]; ++k)
        covers = covers || (chosen >> problem.terms[k].column & 1U) != 0;
    }
    if (covers) best = std::min(best, cost);
  }
  return best;
}

}  // namespace

TEST_CASE("a linear program has its corner, its value and its prices") {
  // Dantzig's glass works: 3 x + 5 y, x <= 4, 2 y <= 12, 3 x + 2 y <= 18; best 36 at (2, 6), prices 0, 1.5, 1.
  MilpProblem problem;
  const std::int32_t x = problem.add({.cost = -3.0});
  const std::int32_t y = problem.add({.cost = -5.0});
  problem.add_row(-kMilpInfinity, std::vector<MilpTerm>{{x, 1.0}}, 4.0);
  problem.add_row(-kMilpInfinity, std::vector<MilpTerm>{{y, 2.0}}, 12.0);
  problem.add_row(-kMilpInfinity, std::vector<MilpTerm>{{x, 3.0}, {y, 2.0}}, 18.0);
  const MilpSolution solution = solve_milp(problem, {.relax = true});
  REQUIRE(solution.status == MilpStatus::optimal);
  CHECK(solution.cost == Approx(-36.0));
  CHECK(solution.bound == Approx(-36.0));
  CHECK(solution.values[0] == Approx(2.0));
  CHECK(solution.values[1] == Approx(6.0));
  REQUIRE(solution.row_prices.size() == 3);
  CHECK(solution.row_prices[0] == Approx(0.0).margin(1e-9));
  CHECK(solution.row_prices[1] == Approx(-1.5));
  CHECK(solution.row_prices[2] == Approx(-1.0));
}

TEST_CASE("integers are chosen where rounding would be wrong") {
  const MilpProblem problem = sack({60, 100, 120}, {10, 20, 30}, 50);
  const MilpSolution relaxed = solve_milp(problem, {.relax = true});
  CHECK(relaxed.cost == Approx(-240.0));
  const MilpSolution solution = solve_milp(problem);
  REQUIRE(solution.status == MilpStatus::optimal);
  CHECK(solution.cost == -220.0);
  CHECK(solution.bound == -220.0);
  CHECK(solution.values == std::vector<double>{0.0, 1.0, 1.0});
}

TEST_CASE("continuous columns follow the integer ones") {
  // A works of 10 opens for 7 and makes up to 4 at 1 each, another opens for 3 and makes up to 2 at 2; 5 are
  // wanted.
  MilpProblem problem;
  const std::int32_t a = problem.add({.upper = 1.0, .cost = 7.0, .integer = true});
  const std::int32_t b = problem.add({.upper = 3.0, .cost = 3.0, .integer = true});
  const std::int32_t from_a = problem.add({.cost = 1.0});
  const std::int32_t from_b = problem.add({.cost = 2.0});
  problem.add_row(-kMilpInfinity, std::vector<MilpTerm>{{from_a, 1.0}, {a, -4.0}}, 0.0);
  problem.add_row(-kMilpInfinity, std::vector<MilpTerm>{{from_b, 1.0}, {b, -2.0}}, 0.0);
  problem.add_row(5.0, std::vector<MilpTerm>{{from_a, 1.0}, {from_b, 1.0}}, 5.0);
  // Both: 7 + 3 + 4 + 2 = 16; b three times: 9 + 10 = 19.
  const MilpSolution solution = solve_milp(problem);
  REQUIRE(solution.status == MilpStatus::optimal);
  CHECK(solution.cost == Approx(16.0));
  CHECK(solution.values[static_cast<std::size_t>(a)] == 1.0);
  CHECK(solution.values[static_cast<std::size_t>(from_b)] == Approx(1.0));
}

TEST_CASE("covers of random sets are those of all subsets") {
  for (unsigned seed = 0; seed < 25; ++seed) {
    const MilpProblem problem = random_cover(seed, 14, 14);
    const MilpSolution solution = solve_milp(problem);
    INFO("seed " << seed);
    REQUIRE(solution.status == MilpStatus::optimal);
    CHECK(solution.cost == brute_cover(problem));
  }
}

TEST_CASE("what cannot be, what has no end and what holds nothing are told apart") {
  MilpProblem problem;
  CHECK(solve_milp(problem).status == MilpStatus::optimal);
  CHECK(solve_milp(problem).cost == 0.0);
  problem.add_row(1.0, std::vector<MilpTerm>{}, 2.0);
  CHECK(solve_milp(problem).status == MilpStatus::infeasible);

  MilpProblem odd;  // 2 x = 3 in integers: only the relaxation has a solution
  const std::int32_t x = odd.add({.upper = 10.0, .cost = 1.0, .integer = true});
  odd.add_row(3.0, std::vector<MilpTerm>{{x, 2.0}}, 3.0);
  CHECK(solve_milp(odd).status == MilpStatus::infeasible);
  CHECK(solve_milp(odd).bound == kMilpInfinity);
  CHECK(solve_milp(odd, {.relax = true}).cost == Approx(1.5));

  MilpProblem endless;
  endless.add({.cost = -1.0, .integer = true});
  CHECK(solve_milp(endless).status == MilpStatus::unbounded);
  CHECK(solve_milp(endless, {.relax = true}).status == MilpStatus::unbounded);
}

TEST_CASE("a limit of nodes leaves a bound below and a value above, the same each time") {
  const MilpProblem problem = random_cover(7, 120, 150);
  const MilpSolution best = solve_milp(problem);
  REQUIRE(best.status == MilpStatus::optimal);
  const std::vector<double> everything(problem.columns.size(), 1.0);
  for (const std::int64_t nodes : {0, 1, 5, 50}) {
    const MilpOptions options{.nodes = nodes, .start = everything};
    const MilpSolution cut = solve_milp(problem, options);
    INFO("nodes " << nodes);
    REQUIRE((cut.status == MilpStatus::feasible || cut.status == MilpStatus::optimal));
    CHECK(cut.bound <= best.cost + 1e-6);
    CHECK(cut.cost >= best.cost);
    CHECK(cut.bound > 0.0);
    const MilpSolution again = solve_milp(problem, options);
    CHECK(again.values == cut.values);
    CHECK(again.bound == cut.bound);
    CHECK(again.nodes == cut.nodes);
  }
  const MilpSolution hurried = solve_milp(problem, {.seconds = 0.0, .start = everything});
  CHECK(hurried.bound <= best.cost + 1e-6);
  CHECK(hurried.cost >= best.cost);
}

TEST_CASE("values to begin with are never made worse, and false ones are not believed") {
  const MilpProblem problem = random_cover(3, 14, 14);
  const double best = brute_cover(problem);
  const MilpSolution known = solve_milp(problem);
  const MilpSolution kept = solve_milp(problem, {.nodes = 0, .start = known.values});
  CHECK(kept.cost == best);
  const std::vector<double> nothing(problem.columns.size(), 0.0);  // covers nothing
  CHECK(solve_milp(problem, {.start = nothing}).cost == best);
}

TEST_CASE("a program that is none is our fault") {
  const auto with = [](auto change) {
    MilpProblem problem = sack({1, 2}, {1, 1}, 1);
    change(problem);
    return problem;
  };
  CHECK_THROWS_AS(solve_milp(with([](MilpProblem& p) { p.terms[0].column = 2; })), InternalError);
  CHECK_THROWS_AS(solve_milp(with([](MilpProblem& p) { p.terms[0].column = -1; })), InternalError);
  CHECK_THROWS_AS(solve_milp(with([](MilpProblem& p) { p.terms[1].column = 0; })), InternalError);
  CHECK_THROWS_AS(solve_milp(with([](MilpProblem& p) { p.terms[1].factor = std::nan(""); })), InternalError);
  CHECK_THROWS_AS(solve_milp(with([](MilpProblem& p) { p.columns[0].cost = kMilpInfinity; })), InternalError);
  CHECK_THROWS_AS(solve_milp(with([](MilpProblem& p) { p.columns[0].lower = 2.0; })), InternalError);
  CHECK_THROWS_AS(solve_milp(with([](MilpProblem& p) { p.row_lower[0] = std::nan(""); })), InternalError);
  CHECK_THROWS_AS(solve_milp(with([](MilpProblem& p) { p.row_upper.clear(); })), InternalError);
  CHECK_THROWS_AS(solve_milp(with([](MilpProblem&) {}), {.start = {1.0}}), InternalError);
}

TEST_CASE("the solver prints nothing") {
  std::FILE* const file = std::tmpfile();
  REQUIRE(file != nullptr);
  std::fflush(stdout);
  std::fflush(stderr);
  const int out = dup(1);
  const int error = dup(2);
  dup2(fileno(file), 1);
  dup2(fileno(file), 2);
  const MilpSolution searched = solve_milp(random_cover(7, 120, 150), {.nodes = 50});
  const MilpSolution relaxed = solve_milp(random_cover(7, 120, 150), {.relax = true});
  std::fflush(stdout);
  std::fflush(stderr);
  dup2(out, 1);
  dup2(error, 2);
  close(out);
  close(error);
  CHECK(searched.nodes > 0);
  CHECK(relaxed.status == MilpStatus::optimal);
  std::fseek(file, 0, SEEK_END);
  CHECK(std::ftell(file) == 0);
  std::fclose(file);
}
