// Existing coverage: who is served already, who is newly covered, who is left.
#include <algorithm>

#include "scenarios/output/page/sections.hpp"
#include "scenarios/report/html.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostRows = 300;

void columns(HtmlTable& table, const Phrase& what, const Phrase& whole) {
  table.column(what).column(whole, true).column(phrases::kAlreadyServed, true);
  table.column(phrases::kNewlyCovered, true).column(phrases::kNotServedStill, true);
  table.column(phrases::kNewlyPercent, true);
}

void row(HtmlTable& table, const std::string& name, const BesideExisting& of, double unit, int decimals,
         std::string_view css_class = {}) {
  table.row({{.html = name},
             number(unit * of.in_plan, decimals),
             number(unit * of.already, decimals),
             number(unit * of.newly, decimals),
             number(unit * of.left, decimals),
             percentage(of.newly, of.newly + of.left)},
            css_class);
}

std::string people_table(const ReportContext& context, const ExistingStatistics& existing) {
  const CoverageStatistics& already = existing.already;
  const CoverageStatistics& together = existing.together;
  if (!(together.population.total > 0.0)) return {};
  HtmlTable table(context.language);
  columns(table, phrases::kMunicipality, phrases::kPeopleInsidePlan);
  std::size_t rows = 0;
  for (std::size_t i = 0; i < together.municipalities.size(); ++i) {
    const MunicipalityCoverage& m = together.municipalities[i];
    if (!m.in_plan() || ++rows > kMostRows) continue;
    row(table, user_text(m.name), beside_existing(already.municipalities[i].people, m.people), 1.0, 0);
  }
  if (rows > kMostRows) {
    table.row({{.html = said(context, phrases::kMoreRows, {figure(static_cast<double>(rows - kMostRows))})}},
              "other");
  }
  for (std::size_t i = 0; i < std::min(together.focus_zones.size(), kMostRows); ++i) {
    const ZoneCoverage& zone = together.focus_zones[i];
    row(table, said(context, phrases::kFocusZone) + " " + user_text(zone.name),
        beside_existing(already.focus_zones[i].people, zone.people), 1.0, 0, "other");
  }
  row(table, said(context, phrases::kTotal), beside_existing(already.population, together.population), 1.0, 0,
      "sum");
  return table.html();
}

std::string roads_table(const ReportContext& context, const ExistingStatistics& existing) {
  if (existing.together.roads.empty()) return {};
  HtmlTable table(context.language);
  columns(table, phrases::kRoadClass, phrases::kLength);
  for (std::size_t i = 0; i < existing.together.roads.size(); ++i) {
    const RoadCoverage& road = existing.together.roads[i];
    row(table, user_text(road_class_name(road.road_class, context.language)),
        beside_existing(existing.already.roads[i], road), kKm, 1);
  }
  return "<h3>" + said(context, phrases::kRoadsBeside) + "</h3>\n" + table.html();
}

std::string sources(const ReportContext& context) {
  std::string out;
  for (const ExistingCoveragePart& part : context.input.world.existing.parts)
    out += (out.empty() ? "" : said(context, phrases::kComma)) + user_text(part.name);
  return out;
}

}  // namespace

std::string existing_section(const ReportContext& context) {
  if (!context.result.existing) return {};
  const ExistingStatistics& existing = *context.result.existing;
  const BesideExisting area = beside_existing(existing.already.area, existing.together.area);
  return "<section>" + heading(context, phrases::kExistingCoverage) +
         paragraph(said(context, phrases::kExistingNote) + " " +
                   said(context, phrases::kExistingArea,
                        {figure(kKm2 * area.already, 1), figure(kKm2 * area.newly, 1),
                         figure(kKm2 * area.in_plan, 1)})) +
         paragraph(said(context, phrases::kExistingFrom) + sources(context)) + people_table(context, existing) +
         roads_table(context, existing) + "</section>\n";
}

}  // namespace amaneku::scenarios
