// Levels at protected areas and stations of others.
#include <fmt/format.h>

#include <cmath>

#include "scenarios/named_place_list.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"
#include "scenarios/report/text_coordination.hpp"

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

std::string coordination_section(const ReportContext& context) {
  if (!context.result.coordination) return {};
  Table table(context.language);
  table.column(text::kProtected).column(text::kProtectedHeight, true).column(text::kTimePercent, true);
  table.column(text::kAtBorder, true).column(text::kInside, true).column(text::kLimit, true);
  table.column(text::kExcess, true).column(text::kMainSector);
  for (std::size_t i = 0; i < context.result.coordination->size(); ++i) {
    const ProtectedPlace& place = context.input.coordination->places[i];
    const CoordinationResult& found = (*context.result.coordination)[i];
    std::string name = user_text(place.name);
    if (found.cells_outside > 0) {
      name += "<br><small>" +
              said(context, text::kPartOutside, {figure(static_cast<double>(found.cells_outside))}) + "</small>";
    }
    for (const CoordinationLevel& of : found.levels) {
      table.row({{.html = &of == &found.levels.front() ? name : ""},
                 number(place.rx_agl_m, 1),
                 {.html = fmt::format("{:g}", of.time_percent), .number = true},
                 level(of.border_dbm),
                 level(of.inside_dbm),
                 level(place.limit_dbm.value_or(std::nan(""))),
                 excess(place, of.inside_dbm),
                 words(server_name(context.input, context.result, of.strongest))});
    }
  }
  return "<section>" + heading(context, text::kCoordination) + paragraph(said(context, text::kCoordinationNote)) +
         table.html() + "</section>\n";
}

}  // namespace amaneku::scenarios
