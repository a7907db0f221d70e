#include "libsim/mobility/non_stand_alone.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <vector>

#include "libsim/parallel.hpp"
#include "terrain/error.hpp"

namespace amaneku::mobility {
namespace {

/// As of route_statistics: sums have one order for any number of threads.
constexpr std::uint64_t kDriveBlocks = 32;

/// What a drive is summed up to.
struct Drive {
  enum Figure : std::uint8_t { without_link, anchor_only, additions, changes, releases, failures, count };
};
using DriveFigures = std::array<double, Drive::count>;

struct DriveSums {
  DriveFigures sum{};
  DriveFigures squares{};
};

double seconds_of(std::span<const Interval> intervals) {
  return std::accumulate(intervals.begin(), intervals.end(), 0.0,
                         [](double sum_s, const Interval& of) { return sum_s + of.seconds(); });
}

DriveFigures drive_figures(const std::vector<Outage>& anchor, const LinkRun& secondary, double drive_s) {
  const double without_s = seconds_of(either_out(anchor, {}));
  const double either_s = seconds_of(either_out(anchor, secondary.outages));
  const double share = drive_s > 0.0 ? 1.0 / drive_s : 0.0;
  DriveFigures out{};
  out[Drive::without_link] = share * without_s;
  out[Drive::anchor_only] = share * (either_s - without_s);
  out[Drive::additions] = secondary.additions;
  out[Drive::changes] = static_cast<double>(secondary.handovers.size());
  out[Drive::releases] = secondary.releases;
  for (const Failure& failure : secondary.failures)
    out[Drive::failures] += failure.kind == FailureKind::command_lost ? 0.0 : 1.0;
  return out;
}

void check_network(const NonStandAlone& network, const MonteCarlo& options) {
  if (options.runs < 1)
    throw InputError(Fault{.message = "is outside its range", .key = "runs", .value = "0", .legal = ">= 1"});
  if (!network.secondary.input().addition)
    throw InputError(Fault{.message = "secondary cells need durations of their addition", .key = "addition"});
  const Travel& anchor = network.anchor.travel();
  const Travel& secondary = network.secondary.travel();
  if (anchor.start_s() != secondary.start_s() || anchor.end_s() != secondary.end_s())
    throw InputError(
        Fault{.message = "the secondary cells are passed at other times than the anchor", .key = "law"});
}

DriveSums block_sums(const NonStandAlone& network, std::uint64_t seed, std::uint64_t first, std::uint64_t last) {
  LinkRunner anchor(network.anchor);
  LinkRunner secondary(network.secondary);
  const double drive_s = network.anchor.travel().end_s() - network.anchor.travel().start_s();
  DriveSums sums;
  for (std::uint64_t run = first; run < last; ++run) {
    const std::vector<Outage>& outages = anchor.seeded(seed, run).outages;
    const DriveFigures values = drive_figures(outages, secondary.seeded(seed, run, outages), drive_s);
    for (std::size_t i = 0; i < Drive::count; ++i) {
      sums.sum[i] += values[i];
      sums.squares[i] += values[i] * values[i];
    }
  }
  return sums;
}

}  // namespace

NonStandAloneLink non_stand_alone_link(const NonStandAlone& network) {
  NonStandAloneLink out{.anchor = route_link(network.anchor)};
  out.secondary = route_link(network.secondary, out.anchor.run.outages);
  const RouteInput& input = network.secondary.input();
  const std::vector<Interval> without = either_out(out.anchor.run.outages, {});
  std::size_t next = 0;
  for (std::size_t i = 0; i < input.radio.samples; ++i) {
    const double at_s = input.law.arrive_s[i];
    while (next < without.size() && without[next].to_s <= at_s) ++next;
    if (next == without.size() || without[next].from_s > at_s) continue;
    out.secondary.server[i] = -1;
    out.secondary.sinr_db[i] = std::numeric_limits<float>::quiet_NaN();
  }
  return out;
}

NonStandAloneStatistics non_stand_alone_statistics(const NonStandAlone& network, const MonteCarlo& options) {
  check_network(network, options);
  const std::uint64_t blocks = std::min(kDriveBlocks, options.runs);
  std::vector<DriveSums> sums(blocks);
  parallel_for(blocks, options.threads, [&](std::size_t block) {
    sums[block] =
        block_sums(network, options.seed, block * options.runs / blocks, (block + 1) * options.runs / blocks);
  });
  for (std::uint64_t block = 1; block < blocks; ++block) {
    for (std::size_t i = 0; i < Drive::count; ++i) {
      sums[0].sum[i] += sums[block].sum[i];
      sums[0].squares[i] += sums[block].squares[i];
    }
  }
  const auto n = static_cast<double>(options.runs);
  const auto estimate = [&](Drive::Figure figure) {
    const double mean = sums[0].sum[figure] / n;
    return student_estimate(mean, std::max(0.0, sums[0].squares[figure] - n * mean * mean), n);
  };
  return {.runs = options.runs,
          .without_link = estimate(Drive::without_link),
          .anchor_only = estimate(Drive::anchor_only),
          .additions = estimate(Drive::additions),
          .changes = estimate(Drive::changes),
          .releases = estimate(Drive::releases),
          .failures = estimate(Drive::failures)};
}

}  // namespace amaneku::mobility
