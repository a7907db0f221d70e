#include "libsim/mobility/two_modems.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "libsim/mobility/random.hpp"
#include "libsim/parallel.hpp"
#include "terrain/error.hpp"

namespace amaneku::mobility {
namespace {

/// As of route_statistics: sums have one order for any number of threads.
constexpr std::uint64_t kPairBlocks = 32;

double exponential_s(Random& random, double mean) {
  return -mean * std::log1p(-random.uniform());
}

void check_given(const GivenLink& link) {
  if (!(link.availability >= 0.0 && link.availability <= 1.0)) {
    throw InputError(Fault{.message = "is outside its range",
                           .key = "availability",
                           .value = std::to_string(link.availability),
                           .legal = "0 .. 1"});
  }
  if (!(link.mean_outage_s > 0.0)) {
    throw InputError(Fault{.message = "is outside its range",
                           .key = "mean_outage_s",
                           .value = std::to_string(link.mean_outage_s),
                           .legal = "> 0 s"});
  }
}

/// One figure per drive and link.
struct LinkSums {
  double share = 0.0;
  double squares = 0.0;
  std::uint64_t with_long = 0;
};
using PairSums = std::array<LinkSums, 4>;  ///< first, second, selection, duplication

void add_outages(LinkSums& sums, std::span<const Interval> outages, double drive_s, double long_s) {
  double out_s = 0.0;
  double longest_s = 0.0;
  for (const Interval& outage : outages) {
    out_s += outage.seconds();
    longest_s = std::max(longest_s, outage.seconds());
  }
  const double share = drive_s > 0.0 ? out_s / drive_s : 0.0;
  sums.share += share;
  sums.squares += share * share;
  sums.with_long += longest_s > long_s ? 1U : 0U;
}

OutageFigures outage_figures(const LinkSums& sums, std::uint64_t runs) {
  const double n = static_cast<double>(runs);
  const double mean = sums.share / n;
  OutageFigures out{student_estimate(mean, std::max(0.0, sums.squares - n * mean * mean), n),
                    wilson_estimate(static_cast<double>(sums.with_long), n)};
  out.share.low = std::max(0.0, out.share.low);
  out.share.high = std::min(1.0, out.share.high);
  return out;
}

/// The beginning of an interval; its place as if the vehicle went evenly.
Outage outage_until(const Interval& of, double to_s) {
  const double share = of.seconds() > 0.0 ? (to_s - of.from_s) / of.seconds() : 0.0;
  return {of.from_m, of.from_m + share * (of.to_m - of.from_m), of.from_s, to_s, OutageCause::no_cell};
}

/// Makes pairs of drives; one object per thread.
class PairRunner {
 public:
  explicit PairRunner(const TwoModems& modems) : modems_(modems), first_(modems.first) {
    if (const auto* route = std::get_if<const PreparedRoute*>(&modems.second)) second_.emplace(**route);
  }

  void add_run(PairSums& sums, const RunKey& key) {
    const std::vector<Outage>& first = first_.seeded(key.seed, key.run).outages;
    std::vector<Outage> given;
    if (!second_) {
      const std::vector<Outage> chance =
          given_outages(std::get<GivenLink>(modems_.second), modems_.first.travel(), key);
      for (const Interval& of : either_out(chance, modems_.blocked)) given.push_back(outage_until(of, of.to_s));
    }
    const std::vector<Outage>& second = second_ ? second_->seeded(key.seed, key.run).outages : given;
    const Travel& travel = modems_.first.travel();
    const double drive_s = travel.end_s() - travel.start_s();
    add_outages(sums[0], either_out(first, {}), drive_s, modems_.long_s);
    add_outages(sums[1], either_out(second, {}), drive_s, modems_.long_s);
    add_outages(sums[2], selection_out(first, second, modems_.switch_s), drive_s, modems_.long_s);
    add_outages(sums[3], both_out(first, second), drive_s, modems_.long_s);
  }

 private:
  const TwoModems& modems_;
  LinkRunner first_;
  std::optional<LinkRunner> second_{};
};

void check_pair(const TwoModems& modems, const MonteCarlo& options) {
  if (options.runs < 1)
    throw InputError(Fault{.message = "is outside its range", .key = "runs", .value = "0", .legal = ">= 1"});
  if (!(modems.switch_s >= 0.0)) {
    throw InputError(Fault{.message = "is outside its range",
                           .key = "switch_s",
                           .value = std::to_string(modems.switch_s),
                           .legal = ">= 0 s"});
  }
  if (const auto* link = std::get_if<GivenLink>(&modems.second)) return check_given(*link);
  const Travel& second = std::get<const PreparedRoute*>(modems.second)->travel();
  if (second.start_s() != modems.first.travel().start_s() || second.end_s() != modems.first.travel().end_s())
    throw InputError(Fault{.message = "the second modem drives at other times than the first", .key = "law"});
}

}  // namespace

std::vector<Outage> given_outages(const GivenLink& link, const Travel& travel, const RunKey& key) {
  check_given(link);
  const auto outage = [&](double from_s, double to_s) {
    return Outage{travel.at_m(from_s), travel.at_m(to_s), from_s, to_s, OutageCause::no_cell};
  };
  if (link.availability >= 1.0) return {};
  if (link.availability <= 0.0) return {outage(travel.start_s(), travel.end_s())};
  const double mean_link_s = link.mean_outage_s * link.availability / (1.0 - link.availability);
  Random random = rng({key.seed, key.run, 0, Stream::given_link});
  // An exponential time does not age: what is left of the state of the first moment is as long as a whole one.
  bool linked = random.uniform() < link.availability;
  std::vector<Outage> out;
  for (double t_s = travel.start_s(); t_s < travel.end_s(); linked = !linked) {
    const double from_s = t_s;
    t_s = std::min(travel.end_s(), t_s + exponential_s(random, linked ? mean_link_s : link.mean_outage_s));
    if (!linked && t_s > from_s) out.push_back(outage(from_s, t_s));
  }
  return out;
}

std::vector<Interval> selection_out(std::span<const Outage> first, std::span<const Outage> second,
                                    double switch_s) {
  std::vector<Outage> switching;
  for (const Interval& of : either_out(first, {}))
    switching.push_back(outage_until(of, std::min(of.to_s, of.from_s + switch_s)));
  std::vector<Outage> neither;
  for (const Interval& of : both_out(first, second)) neither.push_back(outage_until(of, of.to_s));
  return either_out(switching, neither);
}

TwoModemStatistics two_modem_statistics(const TwoModems& modems, const MonteCarlo& options) {
  check_pair(modems, options);
  const std::uint64_t blocks = std::min(kPairBlocks, options.runs);
  std::vector<PairSums> sums(blocks);
  parallel_for(blocks, options.threads, [&](std::size_t block) {
    PairRunner runner(modems);
    for (std::uint64_t run = block * options.runs / blocks; run < (block + 1) * options.runs / blocks; ++run)
      runner.add_run(sums[block], {options.seed, run});
  });
  for (std::uint64_t block = 1; block < blocks; ++block) {
    for (std::size_t i = 0; i < sums[0].size(); ++i) {
      sums[0][i].share += sums[block][i].share;
      sums[0][i].squares += sums[block][i].squares;
      sums[0][i].with_long += sums[block][i].with_long;
    }
  }
  return {options.runs, outage_figures(sums[0][0], options.runs), outage_figures(sums[0][1], options.runs),
          outage_figures(sums[0][2], options.runs), outage_figures(sums[0][3], options.runs)};
}

}  // namespace amaneku::mobility
