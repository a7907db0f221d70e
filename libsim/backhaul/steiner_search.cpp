#include "libsim/backhaul/steiner_search.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace amaneku::steiner {
namespace {

using Entry = std::pair<std::int64_t, std::int32_t>;
using Queue = std::priority_queue<Entry, std::vector<Entry>, std::greater<>>;

std::size_t index(std::int32_t i) {
  return static_cast<std::size_t>(i);
}

std::int32_t other_end(const SteinerEdge& edge, std::int32_t vertex) {
  return edge.from == vertex ? edge.to : edge.from;
}

/// A tree by its vertices.
class TreeShape {
 public:
  TreeShape(const SteinerProblem& problem, const std::vector<std::int32_t>& tree)
      : problem_(problem), at_(index(problem.vertices)), is_terminal_(index(problem.vertices), false) {
    for (const std::int32_t terminal : problem.terminals) is_terminal_[index(terminal)] = true;
    for (const std::int32_t edge : tree) {
      at_[index(problem.edges[index(edge)].from)].push_back(edge);
      at_[index(problem.edges[index(edge)].to)].push_back(edge);
    }
  }

  /// Terminals and junctions: between them lie paths.
  [[nodiscard]] bool is_key(std::int32_t vertex) const {
    return is_terminal_[index(vertex)] || at_[index(vertex)].size() > 2;
  }
  [[nodiscard]] const std::vector<std::int32_t>& at(std::int32_t vertex) const { return at_[index(vertex)]; }

  /// The path that begins with `edge` at a key vertex.
  [[nodiscard]] std::vector<std::int32_t> path(std::int32_t from, std::int32_t edge) const {
    std::vector<std::int32_t> out = {edge};
    for (std::int32_t v = other_end(problem_.edges[index(edge)], from); !is_key(v);) {
      const std::int32_t next = at_[index(v)][0] == out.back() ? at_[index(v)][1] : at_[index(v)][0];
      out.push_back(next);
      v = other_end(problem_.edges[index(next)], v);
    }
    return out;
  }

 private:
  const SteinerProblem& problem_;
  std::vector<std::vector<std::int32_t>> at_;
  std::vector<bool> is_terminal_;
};

/// Every path once, dear ones first.
std::vector<std::vector<std::int32_t>> key_paths(const SteinerProblem& problem,
                                                 const std::vector<std::int32_t>& tree) {
  const TreeShape shape(problem, tree);
  std::vector<bool> done(problem.edges.size(), false);
  std::vector<std::pair<std::int64_t, std::vector<std::int32_t>>> paths;
  for (const std::int32_t edge : tree) {
    for (const std::int32_t end : {problem.edges[index(edge)].from, problem.edges[index(edge)].to}) {
      if (!shape.is_key(end) || done[index(edge)]) continue;
      std::vector<std::int32_t> path = shape.path(end, edge);
      for (const std::int32_t i : path) done[index(i)] = true;
      const std::int64_t cost = cost_of(problem, path);
      paths.emplace_back(cost, std::move(path));
    }
  }
  std::stable_sort(paths.begin(), paths.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::vector<std::int32_t>> out;
  for (auto& [cost, path] : paths) out.push_back(std::move(path));
  return out;
}

/// Exchanges one path after another in a tree.
class Exchange {
 public:
  Exchange(const SteinerProblem& problem, const Adjacency& adjacency, std::vector<std::int32_t> tree)
      : problem_(problem), adjacency_(adjacency), in_tree_(problem.edges.size(), false),
        side_(index(problem.vertices), 0), way_(index(problem.vertices), kFar),
        last_(index(problem.vertices), -1), degree_(index(problem.vertices), 0) {
    for (const std::int32_t edge : tree) put(edge, true);
  }

  /// True where the path gave way to a cheaper one.
  bool replace(const std::vector<std::int32_t>& path, std::int64_t& work) {
    if (!still_a_path(path)) return false;
    for (const std::int32_t edge : path) put(edge, false);
    const auto ends = ends_of(path);
    mark(ends.first, 1, work);
    mark(ends.second, 2, work);
    const std::int64_t cost = cost_of(problem_, path);
    const std::int32_t meet = shortest(cost, work);
    bool better = false;
    if (meet >= 0) {
      better = true;
      for (std::int32_t v = meet; last_[index(v)] >= 0;) {
        const std::int32_t edge = last_[index(v)];
        put(edge, true);
        v = other_end(problem_.edges[index(edge)], v);
      }
    } else {
      for (const std::int32_t edge : path) put(edge, true);
    }
    for (const std::int32_t v : touched_) {
      side_[index(v)] = 0;
      way_[index(v)] = kFar;
      last_[index(v)] = -1;
    }
    touched_.clear();
    return better;
  }

  [[nodiscard]] std::vector<std::int32_t> tree() const {
    std::vector<std::int32_t> out;
    for (std::size_t i = 0; i < in_tree_.size(); ++i) {
      if (in_tree_[i]) out.push_back(static_cast<std::int32_t>(i));
    }
    return out;
  }

 private:
  void put(std::int32_t edge, bool in) {
    in_tree_[index(edge)] = in;
    degree_[index(problem_.edges[index(edge)].from)] += in ? 1 : -1;
    degree_[index(problem_.edges[index(edge)].to)] += in ? 1 : -1;
  }

  /// False where exchanges before this one took a part of it, or joined something to its middle.
  [[nodiscard]] bool still_a_path(const std::vector<std::int32_t>& path) const {
    if (!std::all_of(path.begin(), path.end(), [&](std::int32_t edge) { return in_tree_[index(edge)]; }))
      return false;
    std::int32_t v = ends_of(path).first;
    for (std::size_t k = 0; k + 1 < path.size(); ++k) {
      v = other_end(problem_.edges[index(path[k])], v);
      if (degree_[index(v)] != 2) return false;
    }
    return true;
  }

  /// The two vertices of a path that only one of its edges has.
  [[nodiscard]] std::pair<std::int32_t, std::int32_t> ends_of(const std::vector<std::int32_t>& path) const {
    const SteinerEdge& first = problem_.edges[index(path.front())];
    if (path.size() == 1) return {first.from, first.to};
    const SteinerEdge& second = problem_.edges[index(path[1])];
    const bool shares_to = first.to == second.from || first.to == second.to;
    std::int32_t v = shares_to ? first.from : first.to;
    const std::int32_t start = v;
    for (const std::int32_t edge : path) v = other_end(problem_.edges[index(edge)], v);
    return {start, v};
  }

  void mark(std::int32_t start, int side, std::int64_t& work) {
    std::vector<std::int32_t> open = {start};
    side_[index(start)] = side;
    touched_.push_back(start);
    while (!open.empty()) {
      const std::int32_t v = open.back();
      open.pop_back();
      for (const Arc& arc : adjacency_.at(v)) {
        ++work;
        if (!in_tree_[index(arc.edge)] || side_[index(arc.to)] != 0) continue;
        side_[index(arc.to)] = side;
        touched_.push_back(arc.to);
        open.push_back(arc.to);
      }
    }
  }

  /// From side 1 to side 2 for less than `limit`: the vertex of side 2 that it ends at, or -1.
  std::int32_t shortest(std::int64_t limit, std::int64_t& work) {
    Queue queue;
    const std::vector<std::int32_t> starts = touched_;
    for (const std::int32_t v : starts) {
      if (side_[index(v)] != 1) continue;
      way_[index(v)] = 0;
      queue.emplace(0, v);
    }
    while (!queue.empty()) {
      const auto [so_far, v] = queue.top();
      queue.pop();
      if (so_far > way_[index(v)]) continue;
      if (side_[index(v)] == 2) return v;
      for (const Arc& arc : adjacency_.at(v)) {
        ++work;
        const std::int64_t next = so_far + problem_.edges[index(arc.edge)].cost;
        if (next >= limit || next >= way_[index(arc.to)]) continue;
        if (way_[index(arc.to)] == kFar) touched_.push_back(arc.to);
        way_[index(arc.to)] = next;
        last_[index(arc.to)] = arc.edge;
        queue.emplace(next, arc.to);
      }
    }
    return -1;
  }

  const SteinerProblem& problem_;
  const Adjacency& adjacency_;
  std::vector<bool> in_tree_;
  std::vector<int> side_;  ///< [vertex] 1, 2: side of the tree; 0: not in it
  std::vector<std::int64_t> way_;
  std::vector<std::int32_t> last_;  ///< [vertex] edge by which it was reached
  std::vector<std::int32_t> touched_{};
  std::vector<int> degree_;  ///< [vertex] in the tree
};

}  // namespace

std::vector<std::int32_t> path_tree(const SteinerProblem& problem, const Adjacency& adjacency, std::int32_t start,
                                    const std::vector<bool>& allowed, std::int64_t& work) {
  std::vector<bool> wanted(index(problem.vertices), false);
  for (const std::int32_t terminal : problem.terminals) wanted[index(terminal)] = true;
  std::size_t left = problem.terminals.size();
  std::vector<std::int64_t> way(index(problem.vertices), kFar);
  std::vector<std::int32_t> last(index(problem.vertices), -1);
  std::vector<std::int32_t> chosen;
  Queue queue;
  const auto take = [&](std::int32_t v) {
    if (wanted[index(v)]) {
      wanted[index(v)] = false;
      --left;
    }
    way[index(v)] = 0;
    last[index(v)] = -1;
    queue.emplace(0, v);
  };
  take(start);
  while (left > 0 && !queue.empty()) {
    const auto [so_far, v] = queue.top();
    queue.pop();
    if (so_far > way[index(v)]) continue;
    if (wanted[index(v)]) {
      // The way back joins the tree; distances from its vertices begin anew.
      for (std::int32_t at = v; last[index(at)] >= 0;) {
        const std::int32_t edge = last[index(at)];
        chosen.push_back(edge);
        const std::int32_t before = other_end(problem.edges[index(edge)], at);
        take(at);
        at = before;
      }
      continue;
    }
    for (const Arc& arc : adjacency.at(v)) {
      ++work;
      if (!allowed.empty() && !allowed[index(arc.edge)]) continue;
      const std::int64_t next = so_far + problem.edges[index(arc.edge)].cost;
      if (next >= way[index(arc.to)]) continue;
      way[index(arc.to)] = next;
      last[index(arc.to)] = arc.edge;
      queue.emplace(next, arc.to);
    }
  }
  if (left > 0) return {};
  return pruned_tree(problem, std::move(chosen));
}

std::vector<std::int32_t> exchanged(const SteinerProblem& problem, const Adjacency& adjacency,
                                    std::vector<std::int32_t> tree, std::int64_t most_work, std::int64_t& work) {
  for (bool again = true; again && work < most_work;) {
    again = false;
    Exchange exchange(problem, adjacency, tree);
    for (const std::vector<std::int32_t>& path : key_paths(problem, tree)) {
      if (work >= most_work) break;
      again = exchange.replace(path, work) || again;
    }
    if (again) tree = pruned_tree(problem, exchange.tree());
  }
  return tree;
}

std::vector<std::int32_t> with_vertices(const SteinerProblem& problem, const Adjacency& adjacency,
                                        std::vector<std::int32_t> tree, std::int64_t most_work,
                                        std::int64_t& work) {
  std::vector<bool> in_tree(index(problem.vertices), false);
  const auto enter = [&] {
    std::fill(in_tree.begin(), in_tree.end(), false);
    for (const std::int32_t edge : tree) {
      in_tree[index(problem.edges[index(edge)].from)] = true;
      in_tree[index(problem.edges[index(edge)].to)] = true;
    }
  };
  enter();
  std::int64_t cost = cost_of(problem, tree);
  for (std::int32_t v = 0; v < problem.vertices && work < most_work; ++v) {
    if (in_tree[index(v)]) continue;
    std::vector<std::int32_t> more = tree;
    std::size_t touches = 0;
    for (const Arc& arc : adjacency.at(v)) {
      if (!in_tree[index(arc.to)]) continue;
      more.push_back(arc.edge);
      ++touches;
    }
    ++work;
    if (touches < 2) continue;
    work += problem.vertices + static_cast<std::int64_t>(problem.edges.size() / 8);
    std::vector<std::int32_t> other = pruned_tree(problem, std::move(more));
    const std::int64_t other_cost = cost_of(problem, other);
    if (other_cost >= cost) continue;
    tree = std::move(other);
    cost = other_cost;
    enter();
  }
  return tree;
}

}  // namespace amaneku::steiner
