#include "terrain/raster/radial_fan.hpp"

#include <algorithm>

namespace amaneku {
namespace {

// Site positions in cells are rounded to 2^-20 of a cell, so that sums with cell indices are exact and
// neighbouring wedges and sides agree about the cells on their common border.
double snapped(double cells) {
  return std::round(cells * 0x1p20) * 0x1p-20;
}

// A step closer than this is not sampled: a point under the mast tells nothing.
constexpr double kNearest_u = 1e-3;

}  // namespace

FanSide::FanSide(const Grid& grid, Point site, Side side, int steps) noexcept {
  const double column = snapped(grid.column(site.x_m));
  const double row = snapped(grid.row(site.y_m));
  const bool along_x = side == Side::east || side == Side::west;
  const bool forward = side == Side::east || side == Side::south;

  along_x_ = along_x;
  const double along = along_x ? column : row;
  across_ = along_x ? row : column;
  cells_across_ = along_x ? grid.ny : grid.nx;
  last_across_ = cells_across_ - 1.0;
  // Quarter turns: (u, v) = (x, y), (y, -x), (-x, -y), (-y, x).
  sign_across_ = side == Side::east || side == Side::north ? 1.0 : -1.0;

  int first = forward ? static_cast<int>(std::floor(along)) + 1 : static_cast<int>(std::ceil(along)) - 1;
  if (std::fabs(first - along) < kNearest_u) first += forward ? 1 : -1;
  first_u_ = std::fabs(first - along);
  const int available = forward ? (along_x ? grid.nx : grid.ny) - first : first + 1;
  steps_ = std::clamp(available, 0, std::max(0, steps));

  const long stride_x = 1;
  const long stride_y = grid.nx;
  const long stride_along = along_x ? stride_x : stride_y;
  across_stride_ = along_x ? stride_y : stride_x;
  start_ = first * stride_along;
  step_stride_ = forward ? stride_along : -stride_along;
}

CellRange FanSide::cells(int j, double t_low, double t_high) const noexcept {
  const double distance = u(j);
  double first = 0.0;
  double end = 0.0;
  if (sign_across_ > 0.0) {
    first = std::ceil(across_ + distance * t_low);
    end = std::ceil(across_ + distance * t_high);
  } else {
    first = std::floor(across_ - distance * t_high) + 1.0;
    end = std::floor(across_ - distance * t_low) + 1.0;
  }
  return {static_cast<int>(std::clamp(first, 0.0, static_cast<double>(cells_across_))),
          static_cast<int>(std::clamp(end, 0.0, static_cast<double>(cells_across_)))};
}

}  // namespace amaneku
