#include "libsim/count/service_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "libsim/count/line_steps.hpp"
#include "libsim/count/people_cells.hpp"
#include "libsim/count/zone_cells.hpp"
#include "libsim/parallel.hpp"

namespace amaneku {
namespace {

/// Rows that one thread takes at a time: fixed, so that sums do not depend on the number of threads.
constexpr int kBlockRows = 64;

double log_rate(float mbps) {
  return mbps > 0.0F ? std::log10(static_cast<double>(mbps)) : kRateScale.min;
}

/// What the maps say of a cell, as classes.
struct CellClasses {
  ServiceState state;
  std::size_t sinr;
  std::size_t dl;
  std::size_t ul;
  std::size_t dl_alone;
  std::size_t ul_alone;
};

/// Most cells of most plans have no rate: the first class, without a logarithm.
std::size_t rate_class(const Raster<float>& mbps, std::size_t i) {
  return mbps.values[i] > 0.0F ? kRateScale.class_of(log_rate(mbps.values[i])) : 0;
}

CellClasses classes_of(const ServiceMaps& service, std::size_t i) {
  const ServiceState state = service.state.values[i];
  if (state == ServiceState::not_computed) return {state, 0, 0, 0, 0, 0};
  const std::size_t dl = rate_class(service.dl_mbps, i);
  const std::size_t ul = rate_class(service.ul_mbps, i);
  return {state,
          kSinrScale_db.class_of(static_cast<double>(service.sinr_db.values[i])),
          dl,
          ul,
          service.loaded() ? rate_class(service.dl_alone_mbps, i) : dl,
          service.loaded() ? rate_class(service.ul_alone_mbps, i) : ul};
}

/// Below the ground of a cell: no rate, whatever the cell has.
CellClasses in_tunnel(const ServiceMaps& service, std::size_t i) {
  CellClasses out = classes_of(service, i);
  if (out.state == ServiceState::not_computed) return out;
  out.state = ServiceState::blocked_by_terrain;
  out.dl = out.ul = out.dl_alone = out.ul_alone = 0;
  return out;
}

void add(ServiceOf& to, const CellClasses& cell, double weight) {
  to.shares.total += weight;
  to.dl_rate.add_class(cell.dl, weight);
  to.ul_rate.add_class(cell.ul, weight);
  to.dl_alone_rate.add_class(cell.dl_alone, weight);
  to.ul_alone_rate.add_class(cell.ul_alone, weight);
  if (cell.state == ServiceState::not_computed) {
    to.shares.not_computed += weight;
    return;
  }
  to.shares.state[static_cast<std::size_t>(cell.state)] += weight;
  to.sinr_db.add_class(cell.sinr, weight);
}

void add(ServiceOf& to, const ServiceOf& part) {
  to.shares.total += part.shares.total;
  to.shares.not_computed += part.shares.not_computed;
  for (std::size_t i = 0; i < kServiceStates; ++i) to.shares.state[i] += part.shares.state[i];
  to.sinr_db.add(part.sinr_db);
  to.dl_rate.add(part.dl_rate);
  to.ul_rate.add(part.ul_rate);
  to.dl_alone_rate.add(part.dl_alone_rate);
  to.ul_alone_rate.add(part.ul_alone_rate);
}

ServiceOf area(const ServiceMaps& service, const Raster<float>& ground_asl_m, int threads) {
  const Grid& grid = service.state.grid;
  const double cell_m2 = grid.cell_m * grid.cell_m;
  std::vector<ServiceOf> blocks(static_cast<std::size_t>((grid.ny + kBlockRows - 1) / kBlockRows));
  parallel_for(blocks.size(), threads, [&](std::size_t b) {
    const int first = static_cast<int>(b) * kBlockRows;
    for (std::size_t i = grid.index(0, first); i < grid.index(0, std::min(first + kBlockRows, grid.ny)); ++i) {
      if (!std::isnan(ground_asl_m.values[i])) add(blocks[b], classes_of(service, i), cell_m2);
    }
  });
  ServiceOf sum;
  for (const ServiceOf& block : blocks) add(sum, block);
  return sum;
}

/// The middle of the values, the lower of two; NaN of none.
float median(std::vector<float>& values) {
  if (values.empty()) return kNoData;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The values of a unit's cells; kept from one unit to the next for their memory.
class UnitCells {
 public:
  void clear() {
    served_share_ = 0.0;
    for (std::vector<float>* values : {&sinr_db_, &dl_mbps_, &ul_mbps_}) values->clear();
  }
  void add(const ServiceMaps& service, std::size_t i, double share) {
    const ServiceState state = service.state.values[i];
    if (state == ServiceState::not_computed) return;
    if (state == ServiceState::served) served_share_ += share;
    sinr_db_.push_back(service.sinr_db.values[i]);
    dl_mbps_.push_back(service.dl_mbps.values[i]);
    ul_mbps_.push_back(service.ul_mbps.values[i]);
  }
  [[nodiscard]] ServiceOfUnit value() {
    return {std::min(1.0, served_share_), median(sinr_db_), median(dl_mbps_), median(ul_mbps_)};
  }

 private:
  double served_share_ = 0.0;
  std::vector<float> sinr_db_{};
  std::vector<float> dl_mbps_{};
  std::vector<float> ul_mbps_{};
};

void people(ServiceStatistics& statistics, const ServiceMaps& service, const Counted& counted, int threads) {
  // One thread to a municipality: its units in their order. The last: no municipality.
  std::vector<std::vector<const PopulationUnit*>> units(counted.boundaries.municipalities.size() + 1);
  for (const PopulationUnit& unit : counted.population.units) {
    const auto index = static_cast<std::size_t>(unit.municipality);
    (unit.municipality >= 0 && index + 1 < units.size() ? units[index] : units.back()).push_back(&unit);
  }
  std::vector<ServiceOf> sums(units.size());
  statistics.units.resize(counted.population.units.size());
  parallel_for(units.size(), threads, [&](std::size_t m) {
    FootprintCells cells(service.state.grid);
    UnitCells of_unit;
    for (const PopulationUnit* unit : units[m]) {
      of_unit.clear();
      for_each_unit_cell(*unit, service.state.grid, cells, [&](std::size_t i, double share) {
        add(sums[m], classes_of(service, i), unit->people * share);
        of_unit.add(service, i, share);
      });
      statistics.units[static_cast<std::size_t>(unit - counted.population.units.data())] = of_unit.value();
    }
  });
  for (const ServiceOf& sum : sums) add(statistics.people, sum);
  sums.pop_back();
  statistics.municipalities = std::move(sums);
}

void roads(ServiceStatistics& statistics, const ServiceMaps& service, const Roads& roads, double step_m) {
  const Grid& grid = service.state.grid;
  std::map<std::string, ServiceOf> classes;
  for (const Road& road : roads.roads) {
    ServiceOf& of_class = classes[road.road_class];
    walk_line(road.line, step_m, [&](Point at, double length_m) {
      for_each_plan_cell(grid, cell_of(grid, at), [&](std::size_t i) {
        add(of_class, road.in_tunnel() && !road.tunnel_served ? in_tunnel(service, i) : classes_of(service, i),
            length_m);
      });
    });
  }
  for (auto& [name, length] : classes) statistics.roads.push_back({name, std::move(length)});
}

ServiceStatistics::Zone focus_zone(const ServiceMaps& service, const Counted& counted, const FocusZone& zone) {
  const Grid& grid = service.state.grid;
  const double cell_m2 = grid.cell_m * grid.cell_m;
  const ZoneCells zone_cells(grid, zone.area);
  ServiceStatistics::Zone out;
  for (const CellRun& run : zone_cells.runs()) {
    for_each_plan_cell(grid, run, [&](std::size_t i) {
      if (!std::isnan(counted.ground_asl_m.values[i])) add(out.area, classes_of(service, i), cell_m2);
    });
  }
  FootprintCells footprint_cells(grid);
  for (const PopulationUnit& unit : counted.population.units) {
    for_each_peopled_run(zone_cells, unit, grid, footprint_cells, [&](const CellRun& run, double people) {
      const double each = people / static_cast<double>(run.end - run.begin);
      for_each_plan_cell(grid, run, [&](std::size_t i) { add(out.people, classes_of(service, i), each); });
    });
  }
  return out;
}

double rate_of(const Distribution& rates, double share) {
  const double log = rates.quantile(share);
  return log <= kRateScale.value_of(0) ? 0.0 : rate_mbps(log);
}

}  // namespace

double ServiceShares::percent(ServiceState which) const noexcept {
  if (!(total > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  return 100.0 * (which == ServiceState::not_computed ? not_computed : state[static_cast<std::size_t>(which)]) /
         total;
}

double ServiceOf::dl_mbps(double share) const noexcept {
  return rate_of(dl_rate, share);
}
double ServiceOf::ul_mbps(double share) const noexcept {
  return rate_of(ul_rate, share);
}
double ServiceOf::dl_alone_mbps(double share) const noexcept {
  return rate_of(dl_alone_rate, share);
}
double ServiceOf::ul_alone_mbps(double share) const noexcept {
  return rate_of(ul_alone_rate, share);
}

double rate_mbps(double log_rate) noexcept {
  return std::pow(10.0, log_rate);
}

ServiceStatistics service_statistics(const ServiceMaps& service, const Counted& counted, double road_step_m,
                                     int threads) {
  ServiceStatistics statistics;
  statistics.area = area(service, counted.ground_asl_m, threads);
  people(statistics, service, counted, threads);
  roads(statistics, service, counted.roads, road_step_m);
  statistics.focus_zones.resize(counted.focus_zones.size());
  parallel_for(counted.focus_zones.size(), threads, [&](std::size_t z) {
    statistics.focus_zones[z] = focus_zone(service, counted, counted.focus_zones[z]);
  });
  return statistics;
}

}  // namespace amaneku
