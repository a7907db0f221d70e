// People on the map, from the formats in which official figures come.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

enum class PopulationFormat { automatic, estat_mesh, csv, points, polygons, raster };

struct PopulationSource {
  std::filesystem::path path;
  PopulationFormat format = PopulationFormat::automatic;
  std::string count_field = "population";  ///< CSV column, OGR field; e-Stat: the first T...001 column
  std::string lon_field = "lon";           ///< CSV
  std::string lat_field = "lat";           ///< CSV
  std::string mesh_field = "mesh";         ///< CSV with a mesh code instead of lon/lat
  bool synthetic = false;                  ///< spread or invented figures; labelled so in every result
};

/// People in one place. A mesh or polygon becomes one unit; its people live on `footprint`.
struct PopulationUnit {
  std::string id{};     ///< mesh code, or file name and row, feature or cell
  double people = 0.0;  ///< finite, >= 0
  Point centre{};
  MultiPolygon footprint{};  ///< empty for a point; more than the mesh where secret meshes were merged into it
  int municipality = -1;  ///< index into the boundaries, -1 outside all of them; filled by assign_municipalities
};

struct Population {
  std::vector<PopulationUnit> units{};
  double total = 0.0;  ///< sum over units
  int mesh_level = 0;  ///< JIS X 0410 level when every unit is a mesh, else 0
  bool synthetic = false;
  std::vector<std::string> sources{};  ///< file names
  std::vector<Warning> warnings{};     ///< merged rows (HTKSYORI), rows without a figure ("*") ... each counted
};

/// What a file holds, from its first bytes and its extension. InputError where neither tells.
[[nodiscard]] PopulationFormat detect_population_format(const std::filesystem::path& path);

/// Among units of several sources: the meshes that come again, and those inside a larger one that is there too.
[[nodiscard]] long long meshes_on_others(const std::vector<PopulationUnit>& units);

/// Reads one source, a file or a folder of e-Stat mesh files; throws InputError with file and row for NaN,
/// negative, broken rows, wrong mesh digits.
[[nodiscard]] Population read_population(const PopulationSource& source, const Crs& crs);

}  // namespace amaneku
