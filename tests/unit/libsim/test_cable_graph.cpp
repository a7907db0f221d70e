#include "libsim/backhaul/cable_graph.hpp"

#include <boost/pending/disjoint_sets.hpp>
#include <cmath>

#include "libsim/backhaul/backhaul_layout.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

const Raster<float>& level() {
  static const Raster<float> kNone;
  return kNone;
}

/// Metres of edges of a use and a medium.
double metres(const BackhaulGraph& graph, EdgeUse use, Medium medium) {
  double sum_m = 0.0;
  for (const BackhaulEdge& edge : graph.edges) {
    if (edge.use == use && edge.medium == medium) sum_m += edge.length_m;
  }
  return sum_m;
}

bool connected(const BackhaulGraph& graph, std::uint32_t a, std::uint32_t b) {
  boost::disjoint_sets_with_storage<> parts(graph.nodes.size());
  for (const BackhaulEdge& edge : graph.edges) parts.union_set(edge.from, edge.to);
  return parts.find_set(a) == parts.find_set(b);
}

/// West of 1,000 m land of 50 m, then sea, from 4,000 m on an island.
Raster<float> strait() {
  Raster<float> ground(Grid{.west_m = 0.0, .north_m = 500.0, .cell_m = 50.0, .nx = 120, .ny = 20}, 50.0F);
  for (int iy = 0; iy < 20; ++iy) {
    for (int ix = 20; ix < 80; ++ix) ground.at(ix, iy) = 0.0F;
  }
  return ground;
}

}  // namespace

TEST_CASE("a site is led straight to the nearest point of a way, not to its nodes") {
  const Line road = {{0, 0}, {1000, 0}};
  const std::vector<CableWay> ways = {{&road, Medium::buried}};
  const std::vector<Point> exchanges = {{0, 0}};
  const std::vector<Point> sites = {{507, 30}};
  const BackhaulGraph graph =
      cable_graph({.ways = ways, .exchanges = exchanges, .sites = sites, .ground_asl_m = level()});
  CHECK(graph.drop_m[0] == Approx(30.0));
  CHECK(metres(graph, EdgeUse::drop, Medium::aerial) == Approx(30.0));
  CHECK(metres(graph, EdgeUse::way, Medium::buried) == Approx(1000.0));
  CHECK(connected(graph, graph.site_nodes[0], graph.exchange_nodes[0]));
}

TEST_CASE("a site farther than the longest drop has none") {
  const Line road = {{0, 0}, {1000, 0}};
  const std::vector<CableWay> ways = {{&road, Medium::aerial}};
  const std::vector<Point> exchanges = {{0, 0}};
  const std::vector<Point> sites = {{500, 300.5}, {500, 299.5}};
  const BackhaulGraph graph = cable_graph(
      {.ways = ways, .exchanges = exchanges, .sites = sites, .ground_asl_m = level(), .longest_drop_m = 300.0});
  CHECK_FALSE(connected(graph, graph.site_nodes[0], graph.exchange_nodes[0]));
  CHECK(graph.drop_m[0] == Approx(300.5));
  CHECK(connected(graph, graph.site_nodes[1], graph.exchange_nodes[0]));
}

TEST_CASE("cables follow the slope, those on bridges and in tunnels do not") {
  Raster<float> slope(Grid{.west_m = -500.0, .north_m = 500.0, .cell_m = 10.0, .nx = 200, .ny = 100}, 0.0F);
  for (int iy = 0; iy < 100; ++iy) {
    for (int ix = 0; ix < 200; ++ix) slope.at(ix, iy) = 0.75F * (10.0F * static_cast<float>(ix));
  }
  const Line road = {{0, 0}, {1000, 0}};
  const std::vector<Point> ends = {{0, 0}};
  const std::vector<Point> sites = {{1000, 0}};
  const auto length_m = [&](Medium medium) {
    const std::vector<CableWay> ways = {{&road, medium}};
    const BackhaulGraph graph =
        cable_graph({.ways = ways, .exchanges = ends, .sites = sites, .ground_asl_m = slope});
    return metres(graph, EdgeUse::way, medium);
  };
  CHECK(length_m(Medium::aerial) == Approx(1250.0).margin(0.2));  // 3, 4, 5
  CHECK(length_m(Medium::buried) == Approx(1250.0).margin(0.2));
  CHECK(length_m(Medium::tunnel) == Approx(1000.0));
  CHECK(length_m(Medium::bridge) == Approx(1000.0));
}

TEST_CASE("an island without a corridor is offered a straight cable through the sea") {
  const Raster<float> ground = strait();
  const Line mainland = {{100, 0}, {900, 0}};
  const Line island = {{4100, 0}, {5500, 0}};
  const std::vector<CableWay> ways = {{&mainland, Medium::aerial}, {&island, Medium::aerial}};
  const std::vector<Point> exchanges = {{100, 0}};
  const std::vector<Point> sites = {{5000, 20}};
  const BackhaulGraph graph =
      cable_graph({.ways = ways, .exchanges = exchanges, .sites = sites, .ground_asl_m = ground});
  REQUIRE(connected(graph, graph.site_nodes[0], graph.exchange_nodes[0]));
  CHECK(metres(graph, EdgeUse::gap, Medium::submarine) == Approx(3200.0));
  int landings = 0;
  for (const BackhaulEdge& edge : graph.edges) landings += edge.landings;
  CHECK(landings == 2);
}

TEST_CASE("a corridor under the sea comes ashore at its ends, pays for both, and makes no gap necessary") {
  const Raster<float> ground = strait();
  const Line mainland = {{100, 0}, {900, 0}};
  const Line island = {{4100, 0}, {5500, 0}};
  // Near to the ends of the roads, and far from them.
  for (const double off_m : {20.0, 50.0}) {
    CAPTURE(off_m);
    const Line corridor = {{900 + off_m, off_m}, {2500, 200}, {4100 - off_m, off_m}};
    const std::vector<CableWay> ways = {
        {&mainland, Medium::aerial}, {&island, Medium::aerial}, {&corridor, Medium::submarine}};
    const std::vector<Point> exchanges = {{100, 0}};
    const std::vector<Point> sites = {{5000, 20}};
    const BackhaulGraph graph =
        cable_graph({.ways = ways, .exchanges = exchanges, .sites = sites, .ground_asl_m = ground});
    REQUIRE(connected(graph, graph.site_nodes[0], graph.exchange_nodes[0]));
    CHECK(metres(graph, EdgeUse::gap, Medium::submarine) == 0.0);
    CHECK(metres(graph, EdgeUse::way, Medium::submarine) ==
          Approx(2.0 * std::hypot(1600.0 - off_m, 200.0 - off_m)).margin(0.1));
    // Of what is built, not of all edges.
    std::vector<EdgeTerms> terms;
    for (const BackhaulEdge& edge : graph.edges) terms.push_back({.cost_jpy = std::llround(edge.length_m)});
    const BackhaulLayout layout =
        backhaul_layout({.graph = graph, .terms = terms, .sites = {{.node = graph.site_nodes[0]}}});
    int landings = 0;
    for (const std::uint32_t edge : layout.edges) landings += graph.edges[edge].landings;
    CHECK(landings == 2);
  }
}

TEST_CASE("nothing is led to what lies on the sea bed but at its ends") {
  const Raster<float> ground = strait();
  const Line mainland = {{100, 0}, {900, 0}};
  const Line corridor = {{920, 20}, {2500, 20}, {5900, 20}};
  const std::vector<CableWay> ways = {{&mainland, Medium::aerial}, {&corridor, Medium::submarine}};
  const std::vector<Point> exchanges = {{100, 0}};
  const std::vector<Point> sites = {{5000, 30}};  // 10 m beside the corridor, 4,100 m from the road
  const BackhaulGraph graph =
      cable_graph({.ways = ways, .exchanges = exchanges, .sites = sites, .ground_asl_m = ground});
  CHECK(graph.drop_m[0] == Approx(std::hypot(4100.0, 30.0)));
  CHECK(metres(graph, EdgeUse::drop, Medium::submarine) == Approx(std::hypot(4100.0, 30.0)).margin(0.1));
}

TEST_CASE("parts of the roads with sites and without exchange get a gap, those without sites none") {
  const Line home = {{0, 0}, {1000, 0}};
  const Line apart = {{0, 700}, {1000, 700}};
  const Line lonely = {{0, 5000}, {1000, 5000}};
  const std::vector<CableWay> ways = {
      {&home, Medium::aerial}, {&apart, Medium::aerial}, {&lonely, Medium::aerial}};
  const std::vector<Point> exchanges = {{0, -10}};
  const std::vector<Point> sites = {{500, 720}};
  const BackhaulGraph graph = cable_graph(
      {.ways = ways, .exchanges = exchanges, .sites = sites, .ground_asl_m = level(), .longest_drop_m = 200.0});
  CHECK(connected(graph, graph.site_nodes[0], graph.exchange_nodes[0]));
  CHECK(metres(graph, EdgeUse::gap, Medium::aerial) == Approx(700.0));
}

TEST_CASE("doubled roads and points change no length that is built") {
  const Line road = {{0, 0}, {500, 0}, {1000, 0}};
  const Line with_a_point_twice = {{0, 0}, {500, 0}, {500, 0}, {1000, 0}};
  const Line point = {{700, 0}, {700, 0}};
  const std::vector<CableWay> once = {{&road, Medium::aerial}};
  const std::vector<CableWay> twice = {
      {&with_a_point_twice, Medium::aerial}, {&with_a_point_twice, Medium::aerial}, {&point, Medium::aerial}};
  const std::vector<Point> exchanges = {{0, 0}};
  const std::vector<Point> sites = {{1000, 0}, {430, 25}};
  const auto built_m = [&](const std::vector<CableWay>& ways) {
    const BackhaulGraph graph =
        cable_graph({.ways = ways, .exchanges = exchanges, .sites = sites, .ground_asl_m = level()});
    std::vector<EdgeTerms> terms;
    for (const BackhaulEdge& edge : graph.edges) {
      CHECK(edge.length_m >= 0.0);
      terms.push_back({.cost_jpy = std::llround(100.0 * edge.length_m)});
    }
    const BackhaulLayout layout = backhaul_layout(
        {.graph = graph, .terms = terms, .sites = {{.node = graph.site_nodes[0]}, {.node = graph.site_nodes[1]}}});
    CHECK(layout.unreached.empty());
    return 0.01 * static_cast<double>(layout.cost_jpy);
  };
  CHECK(built_m(once) == Approx(1025.0));
  CHECK(built_m(twice) == Approx(1025.0));
}

TEST_CASE("a duct beside a road can be reached from it") {
  const Line road = {{0, 0}, {1000, 0}};
  const Line duct = {{200, 20}, {800, 20}};
  const std::vector<CableWay> ways = {{&road, Medium::aerial}, {&duct, Medium::duct}};
  const std::vector<Point> exchanges = {{0, 0}};
  const std::vector<Point> sites = {{1000, 0}};
  const BackhaulGraph graph =
      cable_graph({.ways = ways, .exchanges = exchanges, .sites = sites, .ground_asl_m = level()});
  CHECK(metres(graph, EdgeUse::way, Medium::duct) == Approx(600.0));
  bool joined = false;
  for (const BackhaulEdge& edge : graph.edges)
    joined = joined || (edge.use == EdgeUse::join && edge.length_m > 19.0);
  CHECK(joined);
}
