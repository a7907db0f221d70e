#include "libsim/selection/cover_capacity.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "libsim/selection/cover_core.hpp"
#include "libsim/selection/milp.hpp"

namespace amaneku::cover {
namespace {

/// Rows that the same chosen sites serve share what these have left.
class Assignment {
 public:
  Assignment(const CoverProblem& problem, std::span<const std::int32_t> chosen) {
    for (const std::int32_t j : chosen) left_.push_back(problem.capacity.carries[at(j)]);
  }

  /// Of the demand of a group (the places in `chosen` of the sites that serve it) as much as fits.
  std::int64_t carry(const std::vector<std::int32_t>& sites, std::int64_t demand) {
    const auto [here, is_new] = index_.try_emplace(sites, groups_.size());
    if (is_new) groups_.push_back({.sites = sites, .load = std::vector<std::int64_t>(sites.size(), 0)});
    const std::size_t group = here->second;
    std::int64_t carried = 0;
    while (carried < demand && !groups_[group].full) {
      const std::int64_t more = push(group, demand - carried);
      groups_[group].full = more == 0;
      carried += more;
    }
    return carried;
  }

 private:
  struct Group {
    std::vector<std::int32_t> sites{};
    std::vector<std::int64_t> load{};  ///< [sites]
    bool full = false;                 ///< nothing more fits, now and whatever comes
  };
  /// How a site is reached: what `group` has at `from` moves to it; no group: what comes in.
  struct Step {
    std::int32_t from = -1;
    std::ptrdiff_t group = -1;
  };

  /// Along the shortest way to a site that has something left, at most `most`.
  std::int64_t push(std::size_t group, std::int64_t most) {
    std::vector<std::optional<Step>> reached(left_.size());
    std::vector<std::int32_t> queue;
    std::vector<char> seen(groups_.size(), 0);
    const auto reach = [&](const Group& through, Step step) {
      for (const std::int32_t j : through.sites) {
        if (reached[at(j)]) continue;
        reached[at(j)] = step;
        queue.push_back(j);
      }
    };
    reach(groups_[group], {});
    for (std::size_t q = 0; q < queue.size(); ++q) {
      const std::int32_t j = queue[q];
      if (left_[at(j)] > 0) return move(group, j, reached, most);
      for (std::size_t g = 0; g < groups_.size(); ++g) {
        if (seen[g] != 0 || load_of(g, j) == 0) continue;
        seen[g] = 1;
        reach(groups_[g], {j, static_cast<std::ptrdiff_t>(g)});
      }
    }
    return 0;
  }

  std::int64_t& load(std::size_t group, std::int32_t site) {
    Group& g = groups_[group];
    return g
        .load[static_cast<std::size_t>(std::lower_bound(g.sites.begin(), g.sites.end(), site) - g.sites.begin())];
  }
  std::int64_t load_of(std::size_t group, std::int32_t site) {
    const Group& g = groups_[group];
    return std::binary_search(g.sites.begin(), g.sites.end(), site) ? load(group, site) : 0;
  }

  std::int64_t move(std::size_t group, std::int32_t end, const std::vector<std::optional<Step>>& reached,
                    std::int64_t most) {
    std::int64_t amount = std::min(most, left_[at(end)]);
    for (std::int32_t j = end; reached[at(j)]->group >= 0; j = reached[at(j)]->from)
      amount = std::min(amount, load(static_cast<std::size_t>(reached[at(j)]->group), reached[at(j)]->from));
    left_[at(end)] -= amount;
    std::int32_t j = end;
    for (; reached[at(j)]->group >= 0; j = reached[at(j)]->from) {
      const auto through = static_cast<std::size_t>(reached[at(j)]->group);
      load(through, j) += amount;
      load(through, reached[at(j)]->from) -= amount;
    }
    load(group, j) += amount;
    return amount;
  }

  std::vector<std::int64_t> left_{};  ///< [chosen]
  std::vector<Group> groups_{};
  std::map<std::vector<std::int32_t>, std::size_t> index_{};
};

/// [row] weight in all targets, each as a share of what it asks for.
std::vector<double> urgency(const CoverProblem& problem) {
  std::vector<double> out(problem.rows(), 0.0);
  for (const CoverTarget& target : problem.targets) {
    const std::int64_t all = std::accumulate(target.weights.begin(), target.weights.end(), std::int64_t{0});
    const std::int64_t asked = target.least > 0 ? target.least : all;
    for (std::size_t k = 0; k < target.rows.size() && asked > 0; ++k)
      out[at(target.rows[k])] += static_cast<double>(target.weights[k]) / static_cast<double>(asked);
  }
  return out;
}

}  // namespace

std::vector<std::int64_t> carried(const CoverProblem& problem, std::span<const std::int32_t> chosen) {
  std::vector<std::int32_t> place(problem.sites.size(), -1);
  for (std::size_t k = 0; k < chosen.size(); ++k) place[at(chosen[k])] = static_cast<std::int32_t>(k);
  const std::vector<double> urgent = urgency(problem);
  std::vector<std::int32_t> order;
  for (std::size_t i = 0; i < problem.rows(); ++i)
    if (problem.capacity.demand[i] > 0 && urgent[i] > 0.0) order.push_back(static_cast<std::int32_t>(i));
  const auto first = [&](std::int32_t a, std::int32_t b) {
    return urgent[at(a)] / static_cast<double>(problem.capacity.demand[at(a)]) >
           urgent[at(b)] / static_cast<double>(problem.capacity.demand[at(b)]);
  };
  std::stable_sort(order.begin(), order.end(), first);
  Assignment assignment(problem, chosen);
  std::vector<std::int64_t> out(problem.rows(), 0);
  std::vector<std::int32_t> sites;
  for (const std::int32_t i : order) {
    sites.clear();
    for (const std::int32_t j : problem.sites_of(at(i)))
      if (place[at(j)] >= 0) sites.push_back(place[at(j)]);
    if (static_cast<int>(sites.size()) < problem.wanted_of(at(i))) continue;
    std::sort(sites.begin(), sites.end());
    out[at(i)] = assignment.carry(sites, problem.capacity.demand[at(i)]);
  }
  return out;
}

std::vector<std::int64_t> carried_weights(const CoverProblem& problem, std::span<const std::int32_t> chosen) {
  const std::vector<std::int64_t> amount = carried(problem, chosen);
  CoverProblem free = problem;
  free.capacity = {};
  std::vector<char> is_chosen(problem.sites.size(), 0);
  for (const std::int32_t j : chosen) is_chosen[at(j)] = 1;
  std::vector<std::int64_t> out;
  for (const CoverTarget& target : problem.targets) {
    std::int64_t whole = 0;
    double parts = 0.0;
    for (std::size_t k = 0; k < target.rows.size(); ++k) {
      const std::size_t i = at(target.rows[k]);
      const std::int64_t demand = problem.capacity.demand[i];
      if (demand == amount[i] && demand > 0) {
        whole += target.weights[k];
      } else if (demand == 0) {
        int count = 0;
        for (const std::int32_t j : problem.sites_of(i)) count += is_chosen[at(j)];
        whole += count >= problem.wanted_of(i) ? target.weights[k] : 0;
      } else {
        parts += static_cast<double>(target.weights[k]) *
                 (static_cast<double>(amount[i]) / static_cast<double>(demand));
      }
    }
    out.push_back(whole + static_cast<std::int64_t>(std::floor(parts + 1e-9 * std::max(1.0, parts))));
  }
  return out;
}

namespace {

constexpr std::size_t kExactTerms = 20'000;  ///< sites of rows up to which the solver has a column for each

/// The same without capacities, but that no site brings more to a target than it can carry: a target more, of a
/// row for each site.
CoverProblem relaxed_problem(const CoverProblem& problem) {
  CoverProblem out = problem;
  out.capacity = {};
  Lists rows;
  rows.starts = problem.row_starts;
  rows.items = problem.row_sites;
  rows = rows.turned(problem.sites.size());
  const std::size_t first = out.rows();
  for (std::size_t j = 0; j < problem.sites.size(); ++j) {
    const auto site = static_cast<std::int32_t>(j);
    out.add_row({&site, 1});
  }
  if (!out.wanted.empty()) out.wanted.resize(out.rows(), 1);
  std::vector<std::int64_t> weight(problem.rows());
  const std::size_t targets = problem.targets.size();
  for (std::size_t t = 0; t < targets; ++t) {
    const CoverTarget& target = problem.targets[t];
    if (target.least == 0) continue;
    std::fill(weight.begin(), weight.end(), std::int64_t{0});
    for (std::size_t k = 0; k < target.rows.size(); ++k) weight[at(target.rows[k])] = target.weights[k];
    CoverTarget carries{.rows = {}, .weights = {}, .least = target.least};
    std::int64_t sum = 0;
    for (std::size_t j = 0; j < problem.sites.size(); ++j) {
      std::vector<std::int32_t> order(rows[j].begin(), rows[j].end());
      const auto ratio = [&](std::int32_t i) {
        return static_cast<double>(weight[at(i)]) /
               static_cast<double>(std::max<std::int64_t>(1, problem.capacity.demand[at(i)]));
      };
      std::stable_sort(order.begin(), order.end(),
                       [&](std::int32_t a, std::int32_t b) { return ratio(a) > ratio(b); });
      double most = 0.0;
      auto left = static_cast<double>(problem.capacity.carries[j]);
      for (const std::int32_t i : order) {
        const auto demand = static_cast<double>(problem.capacity.demand[at(i)]);
        const double share = demand <= left ? 1.0 : std::max(0.0, left) / demand;
        most += share * static_cast<double>(weight[at(i)]);
        left -= demand;
      }
      const std::int64_t bring = std::min(target.least, static_cast<std::int64_t>(std::ceil(most * (1.0 + 1e-9))));
      carries.rows.push_back(static_cast<std::int32_t>(first + j));
      carries.weights.push_back(std::min(bring, kCoverSumLimit - sum));
      sum += carries.weights.back();
    }
    out.targets.push_back(std::move(carries));
  }
  return out;
}

/// Targets reached, each as a share; and the counted weight.
struct Reach {
  double share = 0.0;
  std::int64_t weight = 0;
};

Reach reach_of(const CoverProblem& problem, const std::vector<std::int32_t>& chosen) {
  const std::vector<std::int64_t> covered = carried_weights(problem, chosen);
  Reach out;
  for (std::size_t t = 0; t < covered.size(); ++t)
    if (problem.targets[t].least > 0)
      out.share += std::min(1.0, static_cast<double>(covered[t]) / static_cast<double>(problem.targets[t].least));
  if (problem.goal == CoverGoal::most_weight) out.weight = covered[problem.counted];
  return out;
}

/// Limits and exclusions, whatever is covered.
bool may_be(const CoverProblem& problem, const std::vector<std::int32_t>& chosen) {
  CoverProblem open = problem;
  open.capacity = {};
  for (CoverTarget& target : open.targets) target.least = 0;
  return is_allowed(open, chosen);
}

/// Adds what brings most for its price, until nothing is missing (or, for most_weight, nothing more fits).
std::vector<std::int32_t> completed(const CoverProblem& problem, std::vector<std::int32_t> chosen) {
  CoverProblem bare = problem;  // without rows: quick to ask
  for (CoverTarget& target : bare.targets) target = {};
  bare.row_starts = {0};
  bare.row_sites.clear();
  bare.wanted.clear();
  bare.capacity = {};
  const bool most = problem.goal == CoverGoal::most_weight;
  for (Reach now = reach_of(problem, chosen);;) {
    const bool reached = is_allowed(problem, chosen);
    if (reached && !most) return chosen;
    std::int32_t best = -1;
    double best_ratio = 0.0;
    Reach best_reach;
    for (std::size_t j = 0; j < problem.sites.size(); ++j) {
      const auto site = static_cast<std::int32_t>(j);
      if (problem.sites[j].state != CoverState::open ||
          std::find(chosen.begin(), chosen.end(), site) != chosen.end())
        continue;
      std::vector<std::int32_t> with = chosen;
      with.push_back(site);
      if (!is_allowed(bare, with)) continue;
      const Reach reach = reach_of(problem, with);
      const double gain = reached ? static_cast<double>(reach.weight - now.weight) : reach.share - now.share;
      double price = most ? 0.0 : static_cast<double>(problem.sites[j].cost);
      for (const CoverLimit& limit : problem.limits)
        if (most && limit.most > 0)
          price += static_cast<double>(limit.amounts[j]) / static_cast<double>(limit.most);
      const double ratio = gain / std::max(price, 1e-9);
      if (gain <= 1e-12 || ratio <= best_ratio) continue;
      best = site;
      best_ratio = ratio;
      best_reach = reach;
    }
    if (best < 0) return chosen;
    chosen.push_back(best);
    now = best_reach;
  }
}

std::int64_t goal_of(const CoverProblem& problem, const std::vector<std::int32_t>& chosen) {
  return problem.goal == CoverGoal::least_cost ? cost_of(problem, chosen)
                                               : -carried_weights(problem, chosen)[problem.counted];
}

/// Without sites that are not needed, the dearest first; then one site less and completed anew, while that is
/// better.
std::vector<std::int32_t> improved(const CoverProblem& problem, std::vector<std::int32_t> chosen,
                                   std::int64_t work) {
  const auto slim = [&](std::vector<std::int32_t> from) {
    std::vector<std::int32_t> order = from;
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
      return problem.sites[at(a)].cost > problem.sites[at(b)].cost;
    });
    const std::int64_t before = goal_of(problem, from);
    for (const std::int32_t j : order) {
      std::vector<std::int32_t> rest = from;
      rest.erase(std::find(rest.begin(), rest.end(), j));
      if (is_allowed(problem, rest) && goal_of(problem, rest) <= before) from = rest;
    }
    return from;
  };
  chosen = slim(std::move(chosen));
  const auto once = static_cast<std::int64_t>(problem.row_sites.size() * problem.sites.size() + 1);
  for (bool better = true; better && work > 0;) {
    better = false;
    for (const std::int32_t out : std::vector<std::int32_t>(chosen)) {
      if (problem.sites[at(out)].state == CoverState::chosen || work <= 0) continue;
      CoverProblem without = problem;
      without.sites[at(out)].state = CoverState::barred;
      std::vector<std::int32_t> rest = chosen;
      rest.erase(std::find(rest.begin(), rest.end(), out));
      rest = completed(without, std::move(rest));
      work -= once;
      if (!is_allowed(problem, rest)) continue;
      rest = slim(std::move(rest));
      if (goal_of(problem, rest) >= goal_of(problem, chosen)) continue;
      chosen = rest;
      better = true;
      break;
    }
  }
  return chosen;
}

/// A column for each site, and for each row and site the share of the row that it carries.
class Program {
 public:
  explicit Program(const CoverProblem& problem) : problem_(problem) {
    scale_ = 1.0;
    const bool most = problem.goal == CoverGoal::most_weight;
    std::int64_t largest = 0;
    for (const CoverSite& site : problem.sites) largest = std::max(largest, site.cost);
    if (!most) scale_ = std::max(1.0, static_cast<double>(largest) / 1e5);
    for (const CoverSite& site : problem.sites)
      milp_.add({.lower = site.state == CoverState::chosen ? 1.0 : 0.0,
                 .upper = site.state == CoverState::barred ? 0.0 : 1.0,
                 .cost = most ? 0.0 : static_cast<double>(site.cost) / scale_,
                 .integer = true});
    add_rows();
    add_targets();
    add_sites();
  }
  [[nodiscard]] const MilpProblem& milp() const noexcept { return milp_; }
  [[nodiscard]] double scale() const noexcept { return scale_; }

 private:
  void add_rows() {
    load_.resize(problem_.sites.size());
    std::vector<MilpTerm> terms;
    for (std::size_t i = 0; i < problem_.rows(); ++i) {
      const int wanted = problem_.wanted_of(i);
      const auto sites = problem_.sites_of(i);
      const std::int32_t covered = milp_.add({.upper = 1.0, .integer = wanted > 1});
      std::vector<MilpTerm> shares;
      for (const std::int32_t j : sites) {
        const std::int32_t share = milp_.add({.upper = 1.0});
        shares.push_back({share, 1.0});
        milp_.add_row(0.0, std::vector<MilpTerm>{{j, 1.0}, {share, -1.0}}, kMilpInfinity);
        if (problem_.capacity.demand[i] > 0)
          load_[at(j)].push_back({share, -static_cast<double>(problem_.capacity.demand[i])});
      }
      terms.clear();
      for (const std::int32_t j : sites) terms.push_back({j, 1.0});
      terms.push_back({covered, -static_cast<double>(wanted)});
      // Of rows that want one, the shares say the same.
      if (wanted > 1) milp_.add_row(0.0, terms, kMilpInfinity);
      // What is carried: a share of its own where several are wanted, since `covered` is whole then.
      std::int32_t carried = covered;
      if (wanted > 1) {
        carried = milp_.add({.upper = 1.0});
        milp_.add_row(0.0, std::vector<MilpTerm>{{covered, 1.0}, {carried, -1.0}}, kMilpInfinity);
      }
      shares.push_back({carried, -1.0});
      milp_.add_row(0.0, shares, 0.0);
      carried_.push_back(carried);
    }
  }
  void add_targets() {
    for (std::size_t t = 0; t < problem_.targets.size(); ++t) {
      const CoverTarget& target = problem_.targets[t];
      const bool counted = problem_.goal == CoverGoal::most_weight && t == problem_.counted;
      std::vector<MilpTerm> terms;
      double all = 0.0;
      for (std::size_t k = 0; k < target.rows.size(); ++k) {
        if (target.weights[k] == 0) continue;
        terms.push_back({carried_[at(target.rows[k])], static_cast<double>(target.weights[k])});
        all += terms.back().factor;
      }
      if (counted) {
        scale_ = std::max(1.0, all / 1e5);
        for (const MilpTerm& term : terms) milp_.columns[at(term.column)].cost -= term.factor / scale_;
      }
      if (target.least == 0) continue;
      const auto least = static_cast<double>(target.least);
      for (MilpTerm& term : terms) term.factor /= least;
      milp_.add_row(1.0, terms, kMilpInfinity);
    }
  }
  void add_sites() {
    for (std::size_t j = 0; j < load_.size(); ++j) {
      std::vector<MilpTerm> terms = load_[j];
      if (terms.empty()) continue;
      double most = static_cast<double>(problem_.capacity.carries[j]);
      for (const MilpTerm& term : terms) most = std::max(most, -term.factor);
      terms.push_back({static_cast<std::int32_t>(j), static_cast<double>(problem_.capacity.carries[j])});
      for (MilpTerm& term : terms) term.factor /= std::max(1.0, most);
      std::erase_if(terms, [](const MilpTerm& term) { return term.factor == 0.0; });
      milp_.add_row(0.0, terms, kMilpInfinity);
    }
    for (const CoverLimit& limit : problem_.limits) {
      std::vector<MilpTerm> terms;
      const double unit = std::max(1.0, static_cast<double>(limit.most));
      for (std::size_t j = 0; j < limit.amounts.size(); ++j)
        if (limit.amounts[j] > 0)
          terms.push_back({static_cast<std::int32_t>(j), static_cast<double>(limit.amounts[j]) / unit});
      milp_.add_row(-kMilpInfinity, terms, static_cast<double>(limit.most) / unit);
    }
    for (const std::vector<std::int32_t>& group : problem_.exclusive) {
      std::vector<MilpTerm> terms;
      for (const std::int32_t j : group) terms.push_back({j, 1.0});
      milp_.add_row(-kMilpInfinity, terms, 1.0);
    }
  }

  const CoverProblem& problem_;
  double scale_ = 1.0;
  MilpProblem milp_{};
  std::vector<std::int32_t> carried_{};        ///< [row] column
  std::vector<std::vector<MilpTerm>> load_{};  ///< [site]
};

/// A least cost below which nothing is, or a weight above which: bound of the solver's in whole units.
std::int64_t whole(double bound) {
  return static_cast<std::int64_t>(std::ceil(bound - 1e-6 - 1e-9 * std::abs(bound)));
}

}  // namespace

CoverChoice solve_capacitated(const CoverProblem& problem, const CoverOptions& options) {
  const bool least = problem.goal == CoverGoal::least_cost;
  const CoverProblem free = relaxed_problem(problem);
  CoverChoice out = solve_cover(free, options);
  out.covered.resize(problem.targets.size());
  std::erase_if(out.missing, [&](const CoverMissing& m) { return m.target >= problem.targets.size(); });
  out.greedy_value = -1;
  out.greedy_guarantee = 0.0;
  const bool none = out.status == CoverStatus::infeasible || out.status == CoverStatus::out_of_reach;
  if (none) {
    // Of a target that only capacities leave out of reach, the relaxation's own row says so.
    if (out.status == CoverStatus::out_of_reach && out.missing.empty()) out.status = CoverStatus::infeasible;
    out.covered = carried_weights(problem, out.chosen);
    if (!least) out.value = out.covered[problem.counted];
    return out;
  }
  std::int64_t bound = least ? out.bound : -out.bound;
  std::optional<std::vector<std::int32_t>> best;
  const auto offer = [&](std::vector<std::int32_t> chosen) {
    std::sort(chosen.begin(), chosen.end());
    if (is_allowed(problem, chosen) && (!best || goal_of(problem, chosen) < goal_of(problem, *best)))
      best = std::move(chosen);
  };
  std::vector<std::int32_t> beforehand;
  for (std::size_t j = 0; j < problem.sites.size(); ++j)
    if (problem.sites[j].state == CoverState::chosen) beforehand.push_back(static_cast<std::int32_t>(j));
  for (const std::vector<std::int32_t>& start : {out.chosen, beforehand, options.start}) {
    if (!may_be(problem, start)) continue;
    std::vector<std::int32_t> chosen = completed(problem, start);
    if (is_allowed(problem, chosen)) offer(improved(problem, std::move(chosen), options.exchange_work));
  }
  bool impossible = false;
  const bool proved = best && bound == goal_of(problem, *best);
  if (!proved && options.nodes > 0 && problem.row_sites.size() <= kExactTerms) {
    const Program program(problem);
    const MilpSolution solution = solve_milp(program.milp(), {.nodes = options.nodes, .seconds = options.seconds});
    impossible = solution.status == MilpStatus::infeasible;
    if (!impossible && std::isfinite(solution.bound))
      bound = std::max(bound, whole(solution.bound * program.scale()));
    std::vector<std::int32_t> chosen;
    for (std::size_t j = 0; j < problem.sites.size() && !solution.values.empty(); ++j)
      if (solution.values[j] > 0.5) chosen.push_back(static_cast<std::int32_t>(j));
    if (!solution.values.empty()) {
      offer(chosen);
      if (may_be(problem, chosen)) {
        chosen = completed(problem, std::move(chosen));
        if (is_allowed(problem, chosen)) offer(improved(problem, std::move(chosen), options.exchange_work));
      }
    }
  }
  if (!best) {
    out.status = impossible ? CoverStatus::infeasible : CoverStatus::unknown;
    out.bound = 0;
    out.covered = carried_weights(problem, out.chosen);
    if (!least) out.value = out.covered[problem.counted];
    return out;
  }
  out.chosen = std::move(*best);
  out.cost = cost_of(problem, out.chosen);
  out.covered = carried_weights(problem, out.chosen);
  out.value = least ? out.cost : out.covered[problem.counted];
  bound = std::min(bound, least ? out.value : -out.value);
  out.bound = least ? bound : -bound;
  out.status = out.bound == out.value ? CoverStatus::optimal : CoverStatus::feasible;
  return out;
}

}  // namespace amaneku::cover
