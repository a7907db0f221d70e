// The section of the report on routes: verdicts, strip charts, gaps, intersections, weather, latency, load.
#include <fmt/format.h>

#include <cmath>

#include "scenarios/report/html.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/routes/phrases.hpp"
#include "scenarios/studies/routes/route_texts.hpp"
#include "scenarios/studies/routes/routes_study.hpp"
#include "scenarios/studies/routes/strip_chart.hpp"

namespace amaneku::scenarios {
namespace {

std::string with_interval(const mobility::Estimate& of, double factor, int decimals) {
  return fmt::format("{}<br><small>{}–{}</small>", figure(factor * of.value, decimals),
                     figure(factor * of.low, decimals), figure(factor * of.high, decimals));
}

std::string milliseconds(double seconds) {
  return std::isfinite(seconds) ? figure(1e3 * seconds) : std::string("∞");
}

std::string verdicts(const ReportContext& context, const RoutesStudy& study) {
  HtmlTable table(context.language);
  table.column(phrases::kRoute).column(phrases::kRouteVerdict).column(phrases::kLengthKm, true);
  table.column(phrases::kTunnelsKm, true).column(phrases::kDriveMinutes, true).column(phrases::kNoLink, true);
  table.column(phrases::kUplinkShort, true)
      .column(phrases::kHandoversOf, true)
      .column(phrases::kFailureRate, true);
  table.column(phrases::kOutagePerKm, true).column(phrases::kLatencyP99, true).column(phrases::kInTime, true);
  for (std::size_t i = 0; i < study.courses.size(); ++i) {
    const Course& course = study.courses[i].course;
    const RouteFinding& found = study.report.routes[i];
    table.row(
        {{.html = route_title(study.courses[i], context.language)},
         words(phrases::kRouteVerdictWords[static_cast<std::size_t>(found.verdict)], context.language),
         number(kKm * course.length_m(), 1),
         {.html = figure(kKm * course.metres_of(WayKind::tunnel), 1) + " / " +
                  figure(kKm * course.tunnel_unknown_m(), 1),
          .number = true},
         number((found.law.depart_s.back() - found.law.arrive_s.front()) / 60.0),
         {.html = figure(found.metres(Shortage::no_link)) + ", " + figure(found.time_s(Shortage::no_link)),
          .number = true},
         number(found.metres(Shortage::uplink)),
         {.html = with_interval(found.statistics.handovers, 1.0, 1), .number = true},
         {.html = with_interval(found.statistics.failure_rate, 100.0, 2), .number = true},
         {.html = with_interval(found.statistics.outage_s_per_km, 1.0, 2), .number = true},
         {.html = found.latency ? milliseconds(found.latency->p50_s) + " / " + milliseconds(found.latency->p99_s)
                                : std::string("–"),
          .number = true},
         {.html = found.latency ? percent_figure(100.0 * found.in_time()) : std::string("–"), .number = true}},
        found.verdict == Verdict::met ? "" : "alarm");
  }
  return table.html();
}

std::string cells(const ReportContext& context, const RoutesStudy& study) {
  if (study.report.load.cells.empty()) return {};
  HtmlTable table(context.language);
  table.column(phrases::kCell).column(phrases::kMostVehicles, true).column(phrases::kVehicleShare, true);
  table.column(phrases::kOtherShare, true).column(phrases::kOverloadS, true);
  for (const MovingCell& cell : study.report.load.cells) {
    table.row({words(sector_name(context.input, context.result, cell.sector)), number(cell.most_vehicles),
               number(100.0 * cell.most_share, 1), number(100.0 * cell.other_share, 1), number(cell.overload_s)},
              cell.overload_s > 0.0 ? "alarm" : "");
  }
  return "<h3>" + said(context, phrases::kVehicleCells) + "</h3>\n" +
         paragraph(said(context, phrases::kVehicleCellsNote,
                        {figure(study.report.load.most_vehicles), figure(study.report.load.overload_s)})) +
         table.html();
}

std::string one_course(const ReportContext& context, const RoutesStudy& study, std::size_t i) {
  const RouteCourse& route = study.courses[i];
  const RouteFinding& found = study.report.routes[i];
  std::string html = "<h3>" + route_title(route, context.language) + "</h3>\n<figure>" +
                     strip_chart(route, found, study.options.need.ul_mbps, context.language) + "</figure>\n" +
                     paragraph(said(context, phrases::kStripNote)) + gaps_html(study, i, context.language);
  if (!found.intersections.empty()) {
    html += paragraph(said(context, phrases::kApproach, {figure(study.options.approach_m)})) +
            intersections_html(found, context.language);
  }
  const std::string handovers = handovers_html(context.input, context.result, found, context.language);
  if (!handovers.empty()) {
    html += "<details><summary>" + said(context, phrases::kHandoverTable) + "</summary>\n" + handovers +
            "</details>\n";
  }
  if (found.secondary) {
    html += "<h4>" + said(context, phrases::kSecondaryCells) + "</h4>\n" +
            secondary_html(study, found, context.language);
  }
  if (found.modems) {
    html += "<h4>" + said(context, phrases::kModems) + "</h4>\n" + modems_html(study, found, context.language);
  }
  return html + weather_html(found, context.language);
}

}  // namespace

std::string RoutesStudy::section(const ReportContext& context) const {
  std::string html = "<section>" + heading(context, phrases::kRoutes);
  html += paragraph(said(
      context, phrases::kRoutesNote,
      {service_name(*this, context.language), fmt::format("{:.3g}", options.need.ul_mbps),
       fmt::format("{:.3g}", options.need.dl_mbps), fmt::format("{:g}", options.vehicle.rx_agl_m),
       fmt::format("{:g}", options.reliability_percent), fmt::format("{:g}", 1e3 * options.latency.deadline_s),
       fmt::format("{:g}", options.longest_gap_s), figure(static_cast<double>(options.runs))}));
  html += verdicts(context, *this);
  for (std::size_t i = 0; i < courses.size(); ++i) html += one_course(context, *this, i);
  // The parts are nearly the same each way: those of the course that is slowest.
  std::size_t slowest = 0;
  for (std::size_t i = 1; i < courses.size(); ++i) {
    const auto in_time = [&](std::size_t k) {
      return report.routes[k].latency ? report.routes[k].in_time() : 1.0;
    };
    if (in_time(i) < in_time(slowest)) slowest = i;
  }
  if (report.routes[slowest].latency) {
    html += "<h3>" + said(context, phrases::kLatencyParts) + ": " +
            route_title(courses[slowest], context.language) + "</h3>\n" +
            latency_html(*this, report.routes[slowest], context.language);
  }
  return html + cells(context, *this) + "</section>\n";
}

}  // namespace amaneku::scenarios
