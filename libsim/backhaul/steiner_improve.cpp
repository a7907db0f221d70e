#include "libsim/backhaul/steiner_improve.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "libsim/backhaul/steiner_subsets.hpp"

namespace amaneku::steiner {
namespace {

constexpr std::int32_t kFewEnds = 3;

/// A piece of the tree: vertices whose edges are all taken out, and those where the rest hangs on.
struct Patch {
  std::vector<std::int32_t> inner{};
  std::vector<std::int32_t> rim{};
  Tree edges{};
  std::int64_t cost = 0;
};

class Improver {
 public:
  Improver(const Graph& graph, const Tree& tree, Effort& effort)
      : graph_(graph),
        effort_(effort),
        in_tree_(graph.edges().size(), 0),
        queued_(at(graph.vertices()), 0),
        role_(at(graph.vertices()), kElsewhere),
        stale_(at(graph.vertices()), 0),
        local_(at(graph.vertices()), -1),
        length_(at(graph.vertices()), kFar) {
    for (const std::int32_t e : tree) in_tree_[at(e)] = 1;
    order();
  }

  void run(PatchSize size) {
    size_ = size;
    for (std::int32_t v = 0; v < graph_.vertices(); ++v) enqueue(v);
    while (!todo_.empty() && !effort_.is_spent()) {
      const std::int32_t v = todo_.front();
      todo_.pop_front();
      queued_[at(v)] = 0;
      if (enter_[at(v)] >= 0) treat(v);
      if (todo_.empty()) take_up_deferred();
    }
    take_up_deferred();
    for (const std::int32_t v : todo_) queued_[at(v)] = 0;
    todo_.clear();
  }

  [[nodiscard]] Tree tree() const {
    Tree tree;
    for (std::size_t e = 0; e < in_tree_.size(); ++e) {
      if (in_tree_[e] != 0) tree.push_back(static_cast<std::int32_t>(e));
    }
    return tree;
  }

 private:
  enum Role : char { kElsewhere, kRim, kInner };

  [[nodiscard]] int degree(std::int32_t v) const {
    int n = 0;
    for (const Link& link : graph_.links(v)) n += in_tree_[at(link.edge)];
    return n;
  }

  void enqueue(std::int32_t v) {
    if (queued_[at(v)] != 0 || enter_[at(v)] < 0 || (!graph_.is_terminal(v) && degree(v) < 3)) return;
    queued_[at(v)] = 1;
    todo_.push_back(v);
  }

  /// The numbers of order() say nothing of what has changed since: patches that touch it wait for new ones.
  void defer(std::int32_t v) {
    if (queued_[at(v)] != 0) return;
    queued_[at(v)] = 1;
    deferred_.push_back(v);
  }

  void take_up_deferred() {
    if (deferred_.empty()) return;
    order();
    for (const std::int32_t v : deferred_) queued_[at(v)] = 0;
    for (const std::int32_t v : deferred_) enqueue(v);
    deferred_.clear();
  }

  [[nodiscard]] bool any_stale(const std::vector<std::int32_t>& vertices) const {
    return std::any_of(vertices.begin(), vertices.end(), [&](std::int32_t v) { return stale_[at(v)] != 0; });
  }

  /// Numbers the vertices of the tree from its first terminal, so that those beyond one of them are an interval.
  void order() {
    enter_.assign(at(graph_.vertices()), -1);
    leave_.assign(at(graph_.vertices()), -1);
    std::int32_t next = 0;
    std::vector<std::pair<std::int32_t, std::size_t>> stack{{graph_.terminals().front(), 0}};
    enter_[at(graph_.terminals().front())] = next++;
    while (!stack.empty()) {
      auto& [v, i] = stack.back();
      const std::span<const Link> links = graph_.links(v);
      while (i < links.size() && (in_tree_[at(links[i].edge)] == 0 || enter_[at(links[i].to)] >= 0)) ++i;
      if (i == links.size()) {
        leave_[at(v)] = next;
        stack.pop_back();
        continue;
      }
      const std::int32_t child = links[i].to;
      enter_[at(child)] = next++;
      stack.emplace_back(child, 0);
    }
    for (const std::int32_t v : changed_) stale_[at(v)] = 0;
    changed_.clear();
    effort_.spend(next);
  }

  Patch cut_out(std::int32_t seed) {
    Patch patch;
    NearestFirst frontier;
    role_[at(seed)] = kRim;
    patch.rim.push_back(seed);
    frontier.emplace(0, seed);
    std::int32_t ends = 1;
    while (!frontier.empty() && patch.edges.size() < at(size_.vertices / 4)) {
      const auto [d, v] = frontier.top();
      frontier.pop();
      const std::int32_t outward = degree(v) - (patch.inner.empty() ? 0 : 1);
      const std::int32_t after = ends - 1 + outward + (graph_.is_terminal(v) ? 1 : 0);
      if (after > size_.ends && !patch.inner.empty()) continue;
      ends = after;
      role_[at(v)] = kInner;
      patch.inner.push_back(v);
      for (const Link& link : graph_.links(v)) {
        if (in_tree_[at(link.edge)] == 0 || role_[at(link.to)] != kElsewhere) continue;
        role_[at(link.to)] = kRim;
        patch.rim.push_back(link.to);
        patch.edges.push_back(link.edge);
        patch.cost += link.cost;
        frontier.emplace(d + link.cost, link.to);
      }
      effort_.spend(static_cast<std::int64_t>(graph_.links(v).size()));
    }
    std::erase_if(patch.rim, [&](std::int32_t v) { return role_[at(v)] == kInner; });
    return patch;
  }

  /// The vertices next to the patch, nearest first.
  std::vector<std::int32_t> around(const Patch& patch) {
    std::vector<std::int32_t> region;
    std::vector<std::int32_t> touched;
    NearestFirst queue;
    const auto reach = [&](std::int32_t v, std::int64_t d) {
      if (d >= length_[at(v)]) return;
      if (length_[at(v)] == kFar) touched.push_back(v);
      length_[at(v)] = d;
      queue.emplace(d, v);
    };
    for (const std::int32_t v : patch.inner) reach(v, 0);
    for (const std::int32_t v : patch.rim) reach(v, 0);
    const std::size_t most = touched.size() + at(size_.vertices);
    while (!queue.empty() && region.size() < most) {
      const auto [d, v] = queue.top();
      queue.pop();
      if (d != length_[at(v)]) continue;
      region.push_back(v);
      for (const Link& link : graph_.links(v)) {
        if (d + link.cost < patch.cost) reach(link.to, d + link.cost);
      }
      effort_.spend(static_cast<std::int64_t>(graph_.links(v).size()));
    }
    for (const std::int32_t v : touched) length_[at(v)] = kFar;
    return region;
  }

  /// Which part of the rest of the tree the vertex lies in: an index of the rim.
  [[nodiscard]] std::int32_t part_of(const Patch& patch, std::int32_t v) const {
    std::int32_t above = -1;
    for (std::size_t i = 0; i < patch.rim.size(); ++i) {
      const std::int32_t r = patch.rim[i];
      const bool below = enter_[at(r)] <= enter_[at(v)] && enter_[at(v)] < leave_[at(r)];
      const bool holds_patch =
          enter_[at(r)] <= enter_[at(patch.inner.front())] && enter_[at(patch.inner.front())] < leave_[at(r)];
      if (holds_patch)
        above = static_cast<std::int32_t>(i);
      else if (below)
        return static_cast<std::int32_t>(i);
    }
    return above;
  }

  /// The edges that join the rest of the tree more cheaply than the patch, if there are such.
  std::optional<Tree> rejoined(const Patch& patch, const std::vector<std::int32_t>& region) {
    std::vector<char> terminal(patch.rim.size(), 1);
    for (const std::int32_t v : region) {
      if (enter_[at(v)] >= 0 && role_[at(v)] != kInner) {
        local_[at(v)] = part_of(patch, v);
        continue;
      }
      local_[at(v)] = static_cast<std::int32_t>(terminal.size());
      terminal.push_back(static_cast<char>(graph_.is_terminal(v)));
    }
    std::vector<SteinerEdge> edges;
    std::vector<std::int32_t> number;
    for (const std::int32_t v : region) {
      for (const Link& link : graph_.links(v)) {
        const std::int32_t a = local_[at(v)];
        const std::int32_t b = local_[at(link.to)];
        if (b < 0 || a == b || v > link.to) continue;
        edges.push_back({a, b, link.cost});
        number.push_back(link.edge);
      }
    }
    for (const std::int32_t v : region) local_[at(v)] = -1;
    const Graph small(std::move(edges), std::move(terminal));
    if (small.terminals().size() < 2 || small.terminals().size() > at(size_.ends + 6)) return std::nullopt;
    std::optional<Tree> found = by_subsets(small, patch.cost, effort_);
    if (!found) return std::nullopt;
    for (std::int32_t& e : *found) e = number[at(e)];
    return found;
  }

  void change(std::int32_t v) {
    if (stale_[at(v)] != 0) return;
    stale_[at(v)] = 1;
    changed_.push_back(v);
    defer(v);
  }

  void trim(std::int32_t v) {
    while (!graph_.is_terminal(v) && degree(v) == 1) {
      for (const Link& link : graph_.links(v)) {
        if (in_tree_[at(link.edge)] == 0) continue;
        in_tree_[at(link.edge)] = 0;
        v = link.to;
        change(v);
        break;
      }
    }
  }

  void treat(std::int32_t seed) {
    if (stale_[at(seed)] != 0) return defer(seed);
    const Patch patch = cut_out(seed);
    const std::vector<std::int32_t> region = around(patch);
    const bool waits = any_stale(region) || any_stale(patch.inner) || any_stale(patch.rim);
    const std::optional<Tree> better = waits ? std::nullopt : rejoined(patch, region);
    for (const std::int32_t v : patch.inner) role_[at(v)] = kElsewhere;
    for (const std::int32_t v : patch.rim) role_[at(v)] = kElsewhere;
    if (waits) return defer(seed);
    if (better) exchange(patch, *better);
  }

  void exchange(const Patch& patch, const Tree& better) {
    for (const std::int32_t e : patch.edges) in_tree_[at(e)] = 0;
    for (const std::int32_t e : better) in_tree_[at(e)] = 1;
    for (const std::int32_t v : patch.inner) change(v);
    for (const std::int32_t v : patch.rim) change(v);
    for (const std::int32_t e : better) {
      change(graph_.edges()[at(e)].from);
      change(graph_.edges()[at(e)].to);
    }
    for (const std::int32_t v : patch.rim) trim(v);
  }

  const Graph& graph_;
  PatchSize size_{};
  Effort& effort_;
  std::vector<char> in_tree_;
  std::vector<char> queued_;
  std::vector<char> role_;
  std::vector<char> stale_;            ///< changed since order()
  std::vector<std::int32_t> local_;    ///< number in the small graph; -1 between patches
  std::vector<std::int64_t> length_;   ///< from the patch; kFar between patches
  std::vector<std::int32_t> enter_{};  ///< -1: not in the tree
  std::vector<std::int32_t> leave_{};
  std::deque<std::int32_t> todo_{};
  std::vector<std::int32_t> deferred_{};
  std::vector<std::int32_t> changed_{};
};

}  // namespace

Tree improved(const Graph& graph, const Tree& tree, PatchSize size, Effort& effort) {
  if (tree.empty()) return {};
  Improver improver(graph, tree, effort);
  // What small patches find is found for little.
  for (std::int32_t ends = std::min(kFewEnds, size.ends); ends <= size.ends; ++ends) {
    improver.run({.ends = ends, .vertices = size.vertices * ends / size.ends});
  }
  return improver.tree();
}

}  // namespace amaneku::steiner
