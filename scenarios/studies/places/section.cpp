// Named places: shares of each kind, and those that are not served.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/report/html.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/places/phrases.hpp"
#include "scenarios/studies/places/places_study.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kShownPlaces = 20;

std::string kind_name(const ReportContext& context, const std::string& kind) {
  for (const auto& [word, name] : phrases::kKnownKinds) {
    if (kind == word) return said(context, name);
  }
  return user_text(kind);
}

std::string or_dash(double value, int decimals) {
  return std::isfinite(value) ? figure(value, decimals) : "–";
}

std::string kind_table(const ReportContext& context, const PlacesReport& report) {
  HtmlTable table(context.language);
  table.column(phrases::kKind).column(phrases::kPlacesAll, true).column(phrases::kPlacesServed, true);
  table.column(phrases::kPlacesShare, true);
  for (const PlaceKindShare& kind : report.kinds) {
    table.row({{.html = kind_name(context, kind.kind)},
               number(static_cast<double>(kind.all)),
               number(static_cast<double>(kind.served)),
               percentage(static_cast<double>(kind.served), static_cast<double>(kind.all))});
  }
  return table.html();
}

std::vector<Cell> place_row(const ReportContext& context, const NamedPlace& place, const PlaceResult& gets) {
  return {words(place.name),
          {.html = kind_name(context, place.kind)},
          words(phrases::kPlaceReasons[static_cast<std::size_t>(gets.state)], context.language),
          {.html = or_dash(gets.rsrp_dbm, 1) + ", " + or_dash(gets.margin_db, 1), .number = true},
          {.html = fmt::format("{} / {} ({:g} / {:g})", or_dash(gets.dl_mbps, 1), or_dash(gets.ul_mbps, 1),
                               place.need.dl_mbps, place.need.ul_mbps),
           .number = true},
          words(sector_name(context.input, context.result, gets.server))};
}

std::string missing_table(const ReportContext& context, const PlacesStudy& study) {
  HtmlTable table(context.language);
  table.column(phrases::kPlaceColumn)
      .column(phrases::kKind)
      .column(phrases::kWhy)
      .column(phrases::kLevelMargin, true);
  table.column(phrases::kGetsNeeds, true).column(phrases::kServedBy);
  std::size_t missing = 0;
  const PlacesReport& report = study.report;
  for (std::size_t i = 0; i < report.places.size(); ++i) {
    if (report.places[i].served() || ++missing > kShownPlaces) continue;
    table.row(place_row(context, study.places[i], report.places[i]));
  }
  if (missing == 0) return {};
  std::string html = "<h3>" + said(context, phrases::kNotServed) + "</h3>\n" + table.html();
  if (missing > kShownPlaces)
    html += paragraph(said(context, phrases::kMorePlaces, {figure(static_cast<double>(missing - kShownPlaces))}));
  return html;
}

}  // namespace

std::string PlacesStudy::closing(Language language, const PlanInput& /*input*/) const {
  const auto served = std::count_if(report.places.begin(), report.places.end(),
                                    [](const PlaceResult& place) { return place.served(); });
  return '\n' +
         fill(phrases::kPlacesClosing.in(language),
              {std::to_string(served), std::to_string(report.places.size())}) +
         '\n';
}

std::string PlacesStudy::section(const ReportContext& context) const {
  return "<section>" + heading(context, phrases::kPlaces) + paragraph(said(context, phrases::kPlacesNote)) +
         kind_table(context, report) + missing_table(context, *this) + "</section>\n";
}

}  // namespace amaneku::scenarios
