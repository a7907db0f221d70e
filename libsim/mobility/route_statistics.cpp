#include "libsim/mobility/route_statistics.hpp"

#include <algorithm>
#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "libsim/parallel.hpp"
#include "terrain/error.hpp"

namespace amaneku::mobility {
namespace {

constexpr double kConfidence = 0.95;
/// Runs are summed in as many blocks for any number of threads, so that sums have one order.
constexpr std::uint64_t kBlocks = 32;

/// Durations by their logarithm, from 0.1 ms to 10,000 s; what is beyond lies in the outer bins.
class DurationHistogram {
 public:
  void add(double duration_s) {
    const double place = kPerDecade * (std::log10(duration_s) - kLeast);
    ++counts_[static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(kBins - 1)))];
    longest_s_ = std::max(longest_s_, duration_s);
    ++all_;
  }
  void add(const DurationHistogram& other) {
    for (std::size_t i = 0; i < kBins; ++i) counts_[i] += other.counts_[i];
    longest_s_ = std::max(longest_s_, other.longest_s_);
    all_ += other.all_;
  }
  [[nodiscard]] double quantile_s(double share) const {
    if (all_ == 0) return 0.0;
    const double wanted = share * static_cast<double>(all_);
    double below = 0.0;
    std::size_t i = 0;
    while (i + 1 < kBins && below + static_cast<double>(counts_[i]) < wanted)
      below += static_cast<double>(counts_[i++]);
    const double inside = counts_[i] > 0 ? (wanted - below) / static_cast<double>(counts_[i]) : 0.0;
    return std::min(longest_s_, std::pow(10.0, kLeast + (static_cast<double>(i) + inside) / kPerDecade));
  }
  [[nodiscard]] double longest_s() const noexcept { return longest_s_; }

 private:
  static constexpr double kLeast = -4.0;
  static constexpr double kPerDecade = 200.0;
  static constexpr std::size_t kBins = 1600;
  std::array<std::uint64_t, kBins> counts_{};
  std::uint64_t all_ = 0;
  double longest_s_ = 0.0;
};

/// What a run is summed up to.
enum Figure : std::uint8_t { handovers, ping_pongs, failures, lost_commands, outage_s, interruption_s, figures };
using Figures = std::array<double, figures>;

/// Sums of all figures, of their squares and of the products that the rates need.
struct Sums {
  std::uint64_t runs = 0;
  std::uint64_t with_outage = 0;
  Figures sum{};
  std::array<Figures, figures> products{};
  DurationHistogram interruptions{};
  std::vector<std::uint32_t> without_link{};  ///< [sample] runs
  std::vector<std::uint32_t> commands{};      ///< [sample]
};

Figures figures_of(const LinkRun& run) {
  Figures out{};
  for (const Handover& handover : run.handovers) {
    out[handovers] += 1.0;
    out[ping_pongs] += handover.ping_pong ? 1.0 : 0.0;
    out[interruption_s] += handover.interruption_s;
  }
  for (const Failure& failure : run.failures)
    out[failure.kind == FailureKind::command_lost ? lost_commands : failures] += 1.0;
  for (const Outage& outage : run.outages) {
    if (outage.cause != OutageCause::handover) out[outage_s] += outage.seconds();
  }
  return out;
}

void count_places(Sums& sums, const LinkRun& run, double step_m) {
  const std::size_t samples = sums.without_link.size();
  const auto sample = [&](double at_m) { return std::min(static_cast<std::size_t>(at_m / step_m), samples - 1); };
  std::size_t counted = 0;  // samples before it are counted: a run counts once
  for (const Outage& outage : run.outages) {
    for (std::size_t i = std::max(counted, sample(outage.from_m)); i <= sample(outage.to_m); ++i)
      ++sums.without_link[i];
    counted = std::max(counted, sample(outage.to_m) + 1);
  }
  for (const Handover& handover : run.handovers) ++sums.commands[sample(handover.at_m)];
}

void add_run(Sums& sums, const LinkRun& run, double step_m) {
  const Figures values = figures_of(run);
  ++sums.runs;
  if (values[outage_s] > 0.0) ++sums.with_outage;
  for (std::size_t i = 0; i < figures; ++i) {
    sums.sum[i] += values[i];
    for (std::size_t j = 0; j < figures; ++j) sums.products[i][j] += values[i] * values[j];
  }
  for (const Handover& handover : run.handovers) {
    if (handover.interruption_s > 0.0) sums.interruptions.add(handover.interruption_s);
  }
  count_places(sums, run, step_m);
}

void add_sums(Sums& to, const Sums& from) {
  to.runs += from.runs;
  to.with_outage += from.with_outage;
  for (std::size_t i = 0; i < figures; ++i) {
    to.sum[i] += from.sum[i];
    for (std::size_t j = 0; j < figures; ++j) to.products[i][j] += from.products[i][j];
  }
  to.interruptions.add(from.interruptions);
  for (std::size_t i = 0; i < to.without_link.size(); ++i) {
    to.without_link[i] += from.without_link[i];
    to.commands[i] += from.commands[i];
  }
}

/// Of linear combinations of figures.
class Moments {
 public:
  explicit Moments(const Sums& sums) : sums_(sums), n_(static_cast<double>(sums.runs)) {}
  [[nodiscard]] Estimate mean(Figure figure) const {
    const double mean = sums_.sum[figure] / n_;
    return student_estimate(mean, deviation(figure, figure), n_);
  }
  /// Sum of `part` over the sum of `whole`, which may hold `part` itself (`plus`).
  [[nodiscard]] Estimate rate(Figure part, Figure whole, bool plus) const {
    const double hits = sums_.sum[part];
    const double trials = sums_.sum[whole] + (plus ? hits : 0.0);
    if (trials <= 0.0 || n_ < 2.0) return wilson_estimate(hits, trials);
    const double rate = hits / trials;
    // Residuals part - rate x whole of the ratio; with `plus` the part is in both.
    const double a = plus ? 1.0 - rate : 1.0;
    const double squares = a * a * deviation(part, part) - 2.0 * a * rate * deviation(part, whole) +
                           rate * rate * deviation(whole, whole);
    const double variance = n_ / (n_ - 1.0) * std::max(0.0, squares) / (trials * trials);
    const double independent = variance > 0.0 ? rate * (1.0 - rate) / variance : trials;
    return wilson_estimate(rate * independent, independent);
  }

 private:
  [[nodiscard]] double deviation(Figure a, Figure b) const {
    return sums_.products[a][b] - sums_.sum[a] * sums_.sum[b] / n_;
  }
  const Sums& sums_;
  double n_;
};

Estimate scaled(const Estimate& estimate, double factor) {
  return {estimate.value * factor, estimate.low * factor, estimate.high * factor};
}

RouteStatistics statistics_of(const Sums& sums, const PreparedRoute& route) {
  const Moments moments(sums);
  const double n = static_cast<double>(sums.runs);
  RouteStatistics out{.runs = sums.runs,
                      .length_km = 1e-3 * route.input().radio.length_m(),
                      .drive_s = route.travel().end_s() - route.travel().start_s(),
                      .handovers = moments.mean(handovers),
                      .ping_pongs = moments.mean(ping_pongs),
                      .failures = moments.mean(failures),
                      .lost_commands = moments.mean(lost_commands),
                      .outage_s = moments.mean(outage_s),
                      .interruption_s = moments.mean(interruption_s),
                      .ping_pong_rate = moments.rate(ping_pongs, handovers, false),
                      .failure_rate = moments.rate(failures, handovers, true),
                      .runs_with_outage = wilson_estimate(static_cast<double>(sums.with_outage), n)};
  out.outage_s_per_km = scaled(out.outage_s, 1.0 / out.length_km);
  const DurationHistogram& histogram = sums.interruptions;
  out.interruption = {histogram.quantile_s(0.05), histogram.quantile_s(0.5), histogram.quantile_s(0.95),
                      histogram.quantile_s(0.99), histogram.longest_s()};
  for (std::size_t i = 0; i < sums.without_link.size(); ++i) {
    out.share_without_link.push_back(static_cast<float>(sums.without_link[i] / n));
    out.handovers_per_run.push_back(static_cast<float>(sums.commands[i] / n));
  }
  return out;
}

}  // namespace

Estimate student_estimate(double mean, double squares, double n) {
  if (n < 2.0) {
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    return {mean, -kInfinite, kInfinite};
  }
  const double error = std::sqrt(std::max(0.0, squares) / (n - 1.0) / n);
  const double t = boost::math::quantile(boost::math::students_t(n - 1.0), 0.5 + 0.5 * kConfidence);
  return {mean, mean - t * error, mean + t * error};
}

Estimate wilson_estimate(double hits, double trials) {
  if (trials <= 0.0) return {0.0, 0.0, 1.0};
  constexpr double kZ = 1.959963984540054;  // normal quantile of 0.975
  const double share = hits / trials;
  const double centre = share + 0.5 * kZ * kZ / trials;
  const double half = kZ * std::sqrt(share * (1.0 - share) / trials + 0.25 * kZ * kZ / (trials * trials));
  const double scale = 1.0 / (1.0 + kZ * kZ / trials);
  return {share, std::max(0.0, (centre - half) * scale), std::min(1.0, (centre + half) * scale)};
}

RouteStatistics route_statistics(const PreparedRoute& route, const MonteCarlo& options) {
  if (options.runs < 1 || options.runs > 100'000'000)
    throw InputError(Fault{.message = "is outside its range",
                           .key = "runs",
                           .value = std::to_string(options.runs),
                           .legal = "1 .. 100000000"});
  const std::uint64_t blocks = std::min(kBlocks, options.runs);
  std::vector<Sums> sums(blocks);
  const RouteRadio& radio = route.input().radio;
  parallel_for(blocks, options.threads, [&](std::size_t block) {
    sums[block].without_link.assign(radio.samples, 0);
    sums[block].commands.assign(radio.samples, 0);
    LinkRunner runner(route);
    for (std::uint64_t run = block * options.runs / blocks; run < (block + 1) * options.runs / blocks; ++run)
      add_run(sums[block], runner.seeded(options.seed, run), radio.step_m);
  });
  for (std::uint64_t block = 1; block < blocks; ++block) add_sums(sums[0], sums[block]);
  return statistics_of(sums[0], route);
}

}  // namespace amaneku::mobility
