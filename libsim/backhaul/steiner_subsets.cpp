#include "libsim/backhaul/steiner_subsets.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace amaneku::steiner {
namespace {

class Subsets {
 public:
  Subsets(const Graph& graph, std::int64_t limit, Effort& effort)
      : graph_(graph),
        limit_(limit),
        effort_(effort),
        n_(at(graph.vertices())),
        root_(graph.terminals().back()),
        full_((std::size_t{1} << (graph.terminals().size() - 1)) - 1),
        cost_((full_ + 1) * n_, kFar),
        from_((full_ + 1) * n_, kNowhere) {}

  std::optional<Tree> run() {
    for (const std::int32_t t : graph_.terminals()) {
      distance_.push_back(distances(t));
    }
    for (std::size_t set = 1; set <= full_; ++set) {
      if ((set & (set - 1)) == 0) {
        std::size_t i = 0;
        while ((set >> i) != 1) ++i;
        cost_[set * n_ + at(graph_.terminals()[i])] = 0;
      } else {
        merge(set);
      }
      spread(set);
      if (effort_.is_spent()) return std::nullopt;
    }
    if (cost_[full_ * n_ + at(root_)] >= limit_) return std::nullopt;
    return tree();
  }

 private:
  static constexpr std::int32_t kNowhere = std::numeric_limits<std::int32_t>::min();

  std::vector<std::int64_t> distances(std::int32_t start) {
    std::vector<std::int64_t> length(n_, kFar);
    NearestFirst queue;
    length[at(start)] = 0;
    queue.emplace(0, start);
    while (!queue.empty()) {
      const auto [d, v] = queue.top();
      queue.pop();
      if (d != length[at(v)]) continue;
      for (const Link& link : graph_.links(v)) {
        if (d + link.cost >= length[at(link.to)]) continue;
        length[at(link.to)] = d + link.cost;
        queue.emplace(d + link.cost, link.to);
      }
    }
    effort_.spend(4 * static_cast<std::int64_t>(graph_.edges().size()));
    return length;
  }

  /// What a tree that has this part still costs at least: the way to the farthest terminal that it lacks.
  [[nodiscard]] std::int64_t still(std::size_t set, std::int32_t v) const {
    std::int64_t farthest = distance_.back()[at(v)];
    for (std::size_t i = 0; i + 1 < distance_.size(); ++i) {
      if (((set >> i) & 1U) == 0) farthest = std::max(farthest, distance_[i][at(v)]);
    }
    return farthest;
  }

  void merge(std::size_t set) {
    std::int64_t* const cost = cost_.data() + set * n_;
    std::int32_t* const from = from_.data() + set * n_;
    for (std::size_t part = (set - 1) & set; part > (set ^ part); part = (part - 1) & set) {
      const std::int64_t* const a = cost_.data() + part * n_;
      const std::int64_t* const b = cost_.data() + (set ^ part) * n_;
      for (std::size_t v = 0; v < n_; ++v) {
        const std::int64_t sum = a[v] + b[v];
        from[v] = sum < cost[v] ? -1 - static_cast<std::int32_t>(part) : from[v];
        cost[v] = std::min(sum, cost[v]);
      }
      effort_.spend(static_cast<std::int64_t>(n_ / 4 + 1));
    }
  }

  void spread(std::size_t set) {
    std::int64_t* const cost = cost_.data() + set * n_;
    std::vector<Entry> start;
    for (std::size_t v = 0; v < n_; ++v) {
      const auto number = static_cast<std::int32_t>(v);
      if (cost[v] >= limit_ || cost[v] + still(set, number) >= limit_)
        cost[v] = kFar;
      else
        start.emplace_back(cost[v], number);
    }
    NearestFirst queue(std::greater<>{}, std::move(start));
    std::int64_t looked = static_cast<std::int64_t>(n_);
    while (!queue.empty()) {
      const auto [d, v] = queue.top();
      queue.pop();
      if (d != cost[at(v)]) continue;
      for (const Link& link : graph_.links(v)) {
        const std::int64_t way = d + link.cost;
        if (way >= cost[at(link.to)] || way + still(set, link.to) >= limit_) continue;
        cost[at(link.to)] = way;
        from_[set * n_ + at(link.to)] = link.edge;
        queue.emplace(way, link.to);
        looked += 4;
      }
    }
    effort_.spend(looked);
  }

  [[nodiscard]] Tree tree() const {
    Tree out;
    std::vector<std::pair<std::size_t, std::int32_t>> stack{{full_, root_}};
    while (!stack.empty()) {
      const auto [set, v] = stack.back();
      stack.pop_back();
      const std::int32_t from = from_[set * n_ + at(v)];
      if (from == kNowhere) continue;
      if (from >= 0) {
        const SteinerEdge& edge = graph_.edges()[at(from)];
        out.push_back(from);
        stack.emplace_back(set, edge.from == v ? edge.to : edge.from);
        continue;
      }
      const std::size_t part = at(-1 - from);
      stack.emplace_back(part, v);
      stack.emplace_back(set ^ part, v);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  const Graph& graph_;
  std::int64_t limit_;
  Effort& effort_;
  std::size_t n_;
  std::int32_t root_;
  std::size_t full_;
  std::vector<std::int64_t> cost_;  ///< [set, vertex] of the cheapest tree known that joins the set and the vertex
  std::vector<std::int32_t>
      from_;  ///< [set, vertex] the edge it came by, or -1 - one of the two sets that met there
  std::vector<std::vector<std::int64_t>> distance_{};  ///< [terminal][vertex]
};

}  // namespace

double subsets_work(const Graph& graph) {
  const auto k = static_cast<double>(graph.terminals().size()) - 1.0;
  return static_cast<double>(graph.vertices()) * (std::pow(3.0, k) / 8.0 + 5.0 * std::pow(2.0, k));
}

double subsets_bytes(const Graph& graph) {
  return 12.0 * static_cast<double>(graph.vertices()) *
         std::pow(2.0, static_cast<double>(graph.terminals().size()) - 1.0);
}

std::optional<Tree> by_subsets(const Graph& graph, std::int64_t limit, Effort& effort) {
  return Subsets(graph, limit, effort).run();
}

}  // namespace amaneku::steiner
