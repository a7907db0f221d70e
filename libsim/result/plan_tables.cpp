#include "libsim/result/plan_tables.hpp"

#include <cmath>
#include <iterator>
#include <set>

namespace amaneku {
namespace {

constexpr double kKm2 = 1e-6;
constexpr double kKm = 1e-3;
constexpr double kMbps = 1e-6;

void append(std::vector<Column>& columns, std::vector<Column> more) {
  columns.insert(columns.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}
void append(std::vector<Attribute>& row, std::vector<Attribute> more) {
  row.insert(row.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Table sites_table(const PlanInput& input, const PlanResult& result) {
  Table table{.name = "sites",
              .meaning = "Sites, existing and candidate",
              .index = "site",
              .columns = {text_column("id", "identifier"), text_column("name", "name"),
                          text_column("status", "existing or candidate"),
                          text_column("operator", "whose network it belongs to; empty: all the same"),
                          flag_column("planned", "1 if the site has transmitters in this result"),
                          real_column("lon_deg", "degrees_east", "longitude", 7),
                          real_column("lat_deg", "degrees_north", "latitude", 7),
                          real_column("x_m", "m", "easting", 2), real_column("y_m", "m", "northing", 2),
                          real_column("convergence_deg", "deg", "azimuth of true north seen from grid north", 6),
                          real_column("ground_asl_m", "m", "ground height above sea level", 1),
                          integer_column("sectors", "1", "sectors of the site")},
              .outputs = {.csv = false}};
  std::set<int> planned;
  for (const TransmitterLoss& loss : result.coverage.transmitters) planned.insert(loss.site);
  for (std::size_t i = 0; i < input.network.sites.size(); ++i) {
    const Site& site = input.network.sites[i];
    table.add(Geometry(site.at),
              {site.id, site.name, std::string(site.existing ? "existing" : "candidate"), site.operator_id,
               flag(planned.count(static_cast<int>(i)) > 0), site.position.lon_deg, site.position.lat_deg,
               site.at.x_m, site.at.y_m, site.convergence_deg,
               finite(static_cast<double>(sample_bilinear(input.world.ground.ground_asl_m, site.at))),
               count(site.sectors.size())});
  }
  return table;
}

std::vector<double> served_km2(const PlanResult& result) {
  std::vector<double> served(result.coverage.sectors.size(), 0.0);
  const double cell_km2 = kKm2 * result.grid.cell_m * result.grid.cell_m;
  for (const std::int32_t server : result.maps.best_server.values) {
    if (server >= 0) served[static_cast<std::size_t>(server)] += cell_km2;
  }
  return served;
}

std::vector<Column> load_columns() {
  return {
      real_column("dl_load", "1", "share of the downlink's resource elements in use, 0 .. 1"),
      real_column("ul_load", "1", "share of the uplink's resource blocks in use, 0 .. 1"),
      real_column("dl_wanted", "1", "downlink load that the demand asks for; above 1 the cell is overloaded"),
      real_column("ul_wanted", "1", "the same of the uplink"),
      flag_column("overloaded", "1 if either wants more than there is"),
      real_column("noise_rise_db", "dB", "interference over noise of the uplink"),
      real_column("dl_demand_mbps", "Mbit/s", "downlink demand of the points that it serves"),
      real_column("ul_demand_mbps", "Mbit/s", "uplink demand of the points that it serves"),
      real_column("dl_served_mbps", "Mbit/s", "downlink demand that it carries"),
      real_column("ul_served_mbps", "Mbit/s", "uplink demand that it carries"),
      real_column("dl_interfered_mbps", "Mbit/s", "downlink demand at points that interference leaves without"),
      real_column("ul_interfered_mbps", "Mbit/s",
                  "uplink demand at those points, and where noise rise leaves nothing"),
      real_column("dl_overload_mbps", "Mbit/s", "downlink demand that it has no capacity for"),
      real_column("ul_overload_mbps", "Mbit/s", "the same of the uplink"),
      real_column("dl_user_mbps", "Mbit/s", "mean downlink rate of a user with the others there; 0: overloaded"),
      real_column("ul_user_mbps", "Mbit/s", "the same of the uplink"),
      real_column("people", "1", "people that it serves")};
}

std::vector<Attribute> load_values(const CellLoad& cell) {
  return {cell.dl_load,
          cell.ul_load,
          cell.dl_wanted,
          cell.ul_wanted,
          flag(cell.overloaded()),
          cell.noise_rise_db,
          kMbps * cell.dl_demand_bps,
          kMbps * cell.ul_demand_bps,
          kMbps * cell.dl_served_bps,
          kMbps * cell.ul_served_bps,
          kMbps * cell.dl_interfered_bps,
          kMbps * cell.ul_interfered_bps,
          kMbps * cell.dl_overload_bps(),
          kMbps * cell.ul_overload_bps(),
          kMbps * cell.dl_user_bps(),
          kMbps * cell.ul_user_bps(),
          cell.people};
}

Table sectors_table(const PlanInput& input, const PlanResult& result) {
  Table table{.name = "sectors",
              .meaning = "Sectors that were planned on; best_server is their value in best_server.tif",
              .index = "sector",
              .columns = {integer_column("best_server", "", "index of the sector in the maps"),
                          integer_column("site", "", "row of the table sites"),
                          text_column("site_id", "site"),
                          text_column("sector_id", "identifier within the site"),
                          integer_column("transmitter", "", "row of the table transmitters"),
                          real_column("freq_hz", "Hz", "carrier centre"),
                          real_column("power_dbm", "dBm", "conducted power of the carrier"),
                          integer_column("subcarriers", "1", "over which the power is spread"),
                          real_column("feeder_loss_db", "dB", "feeder loss"),
                          real_column("tx_agl_m", "m", "antenna height above ground"),
                          text_column("antenna", "antenna pattern"),
                          real_column("antenna_gain_dbi", "dBi", "gain in the main direction"),
                          real_column("azimuth_deg", "deg", "clockwise from true north"),
                          real_column("mechanical_downtilt_deg", "deg", "mechanical downtilt"),
                          real_column("electrical_downtilt_deg", "deg", "electrical downtilt"),
                          text_column("technology", "radio technology, empty: not known"),
                          real_column("bandwidth_hz", "Hz", "width of the channel; none: not known"),
                          text_column("link_curve", "SINR to rate, downlink"),
                          real_column("load", "1", "share of the resource elements in use as stated, 0 .. 1"),
                          integer_column("fiscal_year", "", "in service at its end; 0: from the start"),
                          real_column("best_server_km2", "km2", "area where it is the strongest")},
              .outputs = {.csv = false}};
  if (result.load) append(table.columns, load_columns());
  const std::vector<double> served = served_km2(result);
  for (std::size_t i = 0; i < result.coverage.sectors.size(); ++i) {
    const SectorRef& ref = result.coverage.sectors[i];
    const Site& site = input.network.sites[static_cast<std::size_t>(ref.site)];
    const Sector& sector = site.sectors[static_cast<std::size_t>(ref.sector)];
    std::vector<Attribute> row = {count(i),
                                  std::int64_t{ref.site},
                                  site.id,
                                  sector.id,
                                  std::int64_t{ref.transmitter},
                                  sector.freq_hz,
                                  sector.power_dbm,
                                  std::int64_t{sector.subcarriers},
                                  sector.feeder_loss_db,
                                  sector.tx_agl_m,
                                  sector.antenna_name,
                                  max_gain_dbi(sector.antenna),
                                  sector.mounting.azimuth_deg,
                                  sector.mounting.mechanical_downtilt_deg,
                                  sector.mounting.electrical_downtilt_deg,
                                  sector.carrier ? sector.technology : std::string(),
                                  sector.carrier ? Attribute(sector.bandwidth_hz) : Attribute{},
                                  sector.carrier ? sector.carrier->downlink_curve : std::string(),
                                  sector.load,
                                  std::int64_t{sector.fiscal_year},
                                  served[i]};
    if (result.load) append(row, load_values(result.load->cells[i]));
    table.add(Geometry(site.at), std::move(row));
  }
  return table;
}

Table transmitters_table(const Coverage& coverage) {
  Table table{
      .name = "transmitters",
      .meaning = "Antenna positions whose losses were computed; sectors of equal height and carrier share one",
      .index = "transmitter",
      .columns = {integer_column("site", "", "row of the table sites"),
                  real_column("freq_hz", "Hz", "carrier centre"),
                  real_column("tx_agl_m", "m", "antenna height above ground"),
                  real_column("tx_ground_asl_m", "m", "ground height above sea level"),
                  integer_column("cells_line_of_sight", "1", "cells in line of sight"),
                  integer_column("cells_behind_void", "1",
                                 "cells not computed because their path crosses missing terrain"),
                  real_column("longest_computed_m", "m", "distance of the farthest cell computed")},
      .outputs = {.csv = false}};
  for (const TransmitterLoss& loss : coverage.transmitters) {
    table.add({std::int64_t{loss.site}, loss.freq_hz, loss.tx_agl_m, loss.tx_ground_asl_m,
               count(loss.cells_line_of_sight), count(loss.cells_behind_void), loss.longest_computed_m});
  }
  return table;
}

std::vector<Column> people_columns() {
  return {real_column("population", "1", "people", 1),
          real_column("population_covered", "1", "people covered", 1),
          real_column("population_below_threshold", "1", "people below the threshold", 1),
          real_column("population_not_computed", "1", "people inside the plan where nothing was computed", 1),
          real_column("population_outside_plan", "1", "people outside the plan", 1),
          real_column("population_in_plan", "1", "people inside the plan", 1),
          real_column("population_in_half_covered_units", "1",
                      "people in the plan whose mesh is covered over half of it or more, each mesh as a whole", 1),
          real_column("coverage_percent", "percent", "people covered, of those in the plan", 2)};
}
std::vector<Attribute> people_values(const PeopleCovered& people) {
  return {people.total,
          people.covered,
          people.below_threshold,
          people.not_computed,
          people.outside_plan,
          people.in_plan(),
          people.in_half_covered_units,
          percent_of(people.covered, people.in_plan())};
}

std::vector<Column> area_columns() {
  return {real_column("area_in_plan_km2", "km2", "area inside the plan that has ground", 4),
          real_column("area_covered_km2", "km2", "area covered", 4),
          real_column("area_not_computed_km2", "km2", "area that has ground where nothing was computed", 4)};
}
std::vector<Attribute> area_values(const AreaCovered& area) {
  return {kKm2 * area.total_m2, kKm2 * area.covered_m2, kKm2 * area.not_computed_m2};
}

Table totals_table(const CoverageStatistics& statistics) {
  Table table{.name = "population_total",
              .meaning = "All people, and those of them in no municipality",
              .columns = {text_column("part", "all or outside_municipalities")},
              .outputs = {.csv = false}};
  append(table.columns, people_columns());
  const auto add = [&](const char* part, const PeopleCovered& people) {
    std::vector<Attribute> row = {std::string(part)};
    append(row, people_values(people));
    table.add(std::move(row));
  };
  add("all", statistics.population);
  add("outside_municipalities", statistics.outside_municipalities);
  return table;
}

Table area_table(const AreaCovered& area) {
  Table table{
      .name = "area_total", .meaning = "Area of the plan", .columns = area_columns(), .outputs = {.csv = false}};
  table.add(area_values(area));
  return table;
}

Table municipalities_table(const PlanInput& input, const CoverageStatistics& statistics) {
  Table table{.name = "municipalities",
              .meaning = "Municipalities: people and area covered",
              .index = "municipality",
              .columns = {text_column("code", "municipality code"), text_column("name", "name"),
                          flag_column("in_plan", "0 for those that the plan does not reach")}};
  append(table.columns, people_columns());
  append(table.columns, area_columns());
  const auto& rows = statistics.municipalities;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<Attribute> row = {rows[i].code, rows[i].name, flag(rows[i].in_plan())};
    append(row, people_values(rows[i].people));
    append(row, area_values(rows[i].area));
    // A boundary file mostly holds more than the plan reaches: those are not drawn.
    table.add(
        rows[i].in_plan() ? Geometry(input.world.boundaries.municipalities[i].area) : Geometry(MultiPolygon{}),
        std::move(row));
  }
  return table;
}

Table population_table(const PlanInput& input, const PlanResult& result) {
  Table table{.name = "population",
              .meaning = "Where people live and what share of them is covered",
              .index = "unit",
              .columns = {text_column("id", "mesh code or source row"), real_column("people", "1", "people"),
                          real_column("x_m", "m", "easting of the centre", 1),
                          real_column("y_m", "m", "northing of the centre", 1),
                          integer_column("municipality", "", "row of the table municipalities, none: in none"),
                          text_column("municipality_code", "its code"),
                          real_column("covered_percent", "percent", "share of the people covered")},
              .outputs = {.csv = false, .layers = {"population_points", "", "meshes"}}};
  if (result.service_statistics) {
    append(table.columns, {real_column("served_percent", "percent", "share of the unit that is served"),
                           real_column("sinr_p50_db", "dB", "median SINR of its cells"),
                           real_column("dl_p50_mbps", "Mbit/s", "median downlink rate of its cells"),
                           real_column("ul_p50_mbps", "Mbit/s", "median uplink rate of its cells")});
  }
  const auto& units = input.world.population.units;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const PopulationUnit& unit = units[i];
    const bool placed = unit.municipality >= 0;
    std::vector<Attribute> row = {
        unit.id,
        unit.people,
        unit.centre.x_m,
        unit.centre.y_m,
        placed ? Attribute(std::int64_t{unit.municipality}) : Attribute{},
        placed ? Attribute(input.world.boundaries.municipalities[static_cast<std::size_t>(unit.municipality)].code)
               : Attribute{},
        100.0 * result.statistics.unit_covered_share[i]};
    if (result.service_statistics) {
      const ServiceOfUnit& service = result.service_statistics->units[i];
      append(row,
             {100.0 * service.served_share, finite(static_cast<double>(service.sinr_p50_db)),
              finite(static_cast<double>(service.dl_p50_mbps)), finite(static_cast<double>(service.ul_p50_mbps))});
    }
    table.add(unit.footprint.parts.empty() ? Geometry(unit.centre) : Geometry(unit.footprint), std::move(row));
  }
  return table;
}

Table focus_zones_table(const PlanInput& input, const PlanResult& result) {
  Table table{.name = "focus_zones",
              .meaning = "Focus zones: people and area inside the plan, covered and served",
              .index = "focus_zone",
              .columns = {text_column("name", "name")},
              .outputs = {.csv = false}};
  append(table.columns, people_columns());
  append(table.columns, area_columns());
  if (result.service_statistics) {
    append(table.columns,
           {real_column("people_served_percent", "percent", "people inside the plan who are served"),
            real_column("area_served_percent", "percent", "area served"),
            real_column("sinr_p50_db", "dB", "median SINR over the area"),
            real_column("dl_p50_mbps", "Mbit/s", "median downlink rate over the area"),
            real_column("ul_p50_mbps", "Mbit/s", "median uplink rate over the area")});
  }
  const auto& rows = result.statistics.focus_zones;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<Attribute> row = {rows[i].name};
    append(row, people_values(rows[i].people));
    append(row, area_values(rows[i].area));
    if (result.service_statistics) {
      const ServiceStatistics::Zone& service = result.service_statistics->focus_zones[i];
      append(row,
             {percent_of(service.people.shares.served(), service.people.shares.total),
              percent_of(service.area.shares.served(), service.area.shares.total),
              finite(service.area.sinr_db.quantile(0.5)), service.area.dl_mbps(0.5), service.area.ul_mbps(0.5)});
    }
    table.add(Geometry(input.world.focus_zones.zones[i].area), std::move(row));
  }
  return table;
}

Table road_classes_table(const CoverageStatistics& statistics) {
  Table table{.name = "road_classes",
              .meaning = "Length of road covered, by class",
              .index = "road_class",
              .columns = {text_column("class", "class"), real_column("length_km", "km", "length inside the plan"),
                          real_column("covered_km", "km", "length covered"),
                          real_column("not_computed_km", "km", "length where nothing was computed"),
                          real_column("coverage_percent", "percent", "length covered"),
                          real_column("tunnel_km", "km", "in tunnels: covered by equipment of their own only"),
                          real_column("tunnel_unknown_km", "km", "not said whether in a tunnel: as open ground")},
              .outputs = {.json = "roads", .csv = false}};
  for (const RoadCoverage& road : statistics.roads) {
    table.add({road.road_class, kKm * road.length_m, kKm * road.covered_m, kKm * road.not_computed_m,
               percent_of(road.covered_m, road.length_m), kKm * road.tunnel_m, kKm * road.tunnel_unknown_m});
  }
  return table;
}

Table roads_table(const PlanInput& input, const CoverageStatistics& statistics) {
  Table table{.name = "roads",
              .meaning = "Roads and the covered share of their length inside the plan",
              .index = "road",
              .columns = {text_column("id", "identifier"), text_column("class", "class"),
                          text_column("name", "name"), real_column("length_m", "m", "length, all of it"),
                          real_column("covered_percent", "percent",
                                      "share of the length inside the plan; none: nothing is inside")},
              .outputs = {.csv = false}};
  for (std::size_t i = 0; i < input.world.roads.roads.size(); ++i) {
    const Road& road = input.world.roads.roads[i];
    const double share = statistics.road_covered_share[i];
    table.add(std::isnan(share) ? Geometry(Line{}) : Geometry(road.line),
              {road.id, road.road_class, road.name, length_m(road.line), finite(100.0 * share)});
  }
  return table;
}

Table existing_people_table(const ExistingStatistics& existing) {
  Table table{
      .name = "existing_coverage",
      .meaning = "People served already, newly covered by the plan, and not served still",
      .columns = {text_column("part", "all, municipality, outside_municipalities or focus_zone"),
                  text_column("code", "municipality code"),
                  text_column("name", "of a municipality, of a focus zone"),
                  real_column("population_in_plan", "1", "people inside the plan", 1),
                  real_column("population_already_served", "1", "people of the existing coverage", 1),
                  real_column("population_newly_covered", "1", "people whom the plan covers and nobody served", 1),
                  real_column("population_not_served", "1", "people whom neither serves", 1),
                  real_column("newly_covered_percent", "percent", "newly covered, of those not served already",
                              2)},
      .outputs = {.json = "existing_coverage.people"}};
  const auto add = [&](const char* part, const std::string& code, const std::string& name,
                       const BesideExisting& of) {
    table.add({std::string(part), code, name, of.in_plan, of.already, of.newly, of.left,
               percent_of(of.newly, of.newly + of.left)});
  };
  const CoverageStatistics& already = existing.already;
  const CoverageStatistics& together = existing.together;
  add("all", "", "", beside_existing(already.population, together.population));
  for (std::size_t i = 0; i < together.municipalities.size(); ++i) {
    const MunicipalityCoverage& m = together.municipalities[i];
    if (m.in_plan())
      add("municipality", m.code, m.name, beside_existing(already.municipalities[i].people, m.people));
  }
  add("outside_municipalities", "", "",
      beside_existing(already.outside_municipalities, together.outside_municipalities));
  for (std::size_t i = 0; i < together.focus_zones.size(); ++i) {
    const ZoneCoverage& zone = together.focus_zones[i];
    add("focus_zone", "", zone.name, beside_existing(already.focus_zones[i].people, zone.people));
  }
  return table;
}

Table existing_roads_table(const ExistingStatistics& existing) {
  Table table{
      .name = "existing_coverage_roads",
      .meaning = "Length of road served already, newly covered by the plan, and not served still, by class",
      .columns = {text_column("class", "class"), real_column("length_km", "km", "length inside the plan"),
                  real_column("already_served_km", "km", "length in the existing coverage"),
                  real_column("newly_covered_km", "km", "length that the plan covers and nobody served"),
                  real_column("not_served_km", "km", "length that neither serves"),
                  real_column("newly_covered_percent", "percent", "newly covered, of what is not served already",
                              2)},
      .outputs = {.json = "existing_coverage.roads"}};
  for (std::size_t i = 0; i < existing.together.roads.size(); ++i) {
    const RoadCoverage& road = existing.together.roads[i];
    const BesideExisting of = beside_existing(existing.already.roads[i], road);
    table.add({road.road_class, kKm * of.in_plan, kKm * of.already, kKm * of.newly, kKm * of.left,
               percent_of(of.newly, of.newly + of.left)});
  }
  return table;
}

Table existing_sources_table(const ExistingCoverage& existing) {
  const double cell_km2 = kKm2 * existing.served.grid.cell_m * existing.served.grid.cell_m;
  Table table{
      .name = "existing_coverage_sources",
      .meaning = "What the existing coverage was read from",
      .columns = {text_column("name", "what it is"), text_column("file", "file"),
                  text_column("kind", "polygons or raster"),
                  real_column("already_served_km2", "km2", "area of the plan that it serves", 4),
                  real_column("void_km2", "km2", "raster: area of the plan without a value: not served", 4)},
      .outputs = {.json = "existing_coverage.sources"}};
  for (const ExistingCoveragePart& part : existing.parts) {
    table.add({part.name, part.file, std::string(part.is_raster ? "raster" : "polygons"),
               cell_km2 * static_cast<double>(part.served_cells),
               cell_km2 * static_cast<double>(part.void_cells)});
  }
  return table;
}

}  // namespace

std::vector<Table> plan_tables(const PlanInput& input, const PlanResult& result) {
  std::vector<Table> tables;
  tables.push_back(sites_table(input, result));
  tables.push_back(sectors_table(input, result));
  tables.push_back(transmitters_table(result.coverage));
  tables.push_back(totals_table(result.statistics));
  tables.push_back(area_table(result.statistics.area));
  tables.push_back(municipalities_table(input, result.statistics));
  tables.push_back(population_table(input, result));
  if (!result.statistics.focus_zones.empty()) tables.push_back(focus_zones_table(input, result));
  tables.push_back(road_classes_table(result.statistics));
  tables.push_back(roads_table(input, result.statistics));
  if (result.existing) {
    tables.push_back(existing_people_table(*result.existing));
    tables.push_back(existing_roads_table(*result.existing));
    tables.push_back(existing_sources_table(input.world.existing));
  }
  return tables;
}

}  // namespace amaneku
