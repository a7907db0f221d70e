#include "terrain/raster/raster_footprint.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "terrain/gdal_session.hpp"
#include "terrain/transform_count.hpp"

namespace amaneku {
namespace {

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
  const CrsTransform transform = transform_between(gdal_reference(header.crs_wkt), target, header.path);
  const GdalErrorScope quiet;
  std::vector<int> good(line.x.size(), 0);
  transform->Transform(transform_count(line.x.size()), line.x.data(), line.y.data(), nullptr, good.data());
  if (std::find(good.begin(), good.end(), 0) != good.end()) return std::nullopt;
  return line;
}

OGRSpatialReference wgs84() {
  OGRSpatialReference out;
  out.importFromEPSG(4326);
  out.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return out;
}

}  // namespace

OGRSpatialReference gdal_reference(const std::string& wkt) {
  OGRSpatialReference out;
  if (out.importFromWkt(wkt.c_str()) != OGRERR_NONE) throw InternalError("GDAL cannot read its own WKT");
  out.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return out;
}

CrsTransform transform_between(const OGRSpatialReference& from, const OGRSpatialReference& to,
                               const std::string& path) {
  const GdalErrorScope errors;
  OGRCoordinateTransformationOptions options;
  CrsTransform out(OGRCreateCoordinateTransformation(&from, &to, options));
  if (!out) throw InputError(Fault{.message = "its CRS cannot be transformed: " + errors.message(), .file = path});
  return out;
}

LonLatBox extent_of(const RasterHeader& header) {
  const std::optional<Outline> line = outline_in(header, wgs84());
  if (!line) throw InputError(Fault{.message = "its extent has no longitudes and latitudes", .file = header.path});
  // Rasters may count longitudes to 360, and PROJ brings some of them back below 180: no jump, and the middle on
  // Earth.
  const auto turns = [](double degrees) { return 360.0 * std::round(degrees / 360.0); };
  const bool degrees = gdal_reference(header.crs_wkt).IsGeographic() != 0;
  const double middle =
      degrees ? header.to_crs[0] + 0.5 * (header.nx * header.to_crs[1] + header.ny * header.to_crs[2])
              : line->x.front();
  LonLatBox box;
  for (std::size_t i = 0; i < line->x.size(); ++i)
    box.include({line->x[i] + turns(middle - line->x[i]), line->y[i]});
  if (degrees && std::fabs(header.nx * header.to_crs[1]) > 359.0) {  // both edges are one meridian
    box.west_deg = -180.0;
    box.east_deg = 180.0;
  }
  const double shift = turns(box.centre().lon_deg);
  box.west_deg -= shift;
  box.east_deg -= shift;
  return box;
}

CellBox reached_cells(const RasterHeader& header, const Grid& grid, const std::string& plan_wkt) {
  const CellBox all{0, 0, grid.nx, grid.ny};
  const std::optional<Outline> line = outline_in(header, gdal_reference(plan_wkt));
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
  const CrsTransform transform = transform_between(gdal_reference(header.crs_wkt), wgs84(), header.path);
  if (transform->Transform(3, x.data(), y.data()) == 0) return 0.0;
  const double right_m = sphere_distance_m({x[0], y[0]}, {x[1], y[1]});
  const double down_m = sphere_distance_m({x[0], y[0]}, {x[2], y[2]});
  return std::sqrt(right_m * down_m);
}

}  // namespace amaneku
