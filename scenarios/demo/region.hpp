// The demo region: an invented rural Japanese district, from a seed, labelled synthetic everywhere.
#pragma once

#include <cstdint>
#include <filesystem>

namespace amaneku::scenarios {

/// Writes into `folder` (created where absent; files of the same names are replaced) and returns the path of
/// scenario.toml. The same seed gives the same bytes.
///
/// | file | content |
/// |---|---|
/// | dem.tif | ground, m above the sea, 30 m cells, no data over the sea |
/// | sea.tif | 0 m over the sea, no data over the land: radio paths cross the bays |
/// | population.csv | JIS X 0410 half meshes: mesh, population, households, over_64 |
/// | boundaries.geojson, municipalities.csv | invented municipalities and what rules ask about them |
/// | town_centres.geojson | focus zones: 1 km around the middle of each town |
/// | roads.geojson | class, name, name_en, structure (earthwork, bridge, tunnel), tunnel, bridge |
/// | places.geojson, rivers.geojson | exchange offices, town halls, ports ...; watercourses |
/// | sites.csv, sites_4g.csv | planned local 5G and candidates; the 4G masts of today (not in the plan) |
/// | README.md, scenario.toml | what it is; the plan |
std::filesystem::path write_demo_region(const std::filesystem::path& folder, std::uint64_t seed = 20260401);

}  // namespace amaneku::scenarios
