#include "terrain/raster/resampler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "terrain/raster/pixel_lattice.hpp"

namespace amaneku {
namespace {

/// Source pixels held at a time: 64 MiB.
constexpr long long kWindowPixels = 16LL << 20;
/// Pixels of one source that one plan may ask for.
constexpr double kMaxPixelsRead = 8e9;
/// From this many pixels along a cell's side, a cell takes the mean of its pixels.
constexpr double kAverageFrom_px = 2.0;
/// Rounding at the outer border of a raster.
constexpr double kEdge_px = 1e-6;

/// Pixels of one source in memory.
struct Window {
  PixelBox box{};
  std::vector<float> values{};
  [[nodiscard]] double at(int column, int row) const {
    return static_cast<double>(values[static_cast<std::size_t>(row - box.y0) * static_cast<std::size_t>(box.nx) +
                                      static_cast<std::size_t>(column - box.x0)]);
  }
};

/// How many pixels a cell spans; 1 means bilinear, see kAverageFrom_px.
struct CellSpan {
  double columns = 1.0;
  double rows = 1.0;
  [[nodiscard]] bool averages() const { return columns >= kAverageFrom_px && rows >= kAverageFrom_px; }
  /// Pixels beyond the position that may be needed.
  [[nodiscard]] int reach(double span) const { return averages() ? static_cast<int>(std::ceil(0.5 * span)) : 2; }
  /// Of cubic against bilinear: on a grid twice as fine as the pixels, what a profile interpolates once more is
  /// smooth.
  [[nodiscard]] double cubic_share() const { return std::clamp(2.0 * std::sqrt(columns * rows) - 1.0, 0.0, 1.0); }
};

struct Range1 {
  int begin;
  int end;
};

/// The pixels whose centres lie within half a span of the position, inside the raster.
Range1 pixels_of_cell(double position, double span, int n) {
  const int begin = static_cast<int>(std::ceil(position - 0.5 * span));
  const int end = static_cast<int>(std::ceil(position + 0.5 * span));
  return {std::max(0, begin), std::min(n, end)};
}

float cell_mean(const Window& window, PixelPosition p, const CellSpan& span, const RasterHeader& header) {
  const Range1 columns = pixels_of_cell(p.column, span.columns, header.nx);
  const Range1 rows = pixels_of_cell(p.row, span.rows, header.ny);
  double sum = 0.0;
  int valid = 0;
  for (int row = rows.begin; row < rows.end; ++row) {
    for (int column = columns.begin; column < columns.end; ++column) {
      const double value = window.at(column, row);
      if (std::isnan(value)) continue;
      sum += value;
      ++valid;
    }
  }
  const int all = (columns.end - columns.begin) * (rows.end - rows.begin);
  return valid > 0 && 2 * valid >= all ? static_cast<float>(sum / valid) : kNoData;
}

float bilinear(const Window& window, PixelPosition p, const RasterHeader& header) {
  const double column = std::clamp(p.column, 0.0, header.nx - 1.0);
  const double row = std::clamp(p.row, 0.0, header.ny - 1.0);
  const int x = static_cast<int>(column);
  const int y = static_cast<int>(row);
  const double fx = column - x;
  const double fy = row - y;
  double sum = 0.0;
  if ((1.0 - fx) * (1.0 - fy) > 0.0) sum += (1.0 - fx) * (1.0 - fy) * window.at(x, y);
  if (fx * (1.0 - fy) > 0.0) sum += fx * (1.0 - fy) * window.at(x + 1, y);
  if ((1.0 - fx) * fy > 0.0) sum += (1.0 - fx) * fy * window.at(x, y + 1);
  if (fx * fy > 0.0) sum += fx * fy * window.at(x + 1, y + 1);
  return static_cast<float>(sum);
}

/// The pixel that holds the position; on a border that to the east and south.
float pixel_at(const Window& window, PixelPosition p, const RasterHeader& header) {
  const int column = std::clamp(static_cast<int>(std::floor(p.column + 0.5)), 0, header.nx - 1);
  const int row = std::clamp(static_cast<int>(std::floor(p.row + 0.5)), 0, header.ny - 1);
  return static_cast<float>(window.at(column, row));
}

/// Cubic convolution (Keys 1981, a = -1/2): weights of the pixels at -1, 0, 1 and 2.
std::array<double, 4> cubic_weights(double t) {
  return {0.5 * t * (t * (2.0 - t) - 1.0), 0.5 * (t * t * (3.0 * t - 5.0) + 2.0),
          0.5 * t * (t * (4.0 - 3.0 * t) + 1.0), 0.5 * t * t * (t - 1.0)};
}

/// NaN beside a void and at the edge. Level pixels give their level, although a cliff may stand beside them: the
/// sea stays at 0 m.
double cubic(const Window& window, PixelPosition p, const RasterHeader& header) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const int x = static_cast<int>(std::floor(p.column));
  const int y = static_cast<int>(std::floor(p.row));
  if (x < 1 || y < 1 || x + 2 >= header.nx || y + 2 >= header.ny) return kNone;
  const double corner = window.at(x, y);
  if (window.at(x + 1, y) == corner && window.at(x, y + 1) == corner && window.at(x + 1, y + 1) == corner)
    return corner;
  const std::array<double, 4> along = cubic_weights(p.column - x);
  const std::array<double, 4> down = cubic_weights(p.row - y);
  double sum = 0.0;
  for (int j = 0; j < 4; ++j) {
    double row = 0.0;
    for (int i = 0; i < 4; ++i) row += along[static_cast<std::size_t>(i)] * window.at(x - 1 + i, y - 1 + j);
    sum += down[static_cast<std::size_t>(j)] * row;
  }
  return sum;
}

bool inside(PixelPosition p, const RasterHeader& header) {
  return p.column >= -0.5 - kEdge_px && p.row >= -0.5 - kEdge_px && p.column <= header.nx - 0.5 + kEdge_px &&
         p.row <= header.ny - 0.5 + kEdge_px;
}

Grid part_of(const Grid& grid, const CellBox& box) {
  return {.west_m = grid.west_m + box.x0 * grid.cell_m,
          .north_m = grid.north_m - box.y0 * grid.cell_m,
          .cell_m = grid.cell_m,
          .nx = box.x1 - box.x0,
          .ny = box.y1 - box.y0};
}

/// Pixels per metre of the plan around a cell, as lengths along x and y of the raster.
CellSpan span_at(const PixelLattice& lattice, int ix, int iy, const CellBox& size) {
  const int dx = ix + 1 < size.x1 ? 1 : -1;
  const int dy = iy + 1 < size.y1 ? 1 : -1;
  const PixelPosition here = lattice.at(ix, iy);
  const PixelPosition right = size.x1 > 1 ? lattice.at(ix + dx, iy) : here;
  const PixelPosition below = size.y1 > 1 ? lattice.at(ix, iy + dy) : here;
  return {std::hypot(right.column - here.column, below.column - here.column),
          std::hypot(right.row - here.row, below.row - here.row)};
}

/// One source onto the cells of the result that have no value yet.
class Resampler {
 public:
  Resampler(SourceRaster& source, const CellBox& box, Raster<float>& result, const Resampling& how)
      : source_(source),
        box_(box),
        result_(result),
        lattice_(part_of(result.grid, box), PixelTransform(source.header(), how.plan_wkt)) {
    const CellBox size{0, 0, box.x1 - box.x0, box.y1 - box.y0};
    span_ = span_at(lattice_, size.x1 / 2, size.y1 / 2, size);
    if (how.interpolation == Interpolation::cubic) cubic_share_ = span_.cubic_share();
    nearest_ = how.interpolation == Interpolation::nearest;
  }

  Resampled run() {
    double pixels = 0.0;
    for (int y = box_.y0; y < box_.y1;) {
      const Strip strip = next_strip(y);
      pixels += static_cast<double>(strip.pixels.nx) * strip.pixels.ny;
      if (pixels > kMaxPixelsRead) {
        throw InputError(
            Fault{.message = fmt::format("has more than {:.0e} pixels in the area of the plan, {:.0f} to a "
                                         "cell",
                                         kMaxPixelsRead, span_.columns * span_.rows),
                  .file = source_.header().path,
                  .legal = "a coarser copy, for example from gdalwarp -r average"});
      }
      if (strip.pixels.nx > 0 && strip.pixels.ny > 0) fill(strip);
      y = strip.y1;
    }
    return count_;
  }

 private:
  struct Strip {
    int y0;
    int y1;
    PixelBox pixels;
  };

  /// The bounding box of the pixels that the unfilled cells of a row need.
  struct Bounds {
    double left = std::numeric_limits<double>::infinity();
    double top = std::numeric_limits<double>::infinity();
    double right = -std::numeric_limits<double>::infinity();
    double bottom = -std::numeric_limits<double>::infinity();
    void include(PixelPosition p) {
      left = std::min(left, p.column);
      right = std::max(right, p.column);
      top = std::min(top, p.row);
      bottom = std::max(bottom, p.row);
    }
    void include(const Bounds& other) {
      left = std::min(left, other.left);
      right = std::max(right, other.right);
      top = std::min(top, other.top);
      bottom = std::max(bottom, other.bottom);
    }
  };

  template <class Visit>
  void along_unfilled(int y, Visit visit) const {
    const float* values = result_.row(y).data();
    lattice_.along_row(y - box_.y0, 0, box_.x1 - box_.x0, [&](int ix, PixelPosition p) {
      if (std::isnan(values[box_.x0 + ix]) && inside(p, source_.header())) visit(box_.x0 + ix, p);
    });
  }

  [[nodiscard]] PixelBox pixels_for(const Bounds& bounds) const {
    if (!(bounds.left <= bounds.right)) return {};
    const RasterHeader& header = source_.header();
    const int reach_x = span_.reach(span_.columns);
    const int reach_y = span_.reach(span_.rows);
    const int x0 = std::clamp(static_cast<int>(std::floor(bounds.left)) - reach_x, 0, header.nx - 1);
    const int y0 = std::clamp(static_cast<int>(std::floor(bounds.top)) - reach_y, 0, header.ny - 1);
    const int x1 = std::clamp(static_cast<int>(std::ceil(bounds.right)) + reach_x + 1, x0 + 1, header.nx);
    const int y1 = std::clamp(static_cast<int>(std::ceil(bounds.bottom)) + reach_y + 1, y0 + 1, header.ny);
    return {x0, y0, x1 - x0, y1 - y0};
  }

  /// As many rows of cells as fit into one window of pixels, one at the least.
  [[nodiscard]] Strip next_strip(int y0) const {
    Strip strip{y0, y0, {}};
    Bounds bounds;
    while (strip.y1 < box_.y1) {
      Bounds with_row = bounds;
      along_unfilled(strip.y1, [&](int, PixelPosition p) { with_row.include(p); });
      const PixelBox pixels = pixels_for(with_row);
      if (strip.y1 > y0 && static_cast<long long>(pixels.nx) * pixels.ny > kWindowPixels) break;
      bounds = with_row;
      strip.pixels = pixels;
      ++strip.y1;
    }
    return strip;
  }

  [[nodiscard]] float interpolated(const Window& window, PixelPosition p, const RasterHeader& header) const {
    if (nearest_) return pixel_at(window, p, header);
    const float straight = bilinear(window, p, header);
    if (!(cubic_share_ > 0.0) || std::isnan(straight)) return straight;
    const double curved = cubic(window, p, header);
    if (std::isnan(curved)) return straight;
    return static_cast<float>((1.0 - cubic_share_) * static_cast<double>(straight) + cubic_share_ * curved);
  }

  void fill(const Strip& strip) {
    const RasterHeader& header = source_.header();
    const Window window{strip.pixels, source_.window(strip.pixels)};
    const bool averages = span_.averages() && !nearest_;
    for (int y = strip.y0; y < strip.y1; ++y) {
      float* values = result_.row(y).data();
      along_unfilled(y, [&](int ix, PixelPosition p) {
        const float value = averages ? cell_mean(window, p, span_, header) : interpolated(window, p, header);
        if (std::isnan(value)) return;
        values[ix] = value;
        ++count_.cells_used;
        if (value == 0.0F || value < -100.0F) ++count_.suspicious_cells;
      });
    }
  }

  SourceRaster& source_;
  CellBox box_;
  Raster<float>& result_;
  PixelLattice lattice_;
  CellSpan span_{};
  double cubic_share_ = 0.0;
  bool nearest_ = false;
  Resampled count_{};
};

}  // namespace

Resampled resample(SourceRaster& source, const CellBox& box, Raster<float>& result, const Resampling& how) {
  return Resampler(source, box, result, how).run();
}

}  // namespace amaneku
