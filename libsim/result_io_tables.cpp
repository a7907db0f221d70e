#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "libsim/result_io_parts.hpp"

namespace amaneku::result_file {
namespace {

std::int32_t int32(int value) {
  return value;
}
std::int32_t int32(std::size_t value) {
  return static_cast<std::int32_t>(value);
}

void write_sites(hid_t file, const PlanInput& input, const CoverageGrid& coverage) {
  std::set<int> planned;
  for (const TransmitterLoss& loss : coverage.transmitters) planned.insert(loss.site);
  std::vector<std::int8_t> is_planned;
  for (int s = 0; s < int32(input.sites.size()); ++s)
    is_planned.push_back(static_cast<std::int8_t>(planned.count(s)));
  Table(file, "sites", "site", input.sites)
      .column("id", {"", "identifier"}, [](const Site& s) { return s.id; })
      .column("name", {"", "name"}, [](const Site& s) { return s.name; })
      .column("lon_deg", {"degrees_east", "longitude"}, [](const Site& s) { return s.position.lon_deg; })
      .column("lat_deg", {"degrees_north", "latitude"}, [](const Site& s) { return s.position.lat_deg; })
      .column("x_m", {"m", "easting"}, [](const Site& s) { return s.at.x_m; })
      .column("y_m", {"m", "northing"}, [](const Site& s) { return s.at.y_m; })
      .column("convergence_deg", {"deg", "azimuth of true north seen from grid north"},
              [](const Site& s) { return s.convergence_deg; })
      .column("operator", {"", "whose network it belongs to; empty: all the same"},
              [](const Site& s) { return s.operator_id; })
      .column("existing", {"", "1 existing, 0 candidate"},
              [](const Site& s) { return static_cast<std::int8_t>(s.existing); })
      .column_of("planned", {"", "1 if the site has transmitters in this result"}, is_planned);
}

void write_load(Table<SectorRef>& sectors, const std::vector<CellLoad>& cells) {
  const auto column = [&](const char* name, const Meaning& meaning, double CellLoad::*member) {
    std::vector<double> values;
    for (const CellLoad& cell : cells) values.push_back(cell.*member);
    sectors.column_of(name, meaning, values);
  };
  column("dl_load", {"1", "share of the downlink's resource elements in use, 0 .. 1"}, &CellLoad::dl_load);
  column("ul_load", {"1", "share of the uplink's resource blocks in use, 0 .. 1"}, &CellLoad::ul_load);
  column("dl_wanted", {"1", "downlink load that the demand asks for; above 1 the cell is overloaded"},
         &CellLoad::dl_wanted);
  column("ul_wanted", {"1", "the same of the uplink"}, &CellLoad::ul_wanted);
  column("noise_rise_db", {"dB", "interference over noise of the uplink"}, &CellLoad::noise_rise_db);
  column("dl_demand_bps", {"bit/s", "downlink demand of the points that it serves"}, &CellLoad::dl_demand_bps);
  column("ul_demand_bps", {"bit/s", "uplink demand of the points that it serves"}, &CellLoad::ul_demand_bps);
  column("dl_served_bps", {"bit/s", "downlink demand that it carries"}, &CellLoad::dl_served_bps);
  column("ul_served_bps", {"bit/s", "uplink demand that it carries"}, &CellLoad::ul_served_bps);
  column("people", {"1", "people that it serves"}, &CellLoad::people);
}

void write_sectors(hid_t file, const PlanInput& input, const PlanResult& result) {
  const CoverageGrid& coverage = result.coverage;
  const auto sector = [&](const SectorRef& ref) -> const Sector& {
    return input.sites[static_cast<std::size_t>(ref.site)].sectors[static_cast<std::size_t>(ref.sector)];
  };
  Table sectors(file, "sectors", "sector", coverage.sectors);
  sectors.column("site", {"", "row of the group sites"}, [](const SectorRef& r) { return int32(r.site); })
      .column("transmitter", {"", "index of path_loss_db"},
              [](const SectorRef& r) { return int32(r.transmitter); })
      .column("id", {"", "identifier within the site"}, [&](const SectorRef& r) { return sector(r).id; })
      .column("freq_hz", {"Hz", "carrier centre"}, [&](const SectorRef& r) { return sector(r).freq_hz; })
      .column("power_dbm", {"dBm", "conducted power of the carrier"},
              [&](const SectorRef& r) { return sector(r).power_dbm; })
      .column("subcarriers", {"1", "over which the power is spread"},
              [&](const SectorRef& r) { return int32(sector(r).subcarriers); })
      .column("feeder_loss_db", {"dB", "feeder loss"},
              [&](const SectorRef& r) { return sector(r).feeder_loss_db; })
      .column("tx_agl_m", {"m", "antenna height above ground"},
              [&](const SectorRef& r) { return sector(r).tx_agl_m; })
      .column("antenna", {"", "antenna pattern"}, [&](const SectorRef& r) { return sector(r).antenna_name; })
      .column("antenna_gain_dbi", {"dBi", "gain in the main direction"},
              [&](const SectorRef& r) { return max_gain_dbi(sector(r).antenna); })
      .column("azimuth_deg", {"deg", "clockwise from true north"},
              [&](const SectorRef& r) { return sector(r).mounting.azimuth_deg; })
      .column("mechanical_downtilt_deg", {"deg", "mechanical downtilt"},
              [&](const SectorRef& r) { return sector(r).mounting.mechanical_downtilt_deg; })
      .column("electrical_downtilt_deg", {"deg", "electrical downtilt"},
              [&](const SectorRef& r) { return sector(r).mounting.electrical_downtilt_deg; })
      .column("technology", {"", "radio technology, empty: not known"},
              [&](const SectorRef& r) { return sector(r).carrier ? sector(r).technology : std::string(); })
      .column("bandwidth_hz", {"Hz", "width of the channel, 0: not known"},
              [&](const SectorRef& r) { return sector(r).carrier ? sector(r).bandwidth_hz : 0.0; })
      .column("link_curve", {"", "SINR to rate, downlink"},
              [&](const SectorRef& r) {
                return sector(r).carrier ? sector(r).carrier->downlink_curve : std::string();
              })
      .column("load", {"1", "share of the resource elements in use as stated, 0 .. 1"},
              [&](const SectorRef& r) { return sector(r).load; });
  if (result.load) write_load(sectors, result.load->cells);
}

void write_transmitters(hid_t file, const CoverageGrid& coverage) {
  Table(file, "transmitters", "transmitter", coverage.transmitters)
      .column("site", {"", "row of the group sites"}, [](const TransmitterLoss& t) { return int32(t.site); })
      .column("freq_hz", {"Hz", "carrier centre"}, [](const TransmitterLoss& t) { return t.freq_hz; })
      .column("tx_agl_m", {"m", "antenna height above ground"},
              [](const TransmitterLoss& t) { return t.tx_agl_m; })
      .column("tx_ground_asl_m", {"m", "ground height above sea level"},
              [](const TransmitterLoss& t) { return t.tx_ground_asl_m; })
      .column("cells_line_of_sight", {"1", "cells in line of sight"},
              [](const TransmitterLoss& t) { return static_cast<std::int64_t>(t.cells_line_of_sight); })
      .column("cells_behind_void", {"1", "cells not computed because their path crosses missing terrain"},
              [](const TransmitterLoss& t) { return static_cast<std::int64_t>(t.cells_behind_void); })
      .column("longest_computed_m", {"m", "distance of the farthest cell computed"},
              [](const TransmitterLoss& t) { return t.longest_computed_m; });
}

/// The columns of PeopleCovered in a table of items that hold one.
template <class Item, class Get>
void people_columns(Table<Item>& table, const Get& people) {
  table.column("population", {"1", "people"}, [&](const Item& i) { return people(i).total; })
      .column("covered", {"1", "people covered"}, [&](const Item& i) { return people(i).covered; })
      .column("below_threshold", {"1", "people below the threshold"},
              [&](const Item& i) { return people(i).below_threshold; })
      .column("not_computed", {"1", "people inside the plan where nothing was computed"},
              [&](const Item& i) { return people(i).not_computed; })
      .column("outside_plan", {"1", "people outside the plan"},
              [&](const Item& i) { return people(i).outside_plan; })
      .column("coverage_percent", {"percent", "people covered"},
              [&](const Item& i) { return people(i).percent(); });
}

template <class Item, class Area>
void area_columns(Table<Item>& table, const Area& area) {
  table
      .column("area_m2", {"m2", "area inside the plan that has ground"},
              [&](const Item& i) { return area(i).total_m2; })
      .column("covered_m2", {"m2", "area covered"}, [&](const Item& i) { return area(i).covered_m2; })
      .column("not_computed_m2", {"m2", "area that has ground where nothing was computed"},
              [&](const Item& i) { return area(i).not_computed_m2; });
}

void write_totals(hid_t file, const CoverageStatistics& statistics) {
  const std::vector<std::pair<std::string, PeopleCovered>> totals = {
      {"all", statistics.population}, {"outside_municipalities", statistics.outside_municipalities}};
  using Total = std::pair<std::string, PeopleCovered>;
  Table total(file, "population_total", "row", totals);
  total.column("part", {"", "all people, and those of them in no municipality"},
               [](const Total& t) { return t.first; });
  people_columns(total, [](const Total& t) { return t.second; });
}

void write_municipalities(hid_t file, const CoverageStatistics& statistics) {
  Table municipalities(file, "municipalities", "municipality", statistics.municipalities);
  municipalities.column("code", {"", "municipality code"}, [](const MunicipalityCoverage& m) { return m.code; })
      .column("name", {"", "name"}, [](const MunicipalityCoverage& m) { return m.name; })
      .column("in_plan", {"", "0 for those that the plan does not reach"},
              [](const MunicipalityCoverage& m) { return static_cast<std::int8_t>(m.in_plan()); });
  people_columns(municipalities, [](const MunicipalityCoverage& m) { return m.people; });
  area_columns(municipalities, [](const MunicipalityCoverage& m) { return m.area; });
  set(municipalities.group(), "plan_area_m2", statistics.area.total_m2);
  set(municipalities.group(), "plan_covered_m2", statistics.area.covered_m2);
  set(municipalities.group(), "plan_not_computed_m2", statistics.area.not_computed_m2);
}

void write_service(Table<PopulationUnit>& units, const std::vector<ServiceOfUnit>& services) {
  const auto column = [&](const char* name, const Meaning& meaning, auto ServiceOfUnit::*member) {
    std::vector<std::decay_t<decltype(services.front().*member)>> values;
    for (const ServiceOfUnit& service : services) values.push_back(service.*member);
    units.column_of(name, meaning, values);
  };
  column("served_share", {"1", "share of the unit that is served, 0 .. 1"}, &ServiceOfUnit::served_share);
  column("sinr_p50_db", {"dB", "median SINR of its cells"}, &ServiceOfUnit::sinr_p50_db);
  column("dl_p50_mbps", {"Mbit/s", "median downlink rate of its cells"}, &ServiceOfUnit::dl_p50_mbps);
  column("ul_p50_mbps", {"Mbit/s", "median uplink rate of its cells"}, &ServiceOfUnit::ul_p50_mbps);
}

void write_population(hid_t file, const PlanInput& input, const PlanResult& result) {
  Table units(file, "population", "unit", input.population.units);
  units.column("id", {"", "mesh code or source row"}, [](const PopulationUnit& u) { return u.id; })
      .column("people", {"1", "people"}, [](const PopulationUnit& u) { return u.people; })
      .column("x_m", {"m", "easting of the centre"}, [](const PopulationUnit& u) { return u.centre.x_m; })
      .column("y_m", {"m", "northing of the centre"}, [](const PopulationUnit& u) { return u.centre.y_m; })
      .column("municipality", {"", "row of the group municipalities, -1 for none"},
              [](const PopulationUnit& u) { return int32(u.municipality); })
      .column_of("covered_share", {"1", "share of the people covered, 0 .. 1"},
                 result.statistics.unit_covered_share);
  if (result.service_statistics) write_service(units, result.service_statistics->units);
  set(units.group(), "mesh_level", int32(input.population.mesh_level));
}

void write_service(Table<ZoneCoverage>& zones, const std::vector<ServiceStatistics::Zone>& services) {
  const auto column = [&](const char* name, const Meaning& meaning, const auto& get) {
    std::vector<double> values;
    for (const ServiceStatistics::Zone& service : services) values.push_back(get(service));
    zones.column_of(name, meaning, values);
  };
  using Zone = ServiceStatistics::Zone;
  column("people_served", {"1", "people inside the plan who are served"},
         [](const Zone& z) { return z.people.shares.served(); });
  column("served_m2", {"m2", "area served"}, [](const Zone& z) { return z.area.shares.served(); });
  column("sinr_p50_db", {"dB", "median SINR over the area"},
         [](const Zone& z) { return z.area.sinr_db.quantile(0.5); });
  column("dl_p50_mbps", {"Mbit/s", "median downlink rate over the area"},
         [](const Zone& z) { return z.area.dl_mbps(0.5); });
  column("ul_p50_mbps", {"Mbit/s", "median uplink rate over the area"},
         [](const Zone& z) { return z.area.ul_mbps(0.5); });
}

void write_focus_zones(hid_t file, const PlanResult& result) {
  const std::vector<ZoneCoverage>& rows = result.statistics.focus_zones;
  if (rows.empty()) return;
  Table zones(file, "focus_zones", "focus_zone", rows);
  zones.column("name", {"", "name"}, [](const ZoneCoverage& z) { return z.name; });
  people_columns(zones, [](const ZoneCoverage& z) { return z.people; });
  area_columns(zones, [](const ZoneCoverage& z) { return z.area; });
  if (result.service_statistics) write_service(zones, result.service_statistics->focus_zones);
}

void write_roads(hid_t file, const PlanInput& input, const CoverageStatistics& statistics) {
  Table(file, "road_classes", "road_class", statistics.roads)
      .column("name", {"", "class"}, [](const RoadCoverage& r) { return r.road_class; })
      .column("length_m", {"m", "length inside the plan"}, [](const RoadCoverage& r) { return r.length_m; })
      .column("covered_m", {"m", "length covered"}, [](const RoadCoverage& r) { return r.covered_m; })
      .column("not_computed_m", {"m", "length where nothing was computed"},
              [](const RoadCoverage& r) { return r.not_computed_m; });
  Table(file, "roads", "road", input.roads.roads)
      .column("id", {"", "identifier"}, [](const Road& r) { return r.id; })
      .column("name", {"", "name"}, [](const Road& r) { return r.name; })
      .column("road_class", {"", "class"}, [](const Road& r) { return r.road_class; })
      .column_of("covered_share", {"1", "share of the length inside the plan, 0 .. 1; NaN where none is inside"},
                 statistics.road_covered_share);
}

}  // namespace

void write_network(hid_t file, const PlanInput& input, const PlanResult& result) {
  write_sites(file, input, result.coverage);
  write_sectors(file, input, result);
  write_transmitters(file, result.coverage);
}

void write_statistics(hid_t file, const PlanInput& input, const PlanResult& result) {
  write_totals(file, result.statistics);
  write_municipalities(file, result.statistics);
  write_population(file, input, result);
  write_focus_zones(file, result);
  write_roads(file, input, result.statistics);
}

}  // namespace amaneku::result_file
