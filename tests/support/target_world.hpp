// A small country for the tests of targets: people in meshes, municipalities, roads, a map of who is served.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "libsim/studies/targets/target_check.hpp"
#include "terrain/people/mesh_code.hpp"
#include "terrain/people/population_readers.hpp"

namespace amaneku::test {

inline MultiPolygon box(double west, double south, double east, double north) {
  return {{Polygon{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}}}};
}

/// Served since year 0, or never.
inline ServedSince served_where(const Grid& grid, const auto& test) {
  ServedSince out{.fiscal_year = {grid, kNeverServed}};
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      if (test(ix, iy)) out.fiscal_year.at(ix, iy) = 0;
    }
  }
  return out;
}

/// Blobs of random size, so that meshes are cut anywhere.
inline ServedSince random_service(const Grid& grid, std::mt19937& random) {
  ServedSince out{.fiscal_year = {grid, kNeverServed}};
  std::uniform_int_distribution<int> column(0, grid.nx - 1);
  std::uniform_int_distribution<int> row(0, grid.ny - 1);
  std::uniform_int_distribution<int> radius(1, std::max(2, grid.nx / 6));
  for (int blob = 0; blob < 12; ++blob) {
    const int cx = column(random);
    const int cy = row(random);
    const int r = radius(random);
    for (int iy = std::max(0, cy - r); iy < std::min(grid.ny, cy + r); ++iy) {
      for (int ix = std::max(0, cx - r); ix < std::min(grid.nx, cx + r); ++ix) {
        if ((ix - cx) * (ix - cx) + (iy - cy) * (iy - cy) < r * r) out.fiscal_year.at(ix, iy) = 0;
      }
    }
  }
  return out;
}

inline Target target(std::string id, TargetMetric metric, TargetScope scope, Comparison comparison, double value,
                     int fiscal_year = 2030) {
  const bool share = metric != TargetMetric::population_outside_4g && metric != TargetMetric::base_stations_5g;
  return {.id = std::move(id),
          .metric = metric,
          .scope = scope,
          .comparison = comparison,
          .value = value,
          .unit = share ? "%" : "persons",
          .fiscal_year = fiscal_year};
}

inline Site site(std::string id, LonLat position, const Crs& crs, const std::string& technology,
                 int fiscal_year = 0, std::string operator_id = {}) {
  Site out{.id = std::move(id),
           .operator_id = std::move(operator_id),
           .position = position,
           .at = crs.to_plan(position)};
  auto carrier = std::make_shared<Carrier>();
  carrier->technology = technology;
  out.sectors.push_back({.id = "1", .carrier = carrier, .fiscal_year = fiscal_year});
  return out;
}

}  // namespace amaneku::test
