#include "terrain/vector/polygonize.hpp"

#include "tests/support/catch.hpp"

using namespace amaneku;

TEST_CASE("classes become polygons with exactly the area of their cells") {
  Raster<std::int16_t> classes(Grid{.west_m = 100, .north_m = 500, .cell_m = 10, .nx = 5, .ny = 5}, 1);
  classes.at(2, 2) = 2;   // a hole in class 1
  classes.at(0, 0) = -1;  // no data
  const auto areas = polygonize(classes, -1);
  REQUIRE(areas.size() == 2);
  CHECK(area_m2(areas.at(1)) == 23 * 100.0);
  CHECK(area_m2(areas.at(2)) == 100.0);
  REQUIRE(areas.at(1).parts.size() == 1);
  CHECK(areas.at(1).parts.front().holes.size() == 1);
  CHECK(contains(areas.at(2), classes.grid.centre(2, 2)));
  CHECK_FALSE(contains(areas.at(1), classes.grid.centre(2, 2)));
}

TEST_CASE("cells that touch at a corner are separate parts") {
  Raster<std::int16_t> classes(Grid{.west_m = 0, .north_m = 20, .cell_m = 10, .nx = 2, .ny = 2}, 0);
  classes.at(0, 0) = classes.at(1, 1) = 7;
  const auto areas = polygonize(classes, 0);
  REQUIRE(areas.size() == 1);
  CHECK(areas.at(7).parts.size() == 2);
  CHECK(polygonize(Raster<std::int16_t>{}, 0).empty());
}
