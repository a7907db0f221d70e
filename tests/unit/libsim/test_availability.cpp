// Chains, spares, and what no spare stands in for.
#include "libsim/backhaul/availability.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

using Links = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
using Nodes = std::vector<std::uint32_t>;

/// Sites that reach an exchange without one link or node (-1: all work), by flooding.
std::vector<bool> reached(const FailureGraph& graph, int no_link, int no_node) {
  std::vector<bool> seen(graph.nodes, false);
  std::queue<std::uint32_t> queue;
  const auto see = [&](std::uint32_t node) {
    if (seen[node] || static_cast<int>(node) == no_node) return;
    seen[node] = true;
    queue.push(node);
  };
  for (const std::uint32_t exchange : graph.exchanges) see(exchange);
  while (!queue.empty()) {
    const std::uint32_t node = queue.front();
    queue.pop();
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
      if (static_cast<int>(i) == no_link) continue;
      if (graph.links[i].first == node) see(graph.links[i].second);
      if (graph.links[i].second == node) see(graph.links[i].first);
    }
  }
  std::vector<bool> out;
  for (const std::uint32_t site : graph.sites) out.push_back(seen[site]);
  return out;
}

std::vector<FailurePoint> by_flooding(const FailureGraph& graph) {
  std::vector<FailurePoint> out;
  const std::vector<bool> before = reached(graph, -1, -1);
  const auto add = [&](FailurePoint::Kind kind, std::uint32_t index, const std::vector<bool>& after) {
    FailurePoint point{kind, index, {}};
    for (std::uint32_t i = 0; i < graph.sites.size(); ++i) {
      const bool itself = kind == FailurePoint::Kind::node && graph.sites[i] == index;
      if (before[i] && !after[i] && !itself) point.cut.push_back(i);
    }
    if (!point.cut.empty()) out.push_back(point);
  };
  for (std::uint32_t i = 0; i < graph.links.size(); ++i) {
    add(FailurePoint::Kind::link, i, reached(graph, static_cast<int>(i), -1));
  }
  for (std::uint32_t i = 0; i < graph.nodes; ++i) {
    add(FailurePoint::Kind::node, i, reached(graph, -1, static_cast<int>(i)));
  }
  return out;
}

}  // namespace

TEST_CASE("chains multiply, spares multiply what is missing") {
  const std::vector<double> chain = {0.999, 0.999, 0.9999};
  CHECK(series_availability(chain) == Approx(0.9979012).epsilon(1e-7));
  const std::vector<double> spares = {0.99, 0.999};
  CHECK(1.0 - parallel_availability(spares) == Approx(1e-5).epsilon(1e-9));
  CHECK(series_availability({}) == 1.0);
  CHECK(parallel_availability({}) == 0.0);
  const std::vector<double> unknown = {0.99, std::numeric_limits<double>::quiet_NaN()};
  CHECK(std::isnan(series_availability(unknown)));
  CHECK(std::isnan(parallel_availability(unknown)));
  CHECK(outage_min_per_year(0.99999) == Approx(5.2596));
}

// 0 exchange; 1 - 2 - 3 a chain behind it; 4 and 5 a ring with 1; 6 alone.
TEST_CASE("bridges and junctions are named with the sites behind them") {
  const Links links = {{0, 1}, {1, 2}, {2, 3}, {1, 4}, {4, 5}, {5, 1}};
  const Nodes exchanges = {0};
  const Nodes sites = {1, 2, 3, 4, 5, 6};
  const FailurePoints found = single_points_of_failure({7, links, exchanges, sites});
  CHECK(found.unreached == Nodes{5});
  REQUIRE(found.points.size() == 6);
  CHECK(found.points[0].index == 0);
  CHECK(found.points[0].cut == Nodes{0, 1, 2, 3, 4});
  CHECK(found.points[1].cut == Nodes{1, 2});
  CHECK(found.points[2].cut == Nodes{2});
  CHECK(found.points[3].kind == FailurePoint::Kind::node);
  CHECK(found.points[3].index == 0);
  CHECK(found.points[4].cut == Nodes{1, 2, 3, 4});
  CHECK(found.points[5].index == 2);
  CHECK(found.points[5].cut == Nodes{2});
}

TEST_CASE("a second exchange or a second link beside the first takes the single point away") {
  const Links chain = {{0, 1}, {1, 2}};
  const Nodes both = {0, 2};
  const Nodes sites = {1};
  CHECK(single_points_of_failure({3, chain, both, sites}).points.empty());
  const Links twice = {{0, 1}, {0, 1}};
  const Nodes one = {0};
  const FailurePoints found = single_points_of_failure({2, twice, one, sites});
  REQUIRE(found.points.size() == 1);
  CHECK(found.points[0].kind == FailurePoint::Kind::node);
  const Nodes beyond = {7};
  CHECK_THROWS_AS(single_points_of_failure({2, twice, one, beyond}), InternalError);
}

TEST_CASE("300 random networks: the same points as by taking out each part in turn") {
  test::Random random(17);
  std::size_t points = 0;
  for (int round = 0; round < 300; ++round) {
    const auto nodes = static_cast<std::uint32_t>(random.between(2, 14));
    const auto node = [&] { return static_cast<std::uint32_t>(random.between(0, nodes)); };
    Links links;
    for (std::uint32_t i = 0; i < nodes + 1; ++i) links.push_back({node(), node()});
    const Nodes exchanges = {node(), node()};
    const Nodes sites = {node(), node(), node(), node()};
    const FailureGraph graph{nodes, links, exchanges, sites};
    const FailurePoints found = single_points_of_failure(graph);
    const std::vector<FailurePoint> expected = by_flooding(graph);
    INFO(round);
    REQUIRE(found.points.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      CHECK(found.points[i].kind == expected[i].kind);
      CHECK(found.points[i].index == expected[i].index);
      CHECK(found.points[i].cut == expected[i].cut);
    }
    points += expected.size();
  }
  CHECK(points > 500);
}
