#include "scenarios/ask/compare/compare_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "scenarios/ask/compare/compare_files.hpp"
#include "scenarios/ask/compare/compare_phrases.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/html_table.hpp"
#include "scenarios/report/legend.hpp"
#include "scenarios/report/map_svg.hpp"
#include "scenarios/report/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr int kOneMapWidth = 1100;  // pixels: a page of several maps stays a page to mail
constexpr int kSeveralMapsWidth = 700;
constexpr int kRingRadius = 10;  // units of the drawing

const CellChangeClass& class_of(CellChange change) {
  return cell_change_classes()[static_cast<std::size_t>(change)];
}

/// The sites of a plan that is planned on, as the map draws them.
std::vector<Site> planned_sites(const ComparedPlan& plan, bool drawn_as_planned) {
  const StoredTable& sites = plan.table("sites");
  const StoredTable& sectors = plan.table("sectors");
  std::multimap<std::string, std::size_t> of_site;
  for (std::size_t s = 0; s < sectors.rows; ++s) {
    if (sectors.text("antenna", s) != "isotropic") of_site.emplace(sectors.text("site_id", s), s);
  }
  std::vector<Site> out;
  for (std::size_t i = 0; i < sites.rows; ++i) {
    if (sites.text("status", i) != "existing") continue;
    Site site{.id = sites.text("id", i),
              .name = sites.text("name", i),
              .at = {sites.number("x_m", i), sites.number("y_m", i)},
              .convergence_deg = sites.number("convergence_deg", i),
              .existing = drawn_as_planned};
    if (!std::isfinite(site.at.x_m) || !std::isfinite(site.at.y_m)) continue;
    const auto [begin, end] = of_site.equal_range(site.id);
    for (auto found = begin; found != end; ++found) {
      Sector sector{.id = sectors.text("sector_id", found->second), .antenna = Element38901{}};
      sector.mounting.azimuth_deg = sectors.number("azimuth_deg", found->second);
      if (std::isfinite(sector.mounting.azimuth_deg)) site.sectors.push_back(std::move(sector));
    }
    out.push_back(std::move(site));
  }
  return out;
}

std::string ring(Rgba colour) {
  return fmt::format("<circle r=\"{}\" fill=\"#fff\" fill-opacity=\".75\" stroke=\"{}\" stroke-width=\"3.5\"/>",
                     kRingRadius, hex_colour(colour));
}

std::string symbol(const std::string& drawing, const std::string& label) {
  return fmt::format(
      "<li><svg width=\"34\" height=\"26\" viewBox=\"-17 -13 34 26\" aria-hidden=\"true\">{}</svg>{}</li>\n",
      drawing, label);
}

}  // namespace

CompareMaps::CompareMaps(const PlanComparison& comparison, Language language, bool lines_there)
    : comparison_(comparison),
      language_(language),
      width_(comparison.changes.size() > 1 ? kSeveralMapsWidth : kOneMapWidth),
      first_(!lines_there) {
  const bool any = std::any_of(comparison.changes.begin(), comparison.changes.end(),
                               [](const PlanChange& change) { return change.map.has_value(); });
  if (!any) return;
  const ComparedPlan& first = comparison.plans.front();
  borders_ = borders_of(first);
  backdrop_ = backdrop(ground_of(first), picture_grid(first.stored.grid, width_));
}

std::string CompareMaps::plate(const PlanChange& change) {
  const ComparedPlan& before = comparison_.plans.front();
  const ComparedPlan& after = comparison_.plans[change.plan];
  PlanInput input;
  PlanResult result;
  result.grid = before.stored.grid;
  input.world.crs_id = before.stored.crs_id;
  input.world.boundaries.municipalities = borders_;
  input.network.sites = planned_sites(after, true);
  std::vector<Site> removed = planned_sites(before, false);
  std::set<std::string> added;
  std::set<std::string> gone;
  for (const SiteChange& site : change.sites) {
    if (site.kind == SiteChange::Kind::added) added.insert(site.id);
    if (site.kind == SiteChange::Kind::removed) gone.insert(site.id);
  }
  std::erase_if(removed, [&](const Site& site) { return gone.count(site.id) == 0; });
  input.network.sites.insert(input.network.sites.begin(), removed.begin(), removed.end());

  const MapDrawing drawing(input, result, language_);
  std::string marks;
  for (const Site& site : input.network.sites) {
    const bool is_added = site.existing && added.count(site.id) == 1;
    const ViewPoint at = drawing.view().to_view(site.at);
    if ((!is_added && site.existing) || !drawing.view().holds(at)) continue;
    marks += fmt::format("<g transform=\"translate({:.1f} {:.1f})\">{}</g>", at.x, at.y,
                         ring(class_of(is_added ? CellChange::won : CellChange::lost).colour));
  }
  Raster<std::int32_t> classes(before.stored.grid, -1);
  std::transform(
      change.map->classes.values.begin(), change.map->classes.values.end(), classes.values.begin(),
      [](std::uint8_t c) { return c == static_cast<std::uint8_t>(CellChange::no_ground) ? -1 : int{c}; });
  std::vector<Rgba> colours;
  for (const CellChangeClass& c : cell_change_classes()) colours.push_back(c.colour);
  const std::string map =
      drawing.marked_map(server_picture(backdrop_, classes, colours), marks, compared::kMap, first_);
  first_ = false;
  const std::string note = fill(compared::kMapNote.in(language_),
                                {fmt::format("{:g}", before.stored.grid.cell_m), after.letter, before.letter});
  return "<div class=\"plate\"><figure>" + map + "<figcaption>" + escape_html(note) + "</figcaption></figure>\n" +
         legend(change) + "</div>\n";
}

std::string CompareMaps::legend(const PlanChange& change) const {
  const std::string& before = comparison_.plans.front().letter;
  const std::string& after = comparison_.plans[change.plan].letter;
  const auto say = [&](const Phrase& phrase, std::initializer_list<std::string_view> arguments) {
    return escape_html(fill(phrase.in(language_), arguments));
  };
  HtmlTable table(language_);
  table.column(compared::kCellState).column(phrases::kArea, true);
  const auto row = [&](CellChange kind, const std::string& label) {
    table.row({{.html = fmt::format("<i class=\"swatch\" style=\"background:{}\"></i>{}",
                                    hex_colour(class_of(kind).colour), label)},
               number(change.map->km2[static_cast<std::size_t>(kind)], 1)});
  };
  row(CellChange::won, say(compared::kCellWon, {after}));
  row(CellChange::lost, say(compared::kCellLost, {before}));
  row(CellChange::kept, say(compared::kCellKept, {}));
  row(CellChange::neither, say(compared::kCellNeither, {}));
  constexpr const char* kSiteMark = "<g class=\"site\"><circle r=\"4.2\"/></g>";
  const auto any = [&](SiteChange::Kind kind) {
    return std::any_of(change.sites.begin(), change.sites.end(),
                       [&](const SiteChange& site) { return site.kind == kind; });
  };
  std::string symbols = symbol(kSiteMark, say(compared::kSiteOfBoth, {after}));
  if (any(SiteChange::Kind::added))
    symbols += symbol(ring(class_of(CellChange::won).colour) + kSiteMark, say(compared::kSiteAdded, {}));
  if (any(SiteChange::Kind::removed)) {
    symbols +=
        symbol(ring(class_of(CellChange::lost).colour) + "<g class=\"site candidate\"><circle r=\"4.2\"/></g>",
               say(compared::kSiteRemoved, {}));
  }
  if (!borders_.empty())
    symbols += symbol("<g class=\"borders\"><path d=\"M-16 0H16\"/></g>", say(phrases::kMunicipalBoundary, {}));
  return "<aside class=\"legend\"><h3>" + say(phrases::kLegend, {}) + "</h3>\n" + table.html() +
         "<ul class=\"symbols\">\n" + symbols + "</ul></aside>\n";
}

}  // namespace amaneku::scenarios
