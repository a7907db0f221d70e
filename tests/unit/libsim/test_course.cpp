// A route as it is driven: samples, speeds, stops; what it gets of the cells; gaps; the load of the timetable.
#include <cmath>

#include "libsim/studies/routes/course.hpp"
#include "libsim/studies/routes/course_service.hpp"
#include "libsim/studies/routes/moving_load.hpp"
#include "libsim/studies/routes/weather.hpp"
#include "propagation/itu/p838_rain.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// Straight to the east from a place in zone VIII, in pieces with their attributes.
struct Piece {
  double length_m;
  WayAttributes attributes{};
};

RouteLine straight(const std::vector<Piece>& pieces) {
  const Crs crs = Crs::from_text("EPSG:6676");
  const Point start = crs.to_plan({138.70, 35.30});
  RouteLine line;
  double at_m = 0.0;
  const auto vertex = [&] {
    line.vertices.push_back({.at = crs.to_lonlat({start.x_m + at_m, start.y_m}), .s_m = at_m});
  };
  vertex();
  for (const Piece& piece : pieces) {
    line.stretches.push_back({.from_m = at_m, .to_m = at_m + piece.length_m, .attributes = piece.attributes});
    at_m += piece.length_m;
    vertex();
  }
  return line;
}

WayAttributes way(Presence tunnel, Presence bridge = Presence::none,
                  std::optional<double> limit_kmh = std::nullopt) {
  WayAttributes out;
  out.tunnel = tunnel;
  out.bridge = bridge;
  out.speed_limit_kmh = limit_kmh;
  return out;
}

Course course(const std::vector<Piece>& pieces, double step_m = 1.0) {
  return course_of(straight(pieces), step_m, {.otherwise_m_s = 10.0, .most_m_s = 20.0},
                   Crs::from_text("EPSG:6676"));
}

SampleService gets(float ul_mbps, int cell = 0) {
  return {.cell = cell,
          .rsrp_dbm = -90.0F,
          .sinr_db = 10.0F,
          .dl_mbps = 50.0F,
          .ul_mbps = ul_mbps,
          .ul_alone_mbps = ul_mbps};
}

}  // namespace

TEST_CASE("a course has the ways of its route: open, tunnel, bridge, not said") {
  const Course of = course({{100.0, way(Presence::none)},
                            {50.0, way(Presence::yes)},
                            {30.0, way(Presence::none, Presence::yes)},
                            {20.0, way(Presence::unknown)}});
  CHECK(of.length_m() == Approx(200.0));
  CHECK(of.samples() == 201);
  CHECK(of.metres_of(WayKind::tunnel) == Approx(50.0).margin(1.0));
  CHECK(of.metres_of(WayKind::bridge) == Approx(30.0).margin(1.0));
  CHECK(of.tunnel_unknown_m() == Approx(20.0).margin(1.0));
  REQUIRE(of.stretches.size() == 4);
  CHECK(of.stretches.front().first == 0);
  CHECK(of.stretches.back().last == 200);
  for (std::size_t i = 1; i < of.stretches.size(); ++i)
    CHECK(of.stretches[i].first == of.stretches[i - 1].last + 1);
}

TEST_CASE("the way back is the mirror image") {
  const Course there = course({{100.0, way(Presence::none)}, {50.0, way(Presence::yes)}});
  const Course back = reversed(there);
  REQUIRE(back.samples() == there.samples());
  CHECK(back.at.front().x_m == there.at.back().x_m);
  CHECK(back.stretches.front().kind == WayKind::tunnel);
  CHECK(back.stretches.front().first == 0);
  CHECK(back.stretches.back().last == there.samples() - 1);
  CHECK(std::abs(std::remainder(back.heading_deg[10] - there.heading_deg[10] - 180.0, 360.0)) < 0.01);
  const Course again = reversed(back);
  CHECK(again.at.front().x_m == there.at.front().x_m);
  CHECK(again.stretches.front().last == there.stretches.front().last);
}

TEST_CASE("time law by hand: 10 m/s with 1 m/s2, a stop of 30 s in the middle") {
  const Course of = course({{400.0, way(Presence::none)}});
  const Acceleration gently{.up_m_s2 = 1.0, .down_m_s2 = 1.0};
  // From standing to 10 m/s: 10 s and 50 m, the same to stand again; the other 300 m take 30 s.
  const mobility::TimeLaw straight_on = time_law(of, {}, gently);
  CHECK(straight_on.depart_s.back() == Approx(50.0).epsilon(0.01));
  // Each half of 200 m: 20 s for 100 m of starting and braking, 10 s for the other 100 m.
  const mobility::TimeLaw with_stop = time_law(of, {{"middle", 200.0, 30.0}}, gently);
  CHECK(with_stop.depart_s.back() == Approx(2.0 * 30.0 + 30.0).epsilon(0.01));
  CHECK(with_stop.arrive_s[200] == Approx(30.0).epsilon(0.01));
  CHECK(with_stop.depart_s[200] - with_stop.arrive_s[200] == Approx(30.0));
  for (std::size_t i = 1; i < with_stop.arrive_s.size(); ++i) {
    REQUIRE(with_stop.arrive_s[i] > with_stop.depart_s[i - 1]);
    REQUIRE(with_stop.depart_s[i] >= with_stop.arrive_s[i]);
  }
}

TEST_CASE("a limit of the road and the vehicle's own limit both hold") {
  const Course of = course(
      {{2000.0, way(Presence::none, Presence::none, 36.0)}, {2000.0, way(Presence::none, Presence::none, 100.0)}});
  CHECK(of.stretches[0].speed_m_s == Approx(10.0));
  CHECK(of.stretches[1].speed_m_s == Approx(20.0));  // the vehicle drives no faster
}

TEST_CASE("stops and routes that cannot be are refused with their range") {
  const Course of = course({{100.0, way(Presence::none)}});
  CHECK_THROWS_AS(time_law(of, {{"far", 150.0, 10.0}}, {}), InputError);
  CHECK_THROWS_AS(time_law(of, {{"never", 50.0, -1.0}}, {}), InputError);
  CHECK_THROWS_AS(course({{0.4, way(Presence::none)}}, 1.0), InputError);
}

TEST_CASE("gaps: what is missing, from where to where, for how long") {
  const Course of = course({{40.0, way(Presence::none)}, {30.0, way(Presence::yes)}, {30.0, way(Presence::none)}});
  const mobility::TimeLaw law = time_law(of, {}, {.up_m_s2 = 1000.0, .down_m_s2 = 1000.0});
  std::vector<SampleService> service(of.samples(), gets(20.0F));
  for (std::size_t i = 40; i < 50; ++i) service[i] = {.cell = -1, .rsrp_dbm = std::nanf(""), .ul_mbps = 0.0F};
  for (std::size_t i = 80; i < 90; ++i) service[i] = gets(3.0F);
  const std::vector<std::uint8_t> inside(of.samples(), 0);
  const std::vector<Shortage> missing = shortages(service, inside, {.ul_mbps = 5.0});
  const std::vector<CourseGap> gaps = course_gaps(of, service, missing, law);
  REQUIRE(gaps.size() == 2);
  CHECK(gaps[0].shortage == Shortage::no_link);
  CHECK(gaps[0].from_m == 40.0);
  CHECK(gaps[0].to_m == 50.0);
  CHECK(gaps[0].seconds == Approx(1.0).epsilon(0.05));
  CHECK(gaps[0].no_link_m == 10.0);
  CHECK(gaps[0].in_tunnel);
  CHECK(std::isnan(gaps[0].worst_rsrp_dbm));
  CHECK(gaps[1].shortage == Shortage::uplink);
  CHECK(gaps[1].worst_ul_mbps == 3.0F);
  CHECK_FALSE(gaps[1].in_tunnel);

  // What is missing next to one another is one gap, called by the worst of it.
  for (std::size_t i = 35; i < 40; ++i) service[i] = gets(3.0F);
  const std::vector<CourseGap> joined =
      course_gaps(of, service, shortages(service, inside, {.ul_mbps = 5.0}), law);
  REQUIRE(joined.size() == 2);
  CHECK(joined[0].shortage == Shortage::no_link);
  CHECK(joined[0].from_m == 35.0);
  CHECK(joined[0].to_m == 50.0);
  CHECK(joined[0].no_link_m == 10.0);

  CHECK(shortages(service, std::vector<std::uint8_t>(of.samples(), 1), {})[0] == Shortage::outside);
  CHECK(shortages(service, inside, {.dl_mbps = 60.0})[0] == Shortage::downlink);
}

TEST_CASE("the timetable loads the cells second by second") {
  const Course of = course({{1000.0, way(Presence::none)}});
  const mobility::TimeLaw law = time_law(of, {}, {.up_m_s2 = 1000.0, .down_m_s2 = 1000.0});  // 100 s
  std::vector<SampleService> service(of.samples());
  for (std::size_t i = 0; i < service.size(); ++i) service[i] = gets(i < 500 ? 20.0F : 40.0F, i < 500 ? 0 : 1);
  const std::vector<int> sectors{7, 3};
  CourseNetwork network;
  network.free.assign(8, {.downlink = 1.0, .uplink = 0.6});
  // Three vehicles, 10 s apart: all three are in the first half at 20 s .. 50 s. Each takes 6 / 20 of it.
  const std::vector<double> departures{0.0, 10.0, 20.0};
  const std::vector<CourseTraffic> traffic{{of, law, service, sectors, departures, {.ul_mbps = 6.0}}};
  const MovingLoad load = moving_load(traffic, network);
  CHECK(load.most_vehicles == 3);
  REQUIRE(load.cells.size() == 2);
  CHECK(load.cells[0].sector == 3);
  CHECK(load.cells[0].most_share == Approx(3 * 6.0 / 40.0));
  CHECK(load.cells[0].overload_s == 0.0);
  CHECK(load.cells[1].sector == 7);
  CHECK(load.cells[1].most_vehicles == 3);
  CHECK(load.cells[1].most_share == Approx(3 * 6.0 / 20.0));
  CHECK(load.cells[1].most_ul_mbps == Approx(18.0));
  CHECK(load.cells[1].other_share == Approx(0.4));
  CHECK(load.cells[1].overload_s == Approx(30.0).margin(1.5));  // 0.9 + 0.4 > 1 while all three are there
  CHECK(load.cells[1].first_overload_s == Approx(20.0).margin(1.0));
  CHECK(load.overload_s == load.cells[1].overload_s);
}

TEST_CASE("weather takes what P.838 and the scenario say, by distance") {
  const double freq_hz = 28.25e9;
  const double per_km = itu::rain_laws(freq_hz).vertical.specific_db_km(80.0);
  const Weather rain{.id = "rain", .rain_mm_h = 80.0};
  CHECK(weather_loss_db(rain, freq_hz, Polarization::vertical, 2000.0) == Approx(2.0 * per_km));
  CHECK(weather_loss_db({}, freq_hz, Polarization::vertical, 2000.0) == 0.0);
  const Weather snow{.id = "snow", .rain_mm_h = 80.0, .wet_snow_depth_m = 200.0, .antenna_snow_db = 6.0};
  CHECK(weather_loss_db(snow, freq_hz, Polarization::vertical, 0.0) == 6.0);
  CHECK(weather_loss_db(snow, freq_hz, Polarization::vertical, 2000.0) > 6.0 + 2.5 * 2.0 * per_km);
  // At 4.85 GHz rain is nothing: 80 mm/h take less than half a decibel in a kilometre.
  CHECK(weather_loss_db(rain, 4.85e9, Polarization::vertical, 1000.0) < 0.5);
  CHECK(weather_loss_db(rain, 0.76e9, Polarization::vertical, 1000.0) == 0.0);
}
