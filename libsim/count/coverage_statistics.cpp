#include "libsim/count/coverage_statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "libsim/count/coverage_counts.hpp"
#include "libsim/count/line_steps.hpp"
#include "libsim/count/zone_cells.hpp"

namespace amaneku {
namespace {

void add_people(CoverageStatistics& statistics, const CoverageMap& map, const Population& population) {
  FootprintCells footprint_cells(map.grid());
  PeopleSum all;
  PeopleSum outside;
  std::vector<PeopleSum> per_municipality(statistics.municipalities.size());
  statistics.unit_covered_share.reserve(population.units.size());
  for (const PopulationUnit& unit : population.units) {
    CellCounts cells = count_cells(map, footprint_cells, unit.footprint);
    if (cells.all == 0) cells = map.count(cell_of(map.grid(), unit.centre));
    statistics.unit_covered_share.push_back(static_cast<double>(cells.covered) / static_cast<double>(cells.all));
    all.add(unit.people, cells);
    all.add_by_half(unit.people, cells);
    const auto index = static_cast<std::size_t>(unit.municipality);
    const bool assigned = unit.municipality >= 0 && index < per_municipality.size();
    PeopleSum& of_place = assigned ? per_municipality[index] : outside;
    of_place.add(unit.people, cells);
    of_place.add_by_half(unit.people, cells);
  }
  statistics.population = all.value();
  statistics.outside_municipalities = outside.value();
  for (std::size_t i = 0; i < per_municipality.size(); ++i) {
    statistics.municipalities[i].people = per_municipality[i].value();
  }
}

struct AreaCells {
  long long all = 0;
  long long covered = 0;
  long long not_computed = 0;
};

AreaCovered area_of(const AreaCells& cells, double cell_m) {
  const double cell_m2 = cell_m * cell_m;
  return {.total_m2 = static_cast<double>(cells.all) * cell_m2,
          .covered_m2 = static_cast<double>(cells.covered) * cell_m2,
          .not_computed_m2 = static_cast<double>(cells.not_computed) * cell_m2};
}

void add_area(CoverageStatistics& statistics, const CoverageMap& map, const Raster<float>& rsrp_dbm,
              const Counted& counted) {
  const Grid& grid = map.grid();
  const Raster<std::int16_t> owner = rasterize_municipalities(counted.boundaries, grid);
  std::vector<AreaCells> cells(statistics.municipalities.size() + 1);  // the last: no municipality
  for (std::size_t i = 0; i < grid.cells(); ++i) {
    if (std::isnan(counted.ground_asl_m.values[i])) continue;
    const auto municipality = static_cast<std::size_t>(owner.values[i]);
    AreaCells& place = owner.values[i] < 0 ? cells.back() : cells[municipality];
    place.all += 1;
    place.covered += map.covered(rsrp_dbm.values[i]) ? 1 : 0;
    place.not_computed += std::isnan(rsrp_dbm.values[i]) ? 1 : 0;
  }
  AreaCells sum;
  for (const AreaCells& place : cells) {
    sum.all += place.all;
    sum.covered += place.covered;
    sum.not_computed += place.not_computed;
  }
  statistics.area = area_of(sum, grid.cell_m);
  for (std::size_t i = 0; i < statistics.municipalities.size(); ++i) {
    statistics.municipalities[i].area = area_of(cells[i], grid.cell_m);
  }
}

struct LengthSum {
  Sum all{}, covered{}, not_computed{}, tunnel{}, tunnel_unknown{};
};

void add_roads(CoverageStatistics& statistics, const CoverageMap& map, const Roads& roads, double step_m) {
  std::map<std::string, LengthSum> classes;
  statistics.road_covered_share.reserve(roads.roads.size());
  for (const Road& road : roads.roads) {
    LengthSum& of_class = classes[road.road_class];
    Sum inside;
    Sum covered;
    walk_line(road.line, step_m, [&](Point p, double length) {
      const CellCounts cell = map.count(cell_of(map.grid(), p));
      if (cell.inside_plan == 0) return;
      inside.add(length);
      of_class.all.add(length);
      if (road.in_tunnel()) of_class.tunnel.add(length);
      if (road.tunnel == Presence::unknown) of_class.tunnel_unknown.add(length);
      if (road.counts(cell.covered > 0)) {
        covered.add(length);
        of_class.covered.add(length);
      }
      if (cell.not_computed > 0) of_class.not_computed.add(length);
    });
    statistics.road_covered_share.push_back(inside.value() > 0.0 ? covered.value() / inside.value()
                                                                 : std::numeric_limits<double>::quiet_NaN());
  }
  for (const auto& [road_class, sum] : classes) {
    statistics.roads.push_back({.road_class = road_class,
                                .length_m = sum.all.value(),
                                .covered_m = sum.covered.value(),
                                .not_computed_m = sum.not_computed.value(),
                                .tunnel_m = sum.tunnel.value(),
                                .tunnel_unknown_m = sum.tunnel_unknown.value()});
  }
}

ZoneCoverage zone_coverage(const CoverageMap& map, const FocusZone& zone, const Counted& counted) {
  const Grid& grid = map.grid();
  const ZoneCells zone_cells(grid, zone.area);
  AreaCells area;
  for (const CellRun& run : zone_cells.runs()) {
    for_each_plan_cell(grid, run, [&](std::size_t i) {
      if (std::isnan(counted.ground_asl_m.values[i])) return;
      const float rsrp_dbm = map.rsrp_dbm(i);
      area.all += 1;
      area.covered += map.covered(rsrp_dbm) ? 1 : 0;
      area.not_computed += std::isnan(rsrp_dbm) ? 1 : 0;
    });
  }
  PeopleSum people;
  FootprintCells footprint_cells(grid);
  for (const PopulationUnit& unit : counted.population.units) {
    CellCounts in_zone;
    double people_in_zone = 0.0;
    for_each_peopled_run(zone_cells, unit, grid, footprint_cells, [&](const CellRun& run, double here) {
      const CellCounts cells = map.count(run);
      people.add(here, cells);
      in_zone += cells;
      people_in_zone += here;
    });
    if (in_zone.all > 0) people.add_by_half(people_in_zone, in_zone);
  }
  return {.name = zone.name, .people = people.value(), .area = area_of(area, grid.cell_m)};
}

void check_options(const StatisticsOptions& options) {
  std::vector<Fault> faults;
  for (const Field<StatisticsOptions>& field : kStatisticsFields) {
    const double value = options.*field.member;
    if (field.range.contains(value)) continue;
    faults.push_back({.message = "outside the legal range",
                      .key = std::string("coverage.") + field.name,
                      .value = fmt::format("{}", value),
                      .legal = field.range.text()});
  }
  if (!faults.empty()) throw InputError(std::move(faults));
}

}  // namespace

CoverageStatistics coverage_statistics(const Raster<float>& rsrp_dbm, const Counted& counted,
                                       const StatisticsOptions& options) {
  check_options(options);
  if (counted.ground_asl_m.grid != rsrp_dbm.grid) throw InternalError("statistics: map and ground differ in grid");

  CoverageStatistics statistics;
  for (const Municipality& municipality : counted.boundaries.municipalities) {
    statistics.municipalities.push_back({.code = municipality.code, .name = municipality.name});
  }
  const CoverageMap map(rsrp_dbm, options.threshold_dbm);
  add_people(statistics, map, counted.population);
  add_area(statistics, map, rsrp_dbm, counted);
  add_roads(statistics, map, counted.roads, options.road_step_m);
  for (const FocusZone& zone : counted.focus_zones) {
    statistics.focus_zones.push_back(zone_coverage(map, zone, counted));
  }
  return statistics;
}

}  // namespace amaneku
