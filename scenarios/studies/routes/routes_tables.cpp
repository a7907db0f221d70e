#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/index.hpp"
#include "scenarios/report/styles.hpp"
#include "scenarios/studies/routes/phrases.hpp"
#include "scenarios/studies/routes/routes_study.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kMilli = 1e3;
const std::string kThere = "there";
const std::string kBack = "back";

template <class Words, class Enum>
std::string word(const Words& words, Enum value) {
  return std::string(words[static_cast<std::size_t>(value)]);
}

Geometry line_between(const Course& course, std::size_t first, std::size_t last) {
  Line line;
  last = std::max(last, std::min(first + 1, course.samples() - 1));
  for (std::size_t i = first; i <= last; ++i) line.push_back(course.at[i]);
  return Geometry(std::move(line));
}

std::string cell_name(const PlanInput& input, const PlanResult& result, const RouteFinding& found, int cell) {
  return cell < 0 ? std::string{} : sector_name(input, result, found.sectors[index_of(cell)]);
}

/// Of a cell of link and statistics.
std::string link_cell_name(const PlanInput& input, const PlanResult& result, const RouteFinding& found, int cell) {
  return cell < 0 ? std::string{} : cell_name(input, result, found, found.cell_of[index_of(cell)]);
}

const WeatherFinding& worst_weather(const RouteFinding& found) {
  return *std::max_element(found.weather.begin(), found.weather.end(), [](const auto& a, const auto& b) {
    return std::pair(a.no_link_m, a.shortage_m) < std::pair(b.no_link_m, b.shortage_m);
  });
}

Table routes_table(const RoutesStudy& study) {
  Table table{
      .name = "routes",
      .meaning = "Routes, each way, with the verdict on their link",
      .index = "course",
      .columns = {text_column("id", "id of the route"),
                  text_column("name", "its name"),
                  text_column("direction", "there or back"),
                  text_column("verdict", "met, or the first thing that is not"),
                  real_column("length_km", "km", "length", 3),
                  real_column("tunnel_km", "km", "in tunnels", 3),
                  real_column("bridge_km", "km", "on bridges", 3),
                  real_column("tunnel_unknown_km", "km",
                              "of which the file does not say whether it is in a tunnel", 3),
                  real_column("drive_s", "s", "duration of a drive, stops included", 1),
                  real_column("gap_m", "m", "without a link on a clear day", 1),
                  real_column("gap_s", "s", "the same at speed", 1),
                  real_column("uplink_short_m", "m", "with a link that carries less than is sent", 1),
                  real_column("downlink_short_m", "m", "with a link that carries less than is received", 1),
                  real_column("outside_m", "m", "outside the plan: nothing is known", 1),
                  real_column("line_of_sight_percent", "percent",
                              "of the served way with the server's site in sight, over ground and clutter", 1),
                  integer_column("handovers", "1", "of the drive without fading"),
                  real_column("handovers_mean", "1", "per drive, of the seeded drives", 3),
                  real_column("handovers_low", "1", "95 % confidence", 3),
                  real_column("handovers_high", "1", "95 % confidence", 3),
                  real_column("failure_rate", "1", "lost links of handovers and lost links", 5),
                  real_column("failure_rate_low", "1", "95 % confidence", 5),
                  real_column("failure_rate_high", "1", "95 % confidence", 5),
                  real_column("ping_pong_rate", "1", "of the handovers", 5),
                  real_column("outage_s_per_km", "s/km", "without a link but for handovers, of the seeded drives",
                              4),
                  real_column("outage_s_per_km_low", "s/km", "95 % confidence", 4),
                  real_column("outage_s_per_km_high", "s/km", "95 % confidence", 4),
                  real_column("interruption_p50_ms", "ms", "of handovers", 1),
                  real_column("interruption_p99_ms", "ms", "of handovers", 1),
                  real_column("latency_p50_ms", "ms", "of the service's loop, where there is a link", 1),
                  real_column("latency_p95_ms", "ms", "the same", 1),
                  real_column("latency_p99_ms", "ms", "the same; none: later than 2 s", 1),
                  real_column("reliability_percent", "percent",
                              "of the messages within the deadline; without a link they are late", 4),
                  real_column("reliability_bound_percent", "percent", "at least, 95 % confidence", 4),
                  text_column("worst_weather", "with the longest way without a link"),
                  real_column("worst_weather_gap_m", "m", "without a link then", 1)},
      .styles = {"",
                 categorised_qml(SymbolKind::line, "verdict",
                                 {{"met", "met", {0, 158, 115}},
                                  {"no_link", "no link", {179, 38, 30}},
                                  {"uplink", "too little uplink", {213, 94, 0}},
                                  {"latency", "too late", {204, 121, 167}}},
                                 1.0),
                 ""},
      .outputs = {.json = "routes"}};
  for (std::size_t i = 0; i < study.courses.size(); ++i) {
    const RouteCourse& course = study.courses[i];
    const RouteFinding& found = study.report.routes[i];
    const mobility::RouteStatistics& drives = found.statistics;
    const auto ms = [&](double EndToEndResult::*member) {
      return found.latency ? finite(kMilli * (*found.latency).*member) : Attribute{};
    };
    const WeatherFinding& worst = worst_weather(found);
    table.add(line_between(course.course, 0, course.course.samples() - 1),
              {course.id,
               course.name,
               course.back ? kBack : kThere,
               word(kVerdicts, found.verdict),
               1e-3 * course.course.length_m(),
               1e-3 * course.course.metres_of(WayKind::tunnel),
               1e-3 * course.course.metres_of(WayKind::bridge),
               1e-3 * course.course.tunnel_unknown_m(),
               found.law.depart_s.back() - found.law.arrive_s.front(),
               found.metres(Shortage::no_link),
               found.time_s(Shortage::no_link),
               found.metres(Shortage::uplink),
               found.metres(Shortage::downlink),
               found.metres(Shortage::outside),
               finite(100.0 * found.in_sight_share()),
               count(found.link.run.handovers.size()),
               finite(drives.handovers.value),
               finite(drives.handovers.low),
               finite(drives.handovers.high),
               finite(drives.failure_rate.value),
               finite(drives.failure_rate.low),
               finite(drives.failure_rate.high),
               finite(drives.ping_pong_rate.value),
               finite(drives.outage_s_per_km.value),
               finite(drives.outage_s_per_km.low),
               finite(drives.outage_s_per_km.high),
               finite(kMilli * drives.interruption.p50_s),
               finite(kMilli * drives.interruption.p99_s),
               ms(&EndToEndResult::p50_s),
               ms(&EndToEndResult::p95_s),
               ms(&EndToEndResult::p99_s),
               finite(100.0 * found.in_time()),
               found.latency && found.latency->within_deadline_bound
                   ? finite(100.0 * found.link_share * *found.latency->within_deadline_bound)
                   : Attribute{},
               worst.id,
               worst.no_link_m});
  }
  return table;
}

Table gaps_table(const RoutesStudy& study) {
  Table table{
      .name = "route_gaps",
      .meaning = "Where a route has no link, or too little of it, on a clear day",
      .index = "gap",
      .columns = {text_column("id", "id of the route"), text_column("direction", "there or back"),
                  text_column("shortage", "outside, no_link, uplink or downlink"),
                  real_column("from_m", "m", "along the course", 1),
                  real_column("to_m", "m", "along the course", 1),
                  real_column("no_link_m", "m", "of it without a link", 1),
                  real_column("duration_s", "s", "at speed, stops included", 1),
                  flag_column("in_tunnel", "1: in a tunnel, all or in part"),
                  real_column("worst_rsrp_dbm", "dBm", "weakest power of the server; none: nothing is received",
                              1),
                  real_column("worst_ul_mbps", "Mbit/s", "least uplink", 2),
                  text_column("mend_site", "candidate site that closes most of it; empty: none closes any"),
                  real_column("mend_m", "m", "that it closes", 1)},
      .styles = {"",
                 categorised_qml(SymbolKind::line, "shortage",
                                 {{"no_link", "no link", {179, 38, 30}},
                                  {"uplink", "too little uplink", {213, 94, 0}},
                                  {"downlink", "too little downlink", {230, 159, 0}},
                                  {"outside", "outside the plan", {120, 120, 120}}},
                                 1.6),
                 ""},
      .outputs = {.json = "route_gaps"}};
  for (std::size_t i = 0; i < study.courses.size(); ++i) {
    const RouteCourse& course = study.courses[i];
    const RouteFinding& found = study.report.routes[i];
    for (std::size_t g = 0; g < found.gaps.size(); ++g) {
      const CourseGap& gap = found.gaps[g];
      const GapMend& mend = found.mends[g];
      table.add(line_between(course.course, gap.first, gap.last),
                {course.id, course.back ? kBack : kThere, word(kShortages, gap.shortage), gap.from_m, gap.to_m,
                 gap.no_link_m, gap.seconds, amaneku::flag(gap.in_tunnel),
                 finite(static_cast<double>(gap.worst_rsrp_dbm)), finite(static_cast<double>(gap.worst_ul_mbps)),
                 mend.site_id, mend.closed_m});
    }
  }
  return table;
}

Table handovers_table(const RoutesStudy& study, const PlanInput& input, const PlanResult& result) {
  Table table{.name = "handovers",
              .meaning = "Handovers of the drive without fading",
              .index = "handover",
              .columns = {text_column("id", "id of the route"), text_column("direction", "there or back"),
                          real_column("at_m", "m", "along the course, where the command came", 1),
                          real_column("time_s", "s", "since the start of the drive", 2),
                          text_column("from_cell", "site / sector"), text_column("to_cell", "site / sector"),
                          text_column("kind", "intra_frequency or inter_frequency"),
                          real_column("preparation_ms", "ms", "from the report to the command", 1),
                          real_column("execution_ms", "ms", "from the command to the access", 1),
                          real_column("interruption_ms", "ms", "from the command to the link", 1),
                          flag_column("ping_pong", "1: back in the cell that it had just left")},
              .styles = {single_symbol_qml(SymbolKind::marker, {204, 121, 167}, 3.0), "", ""}};
  for (std::size_t i = 0; i < study.courses.size(); ++i) {
    const RouteCourse& course = study.courses[i];
    const RouteFinding& found = study.report.routes[i];
    for (const mobility::Handover& of : found.link.run.handovers) {
      const auto sample = static_cast<std::size_t>(std::lround(of.at_m / course.course.step_m));
      table.add(Geometry(course.course.at[std::min(sample, course.course.samples() - 1)]),
                {course.id, course.back ? kBack : kThere, of.at_m, of.t_s,
                 link_cell_name(input, result, found, of.from), link_cell_name(input, result, found, of.to),
                 word(mobility::kHandoverKinds, of.kind), kMilli * of.preparation_s, kMilli * of.execution_s,
                 kMilli * of.interruption_s, amaneku::flag(of.ping_pong)});
    }
  }
  return table;
}

/// Samples are thinned to this distance in tables; the weakest stands for those around it.
constexpr double kProfileStep_m = 10.0;

Table profile_table(const RoutesStudy& study, const PlanInput& input, const PlanResult& result) {
  Table table{
      .name = "route_profile",
      .meaning = "What a vehicle gets along its route on a clear day, the weakest sample of every 10 m",
      .index = "place",
      .columns = {text_column("id", "id of the route"), text_column("direction", "there or back"),
                  real_column("at_m", "m", "along the course", 1),
                  real_column("time_s", "s", "since the start of the drive", 1),
                  text_column("way", "open, tunnel or bridge"), text_column("server", "site / sector"),
                  real_column("rsrp_dbm", "dBm", "received power of the server", 1),
                  real_column("sinr_db", "dB", "of the server", 1),
                  real_column("dl_mbps", "Mbit/s", "downlink that other traffic leaves", 2),
                  real_column("ul_mbps", "Mbit/s", "uplink that other traffic leaves", 2),
                  flag_column("line_of_sight", "1: the server's site is in sight, over ground and clutter"),
                  text_column("shortage", "none, outside, no_link, uplink or downlink"),
                  real_column("without_link_share", "1", "of the seeded drives that have no link here", 4)},
      .styles = {graduated_qml(SymbolKind::marker, "rsrp_dbm", {-160, -120, -110, -100, -90, -30},
                               {{179, 38, 30}, {213, 94, 0}, {230, 159, 0}, {86, 180, 233}, {0, 114, 178}}),
                 "", ""}};
  static const std::array<std::string, 3> kWays = {"open", "tunnel", "bridge"};
  for (std::size_t r = 0; r < study.courses.size(); ++r) {
    const RouteCourse& route = study.courses[r];
    const Course& course = route.course;
    const RouteFinding& found = study.report.routes[r];
    const auto every = static_cast<std::size_t>(std::max(1.0, std::round(kProfileStep_m / course.step_m)));
    std::size_t stretch = 0;
    for (std::size_t from = 0; from < course.samples(); from += every) {
      std::size_t weakest = from;
      const auto strength = [&](std::size_t i) {
        return std::tuple(found.shortage[i] == Shortage::none, found.service[i].cell >= 0,
                          found.service[i].ul_mbps);
      };
      for (std::size_t i = from; i < std::min(from + every, course.samples()); ++i) {
        if (strength(i) < strength(weakest)) weakest = i;
      }
      while (stretch + 1 < course.stretches.size() && course.stretches[stretch].last < weakest) ++stretch;
      const SampleService& here = found.service[weakest];
      table.add(Geometry(course.at[weakest]),
                {route.id, route.back ? kBack : kThere, course.step_m * static_cast<double>(weakest),
                 found.law.arrive_s[weakest], word(kWays, course.stretches[stretch].kind),
                 cell_name(input, result, found, here.cell), finite(static_cast<double>(here.rsrp_dbm)),
                 finite(static_cast<double>(here.sinr_db)), static_cast<double>(here.dl_mbps),
                 static_cast<double>(here.ul_mbps), here.cell < 0 ? Attribute{} : amaneku::flag(here.in_sight),
                 word(kShortages, found.shortage[weakest]),
                 found.statistics.share_without_link.empty()
                     ? Attribute{}
                     : finite(static_cast<double>(found.statistics.share_without_link[weakest]))});
    }
  }
  return table;
}

Table intersections_table(const RoutesStudy& study) {
  Table table{
      .name = "route_intersections",
      .meaning = "Intersections on every approach",
      .index = "approach",
      .columns = {text_column("id", "id of the route"), text_column("direction", "there or back"),
                  text_column("name", "of the intersection"), real_column("at_m", "m", "along the course", 1),
                  flag_column("served", "1: as needed all along the approach"),
                  real_column("worst_rsrp_dbm", "dBm", "on the approach", 1),
                  real_column("worst_sinr_db", "dB", "on the approach", 1),
                  real_column("worst_ul_mbps", "Mbit/s", "on the approach", 2),
                  real_column("link_percent", "percent", "of the seeded drives with a link at its worst place",
                              2)},
      .outputs = {.json = "route_intersections"}};
  for (std::size_t i = 0; i < study.courses.size(); ++i) {
    const RouteCourse& course = study.courses[i];
    for (const IntersectionFinding& of : study.report.routes[i].intersections) {
      const auto sample = static_cast<std::size_t>(std::lround(of.at_m / course.course.step_m));
      table.add(Geometry(course.course.at[std::min(sample, course.course.samples() - 1)]),
                {course.id, course.back ? kBack : kThere, of.name, of.at_m, amaneku::flag(of.served),
                 finite(static_cast<double>(of.worst_rsrp_dbm)), finite(static_cast<double>(of.worst_sinr_db)),
                 finite(static_cast<double>(of.worst_ul_mbps)), of.link_percent});
    }
  }
  return table;
}

Table weather_table(const RoutesStudy& study) {
  Table table{.name = "route_weather",
              .meaning = "Routes on days of different weather",
              .columns = {text_column("id", "id of the route"), text_column("direction", "there or back"),
                          text_column("weather", "clear, or as the scenario names it"),
                          real_column("gap_m", "m", "without a link", 1), real_column("gap_s", "s", "at speed", 1),
                          real_column("longest_gap_s", "s", "longest time without a link", 1),
                          real_column("short_m", "m", "with too little of a link", 1),
                          real_column("worst_rsrp_dbm", "dBm", "weakest power of a server", 1)},
              .outputs = {.json = "route_weather"}};
  for (std::size_t i = 0; i < study.courses.size(); ++i) {
    for (const WeatherFinding& of : study.report.routes[i].weather) {
      table.add({study.courses[i].id, study.courses[i].back ? kBack : kThere, of.id, of.no_link_m, of.no_link_s,
                 of.longest_gap_s, of.shortage_m, finite(static_cast<double>(of.worst_rsrp_dbm))});
    }
  }
  return table;
}

Table modems_table(const RoutesStudy& study) {
  Table table{.name = "route_modems",
              .meaning = "Routes with a second modem: each by itself, and both by selection and by duplication",
              .columns = {text_column("id", "id of the route"), text_column("direction", "there or back"),
                          text_column("modem", "first, second, selection or duplication"),
                          real_column("no_link_m", "m", "without a link on a clear day without fading", 1),
                          real_column("no_link_s", "s", "the same at speed", 1),
                          real_column("longest_gap_s", "s", "longest time without what the service needs", 1),
                          real_column("outage_percent", "percent",
                                      "of the time of the seeded drives, handovers included", 4),
                          real_column("outage_low_percent", "percent", "95 % confidence", 4),
                          real_column("outage_high_percent", "percent", "95 % confidence", 4),
                          real_column("long_outage_drives_percent", "percent",
                                      "of the seeded drives with an outage longer than routes.longest_gap_s", 2),
                          real_column("reliability_percent", "percent", "of the messages within the deadline", 4),
                          text_column("verdict",
                                      "met, or the first thing that is not; loads of cells left out of account")},
              .outputs = {.json = "route_modems"}};
  for (std::size_t i = 0; i < study.courses.size(); ++i) {
    const RouteFinding& found = study.report.routes[i];
    for (std::size_t use = 0; found.modems && use < kModemUses.size(); ++use) {
      const ModemFigures& of = (*found.modems)[use];
      table.add({study.courses[i].id, study.courses[i].back ? kBack : kThere, std::string(kModemUses[use]),
                 of.no_link_m, of.no_link_s, of.longest_gap_s, finite(100.0 * of.outages.share.value),
                 finite(100.0 * of.outages.share.low), finite(100.0 * of.outages.share.high),
                 finite(100.0 * of.outages.drives_long.value), finite(100.0 * of.in_time),
                 word(kVerdicts, of.verdict)});
    }
  }
  return table;
}

Table secondary_table(const RoutesStudy& study) {
  Table table{.name = "route_secondary",
              .meaning = "Routes in a non-stand-alone network: secondary cells beside their anchor",
              .columns = {text_column("id", "id of the route"), text_column("direction", "there or back"),
                          real_column("with_m", "m", "with a secondary cell, of the drive without fading", 1),
                          real_column("with_s", "s", "the same in time", 1),
                          integer_column("additions", "1", "of that drive"),
                          integer_column("changes", "1", "from one secondary cell to another"),
                          integer_column("releases", "1", "with a change or a loss of the anchor"),
                          real_column("without_link_percent", "percent",
                                      "of the time of the seeded drives: the anchor has no link", 4),
                          real_column("anchor_only_percent", "percent", "of that time", 4),
                          real_column("anchor_only_low_percent", "percent", "95 % confidence", 4),
                          real_column("anchor_only_high_percent", "percent", "95 % confidence", 4),
                          real_column("additions_mean", "1", "per seeded drive", 3),
                          real_column("changes_mean", "1", "per seeded drive", 3),
                          real_column("releases_mean", "1", "per seeded drive", 3),
                          real_column("failures_mean", "1", "secondary links lost, per seeded drive", 3)},
              .outputs = {.json = "route_secondary"}};
  for (std::size_t i = 0; i < study.courses.size(); ++i) {
    const std::optional<SecondaryFinding>& found = study.report.routes[i].secondary;
    if (!found) continue;
    const mobility::NonStandAloneStatistics& drives = found->drives;
    table.add({study.courses[i].id, study.courses[i].back ? kBack : kThere, found->with_m, found->with_s,
               count(found->additions), count(found->changes), count(found->releases),
               100.0 * drives.without_link.value, 100.0 * drives.anchor_only.value,
               finite(100.0 * std::max(0.0, drives.anchor_only.low)),
               finite(100.0 * std::min(1.0, drives.anchor_only.high)), drives.additions.value,
               drives.changes.value, drives.releases.value, drives.failures.value});
  }
  return table;
}

Table cells_table(const RoutesStudy& study, const PlanInput& input, const PlanResult& result) {
  Table table{
      .name = "route_cells",
      .meaning = "What the vehicles of all routes ask of the cells",
      .columns = {text_column("cell", "site / sector"), integer_column("most_vehicles", "1", "at one time"),
                  real_column("most_ul_mbps", "Mbit/s", "that they send at the busiest second", 2),
                  real_column("most_share", "1", "of the uplink that they take then", 4),
                  real_column("other_share", "1", "that the other traffic takes", 4),
                  real_column("overload_s", "s", "of a day, vehicles and other traffic together", 0)},
      .outputs = {.json = "route_cells"}};
  for (const MovingCell& cell : study.report.load.cells) {
    table.add({sector_name(input, result, cell.sector), std::int64_t{cell.most_vehicles}, cell.most_ul_mbps,
               cell.most_share, cell.other_share, cell.overload_s});
  }
  return table;
}

Table latency_table(const RoutesStudy& study) {
  Table table{.name = "route_latency",
              .meaning = "Latency from the scene to the operator's screen, part by part",
              .columns = {text_column("id", "id of the route"), text_column("direction", "there or back"),
                          text_column("part", "part of the way"),
                          real_column("mean_ms", "ms", "mean of what arrives within 2 s", 2),
                          real_column("arrives_percent", "percent", "that does", 4),
                          real_column("p99_ms", "ms", "of the part by itself; these do not add up", 2),
                          text_column("source", "where its figures are from"),
                          flag_column("verified", "0: an assumption")},
              .outputs = {.json = "route_latency"}};
  for (std::size_t i = 0; i < study.courses.size(); ++i) {
    const RouteFinding& found = study.report.routes[i];
    if (!found.latency) continue;
    for (const PartFigures& part : found.latency->parts) {
      table.add({study.courses[i].id, study.courses[i].back ? kBack : kThere, part.name,
                 finite(kMilli * part.mean_within_s), finite(100.0 * part.arrives), finite(kMilli * part.p99_s),
                 part.source, amaneku::flag(part.verified)});
    }
  }
  return table;
}

}  // namespace

std::vector<Table> RoutesStudy::tables(const PlanInput& input, const PlanResult& result) const {
  std::vector<Table> out = {routes_table(*this),
                            gaps_table(*this),
                            handovers_table(*this, input, result),
                            profile_table(*this, input, result),
                            intersections_table(*this),
                            weather_table(*this),
                            cells_table(*this, input, result),
                            latency_table(*this)};
  if (options.secondary) out.push_back(secondary_table(*this));
  if (options.second) out.push_back(modems_table(*this));
  return out;
}

/// The figures that CONTRACTS promises of all routes together: counts are added, rates and delays are those of the
/// worst.
void RoutesStudy::summarize(nlohmann::ordered_json& summary, const PlanInput& /*input*/,
                            const PlanResult& /*result*/) const {
  std::size_t handovers = 0;
  double failure_rate = 0.0;
  double ping_pong_rate = 0.0;
  double outage_s_per_km = 0.0;
  const EndToEndResult* slowest = nullptr;
  double in_time = 0.0;
  for (const RouteFinding& found : report.routes) {
    handovers += found.link.run.handovers.size();
    failure_rate = std::max(failure_rate, found.statistics.failure_rate.value);
    ping_pong_rate = std::max(ping_pong_rate, found.statistics.ping_pong_rate.value);
    outage_s_per_km = std::max(outage_s_per_km, found.statistics.outage_s_per_km.value);
    if (found.latency && (slowest == nullptr || found.in_time() < in_time)) {
      slowest = &*found.latency;
      in_time = found.in_time();
    }
  }
  summary["handover"] = {{"count", handovers},
                         {"failure_rate", failure_rate},
                         {"ping_pong_rate", ping_pong_rate},
                         {"outage_s_per_km", outage_s_per_km}};
  if (slowest == nullptr) return;
  const auto ms = [](double seconds) {
    return std::isfinite(seconds) ? nlohmann::ordered_json(kMilli * seconds) : nlohmann::ordered_json(nullptr);
  };
  summary["latency"] = {{"p50_ms", ms(slowest->p50_s)},
                        {"p95_ms", ms(slowest->p95_s)},
                        {"p99_ms", ms(slowest->p99_s)},
                        {"reliability_percent", 100.0 * in_time}};
}

std::string RoutesStudy::closing(Language language, const PlanInput& /*input*/) const {
  std::string out;
  for (std::size_t i = 0; i < courses.size(); ++i) {
    const RouteFinding& found = report.routes[i];
    const auto rounded = [](double value) { return fmt::format("{:.0f}", value); };
    const std::string name =
        courses[i].back ? fill(phrases::kWayBack.in(language), {courses[i].name}) : courses[i].name;
    out += fill(phrases::kRouteClosing.in(language),
                {name, phrases::kRouteVerdictWords[static_cast<std::size_t>(found.verdict)].in(language),
                 fmt::format("{:.1f}", 1e-3 * courses[i].course.length_m()),
                 rounded(found.metres(Shortage::no_link)), rounded(found.time_s(Shortage::no_link)),
                 rounded(found.metres(Shortage::uplink)), std::to_string(found.link.run.handovers.size())}) +
           '\n';
  }
  return out;
}

}  // namespace amaneku::scenarios
