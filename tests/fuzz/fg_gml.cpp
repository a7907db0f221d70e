#include <cmath>

#include "terrain/raster/fg_gml.hpp"
#include "tests/fuzz/target.hpp"

/// Elevation of the GSI.
AMANEKU_FUZZ_TARGET(fg_gml) {
  const std::string name = "FG-GML-5338-05-DEM5A.xml";
  const amaneku::FgGmlHeader header = amaneku::read_fg_gml_header(bytes.substr(0, 16'384), name);
  const amaneku::FgGmlTile tile = amaneku::parse_fg_gml(std::string(bytes), name, false);
  amaneku::fuzz::require(header.nx > 0 && header.ny > 0);
  amaneku::fuzz::require(tile.height_asl_m.size() ==
                         static_cast<std::size_t>(tile.header.nx) * static_cast<std::size_t>(tile.header.ny));
  for (const float height_asl_m : tile.height_asl_m)
    amaneku::fuzz::require(std::isnan(height_asl_m) || (height_asl_m >= -500.0F && height_asl_m <= 9000.0F));
}
