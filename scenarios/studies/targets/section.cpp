// The plan against its targets: table, curves over the years, places that would close a gap.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "scenarios/report/html.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/targets/phrases.hpp"
#include "scenarios/studies/targets/target_words.hpp"
#include "scenarios/studies/targets/targets_study.hpp"
#include "scenarios/studies/targets/year_curves_svg.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kShownPlaces = 10;  // of people, and of roads

std::string name_of(const ReportContext& context, const Target& target) {
  return target_name(target, context.language);
}

std::string value_text(const ReportContext& context, const Target& target, double value) {
  return escape_html(target_value(target, value, context.language));
}

Cell verdict(const ReportContext& context, const TargetResult& result) {
  if (!result.actual) {
    return {.html = said(context, phrases::kNotEvaluated) + "<br><small>" +
                    said(context, phrases::kNotEvaluatedReasons[static_cast<std::size_t>(result.reason)]) +
                    "</small>"};
  }
  if (result.past && !result.met)
    return {.html = "<span style=\"color:#56635f\">" + said(context, phrases::kPastYear) + "</span>",
            .whole = true};
  const char* colour = result.met ? "#0b5f5a" : "#b3261e";
  return {.html = fmt::format("<b style=\"color:{}\">{} {}</b>", colour, result.met ? "✓" : "✗",
                              said(context, result.met ? phrases::kMet : phrases::kMissed)),
          .whole = true};
}

/// A municipality by its name; a prefecture, which has its code alone, by that of the country's.
std::string part_name(const ReportContext& context, const TargetPart& part) {
  if (!part.name.empty()) return part.code + " " + part.name;
  const std::string_view prefecture = prefecture_name(part.code, context.language);
  return prefecture.empty() ? fill(phrases::kPrefectureCode.in(context.language), {part.code})
                            : std::string(prefecture);
}

/// What to know of a target.
std::string note_of(const ReportContext& context, const Target& target) {
  for (const auto& [note, known] : phrases::kTargetNotes) {
    if (target.note == note) return said(context, known);
  }
  return user_text(target.note);
}

std::string under_actual(const ReportContext& context, const TargetResult& result) {
  std::string out;
  const auto add = [&](const std::string& html) { out += "<br><small>" + html + "</small>"; };
  if (!result.source_of_actual.empty())
    add(said(context, phrases::kSupplied,
             {result.source_of_actual == "[backhaul]" ? phrases::kFromBackhaul.in(context.language)
                                                      : std::string_view(result.source_of_actual)}));
  const auto worst =
      std::min_element(result.parts.begin(), result.parts.end(),
                       [](const TargetPart& a, const TargetPart& b) { return a.actual < b.actual; });
  if (worst != result.parts.end()) add(said(context, phrases::kWorstPart, {part_name(context, *worst)}));
  if (result.outside.whole > 0.0) add(said(context, phrases::kOutsideParts, {figure(result.outside.whole)}));
  return out;
}

std::string alone(const ReportContext& context, const TargetResult& result) {
  std::string out;
  for (const NetworkActual& network : result.networks) {
    out += (out.empty() ? "" : "<br>") + user_text(network.network) + " " +
           value_text(context, result.target, network.actual);
  }
  return out;
}

std::string target_table(const ReportContext& context, const TargetReport& report) {
  const bool operators = std::any_of(report.results.begin(), report.results.end(),
                                     [](const TargetResult& result) { return !result.networks.empty(); });
  HtmlTable table(context.language);
  table.column(phrases::kTarget).column(phrases::kFiscalYear, true).column(phrases::kRequired, true);
  table.column(phrases::kActual, true).column(phrases::kShortfall, true).column(phrases::kVerdict);
  if (operators) table.column(phrases::kOperatorsAlone, true);
  for (const TargetResult& result : report.results) {
    const Target& target = result.target;
    const std::string note = target.note.empty() ? "" : " · " + note_of(context, target);
    std::vector<Cell> cells = {
        {.html = user_text(name_of(context, target)) + "<br><small>" + user_text(target.id) + note + "</small>"},
        {.html = std::to_string(target.fiscal_year), .number = true},
        {.html = escape_html(required_value(target, context.language)), .number = true},
        {.html = result.actual ? value_text(context, target, *result.actual) + under_actual(context, result) : "–",
         .number = true},
        {.html = result.actual && !result.met
                     ? (target.unit == "%" ? said(context, phrases::kPoints, {figure(result.shortfall, 1)})
                                           : figure(result.shortfall))
                     : "–",
         .number = true},
        verdict(context, result)};
    if (operators) cells.push_back({.html = alone(context, result), .number = true});
    table.row(cells);
  }
  return table.html();
}

/// Curves of one metric and scope, with its targets and published values.
YearPlot plot_of(const ReportContext& context, const TargetOptions& options, const TargetCurve& first,
                 const TargetReport& report) {
  const std::string all_operators(phrases::kAllOperators.in(context.language));
  YearPlot plot;
  for (const TargetCurve& curve : report.curves) {
    if (curve.metric == first.metric && curve.scope == first.scope)
      plot.curves.push_back(
          {curve.network.empty() ? all_operators : curve.network, curve.points, curve.network.empty()});
  }
  for (const Target& target : options.targets) {
    if (target.metric != first.metric || target.scope != first.scope) continue;
    plot.percent = target.unit == "%";
    const auto judged = std::find_if(report.results.begin(), report.results.end(),
                                     [&](const TargetResult& result) { return result.target.id == target.id; });
    const bool past = judged != report.results.end() && judged->past;
    plot.marks.push_back({target.fiscal_year, target.value, target.kind == TargetKind::target, past,
                          fmt::format("{} {} {:g} {}", target.id, target.fiscal_year, target.value, target.unit)});
  }
  return plot;
}

std::string curve_plots(const ReportContext& context, const TargetsStudy& study) {
  const TargetReport& report = study.report;
  if (report.curves.empty()) return {};
  std::string html = "<h3>" + said(context, phrases::kTargetCurves) + "</h3>\n<div class=\"plots\">\n";
  for (const TargetResult& result : report.results) {
    const Target& target = result.target;
    const auto same = [&](const auto& other) {
      return other.metric == target.metric && other.scope == target.scope;
    };
    const auto curve = std::find_if(report.curves.begin(), report.curves.end(), same);
    const auto first = std::find_if(report.results.begin(), report.results.end(),
                                    [&](const TargetResult& other) { return same(other.target); });
    if (curve == report.curves.end() || &*first != &result) continue;
    html += "<figure><h3>" + user_text(name_of(context, target)) + "</h3>" +
            year_curves_svg(plot_of(context, *study.options, *curve, report)) + "</figure>\n";
  }
  return html + "</div>\n" + paragraph(said(context, phrases::kTargetCurvesNote));
}

std::string position(LonLat at) {
  return fmt::format("{:.4f}, {:.4f}", at.lat_deg, at.lon_deg);
}

std::string place_name(const ReportContext& context, const TargetGap& place) {
  switch (place.kind) {
    case TargetGap::Kind::mesh:
      return said(context, phrases::kPlaceMesh, {place.id});
    case TargetGap::Kind::mesh_10km:
      return said(context, phrases::kPlaceWide, {place.id});
    case TargetGap::Kind::municipality:
      return user_text(place.id + " " + place.name);
    case TargetGap::Kind::road:
      return user_text(place.name.empty() ? place.id : place.name);
  }
  return {};
}

/// A place, and the targets whose gap it would help to close.
struct OpenPlace {
  const TargetGap* gap;
  std::vector<std::string> targets{};
};

bool is_road(const TargetGap& gap) {
  return gap.kind == TargetGap::Kind::road;
}

double size_of(const TargetGap& gap) {
  return is_road(gap) ? gap.length_m : gap.people;
}

/// Every place once, however many targets miss it: people first, then roads, each the largest first.
std::vector<OpenPlace> open_places(const TargetReport& report) {
  std::vector<OpenPlace> places;
  std::map<std::tuple<TargetGap::Kind, std::string, double, double>, std::size_t> known;
  for (const TargetResult& result : report.results) {
    for (const TargetGap& gap : result.gaps) {
      const auto [at, added] = known.try_emplace({gap.kind, gap.id, gap.at.x_m, gap.at.y_m}, places.size());
      if (added) places.push_back({&gap});
      places[at->second].targets.push_back(result.target.id);
    }
  }
  std::stable_sort(places.begin(), places.end(), [](const OpenPlace& a, const OpenPlace& b) {
    return std::pair(is_road(*a.gap), -size_of(*a.gap)) < std::pair(is_road(*b.gap), -size_of(*b.gap));
  });
  return places;
}

/// The largest of people and of roads.
std::vector<OpenPlace> shown_of(const std::vector<OpenPlace>& places) {
  std::vector<OpenPlace> shown;
  std::array<std::size_t, 2> taken{};
  for (const OpenPlace& place : places) {
    std::size_t& of_kind = taken[is_road(*place.gap) ? 1 : 0];
    if (++of_kind <= kShownPlaces) shown.push_back(place);
  }
  return shown;
}

std::string municipality_of(const ReportContext& context, const TargetGap& gap) {
  if (gap.kind == TargetGap::Kind::municipality) return gap.name;
  for (const Municipality& municipality : context.input.world.boundaries.municipalities) {
    if (contains(municipality.area, gap.at)) return municipality.name;
  }
  return "–";
}

/// One table and one map for all targets.
std::string gaps_part(const ReportContext& context, const TargetReport& report) {
  const std::vector<OpenPlace> places = open_places(report);
  if (places.empty()) return {};
  const std::vector<OpenPlace> shown = shown_of(places);
  const MapDrawing drawing(context.input, context.result, context.language);
  HtmlTable table(context.language);
  table.column(phrases::kPlaceNumber, true).column(phrases::kPlace).column(phrases::kMunicipality);
  table.column(phrases::kPosition).column(phrases::kGapSize, true).column(phrases::kGapTargets);
  std::string marks;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const TargetGap& gap = *shown[i].gap;
    std::string targets;
    for (const std::string& id : shown[i].targets) targets += (targets.empty() ? "" : ", ") + user_text(id);
    const bool road = is_road(gap);
    table.row({{.html = std::to_string(i + 1), .number = true},
               {.html = place_name(context, gap)},
               words(municipality_of(context, gap)),
               {.html = position(gap.at_lonlat) + (road ? " →<br>" + position(gap.end_lonlat) : "")},
               {.html = road ? said(context, phrases::kGapKm, {figure(kKm * gap.length_m, 1)})
                             : said(context, phrases::kGapPeople, {figure(gap.people)}),
                .number = true},
               {.html = "<small>" + targets + "</small>"}});
    // The largest lie on top.
    marks.insert(
        0, drawing.numbered_mark(
               road ? Point{0.5 * (gap.at.x_m + gap.end.x_m), 0.5 * (gap.at.y_m + gap.end.y_m)} : gap.at, i + 1));
  }
  return "<h3>" + said(context, phrases::kClosing) + "</h3>\n<div class=\"beside\"><div>" + table.html() +
         paragraph(said(context, phrases::kClosingNote,
                        {figure(static_cast<double>(shown.size())), figure(static_cast<double>(places.size()))})) +
         "</div><figure>" + drawing.small_line_map(marks, phrases::kGapMap) + "<figcaption>" +
         said(context, phrases::kGapMap) + "</figcaption></figure></div>\n";
}

std::string definitions(const ReportContext& context, const TargetOptions& options) {
  static constexpr std::array kRules = {phrases::kTargetsHalf, phrases::kTargetsWeighted, phrases::kTargetsCentre,
                                        phrases::kTargetsMoreThanHalf};
  const double threshold = options.threshold_dbm.value_or(context.input.statistics.threshold_dbm);
  const double height = options.vehicle_agl_m.value_or(context.input.network.receiver.rx_agl_m);
  std::string html = said(context, kRules[static_cast<std::size_t>(options.mesh_rule)]) + " " +
                     said(context, phrases::kTargetsServed, {fmt::format("{:g}", threshold)}) + " " +
                     said(context, phrases::kTargetsRoads,
                          {fmt::format("{:g}", height), fmt::format("{:g}", options.in_car_loss_db)});
  if (context.input.world.existing.given()) {
    const bool leaves_out = options.already_served == AlreadyServed::left_out;
    html += " " + said(context, leaves_out ? phrases::kTargetsLeaveOut : phrases::kTargetsReached);
  }
  if (!options.whole_country) html += " " + said(context, phrases::kTargetsRegion);
  return paragraph(html);
}

}  // namespace

std::string TargetsStudy::overview(const ReportContext& context) const {
  const TargetsInShort found = targets_in_short(report, context.language);
  std::string html = "<div class=\"block\"><h3>" + said(context, phrases::kTargets) + "</h3>\n" +
                     fmt::format("<p><b class=\"good\">✓ {} {}</b><b class=\"bad\">✗ {} {}</b>{} {}</p>\n",
                                 said(context, phrases::kMet), found.met, said(context, phrases::kMissed),
                                 found.missed, said(context, phrases::kNotEvaluated), found.open);
  std::string items;
  for (const std::string& line : found.lines) items += "<li>" + user_text(line) + "</li>\n";
  if (!items.empty()) html += "<ul>\n" + items + "</ul>\n";
  return html + "</div>\n";
}

std::string TargetsStudy::section(const ReportContext& context) const {
  const std::string html = "<section>" + heading(context, phrases::kTargets) + definitions(context, *options) +
                           target_table(context, report) + curve_plots(context, *this);
  return html + gaps_part(context, report) + "</section>\n";
}

}  // namespace amaneku::scenarios
