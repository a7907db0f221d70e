#include "scenarios/output/page/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "scenarios/output/page/sections.hpp"
#include "scenarios/report/map_svg.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/page_style.hpp"

namespace amaneku::scenarios {
namespace {

/// Columns of the coverage picture, finest first: the first with which the page fits is taken.
constexpr std::array kPictureWidths = {1400, 1100, 850, 650, 450, 300};
constexpr int kFirstPageWidth = 480;
constexpr int kServerWidth = 760;
constexpr int kServiceWidth = 560;

// The hatching shows through where the pictures have no value.
constexpr std::string_view kPatterns =
    "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs><pattern id=\"hatch\" "
    "width=\"8\" "
    "height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"8\" height=\"8\" "
    "fill=\"#fff\"/><rect width=\"1.6\" height=\"8\" fill=\"#7f8a86\"/></pattern></defs></svg>\n";

std::string head(const ReportContext& context) {
  const bool japanese = context.language == Language::ja;
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
      "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} – {}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n<main>\n",
      japanese ? "ja" : "en", user_text(title_of(context.input.provenance, context.language)),
      said(context, phrases::kReport), kPageStyle);
}

Backdrop backdrop_at(const ReportContext& context, int width) {
  return backdrop(context.input.world.ground.ground_asl_m, picture_grid(context.result.grid, width));
}

std::string coverage_plate(const ReportContext& context, const MapDrawing& drawing, int width) {
  const Picture picture =
      coverage_picture(backdrop_at(context, width), context.result.maps.rsrp_dbm, context.legend);
  const std::string cell = fmt::format("{:g}", context.result.grid.cell_m);
  std::string note = said(
      context, context.input.world.flat_earth ? phrases::kCoverageMapFlatNote : phrases::kCoverageMapNote, {cell});
  if (width < kPictureWidths.front() && picture.grid != context.result.grid) {
    note += "<br>" + said(context, phrases::kPictureReduced, {fmt::format("{:.0f}", picture.grid.cell_m), cell});
  }
  return "<section>" + heading(context, phrases::kCoverageMap) + "<div class=\"plate\"><figure>" +
         drawing.coverage_map(picture, png_base64(picture)) + "<figcaption>" + note + "</figcaption></figure>\n" +
         legend_section(context) + "</div></section>\n";
}

std::string server_plate(const ReportContext& context, const MapDrawing& drawing, const std::vector<Rgba>& colours,
                         int width) {
  const Picture picture = server_picture(backdrop_at(context, width), context.result.maps.best_server, colours);
  return "<section>" + heading(context, phrases::kServerMap) + "<figure class=\"server\">" +
         drawing.further_map(picture, png_base64(picture), phrases::kServerMap) + "<figcaption>" +
         said(context, phrases::kServerMapNote) + "</figcaption></figure></section>\n";
}

}  // namespace

std::string report_html(const Planned& planned, Language language, std::string_view further) {
  const PlanInput& input = planned.input;
  const PlanResult& result = planned.result;
  const Legend legend = rsrp_legend(input, result);
  const std::vector<std::uint8_t> sea =
      backdrop(input.world.ground.ground_asl_m, picture_grid(result.grid, kPictureWidths.back())).sea;
  const bool has_sea = std::find(sea.begin(), sea.end(), 1) != sea.end();
  const ReportContext context{input, result, legend, language, has_sea};
  const MapDrawing drawing(input, result, language);
  const std::vector<Rgba> colours = server_colours(result, input.network.sites.size());

  const std::string top = head(context) + std::string(kPatterns) + header_section(context);
  std::string middle;
  planned.studies.each_asked([&](const auto& study) { middle += study.section(context); });
  middle += existing_section(context) + operators_section(context) + municipalities_section(context) +
            roads_section(context);
  const std::string bottom = sites_section(context, colours) + warnings_section(context) +
                             parameters_section(context) + credits_section(context) + provenance_section(context) +
                             "</main>\n</body>\n</html>\n";
  std::string page;
  for (const int width : kPictureWidths) {
    const int server_width = std::min(width, kServerWidth);
    page = first_page_section(context, planned.studies, drawing,
                              backdrop_at(context, std::min(width, kFirstPageWidth)));
    page.append(further);
    page += key_figures_section(context);
    page += coverage_plate(context, drawing, width);
    page += service_section(context, drawing, backdrop_at(context, std::min(width, kServiceWidth)));
    page += middle;
    page += server_plate(context, drawing, colours, server_width);
    page += bottom;
    page.insert(0, top + contents(context, page));
    if (page.size() <= kReportBytes) break;
  }
  return page;
}

}  // namespace amaneku::scenarios
