#include "libsim/load/traffic.hpp"

#include <numeric>

#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

const Grid kGrid{.west_m = 0.0, .north_m = 1000.0, .cell_m = 10.0, .nx = 100, .ny = 100};

PopulationUnit square(double west_m, double south_m, double side_m, double people) {
  PopulationUnit unit{.people = people, .centre = {west_m + 0.5 * side_m, south_m + 0.5 * side_m}};
  unit.footprint.parts = {{{{west_m, south_m},
                            {west_m + side_m, south_m},
                            {west_m + side_m, south_m + side_m},
                            {west_m, south_m + side_m},
                            {west_m, south_m}}}};
  return unit;
}

double sum(const std::vector<DemandPoint>& points, double DemandPoint::*member) {
  return std::accumulate(points.begin(), points.end(), 0.0,
                         [&](double all, const DemandPoint& point) { return all + point.*member; });
}

}  // namespace

TEST_CASE("busy hour of 30 GB a month, 7 % of the day") {
  // 1 GB a day, 0.07 x 8e9 bit in 3600 s
  CHECK(busy_hour_bps(30.0, 0.07) == Approx(8e9 * 0.07 / 3600.0));
}

TEST_CASE("people, roads and fixed points keep their whole demand inside the plan") {
  Population population;
  population.units = {square(100.0, 100.0, 400.0, 1000.0), square(700.0, 700.0, 3.0, 10.0)};
  Roads roads;
  roads.roads.push_back({.line = {{0.5, 505.0}, {990.5, 505.0}}});
  const Traffic traffic{.dl_bps_per_person = 100.0,
                        .ul_bps_per_person = 10.0,
                        .dl_bps_per_road_m = 7.0,
                        .fixed = {{"camera", {55.0, 55.0}, 0.0, 5e6}}};
  const std::vector<DemandPoint> points = demand_points(traffic, population, roads, kGrid);
  CHECK(sum(points, &DemandPoint::people) == Approx(1010.0));
  CHECK(sum(points, &DemandPoint::dl_bps) == Approx(101'000.0 + 7.0 * 990.0));
  CHECK(sum(points, &DemandPoint::ul_bps) == Approx(10'100.0 + 5e6));
  const auto peopled = std::count_if(points.begin(), points.end(), [](const auto& p) { return p.people > 0.0; });
  CHECK(peopled == kPointsPerUnit + 1);
}

TEST_CASE("the part of a footprint outside the plan takes its demand with it") {
  Population population;
  population.units = {square(-200.0, 100.0, 400.0, 800.0)};
  const std::vector<DemandPoint> points = demand_points({.dl_bps_per_person = 1.0}, population, {}, kGrid);
  CHECK(sum(points, &DemandPoint::people) == Approx(400.0).margin(1.0));
}

TEST_CASE("nothing asked for is no traffic") {
  CHECK_FALSE(Traffic{}.any());
  CHECK(demand_points({}, {}, {}, kGrid).empty());
}
