#include "libsim/service_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "libsim/line_steps.hpp"
#include "libsim/parallel.hpp"
#include "libsim/people_cells.hpp"

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
};

CellClasses classes_of(const ServiceMaps& service, std::size_t i) {
  const ServiceState state = service.state.values[i];
  if (state == ServiceState::not_computed) return {state, 0, 0, 0};
  return {state, kSinrScale_db.class_of(static_cast<double>(service.sinr_db.values[i])),
          kRateScale.class_of(log_rate(service.dl_mbps.values[i])),
          kRateScale.class_of(log_rate(service.ul_mbps.values[i]))};
}

void add(ServiceOf& to, const CellClasses& cell, double weight) {
  to.shares.total += weight;
  to.dl_rate.add_class(cell.dl, weight);
  to.ul_rate.add_class(cell.ul, weight);
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

void people(ServiceStatistics& statistics, const ServiceMaps& service, const Places& places, int threads) {
  // One thread to a municipality: its units in their order. The last: no municipality.
  std::vector<std::vector<const PopulationUnit*>> units(places.boundaries.municipalities.size() + 1);
  for (const PopulationUnit& unit : places.population.units) {
    const auto index = static_cast<std::size_t>(unit.municipality);
    (unit.municipality >= 0 && index + 1 < units.size() ? units[index] : units.back()).push_back(&unit);
  }
  std::vector<ServiceOf> sums(units.size());
  parallel_for(units.size(), threads, [&](std::size_t m) {
    FootprintCells cells(service.state.grid);
    for (const PopulationUnit* unit : units[m]) {
      for_each_peopled_cell(*unit, service.state.grid, cells,
                            [&](std::size_t i, double people) { add(sums[m], classes_of(service, i), people); });
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
      if (!grid.contains(at)) return;
      const int ix = std::min(grid.column_of(at.x_m), grid.nx - 1);
      const int iy = std::min(grid.row_of(at.y_m), grid.ny - 1);
      add(of_class, classes_of(service, grid.index(ix, iy)), length_m);
    });
  }
  for (auto& [name, length] : classes) statistics.roads.push_back({name, std::move(length)});
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

double rate_mbps(double log_rate) noexcept {
  return std::pow(10.0, log_rate);
}

ServiceStatistics service_statistics(const ServiceMaps& service, const Places& places, double road_step_m,
                                     int threads) {
  ServiceStatistics statistics;
  statistics.area = area(service, places.ground_asl_m, threads);
  people(statistics, service, places, threads);
  roads(statistics, service, places.roads, road_step_m);
  return statistics;
}

}  // namespace amaneku
