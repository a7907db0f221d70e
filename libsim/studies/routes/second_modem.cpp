#include "libsim/studies/routes/second_modem.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsim/latency/service_path.hpp"

namespace amaneku {
namespace {

constexpr double kBitsOfMegabit = 1e6;

bool linked(const SampleService& here) {
  return here.ul_mbps > 0.0F;
}

DelayDistribution given_delay(const GivenModem& modem, double bits, double mbps, DelayGrid grid) {
  if (!(mbps > 0.0)) return lost_delay(grid);
  const double fixed_s = modem.delay_s + bits / (kBitsOfMegabit * mbps);
  const DelayDistribution spread =
      modem.spread_s > 0.0 ? exponential_delay(modem.spread_s, grid) : DelayDistribution(grid);
  return shifted(spread, fixed_s);
}

/// P(T <= deadline) of a given link while it is there.
double given_in_time(const GivenModem& modem, const RouteLatencyOptions& options) {
  const NetworkPath network{
      .uplink = given_delay(modem, options.frame_bits, modem.ul_mbps, options.grid),
      .downlink = given_delay(modem, std::max(1.0, options.command_bits), modem.dl_mbps, options.grid),
      .transport = DelayDistribution(options.grid)};
  const std::vector<LatencyPart> chain =
      service_parts(options.scope, FlowDirection::uplink, network, options.video);
  return end_to_end(chain, {.deadline_s = options.deadline_s}).within_deadline;
}

class PairCheck {
 public:
  explicit PairCheck(const PairInput& input) : input_(input) {}

  [[nodiscard]] std::optional<PairInTime> in_time() const {
    if (!(input_.latency.frame_bits > 0.0)) return std::nullopt;
    PairTimes times = durations();
    const auto first = [&](bool with) { return network_in_time(input_.first, input_.second, with); };
    const auto second = [&](bool with) {
      if (input_.modem.given) return given_in_time(*input_.modem.given, input_.latency);
      return network_in_time(input_.second, input_.first, with);
    };
    times.first_with_both = first(true);
    times.first_alone = first(false);
    times.second_with_both = second(true);
    times.second_alone = second(false);
    return in_time_of_pair(times);
  }

  [[nodiscard]] ModemFigures figures(const std::vector<Shortage>& shortage,
                                     const std::vector<SampleService>& service) const {
    ModemFigures out;
    for (std::size_t i = 0; i < shortage.size(); ++i) {
      if (shortage[i] != Shortage::no_link) continue;
      out.no_link_m += input_.course.step_m;
      out.no_link_s += input_.seconds[i];
    }
    const std::vector<CourseGap> gaps = course_gaps(input_.course, service, shortage, input_.law);
    for (const CourseGap& gap : gaps) out.longest_gap_s = std::max(out.longest_gap_s, gap.seconds);
    out.verdict =
        verdict_of({.shortage = shortage, .gaps = gaps, .seconds = input_.seconds, .in_time = 1.0}, input_.rules);
    return out;
  }

 private:
  [[nodiscard]] PairTimes durations() const {
    PairTimes out;
    double since_s = 0.0;  // that the first has no link for
    for (std::size_t i = 0; i < input_.seconds.size(); ++i) {
      const bool first = linked(input_.first.service[i]);
      const bool second = linked(input_.second.service[i]);
      const double here_s = input_.seconds[i];
      out.all_s += here_s;
      if (first && second) out.both_s += here_s;
      if (first && !second) out.first_only_s += here_s;
      if (!first && second) {
        out.second_only_s += here_s;
        out.switched_s += here_s - std::clamp(input_.modem.switch_s - since_s, 0.0, here_s);
      }
      since_s = first ? 0.0 : since_s + here_s;
    }
    if (input_.modem.given) out.availability = input_.modem.given->link.availability;
    return out;
  }

  /// P(T <= deadline) of `of` where it has a link and `other` has one (`with`), or has none.
  [[nodiscard]] double network_in_time(const ModemDrive& of, const ModemDrive& other, bool with) const {
    std::vector<double> seconds(input_.seconds.size(), 0.0);
    for (std::size_t i = 0; i < seconds.size(); ++i) {
      if (linked(other.service[i]) == with) seconds[i] = input_.seconds[i];
    }
    const auto latency =
        route_latency({of.service, seconds, input_.sectors, input_.sites}, of.statistics, input_.latency);
    return latency ? latency->within_deadline : 0.0;
  }

  const PairInput& input_;
};

}  // namespace

PairInTime in_time_of_pair(const PairTimes& times) {
  if (!(times.all_s > 0.0)) return {};
  const double first_s = times.both_s * times.first_with_both + times.first_only_s * times.first_alone;
  const double by_second_only = times.availability * times.second_alone;
  return {
      .first = first_s / times.all_s,
      .second =
          (times.availability * times.both_s * times.second_with_both + by_second_only * times.second_only_s) /
          times.all_s,
      .selection = (first_s + by_second_only * times.switched_s) / times.all_s,
      .duplication =
          (first_s + times.both_s * (1.0 - times.first_with_both) * times.availability * times.second_with_both +
           by_second_only * times.second_only_s) /
          times.all_s};
}

std::vector<Shortage> better_of(std::span<const Shortage> a, std::span<const Shortage> b) {
  std::vector<Shortage> out;
  out.reserve(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    const bool enough = a[i] == Shortage::none || b[i] == Shortage::none;
    out.push_back(enough ? Shortage::none : std::max(a[i], b[i]));  // the worst come first
  }
  return out;
}

ModemDrive given_drive(const Course& course, const GivenModem& modem, const CourseNeed& need) {
  SampleService there{.cell = 0, .rsrp_dbm = kNoData, .sinr_db = kNoData};
  there.dl_mbps = static_cast<float>(modem.dl_mbps);
  there.ul_mbps = there.ul_alone_mbps = static_cast<float>(modem.ul_mbps);
  ModemDrive out;
  out.service.assign(course.samples(), there);
  for (const CourseStretch& stretch : course.stretches) {
    if (stretch.kind != WayKind::tunnel || modem.in_tunnels) continue;
    for (std::size_t i = stretch.first; i <= stretch.last; ++i)
      out.service[i] = {.rsrp_dbm = kNoData, .sinr_db = kNoData};
  }
  out.shortage = shortages(out.service, std::vector<std::uint8_t>(course.samples(), 0), need);
  return out;
}

TwoModemFindings two_modem_findings(const PairInput& input, const mobility::TwoModemStatistics& outages) {
  const PairCheck check(input);
  const std::vector<Shortage> both = better_of(input.first.shortage, input.second.shortage);
  TwoModemFindings out = {check.figures(input.first.shortage, input.first.service),
                          check.figures(input.second.shortage, input.second.service),
                          check.figures(both, input.first.service), check.figures(both, input.first.service)};
  const std::array<const mobility::OutageFigures*, 4> figures = {&outages.first, &outages.second,
                                                                 &outages.selection, &outages.duplication};
  const std::optional<PairInTime> in_time = check.in_time();
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const PairInTime shares = in_time.value_or(PairInTime{kNone, kNone, kNone, kNone});
  const std::array<double, 4> by_use = {shares.first, shares.second, shares.selection, shares.duplication};
  for (std::size_t use = 0; use < out.size(); ++use) {
    out[use].outages = *figures[use];
    out[use].in_time = by_use[use];
    const bool late = 100.0 * by_use[use] < input.rules.reliability_percent;
    if (out[use].verdict == Verdict::met && late) out[use].verdict = Verdict::latency;
  }
  return out;
}

}  // namespace amaneku
