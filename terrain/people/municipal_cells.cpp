#include "terrain/people/boundaries.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace amaneku {
namespace {

/// Crossings of the rings of one part with the centre lines of the grid's rows, row by row.
struct RowCrossings {
  int first_row = 0;
  std::vector<std::vector<double>> x_m{};  // [row - first_row]
};

/// Rows whose centre line an edge between these ordinates may cross, widened by one against rounding.
struct RowRange {
  int first;
  int last;
};

RowRange rows_between(const Grid& grid, double south_m, double north_m) {
  const double first = std::floor(grid.row(north_m)) - 1.0;
  const double last = std::ceil(grid.row(south_m)) + 1.0;
  return {static_cast<int>(std::clamp(first, 0.0, static_cast<double>(grid.ny))),
          static_cast<int>(std::clamp(last, -1.0, grid.ny - 1.0))};
}

RowCrossings row_crossings(const Polygon& part, const Grid& grid) {
  double south = std::numeric_limits<double>::infinity();
  double north = -south;
  for_each_edge(part, [&](Point a, Point) {
    south = std::min(south, a.y_m);
    north = std::max(north, a.y_m);
  });
  const RowRange range = rows_between(grid, south, north);
  RowCrossings rows{.first_row = range.first};
  if (range.last < range.first) return rows;
  rows.x_m.resize(static_cast<std::size_t>(range.last) + 1 - static_cast<std::size_t>(range.first));
  for_each_edge(part, [&](Point a, Point b) {
    const RowRange touched = rows_between(grid, std::min(a.y_m, b.y_m), std::max(a.y_m, b.y_m));
    for (int iy = touched.first; iy <= touched.last; ++iy) {
      const double y = grid.centre(0, iy).y_m;
      if (crosses(a, b, y)) {
        rows.x_m[static_cast<std::size_t>(iy - rows.first_row)].push_back(crossing_x_m(a, b, y));
      }
    }
  });
  for (std::vector<double>& xs : rows.x_m) std::sort(xs.begin(), xs.end());
  return rows;
}

/// First column whose centre is not west of x_m, in [0, nx].
int first_column_from(const Grid& grid, double x_m) {
  const double guess = std::ceil(grid.column(x_m));
  int ix = static_cast<int>(std::clamp(guess, 0.0, static_cast<double>(grid.nx)));
  while (ix > 0 && grid.centre(ix - 1, 0).x_m >= x_m) --ix;
  while (ix < grid.nx && grid.centre(ix, 0).x_m < x_m) ++ix;
  return ix;
}

void fill_part(Raster<std::int16_t>& raster, const Polygon& part, std::int16_t value) {
  const RowCrossings rows = row_crossings(part, raster.grid);
  for (std::size_t r = 0; r < rows.x_m.size(); ++r) {
    const std::vector<double>& xs = rows.x_m[r];
    const std::span<std::int16_t> row = raster.row(rows.first_row + static_cast<int>(r));
    for (std::size_t i = 0; i + 1 < xs.size(); i += 2) {
      const int begin = first_column_from(raster.grid, xs[i]);
      const int end = first_column_from(raster.grid, xs[i + 1]);
      std::fill(row.begin() + begin, row.begin() + std::max(begin, end), value);
    }
  }
}

/// The area that holds most of the footprint, seen at 8 x 8 places a part; -1 if that is less than an eighth:
/// a sliver says more about the drawing of the border than about where the people live.
int area_of_footprint(const AreaIndex& index, const MultiPolygon& footprint) {
  constexpr int kSamples = 8;
  int samples = 0;
  std::map<int, int> hits;
  for (const Polygon& part : footprint.parts) {
    Point low{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    Point high{-low.x_m, -low.y_m};
    for (const Point& p : part.outer) {
      low = {std::min(low.x_m, p.x_m), std::min(low.y_m, p.y_m)};
      high = {std::max(high.x_m, p.x_m), std::max(high.y_m, p.y_m)};
    }
    for (int k = 0; k < kSamples * kSamples; ++k) {
      const int column = k % kSamples;
      const int row = k / kSamples;
      const Point p{low.x_m + (column + 0.5) / kSamples * (high.x_m - low.x_m),
                    low.y_m + (row + 0.5) / kSamples * (high.y_m - low.y_m)};
      if (!contains(footprint, p)) continue;
      ++samples;
      const int area = index.find(p);
      if (area >= 0) ++hits[area];
    }
  }
  const auto most =
      std::max_element(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == hits.end() || 8 * most->second < samples ? -1 : most->first;
}

}  // namespace

Raster<std::int16_t> rasterize_municipalities(const Boundaries& boundaries, const Grid& grid) {
  Raster<std::int16_t> raster(grid, -1);
  // Painted last to first, so that the first in order stays on top.
  for (std::size_t i = boundaries.municipalities.size(); i-- > 0;) {
    for (const Polygon& part : boundaries.municipalities[i].area.parts) {
      fill_part(raster, part, static_cast<std::int16_t>(i));
    }
  }
  return raster;
}

double assign_municipalities(Population& population, const Boundaries& boundaries) {
  std::vector<const MultiPolygon*> areas;
  for (const Municipality& municipality : boundaries.municipalities) areas.push_back(&municipality.area);
  const AreaIndex index(areas);
  double outside = 0.0;
  for (PopulationUnit& unit : population.units) {
    unit.municipality = index.find(unit.centre);
    if (unit.municipality < 0) unit.municipality = area_of_footprint(index, unit.footprint);
    if (unit.municipality < 0) outside += unit.people;
  }
  return outside;
}

}  // namespace amaneku
