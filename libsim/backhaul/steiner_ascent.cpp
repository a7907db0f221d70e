#include "libsim/backhaul/steiner_ascent.hpp"

#include <algorithm>
#include <utility>

namespace amaneku::steiner {
namespace {

/// Cuts may grow by this much over the next one in the queue before it is that one's turn.
constexpr double kPatience = 1.25;

class Ascender {
 public:
  Ascender(const Graph& graph, std::int32_t root, Effort& effort)
      : graph_(graph), effort_(effort), active_(at(graph.vertices()), 0), seen_(at(graph.vertices()), 0) {
    result_.root = root;
    result_.reduced.reserve(2 * graph.edges().size());
    for (const SteinerEdge& e : graph.edges()) result_.reduced.insert(result_.reduced.end(), 2, e.cost);
    for (const std::int32_t t : graph.terminals()) {
      active_[at(t)] = 1;
      if (t != root) queue_.emplace(static_cast<std::int64_t>(graph.links(t).size()), t);
    }
  }

  Ascent run() {
    while (!queue_.empty() && result_.bound < kFar) {
      if (effort_.is_spent()) {
        result_.complete = false;
        break;
      }
      const std::int32_t terminal = queue_.top().second;
      queue_.pop();
      raise(terminal);
    }
    return std::move(result_);
  }

 private:
  /// The arc of the edge that ends in `head`.
  [[nodiscard]] std::int32_t arc_into(std::int32_t edge, std::int32_t head) const {
    return 2 * edge + (graph_.edges()[at(edge)].to == head ? 0 : 1);
  }

  /// Adds a vertex, and all that reach it over saturated arcs, to the side of the terminal. False: another active
  /// terminal is among them.
  bool absorb(std::int32_t start) {
    stack_.assign(1, start);
    seen_[at(start)] = mark_;
    while (!stack_.empty()) {
      const std::int32_t v = stack_.back();
      stack_.pop_back();
      const std::span<const Link> links = graph_.links(v);
      effort_.spend(static_cast<std::int64_t>(links.size()));
      for (const Link& link : links) {
        if (seen_[at(link.to)] == mark_) continue;
        const std::int32_t arc = arc_into(link.edge, v);
        if (result_.reduced[at(arc)] > 0) {
          cut_.emplace_back(arc, link.to);
          continue;
        }
        if (active_[at(link.to)] != 0) return false;
        seen_[at(link.to)] = mark_;
        stack_.push_back(link.to);
      }
    }
    return true;
  }

  void drop_inner_arcs() {
    std::erase_if(cut_, [&](const auto& arc) { return seen_[at(arc.second)] == mark_; });
  }

  void raise(std::int32_t terminal) {
    ++mark_;
    cut_.clear();
    if (!absorb(terminal)) {
      active_[at(terminal)] = 0;
      return;
    }
    for (drop_inner_arcs(); !cut_.empty(); drop_inner_arcs()) {
      if (!queue_.empty() &&
          static_cast<double>(cut_.size()) > kPatience * static_cast<double>(queue_.top().first)) {
        queue_.emplace(static_cast<std::int64_t>(cut_.size()), terminal);
        return;
      }
      if (!raise_cut()) {
        active_[at(terminal)] = 0;
        return;
      }
      if (effort_.is_spent()) {
        result_.complete = false;
        return;
      }
    }
    result_.bound = kFar;  // nothing leads to this terminal
  }

  /// By what the cheapest arc has left. False: that joins the terminal to another active one.
  bool raise_cut() {
    std::int64_t step = kFar;
    for (const auto& [arc, tail] : cut_) step = std::min(step, result_.reduced[at(arc)]);
    result_.bound += step;
    fresh_.clear();
    for (const auto& [arc, tail] : cut_) {
      if ((result_.reduced[at(arc)] -= step) == 0) fresh_.push_back(tail);
    }
    effort_.spend(2 * static_cast<std::int64_t>(cut_.size()));
    for (const std::int32_t tail : fresh_) {
      if (seen_[at(tail)] == mark_) continue;
      if (active_[at(tail)] != 0 || !absorb(tail)) return false;
    }
    return true;
  }

  const Graph& graph_;
  Effort& effort_;
  Ascent result_{};
  std::vector<char> active_;
  std::vector<std::int32_t> seen_;  ///< mark of the terminal on whose side the vertex is
  std::int32_t mark_ = 0;
  NearestFirst queue_{};
  std::vector<std::pair<std::int32_t, std::int32_t>> cut_{};  ///< arcs into that side, with their tails
  std::vector<std::int32_t> stack_{};
  std::vector<std::int32_t> fresh_{};
};

/// Shortest ways over what is left of the costs: along the arcs, or against them.
std::vector<std::int64_t> ways(const Graph& graph, const Ascent& ascent, std::span<const std::int32_t> starts,
                               bool backward) {
  std::vector<std::int64_t> length(at(graph.vertices()), kFar);
  NearestFirst queue;
  for (const std::int32_t v : starts) {
    length[at(v)] = 0;
    queue.emplace(0, v);
  }
  while (!queue.empty()) {
    const auto [d, v] = queue.top();
    queue.pop();
    if (d != length[at(v)]) continue;
    for (const Link& link : graph.links(v)) {
      const bool forward_arc = graph.edges()[at(link.edge)].to == (backward ? v : link.to);
      const std::int64_t there = d + ascent.reduced[at(2 * link.edge + (forward_arc ? 0 : 1))];
      if (there >= length[at(link.to)]) continue;
      length[at(link.to)] = there;
      queue.emplace(there, link.to);
    }
  }
  return length;
}

}  // namespace

Ascent dual_ascent(const Graph& graph, std::int32_t root, Effort& effort) {
  return Ascender(graph, root, effort).run();
}

std::vector<std::int64_t> cost_with_edge(const Graph& graph, const Ascent& ascent, Effort& effort) {
  const std::vector<std::int32_t> root{ascent.root};
  std::vector<std::int32_t> ends = graph.terminals();
  std::erase(ends, ascent.root);
  const std::vector<std::int64_t> there = ways(graph, ascent, root, false);
  const std::vector<std::int64_t> on = ways(graph, ascent, ends, true);
  effort.spend(8 * static_cast<std::int64_t>(graph.edges().size()));
  std::vector<std::int64_t> out;
  out.reserve(graph.edges().size());
  for (std::size_t e = 0; e < graph.edges().size(); ++e) {
    const std::int32_t from = graph.edges()[e].from;
    const std::int32_t to = graph.edges()[e].to;
    const std::int64_t along = there[at(from)] + ascent.reduced[2 * e] + on[at(to)];
    const std::int64_t back = there[at(to)] + ascent.reduced[2 * e + 1] + on[at(from)];
    out.push_back(std::min(kFar, ascent.bound + std::min(along, back)));
  }
  return out;
}

}  // namespace amaneku::steiner
