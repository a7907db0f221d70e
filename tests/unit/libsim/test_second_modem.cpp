// A second modem beside the first, by hand; and the way from a site to the server where the backhaul is laid.
#include "libsim/studies/routes/second_modem.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

SampleService linked(float ul_mbps = 20.0F) {
  return {.cell = 0, .rsrp_dbm = -90.0F, .dl_mbps = 50.0F, .ul_mbps = ul_mbps, .ul_alone_mbps = 20.0F};
}

constexpr CourseNeed kNeed{.ul_mbps = 5.0};

/// 10 places in steps of 1 m, a second at each but the last, with which the drive ends.
struct TwoDrives {
  Course course{};
  mobility::TimeLaw law{};
  std::vector<double> seconds{};
  ModemDrive first{};
  ModemDrive second{};
  SecondModem modem{.switch_s = 0.25};
  RouteLatencyOptions latency{};  // no messages
  VerdictRules rules{.longest_gap_s = 1.0, .reliability_percent = 99.0};

  TwoDrives() {
    course.at.resize(10);
    course.stretches = {{.first = 0, .last = 9, .speed_m_s = 1.0}};
    seconds.assign(10, 1.0);
    seconds.back() = 0.0;
    first.service.assign(10, linked());
    second.service.assign(10, linked());
  }
  /// Shortages and times by what is written into services and seconds.
  void make_ready() {
    const std::vector<std::uint8_t> inside(10, 0);
    first.shortage = shortages(first.service, inside, kNeed);
    second.shortage = shortages(second.service, inside, kNeed);
    double t_s = 0.0;
    law.arrive_s.clear();
    for (const double here_s : seconds) {
      law.arrive_s.push_back(t_s);
      t_s += here_s;
      law.depart_s.push_back(t_s);
    }
  }
  [[nodiscard]] TwoModemFindings find() {
    make_ready();
    return findings();
  }
  [[nodiscard]] TwoModemFindings findings() const {
    return two_modem_findings({.course = course,
                               .law = law,
                               .seconds = seconds,
                               .sectors = {},
                               .sites = {},
                               .first = first,
                               .second = second,
                               .modem = modem,
                               .latency = latency,
                               .rules = rules},
                              {});
  }
};

}  // namespace

TEST_CASE("a selection has what the first modem has while that has a link, a duplication the better of both") {
  TwoDrives road;
  for (std::size_t i = 2; i < 6; ++i) road.first.service[i] = linked(3.0F);  // 4 s with too little
  const auto& [first, second, selection, duplication] = road.find();
  CHECK(first.verdict == Verdict::uplink);
  CHECK(second.verdict == Verdict::met);
  CHECK(selection.verdict == Verdict::uplink);  // the first carries the data there
  CHECK(selection.longest_gap_s == 4.0);
  CHECK(selection.no_link_s == 0.0);
  CHECK(duplication.verdict == Verdict::met);
  CHECK(duplication.longest_gap_s == 0.0);

  for (std::size_t i = 2; i < 6; ++i) road.first.service[i] = {};
  road.second.service[4] = linked(3.0F);
  const TwoModemFindings lost = road.find();
  CHECK(lost[0].no_link_s == 4.0);
  CHECK(lost[0].longest_gap_s == 4.0);
  // A quarter of a second to switch; 1.75 s with what is needed; a second with too little of the second's.
  CHECK(lost[2].no_link_s == 0.25);
  CHECK(lost[2].no_link_m == 0.25);
  CHECK(lost[3].no_link_s == 0.0);
  CHECK(lost[3].longest_gap_s == 1.0);
}

TEST_CASE("where the first is outside the plan a selection is, whatever the second has") {
  TwoDrives road;
  road.first.service[3] = {};
  road.make_ready();
  road.first.shortage[3] = Shortage::outside;
  const SelectedService selected = selection_of(road.first, road.second, road.seconds, 0.0);
  CHECK(selected.shortage[2] == Shortage::none);
  CHECK(selected.shortage[3] == Shortage::outside);
  CHECK(road.findings()[2].verdict == Verdict::unknown);
  CHECK(road.findings()[3].verdict == Verdict::met);
}

TEST_CASE("switching is without a link, a part of a stop, and goes on over the places that it takes") {
  TwoDrives road;
  SECTION("a stop of 30 s at which the first loses its link") {
    road.seconds[4] = 30.0;
    road.first.service[4] = road.first.service[5] = {};
    const auto& [first, second, selection, duplication] = road.find();
    CHECK(first.verdict == Verdict::no_link);
    CHECK(first.longest_gap_s == 31.0);
    CHECK(selection.no_link_s == 0.25);
    CHECK(selection.no_link_m == Approx(0.25 / 30.0));
    CHECK(selection.longest_gap_s == 0.25);
    CHECK(selection.verdict == Verdict::met);
    CHECK(duplication.no_link_s == 0.0);
  }
  SECTION("longer than the service bears") {
    road.modem.switch_s = 2.5;
    for (std::size_t i = 2; i < 7; ++i) road.first.service[i] = {};
    const auto& [first, second, selection, duplication] = road.find();
    CHECK(selection.no_link_s == 2.5);
    CHECK(selection.no_link_m == 2.5);
    CHECK(selection.longest_gap_s == 2.5);
    CHECK(selection.verdict == Verdict::no_link);
    CHECK(duplication.verdict == Verdict::met);
    road.rules.longest_gap_s = 2.5;
    CHECK(road.find()[2].verdict == Verdict::met);
  }
  SECTION("an outage of the first that ends before") {
    road.modem.switch_s = 5.0;
    road.first.service[2] = road.first.service[3] = {};
    CHECK(road.find()[2].no_link_s == 2.0);
  }
  SECTION("each outage of the first anew; what is missing next to it is the same gap") {
    road.modem.switch_s = 0.5;
    road.first.service[1] = road.first.service[3] = {};
    road.second.service[2] = road.second.service[4] = {};
    road.first.service[4] = linked(3.0F);
    const ModemFigures selection = road.find()[2];
    CHECK(selection.no_link_s == 1.0);
    // Switching at 1 m, a good second at 2 m, which is too short to part gaps, switching at 3 m, too little at 4
    // m.
    CHECK(selection.longest_gap_s == 0.5 + 1.0 + 0.5 + 1.0);
    CHECK(selection.verdict == Verdict::no_link);
  }
  SECTION("neither has a link") {
    for (std::size_t i = 2; i < 5; ++i) road.first.service[i] = {};
    road.second.service[3] = {};
    const ModemFigures selection = road.find()[2];
    CHECK(selection.no_link_s == 1.25);
    CHECK(selection.no_link_m == 1.25);
    CHECK(road.find()[3].no_link_s == 1.0);
  }
}

TEST_CASE("a given link that is out too often does not meet a service without a deadline") {
  TwoDrives road;
  road.modem.given = GivenModem{.link = {.availability = 0.9}, .ul_mbps = 10.0, .dl_mbps = 10.0};
  road.second = given_drive(road.course, *road.modem.given, kNeed);
  const TwoModemFindings all = road.find();
  for (const ModemFigures& of : all) CHECK(std::isnan(of.in_time));
  CHECK(all[0].verdict == Verdict::met);
  CHECK(all[1].verdict == Verdict::no_link);  // 90 % of the time
  CHECK(all[2].verdict == Verdict::met);      // the first is always there
  CHECK(all[3].verdict == Verdict::met);

  // Of 9 s the first is without a link for one, after 0.25 s of which a selection takes the given link.
  road.first.service[4] = {};
  const TwoModemFindings with_gap = road.find();
  CHECK(with_gap[0].verdict == Verdict::met);
  CHECK(with_gap[2].verdict == Verdict::no_link);  // (8 + 0.75 x 0.9) / 9 = 0.964
  CHECK(with_gap[3].verdict == Verdict::no_link);  // (8 + 0.9) / 9 = 0.989
  road.rules.reliability_percent = 98.0;
  CHECK(road.find()[2].verdict == Verdict::no_link);
  CHECK(road.find()[3].verdict == Verdict::met);
  road.modem.given->link.availability = 0.995;
  CHECK(road.find()[1].verdict == Verdict::met);
}

TEST_CASE("shares of two modems in time by hand") {
  // Of 100 s both have a link for 60, the first alone for 10, the second alone for 20, of which 15 are left after
  // switching; neither for 10.
  const PairTimes times{.all_s = 100.0,
                        .both_s = 60.0,
                        .first_only_s = 10.0,
                        .second_only_s = 20.0,
                        .switched_s = 15.0,
                        .first_with_both = 0.9,
                        .first_alone = 0.8,
                        .second_with_both = 0.7,
                        .second_alone = 0.6,
                        .availability = 0.5};
  const PairInTime found = in_time_of_pair(times);
  CHECK(found.first == Approx((60 * 0.9 + 10 * 0.8) / 100));                                      // 0.62
  CHECK(found.second == Approx(0.5 * (60 * 0.7 + 20 * 0.6) / 100));                               // 0.27
  CHECK(found.selection == Approx(0.62 + 0.5 * 15 * 0.6 / 100));                                  // 0.665
  CHECK(found.duplication == Approx((60 * (1 - 0.1 * 0.65) + 10 * 0.8 + 0.5 * 20 * 0.6) / 100));  // 0.701
  CHECK(found.first == Approx(0.62));
  CHECK(found.second == Approx(0.27));
  CHECK(found.selection == Approx(0.665));
  CHECK(found.duplication == Approx(0.701));
  CHECK(in_time_of_pair({}).duplication == 0.0);
}

TEST_CASE("of two shortages nothing is missing where one has enough, else the lesser of both is") {
  const std::vector<Shortage> a = {Shortage::none,   Shortage::no_link, Shortage::no_link,
                                   Shortage::uplink, Shortage::outside, Shortage::no_link};
  const std::vector<Shortage> b = {Shortage::no_link,  Shortage::none,    Shortage::uplink,
                                   Shortage::downlink, Shortage::no_link, Shortage::no_link};
  CHECK(better_of(a, b) == std::vector<Shortage>{Shortage::none, Shortage::none, Shortage::uplink,
                                                 Shortage::downlink, Shortage::no_link, Shortage::no_link});
}

TEST_CASE("a given link has its rates everywhere, and nothing in tunnels unless it is said to be there") {
  Course course;
  course.at.resize(10);
  course.stretches = {{.first = 0, .last = 3},
                      {.first = 4, .last = 6, .kind = WayKind::tunnel},
                      {.first = 7, .last = 9, .kind = WayKind::bridge}};
  GivenModem modem{.ul_mbps = 8.0, .dl_mbps = 40.0};
  const ModemDrive outside = given_drive(course, modem, kNeed);
  REQUIRE(outside.service.size() == 10);
  for (std::size_t i = 0; i < 10; ++i) {
    INFO(i);
    const bool in_tunnel = i >= 4 && i <= 6;
    CHECK(outside.service[i].cell == (in_tunnel ? -1 : 0));
    CHECK(outside.service[i].ul_mbps == (in_tunnel ? 0.0F : 8.0F));
    CHECK(outside.service[i].dl_mbps == (in_tunnel ? 0.0F : 40.0F));
    CHECK(outside.shortage[i] == (in_tunnel ? Shortage::no_link : Shortage::none));
    CHECK(std::isnan(outside.service[i].rsrp_dbm));
  }
  modem.in_tunnels = true;
  for (const Shortage of : given_drive(course, modem, kNeed).shortage) CHECK(of == Shortage::none);
  modem.ul_mbps = 4.0;
  for (const Shortage of : given_drive(course, modem, kNeed).shortage) CHECK(of == Shortage::uplink);
}

TEST_CASE("the way to the server goes over each site's own fibre, and beyond its exchange as that states") {
  // One site 1 km of fibre and a node from its exchange, which states 30 km and 2 nodes to the regional server;
  // one 100 km and 3 nodes, of whose exchange nothing is known; one that no fibre reaches.
  RouteLatencyOptions options{
      .laid = {LaidTransport{.to_exchange = {.fibre_m = 1e3, .hops = 1}, .onward_m = 30e3, .onward_hops = 2},
               LaidTransport{.to_exchange = {.fibre_m = 100e3, .hops = 3}}, std::nullopt}};
  const auto way = [&](std::size_t server, int site) {
    const ServerPlace& place = server_places()[server];
    options.server = place.id;
    options.transport = place.path;
    const TransportPath out = transport_of(options, site);
    return std::pair(out.fibre_m, out.hops);
  };
  // Examples: the exchange at 3 km and 2 nodes, the regional server at 75 km and 4, the one of Tokyo or Osaka at
  // 275 km and 4.
  CHECK(way(0, 0) == std::pair(0.0, 1));
  CHECK(way(0, 1) == std::pair(0.0, 1));
  CHECK(way(1, 0) == std::pair(1e3, 1));
  CHECK(way(1, 1) == std::pair(100e3, 3));
  CHECK(way(2, 0) == std::pair(31e3, 3));
  CHECK(way(2, 1) == std::pair(172e3, 5));
  CHECK(way(3, 0) == std::pair(231e3, 3));
  CHECK(way(3, 1) == std::pair(372e3, 5));
  CHECK(way(3, 2) == std::pair(275e3, 4));
  options.server.clear();  // stated by the user: for all sites
  CHECK(transport_of(options, 0).fibre_m == 275e3);
}
