#include "libsim/count/footprint_cells.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku {
namespace {

double centre_x_m(const Grid& grid, long long column) {
  return grid.west_m + (static_cast<double>(column) + 0.5) * grid.cell_m;
}
double centre_y_m(const Grid& grid, long long row) {
  return grid.north_m - (static_cast<double>(row) + 0.5) * grid.cell_m;
}

}  // namespace

CellRun cell_of(const Grid& grid, Point p) noexcept {
  auto column = static_cast<long long>(std::floor((p.x_m - grid.west_m) / grid.cell_m));
  auto row = static_cast<long long>(std::floor((grid.north_m - p.y_m) / grid.cell_m));
  if (grid.contains(p)) {  // a point within rounding of the eastern or southern edge is not beyond it
    column = std::min<long long>(column, grid.nx - 1);
    row = std::min<long long>(row, grid.ny - 1);
  }
  return {row, column, column + 1};
}

long long FootprintCells::first_column_from(double x_m) const noexcept {
  auto column = static_cast<long long>(std::ceil(grid_.column(x_m)));
  // The two loops mend the rounding of the first guess.
  while (centre_x_m(grid_, column - 1) >= x_m) --column;
  while (centre_x_m(grid_, column) < x_m) ++column;
  return column;
}

void FootprintCells::collect_crossings(const Polygon& part) {
  crossings_.clear();
  for_each_edge(part, [&](Point a, Point b) {
    const auto first = static_cast<long long>(std::floor(grid_.row(std::max(a.y_m, b.y_m)))) - 1;
    const auto last = static_cast<long long>(std::ceil(grid_.row(std::min(a.y_m, b.y_m)))) + 1;
    for (long long row = first; row <= last; ++row) {
      const double y = centre_y_m(grid_, row);
      if (crosses(a, b, y)) crossings_.push_back({row, crossing_x_m(a, b, y)});
    }
  });
  std::sort(crossings_.begin(), crossings_.end(),
            [](const Crossing& a, const Crossing& b) { return a.row != b.row ? a.row < b.row : a.x_m < b.x_m; });
}

std::size_t cell_holding(const Grid& grid, Point p) noexcept {
  if (!grid.contains(p)) return kNoCell;
  // A point within rounding of the eastern or southern edge may round into the cell beyond it.
  return grid.index(std::min(grid.column_of(p.x_m), grid.nx - 1), std::min(grid.row_of(p.y_m), grid.ny - 1));
}

}  // namespace amaneku
