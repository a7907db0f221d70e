// A non-stand-alone network: secondary cells follow their anchor.
#include "libsim/mobility/non_stand_alone.hpp"

#include "libsim/mobility/two_modems.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/libsim/route_world.hpp"

using namespace amaneku;
using namespace amaneku::mobility;

namespace {

/// The pencil example of docs/methods/handover.md: the command at 27.64 s, 552.8 m, the link at 27.69 s; 50 s in
/// all.
RouteInput anchors() {
  return test::road({}, [](int cell, double at_m) { return -90.0 + (cell == 0 ? -0.05 : 0.05) * (at_m - 500.0); });
}

/// Cells on sites and a channel of their own; added within 0.3 + 0.2 s.
RouteInput secondary_cells(int cells, const test::PowerOf& power_dbm) {
  RouteInput out = test::road({.cells = cells}, power_dbm);
  for (RouteCell& cell : out.radio.cells) cell.site += 10;
  out.addition = Interruptions{constant_duration(0.3), constant_duration(0.2)};
  out.config.suitable_dbm = -105.0;
  out.modem = 2;
  return out;
}

}  // namespace

TEST_CASE("a secondary cell goes with a handover of its anchor, and is added again") {
  const PreparedRoute anchor(anchors());
  const PreparedRoute secondary(secondary_cells(1, [](int, double) { return -80.0; }));
  const NonStandAloneLink link = non_stand_alone_link({anchor, secondary});
  REQUIRE(link.anchor.run.handovers.size() == 1);
  const LinkRun& run = link.secondary.run;
  CHECK(run.releases == 1);
  CHECK(run.additions == 1);
  CHECK(run.handovers.empty());
  CHECK(run.failures.empty());
  // Nothing from the command on; the first step after the anchor's link, at 27.70 s, reports; data 0.5 s later.
  REQUIRE(run.outages.size() == 2);
  CHECK(run.outages[0].from_s == Approx(27.64).margin(1e-9));
  CHECK(run.outages[0].to_s == Approx(27.70).margin(1e-9));
  CHECK(run.outages[1].cause == OutageCause::reestablishment);
  CHECK(run.outages[1].to_s == Approx(28.20).margin(1e-9));
  CHECK(link.secondary.server[550] == 0);  // at 27.5 s
  CHECK(link.secondary.server[560] == -1);
  CHECK(link.secondary.server[565] == 0);

  const NonStandAloneStatistics found = non_stand_alone_statistics({anchor, secondary}, {.seed = 1, .runs = 40});
  CHECK(found.without_link.value == Approx(0.05 / 50.0).margin(1e-9));
  CHECK(found.anchor_only.value == Approx(0.51 / 50.0).margin(1e-9));
  CHECK(found.additions.value == 1.0);
  CHECK(found.releases.value == 1.0);
  CHECK(found.releases.high == 1.0);
}

TEST_CASE("secondary cells are added above the threshold, changed by A3, and lost without their anchor") {
  const PreparedRoute anchor(test::road({.cells = 1}, [](int, double) { return -80.0; }));
  SECTION("only where one is strong enough") {
    const auto ramp = [](int, double at_m) { return -130.0 + 0.05 * at_m; };  // -105 dBm at 500 m, 25 s
    const PreparedRoute secondary(secondary_cells(1, ramp));
    const NonStandAloneLink link = non_stand_alone_link({anchor, secondary});
    REQUIRE(link.secondary.run.outages.size() == 2);
    CHECK(link.secondary.run.outages[0].to_m == Approx(500.0).margin(0.5));
    CHECK(link.secondary.run.outages[1].seconds() == Approx(0.5).margin(1e-9));
    CHECK(link.secondary.run.additions == 1);
    CHECK(link.secondary.run.releases == 0);
  }
  SECTION("from one to the next with the durations of a change") {
    const PreparedRoute secondary(secondary_cells(
        2, [](int cell, double at_m) { return -90.0 + (cell == 0 ? -0.05 : 0.05) * (at_m - 500.0); }));
    const NonStandAloneLink link = non_stand_alone_link({anchor, secondary});
    REQUIRE(link.secondary.run.handovers.size() == 1);
    CHECK(link.secondary.run.handovers[0].t_s == Approx(27.64).margin(1e-9));
    CHECK(link.secondary.run.additions == 0);  // there from the first moment
    CHECK(link.anchor.run.outages.empty());
  }
  SECTION("a secondary link that breaks off leaves the anchor alone") {
    const PreparedRoute secondary(
        secondary_cells(1, [](int, double at_m) { return at_m < 500.0 ? -80.0 : test::kNoCell; }));
    const NonStandAloneLink link = non_stand_alone_link({anchor, secondary});
    REQUIRE(link.secondary.run.failures.size() == 1);
    CHECK(link.secondary.run.failures[0].kind == FailureKind::radio_link);
    CHECK(link.anchor.run.outages.empty());
    CHECK(link.secondary.run.releases == 0);
  }
}

TEST_CASE("where the anchor has no link there is no secondary cell, however strong") {
  const PreparedRoute anchor(
      test::road({.cells = 1}, [](int, double at_m) { return at_m < 300.0 ? test::kNoCell : -80.0; }));
  const PreparedRoute secondary(secondary_cells(1, [](int, double) { return -80.0; }));
  const NonStandAloneLink link = non_stand_alone_link({anchor, secondary});
  for (std::size_t i = 0; i < 299; ++i) REQUIRE(link.secondary.server[i] == -1);
  CHECK(link.secondary.server[400] == 0);
  CHECK(link.secondary.run.releases == 0);
  CHECK(link.secondary.run.additions == 1);
}

TEST_CASE("an addition under way when the anchor is handed over begins anew, and is no release") {
  // A secondary cell is there from 500 m on, 25 s; the anchor is commanded away at 25.10 s and at 25.30 s.
  const PreparedRoute secondary(
      secondary_cells(1, [](int, double at_m) { return at_m < 500.0 ? test::kNoCell : -80.0; }));
  const auto handover = [](double from_s, double to_s) {
    return Outage{.from_m = 20.0 * from_s, .to_m = 20.0 * to_s, .from_s = from_s, .to_s = to_s};
  };
  const std::vector<Outage> anchor = {handover(25.10, 25.15), handover(25.30, 25.35)};
  LinkRunner runner(secondary);
  const LinkRun& run = runner.median(anchor);
  CHECK(run.releases == 0);
  CHECK(run.additions == 1);
  // The first step after the second handover, 25.36 s, reports; data 0.5 s later.
  REQUIRE_FALSE(run.outages.empty());
  CHECK(run.outages.back().to_s == Approx(25.86).margin(1e-9));
}

TEST_CASE("a drive has no more releases than additions and the cell that it began with") {
  const PreparedRoute anchor(test::shadowed_road(6000.0, 6.0));
  RouteInput above = test::shadowed_road(6000.0, 8.0);
  for (RouteCell& cell : above.radio.cells) cell.site += 10;
  above.addition = Interruptions{constant_duration(4.0), constant_duration(4.0)};  // many are cut off
  above.config.suitable_dbm = -90.0;
  above.modem = 2;
  const PreparedRoute secondary(above);
  LinkRunner first(anchor);
  LinkRunner second(secondary);
  int releases = 0;
  for (std::uint64_t drive = 0; drive < 60; ++drive) {
    const std::vector<Outage> outages = first.seeded(5, drive).outages;
    const LinkRun& run = second.seeded(5, drive, outages);
    INFO(drive);
    CHECK(run.releases <= run.additions + 1);
    releases += run.releases;
  }
  CHECK(releases > 0);
}

TEST_CASE(
    "seeded drives of a non-stand-alone network: the anchor's time without a link is its own, threads do not "
    "count") {
  const PreparedRoute anchor(test::shadowed_road(6000.0, 6.0));
  RouteInput above = test::shadowed_road(6000.0, 8.0);
  for (RouteCell& cell : above.radio.cells) cell.site += 10;
  above.addition = Interruptions{constant_duration(0.3), constant_duration(0.2)};
  above.config.suitable_dbm = -90.0;
  above.modem = 2;
  const PreparedRoute secondary(above);
  const auto statistics = [&](int threads) {
    return non_stand_alone_statistics({anchor, secondary}, {.seed = 5, .runs = 70, .threads = threads});
  };
  const NonStandAloneStatistics found = statistics(1);
  CHECK(found == statistics(3));
  const TwoModemStatistics alone =
      two_modem_statistics({.first = anchor, .second = GivenLink{}}, {.seed = 5, .runs = 70});
  CHECK(found.without_link.value == Approx(alone.first.share.value).epsilon(1e-12));
  const RouteStatistics own = route_statistics(anchor, {.seed = 5, .runs = 70});
  CHECK(found.releases.value >= own.handovers.value * 0.5);  // some find it released already
  CHECK(found.releases.value <= own.handovers.value + own.failures.value);
  CHECK(found.additions.value > 0.0);
  CHECK(found.anchor_only.value > 0.0);
  CHECK(found.anchor_only.value + found.without_link.value < 1.0);
}

TEST_CASE("a secondary route without additions, without runs or of other times is refused") {
  const PreparedRoute anchor(anchors());
  const PreparedRoute plain(test::road({}, [](int, double) { return -80.0; }));
  CHECK_THROWS_AS(non_stand_alone_statistics({anchor, plain}, {}), InputError);
  const PreparedRoute secondary(secondary_cells(1, [](int, double) { return -80.0; }));
  CHECK_THROWS_AS(non_stand_alone_statistics({anchor, secondary}, {.runs = 0}), InputError);
  RouteInput faster = secondary_cells(1, [](int, double) { return -80.0; });
  for (double& t_s : faster.law.arrive_s) t_s *= 0.5;
  const PreparedRoute other(faster);
  CHECK_THROWS_AS(non_stand_alone_statistics({anchor, other}, {}), InputError);
  RouteInput wrong = secondary_cells(1, [](int, double) { return -80.0; });
  wrong.addition->preparation.duration_s.clear();
  CHECK_THROWS_WITH(PreparedRoute(wrong), test::Contains("addition.preparation"));
}
