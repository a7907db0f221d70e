#include "libsim/studies/routes/second_modem.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsim/latency/service_path.hpp"

namespace amaneku {
namespace {

constexpr double kBitsOfMegabit = 1e6;
/// As of course_gaps(): gaps that lie no farther apart are one.
constexpr double kMerge_m = 10.0;

/// Whether messages get through.
bool linked(const SampleService& here) {
  return here.ul_mbps > 0.0F;
}

/// As of shortages().
bool has_link(const SampleService& here) {
  return here.cell >= 0 && here.ul_alone_mbps > 0.0F;
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
  explicit PairCheck(const PairInput& input)
      : input_(input), selected_(selection_of(input.first, input.second, input.seconds, input.modem.switch_s)) {}

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

  /// Shares of the time with a link.
  [[nodiscard]] PairInTime with_link() const {
    PairTimes times = durations();
    times.first_with_both = times.first_alone = times.second_with_both = times.second_alone = 1.0;
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

  [[nodiscard]] ModemFigures selection_figures() const {
    ModemFigures out;
    std::vector<double> switched_s;  // what is missing then is told by the second
    for (std::size_t i = 0; i < selected_.shortage.size(); ++i) {
      const double here_s = input_.seconds[i];
      const double switching_s = selected_.switching_s[i];
      const bool none = selected_.shortage[i] == Shortage::no_link;
      out.no_link_m += input_.course.step_m * (none ? 1.0 : here_s > 0.0 ? switching_s / here_s : 0.0);
      out.no_link_s += none ? here_s : switching_s;
      switched_s.push_back(here_s - switching_s);
    }
    const std::vector<CourseGap> gaps = selection_gaps();
    for (const CourseGap& gap : gaps) out.longest_gap_s = std::max(out.longest_gap_s, gap.seconds);
    out.verdict = verdict_of({.shortage = selected_.shortage, .gaps = gaps, .seconds = switched_s, .in_time = 1.0},
                             input_.rules);
    return out;
  }

 private:
  /// As course_gaps(), but of a sample that lasts longer than switching only that part is missing. Samples and
  /// seconds only.
  [[nodiscard]] std::vector<CourseGap> selection_gaps() const {
    std::vector<CourseGap> out;
    const std::vector<double>& arrive_s = input_.law.arrive_s;
    double between_s = 0.0;  // since the last gap, at places that lack nothing
    for (std::size_t i = 0; i < selected_.shortage.size(); ++i) {
      const double here_s = arrive_s[std::min(i + 1, arrive_s.size() - 1)] - arrive_s[i];
      const double switching_s = std::min(selected_.switching_s[i], here_s);
      const Shortage shortage = selected_.shortage[i];
      if (shortage == Shortage::none && !(switching_s > 0.0)) {
        between_s += here_s;
        continue;
      }
      const bool goes_on = !out.empty() && input_.course.step_m * static_cast<double>(i - out.back().last) <=
                                               std::max(kMerge_m, input_.course.step_m);
      if (!goes_on) out.push_back({.first = i});
      CourseGap& gap = out.back();
      gap.last = i;
      gap.seconds += (goes_on ? between_s : 0.0) + (shortage == Shortage::none ? switching_s : here_s);
      gap.no_link_s += shortage == Shortage::no_link ? here_s : switching_s;
      between_s = 0.0;
    }
    return out;
  }

  [[nodiscard]] PairTimes durations() const {
    PairTimes out;
    for (std::size_t i = 0; i < input_.seconds.size(); ++i) {
      const bool first = linked(input_.first.service[i]);
      const bool second = linked(input_.second.service[i]);
      const double here_s = input_.seconds[i];
      out.all_s += here_s;
      if (first && second) out.both_s += here_s;
      if (first && !second) out.first_only_s += here_s;
      if (!first && second) {
        out.second_only_s += here_s;
        // A first modem whose cell is full has a link: a selection stays with it.
        out.switched_s += has_link(input_.first.service[i]) ? 0.0 : here_s - selected_.switching_s[i];
      }
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
  SelectedService selected_;
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

SelectedService selection_of(const ModemDrive& first, const ModemDrive& second, std::span<const double> seconds,
                             double switch_s) {
  SelectedService out;
  double since_s = 0.0;  // that the first has no link for
  for (std::size_t i = 0; i < seconds.size(); ++i) {
    const bool lost = !has_link(first.service[i]);
    const bool second_tells = lost && first.shortage[i] != Shortage::outside;
    out.shortage.push_back(second_tells ? second.shortage[i] : first.shortage[i]);
    out.switching_s.push_back(lost ? std::clamp(switch_s - since_s, 0.0, seconds[i]) : 0.0);
    since_s = lost ? since_s + seconds[i] : 0.0;
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
                          check.figures(input.second.shortage, input.second.service), check.selection_figures(),
                          check.figures(both, input.first.service)};
  const std::array<const mobility::OutageFigures*, 4> figures = {&outages.first, &outages.second,
                                                                 &outages.selection, &outages.duplication};
  const std::optional<PairInTime> in_time = check.in_time();
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const PairInTime shares = in_time.value_or(PairInTime{kNone, kNone, kNone, kNone});
  const auto by_use = [](const PairInTime& of) {
    return std::array<double, 4>{of.first, of.second, of.selection, of.duplication};
  };
  const std::array<double, 4> in_time_of = by_use(shares);
  // Without messages nothing else counts the outages that the provider of a given link states.
  const bool by_availability = !in_time && input.modem.given;
  const std::array<double, 4> with_link = by_use(check.with_link());
  for (std::size_t use = 0; use < out.size(); ++use) {
    out[use].outages = *figures[use];
    out[use].in_time = in_time_of[use];
    if (out[use].verdict != Verdict::met) continue;
    const bool of_given = by_availability && static_cast<ModemUse>(use) != ModemUse::first;
    if (100.0 * in_time_of[use] < input.rules.reliability_percent) out[use].verdict = Verdict::latency;
    if (of_given && 100.0 * with_link[use] < input.rules.reliability_percent) out[use].verdict = Verdict::no_link;
  }
  return out;
}

}  // namespace amaneku
