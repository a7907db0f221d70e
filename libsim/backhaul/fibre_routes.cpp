#include "libsim/backhaul/fibre_routes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <tuple>

#include "libsim/index.hpp"

namespace amaneku {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostLabels = 4'000'000;

/// A way from the terminal to `vertex`.
struct Label {
  std::int64_t price;
  double length_m;
  std::int32_t hops;
  std::int32_t vertex;
  std::int32_t last_edge;
  std::int32_t before;  ///< label, -1 at the terminal
};

using QueueEntry = std::tuple<std::int64_t, double, std::int32_t, std::int32_t>;
using Queue = std::priority_queue<QueueEntry, std::vector<QueueEntry>, std::greater<>>;

/// The labels of a vertex that none other makes useless; whatever comes later costs as much or more.
bool is_dominated(const std::vector<Label>& labels, const std::vector<std::int32_t>& settled, const Label& label) {
  return std::any_of(settled.begin(), settled.end(), [&](std::int32_t other) {
    return labels[index_of(other)].length_m <= label.length_m && labels[index_of(other)].hops <= label.hops;
  });
}

FibreRoute route_of(const std::vector<Label>& labels, std::int32_t last) {
  FibreRoute route;
  for (; labels[index_of(last)].before >= 0; last = labels[index_of(last)].before)
    route.edges.push_back(labels[index_of(last)].last_edge);
  return route;
}

std::int64_t price_of(const std::vector<FibreRoute>& routes, std::span<const std::int64_t> price) {
  std::int64_t sum = 0;
  for (const FibreRoute& route : routes)
    for (const std::int32_t edge : route.edges) sum += price[index_of(edge)];
  return sum;
}

}  // namespace

FibreGraph::FibreGraph(const FibreProblem& problem)
    : problem_(problem), starts_(index_of(problem.vertices) + 1, 0) {
  for (const FibreEdge& edge : problem.edges) {
    if (edge.from == edge.to) continue;
    ++starts_[index_of(edge.from) + 1];
    ++starts_[index_of(edge.to) + 1];
  }
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  incident_.resize(starts_.back());
  std::vector<std::size_t> next(starts_.begin(), starts_.end() - 1);
  for (std::size_t i = 0; i < problem.edges.size(); ++i) {
    const FibreEdge& edge = problem.edges[i];
    if (edge.from == edge.to) continue;
    incident_[next[index_of(edge.from)]++] = static_cast<std::int32_t>(i);
    incident_[next[index_of(edge.to)]++] = static_cast<std::int32_t>(i);
  }
  root_lengths_m_ = lengths_m(problem.root);
  root_hops_ = hops(problem.root);
}

std::span<const std::int32_t> FibreGraph::edges_at(std::int32_t vertex) const noexcept {
  return std::span(incident_).subspan(starts_[index_of(vertex)],
                                      starts_[index_of(vertex) + 1] - starts_[index_of(vertex)]);
}

std::int32_t FibreGraph::other_end(std::int32_t edge, std::int32_t vertex) const noexcept {
  const FibreEdge& e = problem_.edges[index_of(edge)];
  return e.from == vertex ? e.to : e.from;
}

std::vector<double> FibreGraph::lengths_m(std::int32_t from) const {
  std::vector<double> best(index_of(problem_.vertices), kNever);
  using Entry = std::pair<double, std::int32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  best[index_of(from)] = 0.0;
  queue.push({0.0, from});
  while (!queue.empty()) {
    const auto [length_m, vertex] = queue.top();
    queue.pop();
    if (length_m > best[index_of(vertex)]) continue;
    for (const std::int32_t edge : edges_at(vertex)) {
      const std::int32_t next = other_end(edge, vertex);
      const double next_m = length_m + problem_.edges[index_of(edge)].length_m;
      if (next_m >= best[index_of(next)]) continue;
      best[index_of(next)] = next_m;
      queue.push({next_m, next});
    }
  }
  return best;
}

std::vector<double> FibreGraph::hops(std::int32_t from) const {
  std::vector<double> best(index_of(problem_.vertices), kNever);
  std::vector<std::int32_t> order = {from};
  best[index_of(from)] = 0.0;
  for (std::size_t i = 0; i < order.size(); ++i)
    for (const std::int32_t edge : edges_at(order[i])) {
      const std::int32_t next = other_end(edge, order[i]);
      if (best[index_of(next)] != kNever) continue;
      best[index_of(next)] = best[index_of(order[i])] + 1.0;
      order.push_back(next);
    }
  return best;
}

bool FibreGraph::within_limits(const FibreRoute& route) const {
  double length_m = 0.0;
  for (const std::int32_t edge : route.edges) length_m += problem_.edges[index_of(edge)].length_m;
  return length_m <= limit_m() && static_cast<std::int64_t>(route.edges.size()) <= problem_.most_hops;
}

std::optional<FibreRoute> FibreGraph::cheapest(std::int32_t vertex, std::span<const std::int64_t> price) {
  std::vector<Label> labels;
  std::vector<std::vector<std::int32_t>> settled(index_of(problem_.vertices));
  Queue queue;
  const bool limits_length = std::isfinite(limit_m());
  const bool limits_hops = problem_.most_hops < problem_.vertices;
  const auto offer = [&](Label label) {
    if (label.length_m + root_lengths_m_[index_of(label.vertex)] > limit_m()) return;
    if (label.hops + root_hops_[index_of(label.vertex)] > problem_.most_hops) return;
    labels.push_back(label);
    queue.push({label.price, label.length_m, label.hops, static_cast<std::int32_t>(labels.size() - 1)});
  };
  offer({0, 0.0, 0, vertex, -1, -1});
  while (!queue.empty() && labels.size() < kMostLabels) {
    const std::int32_t index = std::get<3>(queue.top());
    queue.pop();
    const Label label = labels[index_of(index)];
    std::vector<std::int32_t>& here = settled[index_of(label.vertex)];
    const bool known = !here.empty() && !limits_length && !limits_hops;
    if (known || is_dominated(labels, here, label)) continue;
    if (label.vertex == problem_.root) return route_of(labels, index);
    here.push_back(index);
    for (const std::int32_t edge : edges_at(label.vertex)) {
      ++steps_;
      if (price[index_of(edge)] == kClosedEdge) continue;
      offer({label.price + price[index_of(edge)], label.length_m + problem_.edges[index_of(edge)].length_m,
             label.hops + 1, other_end(edge, label.vertex), edge, index});
    }
  }
  return std::nullopt;
}

/// From one vertex to all: the least sum of prices, and the edge by which it comes.
struct FibreGraph::Reached {
  std::vector<double> price{};
  std::vector<std::int32_t> last_edge{};
};

/// `taken` per edge: 1 where a first route goes from `from` to `to` of the edge, -1 the other way, 0 not. Against
/// a route its price comes back, along it there is no room. Prices are reduced by the potential, which makes them
/// >= 0.
FibreGraph::Reached FibreGraph::reach(std::int32_t vertex, std::span<const double> price,
                                      std::span<const std::int8_t> taken, std::span<const double> potential) {
  Reached out{std::vector<double>(index_of(problem_.vertices), kNever),
              std::vector<std::int32_t>(index_of(problem_.vertices), -1)};
  using Entry = std::pair<double, std::int32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  out.price[index_of(vertex)] = 0.0;
  queue.push({0.0, vertex});
  while (!queue.empty()) {
    const auto [so_far, from] = queue.top();
    queue.pop();
    if (so_far > out.price[index_of(from)]) continue;
    for (const std::int32_t edge : edges_at(from)) {
      ++steps_;
      const int along = problem_.edges[index_of(edge)].from == from ? 1 : -1;
      if (price[index_of(edge)] < 0.0 || taken[index_of(edge)] == along) continue;
      const std::int32_t to = other_end(edge, from);
      if (potential[index_of(from)] == kNever || potential[index_of(to)] == kNever) continue;
      const double own = taken[index_of(edge)] == 0 ? price[index_of(edge)] : -price[index_of(edge)];
      const double next = so_far + std::max(0.0, own + potential[index_of(from)] - potential[index_of(to)]);
      if (next >= out.price[index_of(to)]) continue;
      out.price[index_of(to)] = next;
      out.last_edge[index_of(to)] = edge;
      queue.push({next, to});
    }
  }
  return out;
}

/// Follows what is taken from the root, and takes it away.
FibreRoute FibreGraph::unwound(std::int32_t vertex, std::vector<std::int8_t>& taken) const {
  FibreRoute route;
  std::vector<std::int32_t> visited = {problem_.root};
  while (visited.back() != vertex) {
    const std::int32_t v = visited.back();
    const auto here = edges_at(v);
    const auto edge = std::find_if(here.begin(), here.end(), [&](std::int32_t e) {
      return taken[index_of(e)] == (problem_.edges[index_of(e)].from == v ? 1 : -1);
    });
    taken[index_of(*edge)] = 0;
    const std::int32_t next = other_end(*edge, v);
    const auto before = std::find(visited.begin(), visited.end(), next);
    if (before == visited.end()) {
      route.edges.push_back(*edge);
      visited.push_back(next);
    } else {
      // A round trip is left out again.
      visited.erase(before + 1, visited.end());
      route.edges.resize(visited.size() - 1);
    }
  }
  return route;
}

std::vector<FibreRoute> FibreGraph::free_pair(std::int32_t vertex, std::span<const double> price) {
  std::vector<std::int8_t> taken(problem_.edges.size(), 0);
  std::vector<double> potential(index_of(problem_.vertices), 0.0);
  for (int route = 0; route < 2; ++route) {
    const Reached reached = reach(problem_.root, price, taken, potential);
    if (reached.price[index_of(vertex)] == kNever) return {};
    for (std::int32_t v = vertex; v != problem_.root;) {
      const std::int32_t edge = reached.last_edge[index_of(v)];
      const auto into = static_cast<std::int8_t>(problem_.edges[index_of(edge)].to == v ? 1 : -1);
      taken[index_of(edge)] = static_cast<std::int8_t>(taken[index_of(edge)] == 0 ? into : 0);
      v = other_end(edge, v);
    }
    for (std::size_t v = 0; v < potential.size(); ++v) potential[v] += reached.price[v];
  }
  FibreRoute first = unwound(vertex, taken);
  return {std::move(first), unwound(vertex, taken)};
}

std::vector<FibreRoute> FibreGraph::cheapest_pair(std::int32_t vertex, std::span<const std::int64_t> price) {
  std::vector<FibreRoute> best;
  const auto consider = [&](std::vector<FibreRoute> pair) {
    if (pair.size() != 2 || !within_limits(pair[0]) || !within_limits(pair[1])) return false;
    if (best.empty() || price_of(pair, price) < price_of(best, price)) best = std::move(pair);
    return true;
  };
  const std::vector<double> plain(price.begin(), price.end());
  if (consider(free_pair(vertex, plain))) return best;
  // What a metre, or a hop, costs beside the price: from a hundredth of the mean to all that counts.
  double prices = 0.0;
  double lengths_m = 1.0;
  for (std::size_t i = 0; i < price.size(); ++i) {
    prices += std::max(0.0, plain[i]);
    lengths_m += problem_.edges[i].length_m;
  }
  for (const double weight : {0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 1000.0}) {
    std::vector<double> by_length = plain;
    std::vector<double> by_hops = plain;
    for (std::size_t i = 0; i < plain.size(); ++i) {
      if (plain[i] < 0.0) continue;
      by_length[i] += weight * (prices + 1.0) / lengths_m * problem_.edges[i].length_m;
      by_hops[i] += weight * (prices + 1.0) / static_cast<double>(plain.size());
    }
    consider(free_pair(vertex, by_length));
    consider(free_pair(vertex, by_hops));
  }
  // The cheapest way, and another that does not touch it.
  if (const std::optional<FibreRoute> first = cheapest(vertex, price)) {
    std::vector<std::int64_t> rest(price.begin(), price.end());
    for (const std::int32_t edge : first->edges) rest[index_of(edge)] = kClosedEdge;
    if (const std::optional<FibreRoute> second = cheapest(vertex, rest)) consider({*first, *second});
  }
  return best;
}

}  // namespace amaneku
