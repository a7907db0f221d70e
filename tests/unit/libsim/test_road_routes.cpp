#include "libsim/routes/road_routes.hpp"

#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

std::vector<RoadRoute> routes(const std::vector<Line>& roads, const std::vector<Point>& exchanges,
                              const std::vector<Point>& sites) {
  std::vector<const Line*> borrowed;
  for (const Line& road : roads) borrowed.push_back(&road);
  return road_routes(borrowed, exchanges, sites);
}

}  // namespace

TEST_CASE("a route follows the roads, not the crow") {
  // An L: 3 km east, 4 km north. The exchange stands at its beginning, the site 300 m off its end.
  const auto found = routes({{{0, 0}, {3000, 0}, {3000, 4000}}}, {{0, -50}}, {{3000, 4300}, {1500, 200}});
  CHECK(found[0].to_road_m == Approx(300.0));
  CHECK(found[0].along_road_m == Approx(7050.0));
  CHECK(found[0].gap_m == 0.0);
  CHECK(found[1].to_road_m == Approx(200.0));
  CHECK(found[1].along_road_m == Approx(1550.0));
}

TEST_CASE("roads join at their ends, also at the middle of another, and take the shorter way") {
  const std::vector<Line> roads = {
      {{0, 0}, {10'000, 0}}, {{4000, 20}, {4000, 5000}}, {{0, 0}, {0, 5000}, {4000, 5000}}};
  const auto found = routes(roads, {{0, 0}}, {{4000, 5000}});
  CHECK(found[0].along_road_m == Approx(4000.0 + 5000.0).margin(60.0));
  // Two roads that cross without an end: the fibre changes over there.
  const auto bridge = routes({{{0, 0}, {10'000, 0}}, {{5000, -5000}, {5000, 5000}}}, {{0, 0}}, {{5000, 5000}});
  CHECK(bridge[0].gap_m == 0.0);
  CHECK(bridge[0].along_road_m == Approx(10'000.0));
}

TEST_CASE("an island is reached over the shortest gap") {
  const std::vector<Line> roads = {{{0, 0}, {10'000, 0}}, {{12'000, 0}, {12'000, 6000}}};
  const auto found = routes(roads, {{0, 0}}, {{12'000, 6100}});
  CHECK(found[0].to_road_m == Approx(100.0));
  CHECK(found[0].gap_m == Approx(2000.0));
  CHECK(found[0].gap_from.x_m == Approx(12'000.0));
  CHECK(found[0].gap_to.x_m == Approx(10'000.0));
  CHECK(found[0].along_road_m == Approx(16'000.0));
}

TEST_CASE("without roads there is no length, without exchanges none along roads") {
  CHECK(routes({}, {{0, 0}}, {{5, 5}})[0].to_road_m == 0.0);
  const auto found = routes({{{0, 0}, {100, 0}}}, {}, {{50, 30}});
  CHECK(found[0].to_road_m == Approx(30.0));
  CHECK(found[0].along_road_m == 0.0);
}

TEST_CASE("a site and an exchange are reached where the road passes, not at the next of its steps") {
  const auto found = routes({{{0, 0}, {1000, 0}}}, {{60, -5}}, {{75, 40}, {275, 30}});
  CHECK(found[0].to_road_m == Approx(40.0));
  CHECK(found[0].along_road_m == Approx(15.0 + 5.0));  // on the same piece as the exchange
  CHECK(found[1].to_road_m == Approx(30.0));
  CHECK(found[1].along_road_m == Approx(215.0 + 5.0));
}
