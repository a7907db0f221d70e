// Filter, events and configuration against the figures of the standards.
#include "libsim/mobility/measurement.hpp"

#include <string>

#include "libsim/mobility/handover_config.hpp"
#include "libsim/mobility/link_run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/csv.hpp"
#include "tests/support/data.hpp"
#include "tests/unit/libsim/route_world.hpp"

using namespace amaneku;
using namespace amaneku::mobility;

namespace {

std::vector<std::vector<std::string>> table(const char* name) {
  auto rows = test::read_csv(*test::reference() / "system" / name);
  rows.erase(rows.begin());
  return rows;
}

}  // namespace

TEST_CASE("the share of the layer 3 filter is that of the reference at every sample period", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/l3_filter_coeff.csv");
  const auto rows = table("l3_filter_coeff.csv");
  REQUIRE(rows.size() == 120);
  for (const auto& row : rows) {
    const double share = filter_share(std::stoi(row[0]), 1e-3 * std::stod(row[3]), 1e-3 * std::stod(row[2]));
    CAPTURE(row[0], row[2], row[3]);
    CHECK(std::abs(share - std::stod(row[4])) < 6e-7);  // six digits are printed
  }
}

TEST_CASE("the layer 3 filter answers a step as the reference does", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/l3_filter_step_response.csv");
  const auto rows = table("l3_filter_step_response.csv");
  REQUIRE(rows.size() == 42);
  for (const auto& row : rows) {
    const double share = filter_share(std::stoi(row[0]));
    double filtered = 0.0;
    for (int n = 0; n < std::stoi(row[1]); ++n) filtered += share * (1.0 - filtered);
    CAPTURE(row[0], row[1]);
    CHECK(std::abs(filtered - std::stod(row[2])) < 6e-7);
  }
}

TEST_CASE("the times to trigger are the sixteen of the standard, others are refused with the list", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/rrc_time_to_trigger_ms.csv");
  const auto rows = table("rrc_time_to_trigger_ms.csv");
  REQUIRE(rows.size() == kTimesToTrigger_ms.size());
  for (const auto& row : rows) {
    CHECK(kTimesToTrigger_ms[std::stoul(row[0])] == std::stoi(row[1]));
    CHECK(config_faults({.time_to_trigger_ms = std::stoi(row[1])}).empty());
  }
  const auto faults = config_faults({.time_to_trigger_ms = 200});
  REQUIRE(faults.size() == 1);
  CHECK(
      faults[0].text() ==
      "time_to_trigger_ms = 200: is none of the standard's values (legal: 0, 40, 64, 80, 100, 128, 160, 256, 320, "
      "480, 512, 640, 1024, 1280, 2560, 5120)");
}

TEST_CASE("a configuration names all of its faults at once") {
  CHECK(config_faults({}).empty());
  const auto faults = config_faults({.step_ms = 30,
                                     .filter_k = 10,
                                     .a3_offset_db = 16.0,
                                     .qin_db = -9.0,
                                     .n310 = 5,
                                     .n311 = 7,
                                     .t310_ms = 1001,
                                     .t304_ms = 999});
  std::string keys;
  for (const Fault& fault : faults) keys += fault.key + " ";
  CHECK(keys ==
        "l1_period_ms evaluate_out_ms evaluate_in_ms filter_k n310 n311 t310_ms t304_ms a3_offset_db qin_db ");
  CHECK_FALSE(config_faults({.hysteresis_db = std::nan("")}).empty());
}

TEST_CASE("the delay of a handover is the sum of TS 38.133 for every case of the reference", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/handover_delay_38133.csv");
  const auto rows = table("handover_delay_38133.csv");
  REQUIRE(rows.size() == 4);
  const auto seconds = [](const std::string& ms) { return ms.empty() ? 0.0 : 1e-3 * std::stod(ms); };
  for (const auto& row : rows) {
    const HandoverDelay delay{seconds(row[1]), seconds(row[2]), seconds(row[3]),
                              seconds(row[4]), seconds(row[5]), seconds(row[6])};
    CAPTURE(row[0]);
    CHECK(std::abs(handover_bound_s(delay) - seconds(row[8])) < 1e-12);
    if (!row[7].empty()) CHECK(std::abs(interruption_bound_s(delay) - seconds(row[7])) < 1e-12);
  }
  CHECK(std::abs(handover_bound_s({}) - 0.072) < 1e-12);
}

TEST_CASE("event A3 on a ramp is reported within one layer 1 period of the reference", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/a3_ramp_trigger_time.csv");
  const auto rows = table("a3_ramp_trigger_time.csv");
  REQUIRE(rows.size() == 192);
  constexpr double kEqual_s = 20.05;
  for (const auto& row : rows) {
    const double ramp_db_s = std::stod(row[2]);
    RouteInput input = test::road({.length_m = 40.0, .speed_m_s = 1.0}, [&](int cell, double at_m) {
      return cell == 0 ? -80.0 : -80.0 + ramp_db_s * (at_m - kEqual_s);
    });
    input.config = {.step_ms = 200,
                    .l1_period_ms = std::stoi(row[1]),
                    .filter_k = std::stoi(row[0]),
                    .a3_offset_db = std::stod(row[3]),
                    .hysteresis_db = std::stod(row[4]),
                    .time_to_trigger_ms = static_cast<int>(std::lround(1000.0 * std::stod(row[5]))),
                    .evaluate_in_ms = 200};
    const PreparedRoute route(std::move(input));
    LinkRunner runner(route);
    const LinkRun& run = runner.median();
    CAPTURE(row[0], ramp_db_s, row[3], row[4], row[5]);
    REQUIRE(run.handovers.size() == 1);
    const double reported_s = run.handovers[0].t_s - run.handovers[0].preparation_s - kEqual_s;
    CHECK(reported_s >= std::stod(row[7]) - 1e-3);
    CHECK(reported_s <= std::stod(row[7]) + 0.2 + 1e-3);
  }
}
