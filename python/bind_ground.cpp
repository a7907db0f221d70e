#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "python/bind.hpp"
#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/geodesic.hpp"
#include "terrain/raster/raster_io.hpp"

namespace py = pybind11;

namespace amaneku::python {
namespace {

using Values = py::array_t<double, py::array::c_style | py::array::forcecast>;

void check_place(double lon_deg, double lat_deg) {
  if (std::abs(lon_deg) <= 180.0 && std::abs(lat_deg) <= 90.0) return;
  throw InputError(Fault{.message = "is not a place",
                         .key = "lon, lat",
                         .value = std::to_string(lon_deg) + ", " + std::to_string(lat_deg),
                         .legal = "degrees, -180 .. 180 and -90 .. 90"});
}

std::vector<LonLat> places_of(const Values& lon_deg, const Values& lat_deg) {
  if (lon_deg.size() != lat_deg.size()) throw InputError(Fault{.message = "as many longitudes as latitudes"});
  std::vector<LonLat> places;
  for (py::ssize_t i = 0; i < lon_deg.size(); ++i) {
    check_place(lon_deg.data()[i], lat_deg.data()[i]);
    places.push_back({lon_deg.data()[i], lat_deg.data()[i]});
  }
  return places;
}

/// x and y of places, or their longitudes and latitudes.
template <class Place, class Project>
py::tuple projected(const std::vector<Place>& places, const Project& project) {
  const auto n = static_cast<py::ssize_t>(places.size());
  py::array_t<double> first(n);
  py::array_t<double> second(n);
  for (py::ssize_t i = 0; i < n; ++i)
    std::tie(first.mutable_data()[i], second.mutable_data()[i]) = project(places[static_cast<std::size_t>(i)]);
  return py::make_tuple(first, second);
}

py::tuple to_plan(const std::string& crs_id, const Values& lon_deg, const Values& lat_deg) {
  const Crs crs = Crs::from_text(crs_id);
  return projected(places_of(lon_deg, lat_deg), [&](LonLat place) {
    const Point at = crs.to_plan(place);
    return std::pair(at.x_m, at.y_m);
  });
}

py::tuple to_lonlat(const std::string& crs_id, const Values& x_m, const Values& y_m) {
  if (x_m.size() != y_m.size()) throw InputError(Fault{.message = "as many eastings as northings"});
  const Crs crs = Crs::from_text(crs_id);
  std::vector<Point> points;
  for (py::ssize_t i = 0; i < x_m.size(); ++i) points.push_back({x_m.data()[i], y_m.data()[i]});
  return projected(points, [&](Point at) {
    const LonLat place = crs.to_lonlat(at);
    return std::pair(place.lon_deg, place.lat_deg);
  });
}

/// Length and places along the geodesic, the ends included.
py::tuple geodesic_places(LonLat from, LonLat to, double step_m) {
  constexpr double kMostPoints = 1'000'000.0;
  check_place(from.lon_deg, from.lat_deg);
  check_place(to.lon_deg, to.lat_deg);
  const Geodesic way = geodesic_between(from, to);
  if (!(way.length_m > 0.0)) throw InputError(Fault{.message = "both ends are at one place", .key = "b"});
  if (!(step_m > 0.0) || way.length_m / step_m > kMostPoints) {
    throw InputError(Fault{.message = "is out of range",
                           .key = "step_m",
                           .value = std::to_string(step_m),
                           .legal = "> 0, at most 1,000,000 points"});
  }
  const auto steps = std::max(1, static_cast<int>(std::ceil(way.length_m / step_m)));
  std::vector<LonLat> places;
  for (int i = 0; i <= steps; ++i)
    places.push_back(geodesic_along(from, way.azimuth_deg, way.length_m * i / steps).at);
  const py::tuple lonlat = projected(places, [](LonLat place) { return std::pair(place.lon_deg, place.lat_deg); });
  return py::make_tuple(way.length_m, lonlat[0], lonlat[1]);
}

LonLatBox box_around(std::span<const LonLat> places) {
  constexpr double kMargin_deg = 0.005;
  LonLatBox box;
  for (const LonLat& place : places) box.include(place);
  return {box.west_deg - kMargin_deg, box.south_deg - kMargin_deg, box.east_deg + kMargin_deg,
          box.north_deg + kMargin_deg};
}

Grid grid_around(std::span<const LonLat> places, const Crs& crs, double cell_m) {
  constexpr int kMarginCells = 2;
  Point least = crs.to_plan(places.front());
  Point most = least;
  for (const LonLat& place : places) {
    const Point at = crs.to_plan(place);
    least = {std::min(least.x_m, at.x_m), std::min(least.y_m, at.y_m)};
    most = {std::max(most.x_m, at.x_m), std::max(most.y_m, at.y_m)};
  }
  const auto cells = [&](double from, double to) {
    return static_cast<int>(std::ceil((to - from) / cell_m)) + 2 * kMarginCells;
  };
  return {.west_m = least.x_m - kMarginCells * cell_m,
          .north_m = most.y_m + kMarginCells * cell_m,
          .cell_m = cell_m,
          .nx = cells(least.x_m, most.x_m),
          .ny = cells(least.y_m, most.y_m)};
}

/// Side of a pixel of the finest source there.
double native_cell_m(std::span<const RasterSource> sources, LonLat at) {
  const std::span<const LonLat> place(&at, 1);
  const Crs crs = Crs::from_text(choose_plan_crs(box_around(place)));
  double cell_m = 1000.0;
  for (const RasterSourceInfo& source : read_mosaic(sources, grid_around(place, crs, 30.0), crs).sources)
    if (source.resolution_m > 0.0) cell_m = std::min(cell_m, source.resolution_m);
  return cell_m;
}

/// Heights of rasters at places along a line, piece by piece so that a long line needs no large grid. A plan reads
/// its ground by the same interpolation.
std::vector<double> heights_along(std::span<const RasterSource> sources, std::span<const LonLat> places,
                                  double cell_m) {
  constexpr double kPiece_m = 20'000.0;
  if (cell_m <= 0.0) cell_m = native_cell_m(sources, places.front());
  std::vector<double> heights_m;
  for (std::size_t begin = 0; begin < places.size();) {
    std::size_t end = begin + 1;
    while (end < places.size() && sphere_distance_m(places[begin], places[end]) <= kPiece_m) ++end;
    const std::span<const LonLat> piece = places.subspan(begin, end - begin);
    const Crs crs = Crs::from_text(choose_plan_crs(box_around(piece)));
    const MosaicResult mosaic = read_mosaic(sources, grid_around(piece, crs, cell_m), crs, Interpolation::cubic);
    for (const LonLat& place : piece)
      heights_m.push_back(static_cast<double>(sample_bilinear(mosaic.raster, crs.to_plan(place))));
    begin = end;
  }
  return heights_m;
}

Values raster_along(const std::vector<std::filesystem::path>& paths, const Values& lon_deg, const Values& lat_deg,
                    double cell_m) {
  constexpr double kLeast_m = 0.1;
  if (paths.empty()) throw InputError(Fault{.message = "no raster is given", .key = "dem"});
  if (!std::isfinite(cell_m) || (cell_m != 0.0 && cell_m < kLeast_m)) {
    throw InputError(Fault{.message = "is out of range",
                           .key = "cell_m",
                           .value = std::to_string(cell_m),
                           .legal = "0 (that of the raster), or >= 0.1"});
  }
  const std::vector<LonLat> places = places_of(lon_deg, lat_deg);
  if (places.empty()) return Values(0);
  std::vector<RasterSource> sources;
  for (const std::filesystem::path& path : paths) sources.push_back({.path = path});
  const std::vector<double> heights_m = [&] {
    const py::gil_scoped_release free;
    return heights_along(sources, places, cell_m);
  }();
  return Values(static_cast<py::ssize_t>(heights_m.size()), heights_m.data());
}

/// [y, x], row 0 where the transform says.
void write_array(const std::filesystem::path& path,
                 const py::array_t<float, py::array::c_style | py::array::forcecast>& values,
                 const std::array<double, 6>& transform, const std::string& crs) {
  if (values.ndim() != 2 || values.size() == 0)
    throw InputError(Fault{.message = "is no array [y, x]", .key = "values"});
  constexpr py::ssize_t kMostSide = 400'000;
  if (values.shape(0) > kMostSide || values.shape(1) > kMostSide)
    throw InputError(Fault{.message = "is too large", .key = "values", .legal = "400000 pixels a side"});
  Grid grid;
  grid.ny = static_cast<int>(values.shape(0));
  grid.nx = static_cast<int>(values.shape(1));
  Raster<float> pixels(grid, kNoData);
  std::copy_n(values.data(), values.size(), pixels.values.data());
  const py::gil_scoped_release free;
  write_pixels(path, pixels, transform, crs);
}

}  // namespace

void bind_ground(py::module_& module) {
  module.def("to_plan", &to_plan, py::arg("crs"), py::arg("lon_deg"), py::arg("lat_deg"));
  module.def("to_lonlat", &to_lonlat, py::arg("crs"), py::arg("x_m"), py::arg("y_m"));
  module.def(
      "crs_wkt", [](const std::string& crs) { return Crs::from_text(crs).wkt(); }, py::arg("crs"));
  module.def(
      "geodesic_places",
      [](std::pair<double, double> from, std::pair<double, double> to, double step_m) {
        return geodesic_places({from.first, from.second}, {to.first, to.second}, step_m);
      },
      py::arg("a"), py::arg("b"), py::arg("step_m"));
  module.def("write_pixels", &write_array, py::arg("path"), py::arg("values"), py::arg("transform"),
             py::arg("crs"));
  module.def("raster_along", &raster_along, py::arg("paths"), py::arg("lon_deg"), py::arg("lat_deg"),
             py::arg("cell_m"));
}

}  // namespace amaneku::python
