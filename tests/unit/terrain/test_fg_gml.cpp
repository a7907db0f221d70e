#include <fmt/format.h>
#include <zip.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <map>

#include "terrain/error.hpp"
#include "terrain/raster/fg_gml.hpp"
#include "terrain/raster/raster_io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/unit/terrain/fg_gml_writer.hpp"

using namespace amaneku;
using amaneku::test::Contains;
using test::FgGmlText;

namespace {

constexpr const char* kName = "FG-GML-5238-57-00-DEM5A-20161001.xml";

void save(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

void write_zip(const std::filesystem::path& path, const std::map<std::string, std::string>& files) {
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  REQUIRE(archive != nullptr);
  for (const auto& [name, bytes] : files) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    REQUIRE(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
  }
  REQUIRE(zip_close(archive) == 0);
}

/// Height that a tile or its neighbour has at a position: a plane, so bilinear is exact.
double plane_m(double lon_deg, double lat_deg) {
  return 100.0 + 20'000.0 * (lon_deg - 138.875) + 9'000.0 * (lat_deg - 35.25);
}

void fill_plane(FgGmlText& tile) {
  tile.fill([&](int ix, int iy) {
    const double lon = tile.box.west_deg + (ix + 0.5) * (tile.box.east_deg - tile.box.west_deg) / tile.nx;
    const double lat = tile.box.north_deg - (iy + 0.5) * (tile.box.north_deg - tile.box.south_deg) / tile.ny;
    return fmt::format("地表面,{:.2f}", plane_m(lon, lat));
  });
}

FgGmlText east_of(FgGmlText tile) {
  const double width = tile.box.east_deg - tile.box.west_deg;
  tile.box.west_deg += width;
  tile.box.east_deg += width;
  return tile;
}

Grid grid_around(const Crs& crs, LonLat centre, int n, double cell_m) {
  const Point p = crs.to_plan(centre);
  return {
      .west_m = p.x_m - 0.5 * n * cell_m, .north_m = p.y_m + 0.5 * n * cell_m, .cell_m = cell_m, .nx = n, .ny = n};
}

}  // namespace

TEST_CASE("an FG-GML tile: north-west cell first, voids, sea and inland water") {
  FgGmlText xml{.nx = 3, .ny = 2};
  xml.tuples = "地表面,57.65\n表層面,12.\n内水面,3.10\n海水面,-9999.\nデータなし,-9999.\nその他,-9999.\n";
  const FgGmlTile tile = parse_fg_gml(xml.text(), kName, false);
  CHECK(tile.header.kind == "DEM5A");
  CHECK(tile.header.mesh == "52385700");
  CHECK(tile.header.datum == "jgd2011");
  CHECK(tile.header.box.west_deg == 138.875);
  CHECK(tile.header.box.south_deg == 35.25);
  REQUIRE(tile.height_asl_m.size() == 6);
  CHECK(tile.height_asl_m[0] == 57.65F);
  CHECK(tile.height_asl_m[1] == 12.0F);
  CHECK(tile.height_asl_m[2] == 3.10F);
  for (std::size_t i = 3; i < 6; ++i) CHECK(std::isnan(tile.height_asl_m[i]));

  const FgGmlTile with_sea = parse_fg_gml(xml.text(), kName, true);
  CHECK(with_sea.height_asl_m[3] == 0.0F);
  CHECK(std::isnan(with_sea.height_asl_m[4]));
}

TEST_CASE("an FG-GML list may start part-way and end early") {
  FgGmlText xml{.nx = 3, .ny = 2, .start = "2 0"};
  xml.tuples = "地表面,1.00\n地表面,2.00\n";
  const FgGmlTile tile = parse_fg_gml(xml.text(), kName, false);
  CHECK(std::isnan(tile.height_asl_m[0]));
  CHECK(std::isnan(tile.height_asl_m[1]));
  CHECK(tile.height_asl_m[2] == 1.0F);
  CHECK(tile.height_asl_m[3] == 2.0F);
  CHECK(std::isnan(tile.height_asl_m[4]));
}

TEST_CASE("broken and hostile FG-GML files are refused with the reason") {
  FgGmlText xml{.nx = 3, .ny = 2};
  xml.fill("地表面,1.00");
  const auto message = [&] {
    try {
      static_cast<void>(parse_fg_gml(xml.text(), kName, false));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  REQUIRE(message() == "no error");

  SECTION("entity-expansion bomb") {
    xml.before_root = "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n";
    CHECK_THAT(message(), Contains("DOCTYPE") && Contains(kName));
  }
  SECTION("more heights than cells") {
    xml.tuples += "地表面,1.00\n";
    CHECK_THAT(message(), Contains("more heights than the 6 cells"));
  }
  SECTION("more heights than cells after the start point") {
    xml.start = "1 0";
    CHECK_THAT(message(), Contains("more heights than the 5 cells"));
  }
  SECTION("no heights") {
    xml.tuples.clear();
    CHECK_THAT(message(), Contains("holds no heights"));
  }
  SECTION("a height that is no number, with its line") {
    xml.tuples = "地表面,1.00\n地表面,abc\n";
    CHECK_THAT(message(), Contains(":30: tupleList = abc: the height is not a number"));
  }
  SECTION("nan is no height") {
    xml.tuples = "地表面,nan\n";
    CHECK_THAT(message(), Contains("the height cannot be"));
  }
  SECTION("a height beyond the Earth's") {
    xml.tuples = "地表面,90000.\n";
    CHECK_THAT(message(), Contains("-500 .. 9000 m"));
  }
  SECTION("an unknown surface") {
    xml.tuples = "月面,1.00\n";
    CHECK_THAT(message(), Contains("kind of surface is not known") && Contains("海水面"));
  }
  SECTION("another order of cells") {
    xml.order = "+x+y";
    CHECK_THAT(message(), Contains("+x+y") && Contains("legal: +x-y"));
  }
  SECTION("a start point outside") {
    xml.start = "3 0";
    CHECK_THAT(message(), Contains("<startPoint> 3 0 lies outside"));
  }
  SECTION("a grid that would fill the memory") {
    xml.nx = 1'000'000;
    xml.ny = 1'000'000;
    CHECK_THAT(message(), Contains("claims a grid of 1000000 x 1000000 cells"));
  }
  SECTION("a grid whose size overflows") {
    xml.nx = 2'147'483'647;
    CHECK_THAT(message(), Contains("claims a grid"));
  }
  SECTION("corners the wrong way round") {
    std::swap(xml.box.south_deg, xml.box.north_deg);
    CHECK_THAT(message(), Contains("span no area"));
  }
  SECTION("another datum") {
    xml.datum = "tokyo";
    CHECK_THAT(message(), Contains("jgd2011"));
  }
}

TEST_CASE("XML cut in the middle is an error, not a short tile") {
  FgGmlText xml{.nx = 3, .ny = 2};
  xml.fill("地表面,1.00");
  const std::string text = xml.text();
  CHECK_THROWS_WITH(parse_fg_gml(text.substr(0, text.find("</gml:tupleList>")), kName, false),
                    Contains("not valid XML"));
  CHECK_THROWS_WITH(parse_fg_gml("<a><b>", kName, false), Contains("geographic coordinates"));
  CHECK_THROWS_WITH(parse_fg_gml("", kName, false), Contains(kName));
}

TEST_CASE("a damaged file is read or refused, whichever byte is wrong") {
  FgGmlText xml{.nx = 4, .ny = 3};
  xml.fill([](int ix, int iy) { return fmt::format("地表面,{}.{}5", 10 * ix, iy); });
  const std::string good = xml.text();
  std::uint32_t state = 7;
  const auto random = [&](std::size_t below) {
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % below;
  };
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bad = good;
    for (std::size_t k = 0; k < 1 + random(3); ++k) bad[random(bad.size())] = static_cast<char>(random(256));
    if (random(8) == 0) bad.resize(random(bad.size()));
    try {
      const FgGmlTile tile = parse_fg_gml(bad, kName, false);
      REQUIRE(tile.height_asl_m.size() ==
              static_cast<std::size_t>(tile.header.nx) * static_cast<std::size_t>(tile.header.ny));
    } catch (const InputError&) {
      ++refused;
    }
  }
  CHECK(refused > 500);
  CHECK(refused < 3000);
}

TEST_CASE("a DEM10B file of 843,750 heights is read in a fraction of a second") {
  FgGmlText xml{
      .box = {.west_deg = 138.875, .south_deg = 35.25, .east_deg = 139.0, .north_deg = 35.25 + 1.0 / 12}};
  xml.nx = 1125;
  xml.ny = 750;
  fill_plane(xml);
  std::string text = xml.text();
  const auto start = std::chrono::steady_clock::now();
  const FgGmlTile tile = parse_fg_gml(std::move(text), "FG-GML-5238-57-DEM10B-20161001.xml", false);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  UNSCOPED_INFO(took.count() << " s");
  CHECK(tile.height_asl_m.size() == 843'750);
  CHECK(took.count() < 2.0);  // 0.05 s on the machine of development; generous for sanitizers and busy machines
}

TEST_CASE("neighbouring FG-GML tiles in a folder join without a seam") {
  const test::TemporaryFolder folder;
  FgGmlText west;
  fill_plane(west);
  FgGmlText east = east_of(west);
  fill_plane(east);
  save(folder.path() / kName, west.text());
  save(folder.path() / "FG-GML-5238-57-01-DEM5A-20161001.xml", east.text());
  save(folder.path() / "readme.txt", "not read");

  const Crs crs = Crs::from_text("EPSG:6676");
  const LonLat seam{138.8875, 35.254};
  const Grid grid = grid_around(crs, seam, 41, 4.0);  // finer than the tiles: bilinear
  const std::vector<RasterSource> sources{{.path = folder.path()}};
  const MosaicResult read = read_mosaic(sources, grid, crs);
  REQUIRE(read.sources.size() == 1);
  CHECK(read.sources[0].format == "FG-GML DEM5A");
  CHECK(read.sources[0].crs == "JGD2011");
  CHECK(read.void_cells == 0);
  double worst_m = 0.0;
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const LonLat at = crs.to_lonlat(grid.centre(ix, iy));
      worst_m = std::max(worst_m, std::abs(read.raster.at(ix, iy) - plane_m(at.lon_deg, at.lat_deg)));
    }
  }
  CHECK(worst_m < 0.02);  // heights are given to 0.01 m, positions to 0.01 pixel of 1.1 m rise

  const LonLatBox extent = raster_extent(sources[0]);
  CHECK(extent.west_deg == Approx(138.875).margin(1e-9));
  CHECK(extent.east_deg == Approx(138.9).margin(1e-9));
}

TEST_CASE("zips as GSI delivers them: many files, the more accurate kind first, voids filled from below") {
  const test::TemporaryFolder folder;
  FgGmlText fine;
  fine.fill(
      [](int ix, int) { return ix < 112 ? std::string("地表面,100.00") : std::string("データなし,-9999."); });
  FgGmlText coarse{
      .mesh = "523857",
      .box = {.west_deg = 138.875, .south_deg = 35.25, .east_deg = 139.0, .north_deg = 35.25 + 1.0 / 12}};
  coarse.nx = 1125;
  coarse.ny = 750;
  coarse.fill("地表面,200.");
  const auto inner = folder.path() / "FG-GML-5238-57-DEM5A.zip";
  write_zip(inner, {{kName, fine.text()}, {"fmdid15-3001.xml", "<metadata/>"}});
  std::ifstream in(inner, std::ios::binary);
  const std::string inner_bytes{std::istreambuf_iterator<char>(in), {}};
  const auto pack = folder.path() / "PackDLMap.zip";
  write_zip(pack, {{"FG-GML-5238-57-DEM5A.zip", inner_bytes},
                   {"FG-GML-5238-57-DEM10B/FG-GML-5238-57-DEM10B-20161001.xml", coarse.text()}});

  const Crs crs = Crs::from_text("EPSG:6676");
  const Grid grid = grid_around(crs, {138.88125, 35.254}, 40, 20.0);
  const std::vector<RasterSource> sources{{.path = pack}};
  const MosaicResult read = read_mosaic(sources, grid, crs);
  REQUIRE(read.sources.size() == 2);
  CHECK(read.sources[0].format == "FG-GML DEM5A");
  CHECK(read.sources[1].format == "FG-GML DEM10B");
  CHECK(read.sources[0].cells_used + read.sources[1].cells_used == grid.cells());
  CHECK(read.raster.at(2, 20) == 100.0F);
  CHECK(read.raster.at(37, 20) == 200.0F);
  CHECK(read.void_cells == 0);
}

TEST_CASE("a hostile zip is refused before anything is unpacked") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.zip";
  const auto message = [&] {
    try {
      static_cast<void>(raster_extent({.path = path}));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  SECTION("a path that climbs out") {
    write_zip(path, {{"../../etc/FG-GML-x-DEM5A.xml", "x"}});
    CHECK_THAT(message(), Contains("would leave the archive's folder"));
  }
  SECTION("an absolute path") {
    write_zip(path, {{"/etc/FG-GML-x-DEM5A.xml", "x"}});
    CHECK_THAT(message(), Contains("would leave the archive's folder"));
  }
  SECTION("packed more than any terrain") {
    write_zip(path, {{kName, std::string(120 << 20, ' ')}});
    CHECK_THAT(message(), Contains("is packed") && Contains("at most 500 times"));
  }
  SECTION("too many entries") {
    std::map<std::string, std::string> many;
    for (int i = 0; i < 20'001; ++i) many[fmt::format("{}.xml", i)] = "";
    write_zip(path, many);
    CHECK_THAT(message(), Contains("holds 20001 files"));
  }
  SECTION("no elevation inside") {
    write_zip(path, {{"readme.txt", "x"}});
    CHECK_THAT(message(), Contains("holds no FG-GML elevation file"));
  }
  SECTION("not a zip") {
    save(path, "this is text");
    CHECK_THAT(message(), Contains("cannot be read as a zip file"));
  }
  SECTION("damaged in the middle") {
    FgGmlText xml{.nx = 50, .ny = 50};
    xml.fill(
        [](int ix, int iy) { return fmt::format("地表面,{}.{:02}", ix * iy % 977, (ix * 7 + iy * 13) % 100); });
    write_zip(path, {{kName, xml.text()}});
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(400);
    file << "##########";
    file.close();
    CHECK_THAT(message(), Contains("cannot be unpacked"));
  }
}

TEST_CASE("a link in a folder of tiles must not lead out of it") {
  const test::TemporaryFolder folder;
  const test::TemporaryFolder elsewhere;
  save(elsewhere.path() / kName, FgGmlText{}.text());
  std::filesystem::create_symlink(elsewhere.path() / kName, folder.path() / kName);
  CHECK_THROWS_WITH(raster_extent({.path = folder.path()}), Contains("outside of the data folders"));
}
