#include "scenarios/read/area.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

struct PlanBox {
  double west_m = std::numeric_limits<double>::infinity();
  double south_m = std::numeric_limits<double>::infinity();
  double east_m = -std::numeric_limits<double>::infinity();
  double north_m = -std::numeric_limits<double>::infinity();
};

/// The edges of a geographic box bend in the plan: they are followed, not only the corners.
PlanBox projected(const LonLatBox& area, const Crs& crs) {
  constexpr int kSteps = 32;
  PlanBox box;
  const auto include = [&](double u, double v) {
    const Point p = crs.to_plan({area.west_deg + u * (area.east_deg - area.west_deg),
                                 area.south_deg + v * (area.north_deg - area.south_deg)});
    box.west_m = std::fmin(box.west_m, p.x_m);
    box.east_m = std::fmax(box.east_m, p.x_m);
    box.south_m = std::fmin(box.south_m, p.y_m);
    box.north_m = std::fmax(box.north_m, p.y_m);
  };
  for (int i = 0; i <= kSteps; ++i) {
    const double t = static_cast<double>(i) / kSteps;
    include(t, 0.0);
    include(t, 1.0);
    include(0.0, t);
    include(1.0, t);
  }
  return box;
}

double ground_area_m2(const LonLatBox& box) {
  const double lat = box.centre().lat_deg * kDegToRad;
  const double side = kEarthRadius_m * kDegToRad;
  return side * (box.north_deg - box.south_deg) * side * std::cos(lat) * (box.east_deg - box.west_deg);
}

}  // namespace

Grid plan_grid(const LonLatBox& area, const Crs& crs, double cell_m) {
  const PlanBox box = projected(area, crs);
  const double west = std::floor(box.west_m / cell_m);
  const double south = std::floor(box.south_m / cell_m);
  const double nx = std::ceil(box.east_m / cell_m) - west;
  const double ny = std::ceil(box.north_m / cell_m) - south;
  if (!std::isfinite(nx * ny)) {
    throw InputError(
        Fault{.message = "the area cannot be drawn in " + crs.id(), .legal = "an area near the CRS's own"});
  }
  if (nx * ny > kMaxPlanCells) {
    const double enough = cell_m * std::sqrt(nx * ny / kMaxPlanCells);
    throw InputError(Fault{
        .message = fmt::format("{:.0f} km x {:.0f} km in cells of {} m are {:.3g} cells; the limit is {:.0e}: "
                               "take a smaller area or scenario.grid_m >= {:.0f}",
                               nx * cell_m / 1000.0, ny * cell_m / 1000.0, cell_m, nx * ny, kMaxPlanCells,
                               std::ceil(enough * 1.001))});
  }
  return {.west_m = west * cell_m,
          .north_m = (south + ny) * cell_m,
          .cell_m = cell_m,
          .nx = static_cast<int>(nx),
          .ny = static_cast<int>(ny)};
}

std::optional<MissingTerrain> missing_terrain(const LonLatBox& area, std::span<const LonLatBox> extents) {
  constexpr int kSteps = 500;
  const auto held = [&](double lon, double lat) {
    return std::any_of(extents.begin(), extents.end(), [&](const LonLatBox& e) {
      // An extent that crosses 180 degrees goes on beyond it.
      const double near = lon + 360.0 * std::round((0.5 * (e.west_deg + e.east_deg) - lon) / 360.0);
      return near >= e.west_deg && near <= e.east_deg && lat >= e.south_deg && lat <= e.north_deg;
    });
  };
  long long missing = 0;
  for (int iy = 0; iy < kSteps; ++iy) {
    const double lat = area.south_deg + (iy + 0.5) / kSteps * (area.north_deg - area.south_deg);
    for (int ix = 0; ix < kSteps; ++ix) {
      const double lon = area.west_deg + (ix + 0.5) / kSteps * (area.east_deg - area.west_deg);
      missing += held(lon, lat) ? 0 : 1;
    }
  }
  if (missing == 0) return std::nullopt;
  const LonLat middle = area.centre();
  const double in_lon = 0.5 / kSteps * (area.east_deg - area.west_deg);
  const double in_lat = 0.5 / kSteps * (area.north_deg - area.south_deg);
  const std::array<bool, 4> open = {
      !held(area.west_deg + in_lon, middle.lat_deg), !held(middle.lon_deg, area.south_deg + in_lat),
      !held(area.east_deg - in_lon, middle.lat_deg), !held(middle.lon_deg, area.north_deg - in_lat)};
  static constexpr std::array<const char*, 4> kSides = {"west", "south", "east", "north"};
  MissingTerrain out;
  const double share = static_cast<double>(missing) / (static_cast<double>(kSteps) * kSteps);
  out.percent = 100.0 * share;
  out.area_m2 = share * ground_area_m2(area);
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (open[i]) out.sides += (out.sides.empty() ? "" : ", ") + std::string(kSides[i]);
  }
  return out;
}

std::string MissingTerrain::text() const {
  return fmt::format("the heights do not cover the area: {:.1f} % ({:.1f} km2) is missing{}", percent,
                     area_m2 / 1e6, sides.empty() ? "" : " in the " + sides);
}

}  // namespace amaneku::scenarios
