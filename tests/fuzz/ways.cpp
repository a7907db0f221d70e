#include "terrain/routes/route_map.hpp"
#include "tests/fuzz/target.hpp"

/// OpenDRIVE, Lanelet2, SUMO, OpenStreetMap, GPX and tables of points: the content says which.
AMANEKU_FUZZ_TARGET(ways) {
  amaneku::RouteMapOptions options{.crs = "EPSG:6676", .max_points = 100'000};
  amaneku::FaultList faults("ways.xml");
  const amaneku::RouteMap map =
      amaneku::read_route_map(amaneku::fuzz::file_of(bytes, "ways.xml"), options, faults);
  for (const amaneku::RoutePiece& piece : map.pieces) amaneku::fuzz::require(piece.points.size() >= 2);
}
