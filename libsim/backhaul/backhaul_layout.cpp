#include "libsim/backhaul/backhaul_layout.hpp"

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <cmath>
#include <functional>
#include <queue>
#include <set>
#include <utility>

#include "libsim/backhaul/limited_ways.hpp"

namespace amaneku {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
/// Links taken out that are tried once more, times edges of the graph: some seconds.
constexpr std::size_t kReconsideredEdges = 400'000;

std::uint32_t other_end(const BackhaulEdge& edge, std::uint32_t node) {
  return edge.from == node ? edge.to : edge.from;
}

class Layouter {
 public:
  explicit Layouter(const LayoutProblem& problem)
      : problem_(problem), edges_(problem.graph.edges), allowed_(edges_.size(), true) {}

  BackhaulLayout run() {
    out_.rounds = 1;
    settle();
    reconsider();
    bound();
    return std::move(out_);
  }

 private:
  /// Lays and takes out until no link is to blame.
  void settle() {
    for (;; ++out_.rounds) {
      lay();
      follow();
      const std::vector<DroppedLink> worst = worst_links();
      if (worst.empty()) break;
      for (const DroppedLink& link : worst) allowed_[link.edge] = false;
      out_.dropped.insert(out_.dropped.end(), worst.begin(), worst.end());
    }
  }

  /// The last link that is taken out can make another one needless to have gone: each comes back once, and stays
  /// where that makes the network cheaper and no way worse.
  void reconsider() {
    const std::vector<DroppedLink> gone = out_.dropped;
    const std::size_t most = kReconsideredEdges / std::max<std::size_t>(edges_.size(), 1);
    for (std::size_t i = 0; i < std::min(gone.size(), most); ++i) {
      const BackhaulLayout before = out_;
      const std::vector<bool> allowed = allowed_;
      allowed_[gone[i].edge] = true;
      out_.dropped.erase(std::remove_if(out_.dropped.begin(), out_.dropped.end(),
                                        [&](const DroppedLink& link) { return link.edge == gone[i].edge; }),
                         out_.dropped.end());
      ++out_.rounds;
      settle();
      if (out_.cost_jpy < before.cost_jpy && missed() <= missed(before)) continue;
      out_ = before;
      allowed_ = allowed;
    }
  }

  [[nodiscard]] std::ptrdiff_t missed() const { return missed(out_); }
  [[nodiscard]] static std::ptrdiff_t missed(const BackhaulLayout& layout) {
    return std::count_if(layout.ways.begin(), layout.ways.end(),
                         [](const SiteWay& way) { return !way.reached || !way.meets_needs; });
  }

  [[nodiscard]] std::uint32_t root() const { return static_cast<std::uint32_t>(problem_.graph.nodes.size()); }

  struct Laid {
    SteinerTree tree{};
    std::vector<std::uint32_t> edges{};      ///< of the graph
    std::vector<std::uint32_t> unreached{};  ///< sites that no edge leads to an exchange
  };

  /// The tree over the allowed edges to all sites that they reach, but for those of `left_out`.
  [[nodiscard]] Laid solve(const std::vector<bool>& allowed, const std::vector<std::uint32_t>& left_out) const {
    boost::disjoint_sets_with_storage<> parts(root() + 1);
    SteinerProblem steiner{.vertices = static_cast<std::int32_t>(root() + 1)};
    std::vector<std::uint32_t> edge_of;
    const auto add = [&](std::uint32_t from, std::uint32_t to, std::int64_t cost_jpy, std::uint32_t edge) {
      parts.union_set(from, to);
      steiner.edges.push_back({static_cast<std::int32_t>(from), static_cast<std::int32_t>(to), cost_jpy});
      edge_of.push_back(edge);
    };
    for (const std::uint32_t exchange : problem_.graph.exchange_nodes) add(root(), exchange, 0, kNone);
    for (std::uint32_t i = 0; i < edges_.size(); ++i) {
      if (allowed[i]) add(edges_[i].from, edges_[i].to, problem_.terms[i].cost_jpy, i);
    }
    Laid out;
    steiner.terminals.push_back(static_cast<std::int32_t>(root()));
    for (std::uint32_t site = 0; site < problem_.sites.size(); ++site) {
      const std::uint32_t node = problem_.sites[site].node;
      const bool wanted = std::find(left_out.begin(), left_out.end(), site) == left_out.end();
      if (wanted && parts.find_set(node) == parts.find_set(root())) {
        steiner.terminals.push_back(static_cast<std::int32_t>(node));
      } else {
        out.unreached.push_back(site);
      }
    }
    out.tree = steiner_tree(steiner, problem_.solver);
    for (const std::int32_t edge : out.tree.edges) {
      if (edge_of[static_cast<std::size_t>(edge)] != kNone)
        out.edges.push_back(edge_of[static_cast<std::size_t>(edge)]);
    }
    std::sort(out.edges.begin(), out.edges.end());
    return out;
  }

  void lay() {
    Laid laid = solve(allowed_, {});
    out_.edges = std::move(laid.edges);
    out_.unreached = std::move(laid.unreached);
    if (out_.rounds > 1) return;
    out_.tree_bound_jpy = laid.tree.lower_bound;
    first_unreached_ = out_.unreached;
  }

  /// The bound of layouts with second ways and limits of length holds for those that keep as many of them.
  void bound() {
    if (out_.unreached != first_unreached_) {
      // A bound for sites that were lost with their links is none for those that are left.
      const Laid all = solve(std::vector<bool>(edges_.size(), true), out_.unreached);
      out_.tree_bound_jpy = out_.lower_bound_jpy = all.tree.lower_bound;
    } else {
      const bool as_first = out_.one_way_only == first_.one_way_only && out_.too_long == first_.too_long &&
                            out_.unlimited == first_.unlimited;
      out_.lower_bound_jpy =
          as_first ? std::max(out_.tree_bound_jpy, first_.lower_bound_jpy) : out_.tree_bound_jpy;
    }
    out_.optimal = out_.cost_jpy == out_.lower_bound_jpy;
  }

  /// The way of every site: over the tree from the exchanges outwards and back, or with second ways and limits.
  void follow() {
    const bool limited = std::isfinite(problem_.needs.longest_way_m) ||
                         std::any_of(problem_.sites.begin(), problem_.sites.end(),
                                     [](const LayoutSite& site) { return site.two_ways; });
    std::vector<SiteRoutes> routes = tree_routes();
    const bool full = fills_cables(routes);
    if (limited || full) {
      LimitedWays found = limited_ways({problem_, allowed_, routes});
      if (limited || cost_of(found.routes) < cost_of(routes)) routes = std::move(found.routes);
      out_.one_way_only = found.one_way_only;
      out_.too_long = found.too_long;
      out_.unlimited = found.unlimited;
      if (out_.rounds == 1) first_ = std::move(found);
    }
    out_.ways.assign(problem_.sites.size(), {});
    out_.users.assign(edges_.size(), {});
    for (const LayoutSite& site : problem_.sites) passing_.insert(site.node);
    out_.fibres = fibres_of(routes);
    out_.cables.assign(edges_.size(), 0);
    for (std::uint32_t site = 0; site < problem_.sites.size(); ++site) add_way(site, std::move(routes[site]));
    // Not the edges of the tree: one of them may lead from exchange to exchange, for nothing, and serve nobody.
    out_.edges.clear();
    out_.cost_jpy = 0;
    for (std::uint32_t edge = 0; edge < edges_.size(); ++edge) {
      if (out_.users[edge].empty()) continue;
      out_.edges.push_back(edge);
      out_.cables[edge] = cables_of(edge, out_.fibres[edge]);
      out_.cost_jpy += amaneku::cost_jpy(problem_.terms[edge], out_.cables[edge]);
    }
  }

  /// [edge] of both ways of a site.
  [[nodiscard]] std::vector<std::int64_t> fibres_of(const std::vector<SiteRoutes>& routes) const {
    std::vector<std::int64_t> out(edges_.size(), 0);
    for (std::size_t site = 0; site < routes.size(); ++site)
      for (const std::vector<std::uint32_t>& route : routes[site])
        for (const std::uint32_t edge : route) out[edge] += problem_.sites[site].fibres;
    return out;
  }

  [[nodiscard]] std::int64_t cables_of(std::uint32_t edge, std::int64_t fibres) const {
    if (!is_new_cable(edges_[edge].medium) || fibres <= problem_.fibres_per_cable) return 1;
    return (fibres - 1) / problem_.fibres_per_cable + 1;
  }

  [[nodiscard]] bool fills_cables(const std::vector<SiteRoutes>& routes) const {
    const std::vector<std::int64_t> fibres = fibres_of(routes);
    for (std::uint32_t edge = 0; edge < edges_.size(); ++edge) {
      if (cables_of(edge, fibres[edge]) > 1) return true;
    }
    return false;
  }

  [[nodiscard]] std::int64_t cost_of(const std::vector<SiteRoutes>& routes) const {
    const std::vector<std::int64_t> fibres = fibres_of(routes);
    std::set<std::uint32_t> used;
    for (const SiteRoutes& of_site : routes)
      for (const std::vector<std::uint32_t>& route : of_site) used.insert(route.begin(), route.end());
    std::int64_t out = 0;
    for (const std::uint32_t edge : used)
      out += amaneku::cost_jpy(problem_.terms[edge], cables_of(edge, fibres[edge]));
    return out;
  }

  /// [site] its one route, edges from the site on; none where it is not reached.
  [[nodiscard]] std::vector<SiteRoutes> tree_routes() const {
    std::vector<std::vector<std::uint32_t>> at(root());
    for (const std::uint32_t edge : out_.edges) {
      at[edges_[edge].from].push_back(edge);
      at[edges_[edge].to].push_back(edge);
    }
    std::vector<std::uint32_t> last_edge(root(), kNone);
    std::vector<bool> reached(root(), false);
    std::queue<std::uint32_t> next;
    for (const std::uint32_t exchange : problem_.graph.exchange_nodes) {
      reached[exchange] = true;
      next.push(exchange);
    }
    for (; !next.empty(); next.pop()) {
      const std::uint32_t node = next.front();
      for (const std::uint32_t edge : at[node]) {
        const std::uint32_t to = other_end(edges_[edge], node);
        if (reached[to]) continue;
        reached[to] = true;
        last_edge[to] = edge;
        next.push(to);
      }
    }
    std::vector<SiteRoutes> out(problem_.sites.size());
    for (std::size_t site = 0; site < problem_.sites.size(); ++site) {
      std::uint32_t node = problem_.sites[site].node;
      if (!reached[node]) continue;
      std::vector<std::uint32_t>& route = out[site].emplace_back();
      for (; last_edge[node] != kNone; node = other_end(edges_[route.back()], node))
        route.push_back(last_edge[node]);
    }
    return out;
  }

  /// The faster route is the first.
  void add_way(std::uint32_t site, SiteRoutes routes) {
    SiteWay& way = out_.ways[site];
    if (routes.empty()) return;
    std::vector<SiteWay> each;
    for (std::vector<std::uint32_t>& route : routes) each.push_back(walk(site, std::move(route)));
    std::stable_sort(each.begin(), each.end(),
                     [](const SiteWay& a, const SiteWay& b) { return a.delay_s < b.delay_s; });
    way = each.front();
    if (each.size() == 2) {
      way.second = each.back().edges;
      way.second_m = each.back().length_m;
    }
    way.availability = availability_of(way, problem_.terms);
    std::set<std::uint32_t> used(way.edges.begin(), way.edges.end());
    used.insert(way.second.begin(), way.second.end());
    for (const std::uint32_t edge : used) out_.users[edge].push_back(site);
    way.meets_needs = way.delay_s <= problem_.needs.longest_delay_s &&
                      way.length_m <= problem_.needs.longest_way_m &&
                      !(way.availability < problem_.needs.availability);
  }

  [[nodiscard]] SiteWay walk(std::uint32_t site, std::vector<std::uint32_t> route) const {
    SiteWay way{.reached = true, .edges = std::move(route)};
    std::uint32_t node = problem_.sites[site].node;
    for (std::size_t i = 0; i < way.edges.size(); ++i) {
      const std::uint32_t edge = way.edges[i];
      way.length_m += edges_[edge].length_m;
      way.delay_s += problem_.terms[edge].delay_s;
      node = other_end(edges_[edge], node);
      // Cables meet in a splice; a site or an exchange on the way passes packets on.
      if (i + 1 == way.edges.size() || passing_.count(node) != 0) ++way.hops;
    }
    way.delay_s += way.hops * problem_.needs.node_delay_s;
    const std::vector<std::uint32_t>& exchanges = problem_.graph.exchange_nodes;
    way.exchange =
        static_cast<std::uint32_t>(std::find(exchanges.begin(), exchanges.end(), node) - exchanges.begin());
    return way;
  }

  /// One link of every way that misses a need, each link once; empty where no link is to blame.
  [[nodiscard]] std::vector<DroppedLink> worst_links() {
    std::vector<DroppedLink> out;
    const auto blame = [&](DroppedLink link) {
      const bool known =
          std::any_of(out.begin(), out.end(), [&](const DroppedLink& other) { return other.edge == link.edge; });
      if (!known) out.push_back(link);
    };
    for (const std::uint32_t edge : out_.edges) {
      double demand_bps = 0.0;
      for (const std::uint32_t site : out_.users[edge]) demand_bps += problem_.sites[site].demand_bps;
      if (demand_bps <= problem_.terms[edge].capacity_bps) continue;
      for (const std::uint32_t site : out_.users[edge]) out_.ways[site].meets_needs = false;
      if (is_link(edge)) blame({edge, DroppedLink::Reason::capacity, out_.users[edge].front()});
    }
    if (!out.empty()) return out;
    for (std::uint32_t site = 0; site < out_.ways.size(); ++site) {
      const SiteWay& way = out_.ways[site];
      if (!way.reached || way.meets_needs) continue;
      const bool slow = way.delay_s > problem_.needs.longest_delay_s;
      const bool fails = way.availability < problem_.needs.availability;
      if (!slow && !fails) continue;  // too long, which taking a link out does not mend
      const auto badness = [&](std::uint32_t edge) {
        return slow ? problem_.terms[edge].delay_s : 1.0 - problem_.terms[edge].availability;
      };
      std::uint32_t worst = kNone;
      for (const std::uint32_t edge : way.edges) {
        if (is_link(edge) && badness(edge) > 0.0 && (worst == kNone || badness(edge) > badness(worst)))
          worst = edge;
      }
      using Reason = DroppedLink::Reason;
      if (worst != kNone) blame({worst, slow ? Reason::delay : Reason::availability, site});
    }
    return out;
  }

  [[nodiscard]] bool is_link(std::uint32_t edge) const { return edges_[edge].use == EdgeUse::link; }

  const LayoutProblem& problem_;
  const std::vector<BackhaulEdge>& edges_;
  std::vector<bool> allowed_;
  std::set<std::uint32_t> passing_{};  ///< nodes of sites
  LimitedWays first_{};                ///< of the first round, where there are limits
  std::vector<std::uint32_t> first_unreached_{};
  BackhaulLayout out_{};
};

}  // namespace

double availability_of(const SiteWay& way, std::span<const EdgeTerms> terms) {
  const auto in_second = [&](std::uint32_t edge) {
    return std::find(way.second.begin(), way.second.end(), edge) != way.second.end();
  };
  const auto in_first = [&](std::uint32_t edge) {
    return std::find(way.edges.begin(), way.edges.end(), edge) != way.edges.end();
  };
  double common = 1.0;
  double first = 1.0;
  double second = 1.0;
  for (const std::uint32_t edge : way.edges) (in_second(edge) ? common : first) *= terms[edge].availability;
  for (const std::uint32_t edge : way.second) second *= in_first(edge) ? 1.0 : terms[edge].availability;
  return way.second.empty() ? common * first : common * (1.0 - (1.0 - first) * (1.0 - second));
}

std::int64_t cost_jpy(const EdgeTerms& terms, std::int64_t cables) noexcept {
  return terms.cost_jpy + (cables - 1) * terms.further_cable_jpy;
}

BackhaulLayout backhaul_layout(const LayoutProblem& problem) {
  return Layouter(problem).run();
}

OtherWays::OtherWays(const LayoutProblem& problem, const BackhaulLayout& layout)
    : problem_(problem),
      layout_(layout),
      dropped_(problem.graph.edges.size(), false),
      first_(problem.graph.nodes.size() + 1, 0) {
  for (const DroppedLink& link : layout.dropped) dropped_[link.edge] = true;
  const std::vector<BackhaulEdge>& edges = problem.graph.edges;
  for (const BackhaulEdge& edge : edges) {
    ++first_[edge.from + 1];
    ++first_[edge.to + 1];
  }
  for (std::size_t node = 1; node < first_.size(); ++node) first_[node] += first_[node - 1];
  at_.resize(2 * edges.size());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    at_[next[edges[i].from]++] = i;
    at_[next[edges[i].to]++] = i;
  }
}

std::int64_t OtherWays::cables_behind(std::uint32_t edge) const noexcept {
  const std::int64_t most = problem_.fibres_per_cable;
  return std::max<std::int64_t>(1, layout_.fibres[edge] / most + (layout_.fibres[edge] % most != 0 ? 1 : 0));
}

OtherWay OtherWays::search(std::size_t site, bool over_cables) const {
  const std::vector<BackhaulEdge>& edges = problem_.graph.edges;
  const SiteWay& way = layout_.ways[site];
  OtherWay out;
  std::set<std::uint32_t> cut;
  for (const std::uint32_t edge : way.edges) {
    if (layout_.users[edge].size() != layout_.users[way.edges.front()].size()) break;
    out.own_jpy += cost_jpy(problem_.terms[edge], layout_.cables[edge]);
    cut.insert(edge);
  }
  // Instead of as many cables as many.
  const std::int64_t cables = way.edges.empty() ? 1 : cables_behind(way.edges.front());
  // The network as laid, without the cut: everything that an exchange still reaches.
  std::vector<bool> built(edges.size(), false);
  for (const std::uint32_t edge : layout_.edges) built[edge] = cut.count(edge) == 0;
  std::vector<bool> rest(problem_.graph.nodes.size(), false);
  std::vector<std::uint32_t> open = problem_.graph.exchange_nodes;
  while (!open.empty()) {
    const std::uint32_t node = open.back();
    open.pop_back();
    if (rest[node]) continue;
    rest[node] = true;
    for (std::uint32_t k = first_[node]; k < first_[node + 1]; ++k) {
      if (built[at_[k]]) open.push_back(other_end(edges[at_[k]], node));
    }
  }
  // Dijkstra from the site; the first node of the rest that is settled is the answer.
  using Entry = std::pair<std::int64_t, std::uint32_t>;
  std::vector<std::int64_t> least_jpy(rest.size(), std::numeric_limits<std::int64_t>::max());
  std::vector<double> length_m(rest.size(), 0.0);
  std::vector<bool> fails(rest.size(), false);
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  least_jpy[problem_.sites[site].node] = 0;
  queue.emplace(0, problem_.sites[site].node);
  while (!queue.empty()) {
    const auto [reached_jpy, node] = queue.top();
    queue.pop();
    if (reached_jpy > least_jpy[node]) continue;
    if (rest[node]) return {true, out.own_jpy, reached_jpy, length_m[node], fails[node]};
    for (std::uint32_t k = first_[node]; k < first_[node + 1]; ++k) {
      const std::uint32_t i = at_[k];
      if ((edges[i].use == EdgeUse::link) == over_cables) continue;
      const std::uint32_t to = other_end(edges[i], node);
      const std::int64_t through_jpy = reached_jpy + cost_jpy(problem_.terms[i], cables);
      if (through_jpy >= least_jpy[to]) continue;
      least_jpy[to] = through_jpy;
      length_m[to] = length_m[node] + edges[i].length_m;
      fails[to] = fails[node] || dropped_[i];
      queue.emplace(through_jpy, to);
    }
  }
  return out;
}

}  // namespace amaneku
