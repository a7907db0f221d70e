#include "terrain/raster/pixel_lattice.hpp"

#include <gdal.h>

#include <cmath>

#include "terrain/gdal_session.hpp"
#include "terrain/transform_count.hpp"

namespace amaneku {
namespace {

constexpr double kLatticeTolerance_px = 0.01;
constexpr int kFirstLatticeStep = 64;

}  // namespace

PixelTransform::PixelTransform(const RasterHeader& header, const std::string& plan_wkt) {
  const OGRSpatialReference source = gdal_reference(header.crs_wkt);
  geographic_ = source.IsGeographic() != 0;
  transform_ = transform_between(gdal_reference(plan_wkt), source, header.path);
  std::array<double, 6> to_crs = header.to_crs;
  if (GDALInvGeoTransform(to_crs.data(), from_crs_.data()) == 0) {
    throw InternalError("geotransform cannot be inverted");
  }
  const auto& g = header.to_crs;
  middle_lon_ = g[0] + 0.5 * (header.nx * g[1] + header.ny * g[2]);
}

std::vector<PixelPosition> PixelTransform::operator()(std::vector<double> x, std::vector<double> y) const {
  const GdalErrorScope quiet;
  std::vector<int> good(x.size(), 0);
  transform_->Transform(transform_count(x.size()), x.data(), y.data(), nullptr, good.data());
  std::vector<PixelPosition> out(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (good[i] == 0 || !std::isfinite(x[i]) || !std::isfinite(y[i])) continue;
    const double lon = geographic_ ? x[i] + 360.0 * std::round((middle_lon_ - x[i]) / 360.0) : x[i];
    out[i] = {from_crs_[0] + lon * from_crs_[1] + y[i] * from_crs_[2] - 0.5,
              from_crs_[3] + lon * from_crs_[4] + y[i] * from_crs_[5] - 0.5};
  }
  return out;
}

PixelLattice::PixelLattice(const Grid& grid, const PixelTransform& transform) : nx_(grid.nx), ny_(grid.ny) {
  for (step_ = kFirstLatticeStep;; step_ /= 2) {
    fill(grid, transform);
    if (step_ == 1 || worst_error_px(grid, transform) <= kLatticeTolerance_px) break;
  }
}

PixelPosition PixelLattice::at(int ix, int iy) const {
  PixelPosition out;
  along_row(iy, ix, ix + 1, [&](int, PixelPosition p) { out = p; });
  return out;
}

void PixelLattice::fill(const Grid& grid, const PixelTransform& transform) {
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

double PixelLattice::worst_error_px(const Grid& grid, const PixelTransform& transform) const {
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

}  // namespace amaneku
