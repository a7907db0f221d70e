// Many drives: laws that hold whatever the numbers, and intervals that hold the means.
#include "libsim/mobility/route_statistics.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/libsim/route_world.hpp"

using namespace amaneku;
using namespace amaneku::mobility;

namespace {

RouteStatistics drives(RouteInput input, const MonteCarlo& options) {
  const PreparedRoute route(std::move(input));
  return route_statistics(route, options);
}

}  // namespace

TEST_CASE("Student's and Wilson's intervals are those of the tables") {
  // 1, 2, 3, 4, 5: mean 3, s = sqrt(2.5), t(4, 0.975) = 2.776445.
  const Estimate mean = student_estimate(3.0, 10.0, 5.0);
  CHECK(mean.high - 3.0 == Approx(2.776445 * std::sqrt(0.5)).epsilon(1e-6));
  CHECK(std::isinf(student_estimate(3.0, 0.0, 1.0).high));
  // Wilson 1927 for 10 of 100: 0.0552 .. 0.1744.
  const Estimate share = wilson_estimate(10.0, 100.0);
  CHECK(share.low == Approx(0.05523).margin(1e-4));
  CHECK(share.high == Approx(0.17437).margin(1e-4));
  CHECK(wilson_estimate(0.0, 20.0).low == 0.0);
  CHECK(wilson_estimate(0.0, 20.0).high == Approx(0.1611).margin(1e-4));
}

TEST_CASE("the same bytes for any number of threads") {
  RouteInput input = test::shadowed_road(3000.0, 7.0);
  input.config.measurement_error_db = 1.22;
  const RouteStatistics one = drives(input, {.seed = 5, .runs = 70, .threads = 1});
  CHECK(one == drives(input, {.seed = 5, .runs = 70, .threads = 2}));
  CHECK(one == drives(input, {.seed = 5, .runs = 70, .threads = 3}));
  CHECK_FALSE(one == drives(input, {.seed = 6, .runs = 70, .threads = 3}));
}

TEST_CASE("a run is the same whatever was run before") {
  const PreparedRoute route(test::shadowed_road(3000.0, 7.0));
  LinkRunner used(route);
  (void)used.seeded(1, 3);
  (void)used.median();
  LinkRunner fresh(route);
  const LinkRun& a = used.seeded(2, 9);
  const LinkRun& b = fresh.seeded(2, 9);
  REQUIRE(a.handovers.size() == b.handovers.size());
  REQUIRE_FALSE(a.handovers.empty());
  for (std::size_t i = 0; i < a.handovers.size(); ++i) CHECK(a.handovers[i].t_s == b.handovers[i].t_s);
  CHECK(a.outages.size() == b.outages.size());
}

TEST_CASE("without shadows every run is the same drive, without ping-pong") {
  const RouteStatistics none = drives(test::shadowed_road(5000.0, 0.0), {.runs = 20});
  CHECK(none.handovers.value == 4.0);
  CHECK(none.handovers.low == 4.0);
  CHECK(none.ping_pong_rate.value == 0.0);
  CHECK(none.failures.value == 0.0);
  CHECK(none.outage_s.value == 0.0);
  CHECK(none.interruption.p50_s == Approx(0.05).epsilon(0.012));
  CHECK(none.interruption.longest_s == Approx(0.05));
  double commands = 0.0;
  for (const float per_run : none.handovers_per_run) commands += static_cast<double>(per_run);
  CHECK(commands == Approx(4.0));
}

TEST_CASE("handovers and ping-pongs fall with time to trigger and with offset, and rise with shadows") {
  const auto figures = [](const HandoverConfig& config, double sigma_db) {
    RouteInput input = test::shadowed_road(6000.0, sigma_db);
    input.config = config;
    return drives(input, {.runs = 100});
  };
  double last = 1e9;
  double last_rate = 1.0;
  for (const int time_to_trigger_ms : {0, 320, 640, 1280}) {
    const RouteStatistics found = figures(
        {.filter_k = 0, .a3_offset_db = 1.0, .hysteresis_db = 0.0, .time_to_trigger_ms = time_to_trigger_ms}, 7.0);
    CAPTURE(time_to_trigger_ms);
    CHECK(found.handovers.value < last);
    CHECK(found.ping_pong_rate.value <= last_rate);
    last = found.handovers.value;
    last_rate = found.ping_pong_rate.value;
  }
  last = 1e9;
  for (const double offset_db : {0.0, 2.0, 4.0, 8.0}) {
    const RouteStatistics found =
        figures({.filter_k = 0, .a3_offset_db = offset_db, .time_to_trigger_ms = 0}, 7.0);
    CHECK(found.handovers.value < last);
    last = found.handovers.value;
  }
  last = 0.0;
  for (const double sigma_db : {0.0, 3.0, 6.0, 9.0}) {
    const RouteStatistics found = figures({.filter_k = 0, .a3_offset_db = 0.0, .time_to_trigger_ms = 0}, sigma_db);
    CHECK(found.handovers.value > last);
    last = found.handovers.value;
  }
}

TEST_CASE("along the same road a faster vehicle has more handovers an hour, fewer a drive and more failures") {
  double last_per_hour = 0.0;
  double last_per_drive = 1e9;
  double last_failures = -1.0;
  for (const double speed_m_s : {5.0, 15.0, 45.0}) {
    RouteInput input = test::shadowed_road(6000.0, 7.0, speed_m_s);
    input.config.time_to_trigger_ms = 640;
    const RouteStatistics found = drives(input, {.runs = 60});
    const double per_hour = found.handovers.value / found.drive_s * 3600.0;
    CAPTURE(speed_m_s, found.handovers.value, found.failures.value);
    CHECK(per_hour > last_per_hour);
    CHECK(found.handovers.value < last_per_drive);
    CHECK(found.failures.value >= last_failures);
    last_per_hour = per_hour;
    last_per_drive = found.handovers.value;
    last_failures = found.failures.value;
  }
}

TEST_CASE("intervals of many seeds hold the mean of all of them as often as they say") {
  RouteInput input = test::shadowed_road(3000.0, 8.0);
  input.config = {.filter_k = 0, .a3_offset_db = 1.0, .hysteresis_db = 0.0, .time_to_trigger_ms = 0};
  const PreparedRoute route(input);
  constexpr int kSeeds = 40;
  std::vector<RouteStatistics> found;
  double handovers = 0.0;
  double ping_pongs = 0.0;
  for (int seed = 0; seed < kSeeds; ++seed) {
    found.push_back(route_statistics(route, {.seed = static_cast<std::uint64_t>(seed), .runs = 40}));
    handovers += found.back().handovers.value / kSeeds;
    ping_pongs += found.back().ping_pongs.value / kSeeds;
  }
  REQUIRE(ping_pongs > 0.05);
  int mean_inside = 0;
  int rate_inside = 0;
  for (const RouteStatistics& one : found) {
    mean_inside += one.handovers.low <= handovers && handovers <= one.handovers.high ? 1 : 0;
    const double rate = ping_pongs / handovers;
    rate_inside += one.ping_pong_rate.low <= rate && rate <= one.ping_pong_rate.high ? 1 : 0;
  }
  // 95 % of 40 are 38; fewer than 34 has a probability of 1 %.
  CHECK(mean_inside >= 34);
  CHECK(rate_inside >= 34);
}

TEST_CASE(
    "cells that are left out change no figure beyond its interval, and shadows move no cell of the same site") {
  RouteInput input = test::shadowed_road(6000.0, 7.0);
  const RouteStatistics pruned = drives(input, {.runs = 60});
  input.prune_sigmas = 100.0;
  const RouteStatistics all = drives(input, {.runs = 60});
  CHECK(pruned.handovers.value == Approx(all.handovers.value).epsilon(0.01));
  CHECK(pruned.outage_s.value == Approx(all.outage_s.value).epsilon(0.05).margin(0.01));
  // With the median run the sum of medians is the same whatever was left out.
  RouteInput wide = test::shadowed_road(6000.0, 0.0);
  const PreparedRoute narrow_route(wide);
  wide.prune_sigmas = 100.0;
  const PreparedRoute wide_route(wide);
  LinkRunner narrow_runner(narrow_route);
  LinkRunner wide_runner(wide_route);
  const std::vector<Handover> narrow = narrow_runner.median().handovers;
  REQUIRE(narrow.size() == wide_runner.median().handovers.size());
  for (std::size_t i = 0; i < narrow.size(); ++i) CHECK(narrow[i].t_s == wide_runner.median().handovers[i].t_s);
  // All on one site: shadows move all levels alike, and the servers are those of the median run.
  for (RouteCell& cell : input.radio.cells) cell.site = 0;
  input.interruptions = {constant_duration(0.1), constant_duration(0.05)};
  const PreparedRoute route(input);
  LinkRunner runner(route);
  const std::size_t median = runner.median().handovers.size();
  CHECK(runner.seeded(1, 1).handovers.size() == median);
}

TEST_CASE("the number of runs must be one") {
  const PreparedRoute route(test::shadowed_road(2000.0, 7.0));
  CHECK_THROWS_AS(route_statistics(route, {.runs = 0}), InputError);
  CHECK(route_statistics(route, {.runs = 1}).runs == 1);
}

namespace {

/// Three sectors on sites every 1732 m (the rural macro layout of 3GPP, TR 38.901 table 7.2-3), in turn 150 m to
/// the left and to the right of a straight road; 700 MHz, 35 m masts: free space to 1 km, 35 dB per decade beyond;
/// sectors by the parabola of TR 38.901 table 7.3-1 (65 degrees, 30 dB).
double rural_macro_dbm(int cell, double at_m) {
  const int site = cell / 3;
  const double beside_m = site % 2 == 0 ? 150.0 : -150.0;
  const double along_m = at_m - 866.0 - 1732.0 * site;
  const double away_m = std::hypot(along_m, beside_m, 33.0);
  const double boresight_deg = 30.0 + 120.0 * (cell % 3);
  const double off_deg =
      std::remainder(std::atan2(-beside_m, along_m) * 180.0 / 3.14159265358979 - boresight_deg, 360.0);
  const double gain_dbi = 17.0 - std::min(30.0, 12.0 * std::pow(off_deg / 65.0, 2.0));
  const double loss_db = 89.4 + (away_m < 1000.0 ? 20.0 : 35.0) * std::log10(away_m / 1000.0);
  constexpr double kPerSubcarrier_dbm = 46.0 - 28.0;
  return kPerSubcarrier_dbm + gain_dbi - loss_db;
}

}  // namespace

TEST_CASE("metres between handovers of a rural macro network lie where drive tests found them") {
  // measured_handover_durations.csv, stand-alone NR in low bands, 266 drives: p5 459, p25 752, p50 1262, p75 2301,
  // p90 3243 m; p10 by the line between its neighbours.
  const double p10_m = 459.0 + (752.0 - 459.0) * (10.0 - 5.0) / (25.0 - 5.0);
  constexpr double kP90_m = 3243.0;
  constexpr double kLength_m = 17'320.0;
  for (const double sigma_db : {4.0, 8.0}) {
    mobility::RouteInput input = test::road(
        {.length_m = kLength_m, .step_m = 2.0, .speed_m_s = 22.0, .cells = 30, .load = 0.5}, rural_macro_dbm);
    for (std::size_t c = 0; c < 30; ++c) input.radio.cells[c].site = static_cast<int>(c / 3);
    input.shadow = {.sigma_db = {static_cast<float>(sigma_db)}, .decorrelation_m = 120.0};
    const mobility::PreparedRoute prepared(input);
    const mobility::RouteStatistics drives = mobility::route_statistics(prepared, {.seed = 5, .runs = 100});
    const double apart_m = kLength_m / drives.handovers.value;
    INFO("sigma " << sigma_db << " dB: " << apart_m << " m");
    // With the 8 dB of TR 38.901's paths without line of sight a vehicle changes cells more often than nine of ten
    // drives did: terrain and filters of the networks measured leave less (docs/methods/handover.md).
    if (sigma_db > 6.0) {
      CHECK(apart_m == Approx(444.0).margin(15.0));
      continue;
    }
    CHECK(apart_m > p10_m);
    CHECK(apart_m < kP90_m);
  }
}
