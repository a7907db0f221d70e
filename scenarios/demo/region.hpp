// The demo region: an invented rural Japanese municipality, from a seed, labelled synthetic everywhere.
#pragma once

#include <cstdint>
#include <filesystem>

namespace amaneku::scenarios {

/// Writes dem.tif, population.csv, boundaries.geojson, roads.gpkg, sites.csv, places.gpkg, README.md and
/// scenario.toml into `folder`; returns the path of scenario.toml. The same seed gives the same bytes.
std::filesystem::path write_demo_region(const std::filesystem::path& folder, std::uint64_t seed = 20260401);

}  // namespace amaneku::scenarios
