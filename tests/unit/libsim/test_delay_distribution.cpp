// Delays as distributions: laws of the grid, convolution against sums over all pairs and against closed forms.
#include "libsim/latency/delay_distribution.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr DelayGrid kGrid{.step_s = 50e-6, .horizon_s = 0.4};

double total(const DelayDistribution& delay) {
  return std::accumulate(delay.mass().begin(), delay.mass().end(), delay.tail());
}

/// Each pair of masses by itself.
std::vector<double> all_pairs(const DelayDistribution& a, const DelayDistribution& b, std::size_t points) {
  std::vector<double> out(points, 0.0);
  for (std::size_t i = 0; i < a.mass().size(); ++i) {
    for (std::size_t j = 0; j < b.mass().size() && i + j < points; ++j) out[i + j] += a.mass()[i] * b.mass()[j];
  }
  return out;
}

/// Masses at random, with a tail.
DelayDistribution random_delay(std::size_t points, unsigned seed, DelayGrid grid) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> even(0.0, 1.0);
  std::vector<double> mass(points);
  for (double& m : mass) m = even(random);
  const double sum = std::accumulate(mass.begin(), mass.end(), 0.0);
  for (double& m : mass) m *= 0.98 / sum;
  return {mass, 0.02, 0.02 * 0.7, grid};
}

double erlang_cdf(int k, double rate, double x) {
  double term = 1.0;
  double sum = 0.0;
  for (int i = 0; i < k; ++i) {
    sum += term;
    term *= rate * x / (i + 1);
  }
  return 1.0 - std::exp(-rate * x) * sum;
}

}  // namespace

TEST_CASE("a constant delay keeps its value, on the grid's points or between them") {
  const DelayDistribution on = constant_delay(0.01, kGrid);
  CHECK(on.mean_s() == Approx(0.01).epsilon(1e-14));
  CHECK(on.cdf(0.01) == 1.0);
  CHECK(on.cdf(0.00999) == 0.0);
  CHECK(on.quantile_s(0.5) == Approx(0.01));
  const DelayDistribution between = constant_delay(0.010012, kGrid);
  CHECK(between.mean_s() == Approx(0.010012).epsilon(1e-14));
  CHECK(between.cdf(0.0100) == Approx(0.76));
  CHECK(between.cdf(0.01005) == 1.0);
  CHECK(between.variance_within_s2() <= 50e-6 * 50e-6 / 4.0);
}

TEST_CASE("what lies beyond the grid is counted, never dropped, and the mean has it") {
  const DelayDistribution late = constant_delay(0.5, kGrid);
  CHECK(late.tail() == 1.0);
  CHECK(late.mean_s() == Approx(0.5));
  CHECK(std::isinf(late.quantile_s(0.01)));
  CHECK(std::isnan(late.mean_within_s()));
  const DelayDistribution half = uniform_delay(0.2, 0.6, kGrid);
  CHECK(half.tail() == Approx(0.5));
  CHECK(half.mean_s() == Approx(0.4).epsilon(1e-12));
  CHECK(half.quantile_s(0.25) == Approx(0.3).margin(50e-6));
  CHECK(std::isinf(half.quantile_s(0.51)));
  const DelayDistribution slow = exponential_delay(0.2, kGrid);
  CHECK(slow.tail() == Approx(std::exp(-2.0)).epsilon(1e-12));
  CHECK(slow.mean_s() == Approx(0.2).epsilon(1e-12));
  CHECK(sum(slow, late).mean_s() == Approx(0.7).epsilon(1e-12));
  CHECK(sum(slow, late).tail() == 1.0);
  CHECK(std::isinf(sum(slow, lost_delay(kGrid)).mean_s()));
}

TEST_CASE("a sum is the sum over all pairs, directly and by FFT") {
  for (const std::size_t points : {40U, 400U, 7000U}) {
    CAPTURE(points);
    const DelayDistribution a = random_delay(points, 1, kGrid);
    const DelayDistribution b = random_delay(points - 7, 2, kGrid);
    const DelayDistribution both = sum(a, b);
    const std::vector<double> expected = all_pairs(a, b, kGrid.points());
    double largest = 0.0;
    for (std::size_t i = 0; i < both.mass().size(); ++i) {
      largest = std::max(largest, std::fabs(both.mass()[i] - expected[i]));
    }
    CHECK(largest < 1e-15);
    CHECK(std::fabs(total(both) - 1.0) < 1e-12);
    CHECK(both.mean_s() == Approx(a.mean_s() + b.mean_s()).epsilon(1e-12));
    CHECK(both.tail() == Approx(1.0 - std::accumulate(expected.begin(), expected.end(), 0.0)).epsilon(1e-9));
  }
}

TEST_CASE("exponentials add up to Erlang's distribution") {
  const double mean_s = 0.004;
  DelayDistribution delay = exponential_delay(mean_s, kGrid);
  for (int k = 2; k <= 5; ++k) delay = sum(delay, exponential_delay(mean_s, kGrid));
  for (const double x_s : {0.005, 0.01, 0.02, 0.04, 0.06}) {
    CAPTURE(x_s);
    // A cdf on the grid counts what lies at its own point: half a step later than the density's.
    CHECK(delay.cdf(x_s) == Approx(erlang_cdf(5, 1.0 / mean_s, x_s + 25e-6)).margin(2e-5));
  }
  CHECK(delay.exceeding(0.1) == Approx(1.0 - erlang_cdf(5, 1.0 / mean_s, 0.1 + 25e-6)).epsilon(0.002));
  CHECK(delay.mean_s() == Approx(5.0 * mean_s).epsilon(1e-12));
  CHECK(delay.variance_within_s2() == Approx(5.0 * mean_s * mean_s).epsilon(1e-4));
}

TEST_CASE("two even delays add up to a triangle") {
  const DelayDistribution both = sum(uniform_delay(0.0, 0.02, kGrid), uniform_delay(0.0, 0.02, kGrid));
  const auto triangle = [](double x) { return x < 1.0 ? x * x / 2.0 : 1.0 - (2.0 - x) * (2.0 - x) / 2.0; };
  for (double x = 0.1; x < 2.0; x += 0.1) {
    CAPTURE(x);
    CHECK(both.cdf(x * 0.02) == Approx(triangle(x + 25e-6 / 0.02)).margin(1e-5));
  }
  CHECK(both.mean_s() == Approx(0.02).epsilon(1e-13));
  CHECK(both.cdf(0.04) == Approx(1.0).epsilon(1e-13));
}

TEST_CASE("percentiles ascend and undo the cdf") {
  const DelayDistribution delay = sum(exponential_delay(0.01, kGrid), uniform_delay(0.001, 0.0203, kGrid));
  double before_s = 0.0;
  for (int i = 0; i <= 1000; ++i) {
    const double share = i / 1000.0 * (1.0 - delay.tail());
    const double here_s = delay.quantile_s(share);
    REQUIRE(here_s >= before_s);
    REQUIRE(delay.cdf(here_s) >= share - 1e-12);
    if (here_s > 0.0) REQUIRE(delay.cdf(here_s - kGrid.step_s) < share);
    before_s = here_s;
  }
  CHECK(delay.cdf(9e-4) == 0.0);
  CHECK(delay.cdf(-1.0) == 0.0);
  CHECK(delay.exceeding(-1.0) == 1.0);
}

TEST_CASE("the largest of n is the n-th power of the cdf, and keeps small probabilities") {
  const DelayDistribution one = exponential_delay(0.01, kGrid);
  const DelayDistribution largest = largest_of(one, 10);
  for (const double x_s : {0.01, 0.03, 0.05, 0.1}) {
    CHECK(largest.cdf(x_s) == Approx(std::pow(one.cdf(x_s), 10)).epsilon(1e-12));
  }
  CHECK(largest.exceeding(0.3) == Approx(10.0 * one.exceeding(0.3)).epsilon(1e-10));
  CHECK(std::fabs(total(largest) - 1.0) < 1e-12);
  // E[max of n exponentials] is the harmonic sum.
  double harmonic = 0.0;
  for (int i = 1; i <= 10; ++i) harmonic += 0.01 / i;
  CHECK(largest.mean_within_s() == Approx(harmonic).epsilon(1e-5));
  CHECK(largest_of(one, 1).mean_s() == Approx(one.mean_s()).epsilon(1e-13));
  CHECK(std::isnan(largest_of(uniform_delay(0.3, 0.5, kGrid), 2).mean_s()));
}

TEST_CASE("later by a constant, and times a factor") {
  const DelayDistribution delay = uniform_delay(0.01, 0.03, kGrid);
  CHECK(shifted(delay, 0.005).mean_s() == Approx(0.025).epsilon(1e-12));
  CHECK(shifted(delay, 0.005).quantile_s(1.0) == Approx(0.035));
  const DelayDistribution longer = scaled(delay, 2.5);
  CHECK(longer.mean_s() == Approx(0.05).epsilon(1e-12));
  CHECK(longer.cdf(0.05) == Approx(0.5).margin(2e-3));
  CHECK(scaled(delay, 20.0).tail() == Approx(0.5).margin(2e-3));
  CHECK(scaled(delay, 20.0).mean_s() == Approx(0.4).epsilon(1e-12));
}

TEST_CASE("one of several delays: their masses by their probabilities") {
  const std::vector<WeightedDelay> parts = {{0.9, constant_delay(0.01, kGrid)}, {0.1, constant_delay(1.0, kGrid)}};
  const DelayDistribution mixed = mixture(parts);
  CHECK(mixed.tail() == Approx(0.1));
  CHECK(mixed.mean_s() == Approx(0.109));
  CHECK(mixed.cdf(0.01) == Approx(0.9));
  const std::vector<WeightedDelay> short_of_one = {{0.9, constant_delay(0.01, kGrid)}};
  CHECK_THROWS_AS(mixture(short_of_one), InputError);
}

TEST_CASE("samples and quantiles") {
  const std::vector<double> samples_s = {0.01, 0.02, 0.02, 0.5};
  const DelayDistribution sampled = delay_of_samples(samples_s, kGrid);
  CHECK(sampled.cdf(0.01) == Approx(0.25));
  CHECK(sampled.cdf(0.3) == Approx(0.75));
  CHECK(sampled.tail() == Approx(0.25));
  CHECK(sampled.mean_s() == Approx(0.1375));
  const std::vector<DelayQuantile> open = {{0.05, 0.013}, {0.5, 0.016}, {0.99, 0.027}};
  const DelayDistribution of_open = delay_of_quantiles(open, kGrid);
  CHECK(of_open.cdf(0.013) == Approx(0.05).margin(0.004));
  CHECK(of_open.quantile_s(0.5) == Approx(0.016).margin(50e-6));
  CHECK(of_open.tail() == Approx(0.01));
  CHECK(std::isnan(of_open.mean_s()));
  CHECK(std::isinf(of_open.quantile_s(0.995)));
}

TEST_CASE("pieces without a grid have exact mean, cdf and quantiles") {
  const std::vector<DelayPiece> pieces = {{0.0, 1.0, 0.25}, {1.0, 1.0, 0.25}, {2.0, 4.0, 0.5}};
  CHECK(mean_s(pieces) == Approx(0.125 + 0.25 + 1.5));
  CHECK(cdf(pieces, 0.5) == Approx(0.125));
  CHECK(cdf(pieces, 1.0) == Approx(0.5));
  CHECK(cdf(pieces, 3.0) == Approx(0.75));
  CHECK(quantile_s(pieces, 0.125) == Approx(0.5));
  CHECK(quantile_s(pieces, 0.4) == Approx(1.0));
  CHECK(quantile_s(pieces, 0.75) == Approx(3.0));
  CHECK(quantile_s(pieces, 1.0) == Approx(4.0));
  CHECK(largest_s(pieces) == 4.0);
}

TEST_CASE("what is no delay is refused, with its key and what is legal") {
  CHECK_THROWS_AS(constant_delay(-1e-3, kGrid), InputError);
  CHECK_THROWS_AS(constant_delay(std::numeric_limits<double>::quiet_NaN(), kGrid), InputError);
  CHECK_THROWS_AS(exponential_delay(0.0, kGrid), InputError);
  CHECK_THROWS_AS(uniform_delay(0.02, 0.01, kGrid), InputError);
  CHECK_THROWS_AS(delay_of_samples({}, kGrid), InputError);
  CHECK_THROWS_AS(constant_delay(0.1, DelayGrid{.step_s = 0.0}), InputError);
  CHECK_THROWS_AS(constant_delay(0.1, DelayGrid{.step_s = 1e-9, .horizon_s = 1.0}), InputError);
  CHECK_THROWS_AS(largest_of(constant_delay(0.1, kGrid), 0), InputError);
  CHECK_THROWS_AS(sum(constant_delay(0.1, kGrid), constant_delay(0.1, DelayGrid{})), InternalError);
  const std::vector<DelayQuantile> falling = {{0.5, 0.02}, {0.9, 0.01}};
  CHECK_THROWS_AS(delay_of_quantiles(falling, kGrid), InputError);
}
