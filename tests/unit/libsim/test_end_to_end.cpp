// Transport, the chain of the camera, and the sum of all parts.
#include "libsim/latency/end_to_end.hpp"

#include <fmt/format.h>

#include <cmath>
#include <random>
#include <vector>

#include "libsim/latency/radio_delay.hpp"
#include "libsim/latency/transport_delay.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/csv.hpp"
#include "tests/support/data.hpp"
#include "tests/support/page.hpp"

using namespace amaneku;

namespace {

constexpr DelayGrid kGrid{.step_s = 100e-6, .horizon_s = 2.0};

}  // namespace

TEST_CASE("fibre and hops are those of the reference", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/transport_fixed_latency_computed.csv");
  const auto places = test::read_csv(*test::reference() / "system/transport_fixed_latency_computed.csv");
  REQUIRE(places.size() == server_places().size() + 1);
  for (std::size_t i = 1; i < places.size(); ++i) {
    INFO(places[i][0]);
    const TransportPath& path = server_places()[i - 1].path;
    CHECK(path.hops == std::stoi(places[i][1]));
    CHECK(path.fibre_m == Approx(std::stod(places[i][2]) * 1e3));
    CHECK(fixed_transport_s(path) * 1e3 == Approx(std::stod(places[i][5])).margin(5.1e-4));
  }
  const auto fibre = test::read_csv(*test::reference() / "system/fibre_delay.csv");
  for (std::size_t i = 1; i < fibre.size(); ++i) {
    const TransportPath path{.fibre_m = std::stod(fibre[i][0]) * 1e3, .hops = 0};
    CHECK(fixed_transport_s(path) * 1e3 == Approx(std::stod(fibre[i][1])).margin(5.1e-5));
    CHECK(transport_delay(path, kGrid).mean_s() == Approx(fixed_transport_s(path)));
  }
}

TEST_CASE("queues of the hops add exponentials, and overload has no delay") {
  const TransportPath path{.fibre_m = 75e3, .hops = 4, .utilisation = 0.9, .packet_bits = 12e3, .link_bps = 1e8};
  const DelayDistribution delay = transport_delay(path, kGrid);
  CHECK(delay.mean_s() == Approx(fixed_transport_s(path) + 4 * 1.2e-3).epsilon(1e-10));
  TransportPath full = path;
  full.utilisation = 1.0;
  CHECK_THROWS_AS(transport_delay(full, kGrid), InputError);
  CHECK_THROWS_AS(transport_delay({.fibre_m = -1.0}, kGrid), InputError);
  CHECK_THROWS_AS(transport_delay({.hops = -1}, kGrid), InputError);
}

TEST_CASE("every part says what it rests on; the defaults of equipment are assumptions") {
  std::vector<LatencyPart> parts = camera_parts({}, kGrid);
  const std::vector<LatencyPart> screen = screen_parts({}, kGrid);
  parts.insert(parts.end(), screen.begin(), screen.end());
  REQUIRE(parts.size() == 6);
  int assumed = 0;
  for (const LatencyPart& part : parts) {
    CHECK_FALSE(part.source.empty());
    assumed += part.verified ? 0 : 1;
  }
  CHECK(assumed == 4);
  CHECK(parts[0].delay.mean_s() == Approx(1.0 / 60.0).epsilon(1e-12));
  CHECK_THROWS_AS(camera_parts({.frames_per_s = 0.0}, kGrid), InputError);
}

TEST_CASE("a message in an interruption waits for what is left of it") {
  // 60 ms every 20 s and 200 ms every 100 s: 0.3 % and 0.2 % of the time.
  const std::vector<Interruption> interruptions = {{0.06, 0.05}, {0.2, 0.01}};
  const DelayDistribution delay = interruption_delay(interruptions, kGrid);
  CHECK(delay.exceeding(0.0) == Approx(0.005).epsilon(0.01));
  CHECK(delay.mean_s() == Approx(0.003 * 0.03 + 0.002 * 0.1).epsilon(1e-9));
  CHECK(delay.exceeding(0.06) == Approx(0.002 * 0.7).epsilon(2e-3));
  CHECK(delay.exceeding(0.2) == Approx(0.0).margin(1e-12));
  const std::vector<Interruption> always = {{1.0, 1.0}};
  CHECK_THROWS_AS(interruption_delay(always, kGrid), InputError);
  const std::vector<Interruption> backwards = {{-0.1, 1.0}};
  CHECK_THROWS_AS(interruption_delay(backwards, kGrid), InputError);
}

TEST_CASE("interruptions of a seeded timeline") {
  std::mt19937 random(11);
  std::exponential_distribution<double> gap(1.0 / 19.94);
  std::uniform_real_distribution<double> offset(0.0, 1.0);
  double time_s = 0.0;
  double next_message_s = 0.0;
  int messages = 0;
  int later_than_30ms = 0;
  while (time_s < 2e6) {
    time_s += gap(random);
    const double end_s = time_s + 0.06;
    while (next_message_s < end_s) {
      ++messages;
      if (next_message_s > time_s && end_s - next_message_s > 0.03) ++later_than_30ms;
      next_message_s += offset(random);
    }
    time_s = end_s;
  }
  const std::vector<Interruption> interruptions = {{0.06, 1.0 / 20.0}};
  CHECK(interruption_delay(interruptions, kGrid).exceeding(0.03) ==
        Approx(static_cast<double>(later_than_30ms) / messages).epsilon(0.05));
}

TEST_CASE("percentiles of the sum are not the sum of percentiles; means are") {
  const std::vector<LatencyPart> parts = {{"a", exponential_delay(0.01, kGrid), "test", true},
                                          {"b", exponential_delay(0.01, kGrid), "test", true},
                                          {"c", uniform_delay(0.0, 0.03, kGrid), "test", false}};
  const EndToEndResult result = end_to_end(parts, {.deadline_s = 0.05});
  REQUIRE(result.parts.size() == 3);
  CHECK(result.parts[1].name == "b");
  CHECK_FALSE(result.parts[2].verified);
  double means_s = 0.0;
  double p99s_s = 0.0;
  for (const PartFigures& part : result.parts) {
    means_s += part.mean_s;
    p99s_s += part.p99_s;
  }
  CHECK(result.mean_s == Approx(means_s).epsilon(1e-12));
  CHECK(result.p99_s < 0.75 * p99s_s);
  CHECK(result.p50_s < result.p95_s);
  CHECK(result.p95_s < result.p99_s);
  CHECK(result.p99_s < result.p999_s);
  std::mt19937 random(3);
  std::exponential_distribution<double> slow(100.0);
  std::uniform_real_distribution<double> even(0.0, 0.03);
  int in_time = 0;
  for (int i = 0; i < 400'000; ++i) in_time += slow(random) + slow(random) + even(random) <= 0.05 ? 1 : 0;
  CHECK(result.within_deadline == Approx(in_time / 400'000.0).margin(0.003));
  CHECK_FALSE(result.within_deadline_bound.has_value());
  CHECK_THROWS_AS(end_to_end({}, {}), InputError);
  CHECK_THROWS_AS(end_to_end(parts, {.deadline_s = -1.0}), InputError);
}

TEST_CASE("interruptions come last among the parts, and runs bound the share from below") {
  const std::vector<LatencyPart> parts = {{"radio", constant_delay(0.02, kGrid), "test", true}};
  EndToEndOptions options{
      .deadline_s = 0.05, .interruptions = {{0.1, 0.1}}, .interruption_source = "200 drives", .runs = 200};
  const EndToEndResult result = end_to_end(parts, options);
  REQUIRE(result.parts.size() == 2);
  CHECK(result.parts.back().name == "interruptions");
  CHECK(result.parts.back().source == "200 drives");
  // Late: whoever meets more than 30 ms of it, 1 % times 0.7.
  CHECK(result.within_deadline == Approx(0.993).epsilon(1e-4));
  CHECK(*result.within_deadline_bound == lower_bound_of_share(198.0 / 200.0, 200, 0.95));
  CHECK(*result.within_deadline_bound < result.within_deadline);
}

TEST_CASE("Clopper-Pearson: closed forms at its ends, and its own definition between") {
  // All in time: p^n = 1 - confidence.
  CHECK(lower_bound_of_share(1.0, 100, 0.95) == Approx(std::pow(0.05, 0.01)).epsilon(1e-9));
  CHECK(lower_bound_of_share(0.0, 100, 0.95) == 0.0);
  // At the bound, so many or more in time have the probability 5 %.
  const double bound = lower_bound_of_share(0.9, 20, 0.95);
  double probability = 0.0;
  for (int k = 18; k <= 20; ++k) {
    probability += std::tgamma(21.0) / std::tgamma(k + 1.0) / std::tgamma(21.0 - k) * std::pow(bound, k) *
                   std::pow(1.0 - bound, 20 - k);
  }
  CHECK(probability == Approx(0.05).epsilon(1e-6));
  CHECK_THROWS_AS(lower_bound_of_share(0.9, 0, 0.95), InputError);
  CHECK_THROWS_AS(lower_bound_of_share(0.9, 20, 1.0), InputError);
}

TEST_CASE("the example of docs/methods/latency.md, figure by figure") {
  const SlotPattern pattern{.slots = "DDDSU"};
  const SlotUse up{.access = Access::scheduling_request,
                   .slots = slots_of_burst(100e3, 40e6, pattern, Access::scheduling_request),
                   .times = ue_processing(1, 30e3)};
  CHECK(up.slots == 1);
  constexpr DelayGrid kFine{.step_s = 20e-6, .horizon_s = 1.0};
  std::vector<LatencyPart> parts = camera_parts({}, kFine);
  parts.push_back(
      {"uplink", radio_delay(pattern, up, {.first_bler = 0.0, .repetition_bler = 0.0}, kFine), "", true});
  parts.push_back({"fibre and hops", transport_delay(server_places()[2].path, kFine), "", true});
  for (LatencyPart& part : screen_parts({}, kFine)) parts.push_back(std::move(part));
  const EndToEndResult result = end_to_end(parts, {.deadline_s = 0.1});
  const auto on_page = [](const std::string& row) {
    INFO("docs/methods/latency.md should have the line\n" << row);
    CHECK(test::page_has("docs/methods/latency.md", row));
  };
  double p99s_s = 0.0;
  double variance_s2 = 0.0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const PartFigures& part = result.parts[i];
    p99s_s += part.p99_s;
    variance_s2 += parts[i].delay.variance_within_s2();
    on_page(fmt::format("| {} | {:.2f} | {:.2f} | {:.2f} |", part.name, part.mean_s * 1e3,
                        parts[i].delay.variance_within_s2() * 1e6, part.p99_s * 1e3));
  }
  on_page(fmt::format("| all | {:.2f} | {:.2f} | {:.2f} |", result.mean_s * 1e3,
                      result.delay.variance_within_s2() * 1e6, result.p99_s * 1e3));
  CHECK(result.delay.variance_within_s2() == Approx(variance_s2).epsilon(1e-9));
  on_page(
      fmt::format("p50 {:.1f}, p95 {:.1f}, p99 {:.1f}, p99.9 {:.1f} ms; P(T <= 100 ms) = {:.4f}; the p99 of the "
                  "parts would add up to {:.1f} ms.",
                  result.p50_s * 1e3, result.p95_s * 1e3, result.p99_s * 1e3, result.p999_s * 1e3,
                  result.within_deadline, p99s_s * 1e3));
  // With a pencil: halves of the ranges, and the slots.
  const double by_hand_ms = 1e3 / 60 + 8 + 21.5 + 4.1424 + 1.175 + 10 + 1e3 / 120 + 5;
  CHECK(result.mean_s * 1e3 == Approx(by_hand_ms).margin(0.001));
}
