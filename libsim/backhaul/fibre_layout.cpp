#include "libsim/backhaul/fibre_layout.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "libsim/backhaul/fibre_bound.hpp"
#include "libsim/backhaul/fibre_program.hpp"
#include "libsim/backhaul/fibre_routes.hpp"
#include "libsim/backhaul/fibre_search.hpp"
#include "libsim/index.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

/// Whole yen in doubles.
constexpr double kMostYen = 9'007'199'254'740'992.0;

class Faults {
 public:
  void need(bool right, std::string key, double value, const char* legal) {
    if (!right)
      faults_.push_back(
          {.message = "out of range", .key = std::move(key), .value = fmt::format("{}", value), .legal = legal});
  }
  void add(Fault fault) { faults_.push_back(std::move(fault)); }
  void raise() {
    if (!faults_.empty()) throw InputError(std::move(faults_));
  }

 private:
  std::vector<Fault> faults_;
};

void check_edges(const FibreProblem& p, Faults& faults) {
  const auto known = [&](std::int32_t vertex) { return vertex >= 0 && vertex < p.vertices; };
  for (std::size_t i = 0; i < p.edges.size(); ++i) {
    const FibreEdge& edge = p.edges[i];
    faults.need(known(edge.from), fmt::format("edges[{}].from", i), edge.from, "a vertex");
    faults.need(known(edge.to), fmt::format("edges[{}].to", i), edge.to, "a vertex");
    faults.need(edge.trench_jpy >= 0, fmt::format("edges[{}].trench_jpy", i), static_cast<double>(edge.trench_jpy),
                "0 or more");
    faults.need(edge.cable_jpy >= 0, fmt::format("edges[{}].cable_jpy", i), static_cast<double>(edge.cable_jpy),
                "0 or more");
    faults.need(edge.length_m >= 0.0 && std::isfinite(edge.length_m), fmt::format("edges[{}].length_m", i),
                edge.length_m, "0 or more");
  }
}

void check_sums(const FibreProblem& p, Faults& faults) {
  double demand = 0.0;
  for (const FibreTerminal& terminal : p.terminals) demand += 2.0 * static_cast<double>(terminal.demand);
  faults.need(demand < kMostYen, "terminals.demand", demand, "together below 2^52");
  double most_jpy = 0.0;
  const double cables = 1.0 + demand / static_cast<double>(p.cable_capacity);
  for (const FibreEdge& edge : p.edges)
    most_jpy += static_cast<double>(edge.trench_jpy) + cables * static_cast<double>(edge.cable_jpy);
  // With shares of a quarter (fibre_bound.cpp) sums are four times as large.
  faults.need(4.0 * most_jpy < kMostYen, "edges", most_jpy, "together below 2^51 JPY");
}

void check(const FibreProblem& p) {
  Faults faults;
  faults.need(p.vertices >= 1, "vertices", p.vertices, "1 or more");
  faults.need(p.root >= 0 && p.root < p.vertices, "root", p.root, "a vertex");
  faults.need(p.cable_capacity >= 1, "cable_capacity", static_cast<double>(p.cable_capacity), "1 or more");
  faults.need(p.longest_route_m >= 0.0, "longest_route_m", p.longest_route_m, "0 or more");
  faults.need(p.most_hops >= 0, "most_hops", p.most_hops, "0 or more");
  check_edges(p, faults);
  for (std::size_t i = 0; i < p.terminals.size(); ++i) {
    const FibreTerminal& terminal = p.terminals[i];
    faults.need(terminal.vertex >= 0 && terminal.vertex < p.vertices, fmt::format("terminals[{}].vertex", i),
                terminal.vertex, "a vertex");
    faults.need(terminal.demand >= 0, fmt::format("terminals[{}].demand", i), static_cast<double>(terminal.demand),
                "0 or more");
  }
  faults.raise();
  check_sums(p, faults);
  faults.raise();
}

double pair_sum(FibreGraph& graph, std::int32_t vertex, const std::vector<double>& price) {
  double sum = 0.0;
  for (const FibreRoute& route : graph.free_pair(vertex, price))
    for (const std::int32_t edge : route.edges) sum += price[index_of(edge)];
  return sum;
}

/// Of one terminal, if any.
std::vector<UnservedTerminal> obstacle_of(FibreGraph& graph, std::int32_t index) {
  const FibreProblem& p = graph.problem();
  const FibreTerminal& terminal = p.terminals[index_of(index)];
  const double length_m = graph.root_lengths_m()[index_of(terminal.vertex)];
  const double hops = graph.root_hops()[index_of(terminal.vertex)];
  if (std::isinf(length_m)) return {{index, FibreObstacle::no_way, 0.0}};
  if (length_m > graph.limit_m()) return {{index, FibreObstacle::too_long, length_m}};
  if (hops > p.most_hops) return {{index, FibreObstacle::too_many_hops, hops}};
  if (!terminal.two_routes || terminal.vertex == p.root) return {};
  std::vector<double> length;
  for (const FibreEdge& edge : p.edges) length.push_back(edge.length_m);
  if (graph.free_pair(terminal.vertex, length).empty()) return {{index, FibreObstacle::one_way_only, 0.0}};
  const double pair_m = pair_sum(graph, terminal.vertex, length);
  if (pair_m > 2.0 * graph.limit_m()) return {{index, FibreObstacle::pair_too_long, pair_m}};
  const double pair_hops = pair_sum(graph, terminal.vertex, std::vector<double>(p.edges.size(), 1.0));
  if (pair_hops > 2.0 * p.most_hops) return {{index, FibreObstacle::pair_too_many_hops, pair_hops}};
  return {};
}

std::vector<UnservedTerminal> unserved(FibreGraph& graph) {
  std::vector<UnservedTerminal> out;
  for (std::size_t i = 0; i < graph.problem().terminals.size(); ++i)
    for (const UnservedTerminal& one : obstacle_of(graph, static_cast<std::int32_t>(i))) out.push_back(one);
  return out;
}

const char* words_of(FibreObstacle obstacle) {
  switch (obstacle) {
    case FibreObstacle::no_way:
      return "no way leads to the root";
    case FibreObstacle::too_long:
      return "its shortest way is longer than longest_route_m";
    case FibreObstacle::too_many_hops:
      return "its way of fewest edges has more than most_hops";
    case FibreObstacle::one_way_only:
      return "every two ways to the root share an edge";
    case FibreObstacle::pair_too_long:
      return "its shortest two ways are together longer than 2 x longest_route_m";
    case FibreObstacle::pair_too_many_hops:
      return "its two ways of fewest edges have more than 2 x most_hops";
  }
  throw InternalError("an unknown obstacle of fibre");
}

void refuse_unserved(FibreGraph& graph) {
  Faults faults;
  for (const UnservedTerminal& one : unserved(graph))
    faults.add({.message = words_of(one.obstacle),
                .key = fmt::format("terminals[{}]", one.terminal),
                .value = one.measured > 0.0 ? fmt::format("{}", one.measured) : ""});
  faults.raise();
}

void refuse_missed(const std::vector<std::int32_t>& missed, bool proved) {
  Faults faults;
  for (const std::int32_t terminal : missed)
    faults.add(
        {.message = proved ? "no routes keep both limits" : "no routes within the limits were found (no proof)",
         .key = fmt::format("terminals[{}]", terminal)});
  faults.raise();
}

/// Its index if a promise is broken: routes that begin at the root, end at the terminal, within the limits, and no
/// common edge.
void require_routes(const FibreGraph& graph, const FibreTerminal& terminal,
                    const std::vector<FibreRoute>& routes) {
  const FibreProblem& p = graph.problem();
  const std::size_t wanted = terminal.vertex == p.root ? 0 : terminal.two_routes ? 2 : 1;
  bool right = routes.size() == wanted;
  std::vector<std::int32_t> all;
  for (const FibreRoute& route : routes) {
    std::int32_t v = p.root;
    for (const std::int32_t edge : route.edges) {
      if (edge < 0 || index_of(edge) >= p.edges.size()) throw InternalError("a route over an unknown edge");
      right = right && (p.edges[index_of(edge)].from == v || p.edges[index_of(edge)].to == v);
      v = graph.other_end(edge, v);
      all.push_back(edge);
    }
    right = right && v == terminal.vertex && graph.within_limits(route);
  }
  std::sort(all.begin(), all.end());
  right = right && std::adjacent_find(all.begin(), all.end()) == all.end();
  if (!right) throw InternalError("a route of fibre that is none, or that leaves its limits");
}

FibreLayout summed(const FibreGraph& graph, FibreRoutes routes) {
  const FibreProblem& p = graph.problem();
  if (routes.size() != p.terminals.size()) throw InternalError("routes of fibre for other terminals");
  FibreLayout out;
  out.load.assign(p.edges.size(), 0);
  out.cables.assign(p.edges.size(), 0);
  out.users.resize(p.edges.size());
  for (std::size_t i = 0; i < routes.size(); ++i) {
    require_routes(graph, p.terminals[i], routes[i]);
    for (const FibreRoute& route : routes[i])
      for (const std::int32_t edge : route.edges) {
        out.load[index_of(edge)] += p.terminals[i].demand;
        out.users[index_of(edge)].push_back(static_cast<std::int32_t>(i));
      }
  }
  for (std::size_t i = 0; i < p.edges.size(); ++i) {
    if (out.users[i].empty()) continue;
    out.edges.push_back(static_cast<std::int32_t>(i));
    out.cables[i] = cables_for(out.load[i], 1, p.cable_capacity);
    out.trench_jpy += p.edges[i].trench_jpy;
    out.cable_jpy += out.cables[i] * p.edges[i].cable_jpy;
  }
  out.cost_jpy = out.trench_jpy + out.cable_jpy;
  out.routes = std::move(routes);
  return out;
}

/// The solver's arithmetic is of doubles and its tolerances are of 1e-6; a layout costs whole yen.
std::int64_t whole_bound(const FibreProof& proof) {
  if (!(proof.lower_bound_jpy > 0.0) || std::isinf(proof.lower_bound_jpy)) return 0;
  return static_cast<std::int64_t>(std::ceil(proof.lower_bound_jpy * (1.0 - 1e-8) - 1e-4));
}

/// The layout of the proof where there is none yet or it is cheaper, with the greater bound.
FibreLayout better_of(FibreLayout layout, bool complete, const FibreGraph& graph, FibreProof proof) {
  const std::int64_t bound_jpy = std::max(layout.lower_bound_jpy, whole_bound(proof));
  if (!proof.routes.empty()) {
    FibreLayout other = summed(graph, std::move(proof.routes));
    if (!complete || other.cost_jpy < layout.cost_jpy) layout = std::move(other);
  }
  layout.lower_bound_jpy = bound_jpy;
  layout.optimal = proof.status == MilpStatus::optimal;
  return layout;
}

}  // namespace

std::vector<UnservedTerminal> unserved_terminals(const FibreProblem& problem) {
  check(problem);
  FibreGraph graph(problem);
  return unserved(graph);
}

FibreLayout layout_of(const FibreProblem& problem, std::vector<std::vector<FibreRoute>> routes) {
  check(problem);
  return summed(FibreGraph(problem), std::move(routes));
}

FibreLayout fibre_layout(const FibreProblem& problem, const FibreOptions& options) {
  check(problem);
  FibreGraph graph(problem);
  refuse_unserved(graph);
  const FibreBound bound = fibre_lower_bound(graph, options.work);
  FibreFound found = fibre_search(graph, bound.routes, options.work);
  const bool exact = program_columns(problem) <= options.exact_columns;
  const bool complete = found.missed.empty();
  if (!complete && !exact) refuse_missed(found.missed, false);
  FibreLayout best;
  if (complete) best = summed(graph, found.routes);
  best.lower_bound_jpy = bound.jpy;
  if (exact && (!complete || best.cost_jpy > bound.jpy)) {
    FibreProof proof = fibre_program(graph, found.routes, {.nodes = options.nodes, .seconds = options.seconds});
    if (!complete && proof.routes.empty()) refuse_missed(found.missed, proof.status == MilpStatus::infeasible);
    best = better_of(std::move(best), complete, graph, std::move(proof));
  }
  best.optimal = best.optimal || best.lower_bound_jpy >= best.cost_jpy;
  if (best.optimal) best.lower_bound_jpy = best.cost_jpy;
  return best;
}

}  // namespace amaneku
