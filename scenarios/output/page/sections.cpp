#include "scenarios/output/page/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "scenarios/output/page/first_page_phrases.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/html_table.hpp"
#include "scenarios/report/names.hpp"

namespace amaneku::scenarios {
namespace {

std::string share_card(const ReportContext& context, const Phrase& title, double part, double whole,
                       const std::string& detail) {
  const std::string value = whole > 0.0 ? escape_html(percent_figure(100.0 * part / whole)) : std::string("–");
  return card(said(context, title), value, "%", detail);
}

Cell swatch(const std::string& style, const std::string& label) {
  return {.html = fmt::format("<i class=\"swatch\" style=\"{}\"></i>{}", style, label)};
}

double computed_m2(const Legend& legend) {
  double sum = 0.0;
  for (const LegendClass& c : legend.classes) sum += c.area_m2;
  return sum;
}

std::string class_table(const ReportContext& context) {
  const Legend& legend = context.legend;
  const Cell none{.html = "–", .number = true};
  HtmlTable table(context.language);
  table.column(phrases::kRsrp).column(phrases::kArea, true).column(phrases::kShare, true);
  for (std::size_t i = 0; i < legend.classes.size(); ++i) {
    const LegendClass& c = legend.classes[i];
    if (i == 0 || c.below_threshold != legend.classes[i - 1].below_threshold) {
      table.row(
          {words(c.below_threshold ? phrases::kBelowThreshold : phrases::kCovered, context.language), {}, {}},
          "group");
    }
    std::string style = "background:" + hex_colour(c.colour);
    if (context.sea && c.below_threshold) {
      style = fmt::format("background:linear-gradient(90deg,{} 50%,{} 50%)", hex_colour(c.colour),
                          hex_colour(on_water(c.colour)));
    }
    table.row({swatch(style, class_text(context, c)),
               number(kKm2 * c.area_m2, 1),
               {.html = escape_html(percent_figure(100.0 * c.share)) + " %", .number = true}});
  }
  table.row({words(phrases::kNoData, context.language), number(kKm2 * legend.no_data_m2, 1), none}, "group");
  const bool flat = context.input.world.flat_earth;
  table.row({{.html = "<i class=\"swatch hatched\"></i>" +
                      said(context, flat ? phrases::kNotComputedFlat : phrases::kNotComputed)},
             number(kKm2 * (legend.no_data_m2 - legend.no_terrain_m2), 1),
             none});
  if (!flat) {
    table.row({swatch("background:" + hex_colour(kNoTerrainColour), said(context, phrases::kNoTerrain)),
               number(kKm2 * legend.no_terrain_m2, 1), none});
  }
  table.row({words(phrases::kTotal, context.language), number(kKm2 * (computed_m2(legend) + legend.no_data_m2), 1),
             none},
            "sum");
  return table.html();
}

std::string symbol(const std::string& drawing, const std::string& label) {
  return fmt::format(
      "<li><svg width=\"34\" height=\"18\" viewBox=\"-17 -9 34 18\" aria-hidden=\"true\">{}</svg>{}</li>\n",
      drawing, label);
}

std::string symbols(const ReportContext& context) {
  constexpr const char* kSiteMark =
      "<g class=\"site\"><path d=\"M0-4V-9M3.5 2L8 5M-3.5 2L-8 5\"/>"
      "<path class=\"top\" d=\"M0-4V-9M3.5 2L8 5M-3.5 2L-8 5\"/><circle r=\"4.2\"/></g>";
  const std::vector<Site>& sites = context.input.network.sites;
  std::string items = symbol(kSiteMark, said(context, phrases::kSite));
  if (std::any_of(sites.begin(), sites.end(), [](const Site& site) { return !site.existing; })) {
    items += symbol("<g class=\"site candidate\"><circle r=\"4.2\"/></g>", said(context, phrases::kCandidate));
  }
  if (context.sea) {
    items +=
        fmt::format("<li><i class=\"swatch\" style=\"background:{}\"></i>{}</li>\n",
                    hex_colour(on_water(context.legend.classes.back().colour)), said(context, phrases::kWater));
  }
  if (!context.input.world.boundaries.municipalities.empty()) {
    items +=
        symbol("<g class=\"borders\"><path d=\"M-16 0H16\"/></g>", said(context, phrases::kMunicipalBoundary));
  }
  std::set<RoadRank> ranks;
  for (const RoadCoverage& road : context.result.statistics.roads) ranks.insert(road_rank(road.road_class));
  for (const RoadRank rank : ranks) {
    items += symbol(fmt::format("<g class=\"roads\"><path class=\"case case{0}\" d=\"M-16 0H16\"/>"
                                "<path class=\"r{0}\" d=\"M-16 0H16\"/></g>",
                                static_cast<int>(rank)),
                    said(context, road_name(rank)));
  }
  return items;
}

}  // namespace

std::string header_section(const ReportContext& context) {
  const Provenance& provenance = context.input.provenance;
  std::string html =
      fmt::format("<header>\n<p class=\"over\">amaneku · {}</p>\n<h1>{}</h1>\n", said(context, phrases::kReport),
                  user_text(title_of(provenance, context.language)));
  const std::string& description = description_of(provenance, context.language);
  if (!description.empty()) html += paragraph(user_text(description, 4000), "lead");
  if (provenance.synthetic) {
    std::string parts;
    for (const std::string& part : provenance.synthetic_parts) {
      parts += (parts.empty() ? "" : said(context, phrases::kComma)) + synthetic_part(part, context.language);
    }
    html += fmt::format("<div class=\"synthetic\" role=\"note\"><strong>{}</strong> {}",
                        said(context, phrases::kSynthetic), said(context, phrases::kSyntheticNote));
    if (!parts.empty())
      html += fmt::format("<br>{}", user_text(fill(phrases::kSyntheticParts.in(context.language), {parts}), 2000));
    html += "</div>\n";
  }
  if (context.input.world.flat_earth) {
    html += fmt::format("<div class=\"synthetic\" role=\"note\"><strong>{}</strong> {}</div>\n",
                        said(context, phrases::kFlatEarth), said(context, phrases::kFlatEarthNote));
  }
  return html + "</header>\n";
}

std::string contents(const ReportContext& context, std::string_view page) {
  static constexpr std::string_view kHeading = "<h2 id=\"";
  std::string items;
  for (std::size_t at = page.find(kHeading); at != std::string_view::npos; at = page.find(kHeading, at)) {
    at += kHeading.size();
    const std::size_t id_end = page.find("\">", at);
    const std::size_t end = page.find("</h2>", at);
    items += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", page.substr(at, id_end - at),
                         page.substr(id_end + 2, end - id_end - 2));
  }
  return "<nav aria-label=\"" + said(context, phrases::kContents) + "\"><ul>\n" + items + "</ul></nav>\n";
}

std::string key_figures_section(const ReportContext& context) {
  const CoverageStatistics& statistics = context.result.statistics;
  std::string html = "<section class=\"cards\" aria-label=\"" + said(context, phrases::kKeyFigures) + "\">\n";
  const AreaCovered& area = statistics.area;
  html += share_card(context, phrases::kAreaCoverage, area.covered_m2, area.total_m2,
                     said(context, context.input.world.flat_earth ? phrases::kAreaOfFlat : phrases::kAreaOf,
                          {figure(kKm2 * area.covered_m2, 1), figure(kKm2 * area.total_m2, 1)}));
  double length_m = 0.0;
  double covered_m = 0.0;
  for (const RoadCoverage& road : statistics.roads) {
    length_m += road.length_m;
    covered_m += road.covered_m;
  }
  if (length_m > 0.0) {
    html += share_card(context, phrases::kRoadCoverage, covered_m, length_m,
                       said(context, phrases::kLengthOf, {figure(kKm * covered_m, 1), figure(kKm * length_m, 1)}));
  }
  const auto candidates = std::count_if(context.input.network.sites.begin(), context.input.network.sites.end(),
                                        [](const Site& site) { return !site.existing; });
  const auto existing = static_cast<long>(context.input.network.sites.size()) - candidates;
  const std::string sectors = figure(static_cast<double>(context.result.coverage.sectors.size()));
  const std::string detail = candidates > 0 ? said(context, phrases::kSectorsCandidates,
                                                   {sectors, figure(static_cast<double>(candidates))})
                                            : said(context, phrases::kSectors, {sectors});
  html += card(said(context, phrases::kSites), figure(static_cast<double>(existing)), "", detail);
  return html + "</section>\n";
}

std::string legend_section(const ReportContext& context) {
  return "<aside class=\"legend\"><h3>" + said(context, phrases::kLegend) + "</h3>\n" + class_table(context) +
         "<ul class=\"symbols\">\n" + symbols(context) + "</ul>\n" +
         paragraph(said(context, phrases::kShareNote, {figure(kKm2 * computed_m2(context.legend), 1)})) +
         "</aside>\n";
}

}  // namespace amaneku::scenarios
