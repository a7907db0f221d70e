#include "libsim/backhaul/backhaul_layout.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>

#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// A small graph with its prices; node 0 is the exchange.
struct Small {
  BackhaulGraph graph{};
  std::vector<EdgeTerms> terms{};
  std::vector<LayoutSite> sites{};
  LayoutNeeds needs{};
  std::int64_t fibres_per_cable = std::numeric_limits<std::int64_t>::max();

  void edge(std::uint32_t from, std::uint32_t to, std::int64_t cost_jpy, double length_m = 1.0,
            EdgeUse use = EdgeUse::way) {
    graph.edges.push_back({.from = from,
                           .to = to,
                           .medium = use == EdgeUse::link ? Medium::microwave : Medium::aerial,
                           .use = use,
                           .length_m = length_m});
    terms.push_back({.cost_jpy = cost_jpy});
  }
  [[nodiscard]] BackhaulLayout laid() const {
    return backhaul_layout(
        {.graph = graph, .terms = terms, .sites = sites, .needs = needs, .fibres_per_cable = fibres_per_cable});
  }
};

Small random_small(unsigned seed, int exchanges, bool lengths) {
  std::mt19937 random(seed);
  Small out;
  const auto nodes = static_cast<std::uint32_t>(5 + random() % 3);
  out.graph.nodes.resize(nodes);
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(exchanges); ++i) out.graph.exchange_nodes.push_back(i);
  for (int i = 0; i < 11; ++i) {
    const auto from = static_cast<std::uint32_t>(random() % nodes);
    const auto to = static_cast<std::uint32_t>(random() % nodes);
    out.edge(from, to, static_cast<std::int64_t>(random() % 1000),
             lengths ? static_cast<double>(1 + random() % 9) : 1.0);
  }
  for (std::uint32_t node = 2; node < 5; ++node) out.sites.push_back({.node = node});
  return out;
}

/// Metres from every node to the nearest exchange over the edges of a subset but one.
std::vector<double> to_exchange_m(const Small& of, unsigned subset, std::size_t without) {
  std::vector<double> far(of.graph.nodes.size(), std::numeric_limits<double>::infinity());
  for (const std::uint32_t exchange : of.graph.exchange_nodes) far[exchange] = 0.0;
  for (std::size_t round = 0; round < far.size(); ++round) {
    for (std::size_t i = 0; i < of.graph.edges.size(); ++i) {
      if (i == without || (subset >> i & 1U) == 0) continue;
      const BackhaulEdge& edge = of.graph.edges[i];
      far[edge.from] = std::min(far[edge.from], far[edge.to] + edge.length_m);
      far[edge.to] = std::min(far[edge.to], far[edge.from] + edge.length_m);
    }
  }
  return far;
}

/// Whether the edges of a subset give every site what it wants.
bool serves(const Small& of, unsigned subset) {
  const std::vector<double> far = to_exchange_m(of, subset, of.graph.edges.size());
  for (const LayoutSite& site : of.sites) {
    if (!(far[site.node] <= of.needs.longest_way_m) || !std::isfinite(far[site.node])) return false;
  }
  for (std::size_t cut = 0; cut < of.graph.edges.size(); ++cut) {
    if ((subset >> cut & 1U) == 0) continue;
    const std::vector<double> rest = to_exchange_m(of, subset, cut);
    for (const LayoutSite& site : of.sites) {
      if (site.two_ways && !std::isfinite(rest[site.node])) return false;
    }
  }
  return true;
}

/// All ways of a node to an exchange that pass no node twice.
void walk_all(const Small& of, std::uint32_t node, std::vector<bool>& seen, std::vector<std::uint32_t>& way,
              std::vector<std::vector<std::uint32_t>>& out) {
  const std::vector<std::uint32_t>& exchanges = of.graph.exchange_nodes;
  if (std::find(exchanges.begin(), exchanges.end(), node) != exchanges.end()) {
    out.push_back(way);
    return;
  }
  seen[node] = true;
  for (std::uint32_t i = 0; i < of.graph.edges.size(); ++i) {
    const BackhaulEdge& edge = of.graph.edges[i];
    if (edge.from != node && edge.to != node) continue;
    const std::uint32_t to = edge.from == node ? edge.to : edge.from;
    if (seen[to]) continue;
    way.push_back(i);
    walk_all(of, to, seen, way, out);
    way.pop_back();
  }
  seen[node] = false;
}

/// The least over all choices of one way for each site, cables counted edge by edge; -1: a site has none.
std::int64_t brute_force_with_cables(const Small& of) {
  std::vector<std::vector<std::vector<std::uint32_t>>> ways(of.sites.size());
  for (std::size_t i = 0; i < of.sites.size(); ++i) {
    std::vector<bool> seen(of.graph.nodes.size(), false);
    std::vector<std::uint32_t> way;
    walk_all(of, of.sites[i].node, seen, way, ways[i]);
    if (ways[i].empty()) return -1;
  }
  std::int64_t best = -1;
  std::vector<std::int64_t> load(of.graph.edges.size(), 0);
  const auto put = [&](std::size_t site, const std::vector<std::uint32_t>& way, std::int64_t sign) {
    for (const std::uint32_t edge : way) load[edge] += sign * of.sites[site].fibres;
  };
  for (const auto& first : ways[0]) {
    put(0, first, 1);
    for (const auto& second : ways[1]) {
      put(1, second, 1);
      for (const auto& third : ways[2]) {
        put(2, third, 1);
        std::int64_t cost = 0;
        for (std::size_t i = 0; i < load.size(); ++i) {
          if (load[i] == 0) continue;
          const std::int64_t more =
              is_new_cable(of.graph.edges[i].medium) ? (load[i] - 1) / of.fibres_per_cable : 0;
          cost += of.terms[i].cost_jpy + more * of.terms[i].further_cable_jpy;
        }
        if (best < 0 || cost < best) best = cost;
        put(2, third, -1);
      }
      put(1, second, -1);
    }
    put(0, first, -1);
  }
  return best;
}

/// -1: no subset does.
std::int64_t brute_force(const Small& of) {
  std::int64_t best = -1;
  for (unsigned subset = 0; subset < 1U << of.graph.edges.size(); ++subset) {
    std::int64_t cost = 0;
    for (std::size_t i = 0; i < of.terms.size(); ++i) cost += (subset >> i & 1U) != 0 ? of.terms[i].cost_jpy : 0;
    if ((best < 0 || cost < best) && serves(of, subset)) best = cost;
  }
  return best;
}

}  // namespace

TEST_CASE("the layout costs what the best of all subsets costs, with one exchange and with two") {
  int solved = 0;
  for (unsigned seed = 0; seed < 60; ++seed) {
    const Small small = random_small(seed, 1 + static_cast<int>(seed % 2), false);
    const std::int64_t best = brute_force(small);
    if (best < 0) continue;
    const BackhaulLayout layout = small.laid();
    CAPTURE(seed);
    CHECK(layout.cost_jpy == best);
    CHECK(layout.lower_bound_jpy == best);
    CHECK(layout.optimal);
    ++solved;
  }
  CHECK(solved > 20);
}

TEST_CASE("with cables that fill up the layout costs what the best of all choices of ways costs") {
  int solved = 0;
  int filled = 0;
  for (unsigned seed = 400; seed < 440; ++seed) {
    Small small = random_small(seed, 1 + static_cast<int>(seed % 2), false);
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < small.terms.size(); ++i) {
      if (random() % 4 == 0) small.graph.edges[i].medium = Medium::existing;
      if (is_new_cable(small.graph.edges[i].medium))
        small.terms[i].further_cable_jpy =
            static_cast<std::int64_t>(random() % 1000) % (small.terms[i].cost_jpy + 1);
    }
    small.fibres_per_cable = 4;
    for (LayoutSite& site : small.sites) site.fibres = static_cast<std::int64_t>(1 + random() % 6);
    const std::int64_t best = brute_force_with_cables(small);
    if (best < 0) continue;
    CAPTURE(seed);
    const BackhaulLayout layout = small.laid();
    CHECK(layout.lower_bound_jpy <= best);
    CHECK(layout.cost_jpy == best);
    std::int64_t sum = 0;
    for (const std::uint32_t edge : layout.edges) {
      std::int64_t fibres = 0;
      for (const std::uint32_t site : layout.users[edge]) fibres += small.sites[site].fibres;
      CHECK(layout.fibres[edge] == fibres);
      sum += cost_jpy(small.terms[edge], layout.cables[edge]);
      filled += layout.cables[edge] > 1 ? 1 : 0;
    }
    CHECK(sum == layout.cost_jpy);
    ++solved;
  }
  CHECK(solved > 15);
  CHECK(filled > 5);
}

TEST_CASE("a cable that is there and a link take no second cable, and a drop of two ways holds both") {
  Small small;
  small.graph.nodes.resize(5);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 10);
  small.edge(0, 2, 10);
  small.edge(1, 2, 10);
  small.edge(1, 3, 4, 1.0, EdgeUse::drop);
  small.edge(0, 4, 5, 1.0, EdgeUse::link);
  small.graph.edges[0].medium = Medium::existing;
  small.terms[1].further_cable_jpy = small.terms[2].further_cable_jpy = small.terms[3].further_cable_jpy = 1;
  small.fibres_per_cable = 6;
  small.sites = {{.node = 3, .two_ways = true, .fibres = 6}, {.node = 4, .fibres = 20}, {.node = 1, .fibres = 9}};
  const BackhaulLayout layout = small.laid();
  CHECK(layout.cables == std::vector<std::int64_t>{1, 1, 1, 2, 1});
  CHECK(layout.fibres == std::vector<std::int64_t>{15, 6, 6, 12, 20});
  CHECK(layout.cost_jpy == 10 + 10 + 10 + (4 + 1) + 5);
}

TEST_CASE("removing a site never raises the cost of the optimum") {
  int seen = 0;
  for (unsigned seed = 100; seed < 140; ++seed) {
    Small small = random_small(seed, 1, false);
    if (brute_force(small) < 0) continue;
    ++seen;
    const std::int64_t all = small.laid().cost_jpy;
    for (std::size_t i = 0; i < 3; ++i) {
      Small less = small;
      less.sites.erase(less.sites.begin() + static_cast<std::ptrdiff_t>(i));
      CHECK(less.laid().cost_jpy <= all);
    }
  }
  CHECK(seen > 10);
}

TEST_CASE("second ways cost what the best of all subsets with two disjoint ways costs") {
  int solved = 0;
  for (unsigned seed = 200; seed < 300; ++seed) {
    Small small = random_small(seed, 1 + static_cast<int>(seed % 2), false);
    small.sites[seed % 3].two_ways = true;
    const std::int64_t best = brute_force(small);
    if (best < 0) continue;
    CAPTURE(seed);
    const BackhaulLayout layout = small.laid();
    CHECK(layout.unlimited.empty());
    CHECK(layout.one_way_only.empty());
    CHECK(layout.lower_bound_jpy <= best);
    CHECK(layout.cost_jpy == best);
    const SiteWay& way = layout.ways[seed % 3];
    REQUIRE_FALSE(way.second.empty());
    for (const std::uint32_t edge : way.second)
      CHECK(std::find(way.edges.begin(), way.edges.end(), edge) == way.edges.end());
    ++solved;
  }
  CHECK(solved > 15);
}

TEST_CASE("ways within a length cost what the best of all subsets within it costs") {
  int solved = 0;
  for (unsigned seed = 300; seed < 360; ++seed) {
    Small small = random_small(seed, 1, true);
    small.needs.longest_way_m = 9.0;
    const std::int64_t best = brute_force(small);
    if (best < 0) continue;
    CAPTURE(seed);
    const BackhaulLayout layout = small.laid();
    CHECK(layout.cost_jpy == best);
    CHECK(layout.lower_bound_jpy <= best);
    for (const SiteWay& way : layout.ways) CHECK(way.length_m <= 9.0);
    ++solved;
  }
  CHECK(solved > 10);
}

TEST_CASE("a site with one way only says so, and keeps it") {
  Small small;
  small.graph.nodes.resize(4);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 10);
  small.edge(1, 2, 5);
  small.edge(0, 2, 50);
  small.edge(2, 3, 7);
  small.sites = {{.node = 3, .two_ways = true}, {.node = 2, .two_ways = true}};
  const BackhaulLayout layout = small.laid();
  CHECK(layout.one_way_only == std::vector<std::uint32_t>{0});
  CHECK(layout.ways[0].second.empty());
  CHECK(layout.ways[0].reached);
  CHECK(layout.ways[1].second.size() + layout.ways[1].edges.size() == 3);
  CHECK(layout.cost_jpy == 72);
}

TEST_CASE("a site whose shortest way is too long is connected all the same, and named") {
  Small small;
  small.graph.nodes.resize(3);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 10, 5.0);
  small.edge(1, 2, 10, 6.0);
  small.sites = {{.node = 1}, {.node = 2}};
  small.needs.longest_way_m = 10.0;
  const BackhaulLayout layout = small.laid();
  CHECK(layout.too_long == std::vector<std::uint32_t>{1});
  CHECK(layout.ways[1].reached);
  CHECK_FALSE(layout.ways[1].meets_needs);
  CHECK(layout.ways[0].meets_needs);
}

TEST_CASE("the drop is common to both ways") {
  Small small;
  small.graph.nodes.resize(4);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 10);
  small.edge(0, 2, 10);
  small.edge(1, 2, 10);
  small.edge(1, 3, 4, 1.0, EdgeUse::drop);
  small.sites = {{.node = 3, .two_ways = true}};
  const BackhaulLayout layout = small.laid();
  CHECK(layout.one_way_only.empty());
  CHECK(layout.cost_jpy == 34);
  CHECK(layout.ways[0].edges == std::vector<std::uint32_t>{3, 0});
  CHECK(layout.ways[0].second == std::vector<std::uint32_t>{3, 2, 1});
}

TEST_CASE("availabilities multiply in series, and what fails multiplies in parallel") {
  Small small;
  small.graph.nodes.resize(3);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 1);
  small.edge(1, 2, 1);
  small.edge(0, 2, 1, 5.0);
  small.terms[0].availability = 0.9;
  small.terms[1].availability = 0.8;
  small.terms[2].availability = 0.7;
  small.sites = {{.node = 2}};
  small.terms[2].cost_jpy = 9;
  CHECK(small.laid().ways[0].availability == Approx(0.72));
  small.sites[0].two_ways = true;
  CHECK(small.laid().ways[0].availability == Approx(1.0 - 0.28 * 0.3));
}

TEST_CASE("a link that carries less than the sites behind it is taken out") {
  Small small;
  small.graph.nodes.resize(3);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 5, 1.0, EdgeUse::link);
  small.terms[0].capacity_bps = 100e6;
  small.edge(0, 1, 50);
  small.edge(1, 2, 5);
  small.sites = {{.node = 1, .demand_bps = 60e6}, {.node = 2, .demand_bps = 60e6}};
  const BackhaulLayout layout = small.laid();
  REQUIRE(layout.dropped.size() == 1);
  CHECK(layout.dropped[0].reason == DroppedLink::Reason::capacity);
  CHECK(layout.cost_jpy == 55);
  CHECK(layout.lower_bound_jpy == 10);
  small.sites[1].demand_bps = 30e6;
  CHECK(small.laid().cost_jpy == 10);
}

TEST_CASE("a chain of links is too slow for a need that a cable meets") {
  Small small;
  small.graph.nodes.resize(3);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 5, 1.0, EdgeUse::link);
  small.edge(1, 2, 5, 1.0, EdgeUse::link);
  small.edge(0, 2, 40);
  small.terms[0].delay_s = small.terms[1].delay_s = 1e-3;
  small.sites = {{.node = 1}, {.node = 2}};
  small.needs.longest_delay_s = 1.5e-3;
  const BackhaulLayout layout = small.laid();
  CHECK(layout.ways[1].delay_s <= 1.5e-3);
  CHECK(layout.cost_jpy == 45);
}

TEST_CASE("of two ways the faster is the first, and a slow spare is no reason to take it out") {
  Small small;
  small.graph.nodes.resize(2);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 50, 20'000.0);
  small.edge(0, 1, 5, 0.0, EdgeUse::link);  // a satellite: no length
  small.terms[0].delay_s = 0.1e-3;
  small.terms[1].delay_s = 300e-3;
  small.sites = {{.node = 1, .two_ways = true}};
  small.needs.longest_delay_s = 10e-3;
  const BackhaulLayout layout = small.laid();
  CHECK(layout.dropped.empty());
  CHECK(layout.one_way_only.empty());
  CHECK(layout.ways[0].edges == std::vector<std::uint32_t>{0});
  CHECK(layout.ways[0].second == std::vector<std::uint32_t>{1});
  CHECK(layout.ways[0].delay_s == Approx(0.1e-3));
  CHECK(layout.ways[0].meets_needs);
}

TEST_CASE("the bound is not above the cost where a second way is lost with a link") {
  Small small;
  small.graph.nodes.resize(2);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 50);
  small.edge(0, 1, 5, 1.0, EdgeUse::link);
  small.terms[1].capacity_bps = 1e6;
  small.sites = {{.node = 1, .demand_bps = 50e6, .two_ways = true}};
  const BackhaulLayout layout = small.laid();
  CHECK(layout.one_way_only == std::vector<std::uint32_t>{0});
  CHECK(layout.cost_jpy == 50);
  CHECK(layout.lower_bound_jpy == 5);
  small.terms[1].capacity_bps = 100e6;
  CHECK(small.laid().cost_jpy == 55);
  CHECK(small.laid().lower_bound_jpy == 55);
}

TEST_CASE("a way that is too long takes no link out") {
  Small small;
  small.graph.nodes.resize(2);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 5, 20'000.0, EdgeUse::link);
  small.edge(0, 1, 50, 30'000.0);
  small.terms[0].availability = 0.999;
  small.sites = {{.node = 1}};
  small.needs.longest_way_m = 10'000.0;
  const BackhaulLayout layout = small.laid();
  CHECK(layout.dropped.empty());
  CHECK(layout.too_long == std::vector<std::uint32_t>{0});
  CHECK(layout.cost_jpy == 5);
}

TEST_CASE("a drop that both ways have fails for both") {
  Small small;
  small.graph.nodes.resize(4);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 10);
  small.edge(0, 2, 10);
  small.edge(1, 2, 10);
  small.edge(1, 3, 4, 1.0, EdgeUse::drop);
  for (EdgeTerms& terms : small.terms) terms.availability = 0.9;
  small.sites = {{.node = 3, .two_ways = true}};
  // Ways 3 and 3, 2, 1: the rest of the first is 0.9, of the second 0.81.
  CHECK(small.laid().ways[0].availability == Approx(0.9 * (1.0 - 0.1 * 0.19)));
}

TEST_CASE("a free cable from exchange to exchange is used by nobody and built by nobody") {
  for (const int first : {0, 1}) {
    Small small;
    small.graph.nodes.resize(4);
    small.graph.exchange_nodes = {0, 1};
    small.edge(0, 1, 0);
    small.edge(static_cast<std::uint32_t>(first), 2, 7);
    small.edge(static_cast<std::uint32_t>(1 - first), 3, 9);
    small.sites = {{.node = 2}, {.node = 3}};
    const BackhaulLayout layout = small.laid();
    CHECK(layout.edges == std::vector<std::uint32_t>{1, 2});
    for (const std::uint32_t edge : layout.edges) CHECK_FALSE(layout.users[edge].empty());
    CHECK(layout.cost_jpy == 16);
  }
}

TEST_CASE("what else a site could have says whether it would fail a need") {
  Small small;
  small.graph.nodes.resize(3);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 5, 1.0, EdgeUse::link);
  small.edge(0, 1, 50);
  small.edge(0, 2, 40);
  small.edge(0, 2, 60, 1.0, EdgeUse::link);
  small.terms[0].capacity_bps = 1e6;
  small.sites = {{.node = 1, .demand_bps = 50e6}, {.node = 2}};
  const LayoutProblem problem{.graph = small.graph, .terms = small.terms, .sites = small.sites};
  const BackhaulLayout layout = backhaul_layout(problem);
  const OtherWays others(problem, layout);
  CHECK(others.over_links(0).fails_needs);
  CHECK(others.over_links(0).other_jpy == 5);
  CHECK_FALSE(others.over_links(1).fails_needs);
  CHECK(others.over_links(1).other_jpy == 60);
}

TEST_CASE("the bound is that of the sites that are left where one is lost with its link") {
  Small small;
  small.graph.nodes.resize(3);
  small.graph.exchange_nodes = {0};
  small.edge(0, 1, 900, 1.0, EdgeUse::link);
  small.edge(0, 2, 7);
  small.terms[0].capacity_bps = 1e6;
  small.sites = {{.node = 1, .demand_bps = 50e6}, {.node = 2, .demand_bps = 50e6}};
  const BackhaulLayout layout = small.laid();
  CHECK(layout.unreached == std::vector<std::uint32_t>{0});
  CHECK(layout.cost_jpy == 7);
  CHECK(layout.lower_bound_jpy == 7);
  CHECK(layout.optimal);
}
