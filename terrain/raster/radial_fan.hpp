// A fan of radials over a grid, and the cells that belong to each of them.
//
// Four sides (east, south, west, north), each cut into wedges of equal tangent. In side coordinates `u` runs
// away from the site along the grid's columns (or rows) and `t` is the slope across, |t| <= 1, so every line
// from the site meets the cell centres' columns at u = first_u, first_u + 1 ..., and a sample is a linear
// interpolation between two neighbouring cells (bilinear interpolation on a cell-centre line). The wedges
// partition the cells of the grid: each cell but the site's own centre belongs to exactly one wedge.
#pragma once

#include <cmath>

#include "terrain/raster/raster.hpp"

namespace amaneku {

enum class Side { east, south, west, north };
inline constexpr Side kSides[] = {Side::east, Side::south, Side::west, Side::north};

/// Half-open range of cells along a column (or row) of one side.
struct CellRange {
  int first;
  int end;
};

/// One side of the fan as seen from one site.
class FanSide {
 public:
  /// `site` must lie in the grid. `steps`: number of columns (rows) outwards that may be asked for.
  FanSide(const Grid& grid, Point site, Side side, int steps) noexcept;

  /// Columns (rows) that the side has inside the grid, at most `steps`.
  [[nodiscard]] int steps() const noexcept { return steps_; }
  /// Distance from the site across to step j (0-based), in cells, along the side's axis.
  [[nodiscard]] double u(int j) const noexcept { return first_u_ + j; }
  /// Metres from the site along a line of slope t to where it meets step j.
  [[nodiscard]] static double metres_per_u(double t, double cell_m) noexcept {
    return cell_m * std::sqrt(1.0 + t * t);
  }

  /// Cells of step j whose slope t is in [t_low, t_high), clipped to the grid.
  [[nodiscard]] CellRange cells(int j, double t_low, double t_high) const noexcept;
  /// Slope of the line from the site to cell q of step j.
  [[nodiscard]] double slope(int j, int q) const noexcept { return sign_across_ * (q - across_) / u(j); }
  /// Slope of that line in order of the cell: grows with q whatever the side.
  [[nodiscard]] double across_slope(int j, int q) const noexcept { return sign_across_ * slope(j, q); }
  [[nodiscard]] double sign_across() const noexcept { return sign_across_; }
  [[nodiscard]] bool along_x() const noexcept { return along_x_; }
  /// Fractional cell across of the site, and the last cell.
  [[nodiscard]] double across() const noexcept { return across_; }
  [[nodiscard]] double last_across() const noexcept { return last_across_; }
  /// Steps in the grid's values from a cell to the next one across.
  [[nodiscard]] long across_stride() const noexcept { return across_stride_; }
  [[nodiscard]] long step_stride() const noexcept { return step_stride_; }
  /// Index into the grid's values of cell q of step j.
  [[nodiscard]] std::size_t index(int j, int q) const noexcept {
    return static_cast<std::size_t>(start_) + static_cast<std::size_t>(static_cast<long>(j) * step_stride_) +
           static_cast<std::size_t>(q * across_stride_);
  }

  /// Ground where the line of slope t meets step j; NaN in a void. The line may run up to one cell outside the
  /// cell centres (the edge value is held).
  [[nodiscard]] float sample(const Raster<float>& raster, int j, double t) const noexcept {
    double q = across_ + sign_across_ * t * u(j);
    q = q < 0.0 ? 0.0 : (q > last_across_ ? last_across_ : q);
    const int low = static_cast<int>(q);
    const auto fraction = static_cast<float>(q - low);
    const float* value = raster.values.data() + index(j, low);
    return fraction == 0.0F ? *value : *value + fraction * (value[across_stride_] - *value);
  }

  /// The value of the cell that the line of slope t meets at step j: for classes.
  template <class T>
  [[nodiscard]] const T& nearest(const Raster<T>& raster, int j, double t) const noexcept {
    double q = across_ + sign_across_ * t * u(j);
    q = q < 0.0 ? 0.0 : (q > last_across_ ? last_across_ : q);
    return raster.values[index(j, static_cast<int>(std::lround(q)))];
  }

 private:
  int steps_ = 0;
  bool along_x_ = false;  ///< rings are columns of the grid
  double first_u_ = 0.0;
  double across_ = 0.0;       ///< the site's fractional row (column) index
  double sign_across_ = 1.0;  ///< +1 if t grows with the index
  double last_across_ = 0.0;
  int cells_across_ = 0;
  long start_ = 0;
  long step_stride_ = 0;
  long across_stride_ = 0;
};

}  // namespace amaneku
