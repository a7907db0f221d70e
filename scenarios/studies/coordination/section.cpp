// Levels at protected areas and stations of others.
#include <fmt/format.h>

#include <cmath>

#include "scenarios/report/html.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/coordination/coordination_study.hpp"
#include "scenarios/studies/coordination/phrases.hpp"

namespace amaneku::scenarios {
namespace {

Cell level(double dbm) {
  return {.html = std::isfinite(dbm) ? figure(dbm, 1) : "–", .number = true};
}

Cell excess(const ProtectedPlace& place, double inside_dbm) {
  if (!place.limit_dbm || !std::isfinite(inside_dbm)) return {.html = "–", .number = true};
  const double over_db = inside_dbm - *place.limit_dbm;
  const char* colour = over_db > 0.0 ? "#b3261e" : "#0b5f5a";
  return {.html = fmt::format("<b style=\"color:{}\">{}</b>", colour, figure(over_db, 1)), .number = true};
}

}  // namespace

std::string CoordinationStudy::section(const ReportContext& context) const {
  HtmlTable table(context.language);
  table.column(phrases::kProtected).column(phrases::kProtectedHeight, true).column(phrases::kTimePercent, true);
  table.column(phrases::kAtBorder, true).column(phrases::kInside, true).column(phrases::kLimit, true);
  table.column(phrases::kExcess, true).column(phrases::kMainSector);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const ProtectedPlace& place = options->places[i];
    const CoordinationResult& found = results[i];
    std::string name = user_text(place.name);
    if (found.cells_outside > 0) {
      name += "<br><small>" +
              said(context, phrases::kPartOutside, {figure(static_cast<double>(found.cells_outside))}) +
              "</small>";
    }
    if (!found.exact) name += "<br><small>" + said(context, phrases::kFromMap) + "</small>";
    for (const CoordinationLevel& of : found.levels) {
      std::string first = &of == &found.levels.front() ? name : "";
      if (of.strongest < 0)
        first +=
            "<br><small>" + said(context, phrases::kNoLevel[static_cast<std::size_t>(of.missing)]) + "</small>";
      table.row({{.html = first},
                 number(place.rx_agl_m, 1),
                 {.html = fmt::format("{:g}", of.time_percent), .number = true},
                 level(of.border_dbm),
                 level(of.inside_dbm),
                 level(place.limit_dbm.value_or(std::nan(""))),
                 excess(place, of.inside_dbm),
                 words(sector_name(context.input, context.result, of.strongest))});
    }
  }
  return "<section>" + heading(context, phrases::kCoordination) +
         paragraph(said(context, phrases::kCoordinationNote)) + table.html() + "</section>\n";
}

}  // namespace amaneku::scenarios
