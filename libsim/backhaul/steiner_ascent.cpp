#include "libsim/backhaul/steiner_ascent.hpp"

#include <algorithm>
#include <utility>

namespace amaneku::steiner {
namespace {

/// Cuts may grow by this much over the next one in the queue before it is that one's turn.
constexpr double kPatience = 1.25;
/// Ranks of cuts are their sizes times this, and times up to twice this where the order is shaken.
constexpr std::uint64_t kShake = 16;
/// Terminals whose cuts are lowered together: up to so many.
constexpr std::size_t kTogether = 12;

}  // namespace

class Ascender {
 public:
  Ascender(const Graph& graph, std::int32_t root, bool recorded)
      : graph_(graph),
        recorded_(recorded),
        active_(at(graph.vertices()), 0),
        seen_(at(graph.vertices()), 0),
        length_(at(graph.vertices()), kFar),
        raises_(at(graph.vertices())) {
    result_.root = root;
    result_.reduced.reserve(2 * graph.edges().size());
    for (const SteinerEdge& e : graph.edges()) result_.reduced.insert(result_.reduced.end(), 2, e.cost);
  }

  [[nodiscard]] Ascent& result() noexcept { return result_; }

  void run(Effort& effort) {
    effort_ = &effort;
    raise_all(graph_.terminals());
  }

  void polish(Effort& effort) {
    effort_ = &effort;
    const std::size_t most = std::min(kTogether, graph_.terminals().size() - 1);
    while (!effort.is_spent() && result_.bound < kFar && most > 0) {
      ++seed_;
      lower_some(1 + mixed(seed_, 1) % most);
    }
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
      effort_->spend(static_cast<std::int64_t>(links.size()));
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

  struct Raise {
    std::int64_t step;
    std::vector<std::int32_t> arcs;
  };

  void raise_all(std::span<const std::int32_t> terminals) {
    for (const std::int32_t t : terminals) active_[at(t)] = 1;
    active_[at(result_.root)] = 1;
    for (const std::int32_t t : terminals) {
      if (t != result_.root) queue_.emplace(rank_of_cut(t, graph_.links(t).size()), t);
    }
    while (!queue_.empty() && result_.bound < kFar) {
      if (effort_->is_spent()) {
        result_.complete = false;
        break;
      }
      const std::int32_t terminal = queue_.top().second;
      queue_.pop();
      raise(terminal);
    }
    queue_ = {};
    for (const std::int32_t t : terminals) active_[at(t)] = 0;
  }

  /// Terminals around a random one.
  std::vector<std::int32_t> neighbours(std::size_t n) {
    std::vector<std::int32_t> out;
    std::vector<std::int32_t> touched;
    NearestFirst queue;
    const auto reach = [&](std::int32_t v, std::int64_t d) {
      if (d >= length_[at(v)]) return;
      if (length_[at(v)] == kFar) touched.push_back(v);
      length_[at(v)] = d;
      queue.emplace(d, v);
    };
    reach(graph_.terminals()[mixed(seed_, 2) % graph_.terminals().size()], 0);
    while (!queue.empty() && out.size() < n) {
      const auto [d, v] = queue.top();
      queue.pop();
      if (d != length_[at(v)]) continue;
      if (graph_.is_terminal(v) && v != result_.root) out.push_back(v);
      for (const Link& link : graph_.links(v)) reach(link.to, d + link.cost);
    }
    effort_->spend(4 * static_cast<std::int64_t>(touched.size()));
    for (const std::int32_t v : touched) length_[at(v)] = kFar;
    return out;
  }

  void change_costs(const std::vector<Raise>& raises, std::int64_t sign) {
    for (const Raise& r : raises) {
      for (const std::int32_t arc : r.arcs) result_.reduced[at(arc)] += sign * r.step;
      result_.bound -= sign * r.step;
      effort_->spend(static_cast<std::int64_t>(r.arcs.size()));
    }
  }

  void lower_some(std::size_t n) {
    const std::vector<std::int32_t> chosen = neighbours(n);
    const std::int64_t before = result_.bound;
    std::vector<std::vector<Raise>> lowered;
    for (const std::int32_t t : chosen) {
      change_costs(raises_[at(t)], 1);
      lowered.push_back(std::exchange(raises_[at(t)], {}));
    }
    raise_all(chosen);
    if (result_.bound >= before) return;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      change_costs(raises_[at(chosen[i])], 1);
      change_costs(lowered[i], -1);
      raises_[at(chosen[i])] = std::move(lowered[i]);
    }
  }

  [[nodiscard]] std::int64_t rank_of_cut(std::int32_t terminal, std::size_t size) const {
    const std::uint64_t shake = seed_ == 0 ? 0 : mixed(seed_, at(terminal)) % kShake;
    return static_cast<std::int64_t>(size * (kShake + shake));
  }

  void raise(std::int32_t terminal) {
    ++mark_;
    cut_.clear();
    if (!absorb(terminal)) {
      active_[at(terminal)] = 0;
      return;
    }
    for (drop_inner_arcs(); !cut_.empty(); drop_inner_arcs()) {
      const std::int64_t rank = rank_of_cut(terminal, cut_.size());
      if (!queue_.empty() && static_cast<double>(rank) > kPatience * static_cast<double>(queue_.top().first)) {
        queue_.emplace(rank, terminal);
        return;
      }
      if (!raise_cut(terminal)) {
        active_[at(terminal)] = 0;
        return;
      }
      if (effort_->is_spent()) {
        result_.complete = false;
        return;
      }
    }
    result_.bound = kFar;  // nothing leads to this terminal
  }

  /// By what the cheapest arc has left. False: that joins the terminal to another active one.
  bool raise_cut(std::int32_t terminal) {
    std::int64_t step = kFar;
    for (const auto& [arc, tail] : cut_) step = std::min(step, result_.reduced[at(arc)]);
    result_.bound += step;
    if (recorded_) {
      raises_[at(terminal)].push_back({step, {}});
      for (const auto& [arc, tail] : cut_) raises_[at(terminal)].back().arcs.push_back(arc);
    }
    fresh_.clear();
    for (const auto& [arc, tail] : cut_) {
      if ((result_.reduced[at(arc)] -= step) == 0) fresh_.push_back(tail);
    }
    effort_->spend(2 * static_cast<std::int64_t>(cut_.size()));
    for (const std::int32_t tail : fresh_) {
      if (seen_[at(tail)] == mark_) continue;
      if (active_[at(tail)] != 0 || !absorb(tail)) return false;
    }
    return true;
  }

  const Graph& graph_;
  Effort* effort_ = nullptr;
  bool recorded_;
  Ascent result_{};
  std::uint64_t seed_ = 0;
  std::vector<char> active_;
  std::vector<std::int32_t> seen_;  ///< mark of the terminal on whose side the vertex is
  std::int32_t mark_ = 0;
  NearestFirst queue_{};
  std::vector<std::int64_t> length_;        ///< of the search for neighbours; kFar between searches
  std::vector<std::vector<Raise>> raises_;  ///< [vertex] of a terminal its cuts, where they are recorded
  std::vector<std::pair<std::int32_t, std::int32_t>> cut_{};  ///< arcs into that side, with their tails
  std::vector<std::int32_t> stack_{};
  std::vector<std::int32_t> fresh_{};
};

namespace {

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
  Ascender ascender(graph, root, false);
  ascender.run(effort);
  return std::move(ascender.result());
}

PolishedAscent::PolishedAscent(const Graph& graph, std::int32_t root, Effort& effort)
    : ascender_(std::make_unique<Ascender>(graph, root, true)) {
  ascender_->run(effort);
}

PolishedAscent::~PolishedAscent() = default;

void PolishedAscent::polish(Effort& effort) {
  ascender_->polish(effort);
}

const Ascent& PolishedAscent::ascent() const noexcept {
  return ascender_->result();
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
