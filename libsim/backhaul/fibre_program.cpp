#include "libsim/backhaul/fibre_program.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include "libsim/index.hpp"

namespace amaneku {
namespace {

constexpr std::int32_t kNoColumn = -1;
constexpr int kMostRepairs = 50;

/// Arc 2 e goes from `from` to `to` of edge e, arc 2 e + 1 back.
struct Arc {
  std::int32_t tail;
  std::int32_t head;
};
Arc arc_of(const FibreProblem& p, std::size_t arc) {
  const FibreEdge& edge = p.edges[arc / 2];
  return arc % 2 == 0 ? Arc{edge.from, edge.to} : Arc{edge.to, edge.from};
}

/// One unit from the root to a terminal, or back.
struct Flow {
  std::int32_t terminal = 0;
  std::size_t which = 0;  ///< of the terminal's routes
  bool back = false;
  std::vector<std::int32_t> columns{};  ///< per arc, kNoColumn where no route could go
};

/// What of the problem the program has to know.
struct Shape {
  bool cables = false;   ///< an edge may need more than one
  bool lengths = false;  ///< the limit can bind
  bool hops = false;
  bool rings = false;     ///< somebody wants two routes
  bool oriented = false;  ///< some best layout uses each edge one way only

  [[nodiscard]] bool whole_routes() const noexcept { return cables || lengths || hops; }
};

Shape shape_of(const FibreProblem& p) {
  Shape out;
  double demand = 0.0;
  for (const FibreTerminal& terminal : p.terminals) {
    demand += static_cast<double>(terminal.demand) * (terminal.two_routes ? 2.0 : 1.0);
    out.rings = out.rings || terminal.two_routes;
  }
  out.cables = demand > static_cast<double>(p.cable_capacity);
  const double all_m = std::accumulate(p.edges.begin(), p.edges.end(), 0.0,
                                       [](double sum, const FibreEdge& edge) { return sum + edge.length_m; });
  out.lengths = p.longest_route_m < all_m;
  out.hops = p.most_hops < p.vertices - 1;
  // Of two routes that pass an edge in opposite directions one may take the other's beginning instead, unless that
  // is better in one respect and worse in another; two routes of a ring orient it (Robbins).
  out.oriented = !out.cables && (out.rings ? !out.lengths && !out.hops : !(out.lengths && out.hops));
  return out;
}

class Program {
 public:
  explicit Program(const FibreGraph& graph) : graph_(graph), p_(graph.problem()), shape_(shape_of(p_)) {
    std::int64_t divisor = 0;
    for (const FibreEdge& edge : p_.edges) divisor = std::gcd(divisor, std::gcd(edge.trench_jpy, edge.cable_jpy));
    unit_jpy_ = static_cast<double>(std::max<std::int64_t>(1, divisor));
    add_edges();
    for (std::size_t i = 0; i < p_.terminals.size(); ++i) {
      if (p_.terminals[i].vertex == p_.root) continue;
      add_flow({.terminal = static_cast<std::int32_t>(i), .which = 0});
      if (p_.terminals[i].two_routes)
        add_flow({.terminal = static_cast<std::int32_t>(i), .which = 1, .back = shape_.oriented});
    }
    link();
    if (shape_.cables) add_capacity();
  }

  [[nodiscard]] MilpSolution solve(MilpOptions options, const std::vector<std::vector<FibreRoute>>& known) const {
    if (!known.empty()) options.start = values_of(known);
    return solve_milp(milp_, options);
  }
  [[nodiscard]] double unit_jpy() const noexcept { return unit_jpy_; }
  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  [[nodiscard]] const std::vector<Flow>& flows() const noexcept { return flows_; }

  [[nodiscard]] bool is_open(std::size_t edge, const std::vector<double>& values) const {
    const auto on = [&](std::int32_t column) { return column != kNoColumn && values[index_of(column)] > 0.5; };
    return shape_.oriented ? on(direction_[2 * edge]) || on(direction_[2 * edge + 1]) : on(trench_[edge]);
  }

  /// Of whole routes.
  [[nodiscard]] FibreRoute route_of(const Flow& flow, const std::vector<double>& values) const {
    FibreRoute route;
    std::vector<std::int32_t> visited = {p_.root};
    while (visited.back() != p_.terminals[index_of(flow.terminal)].vertex) {
      const std::int32_t edge = next_edge(flow, visited.back(), values);
      route.edges.push_back(edge);
      visited.push_back(graph_.other_end(edge, visited.back()));
    }
    return route;
  }

  /// For a route that fits only within the solver's tolerance.
  void forbid(const Flow& flow, const FibreRoute& route) {
    std::vector<MilpTerm> row;
    std::int32_t v = p_.root;
    for (const std::int32_t edge : route.edges) {
      row.push_back({flow.columns[arc_from(edge, v)], 1.0});
      v = graph_.other_end(edge, v);
    }
    milp_.add_row(-kMilpInfinity, row, static_cast<double>(row.size()) - 1.0);
  }

 private:
  [[nodiscard]] std::size_t arc_from(std::int32_t edge, std::int32_t tail) const {
    return 2 * index_of(edge) + (p_.edges[index_of(edge)].from == tail ? 0 : 1);
  }

  [[nodiscard]] std::int32_t next_edge(const Flow& flow, std::int32_t v, const std::vector<double>& values) const {
    for (const std::int32_t edge : graph_.edges_at(v)) {
      const std::int32_t column = flow.columns[arc_from(edge, v)];
      if (column != kNoColumn && values[index_of(column)] > 0.5) return edge;
    }
    return kNoColumn;
  }

  void add_edges() {
    trench_.assign(p_.edges.size(), kNoColumn);
    cables_.assign(p_.edges.size(), kNoColumn);
    direction_.assign(2 * p_.edges.size(), kNoColumn);
    for (std::size_t i = 0; i < p_.edges.size(); ++i) {
      const FibreEdge& edge = p_.edges[i];
      if (edge.from == edge.to) continue;
      const double trench = static_cast<double>(edge.trench_jpy) / unit_jpy_;
      const double cable = static_cast<double>(edge.cable_jpy) / unit_jpy_;
      if (shape_.oriented) {
        for (const std::size_t arc : {2 * i, 2 * i + 1})
          direction_[arc] = milp_.add({.upper = 1.0, .cost = trench + cable, .integer = true});
        add_row(-kMilpInfinity, {{direction_[2 * i], 1.0}, {direction_[2 * i + 1], 1.0}}, 1.0);
      } else {
        trench_[i] = milp_.add({.upper = 1.0, .cost = trench + (shape_.cables ? 0.0 : cable), .integer = true});
        if (shape_.cables) cables_[i] = milp_.add({.cost = cable, .integer = true});
      }
    }
  }

  void add_row(double lower, std::initializer_list<MilpTerm> row, double upper) {
    milp_.add_row(lower, std::span(row.begin(), row.size()), upper);
  }

  void add_flow(Flow flow) {
    const std::int32_t target = p_.terminals[index_of(flow.terminal)].vertex;
    const std::vector<double> rest_m = graph_.lengths_m(target);
    const std::vector<double> rest_hops = graph_.hops(target);
    flow.columns.assign(2 * p_.edges.size(), kNoColumn);
    for (std::size_t arc = 0; arc < flow.columns.size(); ++arc) {
      const auto [tail, head] = arc_of(p_, arc);
      const auto [start, end] = flow.back ? Arc{target, p_.root} : Arc{p_.root, target};
      if (tail == head || head == start || tail == end || std::isinf(rest_m[index_of(head)])) continue;
      const bool fits =
          graph_.root_lengths_m()[index_of(tail)] + p_.edges[arc / 2].length_m + rest_m[index_of(head)] <=
              graph_.limit_m() &&
          graph_.root_hops()[index_of(tail)] + 1.0 + rest_hops[index_of(head)] <= p_.most_hops;
      // Limits are of ways out; a way back is asked for only without any.
      if (fits || flow.back) flow.columns[arc] = milp_.add({.upper = 1.0, .integer = shape_.whole_routes()});
    }
    add_balance(flow, flow.back ? target : p_.root, flow.back ? p_.root : target);
    if (shape_.lengths) add_limit(flow, true);
    if (shape_.hops) add_limit(flow, false);
    flows_.push_back(std::move(flow));
  }

  void add_balance(const Flow& flow, std::int32_t start, std::int32_t end) {
    std::vector<MilpTerm> row;
    for (std::int32_t v = 0; v < p_.vertices; ++v) {
      row.clear();
      for (const std::int32_t edge : graph_.edges_at(v)) {
        const std::size_t out = arc_from(edge, v);
        if (flow.columns[out] != kNoColumn) row.push_back({flow.columns[out], 1.0});
        if (flow.columns[out ^ 1U] != kNoColumn) row.push_back({flow.columns[out ^ 1U], -1.0});
      }
      const double net = v == start ? 1.0 : v == end ? -1.0 : 0.0;
      if (!row.empty() || net != 0.0) milp_.add_row(net, row, net);
    }
  }

  void add_limit(const Flow& flow, bool lengths) {
    std::vector<MilpTerm> row;
    for (std::size_t arc = 0; arc < flow.columns.size(); ++arc)
      if (flow.columns[arc] != kNoColumn)
        row.push_back({flow.columns[arc], lengths ? p_.edges[arc / 2].length_m : 1.0});
    milp_.add_row(-kMilpInfinity, row, lengths ? p_.longest_route_m : static_cast<double>(p_.most_hops));
  }

  /// No flow without a trench.
  void link() {
    for (std::size_t i = 0; i < flows_.size(); ++i) {
      const bool second = !shape_.oriented && flows_[i].which == 1;
      if (second) continue;  // with its first
      for (std::size_t edge = 0; edge < p_.edges.size(); ++edge) {
        if (shape_.oriented) {
          for (const std::size_t arc : {2 * edge, 2 * edge + 1})
            if (flows_[i].columns[arc] != kNoColumn)
              add_row(-kMilpInfinity, {{flows_[i].columns[arc], 1.0}, {direction_[arc], -1.0}}, 0.0);
          continue;
        }
        std::vector<MilpTerm> row = terms_over(flows_[i], edge, 1.0);
        if (p_.terminals[index_of(flows_[i].terminal)].two_routes) {
          const std::vector<MilpTerm> other = terms_over(flows_[i + 1], edge, 1.0);
          row.insert(row.end(), other.begin(), other.end());
        }
        if (row.empty()) continue;
        row.push_back({trench_[edge], -1.0});
        milp_.add_row(-kMilpInfinity, row, 0.0);
      }
    }
  }

  [[nodiscard]] static std::vector<MilpTerm> terms_over(const Flow& flow, std::size_t edge, double factor) {
    std::vector<MilpTerm> out;
    for (const std::size_t arc : {2 * edge, 2 * edge + 1})
      if (flow.columns[arc] != kNoColumn) out.push_back({flow.columns[arc], factor});
    return out;
  }

  void add_capacity() {
    const auto capacity = static_cast<double>(p_.cable_capacity);
    for (std::size_t edge = 0; edge < p_.edges.size(); ++edge) {
      if (trench_[edge] == kNoColumn) continue;
      add_row(0.0, {{cables_[edge], 1.0}, {trench_[edge], -1.0}}, kMilpInfinity);
      std::vector<MilpTerm> row;
      for (const Flow& flow : flows_) {
        const double share = static_cast<double>(p_.terminals[index_of(flow.terminal)].demand) / capacity;
        const std::vector<MilpTerm> own = terms_over(flow, edge, share);
        row.insert(row.end(), own.begin(), own.end());
      }
      row.push_back({cables_[edge], -1.0});
      milp_.add_row(-kMilpInfinity, row, 0.0);
    }
  }

  /// None for oriented rings: their routes say nothing of directions.
  [[nodiscard]] std::vector<double> values_of(const std::vector<std::vector<FibreRoute>>& known) const {
    if (shape_.oriented && shape_.rings) return {};
    std::vector<double> values(milp_.columns.size(), 0.0);
    std::vector<std::int64_t> load(p_.edges.size(), 0);
    std::vector<std::int32_t> count(p_.edges.size(), 0);
    for (const Flow& flow : flows_) {
      std::int32_t v = p_.root;
      for (const std::int32_t edge : known[index_of(flow.terminal)][flow.which].edges) {
        const std::size_t arc = arc_from(edge, v);
        if (flow.columns[arc] == kNoColumn) return {};
        values[index_of(flow.columns[arc])] = 1.0;
        if (shape_.oriented) values[index_of(direction_[arc])] = 1.0;
        load[index_of(edge)] += p_.terminals[index_of(flow.terminal)].demand;
        ++count[index_of(edge)];
        v = graph_.other_end(edge, v);
      }
    }
    for (std::size_t i = 0; i < load.size(); ++i) {
      if (count[i] == 0 || shape_.oriented) continue;
      values[index_of(trench_[i])] = 1.0;
      if (shape_.cables)
        values[index_of(cables_[i])] =
            std::max(1.0, std::ceil(static_cast<double>(load[i]) / static_cast<double>(p_.cable_capacity)));
    }
    return values;
  }

  const FibreGraph& graph_;
  const FibreProblem& p_;
  Shape shape_;
  double unit_jpy_ = 1.0;
  MilpProblem milp_{};
  std::vector<Flow> flows_{};
  std::vector<std::int32_t> trench_{};
  std::vector<std::int32_t> cables_{};
  std::vector<std::int32_t> direction_{};  ///< per arc
};

/// Routes over what is open, where flows need not be whole.
std::vector<std::vector<FibreRoute>> routes_over_open(FibreGraph& graph, const Program& program,
                                                      const std::vector<double>& values) {
  const FibreProblem& p = graph.problem();
  std::vector<std::int64_t> price(p.edges.size());
  for (std::size_t i = 0; i < price.size(); ++i) price[i] = program.is_open(i, values) ? 1 : kClosedEdge;
  std::vector<std::vector<FibreRoute>> routes(p.terminals.size());
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const FibreTerminal& terminal = p.terminals[i];
    if (terminal.vertex == p.root) continue;
    if (terminal.two_routes)
      routes[i] = graph.cheapest_pair(terminal.vertex, price);
    else if (auto route = graph.cheapest(terminal.vertex, price))
      routes[i] = {std::move(*route)};
  }
  return routes;
}

/// Forbids the routes that leave a limit; none where all keep it.
std::optional<std::vector<std::vector<FibreRoute>>> whole_routes(const FibreGraph& graph, Program& program,
                                                                 const std::vector<double>& values) {
  std::vector<std::vector<FibreRoute>> routes(graph.problem().terminals.size());
  bool all_fit = true;
  for (const Flow& flow : std::vector<Flow>(program.flows())) {
    FibreRoute route = program.route_of(flow, values);
    if (!graph.within_limits(route)) {
      program.forbid(flow, route);
      all_fit = false;
    }
    routes[index_of(flow.terminal)].push_back(std::move(route));
  }
  if (!all_fit) return std::nullopt;
  return routes;
}

}  // namespace

std::int64_t program_columns(const FibreProblem& problem) {
  std::int64_t routes = 0;
  for (const FibreTerminal& terminal : problem.terminals) routes += terminal.two_routes ? 2 : 1;
  return (shape_of(problem).oriented ? 2 : 6) * static_cast<std::int64_t>(problem.edges.size()) * routes;
}

FibreProof fibre_program(FibreGraph& graph, const std::vector<std::vector<FibreRoute>>& known,
                         const MilpOptions& options) {
  Program program(graph);
  FibreProof out;
  for (int i = 0; i < kMostRepairs; ++i) {
    const MilpSolution solution = program.solve(options, known);
    out.status = solution.status;
    out.lower_bound_jpy = solution.bound * program.unit_jpy();
    if (solution.values.empty()) return out;
    if (!program.shape().whole_routes()) {
      out.routes = routes_over_open(graph, program, solution.values);
      return out;
    }
    if (auto routes = whole_routes(graph, program, solution.values)) {
      out.routes = std::move(*routes);
      return out;
    }
  }
  out.status = MilpStatus::unknown;
  return out;
}

}  // namespace amaneku
