#include "libsim/backhaul/steiner_dual.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace amaneku::steiner {
namespace {

std::size_t index(std::int32_t i) {
  return static_cast<std::size_t>(i);
}

/// Index of the arc that enters `into` over an edge.
std::size_t entering(const SteinerEdge& edge, std::int32_t number, std::int32_t into) {
  return 2 * index(number) + (edge.to == into ? 0 : 1);
}

class Ascent {
 public:
  Ascent(const SteinerProblem& problem, const Adjacency& adjacency, std::int32_t root)
      : problem_(problem), adjacency_(adjacency), root_(root), seen_(index(problem.vertices), 0),
        terminal_(index(problem.vertices), false) {
    for (const std::int32_t terminal : problem.terminals) terminal_[index(terminal)] = true;
    for (const SteinerEdge& edge : problem.edges) {
      out_.reduced_cost.push_back(edge.cost);
      out_.reduced_cost.push_back(edge.cost);
    }
  }

  DualAscent run() {
    // Small components first: their cuts cost least to look at and raise the bound most.
    using Entry = std::pair<std::size_t, std::int32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> active;
    for (const std::int32_t terminal : problem_.terminals) {
      if (terminal != root_) active.emplace(adjacency_.at(terminal).size(), terminal);
    }
    while (!active.empty()) {
      const auto [size, terminal] = active.top();
      active.pop();
      const std::size_t now = gather(terminal);
      if (reached_root_) continue;
      if (now > size && !active.empty() && now > active.top().first) {
        active.emplace(now, terminal);
        continue;
      }
      raise();
      active.emplace(now, terminal);
    }
    return std::move(out_);
  }

 private:
  /// What reaches the terminal over arcs without reduced cost, and the arcs that enter it. Its size in arcs.
  std::size_t gather(std::int32_t terminal) {
    ++round_;
    reached_root_ = false;
    entering_.clear();
    std::vector<std::int32_t>& open = open_;
    open.assign(1, terminal);
    seen_[index(terminal)] = round_;
    std::size_t arcs = 0;
    while (!open.empty()) {
      const std::int32_t vertex = open.back();
      open.pop_back();
      for (const Arc& arc : adjacency_.at(vertex)) {
        ++arcs;
        if (seen_[index(arc.to)] == round_) continue;
        const std::size_t in = entering(problem_.edges[index(arc.edge)], arc.edge, vertex);
        if (out_.reduced_cost[in] > 0) {
          entering_.emplace_back(in, arc.to);
          continue;
        }
        if (arc.to == root_) {
          reached_root_ = true;
          out_.work += static_cast<std::int64_t>(arcs);
          return arcs;
        }
        seen_[index(arc.to)] = round_;
        open.push_back(arc.to);
      }
    }
    out_.work += static_cast<std::int64_t>(arcs);
    return arcs;
  }

  void raise() {
    std::int64_t least = kFar;
    for (const auto& [arc, from] : entering_) {
      if (seen_[index(from)] != round_) least = std::min(least, out_.reduced_cost[arc]);
    }
    for (const auto& [arc, from] : entering_) {
      if (seen_[index(from)] != round_) out_.reduced_cost[arc] -= least;
    }
    out_.lower_bound += least;
  }

  const SteinerProblem& problem_;
  const Adjacency& adjacency_;
  std::int32_t root_;
  std::vector<std::int64_t> seen_;  ///< [vertex] round in which it was gathered last
  std::vector<bool> terminal_;
  std::vector<std::pair<std::size_t, std::int32_t>> entering_{};  ///< arc, and where it comes from
  std::vector<std::int32_t> open_{};
  std::int64_t round_ = 0;
  bool reached_root_ = false;
  DualAscent out_{};
};

using Entry = std::pair<std::int64_t, std::int32_t>;
using Queue = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;

/// Distances by reduced costs, from `starts` along the arcs, or against them.
std::vector<std::int64_t> reduced_ways(const SteinerProblem& problem, const Adjacency& adjacency,
                                       const DualAscent& dual, const std::vector<std::int32_t>& starts,
                                       bool along) {
  std::vector<std::int64_t> way(index(problem.vertices), kFar);
  Queue queue;
  for (const std::int32_t start : starts) {
    way[index(start)] = 0;
    queue.emplace(0, start);
  }
  while (!queue.empty()) {
    const auto [so_far, vertex] = queue.top();
    queue.pop();
    if (so_far > way[index(vertex)]) continue;
    for (const Arc& arc : adjacency.at(vertex)) {
      const SteinerEdge& edge = problem.edges[index(arc.edge)];
      const std::size_t which = entering(edge, arc.edge, along ? arc.to : vertex);
      const std::int64_t next = so_far + dual.reduced_cost[which];
      if (next >= way[index(arc.to)]) continue;
      way[index(arc.to)] = next;
      queue.emplace(next, arc.to);
    }
  }
  return way;
}

}  // namespace

DualAscent dual_ascent(const SteinerProblem& problem, const Adjacency& adjacency, std::int32_t root) {
  return Ascent(problem, adjacency, root).run();
}

std::vector<bool> edges_below(const SteinerProblem& problem, const Adjacency& adjacency, const DualAscent& dual,
                              std::int32_t root, std::int64_t best) {
  std::vector<std::int32_t> others;
  for (const std::int32_t terminal : problem.terminals) {
    if (terminal != root) others.push_back(terminal);
  }
  const std::vector<std::int64_t> from_root = reduced_ways(problem, adjacency, dual, {root}, true);
  const std::vector<std::int64_t> to_terminal = reduced_ways(problem, adjacency, dual, others, false);
  std::vector<bool> out(problem.edges.size(), false);
  for (std::size_t i = 0; i < problem.edges.size(); ++i) {
    const auto a = index(problem.edges[i].from);
    const auto b = index(problem.edges[i].to);
    const std::int64_t forth = from_root[a] + dual.reduced_cost[2 * i] + to_terminal[b];
    const std::int64_t back = from_root[b] + dual.reduced_cost[2 * i + 1] + to_terminal[a];
    out[i] = dual.lower_bound + std::min(forth, back) < best;
  }
  return out;
}

}  // namespace amaneku::steiner
