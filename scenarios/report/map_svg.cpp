#include "scenarios/report/map_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "scenarios/report/html.hpp"
#include "scenarios/report/labels.hpp"
#include "scenarios/report/svg.hpp"

namespace amaneku::scenarios {
namespace {

// Room around the map for the ticks.
constexpr double kLeft = 50.0;
constexpr double kTop = 10.0;
constexpr double kRight = 14.0;
constexpr double kBottom = 24.0;

constexpr double kTolerance = 0.35;
constexpr std::size_t kLinesBytes = 900'000;
constexpr std::size_t kMostNames = 40;
constexpr std::size_t kMostSiteNames = 60;
constexpr std::size_t kMostTitles = 600;
constexpr double kNameSize = 13.0;
constexpr double kSiteNameSize = 10.0;

constexpr double kOverviewSize = 2.4;  // marks and letters of a map that is a few centimetres wide

constexpr std::array<const char*, 4> kRankClass = {"r0", "r1", "r2", "r3"};

/// A rectangle of the drawing that the scale bar or the arrow takes.
struct Panel {
  ViewPoint centre;
  double width;
  double height;
};

double scale_length_m(const MapView& view, double size) {
  return round_length(std::min(0.25 * size, 0.4) * view.width() / view.units_per_m());
}

/// `size`: of letters and marks, 1 on a map of the page's width.
Panel scale_panel(const MapView& view, double size) {
  const double width = scale_length_m(view, size) * view.units_per_m() + 52.0 * size;
  return {{10.0 + 0.5 * width, view.height() - 10.0 - 20.0 * size}, width, 40.0 * size};
}

Panel arrow_panel(const MapView& view, double size) {
  return {{view.width() - 28.0 * size, 36.0 * size}, 36.0 * size, 56.0 * size};
}

/// The end of a transform; nothing at size 1.
std::string scaled(double size) {
  return size == 1.0 ? std::string() : fmt::format(" scale({:g})", size);
}

std::string sector_ticks(const Site& site) {
  SvgPath ticks(1);
  for (const Sector& sector : site.sectors) {
    if (std::holds_alternative<IsotropicAntenna>(sector.antenna)) continue;
    const double azimuth = (sector.mounting.azimuth_deg + site.convergence_deg) * kDegToRad;
    const double east = std::sin(azimuth);
    const double south = -std::cos(azimuth);
    ticks.to(4.0 * east, 4.0 * south).to(13.0 * east, 13.0 * south).end();
  }
  return ticks.data();
}

std::string site_title(const Site& site) {
  const std::string name = site.name.empty() || site.name == site.id ? site.id : site.id + " " + site.name;
  std::string azimuths;
  for (const Sector& sector : site.sectors) {
    azimuths += fmt::format("{}{} {:g}°", azimuths.empty() ? "" : ", ", sector.id, sector.mounting.azimuth_deg);
  }
  return azimuths.empty() ? name : name + " (" + azimuths + ")";
}

/// Step of the ticks: about five over the span, and the decimals that it needs.
struct TickStep {
  double degrees;
  int decimals;
};

TickStep tick_step(double span_deg) {
  const double degrees = std::max(1e-4, round_length(std::max(span_deg, 1e-6) / 3.0));
  return {degrees, std::clamp(static_cast<int>(std::ceil(-std::log10(degrees) - 1e-9)), 0, 4)};
}

/// Where a coordinate takes the values of the ticks along one edge of the map.
struct Tick {
  double degrees;
  double position;  ///< 0..1 along the edge
};

template <class DegreesAt>
std::vector<Tick> edge_ticks(const TickStep& step, const DegreesAt& degrees_at) {
  constexpr int kSamples = 32;
  std::vector<Tick> ticks;
  double before = degrees_at(0.0);
  for (int i = 1; i <= kSamples; ++i) {
    const double after = degrees_at(static_cast<double>(i) / kSamples);
    const auto low = static_cast<long long>(std::ceil(std::min(before, after) / step.degrees));
    const auto high = static_cast<long long>(std::floor(std::max(before, after) / step.degrees));
    for (long long k = low; k <= high && after != before; ++k) {
      const double degrees = static_cast<double>(k) * step.degrees;
      ticks.push_back({degrees, (i - 1 + (degrees - before) / (after - before)) / kSamples});
    }
    before = after;
  }
  return ticks;
}

std::string degree_label(double degrees, int decimals, std::string_view hemispheres) {
  return fmt::format("{:.{}f}°{}", std::abs(degrees), decimals, degrees < 0.0 ? hemispheres[1] : hemispheres[0]);
}

}  // namespace

RoadRank road_rank(std::string_view road_class) noexcept {
  if (road_class.starts_with("expressway") || road_class.starts_with("motorway")) return RoadRank::expressway;
  if (road_class.starts_with("national") || road_class.starts_with("trunk")) return RoadRank::national;
  for (const std::string_view word : {"prefectural", "primary", "secondary"}) {
    if (road_class.starts_with(word)) return RoadRank::prefectural;
  }
  return RoadRank::local;
}

std::string_view short_name(std::string_view municipality) noexcept {
  constexpr std::string_view kCounty = "郡";
  const bool in_county = municipality.ends_with("町") || municipality.ends_with("村");
  const std::size_t county = municipality.find(kCounty);
  if (!in_county || county == std::string_view::npos || county == 0) return municipality;
  return municipality.substr(county + kCounty.size());
}

double round_length(double most) noexcept {
  const double power = std::pow(10.0, std::floor(std::log10(most)));
  for (const double digit : {5.0, 2.0}) {
    if (digit * power <= most) return digit * power;
  }
  return power;
}

MapDrawing::MapDrawing(const PlanInput& input, const PlanResult& result, Language language)
    : input_(input), result_(result), language_(language), view_(result.grid) {}

std::string MapDrawing::coverage_map(const Picture& picture, std::string_view png_base64) const {
  return frame(picture, png_base64, lines() + sites(true) + names() + scale_bar() + north_arrow(),
               phrases::kCoverageMap);
}

std::string MapDrawing::overview_map(const Picture& picture, std::string_view png_base64,
                                     const Phrase& title) const {
  LabelSpace space(view_);
  for (const Panel& panel : {scale_panel(view_, kOverviewSize), arrow_panel(view_, kOverviewSize)}) {
    (void)space.take(panel.centre, panel.width, panel.height);
  }
  std::string content = "<use href=\"#borders\"/><g class=\"sites\">";
  for (const Site& site : input_.network.sites) {
    if (site.existing && view_.holds(view_.to_view(site.at))) content += site_mark(site, kOverviewSize, false);
  }
  content += "</g><g class=\"names\">" + municipality_names(space, kOverviewSize) + "</g>" +
             scale_bar(kOverviewSize) + north_arrow(kOverviewSize);
  return bare(under(picture, png_base64) + content, title);
}

std::string MapDrawing::bare(std::string_view content, const Phrase& title) const {
  return fmt::format("<svg class=\"map\" viewBox=\"-1 -1 {:.1f} {:.1f}\" role=\"img\" aria-label=\"{}\">",
                     view_.width() + 2.0, view_.height() + 2.0, escape_html(title.in(language_))) +
         inner(content) + "</svg>";
}

std::string MapDrawing::small_line_map(std::string_view content, const Phrase& title) const {
  return bare(pale_roads() + std::string(content) + scale_bar(kOverviewSize) + north_arrow(kOverviewSize), title);
}

std::string MapDrawing::numbered_mark(Point at, std::size_t number) const {
  const ViewPoint place = view_.to_view(at);
  return fmt::format(
      "<g class=\"mark\" transform=\"translate({:.1f} {:.1f})\"><circle r=\"{:g}\"/><text "
      "y=\"{:.1f}\">{}</text></g>",
      place.x, place.y, 8.0 * kOverviewSize, 3.6 * kOverviewSize, number);
}

std::string MapDrawing::further_map(const Picture& picture, std::string_view png_base64,
                                    const Phrase& title) const {
  return frame(picture, png_base64, "<use href=\"#borders\"/>" + sites(false) + scale_bar(), title);
}

std::string MapDrawing::marked_map(const Picture& picture, std::string_view marks, const Phrase& title,
                                   bool first) const {
  const std::string below = first ? lines() : "<use href=\"#borders\"/>";
  return frame(picture, scenarios::png_base64(picture),
               below + std::string(marks) + sites(true) + names() + scale_bar() + north_arrow(), title);
}

std::string MapDrawing::line_map(std::string_view content, const Phrase& title) const {
  return framed(pale_roads() + std::string(content) + sites(true) + scale_bar(), title);
}

std::string MapDrawing::pale_roads() const {
  std::string roads;
  for (std::size_t rank = kRankClass.size(); rank-- > 0;)
    roads += fmt::format("<use class=\"{}\" href=\"#road{}\"/>", kRankClass[rank], rank);
  return "<g class=\"roads pale\" transform=\"scale(.1)\">" + roads + "</g><use href=\"#borders\"/>";
}

std::string MapDrawing::framed(std::string_view content, const Phrase& title) const {
  std::string svg = fmt::format(
      "<svg class=\"map\" viewBox=\"{:.1f} {:.1f} {:.1f} {:.1f}\" role=\"img\" aria-label=\"{}\">", -kLeft, -kTop,
      view_.width() + kLeft + kRight, view_.height() + kTop + kBottom, escape_html(title.in(language_)));
  return svg + inner(content) + ticks() + "</svg>";
}

std::string MapDrawing::inner(std::string_view content) const {
  std::string svg = fmt::format("<svg width=\"{:.2f}\" height=\"{:.2f}\">", view_.width(), view_.height());
  svg.append(content).append("</svg>");
  return svg +
         fmt::format("<rect class=\"edge\" width=\"{:.2f}\" height=\"{:.2f}\"/>", view_.width(), view_.height());
}

std::string MapDrawing::frame(const Picture& picture, std::string_view png_base64, const std::string& content,
                              const Phrase& title) const {
  return framed(under(picture, png_base64) + content, title);
}

std::string MapDrawing::under(const Picture& picture, std::string_view png_base64) const {
  const double unit = picture.grid.cell_m * view_.units_per_m();
  // Enlarged cells stay squares; fine pictures are smoothed.
  const char* rendering = unit > 2.0 ? " style=\"image-rendering:pixelated\"" : "";
  std::string inside = fmt::format(
      "<rect width=\"100%\" height=\"100%\" fill=\"url(#hatch)\"/>"
      "<image width=\"{:.3f}\" height=\"{:.3f}\" preserveAspectRatio=\"none\"{} href=\"data:image/png;base64,",
      unit * picture.grid.nx, unit * picture.grid.ny, rendering);
  return inside.append(png_base64).append("\"/>");
}

std::string MapDrawing::roads(double tolerance) const {
  std::array<std::vector<ViewLine>, kRankClass.size()> parts;
  for (const Road& road : input_.world.roads.roads) {
    auto& of_rank = parts[static_cast<std::size_t>(road_rank(road.road_class))];
    for (ViewLine& line : visible_parts(view_, road.line)) of_rank.push_back(std::move(line));
  }
  std::string svg;
  for (std::size_t rank = parts.size(); rank-- > 0;) {
    const std::string data = path_data(parts[rank], tolerance);
    if (data.empty()) continue;
    // vector-effect is not inherited by what a <use> shows: it stands on the path itself.
    svg += fmt::format(
        "<defs><path id=\"road{0}\" vector-effect=\"non-scaling-stroke\" d=\"{1}\"/></defs>"
        "<use class=\"case case{0}\" href=\"#road{0}\"/><use class=\"{2}\" href=\"#road{0}\"/>",
        rank, data, kRankClass[rank]);
  }
  return svg;
}

std::string MapDrawing::lines() const {
  std::vector<MultiPolygon> areas;
  for (const Municipality& municipality : input_.world.boundaries.municipalities)
    areas.push_back(municipality.area);
  const std::vector<ViewLine> borders = boundary_lines(view_, areas);
  std::string svg;
  double tolerance = kTolerance;
  do {
    svg = fmt::format(
        "<g class=\"roads\" transform=\"scale(.1)\">{}</g><g id=\"borders\" class=\"borders\" "
        "transform=\"scale(.1)\"><path d=\"{}\"/></g>",
        roads(tolerance), path_data(borders, tolerance));
    tolerance *= 2.0;
  } while (svg.size() > kLinesBytes);
  return svg;
}

std::string MapDrawing::sites(bool with_titles) const {
  const bool titles = with_titles && input_.network.sites.size() <= kMostTitles;
  std::string candidates;
  std::string existing;
  for (const Site& site : input_.network.sites) {
    const ViewPoint at = view_.to_view(site.at);
    if (!view_.holds(at)) continue;
    (site.existing ? existing : candidates) += site_mark(site, 1.0, titles);
  }
  return "<g class=\"sites\">" + candidates + existing + "</g>";
}

std::string MapDrawing::site_mark(const Site& site, double size, bool with_title) const {
  const ViewPoint at = view_.to_view(site.at);
  std::string mark = fmt::format("<g class=\"{}\" transform=\"translate({:.1f} {:.1f}){}\">{}",
                                 site.existing ? "site" : "site candidate", at.x, at.y, scaled(size),
                                 with_title ? svg_title(site_title(site)) : "");
  const std::string ticks = sector_ticks(site);
  if (!ticks.empty()) mark += fmt::format("<path d=\"{0}\"/><path class=\"top\" d=\"{0}\"/>", ticks);
  return mark + "<circle r=\"4.2\"/></g>";
}

std::string MapDrawing::names() const {
  LabelSpace space(view_);
  for (const Panel& panel : {scale_panel(view_, 1.0), arrow_panel(view_, 1.0)}) {
    (void)space.take(panel.centre, panel.width, panel.height);
  }
  return "<g class=\"names\">" + municipality_names(space, 1.0) + site_names(space) + "</g>";
}

std::string MapDrawing::municipality_names(LabelSpace& space, double size) const {
  const auto& municipalities = input_.world.boundaries.municipalities;
  const std::vector<LabelRoom> rooms = label_rooms(input_.world.boundaries, result_.grid);
  std::vector<std::size_t> order(rooms.size());
  std::iota(order.begin(), order.end(), 0);
  const auto people = [&](std::size_t i) {
    return i < result_.statistics.municipalities.size() ? result_.statistics.municipalities[i].people.total : 0.0;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return people(a) > people(b); });
  const double letters = kNameSize * size;
  const std::string style =
      size == 1.0 ? std::string()
                  : fmt::format(" style=\"font-size:{0:g}px;stroke-width:{1:g}px\"", letters, 3.0 * size);
  std::string svg;
  std::size_t placed = 0;
  for (const std::size_t i : order) {
    if (placed == kMostNames) break;
    if (rooms[i].clearance_m * view_.units_per_m() < 0.4 * kNameSize) continue;
    const std::string_view name = short_name(municipalities[i].name);
    const ViewPoint at = view_.to_view(rooms[i].at);
    if (!space.take(at, text_width(name) * letters + 4.0, letters + 4.0)) continue;
    svg += fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>", placed < 6 ? "n1" : "n2", at.x,
                       at.y + 0.35 * letters, style, escape_html(name));
    ++placed;
  }
  return svg;
}

std::string MapDrawing::site_names(LabelSpace& space) const {
  if (input_.network.sites.size() > kMostSiteNames) return {};
  std::string svg;
  for (const Site& site : input_.network.sites) {
    const ViewPoint at = view_.to_view(site.at);
    if (!site.existing || !view_.holds(at)) continue;
    for (const double y : {13.0, -13.0}) {
      const ViewPoint beside{at.x, at.y + y};
      if (!space.take(beside, text_width(site.id) * kSiteNameSize, kSiteNameSize)) continue;
      svg += fmt::format("<text class=\"id\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", beside.x,
                         beside.y + 0.35 * kSiteNameSize, escape_html(site.id));
      break;
    }
  }
  return svg;
}

std::string MapDrawing::ticks() const {
  const Crs crs = Crs::from_text(input_.world.crs_id);
  const Grid& grid = result_.grid;
  const auto at = [&](double east, double south) {
    return crs.to_lonlat({grid.west_m + east * (grid.east_m() - grid.west_m),
                          grid.north_m - south * (grid.north_m - grid.south_m())});
  };
  const LonLat corner = at(0.0, 1.0);
  const TickStep lon_step = tick_step(std::abs(at(1.0, 1.0).lon_deg - corner.lon_deg));
  const TickStep lat_step = tick_step(std::abs(at(0.0, 0.0).lat_deg - corner.lat_deg));
  std::string svg = "<g class=\"ticks\">";
  for (const Tick& tick : edge_ticks(lon_step, [&](double east) { return at(east, 1.0).lon_deg; })) {
    const double x = tick.position * view_.width();
    svg += fmt::format("<path d=\"M{0:.1f} {1:.1f}v5\"/><text x=\"{0:.1f}\" y=\"{2:.1f}\">{3}</text>", x,
                       view_.height(), view_.height() + 18.0, degree_label(tick.degrees, lon_step.decimals, "EW"));
  }
  for (const Tick& tick : edge_ticks(lat_step, [&](double south) { return at(0.0, south).lat_deg; })) {
    const double y = tick.position * view_.height();
    svg += fmt::format("<path d=\"M0 {0:.1f}h-5\"/><text class=\"lat\" x=\"-8\" y=\"{1:.1f}\">{2}</text>", y,
                       y + 4.0, degree_label(tick.degrees, lat_step.decimals, "NS"));
  }
  return svg + "</g>";
}

std::string MapDrawing::scale_bar(double size) const {
  const double length_m = scale_length_m(view_, size);
  const double half = 0.5 * length_m * view_.units_per_m() / size;
  const Panel panel = scale_panel(view_, size);
  const bool km = length_m >= 1000.0;
  const double shown = km ? length_m / 1000.0 : length_m;
  return fmt::format(
      "<g class=\"scale\" transform=\"translate({0:.1f} {1:.1f}){9}\"><rect class=\"panel\" width=\"{2:.1f}\" "
      "height=\"{3:.1f}\"/>"
      "<g transform=\"translate(14 22)\"><rect class=\"dark\" width=\"{4:.2f}\" height=\"6\"/>"
      "<rect class=\"light\" x=\"{4:.2f}\" width=\"{4:.2f}\" height=\"6\"/><text x=\"0\" y=\"-5\">0</text>"
      "<text class=\"mid\" x=\"{4:.2f}\" y=\"-5\">{5:g}</text><text x=\"{6:.2f}\" y=\"-5\">{7:g} "
      "{8}</text></g></g>",
      panel.centre.x - 0.5 * panel.width, panel.centre.y - 0.5 * panel.height, panel.width / size,
      panel.height / size, half, 0.5 * shown, 2.0 * half, shown, km ? "km" : "m", scaled(size));
}

std::string MapDrawing::north_arrow(double size) const {
  const Grid& grid = result_.grid;
  const Crs crs = Crs::from_text(input_.world.crs_id);
  const LonLat middle =
      crs.to_lonlat({0.5 * (grid.west_m + grid.east_m()), 0.5 * (grid.north_m + grid.south_m())});
  const Panel panel = arrow_panel(view_, size);
  return fmt::format(
      "<g class=\"north\" transform=\"translate({:.1f} {:.1f}) rotate({:.2f}){}\"><path class=\"halo\" "
      "d=\"M0-14L8 "
      "18 0 12-8 18z\"/>"
      "<path d=\"M0-14L8 18 0 12z\"/><path class=\"light\" d=\"M0-14L-8 18 0 12z\"/><text y=\"-17\">{}</text></g>",
      panel.centre.x, panel.centre.y, crs.convergence_deg(middle), scaled(size),
      escape_html(phrases::kNorth.in(language_)));
}

}  // namespace amaneku::scenarios
