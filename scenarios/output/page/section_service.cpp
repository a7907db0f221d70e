#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>

#include "scenarios/output/page/sections.hpp"
#include "scenarios/report/cdf_svg.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/service_scales.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostCells = 40;
constexpr std::size_t kMostZones = 40;
constexpr double kMbit = 1e-6;

std::string join(const ReportContext& context, const std::set<std::string>& words) {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : std::string(phrases::kComma.in(context.language))) + word;
  return out;
}

std::string rate_figure(double mbps) {
  if (mbps > 0.0 && mbps < 0.1) return fmt::format("{:.2g}", mbps);
  return figure(mbps, mbps < 10.0 ? 1 : 0);
}

struct RateCard {
  const Phrase& in_busy_hour;
  const Phrase& alone;
  double median_mbps;
  double low_mbps;
  double median_alone_mbps;
};

std::string rate_card(const ReportContext& context, const RateCard& of) {
  std::string detail = of.low_mbps > 0.0 ? said(context, phrases::kOfTen, {rate_figure(of.low_mbps)})
                                         : said(context, phrases::kOneOfTenNone);
  const bool loaded = context.result.service->loaded();
  if (loaded) detail = said(context, phrases::kAloneOnCarrier, {detail, rate_figure(of.median_alone_mbps)});
  return card(said(context, loaded ? of.in_busy_hour : of.alone), rate_figure(of.median_mbps), "Mbit/s", detail);
}

std::string cards(const ReportContext& context, const ServiceStatistics& statistics) {
  const ServiceOf& people = statistics.people;
  const ServiceOf& area = statistics.area;
  std::string html = "<div class=\"cards\">\n";
  if (people.shares.total > 0.0) {
    html += card(
        said(context, phrases::kServedPeople), percent_figure(people.shares.percent(ServiceState::served)), "%",
        said(context, phrases::kPeopleInPlan, {figure(people.shares.served()), figure(people.shares.total)}));
  }
  html += card(said(context, phrases::kServedAreaShare), percent_figure(area.shares.percent(ServiceState::served)),
               "%",
               said(context, context.input.world.flat_earth ? phrases::kAreaOfFlat : phrases::kAreaOf,
                    {figure(kKm2 * area.shares.served(), 1), figure(kKm2 * area.shares.total, 1)}));
  if (people.shares.total > 0.0) {
    html += rate_card(context, {phrases::kMedianDownlink, phrases::kMedianDownlinkAlone, people.dl_mbps(0.5),
                                people.dl_mbps(0.1), people.dl_alone_mbps(0.5)});
    html += rate_card(context, {phrases::kMedianUplink, phrases::kMedianUplinkAlone, people.ul_mbps(0.5),
                                people.ul_mbps(0.1), people.ul_alone_mbps(0.5)});
  }
  return html + "</div>\n";
}

std::string key(Rgba colour, const std::string& label) {
  return fmt::format("<li><i class=\"swatch\" style=\"background:{}\"></i>{}</li>", hex_colour(colour), label);
}

std::string figure_of(const ReportContext& context, const Phrase& title, const std::string& map,
                      const std::string& keys) {
  return "<figure><h3>" + said(context, title) + "</h3>" + map + "<ul class=\"keys\">" + keys + "</ul></figure>\n";
}

std::string state_map(const ReportContext& context, const MapDrawing& drawing, const Backdrop& below) {
  const Raster<ServiceState>& states = context.result.service->state;
  Raster<std::int32_t> classes(states.grid, -1);
  std::vector<Rgba> colours;
  std::string keys;
  for (const ServiceStateClass& c : service_state_classes()) {
    if (c.state == ServiceState::blocked_by_terrain && context.input.world.flat_earth) continue;
    const auto index = static_cast<std::int32_t>(colours.size());
    for (std::size_t i = 0; i < states.values.size(); ++i) {
      if (states.values[i] == c.state) classes.values[i] = index;
    }
    colours.push_back(c.colour);
    const std::string_view label = context.language == Language::ja ? c.label_ja : c.label;
    const double percent = context.result.service_statistics->area.shares.percent(c.state);
    keys += key(c.colour, escape_html(label) + " " + escape_html(percent_figure(percent)) + " %");
  }
  const Picture picture = server_picture(below, classes, colours);
  return figure_of(context, phrases::kStateMap,
                   drawing.further_map(picture, png_base64(picture), phrases::kStateMap), keys);
}

std::string value_map(const ReportContext& context, const MapDrawing& drawing, const Backdrop& below,
                      const ServiceMap& map) {
  const Phrase& title = map.file == "sinr_db"   ? phrases::kSinrMap
                        : map.file == "dl_mbps" ? phrases::kDownlinkMap
                                                : phrases::kUplinkMap;
  const Legend legend = value_legend(map.scale, map.values, context.input.world.ground.ground_asl_m);
  std::string keys;
  for (const LegendClass& c : legend.classes) keys += key(c.colour, class_text(context, c));
  const Picture picture = coverage_picture(below, map.values, legend);
  return figure_of(context, title, drawing.further_map(picture, png_base64(picture), title), keys);
}

std::string overlap_note(const ReportContext& context) {
  const auto cells = cells_by_contenders(context.result.maps, context.input.statistics.threshold_dbm);
  const auto all = static_cast<double>(std::accumulate(cells.begin(), cells.end(), std::size_t{0}));
  if (!(all > 0.0)) return {};
  const auto share = [&](std::size_t i) { return percent_figure(100.0 * static_cast<double>(cells[i]) / all); };
  return paragraph(said(context, phrases::kOverlapNote, {share(0), share(1), share(2), share(3)}));
}

std::string maps(const ReportContext& context, const MapDrawing& drawing, const Backdrop& below) {
  std::string html = "<div class=\"maps\">\n" + state_map(context, drawing, below);
  for (const ServiceMap& map : service_maps_of(context.input, context.result)) {
    if (map.file != "margin_db") html += value_map(context, drawing, below, map);
  }
  return html + "</div>\n" + overlap_note(context);
}

std::string distributions(const ReportContext& context, const ServiceStatistics& statistics) {
  const auto plot = [&](const Phrase& title, const CdfAxis& axis, Distribution ServiceOf::*member) {
    return "<figure><h3>" + said(context, title) + "</h3>" +
           cdf_svg(axis, statistics.people.*member, statistics.area.*member) + "</figure>\n";
  };
  return "<h3>" + said(context, phrases::kDistributions) + "</h3>\n<div class=\"plots\">\n" +
         plot(phrases::kSinrMap, {-10.0, 40.0, {-10, 0, 10, 20, 30, 40}, false}, &ServiceOf::sinr_db) +
         plot(phrases::kDownlinkMap, {-1.0, 3.5, {-1, 0, 1, 2, 3}, true}, &ServiceOf::dl_rate) +
         plot(phrases::kUplinkMap, {-1.0, 3.0, {-1, 0, 1, 2, 3}, true}, &ServiceOf::ul_rate) + "</div>\n" +
         paragraph(said(context, phrases::kCdfNote));
}

/// Shares by reason, and quantiles of the rates.
class ServiceTable {
 public:
  explicit ServiceTable(const ReportContext& context)
      : table_(context.language), flat_(context.input.world.flat_earth) {
    table_.column(phrases::kWho).column(phrases::kServedShare, true).column(phrases::kTooWeak, true);
    if (!flat_) table_.column(phrases::kBlocked, true);
    table_.column(phrases::kInterfered, true).column(phrases::kUplinkLimited, true);
    table_.column(phrases::kNoSector, true)
        .column(phrases::kDownlinkQuantiles, true)
        .column(phrases::kUplinkQuantiles, true);
  }
  void row(const std::string& name_html, const ServiceOf& of, std::string_view css_class = {}) {
    if (!(of.shares.total > 0.0)) return;
    std::vector<Cell> cells = {{.html = name_html}, percentage(of.shares.served(), of.shares.total)};
    for (const ServiceState state :
         {ServiceState::too_weak, ServiceState::blocked_by_terrain, ServiceState::interfered,
          ServiceState::uplink_limited, ServiceState::not_computed}) {
      if (flat_ && state == ServiceState::blocked_by_terrain) continue;
      cells.push_back({.html = escape_html(percent_figure(of.shares.percent(state))) + " %", .number = true});
    }
    const auto rates = [](double low, double middle, double high) {
      return Cell{.html = rate_figure(low) + " / " + rate_figure(middle) + " / " + rate_figure(high),
                  .number = true};
    };
    cells.push_back(rates(of.dl_mbps(0.1), of.dl_mbps(0.5), of.dl_mbps(0.9)));
    cells.push_back(rates(of.ul_mbps(0.1), of.ul_mbps(0.5), of.ul_mbps(0.9)));
    table_.row(cells, css_class);
  }
  [[nodiscard]] std::string html() const { return table_.html(); }

 private:
  HtmlTable table_;
  bool flat_;  ///< no terrain, so none that blocks
};

std::string service_table(const ReportContext& context, const ServiceStatistics& statistics) {
  ServiceTable table(context);
  const std::vector<MunicipalityCoverage>& municipalities = context.result.statistics.municipalities;
  for (std::size_t i = 0; i < statistics.municipalities.size(); ++i) {
    table.row(user_text(municipalities[i].name), statistics.municipalities[i]);
  }
  for (std::size_t i = 0; i < std::min(statistics.focus_zones.size(), kMostZones); ++i) {
    table.row(said(context, phrases::kFocusZone) + ": " + user_text(context.result.statistics.focus_zones[i].name),
              statistics.focus_zones[i].people, "other");
  }
  for (const ServiceStatistics::RoadClass& road : statistics.roads) {
    table.row(said(context, road_name(road_rank(road.road_class))), road.length, "other");
  }
  table.row(said(context, phrases::kWholeArea), statistics.area, "other");
  table.row(said(context, phrases::kAllPeople), statistics.people, "sum");
  return table.html();
}

double sum_of(const NetworkLoad& load, double CellLoad::*member) {
  return std::accumulate(load.cells.begin(), load.cells.end(), 0.0,
                         [&](double sum, const CellLoad& cell) { return sum + cell.*member; });
}

std::string load_note(const ReportContext& context, const NetworkLoad& load) {
  const auto overloaded =
      std::count_if(load.cells.begin(), load.cells.end(), [](const CellLoad& cell) { return cell.overloaded(); });
  const auto mbit = [](double bps) { return figure(kMbit * bps, 1); };
  return said(
      context, phrases::kLoadNote,
      {mbit(load.dl_demand_bps), mbit(load.ul_demand_bps), mbit(sum_of(load, &CellLoad::dl_served_bps)),
       mbit(sum_of(load, &CellLoad::ul_served_bps)), mbit(load.dl_out_of_reach_bps),
       mbit(load.ul_out_of_reach_bps), figure(static_cast<double>(overloaded)), std::to_string(load.rounds)});
}

std::string load_table(const ReportContext& context, const NetworkLoad& load) {
  std::vector<std::size_t> order(load.cells.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto wanted = [&](std::size_t s) { return std::max(load.cells[s].dl_wanted, load.cells[s].ul_wanted); };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return wanted(a) > wanted(b); });
  HtmlTable table(context.language);
  table.column(phrases::kCell).column(phrases::kDownlinkLoad, true).column(phrases::kUplinkLoad, true);
  table.column(phrases::kDownlinkTraffic, true)
      .column(phrases::kUplinkTraffic, true)
      .column(phrases::kUserRates, true)
      .column(phrases::kNoiseRise, true);
  table.column(phrases::kPeopleServedBy, true);
  for (std::size_t i = 0; i < std::min(order.size(), kMostCells); ++i) {
    const CellLoad& cell = load.cells[order[i]];
    const SectorRef& ref = context.result.coverage.sectors[order[i]];
    const Site& site = context.input.network.sites[static_cast<std::size_t>(ref.site)];
    const auto pair = [](double served, double demand) {
      return Cell{.html = figure(kMbit * served, 1) + " / " + figure(kMbit * demand, 1), .number = true};
    };
    table.row(
        {words(site.name + " / " + site.sectors[static_cast<std::size_t>(ref.sector)].id),
         number(100.0 * cell.dl_wanted, 1), number(100.0 * cell.ul_wanted, 1),
         pair(cell.dl_served_bps, cell.dl_demand_bps), pair(cell.ul_served_bps, cell.ul_demand_bps),
         Cell{.html = rate_figure(kMbit * cell.dl_user_bps()) + " / " + rate_figure(kMbit * cell.ul_user_bps()),
              .number = true},
         number(cell.noise_rise_db, 1), number(cell.people)},
        cell.overloaded() ? "alarm" : "");
  }
  if (order.size() > kMostCells) {
    table.row(
        {{.html = said(context, phrases::kMoreRows, {figure(static_cast<double>(order.size() - kMostCells))})}});
  }
  return table.html();
}

std::string load_part(const ReportContext& context) {
  if (!context.result.load) return {};
  const NetworkLoad& load = *context.result.load;
  std::string html = "<h3>" + said(context, phrases::kCellLoads) + "</h3>\n" + paragraph(load_note(context, load));
  if (!load.converged) {
    html +=
        paragraph(said(context, phrases::kNotConverged, {fmt::format("{:.2g}", load.last_change)}), "synthetic");
  }
  return html + load_table(context, load);
}

std::string means(const ReportContext& context) {
  std::set<std::string> technologies;
  std::set<std::string> curves;
  for (const SectorRef& ref : context.result.coverage.sectors) {
    const Sector& sector = context.input.network.sites[static_cast<std::size_t>(ref.site)]
                               .sectors[static_cast<std::size_t>(ref.sector)];
    if (!sector.carrier) continue;
    technologies.insert(technology_name(sector.technology, context.language));
    curves.insert(curve_name(sector.carrier->downlink_curve, context.language));
  }
  const Phrase& rates = context.result.service->loaded() ? phrases::kRatesOfBusyHour : phrases::kRatesAlone;
  return paragraph(said(context, rates) + ' ' +
                   said(context, phrases::kServiceMeans,
                        {fmt::format("{:g}", context.input.service.location_percent), join(context, technologies),
                         join(context, curves)}));
}

}  // namespace

std::string service_section(const ReportContext& context, const MapDrawing& drawing, const Backdrop& below) {
  if (!context.result.service) return {};
  const ServiceStatistics& statistics = *context.result.service_statistics;
  return "<section>" + heading(context, phrases::kService) + cards(context, statistics) + means(context) +
         maps(context, drawing, below) + distributions(context, statistics) + service_table(context, statistics) +
         load_part(context) + "</section>\n";
}

}  // namespace amaneku::scenarios
