#include "terrain/people/population.hpp"

#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <ctime>
#include <fstream>
#include <limits>
#include <optional>

#include "terrain/people/boundaries.hpp"
#include "terrain/people/mesh_code.hpp"
#include "terrain/people/roads.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

std::filesystem::path written(const test::TemporaryFolder& folder, const char* name, const std::string& bytes) {
  const std::filesystem::path path = folder.path() / name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

Crs wakayama() {
  return Crs::from_text("EPSG:6674");
}

/// An official file in small: "人口（総数）" and "世帯数" in CP932 are the titles.
std::string estat(const std::string& rows) {
  return "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001100001,T001100002\n"
         ",,,,\x81\x40\x90\x6C\x8C\xFB\x81\x69\x91\x8D\x90\x94\x81\x6A,\x90\xA2\x91\xD1\x90\x94\n" +
         rows;
}

Population read(const std::filesystem::path& path, PopulationFormat format = PopulationFormat::automatic) {
  const Crs crs = wakayama();
  return read_population({.path = path, .format = format}, crs);
}

long long warned(const Population& population, const std::string& id) {
  for (const Warning& warning : population.warnings) {
    if (warning.id == id) return warning.count;
  }
  return 0;
}

std::string polygon_feature(const std::string& properties, const std::string& ring) {
  return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)" + properties +
         R"(,"geometry":{"type":"Polygon","coordinates":[)" + ring + "]}}]}";
}

std::string point_feature(const std::string& properties, const std::string& position) {
  return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)" + properties +
         R"(,"geometry":{"type":"Point","coordinates":)" + position + "}}]}";
}

struct TestRaster {
  std::vector<double> values;  // 3 x 2
  GDALDataType type = GDT_Float64;
  bool crs = true;
  std::optional<double> nodata{};
  double scale = 1.0;
};

std::filesystem::path raster_file(const test::TemporaryFolder& folder, const TestRaster& raster) {
  GDALAllRegister();
  const std::filesystem::path path = folder.path() / "people.tif";
  GDALDatasetUniquePtr dataset(
      GetGDALDriverManager()->GetDriverByName("GTiff")->Create(path.c_str(), 3, 2, 1, raster.type, nullptr));
  double affine[] = {135.0, 0.01, 0.0, 34.0, 0.0, -0.01};
  dataset->SetGeoTransform(affine);
  if (raster.crs) dataset->SetSpatialRef(OGRSpatialReference::GetWGS84SRS());
  GDALRasterBand* band = dataset->GetRasterBand(1);
  if (raster.nodata) band->SetNoDataValue(*raster.nodata);
  if (raster.scale != 1.0) band->SetScale(raster.scale);
  std::vector<double> values = raster.values;
  REQUIRE(band->RasterIO(GF_Write, 0, 0, 3, 2, values.data(), 3, 2, GDT_Float64, 0, 0, nullptr) == CE_None);
  return path;
}

}  // namespace

TEST_CASE("the official file of Wakayama gives the population of the prefecture", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the census meshes of Wakayama");
  const Population population = read(*data / "population/tblT001100S30.txt");
  CHECK(population.total == 922'584.0);
  CHECK(population.units.size() == 2'237);
  CHECK(population.mesh_level == 3);
  CHECK(population.sources == std::vector<std::string>{"tblT001100S30.txt"});
  CHECK(population.warnings.empty());
  CHECK_FALSE(population.synthetic);
  for (const PopulationUnit& unit : population.units) {
    REQUIRE(contains(unit.footprint, unit.centre));
    REQUIRE(area_m2(unit.footprint) == Approx(1.066e6).epsilon(0.02));
  }
}

TEST_CASE("people inside and outside the municipalities of Wakayama are all the people", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the census meshes and boundaries of Wakayama");
  const Crs crs = wakayama();
  Population population = read_population({.path = *data / "population/tblT001100S30.txt"}, crs);
  const Boundaries boundaries = read_boundaries({{.path = *data / "boundaries/N03-21_30.geojson"}}, crs);
  CHECK(boundaries.municipalities.size() == 30);
  const double outside = assign_municipalities(population, boundaries);
  std::vector<double> inside(boundaries.municipalities.size(), 0.0);
  for (const PopulationUnit& unit : population.units) {
    if (unit.municipality < 0) continue;
    const auto i = static_cast<std::size_t>(unit.municipality);
    inside[i] += unit.people;
  }
  double sum = outside;
  for (const double people : inside) sum += people;
  CHECK(sum == 922'584.0);
  CHECK(outside < 0.005 * sum);  // the boundaries are simplified, so some shores lie outside
  // Whole 1 km meshes go to one municipality, so its total is near the census, not equal to it.
  CHECK(boundaries.municipalities.front().code == "30201");
  CHECK(boundaries.municipalities.front().name == "和歌山市");
  CHECK(inside.front() == Approx(356'729.0).epsilon(0.03));
}

TEST_CASE("the digest of the same figures reads as CSV with mesh codes", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the digest of the census meshes");
  const Population population = read(*data / "population/wakayama_mesh1km_2020.csv");
  CHECK(population.total == 922'584.0);
  CHECK(population.units.size() == 2'237);
  CHECK(population.mesh_level == 3);
}

TEST_CASE("30,000 units find their municipality among 60 in well under a second") {
  Boundaries boundaries;
  for (int i = 0; i < 60; ++i) {
    Line ring;
    for (int k = 0; k < 2'000; ++k) {
      const double angle = 2.0 * 3.14159265358979 * k / 2'000.0;
      const double radius = 4'000.0 + 300.0 * std::sin(40.0 * angle);
      ring.push_back({9'000.0 * (i % 8) + radius * std::cos(angle), 9'000.0 * (i / 8) + radius * std::sin(angle)});
    }
    ring.push_back(ring.front());
    boundaries.municipalities.push_back({.code = std::to_string(i), .area = {{Polygon{ring, {}}}}});
  }
  Population population;
  for (int i = 0; i < 30'000; ++i) {
    population.units.push_back(
        {.people = 1.0, .centre = {(i % 173) * 400.0 - 3'000.0, (i / 173) * 400.0 - 3'000.0}});
  }
  const std::clock_t start = std::clock();
  const double outside = assign_municipalities(population, boundaries);
  const double cpu_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  CHECK(outside > 5'000.0);
  CHECK(outside < 25'000.0);
  CHECK(cpu_s < 1.0);  // about 0.02 s; the limit leaves room for sanitizers and busy machines
}

TEST_CASE("e-Stat: levels, figures and merged secret meshes") {
  const test::TemporaryFolder folder;
  SECTION("500 m") {
    const Population population = read(written(folder, "h.txt", estat("503515791,0,,,21,8\n503515792,0,,,-,0\n")));
    CHECK(population.mesh_level == 4);
    CHECK(population.total == 21.0);
    CHECK(population.units[1].people == 0.0);
  }
  SECTION("250 m, CRLF") {
    const Population population =
        read(written(folder, "q.txt", estat("5035157911,0,,,7,2\r\n5035157912,0,,,3,1\r\n")));
    CHECK(population.mesh_level == 5);
    CHECK(population.total == 10.0);
  }
  SECTION("a secret mesh lends its ground to the mesh that counts its people") {
    const Population population =
        read(written(folder, "s.txt",
                     estat("50351691,2,50351692,,*,*\n50351692,1,,50351691,30,9\n50351693,2,50351699,,*,*\n")));
    REQUIRE(population.units.size() == 1);
    CHECK(population.total == 30.0);
    CHECK(population.units[0].footprint.parts.size() == 2);
    CHECK(warned(population, "population_secret_merged") == 1);
    CHECK(warned(population, "population_without_figure") == 1);
  }
  SECTION("another column by its code") {
    const Crs crs = wakayama();
    const auto path = written(folder, "c.txt", estat("50351579,0,,,21,8\n"));
    const Population population = read_population({.path = path, .count_field = "T001100002"}, crs);
    CHECK(population.total == 8.0);
    CHECK(warned(population, "population_column_title") == 1);
    CHECK_THROWS_WITH(read_population({.path = path, .count_field = "T009"}, crs),
                      Contains("has no column \"T009\"") && Contains("T001100001 .. T001100002"));
  }
}

TEST_CASE("e-Stat: a file of the Tokyo datum is refused") {
  const test::TemporaryFolder folder;
  const std::string titles =
      "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001100001\n,,,,人口総数(日本測地系)\n50351579,0,,,21\n";
  CHECK_THROWS_WITH(read(written(folder, "tokyo.txt", titles)),
                    Contains("tokyo.txt:2: is of the Tokyo datum (日本測地系), whose meshes lie some 450 m off"));
}

TEST_CASE("e-Stat: every fault is named with file and row") {
  const test::TemporaryFolder folder;
  const auto fault = [&](const std::string& rows) {
    try {
      static_cast<void>(read(written(folder, "tbl.txt", estat(rows))));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  const std::string good = "50351579,0,,,21,8\n";
  CHECK_THAT(fault(good + "50351583,0,,,21\n"),
             Contains("tbl.txt:4: broken row: 5 columns where the header has 6"));
  CHECK_THAT(fault(good + "50351583,0,,,2\x81\n"),
             Contains("tbl.txt:4: neither UTF-8 nor CP932 text") && Contains("0x81"));
  CHECK_THAT(fault(good + "50351583,0,,,NaN,1\n"),
             Contains("tbl.txt:4: T001100001 = NaN: the number of people is not finite"));
  CHECK_THAT(fault(good + "50351583,0,,,-5,1\n"),
             Contains("tbl.txt:4: T001100001 = -5: the number of people is negative"));
  CHECK_THAT(fault(good + "50351583,0,,,many,1\n"), Contains("tbl.txt:4: T001100001 = many: is not a number"));
  CHECK_THAT(fault(good + "50358583,0,,,5,1\n"),
             Contains("tbl.txt:4: KEY_CODE = 50358583: digit 5") && Contains("0..7"));
  CHECK_THAT(fault(good + "50358583,0,,,*,*\n"), Contains("tbl.txt:4: KEY_CODE = 50358583: digit 5"));
  CHECK_THAT(fault(good + "50351583,0,,,5,1\n" + good),
             Contains("tbl.txt:5: KEY_CODE = 50351579: this mesh comes twice, first in row 3"));
  CHECK_THAT(fault(good + "503515831,0,,,5,1\n"),
             Contains("tbl.txt:4") && Contains("has 9 digits, the first of the file has 8"));
  CHECK_THAT(fault(""), Contains("holds no mesh"));
  const std::string two = fault("50351583,0,,,NaN,1\n50351579,0,,,-1,1\n");
  CHECK_THAT(two, Contains("tbl.txt:3") && Contains("tbl.txt:4"));
  std::string many;
  for (int i = 0; i < 50; ++i) many += "x\n";
  CHECK_THAT(fault(many), Contains("more faults"));
}

TEST_CASE("CSV with positions") {
  const test::TemporaryFolder folder;
  const Population population = read(written(folder, "towns.csv",
                                             "\xEF\xBB\xBFname,lon,lat,population\n\"Tanabe, "
                                             "city\",135.378,33.73,100\nB,135.5,34.0,\nC,135.6,34.0,2.5\n"));
  REQUIRE(population.units.size() == 2);
  CHECK(population.total == 102.5);
  CHECK(population.mesh_level == 0);
  CHECK(population.units[0].id == "towns.csv:2");
  CHECK(population.units[0].footprint.parts.empty());
  CHECK(warned(population, "population_without_figure") == 1);
  const LonLat back = wakayama().to_lonlat(population.units[0].centre);
  CHECK(back.lon_deg == Approx(135.378).margin(1e-7));
  CHECK(back.lat_deg == Approx(33.73).margin(1e-7));
}

TEST_CASE("CSV: every fault is named with file and row") {
  const test::TemporaryFolder folder;
  const auto fault = [&](const std::string& text) {
    try {
      static_cast<void>(read(written(folder, "p.csv", text)));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  const std::string header = "lon,lat,population\n";
  CHECK_THAT(fault(header + "135,34,1\n135,34,nan\n"),
             Contains("p.csv:3: population = nan: the number of people is not finite"));
  CHECK_THAT(fault(header + "135,34,-1\n"),
             Contains("p.csv:2: population = -1: the number of people is negative (legal: >= 0)"));
  CHECK_THAT(fault(header + "135,34\n"), Contains("p.csv:2: broken row: 2 columns where the header has 3"));
  CHECK_THAT(fault(header + "135,94,1\n"),
             Contains("p.csv:2: lat = 94: is no position on Earth") && Contains("-90 .. 90"));
  CHECK_THAT(fault(header + "nan,34,1\n"), Contains("p.csv:2: lon = nan"));
  CHECK_THAT(fault(header + ",34,1\n"), Contains("p.csv:2: lon = (empty)"));
  CHECK_THAT(fault(header + "135,34,\"1\n"), Contains("p.csv:2: a quoted field is never closed"));
  CHECK_THAT(fault("lon,lat,people\n135,34,1\n"),
             Contains("has no column \"population\"") && Contains("lon, lat, people"));
  CHECK_THAT(fault("lat,population\n34,1\n"), Contains("has no column \"lon\" (or \"mesh\")"));
  CHECK_THAT(fault("mesh,population\n53398599,1\n"), Contains("p.csv:2: mesh = 53398599: digit 5"));
  CHECK_THAT(fault("mesh,population\n53393599,1\n533935991,1\n"),
             Contains("p.csv:3: mesh = 533935991: this mesh lies inside mesh 53393599 of row 2"));
  CHECK_THAT(fault("mesh,population\n53393599,1\n533935885,1\n"),  // a 2 km mesh, whose code is the longer one
             Contains("p.csv:2: mesh = 53393599: this mesh lies inside mesh 533935885 of row 3"));
  CHECK_THAT(fault(header + "-134,0,1\n"), Contains("p.csv:2: the position (-134, 0) cannot be transformed"));
  CHECK_THAT(fault(""), Contains("is empty"));
}

TEST_CASE("points and polygons of people from vector files") {
  const test::TemporaryFolder folder;
  const std::string ring = "[[135.0,34.0],[135.01,34.0],[135.01,34.01],[135.0,34.01],[135.0,34.0]]";
  const Population polygons =
      read(written(folder, "area.geojson", polygon_feature(R"({"population": 12.5})", ring)));
  REQUIRE(polygons.units.size() == 1);
  CHECK(polygons.total == 12.5);
  CHECK(polygons.units[0].id == "area.geojson:0");
  CHECK(contains(polygons.units[0].footprint, polygons.units[0].centre));
  CHECK(area_m2(polygons.units[0].footprint) == Approx(0.01 * 0.01 * 111'000.0 * 111'000.0 * 0.83).epsilon(0.01));
  const Population points =
      read(written(folder, "point.geojson", point_feature(R"({"population": 3})", "[135.0,34.0]")));
  REQUIRE(points.units.size() == 1);
  CHECK(points.units[0].footprint.parts.empty());
}

TEST_CASE("vector files of people: every fault is named with file and feature") {
  const test::TemporaryFolder folder;
  const auto fault = [&](const std::string& text, PopulationFormat format = PopulationFormat::automatic) {
    try {
      static_cast<void>(read(written(folder, "p.geojson", text), format));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  const std::string bow_tie = "[[135.0,34.0],[135.01,34.01],[135.01,34.0],[135.0,34.01],[135.0,34.0]]";
  CHECK_THAT(
      fault(polygon_feature(R"({"population": 1})", bow_tie)),
      Contains("p.geojson: feature = 0: is not a valid polygon: Self-intersection") && Contains("135.005 34.005"));
  CHECK_THAT(fault(point_feature(R"({"population": -3})", "[135.0,34.0]")),
             Contains("feature 0, population = -3") && Contains("negative"));
  CHECK_THAT(fault(point_feature(R"({"population": "NaN"})", "[135.0,34.0]")),
             Contains("feature 0, population = NaN") && Contains("not finite"));
  CHECK_THAT(fault(point_feature(R"({"population": 3})", "[500000.0,34000.0]")),
             Contains("no position on Earth") && Contains("is the CRS of the file right?"));
  CHECK_THAT(fault(point_feature(R"({"people": 3})", "[135.0,34.0]")),
             Contains("has no field \"population\"") && Contains("people"));
  CHECK_THAT(fault(point_feature(R"({"population": 3})", "[135.0,34.0]"), PopulationFormat::polygons),
             Contains("feature 0: is not a polygon"));
  CHECK_THAT(
      fault(
          R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"population":1},"geometry":null}]})"),
      Contains("feature 0: has no geometry"));
  CHECK_THAT(fault(R"({"type":"FeatureCollection","features":[{"type":"Fea)"),
             Contains("p.geojson: cannot be read as vector data"));
}

TEST_CASE("a raster of people per cell") {
  const test::TemporaryFolder folder;
  const Population population =
      read(raster_file(folder, {.values = {10, 0, -9999, 5.5, 0, 1}, .nodata = -9999.0}));
  REQUIRE(population.units.size() == 3);
  CHECK(population.total == 16.5);
  CHECK(population.units[0].id == "people.tif:0,0");
  CHECK(population.units[1].id == "people.tif:0,1");
  const LonLat centre = wakayama().to_lonlat(population.units[1].centre);
  CHECK(centre.lon_deg == Approx(135.005).margin(1e-7));
  CHECK(centre.lat_deg == Approx(33.985).margin(1e-7));
  CHECK(contains(population.units[1].footprint, population.units[1].centre));
}

TEST_CASE("a raster of people stored in tenths holds a tenth of the numbers") {
  const test::TemporaryFolder folder;
  const auto path = raster_file(
      folder, {.values = {10, 0, -9999, 55, 0, 1}, .type = GDT_Int16, .nodata = -9999.0, .scale = 0.1});
  CHECK(read(path).total == Approx(6.6).epsilon(1e-12));
}

TEST_CASE("meshes that come in two sources, or lie in a mesh of the other, are counted") {
  const std::vector<std::string> codes = {"53393599", "53393598",     "points.csv:2", "533935991",
                                          "53393599", "points.csv:2", "53393588"};
  std::vector<PopulationUnit> units;
  for (const std::string& code : codes) units.push_back({.id = code, .people = 1.0});
  CHECK(meshes_on_others(units) == 2);
  units.resize(3);
  CHECK(meshes_on_others(units) == 0);
}

TEST_CASE("a raster of people: faults") {
  const test::TemporaryFolder folder;
  CHECK_THROWS_WITH(read(raster_file(folder, {.values = {1, 2, -9999, 4, 5, 6}})),
                    Contains("cell (column 2, row 0) = -9999: the number of people is negative"));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_WITH(read(raster_file(folder, {.values = {1, nan, 3, 4, 5, 6}})),
                    Contains("cell (column 1, row 0)") && Contains("not finite"));
  CHECK(read(raster_file(folder, {.values = {1, nan, 3, 4, 5, 6}, .nodata = nan})).total == 19.0);
  CHECK_THROWS_WITH(read(raster_file(folder, {.values = {1, 2, 3, 4, 5, 6}, .crs = false})),
                    Contains("has no coordinate reference system"));
  CHECK_THROWS_WITH(
      read(written(folder, "vrt.tif", "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"></VRTDataset>")),
      Contains("vrt.tif: cannot be read as a raster"));
}

TEST_CASE("a raster that claims more cells than anybody has is refused from its header") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "huge.tif";
  {
    const char* options[] = {"SPARSE_OK=TRUE", "BIGTIFF=YES", "TILED=YES", nullptr};
    GDALAllRegister();
    GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
        path.c_str(), 100'000, 100'000, 1, GDT_Float32, const_cast<char**>(options)));
    REQUIRE(dataset);
  }
  CHECK_THROWS_WITH(read(path), Contains("huge.tif: is too large: 100000 x 100000 cells"));
}

TEST_CASE("what a population file is, where nobody says") {
  const test::TemporaryFolder folder;
  CHECK(detect_population_format(written(folder, "a.txt", estat(""))) == PopulationFormat::estat_mesh);
  CHECK(detect_population_format(written(folder, "a.csv", "mesh,population\n")) == PopulationFormat::csv);
  CHECK(detect_population_format(written(folder, "a.json", " {}")) == PopulationFormat::points);
  CHECK(detect_population_format(written(folder, "a.dat", "II*")) == PopulationFormat::raster);
  CHECK_THROWS_WITH(
      detect_population_format(written(folder, "a.xyz", "1 2 3")),
      Contains("format of this population file is not known") && Contains("estat_mesh, csv, points"));
  CHECK_THROWS_WITH(detect_population_format(written(folder, "a.zip", "PK\x03\x04...")), Contains("unpack it"));
  CHECK_THROWS_WITH(detect_population_format(folder.path() / "none.csv"), Contains("file not found"));
  CHECK_THROWS_WITH(detect_population_format(folder.path()), Contains("not a regular file"));
}
