#include <gdal_priv.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <memory>
#include <sstream>

#include "terrain/raster_io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using Catch::Matchers::Contains;

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Raster<float> hill(int nx, int ny) {
  Raster<float> raster(Grid{.west_m = 20'000, .north_m = -70'000, .cell_m = 30, .nx = nx, .ny = ny}, 0.0F);
  for (int iy = 0; iy < ny; ++iy) {
    for (int ix = 0; ix < nx; ++ix) {
      raster.at(ix, iy) = static_cast<float>(500.0 + 300.0 * std::sin(ix * 0.02) * std::cos(iy * 0.015));
    }
  }
  return raster;
}

}  // namespace

TEST_CASE("what write_cog writes, read_mosaic reads") {
  const test::TemporaryFolder folder;
  const Crs crs = Crs::from_text("EPSG:6676");
  Raster<float> raster = hill(700, 600);
  raster.at(5, 7) = kNoData;
  const auto path = folder.path() / "hill.tif";
  write_cog(path, raster, crs, {{"AMANEKU_QUANTITY", "ground_asl_m"}});

  const std::vector<RasterSource> sources{{.path = path}};
  const MosaicResult read = read_mosaic(sources, raster.grid, crs);
  REQUIRE(read.sources.size() == 1);
  CHECK(read.sources[0].format == "GTiff");
  CHECK(read.sources[0].resolution_m == Approx(30.0).epsilon(0.01));
  CHECK(read.sources[0].cells_used == 700 * 600 - 1);
  CHECK(read.void_cells == 1);
  CHECK(std::isnan(read.raster.at(5, 7)));
  write_cog(folder.path() / "again.tif", raster, crs, {{"AMANEKU_QUANTITY", "ground_asl_m"}});
  CHECK(bytes_of(path) == bytes_of(folder.path() / "again.tif"));
  double worst = 0.0;
  for (std::size_t i = 0; i < raster.values.size(); ++i) {
    if (!std::isnan(raster.values[i])) {
      worst = std::max(worst, std::abs(static_cast<double>(read.raster.values[i] - raster.values[i])));
    }
  }
  CHECK(worst < 1e-3);
}

TEST_CASE("a real SRTM file lands on the plan grid as gdalwarp puts it there") {
  AMANEKU_NEEDS(test::data(), "dem/fuji_srtm1.tif");
  const Crs crs = Crs::from_text("EPSG:6676");
  const Grid grid{.west_m = -5500, .north_m = -46500, .cell_m = 30, .nx = 1600, .ny = 1580};
  const std::vector<RasterSource> sources{{.path = *test::data() / "dem/fuji_srtm1.tif"}};
  const auto start = std::chrono::steady_clock::now();
  const MosaicResult read = read_mosaic(sources, grid, crs);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  WARN("read in " << took.count() << " s");
  CHECK(read.void_cells == 0);
}
