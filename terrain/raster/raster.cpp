#include "terrain/raster/raster.hpp"

#include <algorithm>

namespace amaneku {

float sample_bilinear(const Raster<float>& raster, Point p) noexcept {
  const Grid& grid = raster.grid;
  if (grid.cells() == 0 || !grid.contains(p)) return kNoData;
  const double column = std::clamp(grid.column(p.x_m), 0.0, grid.nx - 1.0);
  const double row = std::clamp(grid.row(p.y_m), 0.0, grid.ny - 1.0);
  const int ix = std::min(static_cast<int>(column), std::max(0, grid.nx - 2));
  const int iy = std::min(static_cast<int>(row), std::max(0, grid.ny - 2));
  const double fx = column - ix;
  const double fy = row - iy;

  double sum = 0.0;
  const auto add = [&](int dx, int dy, double weight) {
    if (weight > 0.0) sum += weight * static_cast<double>(raster.at(ix + dx, iy + dy));
  };
  add(0, 0, (1.0 - fx) * (1.0 - fy));
  add(1, 0, fx * (1.0 - fy));
  add(0, 1, (1.0 - fx) * fy);
  add(1, 1, fx * fy);
  return static_cast<float>(sum);
}

std::size_t count_voids(const Raster<float>& raster) noexcept {
  return static_cast<std::size_t>(
      std::count_if(raster.values.begin(), raster.values.end(), [](float v) { return std::isnan(v); }));
}

}  // namespace amaneku
