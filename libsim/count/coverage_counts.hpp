// How the places of a map are counted: cells by what the map says of them, people by the cells where they live.
#pragma once

#include <algorithm>
#include <cmath>

#include "libsim/count/coverage_statistics.hpp"
#include "libsim/count/footprint_cells.hpp"

namespace amaneku {

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

  CellCounts& operator+=(const CellCounts& other) noexcept {
    covered += other.covered;
    not_computed += other.not_computed;
    inside_plan += other.inside_plan;
    all += other.all;
    return *this;
  }
};

class CoverageMap {
 public:
  CoverageMap(const Raster<float>& rsrp_dbm, double threshold_dbm)
      : rsrp_dbm_(rsrp_dbm), threshold_(threshold_dbm) {}

  [[nodiscard]] const Grid& grid() const noexcept { return rsrp_dbm_.grid; }
  [[nodiscard]] bool covered(float rsrp_dbm) const noexcept { return static_cast<double>(rsrp_dbm) >= threshold_; }

  [[nodiscard]] float rsrp_dbm(std::size_t i) const noexcept { return rsrp_dbm_.values[i]; }

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

 private:
  const Raster<float>& rsrp_dbm_;
  double threshold_;
};

/// The cells of a footprint.
inline CellCounts count_cells(const CoverageMap& map, FootprintCells& cells, const MultiPolygon& footprint) {
  CellCounts sum;
  cells.for_each_run(footprint, [&](const CellRun& run) { sum += map.count(run); });
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
  /// All of a unit's cells: it counts as a whole or not at all.
  void add_by_half(double people, const CellCounts& cells) noexcept {
    if (cells.covered == 0 || 2 * cells.covered < cells.inside_plan) return;
    half_.add(people * (static_cast<double>(cells.inside_plan) / static_cast<double>(cells.all)));
  }
  [[nodiscard]] PeopleCovered value() const noexcept {
    return {.total = total_.value(),
            .covered = covered_.value(),
            .below_threshold = below_.value(),
            .not_computed = not_computed_.value(),
            .outside_plan = outside_.value(),
            .in_half_covered_units = half_.value()};
  }

 private:
  Sum total_{}, covered_{}, below_{}, not_computed_{}, outside_{}, half_{};
};

}  // namespace amaneku
