#include "libsim/selection/p_median.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "libsim/selection/milp.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr std::int64_t kMostCost = std::int64_t{1} << 53U;

void need(bool right, const char* what) {
  if (!right) throw InternalError(what);
}

void check(const PMedianProblem& p) {
  need(p.open >= 1 && p.open <= p.places, "places to choose: none, or more than there are");
  need(p.weight.size() == p.clients && p.distance.size() == p.clients * p.places,
       "clients and places of other sizes");
  double most = 0.0;
  for (std::size_t i = 0; i < p.clients; ++i) {
    need(p.weight[i] >= 0, "a client of negative weight");
    std::int64_t farthest = 0;
    for (std::size_t j = 0; j < p.places; ++j) {
      need(p.distance[i * p.places + j] >= 0, "a negative distance");
      farthest = std::max(farthest, p.distance[i * p.places + j]);
    }
    most += static_cast<double>(p.weight[i]) * static_cast<double>(farthest);
  }
  need(most < static_cast<double>(kMostCost), "distances of all clients beyond 2^53");
}

/// What client i costs at place j.
std::int64_t cost_at(const PMedianProblem& p, std::size_t client, std::size_t place) {
  return p.weight[client] * p.distance[client * p.places + place];
}

/// Nearest and second nearest chosen place of each client.
struct Nearest {
  std::vector<std::size_t> first{};
  std::vector<std::int64_t> first_cost{};
  std::vector<std::int64_t> second_cost{};
};

Nearest nearest_of(const PMedianProblem& p, const std::vector<std::size_t>& open) {
  Nearest out{std::vector<std::size_t>(p.clients), std::vector<std::int64_t>(p.clients, kMostCost),
              std::vector<std::int64_t>(p.clients, kMostCost)};
  for (std::size_t i = 0; i < p.clients; ++i)
    for (const std::size_t j : open) {
      const std::int64_t cost = cost_at(p, i, j);
      if (cost < out.first_cost[i]) {
        out.second_cost[i] = out.first_cost[i];
        out.first_cost[i] = cost;
        out.first[i] = j;
      } else {
        out.second_cost[i] = std::min(out.second_cost[i], cost);
      }
    }
  return out;
}

std::int64_t cost_of(const PMedianProblem& p, const std::vector<std::size_t>& open) {
  const Nearest nearest = nearest_of(p, open);
  return std::accumulate(nearest.first_cost.begin(), nearest.first_cost.end(), std::int64_t{0});
}

/// One place after the other, each that lowers the sum most.
std::vector<std::size_t> greedy(const PMedianProblem& p) {
  std::vector<std::size_t> open;
  std::vector<std::int64_t> now(p.clients, kMostCost);
  std::vector<char> is_open(p.places, 0);
  while (open.size() < p.open) {
    double best_sum = 0.0;
    std::size_t best = p.places;
    for (std::size_t j = 0; j < p.places; ++j) {
      if (is_open[j] != 0) continue;
      double sum = 0.0;
      for (std::size_t i = 0; i < p.clients; ++i) sum += static_cast<double>(std::min(now[i], cost_at(p, i, j)));
      if (best < p.places && sum >= best_sum) continue;
      best_sum = sum;
      best = j;
    }
    open.push_back(best);
    is_open[best] = 1;
    for (std::size_t i = 0; i < p.clients; ++i) now[i] = std::min(now[i], cost_at(p, i, best));
  }
  return open;
}

struct Exchange {
  std::int64_t gain = 0;
  std::size_t out = 0;  ///< index into the chosen places
  std::size_t in = 0;   ///< place
};

/// The exchange that gains most: for each place that comes, what every chosen one would leave behind is added up
/// in one pass over the clients.
Exchange best_exchange(const PMedianProblem& p, const std::vector<std::size_t>& open) {
  const Nearest nearest = nearest_of(p, open);
  std::vector<std::size_t> slot(p.places, p.places);
  for (std::size_t k = 0; k < open.size(); ++k) slot[open[k]] = k;
  Exchange best;
  std::vector<std::int64_t> loss(open.size());
  for (std::size_t j = 0; j < p.places; ++j) {
    if (slot[j] < p.places) continue;
    std::fill(loss.begin(), loss.end(), std::int64_t{0});
    std::int64_t gain = 0;
    for (std::size_t i = 0; i < p.clients; ++i) {
      const std::int64_t cost = cost_at(p, i, j);
      if (cost < nearest.first_cost[i])
        gain += nearest.first_cost[i] - cost;
      else
        loss[slot[nearest.first[i]]] += std::min(cost, nearest.second_cost[i]) - nearest.first_cost[i];
    }
    const auto least = std::min_element(loss.begin(), loss.end());
    if (gain - *least > best.gain) best = {gain - *least, static_cast<std::size_t>(least - loss.begin()), j};
  }
  return best;
}

void exchange_all(const PMedianProblem& p, std::vector<std::size_t>& open) {
  for (Exchange best = best_exchange(p, open); best.gain > 0; best = best_exchange(p, open))
    open[best.out] = best.in;
}

/// Prices of the clients, and what they prove.
struct Prices {
  std::vector<double> price{};
  double bound = -kMilpInfinity;
  std::vector<double> saving{};  ///< per place: what serving from it changes, <= 0
};

/// The bound that prices give: every client may be left unserved at its price; the `open` places that save most.
Prices relaxed(const PMedianProblem& p, std::vector<double> price) {
  Prices out{std::move(price), 0.0, std::vector<double>(p.places, 0.0)};
  for (std::size_t i = 0; i < p.clients; ++i) {
    out.bound += out.price[i];
    for (std::size_t j = 0; j < p.places; ++j)
      out.saving[j] += std::min(0.0, static_cast<double>(cost_at(p, i, j)) - out.price[i]);
  }
  std::vector<double> sorted = out.saving;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(p.open - 1), sorted.end());
  for (std::size_t k = 0; k < p.open; ++k) out.bound += sorted[k];
  return out;
}

/// Places in order of their savings, of equal ones the lowest first.
std::vector<std::size_t> by_saving(const Prices& prices) {
  std::vector<std::size_t> order(prices.saving.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return prices.saving[a] < prices.saving[b]; });
  return order;
}

/// Subgradient ascent (Held, Wolfe and Crowder 1974). Improves `open` where its choices lead to better places.
Prices ascend(const PMedianProblem& p, std::vector<std::size_t>& open, std::int32_t steps) {
  const Nearest nearest = nearest_of(p, open);
  std::vector<double> price;
  for (const std::int64_t cost : nearest.second_cost)
    price.push_back(static_cast<double>(cost < kMostCost ? cost : 0));
  std::int64_t value = cost_of(p, open);
  Prices best = relaxed(p, price);
  Prices now = best;
  double scale = 1.0;
  int idle = 0;
  for (std::int32_t step = 0; step < steps && static_cast<double>(value) - best.bound >= 1.0; ++step) {
    const std::vector<std::size_t> order = by_saving(now);
    std::vector<std::size_t> chosen(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(p.open));
    if (cost_of(p, chosen) < value) {
      exchange_all(p, chosen);
      open = chosen;
      value = cost_of(p, open);
    }
    std::vector<double> slope(p.clients, 1.0);
    double norm = 0.0;
    for (std::size_t i = 0; i < p.clients; ++i) {
      for (std::size_t k = 0; k < p.open; ++k)
        if (static_cast<double>(cost_at(p, i, order[k])) < now.price[i]) slope[i] -= 1.0;
      norm += slope[i] * slope[i];
    }
    if (norm == 0.0) break;
    const double length = scale * (1.02 * static_cast<double>(value) - now.bound) / norm;
    std::vector<double> next = now.price;
    for (std::size_t i = 0; i < p.clients; ++i) next[i] = std::max(0.0, next[i] + length * slope[i]);
    now = relaxed(p, std::move(next));
    idle = now.bound > best.bound ? 0 : idle + 1;
    if (now.bound > best.bound) best = now;
    if (idle < 15) continue;
    idle = 0;
    scale *= 0.6;
    now = best;
  }
  return best;
}

enum class Settled : char { no, open, closed };

/// A place without which, or with which, the bound would pass the value is in, or out of, whatever is better.
std::vector<Settled> settled_places(const PMedianProblem& p, const Prices& prices, std::int64_t value) {
  std::vector<Settled> out(p.places, Settled::no);
  if (p.open == p.places) return out;
  const std::vector<std::size_t> order = by_saving(prices);
  const double last_in = prices.saving[order[p.open - 1]];
  const double first_out = prices.saving[order[p.open]];
  // Only answers of at least one less are looked for; the rest is for the rounding of sums.
  const double room = static_cast<double>(value) - 1.0 + 1e-6 * static_cast<double>(value) - prices.bound;
  for (std::size_t k = 0; k < p.places; ++k) {
    const double saving = prices.saving[order[k]];
    if (k < p.open && first_out - saving > room) out[order[k]] = Settled::open;
    if (k >= p.open && saving - last_in > room) out[order[k]] = Settled::closed;
  }
  return out;
}

/// Columns of places, and of one client's steps: 1 where no place as near as that is open (Elloumi 2010).
class Steps {
 public:
  Steps(const PMedianProblem& p, const std::vector<Settled>& settled) : p_(p), settled_(settled) {
    std::vector<MilpTerm> all;
    for (std::size_t j = 0; j < p.places; ++j) {
      const double lower = settled[j] == Settled::open ? 1.0 : 0.0;
      const double upper = settled[j] == Settled::closed ? 0.0 : 1.0;
      all.push_back({milp_.add({.lower = lower, .upper = upper, .integer = true}), 1.0});
    }
    milp_.add_row(static_cast<double>(p.open), all, static_cast<double>(p.open));
    for (std::size_t i = 0; i < p.clients; ++i)
      if (p.weight[i] > 0) add_client(i);
  }
  [[nodiscard]] const MilpProblem& milp() const noexcept { return milp_; }
  /// What all clients pay whatever is chosen.
  [[nodiscard]] std::int64_t base() const noexcept { return base_; }

  [[nodiscard]] std::vector<double> values_of(const std::vector<std::size_t>& open) const {
    std::vector<double> values(milp_.columns.size(), 0.0);
    for (const std::size_t j : open) values[j] = 1.0;
    for (const Step& step : steps_) {
      const auto reaches = [&](std::size_t j) { return cost_at(p_, step.client, j) <= step.cost; };
      values[static_cast<std::size_t>(step.column)] = std::none_of(open.begin(), open.end(), reaches) ? 1.0 : 0.0;
    }
    return values;
  }

 private:
  struct Step {
    std::size_t client;
    std::int64_t cost;
    std::int32_t column;
  };

  void add_client(std::size_t client) {
    std::map<std::int64_t, std::vector<std::size_t>> at_cost;
    for (std::size_t j = 0; j < p_.places; ++j)
      if (settled_[j] != Settled::closed) at_cost[cost_at(p_, client, j)].push_back(j);
    base_ += at_cost.begin()->first;
    std::int32_t before = -1;
    std::size_t passed = 0;
    std::size_t usable = 0;
    for (const auto& [cost, places] : at_cost) usable += places.size();
    for (auto here = at_cost.begin(); std::next(here) != at_cost.end(); ++here) {
      passed += here->second.size();
      const bool certain = std::any_of(here->second.begin(), here->second.end(),
                                       [&](std::size_t j) { return settled_[j] == Settled::open; });
      // Of fewer places than are to be chosen, not all can be farther.
      if (certain || usable - passed < p_.open) return;
      const auto rise = static_cast<double>(std::next(here)->first - here->first);
      const std::int32_t column = milp_.add({.upper = 1.0, .cost = rise});
      std::vector<MilpTerm> row = {{column, 1.0}};
      for (const std::size_t j : here->second) row.push_back({static_cast<std::int32_t>(j), 1.0});
      if (before >= 0) row.push_back({before, -1.0});
      milp_.add_row(before >= 0 ? 0.0 : 1.0, row, kMilpInfinity);
      steps_.push_back({client, here->first, column});
      before = column;
    }
  }

  const PMedianProblem& p_;
  const std::vector<Settled>& settled_;
  MilpProblem milp_{};
  std::vector<Step> steps_{};
  std::int64_t base_ = 0;
};

PMedian answer(const PMedianProblem& p, std::vector<std::size_t> open) {
  std::sort(open.begin(), open.end());
  PMedian out;
  out.cost = cost_of(p, open);
  for (const std::size_t j : open) out.places.push_back(static_cast<std::int32_t>(j));
  for (std::size_t i = 0; i < p.clients; ++i) {
    const auto nearer = [&](std::size_t a, std::size_t b) {
      return p.distance[i * p.places + a] < p.distance[i * p.places + b];
    };
    out.served.push_back(static_cast<std::int32_t>(*std::min_element(open.begin(), open.end(), nearer)));
  }
  return out;
}

/// Whole, since costs are; without what rounding may have added to sums of doubles.
std::int64_t whole(double bound) {
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::ceil(bound * (1.0 - 1e-9) - 1e-6)));
}

}  // namespace

PMedian p_median(const PMedianProblem& problem, const PMedianOptions& options) {
  check(problem);
  std::vector<std::size_t> open = greedy(problem);
  exchange_all(problem, open);
  const Prices prices = ascend(problem, open, options.ascents);
  std::int64_t bound = whole(prices.bound);
  std::int64_t value = cost_of(problem, open);
  if (bound < value && options.exact_columns > 0) {
    const std::vector<Settled> settled = settled_places(problem, prices, value);
    const Steps steps(problem, settled);
    if (static_cast<std::int64_t>(steps.milp().columns.size()) <= options.exact_columns) {
      const MilpSolution solution = solve_milp(
          steps.milp(), {.nodes = options.nodes, .seconds = options.seconds, .start = steps.values_of(open)});
      std::vector<std::size_t> chosen;
      for (std::size_t j = 0; j < problem.places && !solution.values.empty(); ++j)
        if (solution.values[j] > 0.5) chosen.push_back(j);
      if (!chosen.empty() && cost_of(problem, chosen) < value) {
        open = chosen;
        value = cost_of(problem, open);
      }
      // Settled places exclude only what is no better than the value.
      const double proved = solution.bound + static_cast<double>(steps.base());
      bound = std::max(bound, solution.status == MilpStatus::infeasible || proved >= static_cast<double>(value)
                                  ? value
                                  : whole(proved));
    }
  }
  PMedian out = answer(problem, std::move(open));
  out.lower_bound = std::min(bound, out.cost);
  out.optimal = out.lower_bound == out.cost;
  return out;
}

double local_share(std::span<const std::int32_t> served, std::span<const ClientFlow> flows) {
  double all = 0.0;
  double local = 0.0;
  for (const ClientFlow& flow : flows) {
    const auto from = static_cast<std::size_t>(flow.from);
    const auto to = static_cast<std::size_t>(flow.to);
    need(flow.from >= 0 && flow.to >= 0 && from < served.size() && to < served.size(),
         "a flow of unknown clients");
    need(flow.bit_per_s >= 0.0, "a negative flow");
    all += flow.bit_per_s;
    if (served[from] == served[to]) local += flow.bit_per_s;
  }
  return all > 0.0 ? local / all : 0.0;
}

double local_share_of_people(std::span<const std::int32_t> served, std::span<const std::int64_t> weight) {
  need(served.size() == weight.size(), "places for other clients");
  std::map<std::int32_t, double> people;
  double all = 0.0;
  for (std::size_t i = 0; i < served.size(); ++i) {
    people[served[i]] += static_cast<double>(weight[i]);
    all += static_cast<double>(weight[i]);
  }
  double share = 0.0;
  for (const auto& [place, some] : people) share += all > 0.0 ? some / all * (some / all) : 0.0;
  return share;
}

}  // namespace amaneku
