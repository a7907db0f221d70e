#include "libsim/routes/road_graph.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

RoadGraph graph_of(const std::vector<Line>& lines) {
  std::vector<const Line*> borrowed;
  for (const Line& line : lines) borrowed.push_back(&line);
  return RoadGraph(borrowed);
}

std::vector<Line> random_lines(int count, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> anywhere(-4000.0, 4000.0);
  std::uniform_real_distribution<double> step(-300.0, 300.0);
  std::vector<Line> lines(static_cast<std::size_t>(count));
  for (Line& line : lines) {
    line.push_back({anywhere(random), anywhere(random)});
    for (int i = 0; i < 6; ++i) line.push_back({line.back().x_m + step(random), line.back().y_m + step(random)});
  }
  return lines;
}

double to_segment_m(Point p, Point a, Point b) {
  const double dx = b.x_m - a.x_m;
  const double dy = b.y_m - a.y_m;
  const double t = std::clamp(((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
  return std::hypot(p.x_m - a.x_m - t * dx, p.y_m - a.y_m - t * dy);
}

}  // namespace

TEST_CASE("a line becomes edges of at most a step that know their line") {
  const RoadGraph graph = graph_of({{}, {{0, 0}, {120, 0}, {120, 30}}});
  REQUIRE(graph.nodes().size() == 5);
  REQUIRE(graph.edges().size() == 4 + 1);
  CHECK(graph.nodes()[2].x_m == Approx(80.0));
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(graph.edges()[i].line == 1);
    CHECK(graph.edges()[i].length_m == Approx(i < 3 ? 40.0 : 30.0));
  }
  // Its end lies within reach of the node before its last but one.
  CHECK(graph.edges()[4].line == kRoadJoint);
  CHECK(graph.edges()[4].from == 2);
  CHECK(graph.edges()[4].to == 4);
  CHECK(graph.edges()[4].length_m == Approx(50.0));
}

TEST_CASE("ends are joined to what is near, once, and crossings without an end are not") {
  const RoadGraph joined = graph_of({{{0, 0}, {40, 0}}, {{40, 0}, {40, 30}}});
  for (std::size_t i = 0; i < joined.edges().size(); ++i) {
    const RoadEdge& edge = joined.edges()[i];
    CHECK(edge.from < edge.to);
    const auto same = [&](const RoadEdge& other) { return other.from == edge.from && other.to == edge.to; };
    CHECK(std::count_if(joined.edges().begin(), joined.edges().end(), same) == 1);
  }
  CHECK(joined.parts() == std::vector<std::uint32_t>{0, 0, 0, 0});
  const RoadGraph bridge = graph_of({{{-200, 0}, {200, 0}}, {{0, -200}, {0, 200}}});
  CHECK(bridge.parts().front() == 0);
  CHECK(bridge.parts().back() == 1);
}

TEST_CASE("the shortest way can be walked back edge by edge") {
  // Two ways from west to east, over the north (1500 m) and over the south (1200 m).
  const RoadGraph graph =
      graph_of({{{0, 0}, {0, 500}, {500, 500}, {500, 0}}, {{0, 0}, {0, -350}, {500, -350}, {500, 0}}});
  const NearPoint start{graph.nearest_node({0, 0}).index, 7.0};
  const RoadWays ways = graph.shortest_ways(std::vector<NearPoint>{start});
  std::uint32_t node = graph.nearest_node({500, 0}).index;
  CHECK(ways.length_m[node] == Approx(1207.0));
  double walked_m = 0.0;
  while (ways.last_edge[node] != kNoRoadEdge) {
    const RoadEdge& edge = graph.edges()[ways.last_edge[node]];
    walked_m += edge.length_m;
    node = edge.from == node ? edge.to : edge.from;
    CHECK(graph.nodes()[node].y_m <= 0.0);
  }
  CHECK(node == start.index);
  CHECK(walked_m == Approx(1200.0));
}

TEST_CASE("a start that is reached sooner from another is no start") {
  const RoadGraph graph = graph_of({{{0, 0}, {1000, 0}}, {{5000, 0}, {5100, 0}}});
  const std::uint32_t end = graph.nearest_node({1000, 0}).index;
  const RoadWays ways = graph.shortest_ways(std::vector<NearPoint>{{end, 5000.0}, {0, 10.0}, {end, 3000.0}});
  CHECK(ways.length_m[end] == Approx(1010.0));
  CHECK(ways.last_edge[end] != kNoRoadEdge);
  CHECK(std::isinf(ways.length_m.back()));
  CHECK(ways.last_edge.back() == kNoRoadEdge);
}

TEST_CASE("the nearest node and the nearest point are those of a search through all") {
  const std::vector<Line> lines = random_lines(60, 3);
  const RoadGraph graph = graph_of(lines);
  std::mt19937 random(4);
  std::uniform_real_distribution<double> anywhere(-9000.0, 9000.0);
  for (int i = 0; i < 300; ++i) {
    const Point p{anywhere(random), anywhere(random)};
    double node_m = 1e9;
    double line_m = 1e9;
    for (const Point& node : graph.nodes()) node_m = std::min(node_m, distance_m(p, node));
    for (const Line& line : lines) {
      for (std::size_t k = 1; k < line.size(); ++k)
        line_m = std::min(line_m, to_segment_m(p, line[k - 1], line[k]));
    }
    CHECK(graph.nearest_node(p).distance_m == node_m);
    const RoadPoint found = graph.nearest_point(p);
    const RoadEdge& edge = graph.edges()[found.edge];
    CHECK(edge.line != kRoadJoint);
    CHECK(found.distance_m == Approx(line_m));
    CHECK(distance_m(p, found.at) == found.distance_m);
    CHECK(distance_m(graph.nodes()[edge.from], found.at) == Approx(found.along_m).margin(1e-6));
  }
}

TEST_CASE("of equally near nodes the first is taken") {
  // The second line begins where the first ends; the site is as far from two nodes of the first.
  const RoadGraph graph = graph_of({{{0, 0}, {100, 0}}, {{100, 0}, {200, 0}}});
  CHECK(graph.nearest_node({100, 0}).index == 2);
  CHECK(graph.nearest_node({25, 80}).index == 0);
}

TEST_CASE("graphs without nodes and lines of a single point") {
  const RoadGraph none = graph_of({});
  CHECK(none.nodes().empty());
  CHECK(none.parts().empty());
  CHECK(none.shortest_ways({}).length_m.empty());
  CHECK_THROWS_AS(none.nearest_node({0, 0}), InternalError);
  CHECK_THROWS_AS(none.nearest_point({0, 0}), InternalError);
  const RoadGraph single = graph_of({{{3, 4}}});
  CHECK(single.nearest_node({0, 0}).distance_m == Approx(5.0));
  CHECK(single.nearest_point({0, 0}).distance_m == Approx(5.0));
}
