#include <cmath>

#include "terrain/raster/raster.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

TEST_CASE("bilinear sampling never reads a void as ground") {
  Raster<float> raster(Grid{.west_m = 0, .north_m = 30, .cell_m = 10, .nx = 3, .ny = 3}, 100.0F);
  raster.at(2, 1) = kNoData;
  CHECK(sample_bilinear(raster, {15.0, 15.0}) == 100.0F);  // exactly on a centre: the void has weight 0
  CHECK(std::isnan(sample_bilinear(raster, {16.0, 15.0})));
  CHECK(sample_bilinear(raster, {1.0, 29.0}) == 100.0F);  // outer half cell holds the edge value
  CHECK(std::isnan(sample_bilinear(raster, {-1.0, 15.0})));
  CHECK(count_voids(raster) == 1);
}
