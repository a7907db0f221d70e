// From the cells of a plan to the pixels of a source: exactly, and fast by interpolation. Internal to the raster
// readers.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "terrain/raster/raster_footprint.hpp"

namespace amaneku {

/// Position in a source: 0.0 is the centre of the first pixel. NaN where the transformation has no value.
struct PixelPosition {
  double column = std::numeric_limits<double>::quiet_NaN();
  double row = std::numeric_limits<double>::quiet_NaN();
};

/// Plan coordinates -> pixel positions of one source, exactly.
class PixelTransform {
 public:
  /// Throws InputError where the CRS of the raster cannot be reached from that of the plan.
  PixelTransform(const RasterHeader& header, const std::string& plan_wkt);

  /// x_m and y_m of the plan, of equal length.
  [[nodiscard]] std::vector<PixelPosition> operator()(std::vector<double> x, std::vector<double> y) const;

 private:
  CrsTransform transform_;
  std::array<double, 6> from_crs_{};
  bool geographic_ = false;
  double middle_lon_ = 0.0;
};

/// Exact positions at every `step`-th cell centre of part of a grid, linear in between.
class PixelLattice {
 public:
  PixelLattice(const Grid& grid, const PixelTransform& transform);

  /// Calls visit(ix, position) for ix in [x0, x1) of row iy.
  template <class Visit>
  void along_row(int iy, int x0, int x1, Visit visit) const {
    const int j = std::min(iy / step_, nodes_y_ - 2);
    const double fy = static_cast<double>(iy - j * step_) / step_;
    for (int i = std::min(x0 / step_, nodes_x_ - 2); i < nodes_x_ - 1; ++i) {
      const int begin = std::max(x0, i * step_);
      const int end = i == nodes_x_ - 2 ? x1 : std::min(x1, (i + 1) * step_);
      if (begin >= x1) break;
      const PixelPosition left = blend(node(i, j), node(i, j + 1), fy);
      const PixelPosition right = blend(node(i + 1, j), node(i + 1, j + 1), fy);
      for (int ix = begin; ix < end; ++ix) {
        visit(ix, blend(left, right, static_cast<double>(ix - i * step_) / step_));
      }
    }
  }

  [[nodiscard]] PixelPosition at(int ix, int iy) const;

 private:
  static PixelPosition blend(PixelPosition a, PixelPosition b, double t) {
    return {a.column + t * (b.column - a.column), a.row + t * (b.row - a.row)};
  }
  [[nodiscard]] const PixelPosition& node(int i, int j) const {
    return nodes_[static_cast<std::size_t>(j) * static_cast<std::size_t>(nodes_x_) + static_cast<std::size_t>(i)];
  }

  void fill(const Grid& grid, const PixelTransform& transform);

  [[nodiscard]] double worst_error_px(const Grid& grid, const PixelTransform& transform) const;

  int nx_;
  int ny_;
  int step_ = 1;
  int nodes_x_ = 0;
  int nodes_y_ = 0;
  std::vector<PixelPosition> nodes_;
};

}  // namespace amaneku
