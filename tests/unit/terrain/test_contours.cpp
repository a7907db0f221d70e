#include "terrain/vector/contours.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <numbers>
#include <random>

#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

constexpr double kThreshold = -84.6;

double cells_above_m2(const Raster<float>& values, double threshold) {
  const auto count = std::count_if(values.values.begin(), values.values.end(),
                                   [&](float value) { return static_cast<double>(value) >= threshold; });
  return static_cast<double>(count) * values.grid.cell_m * values.grid.cell_m;
}

/// Free space from a mast at the origin, on flat ground.
Raster<float> free_space(const Grid& grid) {
  Raster<float> out(grid, 0.0F);
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const Point p = grid.centre(ix, iy);
      out.at(ix, iy) = static_cast<float>(-20.0 - 20.0 * std::log10(std::hypot(p.x_m, p.y_m)));
    }
  }
  return out;
}

MultiPolygon square(double west, double south, double side) {
  return {{Polygon{
      {{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}, {west, south}},
      {}}}};
}

}  // namespace

TEST_CASE("the contour of a single site is the circle of the closed form") {
  const Grid grid{.west_m = -5000.0, .north_m = 5000.0, .cell_m = 10.0, .nx = 1000, .ny = 1000};
  const Raster<float> map = free_space(grid);
  const double radius_m = std::pow(10.0, (-20.0 - kThreshold) / 20.0);  // 1698 m
  const MultiPolygon area = area_at_or_above(map, kThreshold);
  REQUIRE(area.parts.size() == 1);
  CHECK(area.parts[0].holes.empty());
  const double cells_m2 = cells_above_m2(map, kThreshold);
  CHECK(area_m2(area) == Approx(cells_m2).epsilon(1e-12));
  CHECK(area_m2(area) == Approx(std::numbers::pi * radius_m * radius_m).epsilon(1e-3));
  // Corners of cells whose centre is inside reach half a diagonal beyond the circle, and as far short of it.
  const double half_diagonal_m = 0.5 * std::numbers::sqrt2 * grid.cell_m;
  for (const Point& p : area.parts[0].outer) {
    CHECK(std::fabs(std::hypot(p.x_m, p.y_m) - radius_m) <= half_diagonal_m);
  }
}

TEST_CASE("the area is that of the cells above the threshold, holes and voids included") {
  std::mt19937 random(5);
  std::normal_distribution<float> noise(0.0F, 4.0F);
  std::uniform_int_distribution<int> hole(0, 9);
  const Grid grid{.west_m = -300.0, .north_m = 200.0, .cell_m = 10.0, .nx = 80, .ny = 60};
  for (int round = 0; round < 20; ++round) {
    Raster<float> map = free_space(grid);
    for (float& value : map.values) {
      value += noise(random);
      if (hole(random) == 0) value = kNoData;
    }
    const double threshold = -60.0 - round;
    const double cells_m2 = cells_above_m2(map, threshold);
    const double area = area_m2(area_at_or_above(map, threshold));
    INFO("round " << round << ": " << area << " and " << cells_m2);
    CHECK(cells_m2 > 0.0);
    CHECK(area == Approx(cells_m2).epsilon(1e-12));
  }
}

TEST_CASE("nothing above the threshold has no area, everything has the grid") {
  const Grid grid{.west_m = 0.0, .north_m = 100.0, .cell_m = 10.0, .nx = 10, .ny = 10};
  CHECK(area_at_or_above(Raster<float>(grid, -100.0F), -90.0).parts.empty());
  CHECK(area_at_or_above(Raster<float>(grid, kNoData), -90.0).parts.empty());
  CHECK(area_m2(area_at_or_above(Raster<float>(grid, -80.0F), -90.0)) == 10'000.0);
  CHECK(area_m2(area_at_or_above(Raster<float>(grid, -90.0F), -90.0)) == 10'000.0);  // the threshold itself
}

TEST_CASE("own land and other land add up to the area") {
  const MultiPolygon area = square(0.0, 0.0, 100.0);
  const MultiPolygon land = square(-50.0, 20.0, 100.0);
  const MultiPolygon own = common_area(area, land);
  const MultiPolygon other = area_without(area, land);
  CHECK(area_m2(own) == Approx(50.0 * 80.0));
  CHECK(area_m2(own) + area_m2(other) == Approx(area_m2(area)));
  CHECK(common_area(area, square(500.0, 500.0, 10.0)).parts.empty());
  CHECK(area_without(area, square(-1.0, -1.0, 200.0)).parts.empty());
}

TEST_CASE("plots that overlap are counted once") {
  CHECK(area_m2(united({square(0.0, 0.0, 100.0), square(50.0, 0.0, 100.0), square(500.0, 0.0, 10.0)})) ==
        Approx(15'100.0));
  CHECK(united({}).parts.empty());
}

TEST_CASE("a bow tie of land is mended, not refused") {
  const MultiPolygon bow{{Polygon{{{0, 0}, {100, 100}, {100, 0}, {0, 100}, {0, 0}}, {}}}};
  CHECK(area_m2(common_area(square(0.0, 0.0, 100.0), bow)) == Approx(5000.0));
}

TEST_CASE("a licence map of 10 km in cells of 10 m takes less than two seconds of processor time") {
  const Grid grid{.west_m = -5000.0, .north_m = 5000.0, .cell_m = 10.0, .nx = 1000, .ny = 1000};
  Raster<float> map = free_space(grid);
  // Shadows of 50 m by 50 m: far more parts than terrain makes.
  std::mt19937 random(3);
  std::normal_distribution<float> shadow(0.0F, 6.0F);
  Raster<float> shadows(Grid{.cell_m = 50.0, .nx = 200, .ny = 200}, 0.0F);
  for (float& value : shadows.values) value = shadow(random);
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) map.at(ix, iy) += shadows.at(ix / 5, iy / 5);
  }
  const std::clock_t start = std::clock();
  const MultiPolygon cover = area_at_or_above(map, kThreshold);
  const MultiPolygon coordination = area_at_or_above(map, -91.0);
  const double spent_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  CHECK(area_m2(coordination) > area_m2(cover));
  INFO("two areas of " << cover.parts.size() << " and " << coordination.parts.size() << " parts: " << spent_s
                       << " s");
  CHECK(cover.parts.size() > 100);
  CHECK(spent_s < 2.0);
}
