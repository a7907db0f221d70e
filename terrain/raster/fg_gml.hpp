// GSI's Fundamental Geospatial Data elevation model (基盤地図情報 数値標高モデル, FG-GML): JPGIS GML files of
// one mesh each. See docs/formats/terrain.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "terrain/geo.hpp"

namespace amaneku {

/// What stands before the heights.
struct FgGmlHeader {
  std::string kind{};   ///< "DEM1A", "DEM5A" ... "DEM10B" from the file name; "DEM" for another name
  std::string mesh{};   ///< JIS X 0410 code, 6 or 8 digits
  std::string datum{};  ///< "jgd2000", "jgd2011" or "jgd2024"
  LonLatBox box{};      ///< outer edges of the cells
  int nx = 0;
  int ny = 0;
};

struct FgGmlTile {
  FgGmlHeader header{};
  std::vector<float> height_asl_m{};  ///< [y, x], row 0 is north, NaN for no data; above Tokyo Bay mean sea level
};

/// Reads the header from the beginning of a file; 16 KiB are enough. `name` is the file's name or path, for the
/// kind and for errors. Throws InputError for a DOCTYPE, a missing element, a grid larger than 4,000,000 cells.
[[nodiscard]] FgGmlHeader read_fg_gml_header(std::string_view beginning, const std::string& name);

/// Reads a whole file. Sea cells (海水面) are NaN, or 0 m if `sea_is_zero`. Throws InputError for broken XML, a
/// DOCTYPE, another cell order than +x-y, an unknown surface word, a height that is no number or outside -500
/// .. 9000 m, more heights than cells. Fewer heights than cells are legal: the rest is no data.
[[nodiscard]] FgGmlTile parse_fg_gml(std::string text, const std::string& name, bool sea_is_zero);

/// True for the names under which GSI delivers elevation: "FG-GML-...-DEM....xml", in any case.
[[nodiscard]] bool is_fg_gml_dem_name(std::string_view file_name);

}  // namespace amaneku
