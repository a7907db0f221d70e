// Named places: shares of each kind, and those that are not served.
#include <fmt/format.h>

#include <cmath>

#include "scenarios/named_place_list.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"
#include "scenarios/report/text_places.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kShownPlaces = 20;

std::string kind_name(const ReportContext& context, const std::string& kind) {
  for (const Phrase& phrase : text::kKnownKinds) {
    if (kind == phrase.in(Language::en)) return said(context, phrase);
  }
  return user_text(kind);
}

std::string or_dash(double value, int decimals) {
  return std::isfinite(value) ? figure(value, decimals) : "–";
}

std::string kind_table(const ReportContext& context, const PlacesReport& report) {
  Table table(context.language);
  table.column(text::kKind).column(text::kPlacesAll, true).column(text::kPlacesServed, true);
  table.column(text::kPlacesShare, true);
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
          words(text::kPlaceReasons[static_cast<std::size_t>(gets.state)], context.language),
          {.html = or_dash(gets.rsrp_dbm, 1) + ", " + or_dash(gets.margin_db, 1), .number = true},
          {.html = fmt::format("{} / {} ({:g} / {:g})", or_dash(gets.dl_mbps, 1), or_dash(gets.ul_mbps, 1),
                               place.need.dl_mbps, place.need.ul_mbps),
           .number = true},
          words(server_name(context.input, context.result, gets.server))};
}

std::string missing_table(const ReportContext& context, const PlacesReport& report) {
  Table table(context.language);
  table.column(text::kPlaceColumn).column(text::kKind).column(text::kWhy).column(text::kLevelMargin, true);
  table.column(text::kGetsNeeds, true).column(text::kServedBy);
  std::size_t missing = 0;
  for (std::size_t i = 0; i < report.places.size(); ++i) {
    if (report.places[i].served() || ++missing > kShownPlaces) continue;
    table.row(place_row(context, context.input.places[i], report.places[i]));
  }
  if (missing == 0) return {};
  std::string html = "<h3>" + said(context, text::kNotServed) + "</h3>\n" + table.html();
  if (missing > kShownPlaces)
    html += paragraph(said(context, text::kMorePlaces, {figure(static_cast<double>(missing - kShownPlaces))}));
  return html;
}

}  // namespace

std::string places_section(const ReportContext& context) {
  if (!context.result.places) return {};
  const PlacesReport& report = *context.result.places;
  return "<section>" + heading(context, text::kPlaces) + paragraph(said(context, text::kPlacesNote)) +
         kind_table(context, report) + missing_table(context, report) + "</section>\n";
}

}  // namespace amaneku::scenarios
