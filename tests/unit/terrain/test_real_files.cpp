// Rasters and Shapefiles as they are in the field: masks, undeclared voids, pictures, archives, longitudes beyond
// 180 degrees, character sets that lie.
#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <zip.h>

#include <cmath>
#include <fstream>
#include <iterator>

#include "terrain/people/boundaries.hpp"
#include "terrain/people/focus_zones.hpp"
#include "terrain/people/population.hpp"
#include "terrain/raster/raster_io.hpp"
#include "terrain/vector/feature_io.hpp"
#include "terrain/vector/place_source.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/unit/terrain/fg_gml_writer.hpp"
#include "tests/unit/terrain/raster_writer.hpp"

using namespace amaneku;
using amaneku::test::Contains;
using test::RasterText;

namespace {

namespace fs = std::filesystem;

const Crs& real_crs() {
  static const Crs crs = Crs::from_text("EPSG:6676");
  return crs;
}

/// The cells of RasterText's default geotransform.
constexpr Grid kCells{.west_m = 0, .north_m = 100, .cell_m = 10, .nx = 10, .ny = 10};

MosaicResult mosaic_of(const RasterSource& source) {
  const std::vector<RasterSource> sources{source};
  return read_mosaic(sources, kCells, real_crs());
}

std::string refusal_of(const RasterSource& source) {
  try {
    static_cast<void>(mosaic_of(source));
  } catch (const InputError& error) {
    return error.what();
  }
  return "(read)";
}

long long warned_of(const MosaicResult& result, const std::string& id) {
  for (const Warning& warning : result.warnings) {
    if (warning.id == id) return warning.count;
  }
  return 0;
}

/// West half 100 m, east half what is hidden.
RasterText half_hidden() {
  RasterText raster;
  raster.value = [](int ix, int) { return ix < 5 ? 100.0 : 5000.0; };
  return raster;
}

void check_half_void(const MosaicResult& read) {
  CHECK(read.raster.at(2, 5) == 100.0F);
  CHECK(std::isnan(read.raster.at(7, 5)));
  CHECK(read.void_cells == 50);
}

/// Zeros in the east half of a band.
void hide_east(GDALRasterBand& mask) {
  std::vector<unsigned char> row(10, 255);
  std::fill(row.begin() + 5, row.end(), static_cast<unsigned char>(0));
  for (int iy = 0; iy < 10; ++iy)
    REQUIRE(mask.RasterIO(GF_Write, 0, iy, 10, 1, row.data(), 10, 1, GDT_Byte, 0, 0, nullptr) == CE_None);
}

GDALDatasetUniquePtr reopened(const fs::path& path) {
  return GDALDatasetUniquePtr(GDALDataset::Open(path.c_str(), GDAL_OF_RASTER | GDAL_OF_UPDATE));
}

void zip_files(const fs::path& path, const std::vector<std::pair<std::string, fs::path>>& files) {
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  REQUIRE(archive != nullptr);
  for (const auto& [name, file] : files) {
    zip_source_t* source = zip_source_file(archive, file.c_str(), 0, -1);
    REQUIRE(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
  }
  REQUIRE(zip_close(archive) == 0);
}

void save_text(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

/// A Shapefile of one square with one text field, its bytes as given.
fs::path zone_shapefile(const fs::path& folder, const std::string& field, const std::string& raw, int width = 40) {
  GDALAllRegister();
  const fs::path path = folder / "z.shp";
  GDALDatasetUniquePtr dataset(GetGDALDriverManager()
                                   ->GetDriverByName("ESRI Shapefile")
                                   ->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  OGRSpatialReference jgd;
  jgd.importFromEPSG(6668);
  jgd.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const char* as_is[] = {"ENCODING=", nullptr};
  OGRLayer* layer = dataset->CreateLayer("z", &jgd, wkbPolygon, const_cast<char**>(as_is));
  OGRFieldDefn name(field.c_str(), OFTString);
  name.SetWidth(width);
  layer->CreateField(&name);
  OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
  feature->SetField(0, raw.c_str());
  OGRLinearRing ring;
  ring.addPoint(138.7, 35.3);
  ring.addPoint(138.7, 35.4);
  ring.addPoint(138.8, 35.4);
  ring.closeRings();
  OGRPolygon polygon;
  polygon.addRing(&ring);
  feature->SetGeometry(&polygon);
  REQUIRE(layer->CreateFeature(feature.get()) == OGRERR_NONE);
  dataset.reset();
  fs::remove(folder / "z.cpg");
  return path;
}

std::string zone_name(const fs::path& path, const std::string& field = "name") {
  return read_focus_zones({{.path = path, .name_field = field}}, real_crs()).zones.at(0).name;
}

}  // namespace

TEST_CASE("voids in a mask of any kind are voids") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "dem.tif";
  SECTION("internal") {
    half_hidden().write(path);
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES");
    auto dataset = reopened(path);
    REQUIRE(dataset->CreateMaskBand(GMF_PER_DATASET) == CE_None);
    hide_east(*dataset->GetRasterBand(1)->GetMaskBand());
    dataset.reset();
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", nullptr);
    REQUIRE_FALSE(fs::exists(path.string() + ".msk"));
    check_half_void(mosaic_of({.path = path}));

    // A VRT of it would show the ground under the mask.
    save_text(folder.path() / "m.vrt", R"(<VRTDataset rasterXSize="10" rasterYSize="10"><SRS>EPSG:6676</SRS>
<GeoTransform>0,10,0,100,0,-10</GeoTransform><VRTRasterBand dataType="Float32" band="1"><SimpleSource>
<SourceFilename relativeToVRT="1">dem.tif</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>)");
    CHECK_THAT(refusal_of({.path = folder.path() / "m.vrt"}), Contains("m.vrt") && Contains("mask of voids"));
  }
  SECTION("in a .msk file") {
    half_hidden().write(path);
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "NO");
    auto dataset = reopened(path);
    REQUIRE(dataset->CreateMaskBand(GMF_PER_DATASET) == CE_None);
    hide_east(*dataset->GetRasterBand(1)->GetMaskBand());
    dataset.reset();
    CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", nullptr);
    REQUIRE(fs::exists(path.string() + ".msk"));
    check_half_void(mosaic_of({.path = path}));

    save_text(path.string() + ".msk", "<VRTDataset rasterXSize=\"10\" rasterYSize=\"10\"></VRTDataset>");
    CHECK_THAT(refusal_of({.path = path}), Contains("dem.tif.msk") && Contains("virtual raster"));
  }
  SECTION("in an alpha band of floats") {
    RasterText raster = half_hidden();
    raster.bands = 2;
    raster.options = {{"ALPHA", "YES"}};
    raster.write(path);
    auto dataset = reopened(path);
    hide_east(*dataset->GetRasterBand(2));
    REQUIRE(dataset->GetRasterBand(2)->GetColorInterpretation() == GCI_AlphaBand);
    dataset.reset();
    const MosaicResult read = mosaic_of({.path = path});
    check_half_void(read);
    CHECK(warned_of(read, "raster_with_bands") == 0);
  }
}

TEST_CASE("numbers that no height can be are voids, and said so") {
  const test::TemporaryFolder folder;
  struct Odd {
    double value;
    GDALDataType type;
    double scale = 1.0;
    const char* unit = "";
  };
  const std::vector<Odd> odds{{32767, GDT_Int16},        {-32768, GDT_Int16},       {32767, GDT_Float32},
                              {1e38, GDT_Float32},       {-3.4e38, GDT_Float32},    {-9999, GDT_Float32},
                              {9999, GDT_Float32},       {12000, GDT_Int32},        {-1000, GDT_Int16},
                              {65535, GDT_UInt16},       {32767, GDT_Int16, 0.1},   {255, GDT_Byte},
                              {65535, GDT_UInt16, 0.01}, {1e20, GDT_Float64},       {32767, GDT_Int16, 1.0, "ft"},
                              {2147483647, GDT_Int32},   {-2147483648.0, GDT_Int32}};
  for (const Odd& odd : odds) {
    INFO(odd.value << " of type " << odd.type << " times " << odd.scale);
    RasterText raster{.type = odd.type, .unit = odd.unit, .scale = odd.scale};
    raster.value = [&](int ix, int) { return ix < 5 ? 100.0 : odd.value; };
    const fs::path path = folder.path() / "dem.tif";
    fs::remove(path.string() + ".aux.xml");
    raster.write(path);
    const MosaicResult read = mosaic_of({.path = path});
    CHECK(std::isnan(read.raster.at(7, 5)));
    CHECK_FALSE(std::isnan(read.raster.at(2, 5)));
    CHECK(warned_of(read, "undeclared_nodata") > 0);
  }
}

TEST_CASE("a void value that is not declared, among the heights of things") {
  const test::TemporaryFolder folder;
  RasterText raster{.type = GDT_Byte};
  raster.value = [](int ix, int) { return ix < 5 ? 12.0 : 255.0; };
  raster.write(folder.path() / "trees.tif");
  const MosaicResult read = mosaic_of({.path = folder.path() / "trees.tif", .meaning = RasterMeaning::clutter});
  CHECK(read.raster.at(2, 5) == 12.0F);
  CHECK(std::isnan(read.raster.at(7, 5)));
  CHECK(warned_of(read, "undeclared_nodata") > 0);
}

TEST_CASE("pictures are no heights") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "dem.tif";
  const RasterSource source{.path = path};
  SECTION("four bands of bytes") {
    RasterText{.type = GDT_Byte, .bands = 4}.write(path);
    CHECK_THAT(refusal_of(source), Contains("is a picture"));
  }
  SECTION("three bands of bytes that do not call themselves red, green and blue") {
    RasterText{.type = GDT_Byte, .bands = 3, .options = {{"PHOTOMETRIC", "MINISBLACK"}}}.write(path);
    CHECK_THAT(refusal_of(source), Contains("is a picture"));
  }
  SECTION("colours of 16 bits") {
    RasterText{.type = GDT_UInt16, .bands = 3, .options = {{"PHOTOMETRIC", "RGB"}}}.write(path);
    CHECK_THAT(refusal_of(source), Contains("is a picture"));
  }
  SECTION("a palette") {
    RasterText{.type = GDT_Byte}.write(path);
    auto dataset = reopened(path);
    GDALColorTable colours;
    const GDALColorEntry green{0, 200, 0, 255};
    colours.SetColorEntry(100, &green);
    REQUIRE(dataset->GetRasterBand(1)->SetColorTable(&colours) == CE_None);
    dataset.reset();
    CHECK_THAT(refusal_of(source), Contains("palette"));
    // Classes may have colours.
    CHECK(mosaic_of({.path = path, .meaning = RasterMeaning::classes}).raster.at(2, 2) == 100.0F);
    CHECK_THROWS_WITH(read_population({.path = path}, real_crs()), Contains("palette"));
  }
  SECTION("bands of heights are no picture") {
    RasterText{.type = GDT_Float32, .bands = 3}.write(path);
    const MosaicResult read = mosaic_of(source);
    CHECK(read.raster.at(2, 2) == 100.0F);
    CHECK(warned_of(read, "raster_with_bands") == 3);
  }
}

TEST_CASE("a raster in a zip is read where it is the only one") {
  const test::TemporaryFolder folder;
  const fs::path plain = folder.path() / "plain.tif";
  RasterText{}.write(plain);
  save_text(folder.path() / "readme.txt", "not read");
  const fs::path zip = folder.path() / "dem.tif.zip";
  zip_files(zip, {{"data/dem.tif", plain}, {"readme.txt", folder.path() / "readme.txt"}});
  const MosaicResult read = mosaic_of({.path = zip});
  CHECK(read.raster.at(5, 5) == 100.0F);
  CHECK(read.sources.at(0).format == "GTiff (zip)");

  zip_files(zip, {{"N35E138_DSM.tif", plain}, {"N35E138_STK.tif", plain}});
  CHECK_THAT(refusal_of({.path = zip}), Contains("holds 2 rasters (N35E138_DSM.tif") && Contains("unpack it"));
  zip_files(zip, {{"readme.txt", folder.path() / "readme.txt"}});
  CHECK_THAT(refusal_of({.path = zip}), Contains("holds no FG-GML elevation file"));

  save_text(folder.path() / "a.asc", "ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 50\n7 7\n7 7\n");
  save_text(folder.path() / "a.prj", real_crs().wkt());
  zip_files(folder.path() / "a.ZIP", {{"a.asc", folder.path() / "a.asc"}, {"a.prj", folder.path() / "a.prj"}});
  CHECK(mosaic_of({.path = folder.path() / "a.ZIP", .crs = "EPSG:6676"}).raster.at(5, 5) == 7.0F);
}

TEST_CASE("FG-GML under names in any case, in archives and folders of any depth") {
  const test::TemporaryFolder folder;
  test::FgGmlText tile;
  tile.fill("地表面,50.");
  save_text(folder.path() / "x" / "tile.xml", tile.text());
  zip_files(folder.path() / "x" / "inner.zip",
            {{"fg-gml-5238-57-00-dem1a-20161001.XML", folder.path() / "x" / "tile.xml"}});
  fs::create_directories(folder.path() / "dem" / "a" / "b");
  zip_files(folder.path() / "dem" / "a" / "b" / "packdlmap.ZIP",
            {{"fg-gml-5238-57-dem1a.zip", folder.path() / "x" / "inner.zip"}});
  const std::vector<RasterSource> sources{{.path = folder.path() / "dem"}};
  const Point p = real_crs().to_plan({138.881, 35.254});
  const Grid grid{.west_m = p.x_m, .north_m = p.y_m, .cell_m = 5, .nx = 4, .ny = 4};
  const MosaicResult read = read_mosaic(sources, grid, real_crs());
  CHECK(read.sources.at(0).format == "FG-GML DEM1A");
  CHECK(read.raster.at(1, 1) == 50.0F);
}

TEST_CASE("longitudes beyond 180 degrees are the same places") {
  const test::TemporaryFolder folder;
  RasterText raster{
      .nx = 40, .ny = 40, .transform = std::array<double, 6>{189.0, 0.05, 0.0, 61.0, 0.0, -0.05}, .epsg = 4326};
  raster.nodata = -1.0;
  raster.value = [](int ix, int) { return 10.0 * ix; };
  const fs::path path = folder.path() / "east.tif";
  raster.write(path);
  const LonLatBox box = raster_extent({.path = path});
  CHECK(box.west_deg == Approx(-171.0));
  CHECK(box.east_deg == Approx(-169.0));
  const Crs crs = Crs::from_text("EPSG:32602");  // UTM 2 N, 171 degrees west
  const Point p = crs.to_plan({-170.0, 60.0});
  const std::vector<RasterSource> sources{{.path = path}};
  const Grid grid{.west_m = p.x_m, .north_m = p.y_m, .cell_m = 20, .nx = 3, .ny = 3};
  // 190 degrees is column 20.0 by edges: between the pixels of 190 and 200 m.
  CHECK(read_mosaic(sources, grid, crs).raster.at(0, 0) == Approx(195.0).margin(1.0));

  RasterText world{
      .nx = 360, .ny = 180, .transform = std::array<double, 6>{0.0, 1.0, 0.0, 90.0, 0.0, -1.0}, .epsg = 4326};
  world.value = [](int ix, int) { return 1.0 * ix; };
  world.write(folder.path() / "world.tif");
  const LonLatBox whole = raster_extent({.path = folder.path() / "world.tif"});
  CHECK(whole.west_deg == Approx(-180.0));
  CHECK(whole.east_deg == Approx(180.0));
  const std::vector<RasterSource> of_world{{.path = folder.path() / "world.tif"}};
  CHECK(read_mosaic(of_world, grid, crs).raster.at(0, 0) == Approx(189.5).margin(0.2));
}

TEST_CASE("a raster of people: masks and void values that are not declared") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "people.tif";
  RasterText raster{.type = GDT_Int16};
  raster.value = [](int ix, int) { return ix < 5 ? 1.0 : 32767.0; };
  raster.write(path);
  CHECK_THROWS_WITH(read_population({.path = path}, real_crs()),
                    Contains("no-data value, without being declared"));
  raster.type = GDT_Float32;
  raster.value = [](int ix, int) { return ix < 5 ? 1.0 : 3.4e38; };
  raster.write(path);
  CHECK_THROWS_WITH(read_population({.path = path}, real_crs()),
                    Contains("no-data value, without being declared"));
  raster.value = [](int ix, int) { return ix < 5 ? 1.0 : 5000.0; };
  raster.write(path);
  CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES");
  auto dataset = reopened(path);
  REQUIRE(dataset->CreateMaskBand(GMF_PER_DATASET) == CE_None);
  hide_east(*dataset->GetRasterBand(1)->GetMaskBand());
  dataset.reset();
  CPLSetThreadLocalConfigOption("GDAL_TIFF_INTERNAL_MASK", nullptr);
  CHECK(read_population({.path = path}, real_crs()).total == 50.0);
}

TEST_CASE("a raster of people with longitudes beyond 180 degrees") {
  const test::TemporaryFolder folder;
  RasterText raster{.transform = std::array<double, 6>{498.7, 0.001, 0.0, 35.3, 0.0, -0.001}, .epsg = 4326};
  raster.value = [](int, int) { return 1.0; };
  raster.write(folder.path() / "people.tif");
  const Population people = read_population({.path = folder.path() / "people.tif"}, real_crs());
  CHECK(people.total == 100.0);
  const Point at = real_crs().to_plan({138.7005, 35.2995});
  CHECK(people.units.at(0).centre.x_m == Approx(at.x_m).margin(0.01));
}

TEST_CASE("the text of a Shapefile is read whatever its .cpg file and language byte claim") {
  const test::TemporaryFolder folder;
  const std::string cp932 = "\xFB\xFC\x8F\xBC\x20\x93\x8C";  // 髙松 東
  const std::string utf8 = "髙松 東";
  for (const std::string& raw : {cp932, utf8}) {
    for (const char* cpg : {"", "SJIS", "932", "Shift_JIS", "cp932", "CP932", "MS932", "Windows-31J", "UTF-8",
                            "\xEF\xBB\xBFUTF-8", "utf8", "65001", "ISO-8859-1", "88591", "nonsense", "SYSTEM"}) {
      INFO("declared " << cpg << (raw == utf8 ? ", is UTF-8" : ", is CP932"));
      const fs::path path = zone_shapefile(folder.path(), "name", raw);
      if (*cpg != '\0') save_text(folder.path() / "z.cpg", cpg);
      CHECK(zone_name(path) == "髙松 東");
    }
    for (const char language : {'\x00', '\x13', '\x57', '\x7B', '\x03'}) {
      INFO("language byte " << static_cast<int>(static_cast<unsigned char>(language)));
      const fs::path path = zone_shapefile(folder.path(), "name", raw);
      std::fstream dbf(folder.path() / "z.dbf", std::ios::in | std::ios::out | std::ios::binary);
      dbf.seekp(29);
      dbf.put(language);
      dbf.close();
      CHECK(zone_name(path) == "髙松 東");
    }
  }
  // Text that is declared as something else is that.
  zone_shapefile(folder.path(), "name", "\xB0\xB1");
  save_text(folder.path() / "z.cpg", "EUC-JP");
  CHECK(zone_name(folder.path() / "z.shp") == "葦");
  zone_shapefile(folder.path(), "name", "M\xFCller");
  save_text(folder.path() / "z.cpg", "ISO-8859-1");
  CHECK(zone_name(folder.path() / "z.shp") == "Müller");
}

TEST_CASE("a character cut at the end of its field takes nothing else with it") {
  const test::TemporaryFolder folder;
  const std::string six = "\xE9\xAB\x99\xE6\x9D\xBE";  // 髙松
  CHECK(zone_name(zone_shapefile(folder.path(), "name", six + "\xE6\x9D", 8)) == "髙松");
  CHECK(zone_name(zone_shapefile(folder.path(), "name", "\xFB\xFC\x8F\xBC\x93", 5)) == "髙松");
}

TEST_CASE("fields of a Shapefile are found by their whole names, in any case") {
  const test::TemporaryFolder folder;
  CHECK(zone_name(zone_shapefile(folder.path(), "DISTRICT_N", "A"), "district_name") == "A");
  CHECK(zone_name(zone_shapefile(folder.path(), "\x92\x6E\x8B\xE6\x96\xBC", "B"), "地区名") == "B");
  const Boundaries towns = read_boundaries({{.path = zone_shapefile(folder.path(), "municipali", "22101"),
                                             .code_field = "municipality_code",
                                             .name_fields = {}}},
                                           real_crs());
  CHECK(towns.municipalities.at(0).code == "22101");
  const auto places = read_source_places(
      {.path = zone_shapefile(folder.path(), "inhabitant", "12"), .figures = {{"inhabitants_2020", {0.0, 1e6}}}},
      real_crs());
  CHECK(places.at(0).figure_or("inhabitants_2020", -1.0) == 12.0);
}

TEST_CASE("coordinates of a vector file that are swapped are named as such") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "z.geojson";
  save_text(path,
            R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"x"},"geometry":
{"type":"Polygon","coordinates":[[[35.3,138.7],[35.3,138.8],[35.4,138.8],[35.3,138.7]]]}}]})");
  CHECK_THROWS_WITH(zone_name(path), Contains("z.geojson") && Contains("are longitude and latitude swapped?"));
}

TEST_CASE("places in tables: delimiters, habits, swapped coordinates") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "p.csv";
  const auto read = [&](const std::string& text) {
    save_text(path, text);
    return read_source_places({.path = path}, real_crs());
  };
  CHECK(read("Name;LON;LAT\nA;138.7;35.3\n;;\n").at(0).name == "A");
  CHECK_THROWS_WITH(read("name,lon,lat\nA,35.3,138.7\nB,35.3,138.7\n"),
                    Contains("swapped?") && Contains("1 more row: 3"));
  CHECK_THROWS_WITH(read("name;lon;lat\nA;138,7;35,3\nB;138,7;35,3\n"),
                    Contains("p.csv:2: lon = 138,7: a comma is read neither") && Contains("1 more row: 3"));
  CHECK_THROWS_WITH(read("name,longitude,latitude\nA,138.7,35.3\n"), Contains("is it \"longitude\"?"));
}
