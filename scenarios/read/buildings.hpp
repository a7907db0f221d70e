// [[terrain.buildings]]: footprints with heights as clutter on the cells of the plan.
#pragma once

#include <vector>

#include "scenarios/schema/document.hpp"
#include "scenarios/schema/schema.hpp"
#include "terrain/raster/raster_io.hpp"

namespace amaneku::scenarios {

[[nodiscard]] std::vector<SchemaKey> buildings_keys();

struct BuildingClutter {
  Raster<float> height_m{};  ///< above ground, 0 between the buildings; no values: no section
  std::vector<RasterSourceInfo> sources{};
  std::vector<Warning> warnings{};
};

/// All sections, the highest of them on each cell. Faults go to the document.
[[nodiscard]] BuildingClutter building_clutter(Document& document, const Grid& grid, const Crs& crs);

}  // namespace amaneku::scenarios
