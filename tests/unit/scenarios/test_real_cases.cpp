// Inputs as people really have them (tests/cases, each folder with a README that says what is right), read as a
// scenario reads them.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "scenarios/read/scenario.hpp"
#include "terrain/raster/raster.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/unit/scenarios/small_world.hpp"

namespace fs = std::filesystem;
using namespace amaneku;
using amaneku::test::Contains;

namespace {

fs::path case_file(const char* folder, const char* scenario = "scenario.toml") {
  return fs::path(AMANEKU_SOURCE_DIR) / "tests" / "cases" / folder / scenario;
}

PlanInput read_case(const char* folder, const char* scenario = "scenario.toml") {
  return scenarios::load(case_file(folder, scenario)).input;
}

const Warning* warning_of(const PlanInput& input, const std::string& id) {
  const auto found =
      std::find_if(input.warnings.begin(), input.warnings.end(), [&](const Warning& w) { return w.id == id; });
  return found == input.warnings.end() ? nullptr : &*found;
}

/// The ground at a place, NaN for a void.
float ground_at(const PlanInput& input, LonLat at) {
  const Raster<float>& ground = input.world.ground.ground_asl_m;
  const Point p = Crs::from_text(input.world.crs_id).to_plan(at);
  return ground.at(ground.grid.column_of(p.x_m), ground.grid.row_of(p.y_m));
}

bool all_ground_is(const PlanInput& input, float height_m) {
  const auto& values = input.world.ground.ground_asl_m.values;
  return std::all_of(values.begin(), values.end(), [&](float v) { return std::fabs(v - height_m) < 0.01F; });
}

std::vector<double> azimuths(const PlanInput& input) {
  std::vector<double> out;
  for (const Site& site : input.network.sites) {
    for (const Sector& sector : site.sectors) out.push_back(sector.mounting.azimuth_deg);
  }
  return out;
}

std::string why_refused(const fs::path& scenario) {
  try {
    static_cast<void>(scenarios::load(scenario));
  } catch (const InputError& error) {
    return error.what();
  }
  return "(read)";
}

/// A case of one's own: the scenario of a folder, with another file.
class OwnCase {
 public:
  explicit OwnCase(const char* folder) {
    fs::copy(case_file(folder).parent_path(), folder_.path(), fs::copy_options::recursive);
  }
  OwnCase& file(const std::string& name, const std::string& bytes) {
    test::write_text(folder_.path() / name, bytes);
    return *this;
  }
  OwnCase& edit(const std::string& from, const std::string& to) {
    const fs::path path = folder_.path() / "scenario.toml";
    test::write_text(path, test::replaced(test::read_bytes(path), from, to));
    return *this;
  }
  [[nodiscard]] PlanInput read() const { return scenarios::load(folder_.path() / "scenario.toml").input; }
  [[nodiscard]] std::string refused() const { return why_refused(folder_.path() / "scenario.toml"); }

 private:
  test::TemporaryFolder folder_{};
};

/// ASCII only.
std::string utf16le(const std::string& text) {
  std::string out = "\xFF\xFE";
  for (const char c : text) out += std::string(1, c) + std::string(1, '\0');
  return out;
}

long long lines_of(const std::string& text) {
  return 1 + std::count(text.begin(), text.end(), '\n');
}

}  // namespace

TEST_CASE("case 11: FG-GML files named in lower case") {
  const PlanInput input = read_case("11-fg-gml-dem10b-lower-case");
  CHECK(all_ground_is(input, 200.0F));
  REQUIRE(input.world.terrain_sources.size() == 1);
  CHECK(input.world.terrain_sources[0].format == "FG-GML DEM10B");

  const PlanInput both = read_case("11-fg-gml-dem10b-lower-case", "scenario_folder.toml");
  CHECK(both.world.terrain_void_cells == 0);
  REQUIRE(both.world.terrain_sources.size() == 2);
  CHECK(both.world.terrain_sources[0].format == "FG-GML DEM5A");
  CHECK(both.world.terrain_sources[1].format == "FG-GML DEM10B");
  CHECK(ground_at(both, {138.631, 35.6685}) == Approx(100.0));
  CHECK(ground_at(both, {138.631, 35.6735}) == Approx(200.0));
}

TEST_CASE("case 13: FG-GML files in folders inside the one that is named") {
  const PlanInput input = read_case("13-fg-gml-in-subfolders");
  CHECK(input.world.terrain_void_cells == 0);
  CHECK(all_ground_is(input, 100.0F));
}

TEST_CASE("case 14: voids in an internal mask band") {
  const PlanInput input = read_case("14-raster-mask-band");
  CHECK(ground_at(input, {138.628, 35.67}) == Approx(196.8).margin(2.0));
  CHECK(std::isnan(ground_at(input, {138.638, 35.67})));
  CHECK(std::isnan(ground_at(input, {138.645, 35.67})));
  const auto& values = input.world.ground.ground_asl_m.values;
  CHECK(std::none_of(values.begin(), values.end(), [](float v) { return v > 250.0F; }));
  CHECK(warning_of(input, "raster_without_nodata") == nullptr);
}

TEST_CASE("case 17: 32767 is no height") {
  const PlanInput input = read_case("17-raster-32767-as-height");
  CHECK(warning_of(input, "undeclared_nodata") != nullptr);
  const auto& values = input.world.ground.ground_asl_m.values;
  CHECK(std::none_of(values.begin(), values.end(), [](float v) { return v > 9000.0F; }));
  CHECK(input.world.terrain_void_cells > 0);
}

TEST_CASE("case 18: heights coded in colours are refused") {
  CHECK_THAT(why_refused(case_file("18-raster-heights-in-rgb")), Contains("dem.tif") && Contains("is a picture"));
}

TEST_CASE("case 19: an SRTM tile zipped as NASA delivers it") {
  const PlanInput input = read_case("19-hgt-zip");
  CHECK(all_ground_is(input, 120.0F));
  CHECK(input.world.terrain_sources.at(0).format == "SRTMHGT (zip)");
}

TEST_CASE("case 21: columns of a Shapefile end after ten characters") {
  const PlanInput input = read_case("21-sites-shapefile-ten-characters");
  CHECK(azimuths(input) == std::vector<double>{120.0, 240.0});
  for (const Site& site : input.network.sites) {
    CHECK(site.sectors.at(0).mounting.mechanical_downtilt_deg == 4.0);
    CHECK(site.sectors.at(0).mounting.electrical_downtilt_deg == 2.0);
  }
  CHECK(warning_of(input, "site_column_unused") == nullptr);
}

TEST_CASE("case 22: attributes of KML in ExtendedData") {
  const PlanInput input = read_case("22-sites-kml-extended-data");
  CHECK(azimuths(input) == std::vector<double>{120.0, 240.0});
  CHECK(input.network.sites.at(0).name == "北局");
  CHECK(warning_of(input, "site_column_unused") == nullptr);
  CHECK(input.network.sites.at(1).sectors.at(0).mounting.electrical_downtilt_deg == 2.0);
}

TEST_CASE("case 24: a .cpg file that says SJIS where the text is CP932") {
  const PlanInput input = read_case("24-shapefile-cpg-sjis");
  REQUIRE(input.world.focus_zones.zones.size() == 2);
  CHECK(input.world.focus_zones.zones[0].name == "髙松");
  CHECK(input.world.focus_zones.zones[1].name == "本町");
}

TEST_CASE("case 26: N03 since 2024 has the ward in N03_005") {
  const PlanInput input = read_case("26-n03-since-2024");
  REQUIRE(input.world.boundaries.municipalities.size() == 2);
  CHECK(input.world.boundaries.municipalities[0].name == "静岡市葵区");
  CHECK(input.world.boundaries.municipalities[1].name == "静岡市駿河区");
}

TEST_CASE("case 27: rows of commas at the end") {
  const PlanInput input = read_case("27-sites-csv-empty-rows");
  CHECK(input.network.sites.size() == 2);
  CHECK(azimuths(input) == std::vector<double>{120.0, 240.0});
}

TEST_CASE("cases 29 and 30: e-Stat files joined, and a folder of them") {
  CHECK(read_case("29-estat-files-joined").world.population.total == 140.0);
  const PlanInput input = read_case("30-estat-folder");
  CHECK(input.world.population.total == 140.0);
  CHECK(input.world.population.sources == std::vector<std::string>{"tblT001101H5238.txt", "tblT001101H5239.txt"});
}

TEST_CASE("case 31: thousands separators in a table of people") {
  CHECK(read_case("31-csv-thousands").world.population.total == 1300.0);
}

// ---- further examples of the same kinds --------------------------------------------------------------

TEST_CASE("a table of sites with semicolons, tabs, UTF-16, CP932 or a byte order mark is the same table") {
  const std::string commas =
      "site_id,name,lon,lat,azimuth_deg\nA,North,138.715,35.31,120\nB,South,138.725,35.32,240\n";
  const auto with = [&](char delimiter) {
    std::string text = commas;
    std::replace(text.begin(), text.end(), ',', delimiter);
    return text;
  };
  const std::string cp932 =
      "site_id,name,lon,lat,azimuth_deg\nA,\x96\x6B,138.715,35.31,120\n"
      "B,\x93\xEC,138.725,35.32,240\n";
  const std::vector<std::string> same = {with(';'),
                                         with('\t'),
                                         "sep=;\r\n" + with(';'),
                                         "\xEF\xBB\xBF" + commas,
                                         utf16le(with('\t')),
                                         cp932,
                                         "SITE_ID,Name,Lon,Lat,Azimuth_Deg,,\nA,North, 138.715 ,35.31,+120,,\n"
                                         "B,South,138.725,35.32,240 ,,\n,,,,,,\n,\" \",,,,,\n",
                                         commas + commas};
  for (std::size_t i = 0; i + 1 < same.size(); ++i) {
    INFO("table " << i);
    CHECK(azimuths(OwnCase("27-sites-csv-empty-rows").file("sites.csv", same[i]).read()) ==
          std::vector<double>{120.0, 240.0});
  }
  // Joined with cat: the header is skipped, rows that come twice are not.
  CHECK_THAT(
      OwnCase("27-sites-csv-empty-rows").file("sites.csv", same.back()).refused(),
      Contains("sites.csv:5: site_id = A: the same row stands in line 2 already") && !Contains("sites.csv:4"));
}

TEST_CASE("habits of writing numbers are one line with the mend, however many rows have them") {
  const auto refused = [](const std::string& rows) {
    return OwnCase("27-sites-csv-empty-rows").file("sites.csv", "site_id;lon;lat;azimuth_deg\n" + rows).refused();
  };
  std::string text = refused("A;138,715;35.31;120\nB;138,725;35.32;240\nC;138,726;35.32;240\n");
  CHECK(lines_of(text) == 1);
  CHECK_THAT(text, Contains("sites.csv:2: lon = 138,715: a comma is read neither") && Contains("write 138.715") &&
                       Contains("2 more rows: 3, 4"));
  text = refused("A;138°42'54\";35.31;120\nB;138-43-30;35.32;240\n");
  CHECK(lines_of(text) == 1);
  CHECK_THAT(text, Contains("degrees, minutes and seconds are not read: write 138.715000"));
  text = refused("A;138.715;35.31;１２０\n");
  CHECK(lines_of(text) == 1);
  CHECK_THAT(text, Contains("full-width characters are not read: write 120"));
  text = refused("A;35.31;138.715;120\nB;35.32;138.725;240\nC;35.32;138.726;240\n");
  CHECK(lines_of(text) == 1);
  CHECK_THAT(text, Contains("swapped?") && Contains("2 more rows: 3, 4"));
  text = refused("A;-31000;15000;120\nB;-32000;16000;240\n");
  CHECK_THAT(text, Contains("lon = -31000: is no position on Earth in degrees: are these metres") &&
                       Contains("lat = 15000") && Contains("1 more row: 3"));
  CHECK(lines_of(text) == 2);
  text = OwnCase("27-sites-csv-empty-rows")
             .file("sites.csv", "site_id,lon,lat,freq_hz\nA,138.715,35.31,4850\nB,138.725,35.32,4850\n")
             .refused();
  CHECK(lines_of(text) == 1);
  CHECK_THAT(text, Contains("freq_hz = 4850: out of range: are these MHz? write 4850e6"));
  CHECK_THAT(refused("A;138.715;35.31;120deg\n"), Contains("units beside it are not read"));
  CHECK_THAT(refused("A;138.715;35.31;north\n"), Contains("azimuth_deg = north: is not a number"));
}

TEST_CASE("sites whose longitude and latitude are swapped within the legal ranges are one line too") {
  OwnCase own("27-sites-csv-empty-rows");
  own.edit("crs = \"EPSG:6676\"", "crs = \"auto\"")
      .edit("[138.70, 35.30, 138.74, 35.33]", "[10.70, 50.30, 10.74, 50.33]");
  own.file("sites.csv", "site_id,lon,lat\nA,50.31,10.715\nB,50.32,10.725\n");
  const std::string text = own.refused();
  CHECK(lines_of(text) == 1);
  CHECK_THAT(text, Contains("site A") && Contains("swapped?") && Contains("2 sites"));
  CHECK_THAT(OwnCase("27-sites-csv-empty-rows")
                 .edit("[138.70, 35.30, 138.74, 35.33]", "[35.30, 138.70, 35.33, 138.74]")
                 .refused(),
             Contains("bbox_deg") && Contains("swapped?"));
}

TEST_CASE("columns near a known name, or another word for it, are asked about") {
  const PlanInput input =
      OwnCase("27-sites-csv-empty-rows")
          .file("sites.csv",
                "site_id,lon,lat,azimuth,height,Tilt (deg),周波数,remark\nA,138.715,35.31,120,25,3,4850,x\n")
          .read();
  std::string all;
  for (const Warning& w : input.warnings) all += w.id == "site_column_unused" ? w.message + "\n" : "";
  CHECK_THAT(all, Contains("\"azimuth\" is not read; did you mean \"azimuth_deg\"?") &&
                      Contains("\"height\" is not read; did you mean \"tx_agl_m\"?") &&
                      Contains("did you mean \"mechanical_downtilt_deg\"?") &&
                      Contains("did you mean \"freq_hz\"?") && !Contains("remark"));
  CHECK_THAT(
      OwnCase("27-sites-csv-empty-rows").file("sites.csv", "site_id,経度,緯度\nA,138.715,35.31\n").refused(),
      Contains("lon: the column is missing; is it \"経度\"?") && Contains("is it \"緯度\"?"));
}

TEST_CASE("KML whose attributes are plain Data, and a KML without any") {
  const std::string head =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>";
  const auto mark = [](const char* data) {
    return std::string("<Placemark><name>北</name>") + data +
           "<Point><coordinates>138.715,35.31,0</coordinates></Point></Placemark>";
  };
  const PlanInput input =
      OwnCase("22-sites-kml-extended-data")
          .file("sites.kml", head +
                                 mark("<ExtendedData><Data name=\"site_id\"><value>A</value></Data><Data "
                                      "name=\"azimuth_deg\"><value>77</value></Data></ExtendedData>") +
                                 "</Document></kml>")
          .read();
  CHECK(azimuths(input) == std::vector<double>{77.0});
  CHECK(input.network.sites.at(0).name == "北");
  CHECK_THAT(
      OwnCase("22-sites-kml-extended-data").file("sites.kml", head + mark("") + "</Document></kml>").refused(),
      Contains("site_id: the column is missing"));
}

TEST_CASE("what is no table says what it is") {
  CHECK_THAT(OwnCase("27-sites-csv-empty-rows").file("sites.csv", std::string("PK\x03\x04", 4) + "xl/").refused(),
             Contains("Excel workbook"));
  CHECK_THAT(
      OwnCase("22-sites-kml-extended-data").file("sites.kml", std::string("PK\x03\x04", 4) + "doc.kml").refused(),
      Contains("zip archive"));
}

TEST_CASE("N03 until 2023, and names that the file does not have") {
  const auto file = [](const char* properties) {
    return std::string(R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)") + properties +
           R"(,"geometry":{"type":"Polygon","coordinates":[[[138.7,35.3],[138.74,35.3],[138.74,35.33],[138.7,35.3]]]}}]})";
  };
  const auto name = [&](const char* properties) {
    return OwnCase("26-n03-since-2024")
        .file("n03.geojson", file(properties))
        .read()
        .world.boundaries.municipalities.at(0)
        .name;
  };
  CHECK(name(R"({"N03_003":"静岡市","N03_004":"葵区","N03_007":"22101"})") == "静岡市葵区");
  CHECK(name(R"({"N03_003":"榛原郡","N03_004":"吉田町","N03_005":null,"N03_007":"22424"})") == "榛原郡吉田町");
  CHECK(name(R"({"n03_003":null,"n03_004":"熱海市","n03_007":"22205"})") == "熱海市");
  OwnCase own("26-n03-since-2024");
  own.edit("path = \"n03.geojson\"", "path = \"n03.geojson\"\nname_fields = [\"CITY\"]");
  CHECK_THAT(own.refused(), Contains("CITY") && Contains("none of these fields") && Contains("N03_004"));
}

TEST_CASE("e-Stat: other ways of joining files") {
  const std::string header = "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001101001\n";
  const std::string first = header + ",,,,人口\n523845501,0,,,100\n";
  const std::string second = header + ",,,,人口\n523845601,0,,,\"1,040\"\n";
  const auto total = [](const std::string& text) {
    return OwnCase("29-estat-files-joined").file("pop.txt", text).read().world.population.total;
  };
  CHECK(total("\xEF\xBB\xBF" + first + "\xEF\xBB\xBF" + second) == 1140.0);
  CHECK(total(first + header + "523845601,0,,,40\n") == 140.0);
  CHECK(total(utf16le("KEY_CODE\tHTKSYORI\tHTKSAKI\tGASSAN\tT001101001\n523845501\t0\t\t\t100\n")) == 100.0);
  const std::string other = "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001142001\n523845601,0,,,40\n";
  CHECK_THAT(OwnCase("29-estat-files-joined").file("pop.txt", first + other).refused(),
             Contains("pop.txt:4") && Contains("files of different tables were joined"));
  CHECK_THAT(OwnCase("29-estat-files-joined").file("pop.txt", first + first).refused(), Contains("comes twice"));

  OwnCase folder("30-estat-folder");
  CHECK_THAT(folder.file("pop/other.txt", other).refused(), Contains("files of different tables"));
  folder.file("pop/other.txt", "a description");
  const PlanInput described = folder.read();
  CHECK(described.world.population.total == 140.0);
  REQUIRE(warning_of(described, "population_files_passed_over") != nullptr);
  CHECK(warning_of(described, "population_files_passed_over")->count == 1);
  folder.file("pop/twice.txt", "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001101001\n523845501,0,,,100\n");
  CHECK_THAT(folder.refused(), Contains("twice.txt") && Contains("would count twice"));
}

TEST_CASE("thousands are read where they can be nothing else") {
  const auto people = [](const std::string& text) {
    return OwnCase("31-csv-thousands").file("pop.csv", text).read().world.population.total;
  };
  CHECK(people("mesh,population\n523845501,\"1,234,567\"\n523845502,66\n") == 1234633.0);
  CHECK(people("mesh\tpopulation\n523845501\t1,234\n") == 1234.0);
  CHECK(people("mesh,population\n 523845501 ,\" 12 \"\n,\n") == 12.0);
  const auto refused = [](const std::string& text) {
    return OwnCase("31-csv-thousands").file("pop.csv", text).refused();
  };
  CHECK_THAT(refused("mesh;population\n523845501;1,234\n523845502;2,5\n"),
             Contains("write 1.234 or 1234") && Contains("1 more row: 3"));
  CHECK_THAT(refused("mesh,population\n523845501,\"12,34\"\n"), Contains("write 12.34 or 1234"));
  CHECK_THAT(refused("lon,lat,population\n35.31,138.715,10\n35.32,138.725,10\n"),
             Contains("swapped?") && Contains("1 more row: 3"));
  CHECK_THAT(refused("mesh,population\n5.23846E+08,10\n5.23846E+08,20\n"),
             Contains("mesh = 5.23846E+08: is a number and no code") && Contains("1 more row: 3"));
  CHECK_THAT(refused("mesh,population\n５２３８４５５０１,10\n"), Contains("full-width digits are not read"));
  CHECK(people("Mesh,POPULATION\n523845501,10\n") == 10.0);
  CHECK_THAT(refused("mesh,人口\n523845501,10\n"), Contains("has no column \"population\"; is it \"人口\"?"));
}
