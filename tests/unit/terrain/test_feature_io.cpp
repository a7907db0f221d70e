#include "terrain/vector/feature_io.hpp"

#include <ogrsf_frmts.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <limits>
#include <sstream>

#include "terrain/error.hpp"
#include "terrain/files/csv.hpp"
#include "terrain/files/text_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

std::filesystem::path written(const test::TemporaryFolder& folder, const char* name, const std::string& text) {
  const std::filesystem::path path = folder.path() / name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ostringstream all;
  all << std::ifstream(path, std::ios::binary).rdbuf();
  return all.str();
}

std::size_t files_in(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

Crs zone8() {
  return Crs::from_text("EPSG:6676");
}

Line ring(double x, double y, double side) {
  return {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}};
}

std::vector<Layer> three_layers() {
  Layer sites{.name = "sites",
              .description = "Where the masts are",
              .fields = {{"id", FieldType::text}, {"sectors", FieldType::integer}, {"power_dbm", FieldType::real}},
              .qml = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis><a b=\"富士'山\"/></qgis>"};
  const Crs crs = zone8();
  sites.features.push_back(
      {crs.to_plan({138.7, 35.3}), {std::string("富士'; DROP TABLE sites; --"), std::int64_t{3}, 40.5}});
  sites.features.push_back({crs.to_plan({138.8, 35.4}),
                            {std::string("S2"), std::monostate{}, std::numeric_limits<double>::quiet_NaN()}});
  Layer roads{.name = "roads", .fields = {{"class", FieldType::text}}};
  roads.features.push_back({Line{{0, 0}, {3, 4}}, {std::string("national")}});
  Layer areas{.name = "areas"};
  areas.features.push_back(
      {MultiPolygon{{Polygon{ring(0, 0, 10), {ring(2, 2, 2)}}, Polygon{ring(20, 0, 5), {}}}}, {}});
  return {sites, roads, areas};
}

/// No file may grow beyond this while it lives: what a full disk does to a writer, without a disk to fill.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

std::string fault_of(const std::filesystem::path& path) {
  try {
    static_cast<void>(read_table(path));
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("a GeoPackage holds what was written") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "network.gpkg";
  write_geopackage(path, three_layers(), zone8());
  CHECK(files_in(folder.path()) == 1);
  GDALDatasetUniquePtr dataset(GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr));
  REQUIRE(dataset);
  REQUIRE(dataset->GetLayerCount() == 4);

  OGRLayer* sites = dataset->GetLayerByName("sites");
  REQUIRE(sites != nullptr);
  CHECK(sites->GetGeomType() == wkbPoint);
  CHECK(std::string(sites->GetGeometryColumn()) == "geom");
  CHECK(std::string(sites->GetSpatialRef()->GetAuthorityCode(nullptr)) == "6676");
  OGRFeatureUniquePtr first(sites->GetNextFeature());
  CHECK(first->GetFID() == 1);
  CHECK(std::string(first->GetFieldAsString("id")) == "富士'; DROP TABLE sites; --");
  CHECK(first->GetFieldAsInteger64("sectors") == 3);
  CHECK(first->GetFieldAsDouble("power_dbm") == 40.5);
  const Point expected = zone8().to_plan({138.7, 35.3});
  CHECK(first->GetGeometryRef()->toPoint()->getX() == expected.x_m);  // x is east, whatever EPSG's axis order
  CHECK(first->GetGeometryRef()->toPoint()->getY() == expected.y_m);
  OGRFeatureUniquePtr second(sites->GetNextFeature());
  CHECK(second->IsFieldNull(1));
  CHECK(second->IsFieldNull(2));

  CHECK(dataset->GetLayerByName("roads")->GetGeomType() == wkbLineString);
  OGRFeatureUniquePtr area(dataset->GetLayerByName("areas")->GetNextFeature());
  CHECK(wkbFlatten(area->GetGeometryRef()->getGeometryType()) == wkbMultiPolygon);
  CHECK(area->GetGeometryRef()->toMultiPolygon()->get_Area() == Approx(100.0 - 4.0 + 25.0));

  OGRLayer* styles = dataset->GetLayerByName("layer_styles");
  REQUIRE(styles != nullptr);
  CHECK(styles->GetFeatureCount() == 1);
  OGRFeatureUniquePtr style(styles->GetNextFeature());
  CHECK(std::string(style->GetFieldAsString("f_table_name")) == "sites");
  CHECK(std::string(style->GetFieldAsString("f_geometry_column")) == "geom");
  CHECK(std::string(style->GetFieldAsString("f_table_schema")).empty());
  CHECK(std::string(style->GetFieldAsString("styleQML")) == three_layers()[0].qml);
  CHECK(style->GetFieldAsInteger("useAsDefault") == 1);
}

TEST_CASE("the same layers give the same bytes") {
  const test::TemporaryFolder folder;
  write_geopackage(folder.path() / "a.gpkg", three_layers(), zone8());
  write_geopackage(folder.path() / "b.gpkg", three_layers(), zone8());
  const std::string bytes = bytes_of(folder.path() / "a.gpkg");
  CHECK(bytes == bytes_of(folder.path() / "b.gpkg"));
  CHECK(bytes.find("1970-01-01T00:00:00.000Z") != std::string::npos);
}

TEST_CASE("an existing GeoPackage is replaced whole, and only by a complete one") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "network.gpkg";
  write_geopackage(path, three_layers(), zone8());
  const std::string before = bytes_of(path);
  std::vector<Layer> large = three_layers();
  for (int i = 0; i < 20'000; ++i)
    large[1].features.push_back({Line{{0, 0}, {3.0 * i, 4}}, {std::string(50, 'x')}});
  {
    const FileSizeLimit limit(300'000);
    CHECK_THROWS_WITH(write_geopackage(path, large, zone8()), Contains("network.gpkg: cannot be written"));
  }
  CHECK(bytes_of(path) == before);
  CHECK(files_in(folder.path()) == 1);
  write_geopackage(path, large, zone8());
  CHECK(bytes_of(path).size() > 1'000'000);
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a folder that does not exist cannot take a GeoPackage") {
  const test::TemporaryFolder folder;
  CHECK_THROWS_WITH(write_geopackage(folder.path() / "none" / "a.gpkg", three_layers(), zone8()),
                    Contains("a.gpkg: cannot be written"));
}

TEST_CASE("features that do not fit their layer are our bug") {
  const test::TemporaryFolder folder;
  std::vector<Layer> layers = three_layers();
  layers[1].features.push_back({Point{0, 0}, {std::string("x")}});
  CHECK_THROWS_AS(write_geopackage(folder.path() / "a.gpkg", layers, zone8()), InternalError);
  layers = three_layers();
  layers[0].features[0].attributes.pop_back();
  CHECK_THROWS_AS(write_geopackage(folder.path() / "a.gpkg", layers, zone8()), InternalError);
  CHECK(files_in(folder.path()) == 0);
}

TEST_CASE("CSV rows, quotes and line numbers") {
  const auto rows = parse_csv("a,b\r\n\"x\ny\", \"say \"\"hi\"\"\" \r\n\n 1 ,\t2\rlast,\"\"", "t.csv");
  REQUIRE(rows.size() == 4);
  CHECK(rows[1].line == 2);
  CHECK(rows[1].fields == std::vector<std::string>{"x\ny", "say \"hi\""});
  CHECK(rows[2].line == 5);
  CHECK(rows[2].fields == std::vector<std::string>{"1", "2"});
  CHECK(rows[3].line == 6);
  CHECK(rows[3].fields == std::vector<std::string>{"last", ""});
  CHECK(parse_csv("", "t.csv").empty());
  CHECK(parse_csv("a,,b,", "t.csv").at(0).fields == std::vector<std::string>{"a", "", "b"});
  CHECK(parse_csv("a;b\n1,5;2\n;\n", "t.csv").at(1).fields == std::vector<std::string>{"1,5", "2"});
  CHECK(parse_csv("a\tb\n1\t \n\t\n", "t.csv").size() == 2);
  CHECK(parse_csv("\"a;b\",c\n1,2\n", "t.csv").at(0).fields == std::vector<std::string>{"a;b", "c"});
  CHECK(parse_csv("a,b\n1,2\na,b\n3,4\n", "t.csv").at(2).line == 4);
  CHECK_THROWS_WITH(parse_csv("a\n\"b\nc", "t.csv"), Contains("t.csv:2: a quoted field is never closed"));
  CHECK_THROWS_WITH(parse_csv("a\n\"b\"c\n", "t.csv"), Contains("t.csv:2: text after the closing quote"));
}

TEST_CASE("text is UTF-8 or CP932") {
  CHECK(decode_text("\xEF\xBB\xBF\xE5\xAF\x8C", "t") == "富");
  CHECK(decode_text("\x95\x78\x8E\x6D,\x87\x40,\x94\x5C", "t") ==
        "富士,①,能");  // NEC extension; 0x5C as second byte
  CHECK(decode_text("", "t").empty());
  CHECK_THROWS_WITH(decode_text("ok\n\x95\x78\n\x95", "t"), Contains("t:3: neither UTF-8 nor CP932"));
  CHECK_THROWS_WITH(decode_text("\xEF\xBB\xBF"
                                "a\n\xFF",
                                "t"),
                    Contains("t:2: begins with a UTF-8 byte order mark"));
  CHECK(decode_text(std::string("\xFF\xFE"
                                "a\0\x8C\x5B",
                                6),
                    "t") == "a完");
  CHECK(decode_text(std::string("\xFE\xFF"
                                "\0a\x5B\x8C",
                                6),
                    "t") == "a完");
  CHECK_THROWS_WITH(decode_text("\xFF\xFE"
                                "a",
                                "t"),
                    Contains("t:1: begins as UTF-16"));
  CHECK_THROWS_WITH(decode_text("PK\x03\x04", "t"), Contains("Excel workbook"));
  CHECK_THROWS_WITH(decode_text(std::string("a\n\0b", 4), "t"), Contains("t:2: is not text"));
  // 北アルプス in EUC-JP, ｱﾝﾃﾅ in CP932
  CHECK_THROWS_WITH(decode_text("a\n\xCB\xCC\xA5\xA2\xA5\xEB\xA5\xD7\xA5\xB9", "t"), Contains("EUC-JP"));
  CHECK(decode_text("\xB1\xDD\xC3\xC5", "t") == "ｱﾝﾃﾅ");
  CHECK_FALSE(is_utf8("\xC0\xAF"));          // overlong
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));      // surrogate
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
  CHECK(is_utf8("\xF0\xA0\xAE\xB7"));        // 𠮷
}

TEST_CASE("numbers in text") {
  CHECK(parse_number("+1.5e3") == 1500.0);
  CHECK_FALSE(parse_number("1.5 m"));
  CHECK_FALSE(parse_number(""));
  CHECK_FALSE(parse_number("+-1"));
  CHECK_FALSE(parse_number("1e999"));
  CHECK_FALSE(parse_number("1,5"));
  CHECK(parse_thousands("1,234") == 1234.0);
  CHECK(parse_thousands("12,345,678.5") == 12345678.5);
  for (const char* text : {"1234", "1,23", ",123", "1,2345", "1,234,56", "-1,234", "1.234,5", "0,5"}) {
    INFO(text);
    CHECK_FALSE(parse_thousands(text));
  }
  CHECK_THAT(number_fault("138,715").message, Contains("write 138.715 or 138715"));
  CHECK_THAT(number_fault("1,234,567").message, Contains("write 1234567"));
  CHECK_THAT(number_fault("１３８．７１５").message, Contains("write 138.715"));
  CHECK_THAT(number_fault("−5").message, Contains("write -5"));
  for (const char* text : {"35°18'36\"", "35度18分36秒", "35-18-36", "35:18:36", "N35.18.36", "35 18.6"}) {
    INFO(text);
    CHECK_THAT(number_fault(text).message, Contains("write 35.310000"));
  }
  CHECK_THAT(number_fault("35°18'36\"S").message, Contains("write -35.310000"));
  CHECK(number_fault("25 m").habit == "unit");
  CHECK(number_fault("north").message == "is not a number");
  CHECK(number_fault("").message == "is not a number");
}

TEST_CASE("a table of sites from CSV") {
  const test::TemporaryFolder folder;
  const SourceTable table =
      read_table(written(folder, "sites.csv",
                         "\xEF\xBB\xBFsite_id,name,lon,lat\nS1,\"A, \"\"B\"\"\nC\",138.7,35.3\nS2,,138.8,35.4\n"));
  CHECK(table.columns == std::vector<std::string>{"site_id", "name", "lon", "lat"});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].values.at("name") == "A, \"B\"\nC");
  CHECK(table.rows[1].line == 4);
  CHECK(table.rows[1].values.at("name").empty());
  const SourceTable cp932 = read_table(written(folder, "sjis.csv", "site_id,name\nS1,\x95\x78\x8E\x6D\n"));
  CHECK(cp932.rows[0].values.at("name") == "富士");
}

TEST_CASE("a table of sites: faults with file and line") {
  const test::TemporaryFolder folder;
  const auto fault = [&](const std::string& text) { return fault_of(written(folder, "s.csv", text)); };
  CHECK_THAT(fault("a,b\n1\n1,2,3\n"),
             Contains("s.csv:2: broken row: 1 columns where the header has 2") && Contains("s.csv:3"));
  CHECK_THAT(fault("a,b,a\n"), Contains("s.csv:1: a: the column comes twice"));
  CHECK_THAT(fault("a,,b\n"), Contains("s.csv:1: column 2 has no name"));
  CHECK_THAT(fault(""), Contains("s.csv: is empty"));
  CHECK_THAT(fault_of(folder.path() / "none.csv"), Contains("none.csv: file not found"));
  CHECK_THAT(fault_of(folder.path() / "none.gpkg"), Contains("none.gpkg: file not found"));
}

TEST_CASE("a table of sites from the GeoPackage that we write") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "network.gpkg";
  write_geopackage(path, three_layers(), zone8());
  const SourceTable table = read_table(path, "sites");
  REQUIRE(table.rows.size() == 2);
  CHECK(table.columns == std::vector<std::string>{"id", "sectors", "power_dbm", "lon", "lat"});
  CHECK(std::stod(table.rows[0].values.at("lon")) == Approx(138.7).margin(2e-9));
  CHECK(std::stod(table.rows[0].values.at("lat")) == Approx(35.3).margin(2e-9));
  CHECK(table.rows[0].values.at("sectors") == "3");
  CHECK(table.rows[1].values.count("sectors") == 0);
  CHECK_THAT(fault_of(path), Contains("has several layers and none is chosen (legal: sites, roads, areas)"));
  CHECK_THROWS_WITH(read_table(path, "masts"), Contains("has no layer \"masts\""));
  CHECK_THROWS_WITH(read_table(path, "roads"), Contains("feature = 1: is not a point"));
}

TEST_CASE("a table of sites from GeoJSON and Shapefile") {
  const test::TemporaryFolder folder;
  const auto json = written(
      folder, "s.geojson",
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"site_id":"S1","name":"富士"},)"
      R"("geometry":{"type":"Point","coordinates":[138.7,35.3]}}]})");
  const SourceTable from_json = read_table(json);
  CHECK(from_json.rows.at(0).values.at("lat") == "35.300000000");

  // A Japanese Shapefile as tools of the nineties wrote it: CP932, and nothing that says so.
  const auto shape = folder.path() / "s.shp";
  {
    GDALDatasetUniquePtr dataset(GetGDALDriverManager()
                                     ->GetDriverByName("ESRI Shapefile")
                                     ->Create(shape.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference jgd;
    jgd.importFromEPSG(4612);
    jgd.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    const char* raw[] = {"ENCODING=", nullptr};
    OGRLayer* layer = dataset->CreateLayer("s", &jgd, wkbPoint, const_cast<char**>(raw));
    OGRFieldDefn name("name", OFTString);
    layer->CreateField(&name);
    OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
    feature->SetField(0, "\x95\x78\x8E\x6D");
    const OGRPoint point(138.7, 35.3);
    feature->SetGeometry(&point);
    REQUIRE(layer->CreateFeature(feature.get()) == OGRERR_NONE);
  }
  std::filesystem::remove(folder.path() / "s.cpg");
  const SourceTable from_shape = read_table(shape);
  CHECK(from_shape.rows.at(0).values.at("name") == "富士");
  CHECK(from_shape.rows.at(0).values.at("lon") == "138.700000000");

  std::filesystem::remove(folder.path() / "s.prj");
  CHECK_THAT(fault_of(shape), Contains("s.shp: has no coordinate reference system") && Contains(".prj"));
}
