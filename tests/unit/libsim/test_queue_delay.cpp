// Queues against closed forms, the reference, and seeded simulations.
#include "libsim/latency/queue_delay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/csv.hpp"
#include "tests/support/data.hpp"
#include "tests/support/page.hpp"

using namespace amaneku;

namespace {

/// Waiting times of customers one after another (Lindley), the first hundredth left out.
template <class Service>
std::vector<double> simulated_waits(double arrivals_per_s, int customers, Service&& service_s,
                                    std::mt19937& random) {
  std::exponential_distribution<double> gap(arrivals_per_s);
  std::vector<double> out;
  double wait_s = 0.0;
  for (int i = 0; i < customers; ++i) {
    if (i >= customers / 100) out.push_back(wait_s);
    wait_s = std::max(0.0, wait_s + service_s(random) - gap(random));
  }
  return out;
}

double share_within(const std::vector<double>& values, double limit) {
  return static_cast<double>(std::count_if(values.begin(), values.end(), [&](double v) { return v <= limit; })) /
         static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("M/M/1 and M/D/1 are those of the reference", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/queue_mm1_md1.csv");
  const auto rows = test::read_csv(*test::reference() / "system/queue_mm1_md1.csv");
  REQUIRE(rows.size() == 8);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const double utilisation = std::stod(rows[i][2]);
    CAPTURE(utilisation);
    const double service_s = std::stod(rows[i][3]) * 1e-6;
    const DelayGrid grid{.step_s = 0.25e-6, .horizon_s = 4e-3};
    const double arrivals_per_s = utilisation / service_s;
    const QueueDelay mm1 = queue_delay(arrivals_per_s, exponential_service(service_s, grid));
    const QueueDelay md1 = queue_delay(arrivals_per_s, constant_service(service_s, grid));
    REQUIRE_FALSE(mm1.overloaded());
    CHECK(mm1.utilisation == Approx(utilisation));
    CHECK(mm1.sojourn->mean_s() * 1e6 == Approx(std::stod(rows[i][4])).margin(5.1e-5));
    CHECK(md1.sojourn->mean_s() * 1e6 == Approx(std::stod(rows[i][5])).margin(5.1e-5));
    CHECK(mm1.sojourn->quantile_s(0.99) * 1e6 == Approx(std::stod(rows[i][6])).margin(0.5));
    CHECK(mm1.sojourn->quantile_s(0.99999) * 1e6 == Approx(std::stod(rows[i][7])).epsilon(1e-3).margin(0.5));
  }
}

TEST_CASE("M/D/1: the whole distribution by Erlang's series") {
  // P(W <= x) = (1 - rho) sum_k (lambda (k D - x))^k / k! exp(-lambda (k D - x)), k D <= x.
  const double service_s = 1e-3;
  const double utilisation = 0.7;
  const double arrivals_per_s = utilisation / service_s;
  const DelayGrid grid{.step_s = 5e-6, .horizon_s = 0.05};
  const QueueDelay queue = queue_delay(arrivals_per_s, constant_service(service_s, grid));
  const auto series = [&](double x_s) {
    double out = 0.0;
    double factorial = 1.0;
    for (int k = 0; k * service_s <= x_s; ++k) {
      if (k > 0) factorial *= k;
      const double early = arrivals_per_s * (k * service_s - x_s);
      out += std::pow(early, k) / factorial * std::exp(-early);
    }
    return (1.0 - utilisation) * out;
  };
  for (const double x_s : {0.3e-3, 0.9e-3, 1.5e-3, 2.7e-3, 4.4e-3, 6.1e-3}) {
    CAPTURE(x_s);
    CHECK(queue.waiting->cdf(x_s) == Approx(series(x_s + 2.5e-6)).margin(2e-4));
  }
  CHECK(queue.waiting->cdf(0.0) == Approx(0.3).margin(1e-3));
}

TEST_CASE("M/M/1: waiting is exponential but for those that do not wait") {
  const DelayGrid grid{.step_s = 5e-6, .horizon_s = 0.2};
  const QueueDelay queue = queue_delay(800.0, exponential_service(1e-3, grid));
  for (const double x_s : {1e-3, 5e-3, 20e-3, 60e-3}) {
    CHECK(queue.waiting->exceeding(x_s) == Approx(0.8 * std::exp(-200.0 * x_s)).epsilon(2e-3));
  }
}

TEST_CASE("M/G/1: Pollaczek-Khinchine's mean, and a seeded simulation of the distribution") {
  const DelayGrid grid{.step_s = 50e-6, .horizon_s = 0.5};
  const std::vector<WeightedDelay> parts = {{0.8, constant_delay(1e-3, grid)}, {0.2, constant_delay(6e-3, grid)}};
  const DelayDistribution service = mixture(parts);
  const double arrivals_per_s = 350.0;  // rho = 0.7
  const QueueDelay queue = queue_delay(arrivals_per_s, general_service(service));
  const double second_moment = 0.8 * 1e-6 + 0.2 * 36e-6;
  CHECK(queue.utilisation == Approx(0.7));
  CHECK(queue.waiting->mean_s() == Approx(arrivals_per_s * second_moment / (2.0 * 0.3)).epsilon(1e-10));
  CHECK(queue.sojourn->mean_s() == Approx(queue.waiting->mean_s() + 2e-3).epsilon(1e-10));
  std::mt19937 random(77);
  std::bernoulli_distribution is_long(0.2);
  const std::vector<double> waits = simulated_waits(
      arrivals_per_s, 2'000'000, [&](std::mt19937& r) { return is_long(r) ? 6e-3 : 1e-3; }, random);
  for (const double x_s : {0.0, 2e-3, 5e-3, 10e-3, 20e-3, 35e-3}) {
    CAPTURE(x_s);
    CHECK(queue.waiting->cdf(x_s) == Approx(share_within(waits, x_s + 25e-6)).margin(0.004));
  }
}

TEST_CASE("from rho = 1 on it is an overload, and there is no number") {
  const DelayGrid grid{};
  for (const double arrivals_per_s : {1000.0, 1500.0}) {
    const QueueDelay queue = queue_delay(arrivals_per_s, constant_service(1e-3, grid));
    CHECK(queue.overloaded());
    CHECK_FALSE(queue.waiting.has_value());
    CHECK(queue.utilisation == Approx(arrivals_per_s / 1000.0));
  }
  CHECK_FALSE(queue_delay(990.0, constant_service(1e-3, DelayGrid{.step_s = 1e-4})).overloaded());
  CHECK(queue_delay(0.0, constant_service(1e-3, grid)).sojourn->mean_s() == Approx(1e-3));
  CHECK_THROWS_AS(queue_delay(-1.0, constant_service(1e-3, grid)), InputError);
  CHECK_THROWS_AS(general_service(lost_delay(grid)), InputError);
}

TEST_CASE("cameras on one link: alone a frame takes its own time, too many are an overload") {
  const DelayGrid grid{.step_s = 100e-6, .horizon_s = 2.0};
  // 20 packets of 12 kbit at 100 Mb/s: 2.4 ms of 33.3; 13 cameras fill 0.936 of the link, 14 overload it.
  const VideoLink link{.rate_bps = 100e6, .packets_per_frame = 20};
  const std::vector<int> cameras = {1, 4, 8, 13, 14};
  const std::vector<VideoDelay> delays = video_delays(link, cameras, grid);
  CHECK(delays[0].frame->mean_s() == Approx(2.4e-3));
  CHECK(delays[0].frame->quantile_s(1.0) == Approx(2.4e-3).margin(1e-4));
  CHECK(delays[0].packet->mean_s() == Approx(0.12e-3 * 10.5));
  CHECK(delays[3].utilisation == Approx(0.936));
  CHECK_FALSE(delays[3].overloaded());
  CHECK(delays[4].overloaded());
  CHECK_FALSE(delays[4].slowest.has_value());
  CHECK(delays[4].together_s == Approx(14 * 2.4e-3));
  for (std::size_t i = 1; i < 4; ++i) {
    CAPTURE(cameras[i]);
    CHECK(delays[i].frame->quantile_s(0.99) > delays[i - 1].frame->quantile_s(0.99));
    CHECK(delays[i].slowest->quantile_s(0.5) >= delays[i].frame->quantile_s(0.5));
    CHECK(delays[i].packet->mean_s() < delays[i].frame->mean_s());
  }
}

TEST_CASE("processing at the edge sends less: more cameras, less delay, its own time on top") {
  const DelayGrid grid{.step_s = 100e-6, .horizon_s = 2.0};
  VideoLink link{.rate_bps = 100e6, .packets_per_frame = 20};
  const std::vector<int> cameras = {12, 40};
  const auto whole = video_delays(link, cameras, grid);
  link.sent_share = 0.25;
  link.edge_processing_s = 5e-3;
  const auto less = video_delays(link, cameras, grid);
  CHECK(less[0].utilisation == Approx(whole[0].utilisation / 4.0));
  CHECK(less[0].frame->quantile_s(0.99) < whole[0].frame->quantile_s(0.99));
  CHECK(less[0].frame->quantile_s(1e-6) == Approx(5e-3 + 0.6e-3).margin(1e-4));
  CHECK(whole[1].overloaded());
  CHECK_FALSE(less[1].overloaded());
  link.sent_share = 0.0;
  CHECK_THROWS_AS(video_delays(link, cameras, grid), InputError);
}

TEST_CASE("periodic cameras of random phase wait no longer than the queue says: a seeded simulation") {
  const DelayGrid grid{.step_s = 100e-6, .horizon_s = 2.0};
  const VideoLink link{.rate_bps = 100e6, .packets_per_frame = 20};
  constexpr int kCameras = 10;
  constexpr double kFrame_s = 2.4e-3;
  const std::vector<int> cameras = {kCameras};
  const VideoDelay delay = video_delays(link, cameras, grid)[0];
  std::mt19937 random(5);
  std::uniform_real_distribution<double> phase(0.0, 1.0 / 30.0);
  std::vector<double> frames_s;
  std::vector<double> slowest_s;
  for (int run = 0; run < 20'000; ++run) {
    std::vector<double> begins_s(kCameras);
    for (double& begin_s : begins_s) begin_s = phase(random);
    std::sort(begins_s.begin(), begins_s.end());
    // The second period of the same phases is the steady state.
    double free_s = 0.0;
    for (const double begin_s : begins_s) free_s = std::max(free_s, begin_s) + kFrame_s;
    free_s -= 1.0 / 30.0;
    double largest_s = 0.0;
    for (const double begin_s : begins_s) {
      free_s = std::max(free_s, begin_s) + kFrame_s;
      frames_s.push_back(free_s - begin_s);
      largest_s = std::max(largest_s, frames_s.back());
    }
    slowest_s.push_back(largest_s);
  }
  for (const double x_s : {3e-3, 5e-3, 8e-3, 12e-3, 20e-3}) {
    CAPTURE(x_s);
    CHECK(delay.frame->cdf(x_s) <= share_within(frames_s, x_s) + 0.005);
    CHECK(delay.slowest->cdf(x_s) <= share_within(slowest_s, x_s) + 0.005);
  }
}

TEST_CASE("delay against the number of cameras, as docs/methods/latency.md has it") {
  const DelayGrid grid{.step_s = 50e-6, .horizon_s = 2.0};
  const std::vector<int> cameras = {1, 4, 8, 12, 13, 14, 40};
  const VideoLink whole{.rate_bps = 100e6, .packets_per_frame = 20};
  VideoLink quarter = whole;
  quarter.sent_share = 0.25;
  quarter.edge_processing_s = 5e-3;
  const auto all = video_delays(whole, cameras, grid);
  const auto less = video_delays(quarter, cameras, grid);
  const auto figures = [](const VideoDelay& delay) {
    if (delay.overloaded()) return fmt::format("{:.2f} | overloaded | overloaded", delay.utilisation);
    return fmt::format("{:.2f} | {:.1f} | {:.1f}", delay.utilisation, delay.frame->quantile_s(0.99) * 1e3,
                       delay.slowest->quantile_s(0.99) * 1e3);
  };
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    const std::string row = fmt::format("| {} | {} | {} |", cameras[i], figures(all[i]), figures(less[i]));
    INFO("docs/methods/latency.md should have the line\n" << row);
    CHECK(test::page_has("docs/methods/latency.md", row));
  }
}
