#include "libsim/backhaul/availability.hpp"

#include <algorithm>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr std::uint32_t kNowhere = 0xFFFFFFFFu;

/// A link as seen from one of its ends. `link` kNowhere: between the root and an exchange.
struct LinkEnd {
  std::uint32_t to;
  std::uint32_t link;
};

/// Depth-first search from a root that all exchanges hang on, as if it were one more node.
class Search {
 public:
  explicit Search(const FailureGraph& graph) : root_(graph.nodes), arcs_(graph.nodes + 1) {
    for (const std::uint32_t node : graph.exchanges) join(root_, node, kNowhere);
    for (std::uint32_t i = 0; i < graph.links.size(); ++i) join(graph.links[i].first, graph.links[i].second, i);
    for (const std::uint32_t node : graph.sites) check(node);
    walk();
  }

  [[nodiscard]] std::uint32_t root() const noexcept { return root_; }
  [[nodiscard]] std::uint32_t entered(std::uint32_t node) const noexcept { return entered_[node]; }
  [[nodiscard]] std::uint32_t last_below(std::uint32_t node) const noexcept { return last_below_[node]; }
  [[nodiscard]] std::uint32_t parent(std::uint32_t node) const noexcept { return parent_[node]; }
  [[nodiscard]] std::uint32_t by_link(std::uint32_t node) const noexcept { return by_link_[node]; }
  /// The earliest node that the part below `node` reaches without the link to its parent.
  [[nodiscard]] std::uint32_t lowest(std::uint32_t node) const noexcept { return lowest_[node]; }

 private:
  void check(std::uint32_t node) const {
    if (node >= root_) throw InternalError("a node of the failure graph is not below the number of nodes");
  }
  void join(std::uint32_t a, std::uint32_t b, std::uint32_t link) {
    if (link != kNowhere) check(a);
    check(b);
    arcs_[a].push_back({b, link});
    arcs_[b].push_back({a, link});
  }
  void enter(std::uint32_t node, std::uint32_t parent, std::uint32_t link) {
    entered_[node] = lowest_[node] = time_++;
    parent_[node] = parent;
    by_link_[node] = link;
    stack_.push_back(node);
  }
  void leave(std::uint32_t node) {
    last_below_[node] = time_ - 1;
    stack_.pop_back();
    const std::uint32_t above = parent_[node];
    if (above != kNowhere) lowest_[above] = std::min(lowest_[above], lowest_[node]);
  }
  // The way to the parent is skipped once: a second link beside it is a spare.
  [[nodiscard]] bool is_way_up(std::uint32_t node, const LinkEnd& arc) const noexcept {
    return arc.to == parent_[node] && arc.link == by_link_[node];
  }
  void walk() {
    const std::size_t n = arcs_.size();
    entered_.assign(n, kNowhere);
    for (auto* values : {&lowest_, &last_below_, &parent_, &by_link_}) values->assign(n, kNowhere);
    std::vector<std::size_t> next(n, 0);
    enter(root_, kNowhere, kNowhere);
    while (!stack_.empty()) {
      const std::uint32_t node = stack_.back();
      if (next[node] == arcs_[node].size()) {
        leave(node);
        continue;
      }
      const LinkEnd arc = arcs_[node][next[node]++];
      if (entered_[arc.to] == kNowhere) {
        enter(arc.to, node, arc.link);
      } else if (!is_way_up(node, arc)) {
        lowest_[node] = std::min(lowest_[node], entered_[arc.to]);
      }
    }
  }

  std::uint32_t root_;
  std::vector<std::vector<LinkEnd>> arcs_;
  std::uint32_t time_ = 0;
  std::vector<std::uint32_t> stack_{};
  std::vector<std::uint32_t> entered_{};
  std::vector<std::uint32_t> lowest_{};
  std::vector<std::uint32_t> last_below_{};
  std::vector<std::uint32_t> parent_{};
  std::vector<std::uint32_t> by_link_{};
};

/// Sites in the order in which the search entered their nodes, so that those below a node are neighbours.
class SitesBelow {
 public:
  SitesBelow(const FailureGraph& graph, const Search& search) {
    for (std::uint32_t i = 0; i < graph.sites.size(); ++i) {
      const std::uint32_t time = search.entered(graph.sites[i]);
      if (time != kNowhere) order_.push_back({time, i});
    }
    std::sort(order_.begin(), order_.end());
  }
  void add(const Search& search, std::uint32_t node, std::vector<std::uint32_t>& out) const {
    auto at = std::lower_bound(order_.begin(), order_.end(), std::pair{search.entered(node), 0u});
    for (; at != order_.end() && at->first <= search.last_below(node); ++at) out.push_back(at->second);
  }

 private:
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order_{};
};

void keep(std::vector<FailurePoint>& points, FailurePoint::Kind kind, std::uint32_t index,
          std::vector<std::uint32_t> cut) {
  if (cut.empty()) return;
  std::sort(cut.begin(), cut.end());
  points.push_back({kind, index, std::move(cut)});
}

}  // namespace

double series_availability(std::span<const double> availabilities) noexcept {
  double all = 1.0;
  for (const double availability : availabilities) all *= availability;
  return all;
}

double parallel_availability(std::span<const double> availabilities) noexcept {
  double none = 1.0;
  for (const double availability : availabilities) none *= 1.0 - availability;
  return 1.0 - none;
}

FailurePoints single_points_of_failure(const FailureGraph& graph) {
  const Search search(graph);
  const SitesBelow sites(graph, search);
  FailurePoints out;
  std::vector<std::vector<std::uint32_t>> by_node(graph.nodes);
  for (std::uint32_t node = 0; node < graph.nodes; ++node) {
    if (search.entered(node) == kNowhere) continue;
    const std::uint32_t above = search.parent(node);
    // What is below reaches nothing above its parent without it; the root cannot fail.
    if (above != search.root() && search.lowest(node) >= search.entered(above)) {
      sites.add(search, node, by_node[above]);
    }
    if (search.by_link(node) != kNowhere && search.lowest(node) == search.entered(node)) {
      std::vector<std::uint32_t> cut;
      sites.add(search, node, cut);
      keep(out.points, FailurePoint::Kind::link, search.by_link(node), std::move(cut));
    }
  }
  std::sort(out.points.begin(), out.points.end(),
            [](const FailurePoint& a, const FailurePoint& b) { return a.index < b.index; });
  for (std::uint32_t node = 0; node < graph.nodes; ++node) {
    keep(out.points, FailurePoint::Kind::node, node, std::move(by_node[node]));
  }
  for (std::uint32_t i = 0; i < graph.sites.size(); ++i) {
    if (search.entered(graph.sites[i]) == kNowhere) out.unreached.push_back(i);
  }
  return out;
}

}  // namespace amaneku
