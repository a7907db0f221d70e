// Cabinets for the homes near a backhaul's cables: their number against all choices, what feeds them, the light.
#include "libsim/studies/backhaul/passive_network.hpp"

#include <cmath>
#include <random>

#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// A tree of cables; node 0 is the exchange, every node but it has `people` on top of it.
struct CableTree {
  BackhaulReport report{};
  BackhaulOptions options{.households_within_m = 5.0};
  Population population{};

  explicit CableTree(std::size_t nodes) {
    report.graph.nodes.resize(nodes);
    report.graph.exchange_nodes = {0};
    for (std::size_t i = 0; i < nodes; ++i) report.graph.nodes[i] = {1'000.0 * static_cast<double>(i), 0.0};
  }
  void cable(std::uint32_t from, std::uint32_t to, double length_m) {
    report.graph.edges.push_back({.from = from, .to = to, .length_m = length_m});
    report.layout.users.push_back({0});
  }
  void people_at(std::size_t node, double people, int municipality = 0) {
    PopulationUnit unit{.people = people, .centre = report.graph.nodes[node]};
    unit.municipality = municipality;
    population.units.push_back(unit);
  }
  [[nodiscard]] PassiveNetwork network(const PassiveOptions& asked) const {
    return passive_network(report, options, population, asked);
  }
};

PassiveOptions within_m(double reach_m) {
  return {.cabinet_reach_m = reach_m, .persons_per_household = 2.0};
}

}  // namespace

TEST_CASE("no choice of places takes fewer cabinets") {
  std::mt19937 random(7);
  int several = 0;
  for (int round = 0; round < 40; ++round) {
    constexpr std::size_t kNodes = 9;
    CableTree tree(kNodes);
    std::vector<std::uint32_t> up(kNodes, 0);
    std::vector<double> up_m(kNodes, 0.0);
    for (std::uint32_t i = 1; i < kNodes; ++i) {
      up[i] = static_cast<std::uint32_t>(random() % i);
      up_m[i] = static_cast<double>(1 + random() % 9);
      tree.cable(up[i], i, up_m[i]);
    }
    std::vector<std::size_t> with_homes;
    for (std::size_t i = 0; i < kNodes; ++i) {
      if (random() % 3 == 0) continue;
      with_homes.push_back(i);
      tree.people_at(i, 2.0);
    }
    if (with_homes.empty()) continue;
    // Along the tree between any two nodes.
    std::vector<std::vector<double>> apart_m(kNodes, std::vector<double>(kNodes, 1e9));
    for (std::size_t i = 0; i < kNodes; ++i) {
      apart_m[i][i] = 0.0;
      if (i > 0) apart_m[i][up[i]] = apart_m[up[i]][i] = up_m[i];
    }
    for (std::size_t k = 0; k < kNodes; ++k)
      for (std::size_t i = 0; i < kNodes; ++i)
        for (std::size_t j = 0; j < kNodes; ++j)
          apart_m[i][j] = std::min(apart_m[i][j], apart_m[i][k] + apart_m[k][j]);
    std::size_t least = kNodes;
    for (unsigned places = 1; places < 1U << kNodes; ++places) {
      bool all = true;
      std::size_t count = 0;
      for (std::size_t place = 0; place < kNodes; ++place) count += places >> place & 1U;
      for (const std::size_t home : with_homes) {
        bool reached = false;
        for (std::size_t place = 0; place < kNodes; ++place)
          reached = reached || ((places >> place & 1U) != 0 && apart_m[place][home] <= 8.0);
        all = all && reached;
      }
      if (all) least = std::min(least, count);
    }
    const PassiveNetwork network = tree.network(within_m(8.0));
    CAPTURE(round);
    CHECK(network.cabinets.size() == least);
    CHECK(network.homes == static_cast<std::int64_t>(with_homes.size()));
    several += least > 1 ? 1 : 0;
    double people = 0.0;
    for (const PassiveCabinet& cabinet : network.cabinets) {
      people += cabinet.people;
      CHECK(cabinet.homes.longest_drop_m <= 8.0);
    }
    CHECK(people == Approx(network.people_near));
  }
  CHECK(several > 10);
}

TEST_CASE("splitters, feeders and light of a cabinet by hand") {
  CableTree tree(4);
  tree.cable(0, 1, 11'500.0);
  tree.cable(1, 2, 500.0);
  tree.cable(2, 3, 500.0);
  tree.people_at(2, 30.0, 3);
  tree.people_at(3, 49.0, 4);
  const PassiveNetwork network = tree.network(within_m(500.0));
  // The farthest home is at 12.5 km: the cabinet stands at 12 km and takes the homes beside it too.
  REQUIRE(network.cabinets.size() == 1);
  const PassiveCabinet& cabinet = network.cabinets.front();
  CHECK(cabinet.homes.feeder_m == 12'000.0);
  CHECK(cabinet.homes.longest_drop_m == 500.0);
  CHECK(cabinet.homes.homes == 40);  // 39.5 rounded up
  CHECK(cabinet.municipality == 4);
  CHECK(cabinet.design.splitters == 2);
  CHECK(cabinet.design.feeder_fibres == 2);
  // 12.5 km x 0.4 + 10 log 32 + 5 x 0.5 + 1.5; of B+ 28 less 1 dB.
  CHECK(cabinet.design.greatest_loss_db == Approx(5.0 + 15.0515 + 2.5 + 1.5).margin(1e-3));
  CHECK(cabinet.design.margin_db == Approx(27.0 - 24.0515).margin(1e-3));
  CHECK(network.people_served == 79.0);
}

TEST_CASE(
    "homes beyond the reach of light are near a cable and not served, those beside a cut-off cable not fed") {
  CableTree tree(4);
  tree.cable(0, 1, 21'000.0);
  tree.people_at(1, 10.0);
  tree.people_at(3, 6.0);
  tree.cable(2, 3, 100.0);
  tree.report.layout.users.back().clear();
  tree.report.graph.edges.back().medium = Medium::existing;
  const PassiveNetwork network = tree.network(within_m(100.0));
  REQUIRE(network.cabinets.size() == 1);
  CHECK(network.cabinets.front().design.fault == PonFault::beyond_reach);
  CHECK(network.people_near == 16.0);
  CHECK(network.people_served == 0.0);
  CHECK(network.people_unfed == 6.0);
}
