#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "scenarios/output/page/sections.hpp"
#include "scenarios/output/page/sector_phrases.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/names.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostMunicipalities = 1000;
constexpr std::size_t kMostSites = 300;
constexpr std::size_t kMostSectors = 600;

void add(MunicipalityCoverage& sum, const MunicipalityCoverage& part) {
  sum.people.total += part.people.total;
  sum.people.covered += part.people.covered;
  sum.people.below_threshold += part.people.below_threshold;
  sum.people.not_computed += part.people.not_computed;
  sum.people.outside_plan += part.people.outside_plan;
  sum.people.in_half_covered_units += part.people.in_half_covered_units;
  sum.area.total_m2 += part.area.total_m2;
  sum.area.covered_m2 += part.area.covered_m2;
}

/// Several municipalities as one row.
struct Group {
  MunicipalityCoverage sum{};
  int count = 0;

  void take(const MunicipalityCoverage& municipality) {
    add(sum, municipality);
    ++count;
  }
};

class MunicipalityTable {
 public:
  explicit MunicipalityTable(const ReportContext& context) : context_(context), table_(context.language) {
    table_.column(phrases::kMunicipality).column(phrases::kCode).column(phrases::kPopulation, true);
    table_.column(phrases::kCoveredPeople, true).column(phrases::kPopulationCoverage, true);
    table_.column(phrases::kBelowPeople, true).column(phrases::kNotComputedPeople, true);
    table_.column(phrases::kOutsidePlanPeople, true);
    table_.column(phrases::kAreaInPlan, true).column(phrases::kAreaCoverage, true);
  }

  void row(const std::string& name_html, const MunicipalityCoverage& m, std::string_view css_class = {}) {
    table_.row({{.html = name_html},
                words(m.code),
                number(m.people.total),
                number(m.people.covered),
                percentage(m.people.covered, m.people.in_plan()),
                number(m.people.below_threshold),
                number(m.people.not_computed),
                number(m.people.outside_plan),
                number(kKm2 * m.area.total_m2, 1),
                percentage(m.area.covered_m2, m.area.total_m2)},
               css_class);
  }
  void row(const Phrase& name, const Group& group) {
    if (group.count > 0) row(said(context_, name, {figure(group.count)}), group.sum, "other");
  }
  [[nodiscard]] std::string html() const { return table_.html(); }

 private:
  const ReportContext& context_;
  HtmlTable table_;
};

constexpr std::size_t kMostZoneRows = 300;

std::string focus_zones_part(const ReportContext& context) {
  const std::vector<ZoneCoverage>& zones = context.result.statistics.focus_zones;
  if (zones.empty()) return {};
  HtmlTable table(context.language);
  table.column(phrases::kFocusZone).column(phrases::kPopulation, true).column(phrases::kCoveredPeople, true);
  table.column(phrases::kPopulationCoverage, true).column(phrases::kOutsidePlanPeople, true);
  table.column(phrases::kAreaInPlan, true).column(phrases::kAreaCoverage, true);
  for (std::size_t i = 0; i < std::min(zones.size(), kMostZoneRows); ++i) {
    const ZoneCoverage& zone = zones[i];
    table.row({{.html = user_text(zone.name)},
               number(zone.people.total),
               number(zone.people.covered),
               percentage(zone.people.covered, zone.people.in_plan()),
               number(zone.people.outside_plan),
               number(kKm2 * zone.area.total_m2, 1),
               percentage(zone.area.covered_m2, zone.area.total_m2)});
  }
  if (zones.size() > kMostZoneRows) {
    table.row(
        {{.html = said(context, phrases::kMoreRows, {figure(static_cast<double>(zones.size() - kMostZoneRows))})}},
        "other");
  }
  return "<h3>" + said(context, phrases::kFocusZones) + "</h3>\n" + table.html() +
         paragraph(said(context, phrases::kFocusZonesNote));
}

std::string azimuths(const Site& site) {
  std::string text;
  for (const Sector& sector : site.sectors) {
    const bool all_round = std::holds_alternative<IsotropicAntenna>(sector.antenna);
    if (!text.empty()) text += ", ";
    text += all_round ? std::string("–") : fmt::format("{:g}", sector.mounting.azimuth_deg);
  }
  return text;
}

/// "2 + 4" where a mast tilts the whole antenna as well; one figure else.
std::string tilt_text(const Mounting& mounting) {
  if (mounting.mechanical_downtilt_deg == 0.0) return fmt::format("{:g}", mounting.electrical_downtilt_deg);
  return fmt::format("{:g} + {:g}", mounting.mechanical_downtilt_deg, mounting.electrical_downtilt_deg);
}

std::string technology_text(const ReportContext& context, const Sector& sector) {
  const std::string& id = sector.carrier ? sector.carrier->technology : sector.technology;
  return id.empty() ? std::string("–") : technology_name(id, context.language);
}

std::vector<Cell> sector_row(const ReportContext& context, const Site& site, const Sector& sector) {
  const double width_hz = sector.carrier ? sector.carrier->width.bandwidth_hz : sector.bandwidth_hz;
  const double gain = max_gain_dbi(sector.antenna);
  const bool all_round = std::holds_alternative<IsotropicAntenna>(sector.antenna);
  return {
      one_line(words(site.id + " / " + sector.id)),
      words(technology_text(context, sector)),
      {.html = fmt::format("{:g}", 1e-6 * sector.freq_hz), .number = true},
      {.html = width_hz > 0.0 ? fmt::format("{:g}", 1e-6 * width_hz) : std::string("–"), .number = true},
      all_round ? words(phrases::kAllRound, context.language) : words(sector.antenna_name),
      {.html = fmt::format("{:g}", sector.tx_agl_m), .number = true},
      {.html = all_round ? std::string("–") : fmt::format("{:g}", sector.mounting.azimuth_deg), .number = true},
      {.html = all_round ? std::string("–") : tilt_text(sector.mounting), .number = true},
      number(gain, 1),
      number(sector.power_dbm, 1),
      number(sector.feeder_loss_db, 1),
      number(sector.power_dbm - sector.feeder_loss_db + gain, 1)};
}

std::string sector_table(const ReportContext& context) {
  const std::vector<SectorRef>& sectors = context.result.coverage.sectors;
  if (sectors.empty()) return {};
  HtmlTable table(context.language);
  table.column(phrases::kOfSite).column(phrases::kSectorTechnology).column(phrases::kFrequencyMhz, true);
  table.column(phrases::kBandwidthMhz, true).column(phrases::kSectorAntenna).column(phrases::kAntennaHeight, true);
  table.column(phrases::kSectorAzimuth, true).column(phrases::kSectorTilt, true).column(phrases::kGainDbi, true);
  table.column(phrases::kPowerDbm, true).column(phrases::kFeederDb, true).column(phrases::kEirpDbm, true);
  for (std::size_t i = 0; i < std::min(sectors.size(), kMostSectors); ++i) {
    const Site& site = context.input.network.sites[static_cast<std::size_t>(sectors[i].site)];
    table.row(sector_row(context, site, site.sectors[static_cast<std::size_t>(sectors[i].sector)]));
  }
  if (sectors.size() > kMostSectors)
    table.row({{.html = said(context, phrases::kMoreRows,
                             {figure(static_cast<double>(sectors.size() - kMostSectors))})}});
  return "<section>" + heading(context, phrases::kSectorList) + table.html() +
         paragraph(said(context, phrases::kSectorNote)) + "</section>\n";
}

std::string antenna_heights(const Site& site) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const Sector& sector : site.sectors) {
    low = std::min(low, sector.tx_agl_m);
    high = std::max(high, sector.tx_agl_m);
  }
  if (site.sectors.empty()) return "–";
  return low == high ? fmt::format("{:g}", low) : fmt::format("{:g}–{:g}", low, high);
}

/// What each site got of the map.
struct Served {
  std::vector<double> area_m2{};     ///< [site]
  std::vector<std::string> marks{};  ///< [site] swatches of its sectors
};

Served served_by_site(const ReportContext& context, const std::vector<Rgba>& colours) {
  const std::vector<SectorRef>& sectors = context.result.coverage.sectors;
  Served served{std::vector<double>(context.input.network.sites.size(), 0.0),
                std::vector<std::string>(context.input.network.sites.size())};
  std::vector<std::size_t> cells(sectors.size(), 0);
  for (const std::int32_t server : context.result.maps.best_server.values) {
    if (server >= 0) ++cells[static_cast<std::size_t>(server)];
  }
  const double cell_m2 = context.result.grid.cell_m * context.result.grid.cell_m;
  for (std::size_t i = 0; i < sectors.size(); ++i) {
    const auto site = static_cast<std::size_t>(sectors[i].site);
    served.area_m2[site] += static_cast<double>(cells[i]) * cell_m2;
    served.marks[site] += fmt::format("<i class=\"dot\" style=\"background:{}\"></i>", hex_colour(colours[i]));
  }
  return served;
}

}  // namespace

std::string municipalities_section(const ReportContext& context) {
  const CoverageStatistics& statistics = context.result.statistics;
  MunicipalityTable table(context);
  Group unlisted;
  Group beyond;
  std::size_t listed = 0;
  MunicipalityCoverage outside{.people = statistics.outside_municipalities, .area = statistics.area};
  for (const MunicipalityCoverage& m : statistics.municipalities) {
    outside.area.total_m2 -= m.area.total_m2;
    outside.area.covered_m2 -= m.area.covered_m2;
    if (!m.in_plan()) {
      beyond.take(m);
    } else if (listed == kMostMunicipalities) {
      unlisted.take(m);
    } else {
      table.row(user_text(m.name), m);
      ++listed;
    }
  }
  table.row(phrases::kMoreRows, unlisted);
  table.row(phrases::kBeyondPlan, beyond);
  table.row(said(context, phrases::kOutsideAll), outside, "other");
  table.row(said(context, phrases::kTotal), {.people = statistics.population, .area = statistics.area}, "sum");
  const std::string none =
      statistics.municipalities.empty() ? paragraph(said(context, phrases::kNoBoundaries)) : "";
  return "<section>" + heading(context, phrases::kMunicipalities) + none + table.html() +
         paragraph(said(context, phrases::kMunicipalitiesNote)) + focus_zones_part(context) + "</section>\n";
}

std::string operators_section(const ReportContext& context) {
  if (!context.result.operators) return {};
  const Operators& operators = *context.result.operators;
  HtmlTable table(context.language);
  table.column(phrases::kOperator).column(phrases::kSectorCount, true).column(phrases::kCoveredPeople, true);
  table.column(phrases::kPopulationCoverage, true)
      .column(phrases::kAreaCoverage, true)
      .column(phrases::kServedShare, true);
  table.column(phrases::kRoaming, true);
  const Cell none{.html = "–", .number = true};
  for (std::size_t k = 0; k < operators.networks.size(); ++k) {
    const OperatorNetwork& network = operators.networks[k];
    const std::string name = network.id.empty() ? said(context, phrases::kNoOperator) : user_text(network.id);
    table.row({{.html = name},
               number(static_cast<double>(network.sectors)),
               number(operators.people.by(k)),
               percentage(operators.people.by(k), operators.people.total()),
               percentage(operators.area_m2.by(k), operators.area_m2.total()),
               network.service
                   ? percentage(network.service->people.shares.served(), network.service->people.shares.total)
                   : none,
               percentage(operators.people.carried_without(k), operators.people.by(k))});
  }
  table.row({{.html = said(context, phrases::kOverlay)},
             number(static_cast<double>(context.result.coverage.sectors.size())),
             number(operators.people.any()),
             percentage(operators.people.any(), operators.people.total()),
             percentage(operators.area_m2.any(), operators.area_m2.total()),
             none,
             none},
            "sum");
  return "<section>" + heading(context, phrases::kOperators) + table.html() +
         paragraph(said(context, phrases::kOperatorsNote)) + "</section>\n";
}

std::string roads_section(const ReportContext& context) {
  const std::vector<RoadCoverage>& roads = context.result.statistics.roads;
  if (roads.empty()) return {};
  HtmlTable table(context.language);
  table.column(phrases::kRoadClass).column(phrases::kLength, true).column(phrases::kCoveredLength, true);
  table.column(phrases::kRoadCoverage, true).column(phrases::kNotComputedLength, true);
  table.column(phrases::kTunnelLength, true).column(phrases::kTunnelUnknownLength, true);
  RoadCoverage sum;
  const auto row = [&](const std::string& name, const RoadCoverage& road, std::string_view css_class) {
    table.row({{.html = name},
               number(kKm * road.length_m, 1),
               number(kKm * road.covered_m, 1),
               percentage(road.covered_m, road.length_m),
               number(kKm * road.not_computed_m, 1),
               number(kKm * road.tunnel_m, 1),
               number(kKm * road.tunnel_unknown_m, 1)},
              css_class);
  };
  std::vector<RoadCoverage> ordered = roads;
  std::stable_sort(ordered.begin(), ordered.end(), [](const RoadCoverage& a, const RoadCoverage& b) {
    return road_rank(a.road_class) < road_rank(b.road_class);
  });
  for (const RoadCoverage& road : ordered) {
    row(user_text(road_class_name(road.road_class, context.language)), road, {});
    sum.length_m += road.length_m;
    sum.covered_m += road.covered_m;
    sum.not_computed_m += road.not_computed_m;
    sum.tunnel_m += road.tunnel_m;
    sum.tunnel_unknown_m += road.tunnel_unknown_m;
  }
  row(said(context, phrases::kTotal), sum, "sum");
  return "<section>" + heading(context, phrases::kRoads) + paragraph(said(context, phrases::kTunnelNote)) +
         table.html() + "</section>\n";
}

std::string sites_section(const ReportContext& context, const std::vector<Rgba>& colours) {
  const std::vector<Site>& sites = context.input.network.sites;
  const Served served = served_by_site(context, colours);
  HtmlTable table(context.language);
  table.column(phrases::kId).column(phrases::kName).column(phrases::kStatus).column(phrases::kPosition);
  table.column(phrases::kGround, true).column(phrases::kAntennaHeight, true).column(phrases::kAzimuths);
  table.column(phrases::kServedArea, true);
  const Raster<float>& ground = context.input.world.ground.ground_asl_m;
  for (std::size_t i = 0; i < std::min(sites.size(), kMostSites); ++i) {
    const Site& site = sites[i];
    table.row({one_line({.html = served.marks[i] + " " + user_text(site.id)}),
               words(site.name),
               one_line(words(site.existing ? phrases::kExisting : phrases::kIsCandidate, context.language)),
               one_line(words(fmt::format("{:.5f}, {:.5f}", site.position.lat_deg, site.position.lon_deg))),
               number(static_cast<double>(sample_bilinear(ground, site.at))),
               {.html = antenna_heights(site), .number = true},
               words(azimuths(site)),
               site.existing ? number(kKm2 * served.area_m2[i], 1) : Cell{.html = "–", .number = true}});
  }
  if (sites.size() > kMostSites) {
    table.row(
        {{.html = said(context, phrases::kMoreRows, {figure(static_cast<double>(sites.size() - kMostSites))})}});
  }
  return "<section>" + heading(context, phrases::kSiteList) + table.html() + "</section>\n" +
         sector_table(context);
}

}  // namespace amaneku::scenarios
