#include "libsim/backhaul/limited_ways.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

#include "libsim/backhaul/fibre_layout.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

std::uint32_t beyond(const BackhaulEdge& edge, std::uint32_t node) {
  return edge.from == node ? edge.to : edge.from;
}

/// The graph as fibre_layout() takes it: dead ends cut off, chains as one edge; where any site wants two ways,
/// drops of exchanges and of such sites as no edge at all, and exchanges led to the root twice.
class Contracted {
 public:
  explicit Contracted(const LimitedInput& input)
      : input_(input),
        graph_(input.problem.graph),
        rings_(std::any_of(input.problem.sites.begin(), input.problem.sites.end(),
                           [](const LayoutSite& site) { return site.two_ways; })),
        at_(graph_.nodes.size()) {
    for (std::uint32_t i = 0; i < graph_.edges.size(); ++i) {
      if (!input.allowed[i] || graph_.edges[i].from == graph_.edges[i].to) continue;
      at_[graph_.edges[i].from].push_back(i);
      at_[graph_.edges[i].to].push_back(i);
    }
    find_ends();
    cut_dead_ends();
    add_edges();
  }

  [[nodiscard]] FibreProblem& problem() noexcept { return problem_; }
  [[nodiscard]] std::int32_t vertex_of_site(std::uint32_t site) const { return vertex_[start_[site]]; }

  /// From the root to a terminal, as edges of the graph from the site on.
  [[nodiscard]] std::vector<std::uint32_t> route(std::uint32_t site, const FibreRoute& from_root) const {
    std::vector<std::uint32_t> out;
    if (drop_[site] != kNone) out.push_back(drop_[site]);
    std::uint32_t node = start_[site];
    for (auto edge = from_root.edges.rbegin(); edge != from_root.edges.rend(); ++edge) {
      std::vector<std::uint32_t> chain = chains_[static_cast<std::size_t>(*edge)];
      if (chain.empty()) continue;
      const BackhaulEdge& first = graph_.edges[chain.front()];
      if (first.from != node && first.to != node) std::reverse(chain.begin(), chain.end());
      for (const std::uint32_t i : chain) {
        out.push_back(i);
        node = beyond(graph_.edges[i], node);
      }
    }
    return out;
  }

 private:
  /// Where the ways of sites begin and end: behind a drop that both ways have in common.
  void find_ends() {
    fixed_.assign(graph_.nodes.size(), false);
    for (const LayoutSite& site : input_.problem.sites) {
      const std::uint32_t drop = site.two_ways ? only_drop(site.node) : kNone;
      drop_.push_back(drop);
      start_.push_back(drop == kNone ? site.node : beyond(graph_.edges[drop], site.node));
      fixed_[start_.back()] = true;
    }
    for (const std::uint32_t exchange : graph_.exchange_nodes) fixed_[exchange] = true;
  }

  /// The drop of a node that nothing else leads to.
  [[nodiscard]] std::uint32_t only_drop(std::uint32_t node) const {
    const bool alone = at_[node].size() == 1 && graph_.edges[at_[node].front()].use == EdgeUse::drop;
    return alone ? at_[node].front() : kNone;
  }

  void cut_dead_ends() {
    gone_.assign(graph_.edges.size(), false);
    std::vector<std::size_t> degree(graph_.nodes.size(), 0);
    std::vector<std::uint32_t> ends;
    for (std::uint32_t node = 0; node < at_.size(); ++node) {
      degree[node] = at_[node].size();
      if (degree[node] == 1 && !fixed_[node]) ends.push_back(node);
    }
    while (!ends.empty()) {
      const std::uint32_t node = ends.back();
      ends.pop_back();
      for (const std::uint32_t edge : at_[node]) {
        if (gone_[edge]) continue;
        gone_[edge] = true;
        const std::uint32_t to = beyond(graph_.edges[edge], node);
        if (--degree[to] == 1 && !fixed_[to]) ends.push_back(to);
      }
      degree[node] = 0;
    }
    for (std::vector<std::uint32_t>& edges : at_) {
      edges.erase(std::remove_if(edges.begin(), edges.end(), [&](std::uint32_t edge) { return gone_[edge]; }),
                  edges.end());
    }
  }

  void add_edges() {
    vertex_.assign(graph_.nodes.size(), -1);
    for (std::uint32_t node = 0; node < at_.size(); ++node) {
      if (fixed_[node] || at_[node].size() > 2) vertex_[node] = problem_.vertices++;
    }
    problem_.root = problem_.vertices++;
    std::vector<bool> done(graph_.edges.size(), false);
    for (std::uint32_t node = 0; node < at_.size(); ++node) {
      if (vertex_[node] < 0) continue;
      for (const std::uint32_t edge : at_[node]) {
        if (!done[edge]) add_chain(node, edge, done);
      }
    }
    for (const std::uint32_t exchange : graph_.exchange_nodes) {
      for (int copy = 0; copy < (rings_ ? 2 : 1); ++copy) {
        problem_.edges.push_back({.from = problem_.root, .to = vertex_[exchange]});
        chains_.emplace_back();
      }
      if (!rings_) continue;
      // What an exchange is led to the road by lies under all of its ways.
      const std::uint32_t drop = only_drop(exchange);
      if (drop == kNone) continue;
      const auto chain = std::find_if(chains_.begin(), chains_.end(), [&](const std::vector<std::uint32_t>& of) {
        return !of.empty() && (of.front() == drop || of.back() == drop);
      });
      if (chain == chains_.end() || chain->size() != 1) continue;
      FibreEdge twin = problem_.edges[static_cast<std::size_t>(chain - chains_.begin())];
      twin.trench_jpy = twin.cable_jpy = 0;
      problem_.edges[static_cast<std::size_t>(chain - chains_.begin())] = twin;
      std::vector<std::uint32_t> same = *chain;
      problem_.edges.push_back(twin);
      chains_.push_back(std::move(same));
    }
  }

  void add_chain(std::uint32_t from, std::uint32_t edge, std::vector<bool>& done) {
    FibreEdge out{.from = vertex_[from]};
    std::vector<std::uint32_t> chain;
    for (std::uint32_t node = from;;) {
      done[edge] = true;
      chain.push_back(edge);
      const EdgeTerms& terms = input_.problem.terms[edge];
      const std::int64_t cable_jpy = std::min(terms.further_cable_jpy, terms.cost_jpy);
      out.trench_jpy += terms.cost_jpy - cable_jpy;
      out.cable_jpy += cable_jpy;
      out.length_m += graph_.edges[edge].length_m;
      node = beyond(graph_.edges[edge], node);
      out.to = vertex_[node];
      if (out.to >= 0) break;
      edge = at_[node].front() == edge ? at_[node].back() : at_[node].front();
      if (done[edge]) return;  // a ring without a junction leads nowhere
    }
    problem_.edges.push_back(out);
    chains_.push_back(std::move(chain));
  }

  const LimitedInput& input_;
  const BackhaulGraph& graph_;
  bool rings_;
  std::vector<std::vector<std::uint32_t>> at_;  ///< [node] edges
  std::vector<bool> fixed_{};
  std::vector<bool> gone_{};
  std::vector<std::uint32_t> drop_{};   ///< [site] common to both ways
  std::vector<std::uint32_t> start_{};  ///< [site] node
  std::vector<std::int32_t> vertex_{};  ///< [node] -1: inside of a chain
  FibreProblem problem_{};
  std::vector<std::vector<std::uint32_t>> chains_{};  ///< [edge of the problem]
};

/// The cheapest way from a site to an exchange where what is built costs nothing more.
std::vector<std::uint32_t> cheapest_way(const LimitedInput& input, const std::vector<bool>& built,
                                        std::uint32_t from) {
  const BackhaulGraph& graph = input.problem.graph;
  std::vector<std::vector<std::uint32_t>> at(graph.nodes.size());
  for (std::uint32_t i = 0; i < graph.edges.size(); ++i) {
    if (!input.allowed[i]) continue;
    at[graph.edges[i].from].push_back(i);
    at[graph.edges[i].to].push_back(i);
  }
  using Entry = std::pair<std::int64_t, std::uint32_t>;
  std::vector<std::int64_t> cost_jpy(graph.nodes.size(), std::numeric_limits<std::int64_t>::max());
  std::vector<std::uint32_t> by(graph.nodes.size(), kNone);
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  for (const std::uint32_t exchange : graph.exchange_nodes) {
    cost_jpy[exchange] = 0;
    queue.emplace(0, exchange);
  }
  while (!queue.empty()) {
    const auto [reached_jpy, node] = queue.top();
    queue.pop();
    if (reached_jpy > cost_jpy[node]) continue;
    for (const std::uint32_t i : at[node]) {
      const std::uint32_t to = beyond(graph.edges[i], node);
      const std::int64_t through_jpy = reached_jpy + (built[i] ? 0 : input.problem.terms[i].cost_jpy);
      if (through_jpy >= cost_jpy[to]) continue;
      cost_jpy[to] = through_jpy;
      by[to] = i;
      queue.emplace(through_jpy, to);
    }
  }
  std::vector<std::uint32_t> out;
  for (std::uint32_t node = from; by[node] != kNone; node = beyond(graph.edges[out.back()], node))
    out.push_back(by[node]);
  return out;
}

class Limiter {
 public:
  explicit Limiter(const LimitedInput& input) : input_(input), graph_(input) {}

  LimitedWays run() {
    out_.routes = input_.tree;
    FibreProblem& problem = graph_.problem();
    problem.longest_route_m = input_.problem.needs.longest_way_m;
    problem.cable_capacity = input_.problem.fibres_per_cable;
    for (std::uint32_t site = 0; site < input_.tree.size(); ++site) {
      if (input_.tree[site].empty()) continue;
      terminals_.push_back(site);
      problem.terminals.push_back({.vertex = graph_.vertex_of_site(site),
                                   .demand = input_.problem.sites[site].fibres,
                                   .two_routes = input_.problem.sites[site].two_ways});
    }
    try {
      give_up_what_is_not_there();
      if (!terminals_.empty()) keep(fibre_layout(problem));
      lead_the_others();
    } catch (const InputError& error) {
      out_.routes = input_.tree;
      out_.lower_bound_jpy = 0;
      out_.unlimited = error.what();
    }
    return std::move(out_);
  }

 private:
  void give_up_what_is_not_there() {
    FibreProblem& problem = graph_.problem();
    for (const UnservedTerminal& unserved : unserved_terminals(problem)) {
      if (unserved.obstacle == FibreObstacle::no_way || unserved.obstacle == FibreObstacle::too_long) continue;
      problem.terminals[static_cast<std::size_t>(unserved.terminal)].two_routes = false;
      out_.one_way_only.push_back(terminals_[static_cast<std::size_t>(unserved.terminal)]);
    }
    const std::vector<UnservedTerminal> left = unserved_terminals(problem);
    for (auto unserved = left.rbegin(); unserved != left.rend(); ++unserved) {
      const std::uint32_t site = terminals_[static_cast<std::size_t>(unserved->terminal)];
      out_.too_long.insert(out_.too_long.begin(), site);
      if (input_.problem.sites[site].two_ways) out_.one_way_only.push_back(site);
      problem.terminals.erase(problem.terminals.begin() + unserved->terminal);
      terminals_.erase(terminals_.begin() + unserved->terminal);
    }
    std::sort(out_.one_way_only.begin(), out_.one_way_only.end());
    out_.one_way_only.erase(std::unique(out_.one_way_only.begin(), out_.one_way_only.end()),
                            out_.one_way_only.end());
  }

  void keep(const FibreLayout& layout) {
    for (std::size_t i = 0; i < terminals_.size(); ++i) {
      SiteRoutes& routes = out_.routes[terminals_[i]];
      routes.clear();
      for (const FibreRoute& route : layout.routes[i]) routes.push_back(graph_.route(terminals_[i], route));
    }
    out_.lower_bound_jpy = layout.lower_bound_jpy;
  }

  void lead_the_others() {
    if (out_.too_long.empty()) return;
    std::vector<bool> built(input_.allowed.size(), false);
    for (const std::uint32_t site : terminals_)
      for (const std::vector<std::uint32_t>& route : out_.routes[site])
        for (const std::uint32_t edge : route) built[edge] = true;
    for (const std::uint32_t site : out_.too_long) {
      out_.routes[site] = {cheapest_way(input_, built, input_.problem.sites[site].node)};
      for (const std::uint32_t edge : out_.routes[site].front()) built[edge] = true;
    }
  }

  const LimitedInput& input_;
  Contracted graph_;
  std::vector<std::uint32_t> terminals_{};  ///< [terminal of the problem] site
  LimitedWays out_{};
};

}  // namespace

LimitedWays limited_ways(const LimitedInput& input) {
  return Limiter(input).run();
}

}  // namespace amaneku
