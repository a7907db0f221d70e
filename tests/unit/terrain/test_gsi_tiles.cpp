// Elevation tiles of GSI: the colours of pixels as heights, and where the pixels lie.
#include <cmath>
#include <fstream>
#include <functional>
#include <numbers>

#include "terrain/error.hpp"
#include "terrain/raster/raster_io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

constexpr int kSide_px = 256;

struct Address {
  int z;
  int x;
  int y;
};

/// The spherical formula of the tiles, the other way round.
LonLat centre_of(const Address& tile, int column, int row) {
  const double n = std::exp2(tile.z);
  const double pi = std::numbers::pi;
  const double x = (tile.x + (column + 0.5) / kSide_px) / n;
  const double y = (tile.y + (row + 0.5) / kSide_px) / n;
  return {x * 360.0 - 180.0, std::atan(std::sinh(pi * (1.0 - 2.0 * y))) * 180.0 / pi};
}

Address tile_at(int z, LonLat at) {
  const double n = std::exp2(z);
  const double tangent = std::tan(at.lat_deg * std::numbers::pi / 180.0);
  return {z, static_cast<int>((at.lon_deg + 180.0) / 360.0 * n),
          static_cast<int>((1.0 - std::asinh(tangent) / std::numbers::pi) / 2.0 * n)};
}

/// NaN is void.
Rgba colour_of(double height_asl_m) {
  if (std::isnan(height_asl_m)) return {128, 0, 0};
  const auto code = static_cast<unsigned>(static_cast<int>(std::lround(height_asl_m * 100.0)));
  return {static_cast<std::uint8_t>(code >> 16U & 255U), static_cast<std::uint8_t>(code >> 8U & 255U),
          static_cast<std::uint8_t>(code & 255U)};
}

void save_bytes(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

std::filesystem::path path_of(const std::filesystem::path& folder, const Address& tile) {
  return folder / std::to_string(tile.z) / std::to_string(tile.x) / (std::to_string(tile.y) + ".png");
}

using HeightAt = std::function<double(LonLat)>;

void save_tile(const std::filesystem::path& folder, const Address& tile, const HeightAt& height_asl_m) {
  std::vector<Rgba> pixels;
  for (int row = 0; row < kSide_px; ++row) {
    for (int column = 0; column < kSide_px; ++column)
      pixels.push_back(colour_of(height_asl_m(centre_of(tile, column, row))));
  }
  save_bytes(path_of(folder, tile), encode_png(kSide_px, kSide_px, pixels));
}

void save_colour(const std::filesystem::path& folder, const Address& tile, Rgba colour, int side = kSide_px) {
  const auto count = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
  save_bytes(path_of(folder, tile), encode_png(side, side, std::vector<Rgba>(count, colour)));
}

constexpr LonLat kTown{135.915, 33.5875};

const Crs& zone6() {
  static const Crs crs = Crs::from_text("EPSG:6674");
  return crs;
}

Grid grid_at(LonLat centre, int n, double cell_m) {
  const Point p = zone6().to_plan(centre);
  return {
      .west_m = p.x_m - 0.5 * n * cell_m, .north_m = p.y_m + 0.5 * n * cell_m, .cell_m = cell_m, .nx = n, .ny = n};
}

/// The value of a tile of one colour.
float height_of_colour(Rgba colour) {
  const test::TemporaryFolder folder;
  save_colour(folder.path(), tile_at(14, kTown), colour);
  const Address tile = tile_at(14, kTown);
  return read_mosaic(std::vector{RasterSource{.path = folder.path()}}, grid_at(centre_of(tile, 128, 128), 1, 10.0),
                     zone6())
      .raster.values[0];
}

double slope(LonLat at) {
  return 200.0 + 4'000.0 * (at.lon_deg - kTown.lon_deg) + 3'000.0 * (at.lat_deg - kTown.lat_deg);
}

}  // namespace

TEST_CASE("the three bytes of a pixel are centimetres, negative ones too") {
  CHECK(height_of_colour({0, 0, 0}) == 0.0F);
  CHECK(height_of_colour({0, 0, 1}) == Approx(0.01));
  CHECK(height_of_colour({0x01, 0x86, 0xA0}) == Approx(1000.0));
  CHECK(height_of_colour({0x05, 0xC3, 0x18}) == Approx(3776.24));
  CHECK(height_of_colour({255, 255, 255}) == Approx(-0.01));
  CHECK(height_of_colour({0xFF, 0xD8, 0xF0}) == Approx(-100.0));
  CHECK(std::isnan(height_of_colour({128, 0, 0})));
}

TEST_CASE("tiles lie where the formula of the tiles puts them, without a seam") {
  const test::TemporaryFolder folder;
  for (const int z : {14, 15}) {
    const Address first = tile_at(z, kTown);
    const std::filesystem::path kind = folder.path() / std::to_string(z);
    for (int dx = -1; dx <= 1; ++dx) {
      for (int dy = -1; dy <= 1; ++dy) save_tile(kind, {z, first.x + dx, first.y + dy}, slope);
    }
    // Across the borders of tiles, on cells smaller than pixels, which are interpolated.
    const Grid grid = grid_at(centre_of(first, 0, 0), 60, z == 14 ? 6.0 : 3.0);
    const MosaicResult got = read_mosaic(std::vector{RasterSource{.path = kind}}, grid, zone6());
    CHECK(got.void_cells == 0);
    double worst_m = 0.0;
    for (int iy = 0; iy < grid.ny; ++iy) {
      for (int ix = 0; ix < grid.nx; ++ix) {
        const double expected = slope(zone6().to_lonlat(grid.centre(ix, iy)));
        worst_m = std::max(worst_m, std::abs(double(got.raster.at(ix, iy)) - expected));
      }
    }
    // Half a centimetre of the code; a pixel off would be 0.4 m at zoom 14, 0.2 m at 15.
    CHECK(worst_m < 0.02);
    REQUIRE(got.sources.size() == 1);
    CHECK(got.sources[0].format == "GSI elevation tiles, zoom " + std::to_string(z));
    CHECK(got.sources[0].resolution_m == Approx(40'075'016.7 / std::exp2(z + 8) * std::cos(0.5862)).epsilon(0.01));
  }
}

TEST_CASE("voids and missing tiles are filled by what comes after") {
  const test::TemporaryFolder folder;
  const Address fine = tile_at(15, kTown);
  const double west = centre_of(fine, 128, 0).lon_deg;
  save_tile(folder.path() / "dem5a", fine,
            [&](LonLat at) { return at.lon_deg < west ? 50.0 : std::numeric_limits<double>::quiet_NaN(); });
  const Address coarse = tile_at(14, kTown);
  for (int dx = -1; dx <= 1; ++dx) {
    for (int dy = -1; dy <= 1; ++dy)
      save_colour(folder.path() / "dem10b", {14, coarse.x + dx, coarse.y + dy}, {0, 39, 16});
  }
  const Grid grid = grid_at(centre_of(fine, 128, 128), 20, 100.0);
  const std::vector sources{RasterSource{.path = folder.path() / "dem5a"},
                            RasterSource{.path = folder.path() / "dem10b"}};
  const MosaicResult got = read_mosaic(sources, grid, zone6());
  CHECK(got.void_cells == 0);
  CHECK(got.raster.at(8, 10) == Approx(50.0));
  CHECK(got.raster.at(12, 10) == Approx(100.0));
  CHECK(got.sources[0].cells_used > 10);
  CHECK(got.sources[1].cells_used > 10);
  CHECK(got.sources[0].cells_used + got.sources[1].cells_used == grid.cells());
}

TEST_CASE("of a folder with two zooms the finer is the better") {
  const test::TemporaryFolder folder;
  save_colour(folder.path(), tile_at(15, kTown), {0, 19, 136});
  save_colour(folder.path(), tile_at(14, kTown), {0, 39, 16});
  std::ofstream(folder.path() / "README.txt") << "not a tile";
  const MosaicResult got =
      read_mosaic(std::vector{RasterSource{.path = folder.path()}}, grid_at(kTown, 1, 10.0), zone6());
  CHECK(got.raster.values[0] == Approx(50.0));
  CHECK(got.sources.size() == 2);
}

TEST_CASE("a tile with a palette is looked up") {
  const test::TemporaryFolder folder;
  const std::vector<Rgba> palette{{128, 0, 0}, {0, 39, 16}};
  save_bytes(path_of(folder.path(), tile_at(14, kTown)),
             encode_png(kSide_px, kSide_px, std::vector<std::uint8_t>(kSide_px * kSide_px, 1), palette));
  CHECK(read_mosaic(std::vector{RasterSource{.path = folder.path()}}, grid_at(kTown, 1, 10.0), zone6())
            .raster.values[0] == Approx(100.0));
}

TEST_CASE("pictures that are no elevation tiles are refused") {
  const test::TemporaryFolder folder;
  const Address tile = tile_at(14, kTown);
  const std::filesystem::path file = path_of(folder.path(), tile);
  const auto read_tiles = [&](RasterSource source = {}) {
    source.path = folder.path();
    return read_mosaic(std::vector{source}, grid_at(centre_of(tile, 128, 128), 1, 10.0), zone6());
  };
  save_colour(folder.path(), tile, {131, 232, 0});  // Terrarium: 1000 m
  CHECK_THROWS_WITH(read_tiles(), Contains("coded otherwise") && Contains(file.filename().string()));
  save_colour(folder.path(), tile, {0, 0, 0}, 512);
  CHECK_THROWS_WITH(read_tiles(), Contains("no elevation tile") && Contains("256 x 256"));
  std::ofstream(file, std::ios::binary) << "<html>moved</html>";
  CHECK_THROWS_WITH(read_tiles(), Contains("cannot be read as a PNG"));
  save_colour(folder.path(), tile, {0, 0, 1});
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  CHECK_THROWS_AS(read_tiles(), InputError);
  save_colour(folder.path(), tile, {0, 0, 1});
  CHECK_THROWS_WITH(read_tiles({.path = {}, .nodata = 0.0}), Contains("neither nodata nor crs"));
  CHECK_THROWS_WITH(read_tiles({.path = {}, .meaning = RasterMeaning::classes}), Contains("not classes"));
  std::filesystem::remove(file);
  const test::TemporaryFolder elsewhere;
  save_colour(elsewhere.path(), tile, {0, 0, 1});
  std::filesystem::create_symlink(path_of(elsewhere.path(), tile), file);
  CHECK_THROWS_AS(read_tiles(), InputError);
}
