// The year of each site, against all orders.
#include "libsim/selection/cover_years.hpp"

#include <algorithm>
#include <random>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace cover_years_test {
namespace {

const CoverOptions kQuick{.exchange_work = 100'000};

CoverYears some_years(unsigned seed) {
  std::mt19937 random(seed);
  CoverYears out;
  const auto sites = static_cast<unsigned>(3 + random() % 2);
  const auto years = static_cast<unsigned>(2 + random() % 2);
  out.all = seed % 2 == 0;
  for (unsigned j = 0; j < sites; ++j) out.problem.sites.push_back({});
  if (seed % 3 == 0) out.problem.sites.back().state = CoverState::chosen;
  if (seed % 5 == 0) out.problem.sites.front().state = CoverState::barred;
  CoverTarget people;
  CoverTarget some;
  for (unsigned i = 0; i < 10; ++i) {
    std::vector<std::int32_t> served;
    for (unsigned j = 0; j < sites; ++j)
      if (random() % 2 == 0) served.push_back(static_cast<std::int32_t>(j));
    out.problem.add_row(served);
    people.rows.push_back(static_cast<std::int32_t>(i));
    people.weights.push_back(static_cast<std::int64_t>(1 + random() % 9));
    if (i % 3 == 0) {
      some.rows.push_back(static_cast<std::int32_t>(i));
      some.weights.push_back(1);
    }
  }
  if (seed % 4 == 0) out.problem.wanted.assign(10, 2);
  out.problem.targets = {people, some};
  std::vector<std::int64_t> cost;
  std::vector<std::int64_t> part;
  for (unsigned j = 0; j < sites; ++j) {
    cost.push_back(static_cast<std::int64_t>(10 + random() % 30));
    part.push_back(static_cast<std::int64_t>(random() % 10));
  }
  out.amounts = {cost, part};
  for (unsigned t = 0; t < years; ++t) {
    CoverYear year{.most = {static_cast<std::int64_t>(30 + random() % 60), 8 + static_cast<std::int64_t>(t) * 4}};
    if (seed % 2 == 1) year.least = {0, t == 0 ? 0 : 1};
    out.years.push_back(year);
  }
  return out;
}

/// Sum over the ends of all years; -1: it breaks a budget, or misses what is asked for.
std::int64_t worth(const CoverYears& ask, const std::vector<std::int32_t>& year) {
  std::int64_t sum = 0;
  const std::size_t sites = ask.problem.sites.size();
  for (std::size_t t = 0; t < ask.years.size(); ++t) {
    for (std::size_t k = 0; k < ask.amounts.size(); ++k) {
      std::int64_t spent = 0;
      for (std::size_t j = 0; j < sites; ++j)
        if (year[j] == static_cast<std::int32_t>(t)) spent += ask.amounts[k][j];
      if (spent > ask.years[t].most[k]) return -1;
    }
    std::vector<std::int32_t> there;
    for (std::size_t j = 0; j < sites; ++j) {
      const bool built = year[j] >= 0 && year[j] <= static_cast<std::int32_t>(t);
      if (built || ask.problem.sites[j].state == CoverState::chosen) there.push_back(static_cast<std::int32_t>(j));
    }
    const std::vector<std::int64_t> covered = covered_weights(ask.problem, there);
    for (std::size_t i = 0; i < ask.years[t].least.size(); ++i)
      if (covered[i] < ask.years[t].least[i]) return -1;
    sum += covered[0];
  }
  return sum;
}

template <class Visit>
void for_each_order(const CoverYears& ask, const Visit& visit) {
  const std::size_t sites = ask.problem.sites.size();
  const std::size_t choices = ask.years.size() + 1;
  std::size_t orders = 1;
  for (std::size_t j = 0; j < sites; ++j) orders *= choices;
  for (std::size_t order = 0; order < orders; ++order) {
    std::vector<std::int32_t> year;
    bool allowed = true;
    std::size_t rest = order;
    for (std::size_t j = 0; j < sites; ++j, rest /= choices) {
      year.push_back(static_cast<std::int32_t>(rest % choices) - 1);
      const bool open = ask.problem.sites[j].state == CoverState::open;
      if (!open && year.back() >= 0) allowed = false;
      if (open && ask.all && year.back() < 0) allowed = false;
    }
    if (allowed) visit(year);
  }
}

std::int64_t best_of_all(const CoverYears& ask) {
  std::int64_t best = -1;
  for_each_order(ask, [&](const std::vector<std::int32_t>& year) { best = std::max(best, worth(ask, year)); });
  return best;
}

}  // namespace
}  // namespace cover_years_test

using namespace cover_years_test;

TEST_CASE("the order of years is the best of all orders") {
  int found = 0;
  int none = 0;
  for (unsigned seed = 0; seed < 30; ++seed) {
    const CoverYears ask = some_years(seed);
    INFO("seed " << seed);
    const std::int64_t best = best_of_all(ask);
    const YearsChoice choice = solve_years(ask, kQuick);
    if (best < 0) {
      ++none;
      CHECK_FALSE(choice.allowed());
      continue;
    }
    ++found;
    REQUIRE(choice.status == CoverStatus::optimal);
    CHECK(choice.value == best);
    CHECK(choice.bound == best);
    CHECK(worth(ask, choice.year) == best);
    std::int64_t sum = 0;
    for (const std::int64_t covered : covered_by_year(ask, choice.year, 0)) sum += covered;
    CHECK(sum == best);
  }
  CHECK(found > 15);
  CHECK(none > 2);
}

TEST_CASE("of equal orders the earliest; the most that a year can have") {
  CoverYears ask;
  ask.problem.sites.resize(3);
  const std::int32_t first = 0;
  ask.problem.add_row({&first, 1});
  ask.problem.targets = {{.rows = {0}, .weights = {7}}};
  ask.amounts = {{10, 10, 10}};
  ask.years = {{.most = {20}}, {.most = {100}}};
  const YearsChoice choice = solve_years(ask, kQuick);
  REQUIRE(choice.allowed());
  CHECK(choice.value == 14);
  CHECK(choice.year[0] == 0);
  CHECK(choice.year[1] + choice.year[2] == 1);  // 20 a year pay for two of the three
  CHECK(most_by_year(ask, 0, 0) == 7);
  ask.years[0].most = {9};
  CHECK(most_by_year(ask, 0, 0) == 0);
  CHECK(most_by_year(ask, 0, 1) == 7);
  ask.years.clear();
  CHECK_THROWS_AS(solve_years(ask, kQuick), InternalError);
}

TEST_CASE("a choice within the budgets of the years is the best of all") {
  int found = 0;
  for (unsigned seed = 100; seed < 124; ++seed) {
    CoverYears ask = some_years(seed);
    ask.all = false;
    const bool cheapest = seed % 2 == 0;
    ask.problem.goal = cheapest ? CoverGoal::least_cost : CoverGoal::most_weight;
    for (std::size_t j = 0; j < ask.problem.sites.size(); ++j) ask.problem.sites[j].cost = ask.amounts[0][j];
    ask.problem.targets[0].least = cheapest ? 25 : 0;
    INFO("seed " << seed);
    std::int64_t best = -1;
    for_each_order(ask, [&](const std::vector<std::int32_t>& year) {
      if (worth(ask, year) < 0) return;
      std::vector<std::int32_t> there;
      std::int64_t cost = 0;
      for (std::size_t j = 0; j < year.size(); ++j) {
        if (year[j] < 0 && ask.problem.sites[j].state != CoverState::chosen) continue;
        there.push_back(static_cast<std::int32_t>(j));
        cost += ask.problem.sites[j].state == CoverState::open ? ask.amounts[0][j] : 0;
      }
      const std::int64_t covered = covered_weights(ask.problem, there)[0];
      if (covered < ask.problem.targets[0].least) return;
      const std::int64_t worth_it = cheapest ? cost : -covered;
      if (best == -1 || worth_it < best) best = worth_it;
    });
    const CoverChoice choice = choose_over_years(ask, kQuick);
    CHECK(choice.allowed() == (best != -1));
    if (!choice.allowed()) continue;
    ++found;
    const std::int64_t there_jpy =
        ask.problem.sites.back().state == CoverState::chosen ? ask.amounts[0].back() : 0;
    CHECK((cheapest ? choice.cost - there_jpy : -choice.covered[0]) == best);
    CoverYears order = ask;
    order.all = true;
    for (std::size_t j = 0; j < order.problem.sites.size(); ++j) {
      const bool in = std::binary_search(choice.chosen.begin(), choice.chosen.end(), static_cast<std::int32_t>(j));
      if (!in) order.problem.sites[j].state = CoverState::barred;
    }
    CHECK(solve_years(order, kQuick).allowed());
  }
  CHECK(found > 10);
}
