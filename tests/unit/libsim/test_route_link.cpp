// One drive: handovers at places that can be solved, failures at times that can be counted.
#include "libsim/mobility/route_link.hpp"

#include <cmath>
#include <optional>

#include "libsim/mobility/step_receiver.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/libsim/route_world.hpp"

using namespace amaneku;
using namespace amaneku::mobility;

namespace {

LinkRun drive(RouteInput input) {
  const PreparedRoute route(std::move(input));
  LinkRunner runner(route);
  return runner.median();
}

double seconds_of(const LinkRun& run, OutageCause cause) {
  double sum = 0.0;
  for (const Outage& outage : run.outages) {
    if (outage.cause == cause) sum += outage.seconds();
  }
  return sum;
}

}  // namespace

TEST_CASE("one handover to follow with a pencil (docs/methods/handover.md)") {
  // The server falls and the neighbour rises by 0.05 dB/m; both are equal at 500 m. At 20 m/s that is a ramp of 2
  // dB/s.
  const LinkRun run = drive(
      test::road({}, [](int cell, double at_m) { return -90.0 + (cell == 0 ? -0.05 : 0.05) * (at_m - 500.0); }));
  REQUIRE(run.handovers.size() == 1);
  const double due_s = 25.0 + (3.0 + 1.0) / 2.0;  // offset and hysteresis
  const double averaging_s = 0.5 * 9 * 0.020;     // half of ten steps
  const double filter_s = 0.2 * (1.0 - 0.5) / 0.5;
  const double measured_s = 0.18 + 0.2 * std::ceil((due_s + averaging_s + filter_s - 0.18) / 0.2);
  CHECK(measured_s == Approx(27.38));
  const Handover& handover = run.handovers[0];
  CHECK(handover.t_s == Approx(measured_s + 0.160 + 0.1).margin(1e-9));
  CHECK(handover.t_s == Approx(27.64).margin(1e-9));
  CHECK(handover.at_m == Approx(552.8).margin(1e-6));
  CHECK(handover.from == 0);
  CHECK(handover.to == 1);
  CHECK(handover.interruption_s == Approx(0.05).margin(1e-9));
  REQUIRE(run.outages.size() == 1);
  CHECK(run.outages[0].cause == OutageCause::handover);
  CHECK(run.outages[0].from_m == Approx(552.8).margin(1e-6));
  CHECK(run.outages[0].to_m == Approx(553.8).margin(1e-6));
  CHECK(run.failures.empty());
}

TEST_CASE(
    "two equal masts on a straight road change once, where the margin is solved, and the way back mirrors it") {
  const auto forth = [](int cell, double at_m) { return test::mast_dbm(cell, at_m); };
  const auto back = [](int cell, double at_m) { return test::mast_dbm(cell, 2000.0 - at_m); };
  const LinkRun there = drive(test::road({.length_m = 2000.0}, forth));
  const LinkRun home = drive(test::road({.length_m = 2000.0}, back));
  REQUIRE(there.handovers.size() == 1);
  REQUIRE(home.handovers.size() == 1);
  CHECK(there.failures.empty());
  double low_m = 1000.0;
  double high_m = 1500.0;
  while (high_m - low_m > 1e-9) {
    const double middle_m = 0.5 * (low_m + high_m);
    (forth(1, middle_m) - forth(0, middle_m) < 4.0 ? low_m : high_m) = middle_m;
  }
  // Averaging 0.09 s, filter 0.2 s, time to trigger 0.16 s, preparation 0.1 s, and up to a period until the next
  // look.
  const double after_s = (there.handovers[0].at_m - low_m) / 20.0;
  CHECK(after_s >= 0.55 - 0.01);
  CHECK(after_s <= 0.75 + 0.01);
  CHECK_FALSE(there.handovers[0].ping_pong);
  CHECK(home.handovers[0].at_m == Approx(there.handovers[0].at_m).margin(1e-6));
  CHECK(home.handovers[0].from == there.handovers[0].to);
  CHECK(home.handovers[0].to == there.handovers[0].from);
}

TEST_CASE("no interruption is longer than the bound of TS 38.133 when durations are those of its arithmetic") {
  RouteInput input = test::shadowed_road(8000.0, 0.0);
  input.interruptions.execution = constant_duration(handover_bound_s({}));
  const LinkRun run = drive(input);
  REQUIRE(run.handovers.size() == 7);
  CHECK(run.failures.empty());
  for (const Handover& handover : run.handovers) CHECK(handover.interruption_s <= 0.072 + 1e-9);
}

TEST_CASE("a link that breaks off fails when the counters and T310 say, and comes back when a cell does") {
  // At 10 m/s: nothing between 300 m and 600 m; at 300.04 m the nearer sample is the last one with power.
  const LinkRun run = drive(test::road({.length_m = 1000.0, .speed_m_s = 10.0, .cells = 1}, [](int, double at_m) {
    return at_m > 300.2 && at_m < 599.8 ? test::kNoCell : -90.0;
  }));
  REQUIRE(run.failures.size() == 1);
  CHECK(run.failures[0].kind == FailureKind::radio_link);
  CHECK(run.failures[0].cell == 0);
  CHECK(run.handovers.empty());
  REQUIRE(run.outages.size() == 3);
  // First bad step 30.06 s (the sample at 301 m is the nearer one); the window of 10 steps holds nothing good at
  // the tenth, the tenth indication is at the nineteenth; T310 1 s.
  CHECK(run.outages[0].cause == OutageCause::out_of_sync);
  CHECK(run.outages[0].from_s == Approx(30.06).margin(1e-9));
  CHECK(run.failures[0].t_s == Approx(30.06 + 18 * 0.020 + 1.0).margin(1e-9));
  CHECK(run.outages[1].cause == OutageCause::no_cell);
  CHECK(run.outages[1].to_s == Approx(59.96).margin(1e-9));
  CHECK(run.outages[2].cause == OutageCause::reestablishment);
  CHECK(run.outages[2].to_s == Approx(60.16).margin(1e-9));
  const double without_s = run.outages[2].to_s - run.outages[0].from_s;
  double sum_s = 0.0;
  for (const Outage& outage : run.outages) sum_s += outage.seconds();
  CHECK(sum_s == Approx(without_s).margin(1e-9));
}

TEST_CASE("a drive begins with a link where there is a cell, else with a search") {
  const auto input = [](double first_m) {
    return test::road({.length_m = 500.0, .cells = 1},
                      [=](int, double at_m) { return at_m < first_m ? test::kNoCell : -90.0; });
  };
  CHECK(drive(input(0.0)).outages.empty());
  const LinkRun late = drive(input(200.0));
  REQUIRE(late.outages.size() == 2);
  CHECK(late.outages[0].cause == OutageCause::no_cell);
  CHECK(late.outages[0].from_s == 0.0);
  CHECK(late.failures.empty());
  const LinkRun never = drive(input(1e9));
  REQUIRE(never.outages.size() == 1);
  CHECK(never.outages[0].seconds() == Approx(25.0).margin(1e-9));
}

TEST_CASE("a target that is gone when the command comes fails after T304, and the old cell is found again") {
  RouteInput input = test::road({.length_m = 1000.0}, [](int cell, double at_m) {
    if (cell == 0) return -90.0;
    return at_m > 500.0 && at_m < 510.0 ? -80.0 : -200.0;
  });
  input.config.filter_k = 0;
  input.config.time_to_trigger_ms = 0;
  input.interruptions.preparation = constant_duration(0.5);
  const LinkRun run = drive(input);
  REQUIRE(run.failures.size() == 1);
  CHECK(run.failures[0].kind == FailureKind::access);
  CHECK(run.failures[0].target == 1);
  CHECK(run.handovers.empty());
  CHECK(seconds_of(run, OutageCause::failed_handover) == Approx(1.0).margin(1e-9));
  CHECK(seconds_of(run, OutageCause::reestablishment) == Approx(0.2).margin(0.021));
  REQUIRE(run.servers.back().cell == 0);
}

TEST_CASE("a command does not reach a device that is out of synchronisation") {
  RouteInput input = test::road({.length_m = 1000.0}, [](int cell, double at_m) {
    if (cell == 0) return at_m < 510.0 ? -90.0 : -200.0;
    return at_m < 500.0 ? -100.0 : -80.0;
  });
  input.config.filter_k = 0;
  input.config.time_to_trigger_ms = 0;
  input.interruptions.preparation = constant_duration(0.5);
  const LinkRun run = drive(input);
  REQUIRE_FALSE(run.failures.empty());
  CHECK(run.failures[0].kind == FailureKind::command_lost);
  CHECK(run.failures.back().kind == FailureKind::radio_link);
  CHECK(run.servers.back().cell == 1);
}

TEST_CASE("a return within the minimum stay is a ping-pong, a later one is none") {
  // The neighbour is 10 dB stronger for a while at 20 m/s, then 10 dB weaker again.
  const auto bump = [](double bump_m) {
    RouteInput input = test::road({.length_m = 1000.0}, [=](int cell, double at_m) {
      if (cell == 0) return -90.0;
      return at_m >= 500.0 && at_m < 500.0 + bump_m ? -80.0 : -100.0;
    });
    input.config.filter_k = 0;
    input.config.time_to_trigger_ms = 0;
    return input;
  };
  const LinkRun soon = drive(bump(12.0));
  REQUIRE(soon.handovers.size() == 2);
  CHECK_FALSE(soon.handovers[0].ping_pong);
  CHECK(soon.handovers[1].ping_pong);
  RouteInput strict = bump(12.0);
  strict.config.ping_pong_s = 0.1;
  CHECK_FALSE(drive(strict).handovers[1].ping_pong);
  const LinkRun late = drive(bump(200.0));
  REQUIRE(late.handovers.size() == 2);
  CHECK_FALSE(late.handovers[1].ping_pong);
}

TEST_CASE("another channel is asked for only behind the gate of A2 and the thresholds of A5") {
  RouteInput input = test::road({.length_m = 1000.0},
                                [](int cell, double at_m) { return cell == 0 ? -90.0 - 0.05 * at_m : -95.0; });
  input.radio.channels.push_back({.freq_hz = 0.8e9});
  input.radio.cells[1].channel = 1;
  const LinkRun run = drive(input);
  REQUIRE(run.handovers.size() == 1);
  CHECK(run.handovers[0].kind == HandoverKind::inter_frequency);
  // -108 dBm less the hysteresis is reached at 380 m.
  CHECK(run.handovers[0].at_m > 380.0);
  CHECK(run.handovers[0].at_m < 380.0 + 20.0 * 0.76);
  input.config.inter_frequency = false;
  CHECK(drive(input).handovers.empty());
  input.config.inter_frequency = true;
  input.config.a5_threshold2_dbm = -90.0;
  CHECK(drive(input).handovers.empty());
}

TEST_CASE("a vehicle that stops stays where it is, and its link with it") {
  RouteInput input = test::road({.length_m = 1000.0}, [](int cell, double at_m) {
    return -90.0 + (cell == 0 ? -0.05 : 0.05) * (at_m - 500.0);
  });
  input.law.depart_s = input.law.arrive_s;
  for (std::size_t i = 300; i < input.radio.samples; ++i) {
    input.law.depart_s[i] += 30.0;
    if (i > 300) input.law.arrive_s[i] += 30.0;
  }
  const PreparedRoute route(input);
  CHECK(route.travel().at_m(15.0 + 12.0) == 300.0);
  CHECK(route.travel().at_m(45.025) == Approx(300.5));
  const LinkRun run = drive(input);
  REQUIRE(run.handovers.size() == 1);
  CHECK(run.handovers[0].t_s == Approx(27.64 + 30.0).margin(0.2));
  CHECK(run.handovers[0].at_m == Approx(552.8).margin(4.0));
}

TEST_CASE("server and SINR of each sample are those of the rule of the maps") {
  RouteInput input = test::road({.length_m = 2000.0, .load = 0.5}, test::mast_dbm);
  const PreparedRoute route(input);
  const RouteLink link = route_link(route);
  REQUIRE(link.server.size() == 2001);
  CHECK(link.server[0] == 0);
  CHECK(link.server[2000] == 1);
  const double wanted_mw = std::pow(10.0, 0.1 * test::mast_dbm(0, 700.0));
  const double other_mw = 0.5 * std::pow(10.0, 0.1 * test::mast_dbm(1, 700.0)) + std::pow(10.0, -12.2);
  CHECK(link.sinr_db[700] == Approx(10.0 * std::log10(wanted_mw / other_mw)).margin(1e-4));
  input.radio.channels.push_back({.freq_hz = 3.8e9});
  input.radio.cells[1].channel = 1;
  CHECK(sinr_db(input.radio, input.radio.at(700), 0) == Approx(test::mast_dbm(0, 700.0) + 122.0).margin(1e-4));
}

TEST_CASE("single precision and what is left out move the SINR of a step by less than 0.001 dB where it decides") {
  RouteInput input = test::road({.length_m = 6000.0, .cells = 6, .load = 0.7}, test::mast_dbm);
  const PreparedRoute route(input);
  StepReceiver receiver(route);
  receiver.begin(std::nullopt);
  std::size_t looked_at = 0;
  std::size_t candidates = 0;
  for (const Stretch& stretch : route.stretches()) {
    receiver.enter(stretch);
    candidates += stretch.cells.size();
    for (std::size_t step = stretch.first_step; step < stretch.first_step + stretch.steps; ++step) {
      receiver.receive(step);
      if (step % 5 != 0) continue;  // five steps of 0.4 m are two samples
      for (const std::uint32_t cell : stretch.cells) {
        const double exact_db = sinr_db(input.radio, input.radio.at(2 * step / 5), cell);
        const double found_db = 10.0 * std::log10(static_cast<double>(receiver.sinr(static_cast<int>(cell))));
        // Thresholds lie at 30 dB at most; above it the server is all but the whole of the sum that it is taken
        // from.
        const double tolerance_db = exact_db < 30.0 ? 1e-3 : 1e-2;
        if (std::abs(found_db - exact_db) > tolerance_db)
          FAIL_CHECK(step << ": " << found_db << ", exactly " << exact_db);
        ++looked_at;
      }
    }
  }
  CHECK(looked_at > 3000);
  CHECK(candidates < 3 * route.stretches().size());
}

TEST_CASE("two modems are out together where their outages overlap, and nowhere else") {
  const auto outage = [](double from_s, double to_s) {
    return Outage{.from_m = 10.0 * from_s, .to_m = 10.0 * to_s, .from_s = from_s, .to_s = to_s};
  };
  const std::vector<Outage> a = {outage(1.0, 2.0), outage(2.0, 3.0), outage(5.0, 6.0), outage(8.0, 9.0)};
  const std::vector<Outage> b = {outage(1.5, 2.5), outage(5.9, 8.1), outage(9.0, 10.0)};
  const std::vector<Interval> both = both_out(a, b);
  REQUIRE(both.size() == 3);
  CHECK(both[0].from_s == 1.5);
  CHECK(both[0].to_s == 2.5);
  CHECK(both[0].to_m == 25.0);
  CHECK(both[1].seconds() == Approx(0.1));
  CHECK(both[2].from_s == 8.0);
  CHECK(both[2].to_s == Approx(8.1));
  CHECK(both_out(a, {}).empty());
  CHECK(both_out(b, a).size() == 3);
  const std::vector<Interval> either = either_out(a, b);
  REQUIRE(either.size() == 2);
  CHECK(either[0].from_s == 1.0);
  CHECK(either[0].to_m == 30.0);
  CHECK(either[1].from_s == 5.0);
  CHECK(either[1].to_s == 10.0);
}

TEST_CASE("a route that contradicts itself is refused with all of its faults") {
  RouteInput input = test::road({}, test::mast_dbm);
  CHECK(input_faults(input).empty());
  input.radio.cells[1].channel = 3;
  input.radio.cells[0].load = 1.5;
  input.law.arrive_s[7] = 0.0;
  input.shadow.sigma_db = {1.0F, 2.0F, 3.0F};
  input.interruptions.execution.duration_s = {-1.0};
  std::string keys;
  for (const Fault& fault : input_faults(input)) keys += fault.key + " ";
  CHECK(keys == "cells[0].load cells[1].channel arrive_s[7] interruptions.execution sigma_db ");
  CHECK_THROWS_AS(PreparedRoute(input), InputError);
}
