#include "terrain/vector/vector.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "terrain/people/boundaries.hpp"
#include "terrain/people/roads.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

Line square(double x, double y, double side) {
  return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
}

/// A star-shaped ring that is not convex, around (x, y).
Line star(double x, double y, double radius, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0.3, 1.0);
  Line ring;
  for (int i = 0; i < 200; ++i) {
    const double angle = 2.0 * std::numbers::pi * i / 200.0;
    const double r = radius * share(random);
    ring.push_back({x + r * std::cos(angle), y + r * std::sin(angle)});
  }
  ring.push_back(ring.front());
  return ring;
}

/// Sixty municipalities in an 8 by 8 chessboard of wavy cells without gaps; the last four cells are sea.
Boundaries chessboard(double side, int points_per_edge) {
  const auto corner = [&](int i, int j) {
    return Point{i * side + 0.13 * side * (j % 2), j * side + 0.1 * side * (i % 3)};
  };
  const auto border = [&](Point a, Point b) {
    Line line;
    for (int k = 0; k <= points_per_edge; ++k) {
      const double t = static_cast<double>(k) / points_per_edge;
      const double wave = 0.08 * side * std::sin(6.0 * std::numbers::pi * t);
      line.push_back({a.x_m + t * (b.x_m - a.x_m) + wave, a.y_m + t * (b.y_m - a.y_m) + wave});
    }
    return line;
  };
  Boundaries boundaries;
  for (int cell = 0; cell < 60; ++cell) {
    const int i = cell % 8;
    const int j = cell / 8;
    Line ring;
    const auto append = [&](const Line& line, bool forward) {
      if (forward)
        ring.insert(ring.end(), line.begin(), line.end() - 1);
      else
        ring.insert(ring.end(), line.rbegin(), line.rend() - 1);
    };
    append(border(corner(i, j), corner(i + 1, j)), true);
    append(border(corner(i + 1, j), corner(i + 1, j + 1)), true);
    append(border(corner(i, j + 1), corner(i + 1, j + 1)), false);
    append(border(corner(i, j), corner(i, j + 1)), false);
    ring.push_back(ring.front());
    boundaries.municipalities.push_back({.code = std::to_string(10001 + cell), .area = {{Polygon{ring, {}}}}});
  }
  return boundaries;
}

}  // namespace

TEST_CASE("area, holes and parts") {
  const MultiPolygon area{{Polygon{square(0, 0, 10), {square(2, 2, 4)}}, Polygon{square(3, 3, 1), {}},
                           Polygon{square(100, 0, 2), {}}}};
  CHECK(area_m2(area) == Approx(100.0 - 16.0 + 1.0 + 4.0));
  CHECK(contains(area, {1, 1}));
  CHECK_FALSE(contains(area, {2.5, 2.5}));  // in the hole
  CHECK(contains(area, {3.5, 3.5}));        // on the island inside the hole
  CHECK(contains(area, {101, 1}));
  CHECK_FALSE(contains(area, {50, 1}));
  CHECK(area_m2(MultiPolygon{}) == 0.0);
  CHECK_FALSE(contains(MultiPolygon{}, {0, 0}));
}

TEST_CASE("area does not lose digits far from the origin or with the other orientation") {
  Line ring = square(-123456.7, -198765.4, 0.5);
  CHECK(area_m2({{Polygon{ring, {}}}}) == Approx(0.25).epsilon(1e-9));
  std::reverse(ring.begin(), ring.end());
  CHECK(area_m2({{Polygon{ring, {}}}}) == Approx(0.25).epsilon(1e-9));
}

TEST_CASE("length of a line") {
  CHECK(length_m({{0, 0}, {3, 4}, {3, 10}}) == Approx(11.0));
  CHECK(length_m({{1, 1}}) == 0.0);
  CHECK(length_m({}) == 0.0);
}

TEST_CASE("a point on a common border belongs to exactly one area") {
  const MultiPolygon west{{Polygon{{{0, 0}, {7, 0}, {5, 9}, {0, 9}, {0, 0}}, {}}}};
  const MultiPolygon east{{Polygon{{{7, 0}, {12, 0}, {12, 9}, {5, 9}, {7, 0}}, {}}}};
  for (int i = 0; i < 1000; ++i) {
    const double t = i / 1000.0;
    const Point p{7.0 - 2.0 * t, 9.0 * t};
    CHECK(contains(west, p) + contains(east, p) == 1);
  }
}

TEST_CASE("the index gives the answers of contains") {
  std::vector<MultiPolygon> areas;
  for (unsigned i = 0; i < 12; ++i) {
    areas.push_back({{Polygon{star(100.0 * (i % 4), 100.0 * (i / 4), 90.0, i),
                              {square(100.0 * (i % 4), 100.0 * (i / 4), 9.0)}},
                      Polygon{square(100.0 * (i % 4) + 50.0, 100.0 * (i / 4) + 50.0, 20.0), {}}}});
  }
  std::vector<const MultiPolygon*> pointers;
  for (const MultiPolygon& area : areas) pointers.push_back(&area);
  const AreaIndex index(pointers);
  std::mt19937 random(7);
  std::uniform_real_distribution<double> place(-120.0, 420.0);
  int inside = 0;
  for (int i = 0; i < 5000; ++i) {
    const Point p{place(random), place(random)};
    int expected = -1;
    for (int k = 11; k >= 0; --k) {
      if (contains(areas[static_cast<std::size_t>(k)], p)) expected = k;
    }
    REQUIRE(index.find(p) == expected);
    inside += expected >= 0;
  }
  CHECK(inside > 1000);
  CHECK(index.find({0.0, std::numeric_limits<double>::quiet_NaN()}) == -1);
  CHECK(AreaIndex({}).find({0, 0}) == -1);
}

TEST_CASE("rasterised municipalities are those of contains, one a cell") {
  const Boundaries boundaries = chessboard(100.0, 20);
  const Grid grid{.west_m = -50, .north_m = 850, .cell_m = 7.0, .nx = 140, .ny = 135};
  const Raster<std::int16_t> raster = rasterize_municipalities(boundaries, grid);
  int inside = 0;
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      int expected = -1;
      for (int k = 59; k >= 0; --k) {
        if (contains(boundaries.municipalities[static_cast<std::size_t>(k)].area, grid.centre(ix, iy)))
          expected = k;
      }
      REQUIRE(raster.at(ix, iy) == expected);
      inside += expected >= 0;
    }
  }
  CHECK(inside > 10'000);
}

TEST_CASE("where municipalities overlap the first in order has the cell") {
  Boundaries boundaries;
  boundaries.municipalities.push_back({.code = "10001", .area = {{Polygon{square(0, 0, 20), {}}}}});
  boundaries.municipalities.push_back({.code = "10002", .area = {{Polygon{square(10, 0, 20), {}}}}});
  const Raster<std::int16_t> raster =
      rasterize_municipalities(boundaries, Grid{.west_m = 0, .north_m = 10, .cell_m = 10, .nx = 4, .ny = 1});
  CHECK(raster.values == CellValues<std::int16_t>{0, 0, 1, -1});
}

TEST_CASE("municipalities outside the grid leave it empty") {
  Boundaries boundaries;
  boundaries.municipalities.push_back({.code = "10001", .area = {{Polygon{square(1e6, 1e6, 20), {}}}}});
  boundaries.municipalities.push_back({.code = "10002", .area = {}});
  boundaries.municipalities.push_back({.code = "10003", .area = {{Polygon{square(-1e9, -1e9, 20), {}}}}});
  const Raster<std::int16_t> raster =
      rasterize_municipalities(boundaries, Grid{.west_m = 0, .north_m = 10, .cell_m = 10, .nx = 4, .ny = 1});
  CHECK(raster.values == CellValues<std::int16_t>(4, -1));
}
