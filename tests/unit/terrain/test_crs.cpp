#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using Catch::Matchers::Contains;

TEST_CASE("plan coordinates are east and north metres, whatever the authority's axis order") {
  // echo "35.3606 138.7274" | cs2cs -f "%.4f" EPSG:4326 EPSG:6676   (prints northing, easting)
  const Crs zone8 = Crs::from_text("EPSG:6676");
  const Point fuji = zone8.to_plan({138.7274, 35.3606});
  CHECK(fuji.x_m == Approx(20665.3997).margin(0.001));
  CHECK(fuji.y_m == Approx(-70912.5779).margin(0.001));
  const LonLat back = zone8.to_lonlat(fuji);
  CHECK(back.lon_deg == Approx(138.7274).margin(1e-10));
  CHECK(back.lat_deg == Approx(35.3606).margin(1e-10));
  CHECK(zone8.id() == "EPSG:6676");
  CHECK(zone8.name() == "JGD2011 / Japan Plane Rectangular CS VIII");
  CHECK_THAT(zone8.wkt(), Contains("Transverse Mercator"));
}
