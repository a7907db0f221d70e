#include "libsim/targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "libsim/footprint_cells.hpp"
#include "libsim/line_steps.hpp"

namespace amaneku {
namespace {

/// Neumaier's compensated sum: the parts of a whole add up to it whatever the order and number of terms.
class Sum {
 public:
  void add(double value) noexcept {
    const double next = sum_ + value;
    rest_ += std::fabs(sum_) >= std::fabs(value) ? (sum_ - next) + value : (value - next) + sum_;
    sum_ = next;
  }
  [[nodiscard]] double value() const noexcept { return sum_ + rest_; }

 private:
  double sum_ = 0.0;
  double rest_ = 0.0;
};

/// How many cells of a place fall into each class.
struct CellCounts {
  long long covered = 0;
  long long not_computed = 0;
  long long inside_plan = 0;
  long long all = 0;
};

class CoverageMap {
 public:
  CoverageMap(const Raster<float>& rsrp_dbm, double threshold_dbm)
      : rsrp_dbm_(rsrp_dbm), threshold_(threshold_dbm) {}

  [[nodiscard]] const Grid& grid() const noexcept { return rsrp_dbm_.grid; }
  [[nodiscard]] bool covered(float rsrp_dbm) const noexcept { return static_cast<double>(rsrp_dbm) >= threshold_; }

  [[nodiscard]] CellCounts count(const CellRun& run) const noexcept {
    CellCounts counts;
    counts.all = std::max(0LL, run.end - run.begin);
    const long long begin = std::clamp<long long>(run.begin, 0, grid().nx);
    const long long end = std::clamp<long long>(run.end, 0, grid().nx);
    if (run.row < 0 || run.row >= grid().ny || begin >= end) return counts;
    counts.inside_plan = end - begin;
    const auto cells = rsrp_dbm_.row(static_cast<int>(run.row))
                           .subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    for (const float rsrp : cells) {
      counts.covered += covered(rsrp) ? 1 : 0;
      counts.not_computed += std::isnan(rsrp) ? 1 : 0;
    }
    return counts;
  }

  /// The one cell that holds the point.
  [[nodiscard]] CellCounts count(Point p) const noexcept {
    if (!grid().contains(p)) return {.all = 1};
    // A point within rounding of the eastern or southern edge may round into the cell beyond it.
    const int ix = std::min(grid().column_of(p.x_m), grid().nx - 1);
    const int iy = std::min(grid().row_of(p.y_m), grid().ny - 1);
    return count(CellRun{iy, ix, ix + 1});
  }

 private:
  const Raster<float>& rsrp_dbm_;
  double threshold_;
};

CellCounts count(const CoverageMap& map, FootprintCells& cells, const MultiPolygon& footprint) {
  CellCounts sum;
  cells.for_each_run(footprint, [&](const CellRun& run) {
    const CellCounts counts = map.count(run);
    sum.covered += counts.covered;
    sum.not_computed += counts.not_computed;
    sum.inside_plan += counts.inside_plan;
    sum.all += counts.all;
  });
  return sum;
}

class PeopleSum {
 public:
  void add(double people, const CellCounts& cells) noexcept {
    const auto all = static_cast<double>(cells.all);
    const auto part = [&](long long count) { return people * (static_cast<double>(count) / all); };
    total_.add(people);
    covered_.add(part(cells.covered));
    below_.add(part(cells.inside_plan - cells.covered - cells.not_computed));
    not_computed_.add(part(cells.not_computed));
    outside_.add(part(cells.all - cells.inside_plan));
  }
  [[nodiscard]] PeopleCovered value() const noexcept {
    return {.total = total_.value(),
            .covered = covered_.value(),
            .below_threshold = below_.value(),
            .not_computed = not_computed_.value(),
            .outside_plan = outside_.value()};
  }

 private:
  Sum total_{}, covered_{}, below_{}, not_computed_{}, outside_{};
};

void add_people(CoverageStatistics& statistics, const CoverageMap& map, const Population& population) {
  FootprintCells footprint_cells(map.grid());
  PeopleSum all;
  PeopleSum outside;
  std::vector<PeopleSum> per_municipality(statistics.municipalities.size());
  statistics.unit_covered_share.reserve(population.units.size());
  for (const PopulationUnit& unit : population.units) {
    CellCounts cells = count(map, footprint_cells, unit.footprint);
    if (cells.all == 0) cells = map.count(unit.centre);
    statistics.unit_covered_share.push_back(static_cast<double>(cells.covered) / static_cast<double>(cells.all));
    all.add(unit.people, cells);
    const auto index = static_cast<std::size_t>(unit.municipality);
    const bool assigned = unit.municipality >= 0 && index < per_municipality.size();
    (assigned ? per_municipality[index] : outside).add(unit.people, cells);
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
              const Places& places) {
  const Grid& grid = map.grid();
  const Raster<std::int16_t> owner = rasterize_municipalities(places.boundaries, grid);
  std::vector<AreaCells> cells(statistics.municipalities.size() + 1);  // the last: no municipality
  for (std::size_t i = 0; i < grid.cells(); ++i) {
    if (std::isnan(places.ground_asl_m.values[i])) continue;
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
  Sum all{}, covered{}, not_computed{};
};

void add_roads(CoverageStatistics& statistics, const CoverageMap& map, const Roads& roads, double step_m) {
  std::map<std::string, LengthSum> classes;
  statistics.road_covered_share.reserve(roads.roads.size());
  for (const Road& road : roads.roads) {
    LengthSum& of_class = classes[road.road_class];
    Sum inside;
    Sum covered;
    walk_line(road.line, step_m, [&](Point p, double length) {
      const CellCounts cell = map.count(p);
      if (cell.inside_plan == 0) return;
      inside.add(length);
      of_class.all.add(length);
      if (cell.covered > 0) {
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
                                .not_computed_m = sum.not_computed.value()});
  }
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

CoverageStatistics coverage_statistics(const Raster<float>& rsrp_dbm, const Places& places,
                                       const StatisticsOptions& options) {
  check_options(options);
  if (places.ground_asl_m.grid != rsrp_dbm.grid) throw InternalError("statistics: map and ground differ in grid");

  CoverageStatistics statistics;
  for (const Municipality& municipality : places.boundaries.municipalities) {
    statistics.municipalities.push_back({.code = municipality.code, .name = municipality.name});
  }
  const CoverageMap map(rsrp_dbm, options.threshold_dbm);
  add_people(statistics, map, places.population);
  add_area(statistics, map, rsrp_dbm, places);
  add_roads(statistics, map, places.roads, options.road_step_m);
  return statistics;
}

}  // namespace amaneku
