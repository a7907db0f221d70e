// From the area asked for to the plan grid, and whether the heights cover it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "terrain/crs.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku::scenarios {

inline constexpr double kMaxPlanCells = 1e9;

/// The smallest grid whose edges are multiples of `cell_m` and that holds the area. Throws InputError for an
/// area that is empty, or that needs more than kMaxPlanCells (nothing is allocated).
[[nodiscard]] Grid plan_grid(const LonLatBox& area, const Crs& crs, double cell_m);

/// What of an area no height source reaches, judged from extents alone.
struct MissingTerrain {
  double percent = 0.0;
  double area_m2 = 0.0;
  std::string sides{};  ///< "west, north"; empty: a gap inside
  [[nodiscard]] std::string text() const;
};

/// nullopt: the extents hold the whole area (to 1/500 of its sides).
[[nodiscard]] std::optional<MissingTerrain> missing_terrain(const LonLatBox& area,
                                                            std::span<const LonLatBox> extents);

}  // namespace amaneku::scenarios
