#include <fmt/format.h>
#include <gdal.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include "terrain/gdal_session.hpp"
#include "terrain/raster_source.hpp"

namespace amaneku {
namespace {

constexpr double kLatticeTolerance_px = 0.01;
constexpr int kFirstLatticeStep = 64;
/// Source pixels held at a time: 64 MiB.
constexpr long long kWindowPixels = 16LL << 20;
/// Pixels of one source that one plan may ask for.
constexpr double kMaxPixelsRead = 8e9;
/// From this many pixels along a cell's side, a cell takes the mean of its pixels.
constexpr double kAverageFrom_px = 2.0;
/// Rounding at the outer border of a raster.
constexpr double kEdge_px = 1e-6;

struct TransformDeleter {
  void operator()(OGRCoordinateTransformation* t) const noexcept { OGRCoordinateTransformation::DestroyCT(t); }
};
using Transform = std::unique_ptr<OGRCoordinateTransformation, TransformDeleter>;

OGRSpatialReference reference(const std::string& wkt) {
  OGRSpatialReference out;
  if (out.importFromWkt(wkt.c_str()) != OGRERR_NONE) throw InternalError("GDAL cannot read its own WKT");
  out.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return out;
}

Transform transform_between(const OGRSpatialReference& from, const OGRSpatialReference& to,
                            const std::string& path) {
  const GdalErrorScope errors;
  OGRCoordinateTransformationOptions options;
  Transform out(OGRCreateCoordinateTransformation(&from, &to, options));
  if (!out) throw InputError(Fault{.message = "its CRS cannot be transformed: " + errors.message(), .file = path});
  return out;
}

/// Position in a source: 0.0 is the centre of the first pixel. NaN where the transformation has no value.
struct PixelPosition {
  double column = std::numeric_limits<double>::quiet_NaN();
  double row = std::numeric_limits<double>::quiet_NaN();
};

/// Plan coordinates -> pixel positions of one source, exactly.
class PixelTransform {
 public:
  PixelTransform(const RasterHeader& header, const std::string& plan_wkt) {
    const OGRSpatialReference source = reference(header.crs_wkt);
    geographic_ = source.IsGeographic() != 0;
    transform_ = transform_between(reference(plan_wkt), source, header.path);
    std::array<double, 6> to_crs = header.to_crs;
    if (GDALInvGeoTransform(to_crs.data(), from_crs_.data()) == 0) {
      throw InternalError("geotransform cannot be inverted");
    }
    const auto& g = header.to_crs;
    middle_lon_ = g[0] + 0.5 * (header.nx * g[1] + header.ny * g[2]);
  }

  [[nodiscard]] std::vector<PixelPosition> operator()(std::vector<double> x, std::vector<double> y) const {
    const GdalErrorScope quiet;
    std::vector<int> good(x.size(), 0);
    transform_->Transform(static_cast<int>(x.size()), x.data(), y.data(), nullptr, good.data());
    std::vector<PixelPosition> out(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (good[i] == 0 || !std::isfinite(x[i]) || !std::isfinite(y[i])) continue;
      const double lon = geographic_ ? x[i] + 360.0 * std::round((middle_lon_ - x[i]) / 360.0) : x[i];
      out[i] = {from_crs_[0] + lon * from_crs_[1] + y[i] * from_crs_[2] - 0.5,
                from_crs_[3] + lon * from_crs_[4] + y[i] * from_crs_[5] - 0.5};
    }
    return out;
  }

 private:
  Transform transform_;
  std::array<double, 6> from_crs_{};
  bool geographic_ = false;
  double middle_lon_ = 0.0;
};

/// Exact positions at every `step`-th cell centre of part of a grid, linear in between.
class Lattice {
 public:
  Lattice(const Grid& grid, const PixelTransform& transform) : nx_(grid.nx), ny_(grid.ny) {
    for (step_ = kFirstLatticeStep;; step_ /= 2) {
      fill(grid, transform);
      if (step_ == 1 || worst_error_px(grid, transform) <= kLatticeTolerance_px) break;
    }
  }

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

  [[nodiscard]] PixelPosition at(int ix, int iy) const {
    PixelPosition out;
    along_row(iy, ix, ix + 1, [&](int, PixelPosition p) { out = p; });
    return out;
  }

 private:
  static PixelPosition blend(PixelPosition a, PixelPosition b, double t) {
    return {a.column + t * (b.column - a.column), a.row + t * (b.row - a.row)};
  }
  [[nodiscard]] const PixelPosition& node(int i, int j) const {
    return nodes_[static_cast<std::size_t>(j) * static_cast<std::size_t>(nodes_x_) + static_cast<std::size_t>(i)];
  }

  void fill(const Grid& grid, const PixelTransform& transform) {
    nodes_x_ = (nx_ - 1) / step_ + 2;
    nodes_y_ = (ny_ - 1) / step_ + 2;
    std::vector<double> x;
    std::vector<double> y;
    for (int j = 0; j < nodes_y_; ++j) {
      for (int i = 0; i < nodes_x_; ++i) {
        const Point p = grid.centre(i * step_, j * step_);
        x.push_back(p.x_m);
        y.push_back(p.y_m);
      }
    }
    nodes_ = transform(std::move(x), std::move(y));
  }

  [[nodiscard]] double worst_error_px(const Grid& grid, const PixelTransform& transform) const {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<PixelPosition> guessed;
    for (int j = 0; j + 1 < nodes_y_; ++j) {
      for (int i = 0; i + 1 < nodes_x_; ++i) {
        const Point p = grid.centre(i * step_ + step_ / 2, j * step_ + step_ / 2);
        x.push_back(p.x_m);
        y.push_back(p.y_m);
        guessed.push_back(
            blend(blend(node(i, j), node(i + 1, j), 0.5), blend(node(i, j + 1), node(i + 1, j + 1), 0.5), 0.5));
      }
    }
    const std::vector<PixelPosition> exact = transform(std::move(x), std::move(y));
    double worst = 0.0;
    for (std::size_t k = 0; k < exact.size(); ++k) {
      const double error = std::hypot(exact[k].column - guessed[k].column, exact[k].row - guessed[k].row);
      if (!(error <= worst)) worst = error;  // NaN counts as an error too
      if (std::isnan(error)) return std::numeric_limits<double>::infinity();
    }
    return worst;
  }

  int nx_;
  int ny_;
  int step_ = kFirstLatticeStep;
  int nodes_x_ = 0;
  int nodes_y_ = 0;
  std::vector<PixelPosition> nodes_;
};

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
  [[nodiscard]] int reach(double span) const { return averages() ? static_cast<int>(std::ceil(0.5 * span)) : 1; }
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

bool inside(PixelPosition p, const RasterHeader& header) {
  return p.column >= -0.5 - kEdge_px && p.row >= -0.5 - kEdge_px && p.column <= header.nx - 0.5 + kEdge_px &&
         p.row <= header.ny - 0.5 + kEdge_px;
}

/// Cells of a grid, rows downwards: [x0, x1) x [y0, y1).
struct CellBox {
  int x0 = 0;
  int y0 = 0;
  int x1 = 0;
  int y1 = 0;
  [[nodiscard]] bool empty() const { return x0 >= x1 || y0 >= y1; }
};

Grid part_of(const Grid& grid, const CellBox& box) {
  return {.west_m = grid.west_m + box.x0 * grid.cell_m,
          .north_m = grid.north_m - box.y0 * grid.cell_m,
          .cell_m = grid.cell_m,
          .nx = box.x1 - box.x0,
          .ny = box.y1 - box.y0};
}

/// The raster's outline in other coordinates (corners and points along the edges).
struct Outline {
  std::vector<double> x;
  std::vector<double> y;
};

std::optional<Outline> outline_in(const RasterHeader& header, const OGRSpatialReference& target) {
  constexpr int kSteps = 20;
  Outline line;
  const auto add = [&](double column, double row) {
    const auto& g = header.to_crs;
    line.x.push_back(g[0] + column * g[1] + row * g[2]);
    line.y.push_back(g[3] + column * g[4] + row * g[5]);
  };
  for (int k = 0; k <= kSteps; ++k) {
    const double t = static_cast<double>(k) / kSteps;
    add(t * header.nx, 0.0);
    add(t * header.nx, header.ny);
    add(0.0, t * header.ny);
    add(header.nx, t * header.ny);
  }
  const Transform transform = transform_between(reference(header.crs_wkt), target, header.path);
  const GdalErrorScope quiet;
  std::vector<int> good(line.x.size(), 0);
  transform->Transform(static_cast<int>(line.x.size()), line.x.data(), line.y.data(), nullptr, good.data());
  if (std::find(good.begin(), good.end(), 0) != good.end()) return std::nullopt;
  return line;
}

OGRSpatialReference wgs84() {
  OGRSpatialReference out;
  out.importFromEPSG(4326);
  out.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return out;
}

LonLatBox extent_of(const RasterHeader& header) {
  const std::optional<Outline> line = outline_in(header, wgs84());
  if (!line) throw InputError(Fault{.message = "its extent has no longitudes and latitudes", .file = header.path});
  LonLatBox box;
  for (std::size_t i = 0; i < line->x.size(); ++i) box.include({line->x[i], line->y[i]});
  return box;
}

/// The cells that the raster may reach; all of them where its outline has no plan coordinates (a raster of the
/// whole world).
CellBox reached_cells(const RasterHeader& header, const Grid& grid, const std::string& plan_wkt) {
  const CellBox all{0, 0, grid.nx, grid.ny};
  const std::optional<Outline> line = outline_in(header, reference(plan_wkt));
  const bool wide = extent_of(header).east_deg - extent_of(header).west_deg > 20.0;
  if (!line || wide) return all;
  const auto [west, east] = std::minmax_element(line->x.begin(), line->x.end());
  const auto [south, north] = std::minmax_element(line->y.begin(), line->y.end());
  const auto index = [](double value, int n) { return static_cast<int>(std::clamp(value, 0.0, double(n))); };
  // The edge of a raster bows between the points of the outline: a margin of cells costs nothing.
  constexpr double kMargin_cells = 4.0;
  return {index(std::floor((*west - grid.west_m) / grid.cell_m) - kMargin_cells, grid.nx),
          index(std::floor((grid.north_m - *north) / grid.cell_m) - kMargin_cells, grid.ny),
          index(std::ceil((*east - grid.west_m) / grid.cell_m) + kMargin_cells, grid.nx),
          index(std::ceil((grid.north_m - *south) / grid.cell_m) + kMargin_cells, grid.ny)};
}

/// Pixels per metre of the plan around a cell, as lengths along x and y of the raster.
CellSpan span_at(const Lattice& lattice, int ix, int iy, const CellBox& size) {
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
  Resampler(SourceRaster& source, const CellBox& box, MosaicResult& result, const std::string& plan_wkt)
      : source_(source),
        box_(box),
        result_(result),
        lattice_(part_of(result.raster.grid, box), PixelTransform(source.header(), plan_wkt)) {
    const CellBox size{0, 0, box.x1 - box.x0, box.y1 - box.y0};
    span_ = span_at(lattice_, size.x1 / 2, size.y1 / 2, size);
  }

  [[nodiscard]] const CellSpan& span() const { return span_; }

  void run(RasterSourceInfo& info) {
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
      if (strip.pixels.nx > 0 && strip.pixels.ny > 0) fill(strip, info);
      y = strip.y1;
    }
  }

  [[nodiscard]] long long suspicious_cells() const { return suspicious_; }

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
    const float* values = result_.raster.row(y).data();
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

  void fill(const Strip& strip, RasterSourceInfo& info) {
    const RasterHeader& header = source_.header();
    const Window window{strip.pixels, source_.window(strip.pixels)};
    const bool averages = span_.averages();
    for (int y = strip.y0; y < strip.y1; ++y) {
      float* values = result_.raster.row(y).data();
      along_unfilled(y, [&](int ix, PixelPosition p) {
        const float value = averages ? cell_mean(window, p, span_, header) : bilinear(window, p, header);
        if (std::isnan(value)) return;
        values[ix] = value;
        ++info.cells_used;
        if (value == 0.0F || value < -100.0F) ++suspicious_;
      });
    }
  }

  SourceRaster& source_;
  CellBox box_;
  MosaicResult& result_;
  Lattice lattice_;
  CellSpan span_{};
  long long suspicious_ = 0;
};

/// Side of a square as large as one pixel, in the middle of the raster.
double resolution_m(const RasterHeader& header) {
  const auto& g = header.to_crs;
  const double cx = 0.5 * header.nx;
  const double cy = 0.5 * header.ny;
  std::vector<double> x;
  std::vector<double> y;
  for (const auto& [dx, dy] : {std::pair{0.0, 0.0}, std::pair{1.0, 0.0}, std::pair{0.0, 1.0}}) {
    x.push_back(g[0] + (cx + dx) * g[1] + (cy + dy) * g[2]);
    y.push_back(g[3] + (cx + dx) * g[4] + (cy + dy) * g[5]);
  }
  const Transform transform = transform_between(reference(header.crs_wkt), wgs84(), header.path);
  if (transform->Transform(3, x.data(), y.data()) == 0) return 0.0;
  const double right_m = sphere_distance_m({x[0], y[0]}, {x[1], y[1]});
  const double down_m = sphere_distance_m({x[0], y[0]}, {x[2], y[2]});
  return std::sqrt(right_m * down_m);
}

void add_source(SourceRaster& source, const std::string& plan_wkt, MosaicResult& result) {
  const RasterHeader& header = source.header();
  RasterSourceInfo info{.path = header.path,
                        .format = header.format,
                        .crs = header.crs_name,
                        .resolution_m = resolution_m(header),
                        .extent = extent_of(header)};
  const CellBox box = reached_cells(header, result.raster.grid, plan_wkt);
  if (!box.empty()) {
    Resampler resampler(source, box, result, plan_wkt);
    resampler.run(info);
    if (!header.nodata_known && resampler.suspicious_cells() > 0) {
      result.warnings.push_back(
          {"raster_without_nodata",
           fmt::format("{}: the file declares no no-data value, and cells at exactly 0 m or below -100 m may be "
                       "sea or holes read as ground; set nodata to be sure",
                       header.path),
           resampler.suspicious_cells()});
    }
  }
  for (Warning& warning : source.warnings()) result.warnings.push_back(std::move(warning));
  result.sources.push_back(std::move(info));
}

}  // namespace

SourceList open_source(const RasterSource& source) {
  if (is_fg_gml_source(source.path)) return open_fg_gml_source(source);
  SourceList list;
  list.push_back(open_gdal_source(source));
  return list;
}

LonLatBox raster_extent(const RasterSource& source) {
  register_gdal();
  LonLatBox all;
  for (const auto& raster : open_source(source)) {
    const LonLatBox box = extent_of(raster->header());
    all.include({box.west_deg, box.south_deg});
    all.include({box.east_deg, box.north_deg});
  }
  return all;
}

MosaicResult read_mosaic(std::span<const RasterSource> sources, const Grid& grid, const Crs& crs) {
  register_gdal();
  if (grid.cells() == 0) throw InternalError("a mosaic needs a grid with cells");
  MosaicResult result;
  result.raster = Raster<float>(grid, kNoData);
  const std::string plan_wkt = crs.wkt();
  for (const RasterSource& source : sources) {
    for (const auto& raster : open_source(source)) add_source(*raster, plan_wkt, result);
  }
  result.void_cells = count_voids(result.raster);
  return result;
}

}  // namespace amaneku
