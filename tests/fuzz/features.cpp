#include "terrain/people/boundaries.hpp"
#include "tests/fuzz/target.hpp"

/// Polygons as GeoJSON or KML, through the gate for vector files.
AMANEKU_FUZZ_TARGET(features) {
  static const amaneku::Crs crs = amaneku::Crs::from_text("EPSG:6676");
  const char* name = bytes.find("<kml") != std::string_view::npos ? "towns.kml" : "towns.geojson";
  static_cast<void>(amaneku::read_boundaries({{.path = amaneku::fuzz::file_of(bytes, name)}}, crs));
}
