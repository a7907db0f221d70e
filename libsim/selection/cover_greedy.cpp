#include "libsim/selection/cover_greedy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace amaneku::cover {
namespace {

/// The one that brings most for its price, of equal ones the lowest; -1 where none brings anything.
template <typename Brings, typename Price>
std::ptrdiff_t best_site(const State& state, const GreedyRule& rule, Brings brings, Price price) {
  std::ptrdiff_t best = -1;
  double best_ratio = 0.0;
  for (std::size_t j = 0; j < state.core().site_count(); ++j) {
    if (state.has(j) || (!rule.without.empty() && rule.without[j] != 0)) continue;
    const double brought = brings(j);
    if (brought <= 0.0 || !state.fits(j)) continue;
    const double paid = price(j) * (rule.factor.empty() ? 1.0 : rule.factor[j]);
    const double ratio = paid > 0.0 ? brought / paid : std::numeric_limits<double>::infinity();
    if (ratio > best_ratio) {
      best_ratio = ratio;
      best = static_cast<std::ptrdiff_t>(j);
    }
  }
  return best;
}

/// What a site takes of the budgets: of one its amount, of several its share of each.
double budget_price(const Core& core, std::size_t site) {
  if (core.limits.empty()) return 0.0;
  if (core.limits.size() == 1) return static_cast<double>(core.limits[0].amounts[site]);
  double sum = 0.0;
  for (const CoverLimit& limit : core.limits)
    if (limit.amounts[site] > 0) sum += static_cast<double>(limit.amounts[site]) / static_cast<double>(limit.most);
  return sum;
}

double price_of(const Core& core, std::size_t site) {
  return core.goal == CoverGoal::least_cost ? static_cast<double>(core.cost[site]) : budget_price(core, site);
}

/// The next site, or -1.
std::ptrdiff_t next_site(const State& state, const GreedyRule& rule) {
  const Core& core = state.core();
  const auto price = [&](std::size_t j) { return rule.by_weight ? 1.0 : price_of(core, j); };
  if (!state.reached())
    return best_site(
        state, rule, [&](std::size_t j) { return state.progress(j); }, price);
  if (core.goal == CoverGoal::least_cost) return -1;
  return best_site(
      state, rule, [&](std::size_t j) { return state.gain(j); }, price);
}

/// Chosen sites, the dearest first.
std::vector<std::int32_t> by_price(const State& state) {
  std::vector<std::int32_t> order = state.chosen();
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    return state.core().cost[at(a)] > state.core().cost[at(b)];
  });
  return order;
}

void leave_out(State& state) {
  const bool cheapest = state.core().goal == CoverGoal::least_cost;
  for (const std::int32_t j : by_price(state))
    if (cheapest ? state.needless(at(j)) : state.adds_nothing(at(j))) state.remove(at(j));
}

/// Parts of rows count, so that the greedy has its guarantee, only where all rows want one site; exclusions and
/// limits besides leave none.
bool is_plain(const Core& core) {
  const bool single = std::all_of(core.wanted.begin(), core.wanted.end(), [](std::uint8_t w) { return w == 1; });
  return single && core.exclusive.empty();
}

/// Targets that are not reached, each as a share of what it asks for; of one the weight.
double missing_of(const State& state) {
  const Core& core = state.core();
  double sum = 0.0;
  for (std::size_t t = 0; t < core.targets.size(); ++t) {
    const std::int64_t missing = std::max<std::int64_t>(0, core.targets[t].least - state.covered(t));
    sum += core.targets.size() == 1 ? static_cast<double>(missing)
                                    : static_cast<double>(missing) / static_cast<double>(core.targets[t].least);
  }
  return sum;
}

/// Wolsey 1982: at every step, all that is missing costs at least its share of the best price; so the whole costs
/// 1 + ln(missing at first / missing before the last step) times the least at most.
Greedy greedy_cost(const Core& core) {
  Greedy out;
  State state(core);
  double first = 0.0;
  double last = 0.0;
  double bound = 0.0;
  while (!state.reached()) {
    const std::ptrdiff_t next = next_site(state, {});
    if (next < 0) return out;
    const auto j = static_cast<std::size_t>(next);
    last = missing_of(state);
    if (out.chosen.empty()) first = last;
    bound = std::max(bound, static_cast<double>(core.cost[j]) * last / state.progress(j));
    state.add(j);
    out.chosen.push_back(static_cast<std::int32_t>(next));
  }
  out.found = true;
  out.value = core.settled_cost + state.cost();
  out.bound = core.settled_cost;
  if (is_plain(core) && core.limits.empty()) {
    out.guarantee = out.chosen.empty() ? 1.0 : 1.0 + std::log(first / last);
    out.bound += static_cast<std::int64_t>(std::ceil(bound * (1.0 - 1e-9) - 1e-6));
  }
  return out;
}

/// How many sites a limit of equal amounts lets in; -1 where there is no such limit.
std::int64_t count_limit(const Core& core) {
  if (core.limits.size() != 1 || core.site_count() == 0) return -1;
  const std::vector<std::int64_t>& amounts = core.limits[0].amounts;
  const std::int64_t amount = amounts.front();
  if (amount == 0 || std::any_of(amounts.begin(), amounts.end(), [&](std::int64_t a) { return a != amount; }))
    return -1;
  return core.limits[0].most / amount;
}

/// Nemhauser, Wolsey and Fisher 1978 for a number of sites, Khuller, Moss and Naor 1999 for a budget.
double weight_guarantee(const Core& core) {
  const auto asks = [&](std::size_t t) { return core.targets[t].least > core.targets[t].covered; };
  for (std::size_t t = 0; t < core.targets.size(); ++t)
    if (asks(t)) return 0.0;
  if (!is_plain(core) || core.limits.size() > 1) return 0.0;
  if (core.limits.empty()) return 1.0;
  const std::int64_t sites = count_limit(core);
  if (sites < 0) return 0.5 * (1.0 - std::exp(-1.0));
  if (sites == 0) return 1.0;
  return 1.0 - std::pow(1.0 - 1.0 / static_cast<double>(sites), static_cast<double>(sites));
}

Greedy greedy_weight(const Core& core) {
  Greedy out;
  State state(core);
  for (std::ptrdiff_t next = next_site(state, {}); next >= 0; next = next_site(state, {})) {
    state.add(static_cast<std::size_t>(next));
    out.chosen.push_back(static_cast<std::int32_t>(next));
  }
  out.found = state.reached();
  out.value = state.weight();
  out.guarantee = weight_guarantee(core);
  // Of sites at different prices, one alone may be worth more than all that are cheap for what they bring.
  State single(core);
  const std::ptrdiff_t best = best_site(
      single, {}, [&](std::size_t j) { return single.gain(j); }, [](std::size_t) { return 1.0; });
  if (best < 0) return out;
  single.add(static_cast<std::size_t>(best));
  if (!single.reached() || (out.found && single.weight() <= out.value)) return out;
  out.found = true;
  out.value = single.weight();
  out.chosen = {static_cast<std::int32_t>(best)};
  return out;
}

}  // namespace

bool complete(State& state, const GreedyRule& rule) {
  const auto looked_at = static_cast<std::int64_t>(state.core().site_count() * state.core().targets.size());
  for (std::ptrdiff_t next = next_site(state, rule); next >= 0; next = next_site(state, rule)) {
    state.add(static_cast<std::size_t>(next));
    state.spend(looked_at);
  }
  state.spend(looked_at);
  leave_out(state);
  return state.reached();
}

Greedy greedy(const Core& core) {
  return core.goal == CoverGoal::least_cost ? greedy_cost(core) : greedy_weight(core);
}

}  // namespace amaneku::cover
