#include "libsim/selection/cover_problem.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "libsim/selection/cover_capacity.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

void need(bool right, const char* what, std::size_t index) {
  if (!right) throw InternalError(fmt::format("covering problem: {} {}", what, index));
}

/// Adds up, so that the sum stays within the limit.
void add_up(std::int64_t& sum, std::int64_t value, const char* what, std::size_t index) {
  need(value >= 0 && value <= kCoverSumLimit - sum, what, index);
  sum += value;
}

/// Each index below `end`, none twice. `seen` holds the last `mark` of each index.
void check_indices(std::span<const std::int32_t> indices, std::vector<std::size_t>& seen, std::size_t mark,
                   const char* what) {
  for (const std::int32_t i : indices) {
    need(i >= 0 && static_cast<std::size_t>(i) < seen.size(), what, mark);
    need(seen[static_cast<std::size_t>(i)] != mark + 1, what, mark);
    seen[static_cast<std::size_t>(i)] = mark + 1;
  }
}

void check_rows(const CoverProblem& p) {
  need(!p.row_starts.empty() && p.row_starts.front() == 0 && p.row_starts.back() == p.row_sites.size(),
       "starts do not fit the sites of the rows, rows", p.row_starts.size());
  need(p.rows() < std::size_t{1} << 31U, "more rows than can be counted", p.rows());
  std::vector<std::size_t> seen(p.sites.size(), 0);
  for (std::size_t i = 0; i < p.rows(); ++i) {
    need(p.row_starts[i] <= p.row_starts[i + 1] && p.row_starts[i + 1] <= p.row_sites.size(), "starts at row", i);
    check_indices(p.sites_of(i), seen, i, "a site out of range, or twice, in row");
  }
  need(p.wanted.empty() || p.wanted.size() == p.rows(), "sites wanted for other rows", p.wanted.size());
  for (std::size_t i = 0; i < p.wanted.size(); ++i)
    need(p.wanted[i] >= 1 && p.wanted[i] <= kCoverMostWanted, "sites wanted by row", i);
}

void check_targets(const CoverProblem& p) {
  std::vector<std::size_t> seen(p.rows(), 0);
  for (std::size_t t = 0; t < p.targets.size(); ++t) {
    const CoverTarget& target = p.targets[t];
    need(target.rows.size() == target.weights.size(), "weights of other rows, target", t);
    need(target.least >= 0 && target.least <= kCoverSumLimit, "what is asked for by target", t);
    check_indices(target.rows, seen, t, "a row out of range, or twice, in target");
    std::int64_t sum = 0;
    for (const std::int64_t weight : target.weights) add_up(sum, weight, "a weight, or their sum, of target", t);
  }
  need(p.goal == CoverGoal::least_cost || p.counted < p.targets.size(), "no target counted:", p.counted);
}

void check_limits(const CoverProblem& p) {
  for (std::size_t l = 0; l < p.limits.size(); ++l) {
    need(p.limits[l].amounts.size() == p.sites.size(), "amounts of other sites, limit", l);
    need(p.limits[l].most >= 0 && p.limits[l].most <= kCoverSumLimit, "the most of limit", l);
    std::int64_t sum = 0;
    for (const std::int64_t amount : p.limits[l].amounts)
      add_up(sum, amount, "an amount, or their sum, of limit", l);
  }
  std::vector<std::size_t> seen(p.sites.size(), 0);
  for (std::size_t g = 0; g < p.exclusive.size(); ++g) {
    check_indices(p.exclusive[g], seen, g, "a site out of range, or twice, in the exclusive group");
    const auto chosen = std::count_if(p.exclusive[g].begin(), p.exclusive[g].end(), [&](std::int32_t j) {
      return p.sites[static_cast<std::size_t>(j)].state == CoverState::chosen;
    });
    need(chosen <= 1, "sites that are chosen beforehand exclude each other, group", g);
  }
  const CoverCapacity& c = p.capacity;
  need(c.carries.size() == (c.empty() ? 0 : p.sites.size()) && c.demand.size() == (c.empty() ? 0 : p.rows()),
       "demand and capacity of other rows and sites", c.carries.size());
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < c.demand.size(); ++i) add_up(sum, c.demand[i], "a demand, or their sum, row", i);
  sum = 0;
  for (std::size_t j = 0; j < c.carries.size(); ++j)
    add_up(sum, c.carries[j], "a capacity, or their sum, site", j);
}

/// [site]
std::vector<char> marked(const CoverProblem& p, std::span<const std::int32_t> chosen) {
  std::vector<char> is_chosen(p.sites.size(), 0);
  for (const std::int32_t j : chosen) is_chosen[static_cast<std::size_t>(j)] = 1;
  return is_chosen;
}

std::int32_t count_of(const CoverProblem& p, const std::vector<char>& is_chosen, std::size_t row) {
  std::int32_t count = 0;
  for (const std::int32_t j : p.sites_of(row)) count += is_chosen[static_cast<std::size_t>(j)];
  return count;
}

}  // namespace

std::size_t CoverProblem::add_row(std::span<const std::int32_t> served_by) {
  row_sites.insert(row_sites.end(), served_by.begin(), served_by.end());
  row_starts.push_back(row_sites.size());
  return rows() - 1;
}

void check_cover(const CoverProblem& problem) {
  std::int64_t sum = 0;
  for (std::size_t j = 0; j < problem.sites.size(); ++j)
    add_up(sum, problem.sites[j].cost, "a cost, or their sum, of site", j);
  check_rows(problem);
  check_targets(problem);
  check_limits(problem);
}

std::vector<std::int64_t> covered_weights(const CoverProblem& problem, std::span<const std::int32_t> chosen) {
  if (!problem.capacity.empty()) return cover::carried_weights(problem, chosen);
  const std::vector<char> is_chosen = marked(problem, chosen);
  std::vector<char> is_covered(problem.rows(), 0);
  for (std::size_t i = 0; i < problem.rows(); ++i)
    is_covered[i] = count_of(problem, is_chosen, i) >= problem.wanted_of(i) ? 1 : 0;
  std::vector<std::int64_t> covered;
  for (const CoverTarget& target : problem.targets) {
    std::int64_t sum = 0;
    for (std::size_t k = 0; k < target.rows.size(); ++k)
      sum += is_covered[static_cast<std::size_t>(target.rows[k])] != 0 ? target.weights[k] : 0;
    covered.push_back(sum);
  }
  return covered;
}

std::vector<std::int64_t> lost_without(const CoverProblem& problem, std::span<const std::int32_t> chosen,
                                       std::size_t target) {
  std::vector<std::int64_t> lost(chosen.size(), 0);
  if (!problem.capacity.empty()) {
    const std::int64_t all = covered_weights(problem, chosen)[target];
    for (std::size_t k = 0; k < chosen.size(); ++k) {
      std::vector<std::int32_t> rest(chosen.begin(), chosen.end());
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(k));
      lost[k] = std::max<std::int64_t>(0, all - covered_weights(problem, rest)[target]);
    }
    return lost;
  }
  const std::vector<char> is_chosen = marked(problem, chosen);
  std::vector<std::int64_t> lost_at(problem.sites.size(), 0);
  const CoverTarget& counted = problem.targets[target];
  for (std::size_t k = 0; k < counted.rows.size(); ++k) {
    const auto row = static_cast<std::size_t>(counted.rows[k]);
    if (count_of(problem, is_chosen, row) != problem.wanted_of(row)) continue;
    for (const std::int32_t j : problem.sites_of(row))
      if (is_chosen[static_cast<std::size_t>(j)] != 0) lost_at[static_cast<std::size_t>(j)] += counted.weights[k];
  }
  for (std::size_t k = 0; k < chosen.size(); ++k) lost[k] = lost_at[static_cast<std::size_t>(chosen[k])];
  return lost;
}

std::int64_t cost_of(const CoverProblem& problem, std::span<const std::int32_t> chosen) {
  std::int64_t cost = 0;
  for (const std::int32_t j : chosen) cost += problem.sites[static_cast<std::size_t>(j)].cost;
  return cost;
}

bool is_allowed(const CoverProblem& problem, std::span<const std::int32_t> chosen) {
  const std::vector<char> is_chosen = marked(problem, chosen);
  for (std::size_t j = 0; j < problem.sites.size(); ++j) {
    if (problem.sites[j].state == CoverState::barred && is_chosen[j] != 0) return false;
    if (problem.sites[j].state == CoverState::chosen && is_chosen[j] == 0) return false;
  }
  for (const std::vector<std::int32_t>& group : problem.exclusive) {
    std::int32_t count = 0;
    for (const std::int32_t j : group) count += is_chosen[static_cast<std::size_t>(j)];
    if (count > 1) return false;
  }
  for (const CoverLimit& limit : problem.limits) {
    std::int64_t sum = 0;
    for (std::size_t j = 0; j < is_chosen.size(); ++j) sum += is_chosen[j] != 0 ? limit.amounts[j] : 0;
    if (sum > limit.most) return false;
  }
  const std::vector<std::int64_t> covered = covered_weights(problem, chosen);
  for (std::size_t t = 0; t < covered.size(); ++t)
    if (covered[t] < problem.targets[t].least) return false;
  return true;
}

std::vector<CoverMissing> out_of_reach(const CoverProblem& problem) {
  std::vector<char> usable(problem.sites.size(), 0);
  for (std::size_t j = 0; j < usable.size(); ++j) usable[j] = problem.sites[j].state != CoverState::barred ? 1 : 0;
  std::vector<CoverMissing> missing;
  for (std::size_t t = 0; t < problem.targets.size(); ++t) {
    const CoverTarget& target = problem.targets[t];
    CoverMissing here{.target = t, .weight = target.least, .rows = {}};
    for (std::size_t k = 0; k < target.rows.size(); ++k) {
      const auto row = static_cast<std::size_t>(target.rows[k]);
      if (count_of(problem, usable, row) >= problem.wanted_of(row))
        here.weight -= target.weights[k];
      else if (target.weights[k] > 0)
        here.rows.push_back(target.rows[k]);
    }
    if (here.weight <= 0) continue;
    std::sort(here.rows.begin(), here.rows.end());
    missing.push_back(std::move(here));
  }
  return missing;
}

}  // namespace amaneku
