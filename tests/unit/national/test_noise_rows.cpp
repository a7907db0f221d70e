#include <algorithm>
#include <cmath>
#include <vector>

#include "bench/national/noise_rows.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::bench;

TEST_CASE("noise depends on the position alone") {
  constexpr double kWavelength_m = 730.0;
  const Grid grid{-3000.0, 9000.0, 100.0, 80, 70};
  const Grid inner{-1000.0, 7500.0, 500.0, 9, 11};  // its cells are centres of the larger grid's
  NoiseRows southwards(5, kWavelength_m, grid);
  std::vector<std::vector<float>> rows;
  for (int iy = 0; iy < grid.ny; ++iy) {
    const auto row = southwards.row(iy);
    rows.emplace_back(row.begin(), row.end());
  }
  int different = 0;
  NoiseRows northwards(5, kWavelength_m, grid);
  for (int iy = grid.ny - 1; iy >= 0; --iy) {
    const auto row = northwards.row(iy);
    const std::vector<float>& same = rows[static_cast<std::size_t>(iy)];
    different += std::equal(row.begin(), row.end(), same.begin(), same.end()) ? 0 : 1;
  }
  NoiseRows coarse(5, kWavelength_m, inner);
  for (int iy = 0; iy < inner.ny; ++iy) {
    const auto row = coarse.row(iy);
    for (int ix = 0; ix < inner.nx; ++ix) {
      const Point at = inner.centre(ix, iy);
      const auto& wide = rows[static_cast<std::size_t>(grid.row_of(at.y_m))];
      const float same = wide[static_cast<std::size_t>(grid.column_of(at.x_m))];
      different += row[static_cast<std::size_t>(ix)] != same ? 1 : 0;
    }
  }
  CHECK(different == 0);
}

TEST_CASE("noise lies between -1 and 1, is smooth, and follows its seed") {
  const Grid grid{0.0, 50'000.0, 50.0, 1000, 1000};
  NoiseRows noise(1, 2000.0, grid);
  NoiseRows other(2, 2000.0, grid);
  float lowest = 0.0F;
  float highest = 0.0F;
  double sum = 0.0;
  float steepest = 0.0F;
  bool same = true;
  std::vector<float> before;
  for (int iy = 0; iy < grid.ny; ++iy) {
    const auto row = noise.row(iy);
    for (std::size_t ix = 0; ix < row.size(); ++ix) {
      lowest = std::min(lowest, row[ix]);
      highest = std::max(highest, row[ix]);
      sum += static_cast<double>(row[ix]);
      if (ix > 0) steepest = std::max(steepest, std::fabs(row[ix] - row[ix - 1]));
      if (!before.empty()) steepest = std::max(steepest, std::fabs(row[ix] - before[ix]));
    }
    before.assign(row.begin(), row.end());
    const auto second = other.row(iy);
    same = same && std::equal(second.begin(), second.end(), before.begin());
  }
  CHECK(lowest >= -1.0F);
  CHECK(lowest < -0.7F);
  CHECK(highest <= 1.0F);
  CHECK(highest > 0.7F);
  CHECK(std::fabs(sum) / static_cast<double>(grid.cells()) < 0.03);
  CHECK(steepest < 0.13F);  // 50 m of 2000 m: a step at a node would be of the order of 1
  CHECK_FALSE(same);
}

TEST_CASE("a lattice is interpolated between its nodes and held beyond them") {
  Raster<float> lattice(Grid{0.0, 3000.0, 1000.0, 3, 3}, 0.0F);
  for (int iy = 0; iy < 3; ++iy) {
    for (int ix = 0; ix < 3; ++ix) lattice.at(ix, iy) = static_cast<float>(100 * ix + iy);
  }
  const Grid grid{-1000.0, 4000.0, 250.0, 20, 20};
  LatticeRows rows(lattice, grid);
  for (int iy = 0; iy < grid.ny; ++iy) {
    const auto row = rows.row(iy);
    for (int ix = 0; ix < grid.nx; ++ix) {
      const double column = std::clamp(lattice.grid.column(grid.centre(ix, iy).x_m), 0.0, 2.0);
      const double line = std::clamp(lattice.grid.row(grid.centre(ix, iy).y_m), 0.0, 2.0);
      REQUIRE(static_cast<double>(row[static_cast<std::size_t>(ix)]) ==
              Approx(100.0 * column + line).margin(1e-4));
    }
  }
}
