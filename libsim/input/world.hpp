// What is there before anything is planned: the ground, the people, their boundaries and roads, in one projected
// CRS.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "terrain/people/boundaries.hpp"
#include "terrain/people/existing_coverage.hpp"
#include "terrain/people/focus_zones.hpp"
#include "terrain/people/population.hpp"
#include "terrain/people/roads.hpp"
#include "terrain/raster/profile.hpp"
#include "terrain/raster/raster.hpp"
#include "terrain/raster/raster_io.hpp"

namespace amaneku {

/// Ground under the plan.
struct Ground {
  Raster<float> ground_asl_m{};
  Raster<float> clutter_m{};  ///< height of buildings and trees above ground, same grid; empty values: none
  Raster<Zone> zone{};        ///< empty values: all inland
};

/// Everything on the grid and in the CRS of the plan.
struct World {
  std::string crs_id{};
  Ground ground{};
  std::vector<RasterSourceInfo> terrain_sources{};
  std::string vertical_datum = "as delivered by the source";
  std::size_t terrain_void_cells = 0;
  bool flat_earth =
      false;  ///< no elevation data: the ground is one height everywhere, nothing blocks but the Earth
  Population population{};  ///< municipalities assigned
  Boundaries boundaries{};
  Roads roads{};
  FocusZones focus_zones{};
  ExistingCoverage existing{};  ///< on the grid of the plan

  [[nodiscard]] const Grid& grid() const noexcept { return ground.ground_asl_m.grid; }
};

}  // namespace amaneku
