#include "libsim/targets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

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

/// One run of neighbouring cells of a row: columns [begin, end), which may reach beyond the grid.
struct CellRun {
  long long row;
  long long begin;
  long long end;
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

/// Counts the cells whose centre a footprint holds, by the same edge rule as contains(). The grid is taken
/// as endless, so that what lies outside the plan is counted as well.
class FootprintCounter {
 public:
  explicit FootprintCounter(const CoverageMap& map) : map_(map) {}

  [[nodiscard]] CellCounts count(const MultiPolygon& footprint) {
    CellCounts sum;
    for (const Polygon& part : footprint.parts) {
      collect_crossings(part);
      for (std::size_t i = 0; i + 1 < crossings_.size(); i += 2) {
        const CellRun run{crossings_[i].row, first_column_from(crossings_[i].x_m),
                          first_column_from(crossings_[i + 1].x_m)};
        const CellCounts counts = map_.count(run);
        sum.covered += counts.covered;
        sum.not_computed += counts.not_computed;
        sum.inside_plan += counts.inside_plan;
        sum.all += counts.all;
      }
    }
    return sum;
  }

 private:
  struct Crossing {
    long long row;
    double x_m;
  };

  [[nodiscard]] double centre_x_m(long long column) const noexcept {
    return map_.grid().west_m + (static_cast<double>(column) + 0.5) * map_.grid().cell_m;
  }
  [[nodiscard]] double centre_y_m(long long row) const noexcept {
    return map_.grid().north_m - (static_cast<double>(row) + 0.5) * map_.grid().cell_m;
  }

  /// First column whose centre is not west of x_m; the two loops mend the rounding of the first guess.
  [[nodiscard]] long long first_column_from(double x_m) const noexcept {
    auto column = static_cast<long long>(std::ceil(map_.grid().column(x_m)));
    while (centre_x_m(column - 1) >= x_m) --column;
    while (centre_x_m(column) < x_m) ++column;
    return column;
  }

  /// Every ring is closed, so each row has an even number of crossings and pairs never straddle rows.
  void collect_crossings(const Polygon& part) {
    crossings_.clear();
    for_each_edge(part, [&](Point a, Point b) {
      const auto first = static_cast<long long>(std::floor(map_.grid().row(std::max(a.y_m, b.y_m)))) - 1;
      const auto last = static_cast<long long>(std::ceil(map_.grid().row(std::min(a.y_m, b.y_m)))) + 1;
      for (long long row = first; row <= last; ++row) {
        const double y = centre_y_m(row);
        if (crosses(a, b, y)) crossings_.push_back({row, crossing_x_m(a, b, y)});
      }
    });
    std::sort(crossings_.begin(), crossings_.end(),
              [](const Crossing& a, const Crossing& b) { return a.row != b.row ? a.row < b.row : a.x_m < b.x_m; });
  }

  const CoverageMap& map_;
  std::vector<Crossing> crossings_{};
};

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
  FootprintCounter counter(map);
  PeopleSum all;
  PeopleSum outside;
  std::vector<PeopleSum> per_municipality(statistics.municipalities.size());
  statistics.unit_covered_share.reserve(population.units.size());
  for (const PopulationUnit& unit : population.units) {
    CellCounts cells = counter.count(unit.footprint);
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

/// Calls visit(point, length_m) for each step of the line: the point in the middle of the step, and its
/// length, which is step_m but for the last.
template <class Visit>
void walk_line(const Line& line, double step_m, const Visit& visit) {
  const double total_m = length_m(line);
  std::size_t vertex = 0;
  double before_m = 0.0;  // length of the line up to `vertex`
  for (double done_m = 0.0; done_m < total_m;) {
    const double step = std::min(step_m, total_m - done_m);
    const double middle_m = done_m + 0.5 * step;
    double edge_m = distance_m(line[vertex], line[vertex + 1]);
    while (before_m + edge_m < middle_m && vertex + 2 < line.size()) {
      before_m += edge_m;
      ++vertex;
      edge_m = distance_m(line[vertex], line[vertex + 1]);
    }
    const Point a = line[vertex];
    const Point b = line[vertex + 1];
    const double t = edge_m > 0.0 ? std::clamp((middle_m - before_m) / edge_m, 0.0, 1.0) : 0.0;
    visit(Point{a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)}, step);
    done_m += step;
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
