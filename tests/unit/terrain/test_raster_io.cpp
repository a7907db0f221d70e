#include "terrain/raster/raster_io.hpp"

#include <gdal_priv.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/unit/terrain/raster_writer.hpp"

using namespace amaneku;
using amaneku::test::Contains;
using test::RasterText;

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

const Crs& zone8() {
  static const Crs crs = Crs::from_text("EPSG:6676");
  return crs;
}

MosaicResult read(const std::vector<RasterSource>& sources, const Grid& grid) {
  return read_mosaic(sources, grid, zone8());
}

/// The cells of RasterText's default geotransform.
constexpr Grid kTen{.west_m = 0, .north_m = 100, .cell_m = 10, .nx = 10, .ny = 10};

bool has_warning(const MosaicResult& result, const std::string& id, long long count) {
  for (const Warning& warning : result.warnings) {
    if (warning.id == id && warning.count == count) return true;
  }
  return false;
}

}  // namespace

// ---- reading -----------------------------------------------------------------------------------------

TEST_CASE("what write_cog writes, read_mosaic reads") {
  const test::TemporaryFolder folder;
  Raster<float> raster = hill(700, 600);
  raster.at(5, 7) = kNoData;
  const auto path = folder.path() / "hill.tif";
  write_cog(path, raster, zone8(), {{"AMANEKU_QUANTITY", "ground_asl_m"}});

  const MosaicResult result = read({{.path = path}}, raster.grid);
  REQUIRE(result.sources.size() == 1);
  CHECK(result.sources[0].format == "GTiff");
  CHECK(result.sources[0].crs == "JGD2011 / Japan Plane Rectangular CS VIII");
  CHECK(result.sources[0].resolution_m == Approx(30.0).epsilon(0.01));
  CHECK(result.sources[0].cells_used == 700 * 600 - 1);
  CHECK(result.void_cells == 1);
  CHECK(result.warnings.empty());
  CHECK(std::isnan(result.raster.at(5, 7)));
  double worst_m = 0.0;
  for (std::size_t i = 0; i < raster.values.size(); ++i) {
    if (std::isnan(raster.values[i])) continue;
    worst_m = std::max(worst_m, std::abs(static_cast<double>(result.raster.values[i] - raster.values[i])));
  }
  CHECK(worst_m < 1e-3);
}

TEST_CASE("a real SRTM file lands on the plan grid where independent tools put it", "[shared]") {
  AMANEKU_NEEDS(test::data(), "dem/fuji_srtm1.tif");
  const Grid grid{.west_m = -5500, .north_m = -46500, .cell_m = 30, .nx = 1600, .ny = 1580};
  const auto start = std::chrono::steady_clock::now();
  const MosaicResult result = read({{.path = *test::data() / "dem/fuji_srtm1.tif"}}, grid);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  CHECK(took.count() < 5.0);  // 0.06 s on the machine of development
  CHECK(result.void_cells == 0);
  // Cell centre by `gdaltransform -s_srs EPSG:6676 -t_srs EPSG:6668`, the four pixels around it by
  // `gdallocationinfo -valonly fuji_srtm1.tif COLUMN ROW` (GDAL 3.6.2), bilinear by hand. gdalwarp is no reference
  // here: it widens its kernel where the grid is coarser than the source.
  CHECK(result.raster.at(100, 100) == Approx(242.0345).margin(0.1));
  CHECK(result.raster.at(856, 801) == Approx(3416.3803).margin(0.1));
  CHECK(result.raster.at(1200, 400) == Approx(948.5208).margin(0.1));
  CHECK(result.raster.at(50, 1500) == Approx(712.1571).margin(0.1));
  CHECK(result.raster.at(1599, 0) == Approx(609.0247).margin(0.1));
}

TEST_CASE("positions are exact: a plane in degrees is the same plane on the plan grid") {
  const test::TemporaryFolder folder;
  const auto height_m = [](LonLat p) {
    return 1000.0 + 4000.0 * (p.lon_deg - 138.7) + 3000.0 * (p.lat_deg - 35.3);
  };
  RasterText text{.nx = 800, .ny = 800, .epsg = 6668};
  text.transform = std::array<double, 6>{138.5, 0.0005, 0.0, 35.5, 0.0, -0.0005};
  text.type = GDT_Float64;
  text.value = [&](int ix, int iy) { return height_m({138.5 + (ix + 0.5) * 0.0005, 35.5 - (iy + 0.5) * 0.0005}); };
  text.write(folder.path() / "plane.tif");
  const Grid grid{.west_m = 5'000, .north_m = -60'000, .cell_m = 50, .nx = 500, .ny = 500};
  const MosaicResult result = read({{.path = folder.path() / "plane.tif"}}, grid);
  CHECK(result.void_cells == 0);
  double worst_m = 0.0;
  for (int iy = 0; iy < grid.ny; iy += 7) {
    for (int ix = 0; ix < grid.nx; ix += 7) {
      const double truth = height_m(zone8().to_lonlat(grid.centre(ix, iy)));
      worst_m = std::max(worst_m, std::abs(static_cast<double>(result.raster.at(ix, iy)) - truth));
    }
  }
  CHECK(worst_m < 0.02);  // 0.01 pixel of 2 m rise
}

TEST_CASE("the level that heights are above is told where the file or its format says it") {
  const test::TemporaryFolder folder;
  const Grid grid{.west_m = 0, .north_m = -60'000, .cell_m = 500, .nx = 20, .ny = 20};
  const auto said = [&](int epsg, const std::string& version) {
    RasterText text{.nx = 40, .ny = 40, .epsg = epsg};
    text.transform = std::array<double, 6>{138.5, 0.01, 0.0, 35.5, 0.0, -0.01};
    if (!version.empty()) text.options["GEOTIFF_VERSION"] = version;
    text.write(folder.path() / "dem.tif");
    return read({{.path = folder.path() / "dem.tif"}}, grid).sources.at(0).heights_above;
  };
  CHECK(said(6668, "").empty());
  CHECK(said(6697, "") == "JGD2011 (vertical) height");
  CHECK(said(6697, "1.0") == "JGD2011 (vertical) height");
  CHECK(said(4979, "1.1") == "ellipsoidal height");
}

TEST_CASE("earlier sources win and later ones fill their voids") {
  const test::TemporaryFolder folder;
  RasterText first{.nodata = -1.0};
  first.value = [](int ix, int) { return ix < 5 ? 100.0 : -1.0; };
  first.write(folder.path() / "first.tif");
  RasterText second;
  second.nx = 8;
  second.value = [](int, int) { return 200.0; };
  second.write(folder.path() / "second.tif");

  const MosaicResult result =
      read({{.path = folder.path() / "first.tif"}, {.path = folder.path() / "second.tif"}}, kTen);
  CHECK(result.raster.at(4, 3) == 100.0F);
  CHECK(result.raster.at(5, 3) == 200.0F);
  CHECK(std::isnan(result.raster.at(8, 3)));
  CHECK(result.void_cells == 20);
  CHECK(result.sources[0].cells_used == 50);
  CHECK(result.sources[1].cells_used == 30);
}

TEST_CASE("a void is never read as low ground between the pixels") {
  const test::TemporaryFolder folder;
  RasterText text{.nodata = -9999.0};
  text.value = [](int ix, int iy) { return ix == 4 && iy == 4 ? -9999.0 : 100.0; };
  text.write(folder.path() / "hole.tif");
  const Grid shifted{.west_m = 3, .north_m = 97, .cell_m = 10, .nx = 9, .ny = 9};
  const MosaicResult result = read({{.path = folder.path() / "hole.tif"}}, shifted);
  CHECK(result.void_cells == 4);
  for (const float value : result.raster.values) CHECK((std::isnan(value) || value == 100.0F));
  CHECK(result.warnings.empty());
}

TEST_CASE("a source much finer than the grid is averaged over the cell") {
  const test::TemporaryFolder folder;
  RasterText text{.nx = 100, .ny = 100, .nodata = -9999.0};
  text.transform = std::array<double, 6>{0.0, 1.0, 0.0, 100.0, 0.0, -1.0};
  // Cell (0, 0) holds the columns 0 to 9; cell (1, 0) is void in 60 of 100 pixels, cell (2, 0) in 40.
  text.value = [](int ix, int iy) {
    if (iy < 6 && ix >= 10 && ix < 20) return -9999.0;
    if (iy < 4 && ix >= 20 && ix < 30) return -9999.0;
    return static_cast<double>(ix);
  };
  text.write(folder.path() / "fine.tif");
  const MosaicResult result = read({{.path = folder.path() / "fine.tif"}}, kTen);
  CHECK(result.raster.at(0, 0) == Approx(4.5F));
  CHECK(std::isnan(result.raster.at(1, 0)));
  CHECK(result.raster.at(2, 0) == Approx(24.5F));
  CHECK(result.raster.at(9, 9) == Approx(94.5F));
  CHECK(result.void_cells == 1);
}

TEST_CASE("neighbouring files leave no gap, bilinear or averaged") {
  const test::TemporaryFolder folder;
  RasterText west{.nx = 5};
  west.write(folder.path() / "west.tif");
  RasterText east{.nx = 5};
  east.transform = std::array<double, 6>{50.0, 10.0, 0.0, 100.0, 0.0, -10.0};
  east.write(folder.path() / "east.tif");
  const std::vector<RasterSource> sources{{.path = folder.path() / "west.tif"},
                                          {.path = folder.path() / "east.tif"}};
  CHECK(read(sources, {.west_m = 0, .north_m = 100, .cell_m = 4, .nx = 25, .ny = 25}).void_cells == 0);
  CHECK(read(sources, {.west_m = 0, .north_m = 100, .cell_m = 33, .nx = 3, .ny = 3}).void_cells == 0);
  CHECK(read(sources, {.west_m = 0, .north_m = 100, .cell_m = 100, .nx = 1, .ny = 1}).void_cells == 0);
}

TEST_CASE("a south-up raster, feet, and scale with offset are understood") {
  const test::TemporaryFolder folder;
  RasterText up;
  up.transform = std::array<double, 6>{0.0, 10.0, 0.0, 0.0, 0.0, 10.0};
  up.value = [](int, int iy) { return 10.0 * iy; };
  up.write(folder.path() / "up.tif");
  CHECK(read({{.path = folder.path() / "up.tif"}}, kTen).raster.at(0, 0) == 90.0F);

  RasterText feet{.unit = "ft"};
  feet.write(folder.path() / "feet.tif");
  CHECK(read({{.path = folder.path() / "feet.tif"}}, kTen).raster.at(3, 3) == Approx(30.48F));

  RasterText scaled{.type = GDT_Int16, .nodata = 0.0, .scale = 0.1, .offset = 50.0};
  scaled.value = [](int ix, int) { return ix == 0 ? 0.0 : 1000.0; };
  scaled.write(folder.path() / "scaled.tif");
  const MosaicResult result = read({{.path = folder.path() / "scaled.tif"}}, kTen);
  CHECK(result.raster.at(3, 3) == Approx(150.0F));
  CHECK(std::isnan(result.raster.at(0, 3)));
}

TEST_CASE("heights in centimetres or scaled millimetres may be large numbers, an unknown unit is said") {
  const test::TemporaryFolder folder;
  RasterText centimetres{.type = GDT_Int32, .nodata = -1.0, .unit = "cm"};
  centimetres.value = [](int, int) { return 377'600.0; };
  centimetres.write(folder.path() / "cm.tif");
  CHECK(read({{.path = folder.path() / "cm.tif"}}, kTen).raster.at(3, 3) == Approx(3776.0F));

  RasterText millimetres{.type = GDT_Int32, .nodata = -1.0, .scale = 0.001};
  millimetres.value = [](int, int) { return 3'776'000.0; };
  millimetres.write(folder.path() / "mm.tif");
  const MosaicResult known = read({{.path = folder.path() / "mm.tif"}}, kTen);
  CHECK(known.raster.at(3, 3) == Approx(3776.0F));
  CHECK(known.warnings.empty());

  RasterText fathoms{.nodata = -1.0, .unit = "fathom"};
  fathoms.write(folder.path() / "fathom.tif");
  CHECK(has_warning(read({{.path = folder.path() / "fathom.tif"}}, kTen), "raster_unit_unknown", 1));
}

TEST_CASE("a raster without a no-data value over the sea is a named warning") {
  const test::TemporaryFolder folder;
  RasterText text;
  text.value = [](int ix, int) { return ix < 3 ? 0.0 : ix == 3 ? -150.0 : 12.0; };
  text.write(folder.path() / "sea.tif");
  const MosaicResult plain = read({{.path = folder.path() / "sea.tif"}}, kTen);
  CHECK(has_warning(plain, "raster_without_nodata", 40));
  CHECK(plain.void_cells == 0);
  const MosaicResult told = read({{.path = folder.path() / "sea.tif", .nodata = 0.0}}, kTen);
  CHECK(told.warnings.empty());
  CHECK(told.void_cells == 30);
}

TEST_CASE("undeclared -9999 and -32768 are voids, and said so") {
  const test::TemporaryFolder folder;
  RasterText text;
  text.value = [](int ix, int iy) { return ix == 2 && iy == 2 ? -9999.0 : ix == 7 && iy == 7 ? 3.4e38 : 55.0; };
  text.write(folder.path() / "quiet.tif");
  const MosaicResult result = read({{.path = folder.path() / "quiet.tif"}}, kTen);
  CHECK(result.void_cells == 2);
  CHECK(has_warning(result, "undeclared_nodata", 2));
  CHECK(std::isnan(result.raster.at(2, 2)));
}

TEST_CASE("a CRS is supplied or overridden by the user, the latter with a warning") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.tif";
  RasterText text{.epsg = 0};
  text.write(path);
  CHECK_THROWS_WITH(read({{.path = path}}, kTen),
                    Contains("has no coordinate reference system") && Contains("a.tif"));
  CHECK(read({{.path = path, .crs = "EPSG:6676"}}, kTen).void_cells == 0);
  CHECK_THROWS_WITH(read({{.path = path, .crs = "EPSG:99999"}}, kTen), Contains("crs = EPSG:99999"));
  CHECK_THROWS_WITH(read({{.path = path, .crs = "+proj=utm +zone=54 +nadgrids=/etc/passwd"}}, kTen),
                    Contains("legal"));
  text.epsg = 6677;
  text.write(path);
  const MosaicResult result = read({{.path = path, .crs = "EPSG:6676"}}, kTen);
  CHECK(result.void_cells == 0);
  CHECK(has_warning(result, "raster_crs_overridden", 1));
}

TEST_CASE("an area that the DEM does not reach stays void") {
  const test::TemporaryFolder folder;
  RasterText{}.write(folder.path() / "a.tif");
  const MosaicResult beside =
      read({{.path = folder.path() / "a.tif"}}, {.west_m = 50, .north_m = 100, .cell_m = 10, .nx = 10, .ny = 10});
  CHECK(beside.void_cells == 50);
  const MosaicResult away = read({{.path = folder.path() / "a.tif"}},
                                 {.west_m = 5000, .north_m = 100, .cell_m = 10, .nx = 10, .ny = 10});
  CHECK(away.void_cells == 100);
  CHECK(away.sources[0].cells_used == 0);
}

TEST_CASE("SRTM tiles, plain and gzipped, lie where their name says") {
  const test::TemporaryFolder folder;
  std::string heights(2UL * 1201 * 1201, '\0');
  for (std::size_t i = 0; i < heights.size(); i += 2) heights[i + 1] = 77;  // big-endian 77 m
  std::ofstream(folder.path() / "N35E138.hgt", std::ios::binary) << heights;
  VSILFILE* packed = VSIFOpenL(("/vsigzip/" + (folder.path() / "N36E138.hgt.gz").string()).c_str(), "wb");
  REQUIRE(packed != nullptr);
  REQUIRE(VSIFWriteL(heights.data(), 1, heights.size(), packed) == heights.size());
  REQUIRE(VSIFCloseL(packed) == 0);

  const LonLatBox box = raster_extent({.path = folder.path() / "N36E138.hgt.gz"});
  CHECK(box.west_deg == Approx(138.0 - 0.5 / 1200));
  CHECK(box.north_deg == Approx(37.0 + 0.5 / 1200));
  const Grid border{.west_m = -1000, .north_m = 1000, .cell_m = 50, .nx = 40, .ny = 40};  // 36 N is y = 0
  const MosaicResult result =
      read({{.path = folder.path() / "N35E138.hgt"}, {.path = folder.path() / "N36E138.hgt.gz"}}, border);
  CHECK(result.void_cells == 0);
  CHECK(result.sources[1].format == "SRTMHGT (gzip)");
  CHECK(result.raster.at(3, 3) == 77.0F);
  // Nothing is left beside the files.
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("a real gzipped SRTM tile agrees with the GeoTIFF of the same survey", "[shared]") {
  AMANEKU_NEEDS(test::data(), "dem/N35E138.hgt.gz");
  const Grid grid{.west_m = 18'000, .north_m = -68'000, .cell_m = 30, .nx = 200, .ny = 200};
  const MosaicResult tile = read({{.path = *test::data() / "dem/N35E138.hgt.gz"}}, grid);
  CHECK(tile.void_cells == 0);
  CHECK(*std::max_element(tile.raster.values.begin(), tile.raster.values.end()) > 3'600.0F);
}

// ---- writing -----------------------------------------------------------------------------------------

TEST_CASE("a COG is a COG: layout, tiles, overviews, no-data, CRS, tags") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "power.tif";
  write_cog(path, hill(1700, 1600), zone8(), {{"AMANEKU_UNIT", "dBm"}});
  GDALAllRegister();
  GDALDataset* dataset = GDALDataset::Open(path.c_str(), GDAL_OF_RASTER);
  REQUIRE(dataset != nullptr);
  CHECK(std::string(dataset->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE")) == "COG");
  CHECK(std::string(dataset->GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE")) == "DEFLATE");
  CHECK(std::string(dataset->GetMetadataItem("AMANEKU_UNIT")) == "dBm");
  CHECK(std::string(dataset->GetSpatialRef()->GetAuthorityCode(nullptr)) == "6676");
  GDALRasterBand* band = dataset->GetRasterBand(1);
  int nx = 0;
  int ny = 0;
  band->GetBlockSize(&nx, &ny);
  CHECK((nx == 512 && ny == 512));
  CHECK(band->GetOverviewCount() == 2);
  int has = 0;
  CHECK(std::isnan(band->GetNoDataValue(&has)));
  CHECK(has == 1);
  // Every directory lies before the pixels: the first tile's offset is beyond the last overview's directory.
  const auto offset = [](GDALRasterBand* of, const char* item) {
    const char* text = of->GetMetadataItem(item, "TIFF");
    return text == nullptr ? -1LL : std::atoll(text);
  };
  const long long first_tile = offset(band, "BLOCK_OFFSET_0_0");
  const long long overview_directory = offset(band->GetOverview(1), "IFD_OFFSET");
  CHECK(overview_directory > 0);
  CHECK(overview_directory < first_tile);
  CHECK(offset(band->GetOverview(1), "BLOCK_OFFSET_0_0") < first_tile);
  GDALClose(dataset);
}

TEST_CASE("the same raster gives the same bytes") {
  const test::TemporaryFolder folder;
  write_cog(folder.path() / "one.tif", hill(600, 600), zone8(), {{"A", "1"}, {"B", "2"}});
  write_cog(folder.path() / "two.tif", hill(600, 600), zone8(), {{"B", "2"}, {"A", "1"}});
  CHECK(bytes_of(folder.path() / "one.tif") == bytes_of(folder.path() / "two.tif"));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("class rasters keep their values, no-data and colours") {
  const test::TemporaryFolder folder;
  const Grid grid{.west_m = 0, .north_m = 0, .cell_m = 30, .nx = 40, .ny = 30};
  Raster<std::int32_t> server(grid, -1);
  server.at(3, 4) = 300;
  write_cog(folder.path() / "best_server.tif", server, -1, zone8(), {});
  Raster<std::uint8_t> classes(grid, 2);
  write_cog(folder.path() / "classes.tif",
            ClassRaster{.raster = classes, .nodata = 255, .palette = {{1, 2, 3}, {4, 5, 6}, {70, 80, 90}}},
            zone8(), {});
  GDALAllRegister();
  GDALDataset* dataset = GDALDataset::Open((folder.path() / "best_server.tif").c_str(), GDAL_OF_RASTER);
  REQUIRE(dataset != nullptr);
  CHECK(dataset->GetRasterBand(1)->GetNoDataValue() == -1.0);
  CHECK(dataset->GetRasterBand(1)->GetRasterDataType() == GDT_Int32);
  GDALClose(dataset);
  dataset = GDALDataset::Open((folder.path() / "classes.tif").c_str(), GDAL_OF_RASTER);
  REQUIRE(dataset != nullptr);
  const GDALColorTable* colours = dataset->GetRasterBand(1)->GetColorTable();
  REQUIRE(colours != nullptr);
  CHECK(colours->GetColorEntry(2)->c2 == 80);
  GDALClose(dataset);
}

TEST_CASE("a PNG holds the pixels that were given") {
  const std::vector<Rgba> pixels{{255, 0, 0, 255}, {0, 255, 0, 128}, {0, 0, 255, 0},
                                 {1, 2, 3, 4},     {9, 8, 7, 6},     {5, 5, 5, 5}};
  const std::vector<std::uint8_t> png = encode_png(3, 2, pixels);
  REQUIRE(png.size() > 8);
  CHECK(std::string(png.begin() + 1, png.begin() + 4) == "PNG");
  const test::TemporaryFolder folder;
  write_file_atomically(folder.path() / "a.png", {reinterpret_cast<const char*>(png.data()), png.size()});
  GDALDataset* dataset = GDALDataset::Open((folder.path() / "a.png").c_str(), GDAL_OF_RASTER);
  REQUIRE(dataset != nullptr);
  CHECK(dataset->GetRasterCount() == 4);
  std::vector<std::uint8_t> back(24);
  CHECK(dataset->RasterIO(GF_Read, 0, 0, 3, 2, back.data(), 3, 2, GDT_Byte, 4, nullptr, 4, 12, 1) == CE_None);
  GDALClose(dataset);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    CHECK((back[4 * i] == pixels[i].r && back[4 * i + 1] == pixels[i].g && back[4 * i + 2] == pixels[i].b &&
           back[4 * i + 3] == pixels[i].a));
  }
}

TEST_CASE(
    "cubic interpolation follows a hill, leaves planes and level water as they are, and steps back at voids") {
  const test::TemporaryFolder folder;
  RasterText text{.nx = 60, .ny = 60, .epsg = 6676};
  text.transform = std::array<double, 6>{0.0, 30.0, 0.0, 1800.0, 0.0, -30.0};
  text.type = GDT_Float64;
  // Half a pixel beside the pixels' centres; a wave of eight pixels, a plane, water at 0 m, a void.
  const Grid grid{.west_m = 300.0, .north_m = 1500.0, .cell_m = 30.0, .nx = 40, .ny = 40};
  const auto read_as = [&](Interpolation interpolation, const Grid& onto) {
    const std::vector<RasterSource> sources{{.path = folder.path() / "hill.tif"}};
    text.write(folder.path() / "hill.tif");
    return read_mosaic(sources, onto, zone8(), interpolation).raster;
  };
  Grid shifted = grid;
  shifted.west_m += 15.0;
  text.value = [](int ix, int) { return 100.0 * std::sin(2.0 * 3.14159265358979 * ix / 8.0); };
  const Raster<float> straight = read_as(Interpolation::bilinear, shifted);
  const Raster<float> curved = read_as(Interpolation::cubic, shifted);
  double bilinear_worst = 0.0;
  double cubic_worst = 0.0;
  for (int ix = 0; ix < 40; ++ix) {
    const double truth = 100.0 * std::sin(2.0 * 3.14159265358979 * (10.5 + ix) / 8.0);
    bilinear_worst = std::max(bilinear_worst, std::abs(static_cast<double>(straight.at(ix, 20)) - truth));
    cubic_worst = std::max(cubic_worst, std::abs(static_cast<double>(curved.at(ix, 20)) - truth));
  }
  // Half way between pixels a wave of eight is cos(22.5 deg) of itself, and the highest of them at 67.5
  // degrees: 7.0 m.
  const double half_way = std::cos(3.14159265358979 / 8.0);
  CHECK(bilinear_worst == Approx(100.0 * (1.0 - half_way) * half_way).epsilon(0.001));
  CHECK(cubic_worst < 0.2 * bilinear_worst);

  text.value = [](int ix, int iy) { return 3.0 * ix - 2.0 * iy; };
  const Raster<float> plane = read_as(Interpolation::cubic, shifted);
  CHECK(static_cast<double>(plane.at(7, 9)) == Approx(3.0 * 17.5 - 2.0 * 19.0).margin(0.05));

  text.value = [](int ix, int) { return ix < 30 ? 0.0 : 200.0; };  // a cliff by the sea
  const Raster<float> coast = read_as(Interpolation::cubic, shifted);
  CHECK(coast.at(18, 5) == 0.0F);
  CHECK(coast.at(21, 5) == 200.0F);

  text.nodata = -1.0;
  text.value = [](int ix, int) { return ix == 30 ? -1.0 : 10.0 * ix; };
  const Raster<float> hole = read_as(Interpolation::cubic, shifted);
  CHECK(std::isnan(hole.at(19, 5)));
  CHECK(static_cast<double>(hole.at(18, 5)) == Approx(285.0).margin(0.1));  // bilinear beside the void

  // On a grid of a third of a pixel the profile's own interpolation is fine: bilinear.
  text.nodata.reset();
  text.value = [](int ix, int) { return 100.0 * std::sin(2.0 * 3.14159265358979 * ix / 8.0); };
  const Grid fine{.west_m = 300.0, .north_m = 1500.0, .cell_m = 10.0, .nx = 40, .ny = 40};
  CHECK(read_as(Interpolation::cubic, fine).values == read_as(Interpolation::bilinear, fine).values);
}
