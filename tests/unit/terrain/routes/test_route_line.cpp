#include "terrain/routes/route_line.hpp"

#include <fmt/format.h>

#include <cmath>

#include "terrain/geodesic.hpp"
#include "tests/unit/terrain/routes/route_files.hpp"

using namespace amaneku;
using namespace amaneku::test;

namespace {

/// A map in memory of lines with the ids "0", "1" ...
RouteMap map_of(const std::vector<std::vector<LonLat>>& lines) {
  RouteMap map{.format = RouteFormat::geojson, .file = "memory"};
  for (const std::vector<LonLat>& line : lines) {
    RoutePiece piece{.id = std::to_string(map.pieces.size())};
    for (const LonLat at : line) {
      if (!piece.points.empty()) piece.length_m += geodesic_between(piece.points.back().at, at).length_m;
      piece.points.push_back({at});
    }
    map.pieces.push_back(std::move(piece));
  }
  return map;
}

std::string join_refusal(const RouteMap& map, const RouteChoice& choice = {}) {
  try {
    (void)join(map, choice);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

std::string order_of(const RouteLine& line) {
  std::string out;
  for (const RouteStretch& stretch : line.stretches) out += stretch.piece + (stretch.backwards ? "- " : "+ ");
  return out;
}

const std::vector<LonLat> kFirst{{135.0, 34.0}, {135.01, 34.0}};
const std::vector<LonLat> kSecondTurned{{135.02, 34.0}, {135.01, 34.0}};
const std::vector<LonLat> kThird{{135.02, 34.0}, {135.02, 34.01}};

}  // namespace

TEST_CASE("a route of OpenStreetMap by its number, with attributes by stretch") {
  const RouteMap map = read_route_map(route_data("small.osm"));
  const RouteLine line = join(map, {.refs = {"42"}});
  CHECK(line.length_m() == Approx(2 * 923.84786 + 1109.22476).margin(1e-3));
  CHECK(order_of(line) == "10+ 11- 12+ ");
  CHECK(line.stretches[1].from_m == Approx(923.84786).margin(1e-4));
  CHECK(line.stretches[1].to_m == Approx(2 * 923.84786).margin(1e-4));
  CHECK(line.stretches[1].attributes.tunnel == Presence::yes);
  CHECK(line.tunnel_m(Presence::yes) == Approx(923.84786).margin(1e-3));
  CHECK(line.tunnel_m(Presence::none) == Approx(923.84786).margin(1e-3));
  CHECK(line.tunnel_m(Presence::unknown) == Approx(1109.22476).margin(1e-3));
  CHECK(line.joined_m == 0.0);
  CHECK(line.vertices.size() == 4);
}

TEST_CASE("a route driven the other way has the same length and the places from its end") {
  const RouteMap map = read_route_map(route_data("small.osm"));
  const RouteLine there = join(map, {.refs = {"42"}});
  const RouteLine back = join(map, {.refs = {"42"}, .reversed = true});
  CHECK(back.length_m() == Approx(there.length_m()).margin(1e-6));
  CHECK(order_of(back) == "12- 11+ 10- ");
  CHECK(back.vertices.front().at == there.vertices.back().at);
  CHECK(sample(back, 100.0).front().heading_deg == Approx(180.0).margin(1e-6));
}

TEST_CASE("pieces in any order and direction become one chain, the longer part as drawn") {
  CHECK(order_of(join(map_of({kThird, kFirst, kSecondTurned}))) == "1+ 2- 0+ ");
  CHECK(order_of(join(map_of({kSecondTurned, kFirst}), {.ids = {"0", "1"}})) == "0+ 1- ");
  CHECK(order_of(join(map_of({kFirst, kSecondTurned}), {.ids = {"0", "1"}})) == "0+ 1- ");
  CHECK(order_of(join(map_of({kFirst, kThird, kSecondTurned}), {.ids = {"0", "2", "1"}})) == "0+ 2- 1+ ");
  // The same piece twice: there and back.
  CHECK(order_of(join(map_of({kFirst}), {.ids = {"0", "0"}})) == "0+ 0- ");
}

TEST_CASE("a ring is driven around once from the beginning of its first piece") {
  const RouteMap ring = map_of({{{135.0, 34.0}, {135.01, 34.0}},
                                {{135.01, 34.0}, {135.01, 34.01}},
                                {{135.0, 34.0}, {135.0, 34.01}, {135.01, 34.01}}});
  const RouteLine line = join(ring);
  CHECK(order_of(line) == "0+ 1+ 2- ");
  CHECK(line.vertices.front().at == line.vertices.back().at);
}

TEST_CASE("ends that nearly meet are joined within the tolerance, and the join is counted") {
  // 0.00001 degrees of latitude are 1.109 m.
  const RouteMap map = map_of({kFirst, {{135.01, 34.00001}, {135.02, 34.00001}}});
  CHECK_THAT(join_refusal(map), Contains("2 groups that do not connect") && Contains("within 1 m"));
  const RouteLine line = join(map, {.tolerance_m = 1.5});
  CHECK(line.joined_m == Approx(1.1092).margin(1e-3));
  CHECK(line.longest_join_m == line.joined_m);
  CHECK(line.length_m() == Approx(2 * 923.8478 + 1.1092).margin(1e-3));
  CHECK(line.stretches[1].from_m == line.stretches[0].to_m);
}

TEST_CASE("pieces that do not connect are listed with lengths and places") {
  const std::string said = join_refusal(map_of({kFirst, kSecondTurned, {{135.1, 34.0}, {135.1, 34.01}}}));
  CHECK_THAT(
      said,
      Contains("2 groups") && Contains("group 1: 2 ways (\"0\" ...), 1847.7 m") &&
          Contains("(135.000000, 34.000000), (135.020000, 34.000000)") &&
          Contains("group 2: 1 ways (\"2\"), 1109.2 m") &&
          Contains("; the nearest other lies 7390.8 m from (135.020000, 34.000000), at (135.100000, 34.000000)"));
  const std::string order = join_refusal(map_of({kFirst, kThird}), {.ids = {"0", "1"}});
  CHECK_THAT(order, Contains("\"0\" ends at (135.010000, 34.000000)") && Contains("\"1\"") && Contains("923.8 m"));
}

TEST_CASE("a route that branches is refused with the places, and drawn between two places") {
  const RouteMap map = map_of({kFirst, kSecondTurned, {{135.01, 34.0}, {135.01, 34.05}}, kThird});
  CHECK_THAT(join_refusal(map),
             Contains("branches at 1 places") && Contains("\"0\", \"1\", \"2\" meet at (135.010000, 34.000000)"));
  const RouteLine line = join(map, {.from = LonLat{135.0, 34.0}, .to = LonLat{135.02, 34.01}});
  CHECK(order_of(line) == "0+ 1- 3+ ");
  CHECK_THAT(join_refusal(map, {.from = LonLat{136.0, 34.0}, .to = LonLat{135.02, 34.01}}),
             Contains("no end of a way lies near (136.000000, 34.000000)"));
  CHECK_THAT(join_refusal(map, {.from = LonLat{135.0, 34.0}}), Contains("both places"));
  CHECK_THAT(join_refusal(map, {.from = LonLat{135.0, 34.0}, .to = LonLat{135.0, 34.0}}),
             Contains("ends where it begins"));
}

TEST_CASE("national road 25 through Osaka, which is two carriageways, between two places", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "roads/osm_osaka_tennoji_major.geojson");
  const RouteMap map = read_route_map(*data / "roads/osm_osaka_tennoji_major.geojson");
  CHECK_THAT(join_refusal(map, {.refs = {"25"}}), Contains("2 groups that do not connect"));
  const RouteLine line =
      join(map, {.refs = {"25"}, .from = LonLat{135.519472, 34.645095}, .to = LonLat{135.556307, 34.624972}});
  // Dijkstra's algorithm over the ends, with lengths by Vincenty's formulas, in Python.
  CHECK(line.length_m() == Approx(4084.2236).margin(0.001));
  CHECK(line.joined_m == 0.0);
  CHECK(line.tunnel_m(Presence::unknown) == Approx(line.length_m()).margin(1e-6));
}

TEST_CASE("a word that no way has is named with the one that was meant") {
  const RouteMap map = read_route_map(route_data("small.osm"));
  CHECK_THAT(join_refusal(map, {.classes = {"trunck"}}),
             Contains("classes = trunck") && Contains("\"trunk\" meant?"));
  CHECK_THAT(join_refusal(map, {.ids = {"99"}}), Contains("ids = 99"));
  CHECK_THAT(join_refusal(map, {.refs = {"42"}, .classes = {"rail"}}), Contains("no way of the file has all"));
}

TEST_CASE("places every step, with headings, stretches and the end") {
  const RouteMap map = read_route_map(route_data("small.osm"));
  const RouteLine line = join(map, {.refs = {"42"}});
  const std::vector<RoutePoint> points = sample(line, 100.0);
  REQUIRE(points.size() == 31);  // 0, 100 ... 2900 and the end at 2956.9
  CHECK(points.back().s_m == line.length_m());
  CHECK(geodesic_between(points.back().at, line.vertices.back().at).length_m < 1e-6);
  for (std::size_t i = 0; i + 1 < points.size(); ++i) CHECK(points[i].s_m == 100.0 * static_cast<double>(i));
  for (std::size_t i = 1; i < 9; ++i)
    CHECK(geodesic_between(points[i - 1].at, points[i].at).length_m == Approx(100.0).margin(1e-6));
  CHECK(points[0].heading_deg == Approx(90.0).margin(0.01));
  CHECK(points[25].heading_deg == Approx(0.0).margin(1e-6));
  CHECK(points[0].stretch == 0);
  CHECK(points[9].stretch == 0);
  CHECK(points[10].stretch == 1);
  CHECK(points[19].stretch == 2);
  CHECK(points.back().stretch == 2);
  CHECK_THROWS_AS(sample(line, 0.0), InputError);
  CHECK_THROWS_AS(sample(line, std::nan("")), InputError);
  CHECK_THROWS_AS(sample(line, 1e-5), InputError);
}

TEST_CASE("a step that divides the length gives no second end") {
  const RouteLine line = join(map_of({kFirst}));
  CHECK(sample(line, line.length_m() / 7.0).size() == 8);
  CHECK(sample(line, 1e6).size() == 2);
}

TEST_CASE("the border of UTM and plane rectangular zones does not change a length") {
  // 101 points over the border of UTM zones 53 and 54 at 138 degrees; the sum by Vincenty's formulas.
  std::vector<LonLat> points;
  for (int i = 0; i <= 100; ++i) points.push_back({137.5 + 0.01 * i, 35.0 + 0.002 * i});
  const RouteLine line = join(map_of({points}));
  CHECK(line.length_m() == Approx(93837.947218).epsilon(1e-9));
  const std::vector<RoutePoint> sampled = sample(line, 50.0);
  double chain_m = 0.0;
  for (std::size_t i = 1; i < sampled.size(); ++i)
    chain_m += geodesic_between(sampled[i - 1].at, sampled[i].at).length_m;
  CHECK(chain_m == Approx(line.length_m()).epsilon(1e-4));
}

TEST_CASE("a route across 180 degrees has its true length") {
  const RouteMap map =
      map_of({{{179.9, -16.5}, {179.97, -16.53}, {-179.95, -16.55}}, {{-179.9, -16.6}, {-179.95, -16.55}}});
  const RouteLine line = join(map);
  CHECK(line.length_m() == Approx(24685.799241).epsilon(1e-9));
  for (const RoutePoint& point : sample(line, 500.0)) {
    CHECK(std::fabs(point.at.lon_deg) <= 180.0);
    CHECK(std::fabs(point.at.lon_deg) >= 179.9 - 1e-9);
  }
  // Ends on both sides of it meet: 180 and -180 degrees are one place.
  CHECK(join(map_of({{{179.9, 0.0}, {180.0, 0.0}}, {{-180.0, 0.0}, {-179.9, 0.0}}})).stretches.size() == 2);
}

TEST_CASE("a trace keeps its order, its times and its gaps") {
  RouteMap trace = map_of({kFirst, {{135.01, 34.001}, {135.01, 34.01}}});
  trace.format = RouteFormat::gpx;
  for (std::size_t i = 0; i < 4; ++i) {
    trace.pieces[i / 2].points[i % 2].time_s = 100.0 * static_cast<double>(i);
    trace.pieces[i / 2].points[i % 2].height_m = 10.0 * static_cast<double>(i);
  }
  CHECK_THAT(join_refusal(trace), Contains("\"0\" ends at") && Contains("110.9 m from there"));
  const RouteLine line = join(trace, {.tolerance_m = 200.0});
  const std::vector<RoutePoint> points = sample(line, line.stretches[0].to_m / 2.0);
  CHECK(points[1].time_s == Approx(50.0).margin(1e-6));
  CHECK(points[1].height_m == Approx(5.0).margin(1e-6));
  const RouteLine back = join(trace, {.tolerance_m = 200.0, .reversed = true});
  CHECK(std::isnan(back.vertices.front().time_s));
  CHECK(back.vertices.front().height_m == 30.0);
}

TEST_CASE("thousands of pieces are joined in a moment") {
  std::vector<std::vector<LonLat>> lines;
  for (int i = 0; i < 20'000; ++i) lines.push_back({{135.0 + 1e-4 * i, 34.0}, {135.0 + 1e-4 * (i + 1), 34.0}});
  const RouteLine line = join(map_of(lines));
  CHECK(line.stretches.size() == 20'000);
  CHECK(line.vertices.size() == 20'001);
}
