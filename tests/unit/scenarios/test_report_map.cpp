#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include "scenarios/report/labels.hpp"
#include "scenarios/report/map_svg.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

const Grid kGrid{.west_m = 1000, .north_m = 9000, .cell_m = 100, .nx = 90, .ny = 60};  // 9 km x 6 km, 0.1 unit/m

MultiPolygon box(double west, double south, double east, double north) {
  return {{{.outer = {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}}};
}

double to_line(ViewPoint p, const ViewLine& line) {
  double nearest = 1e9;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double dx = line[i].x - line[i - 1].x;
    const double dy = line[i].y - line[i - 1].y;
    const double t =
        std::clamp(((p.x - line[i - 1].x) * dx + (p.y - line[i - 1].y) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
    nearest = std::min(nearest, std::hypot(p.x - line[i - 1].x - t * dx, p.y - line[i - 1].y - t * dy));
  }
  return nearest;
}

}  // namespace

TEST_CASE("scale bars have round lengths") {
  CHECK(round_length(12'345.0) == Approx(10'000.0));
  CHECK(round_length(9'999.0) == Approx(5'000.0));
  CHECK(round_length(4'999.0) == Approx(2'000.0));
  CHECK(round_length(0.7) == Approx(0.5));
  CHECK(round_length(1000.0) == Approx(1000.0));
}

TEST_CASE("maps leave out the county of towns and villages only") {
  CHECK(short_name("南都留郡富士河口湖町") == "富士河口湖町");
  CHECK(short_name("南都留郡忍野村") == "忍野村");
  CHECK(short_name("大和郡山市") == "大和郡山市");
  CHECK(short_name("郡上市") == "郡上市");
  CHECK(short_name("富士吉田市") == "富士吉田市");
  CHECK(short_name("") == "");
}

TEST_CASE("road classes of several sources have one rank") {
  CHECK(road_rank("motorway_link") == RoadRank::expressway);
  CHECK(road_rank("trunk") == RoadRank::national);
  CHECK(road_rank("secondary") == RoadRank::prefectural);
  CHECK(road_rank("forest track") == RoadRank::local);
}

TEST_CASE("simplified lines keep their ends and stay within the tolerance") {
  std::mt19937 random(7);
  std::normal_distribution<double> step(0.0, 1.0);
  ViewLine line = {{100, 100}};
  for (int i = 0; i < 500; ++i) line.push_back({line.back().x + step(random), line.back().y + step(random)});
  for (const double tolerance : {0.1, 1.0, 5.0}) {
    const ViewLine simple = simplified(line, tolerance);
    CHECK(simple.size() < line.size());
    CHECK(simple.front().x == line.front().x);
    CHECK(simple.back().y == line.back().y);
    for (const ViewPoint& p : line) CHECK(to_line(p, simple) <= tolerance + 1e-9);
  }
}

TEST_CASE("path data are tenths of a unit, relative after the first point") {
  CHECK(path_data({{{1.0, 2.0}, {3.5, 1.0}, {3.5, 9.0}}}, 0.1) == "M10 20l25-10 0 80");
  CHECK(path_data({{{3.0, 3.0}, {1.0, 1.0}}, {{0.0, 0.0}, {0.01, 0.0}}}, 0.1) == "M30 30l-20-20");
}

TEST_CASE("a border that two municipalities share is drawn once, what lies beyond the map not at all") {
  const MapView view(kGrid);
  CHECK(view.width() == Approx(900.0));
  CHECK(view.height() == Approx(600.0));
  const std::vector<ViewLine> lines = boundary_lines(
      view, {box(2000, 4000, 4000, 6000), box(4000, 4000, 6000, 6000), box(90'000, 0, 91'000, 900)});
  double length = 0.0;
  for (const ViewLine& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      length += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    }
  }
  CHECK(length == Approx(0.1 * (4 * 2000 + 3 * 2000)));
}

TEST_CASE("a name stands where its municipality has most room") {
  Boundaries boundaries;
  boundaries.municipalities = {{"1", "west", box(1000, 3000, 4000, 9000)},
                               {"2", "away", box(50'000, 0, 51'000, 900)}};
  const std::vector<LabelRoom> rooms = label_rooms(boundaries, kGrid);
  REQUIRE(rooms.size() == 2);
  CHECK(rooms[0].at.x_m == Approx(2500.0).margin(150.0));
  CHECK(rooms[0].clearance_m == Approx(1500.0).margin(150.0));
  CHECK(rooms[1].clearance_m == 0.0);
}

TEST_CASE("names do not cover one another and do not leave the map") {
  const MapView view(kGrid);
  LabelSpace space(view);
  CHECK(space.take({450, 300}, 100, 20));
  CHECK_FALSE(space.take({500, 310}, 100, 20));
  CHECK(space.take({500, 330}, 100, 20));
  CHECK_FALSE(space.take({890, 300}, 100, 20));
  CHECK(text_width("富士") > text_width("Fuj"));
}
