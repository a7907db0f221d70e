#include "terrain/people/boundaries.hpp"
#include "terrain/people/roads.hpp"

#include <cmath>
#include <ctime>
#include <fstream>
#include <map>

#include "terrain/people/focus_zones.hpp"
#include "terrain/vector/place_source.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

Crs wakayama() {
  return Crs::from_text("EPSG:6674");
}

std::filesystem::path written(const test::TemporaryFolder& folder, const char* name, const std::string& text) {
  const std::filesystem::path path = folder.path() / name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string feature(const std::string& properties, const std::string& type, const std::string& coordinates) {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":{"type":")" + type +
         R"(","coordinates":)" + coordinates + "}}";
}

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

long long warned(const std::vector<Warning>& warnings, const std::string& id) {
  for (const Warning& warning : warnings) {
    if (warning.id == id) return warning.count;
  }
  return 0;
}

Boundaries boundaries_of(const std::filesystem::path& path, bool repair = false) {
  const Crs crs = wakayama();
  return read_boundaries({{.path = path, .repair = repair}}, crs);
}

Roads roads_of(const RoadSource& source) {
  const Crs crs = wakayama();
  return read_roads({source}, crs);
}

const std::string kSquare = "[[[135.0,34.0],[135.01,34.0],[135.01,34.01],[135.0,34.01],[135.0,34.0]]]";
const std::string kNextSquare = "[[[135.01,34.0],[135.02,34.0],[135.02,34.01],[135.01,34.01],[135.01,34.0]]]";
const std::string kBowTie = "[[[135.0,34.0],[135.01,34.01],[135.01,34.0],[135.0,34.01],[135.0,34.0]]]";

}  // namespace

TEST_CASE("the municipal boundaries of the shared prefectures", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the N03 boundaries");
  struct Case {
    const char* prefecture;
    std::size_t municipalities;
    double area_km2;  // 全国都道府県市区町村別面積調
  };
  const Case expected = GENERATE(Case{"30", 30, 4'724.0}, Case{"36", 24, 4'146.0}, Case{"19", 27, 4'465.0},
                                 Case{"14", 58, 2'416.0}, Case{"22", 43, 7'777.0});
  const Crs crs = Crs::from_text("EPSG:6676");
  const Boundaries boundaries = read_boundaries(
      {{.path = *data / ("boundaries/N03-21_" + std::string(expected.prefecture) + ".geojson")}}, crs);
  INFO(expected.prefecture);
  CHECK(boundaries.municipalities.size() == expected.municipalities);
  double area = 0.0;
  std::string last;
  for (const Municipality& municipality : boundaries.municipalities) {
    CHECK(municipality.code.size() == 5);
    CHECK(municipality.code.starts_with(expected.prefecture));
    CHECK(municipality.code > last);
    CHECK_FALSE(municipality.name.empty());
    last = municipality.code;
    area += area_m2(municipality.area) / 1e6;
  }
  CHECK(area == Approx(expected.area_km2).epsilon(0.02));
}

TEST_CASE("GeoJSON and TopoJSON of a prefecture are the same municipalities", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the boundaries of Tokushima");
  const Boundaries geo = boundaries_of(*data / "boundaries/N03-21_36.geojson");
  const Boundaries topo = boundaries_of(*data / "boundaries/N03-21_36.topojson");
  REQUIRE(geo.municipalities.size() == topo.municipalities.size());
  for (std::size_t i = 0; i < geo.municipalities.size(); ++i) {
    CHECK(geo.municipalities[i].code == topo.municipalities[i].code);
    CHECK(geo.municipalities[i].name == topo.municipalities[i].name);
    CHECK(area_m2(geo.municipalities[i].area) == Approx(area_m2(topo.municipalities[i].area)).epsilon(0.02));
  }
}

TEST_CASE("three million cells and sixty municipalities in half a second", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the N03 boundaries");
  const Crs crs = Crs::from_text("EPSG:6676");
  const Boundaries boundaries = read_boundaries(
      {{.path = *data / "boundaries/N03-21_14.geojson"}, {.path = *data / "boundaries/N03-21_19.geojson"}}, crs);
  const Point corner = crs.to_plan({138.2, 35.95});
  const std::clock_t start = std::clock();
  const Raster<std::int16_t> raster = rasterize_municipalities(
      boundaries, {.west_m = corner.x_m, .north_m = corner.y_m, .cell_m = 60, .nx = 2000, .ny = 1500});
  const double cpu_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  long long inside = 0;
  for (const std::int16_t index : raster.values) inside += index >= 0;
  CHECK(inside > 1'000'000);
  CHECK(cpu_s < 0.5);
}

TEST_CASE("features with one code are one municipality, features without a code are counted") {
  const test::TemporaryFolder folder;
  const auto path = written(
      folder, "n03.geojson",
      collection(
          feature(R"({"N03_007":"30202","N03_003":null,"N03_004":"海南市"})", "Polygon", kNextSquare) + "," +
          feature(R"({"N03_007":"30201","N03_003":"西牟婁郡","N03_004":"白浜町"})", "Polygon", kSquare) + "," +
          feature(R"({"N03_007":"30202","N03_003":null,"N03_004":"海南市"})", "MultiPolygon",
                  "[" + kSquare + "]") +
          "," + feature(R"({"N03_007":null,"N03_003":null,"N03_004":"所属未定地"})", "Polygon", kSquare)));
  const Boundaries boundaries = boundaries_of(path);
  REQUIRE(boundaries.municipalities.size() == 2);
  CHECK(boundaries.municipalities[0].code == "30201");
  CHECK(boundaries.municipalities[0].name == "西牟婁郡白浜町");
  CHECK(boundaries.municipalities[1].name == "海南市");
  CHECK(boundaries.municipalities[1].area.parts.size() == 2);
  CHECK(warned(boundaries.warnings, "boundary_without_code") == 1);
  CHECK(boundaries.sources == std::vector<std::string>{"n03.geojson"});
}

TEST_CASE("codes that were numbers or carry the check digit") {
  const test::TemporaryFolder folder;
  const auto path = written(folder, "c.geojson",
                            collection(feature(R"({"N03_007":1202})", "Polygon", kSquare) + "," +
                                       feature(R"({"N03_007":302015})", "Polygon", kNextSquare)));
  const Boundaries boundaries = boundaries_of(path);
  REQUIRE(boundaries.municipalities.size() == 2);
  CHECK(boundaries.municipalities[0].code == "01202");
  CHECK(boundaries.municipalities[1].code == "30201");
}

TEST_CASE("a boundary that crosses itself is mended and counted, or an error") {
  const test::TemporaryFolder folder;
  const auto path =
      written(folder, "bow.geojson", collection(feature(R"({"N03_007":"30201"})", "Polygon", kBowTie)));
  const Boundaries boundaries = boundaries_of(path, true);
  CHECK(warned(boundaries.warnings, "boundary_repaired") == 1);
  CHECK(boundaries.warnings.at(0).message.find("bow.geojson 30201") != std::string::npos);
  const double square =
      area_m2(boundaries_of(
                  written(folder, "sq.geojson", collection(feature(R"({"N03_007":"30201"})", "Polygon", kSquare))))
                  .municipalities[0]
                  .area);
  CHECK(area_m2(boundaries.municipalities.at(0).area) == Approx(0.5 * square).epsilon(0.001));
  CHECK_THROWS_WITH(boundaries_of(path, false),
                    Contains("bow.geojson: feature = 0: is not a valid polygon: Self-intersection") &&
                        Contains("135.005 34.005") && Contains("(legal: valid polygons, or repair = true)"));
}

TEST_CASE("a ring without an area is counted, or an error") {
  const test::TemporaryFolder folder;
  const auto path = written(
      folder, "flat.geojson",
      collection(feature(R"({"N03_007":"30201"})", "Polygon", "[[[135.0,34.0],[135.01,34.0],[135.0,34.0]]]")));
  const Boundaries boundaries = boundaries_of(path, true);
  CHECK(boundaries.municipalities.empty());
  CHECK(warned(boundaries.warnings, "boundary_without_area") == 1);
  CHECK(warned(boundaries.warnings, "boundary_repaired") == 0);
  CHECK_THROWS_WITH(boundaries_of(path, false), Contains("feature = 0: is not a valid polygon"));
}

TEST_CASE("boundary files: faults") {
  const test::TemporaryFolder folder;
  const auto fault = [&](const std::string& text) {
    try {
      static_cast<void>(boundaries_of(written(folder, "b.geojson", text)));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  CHECK_THAT(fault(collection(feature(R"({"code":"30201"})", "Polygon", kSquare))),
             Contains("b.geojson: has no field \"N03_007\" (legal: code)"));
  CHECK_THAT(fault(collection(feature(R"({"N03_007":"30201"})", "Point", "[135,34]"))),
             Contains("feature = 0: is not a polygon"));
  CHECK_THAT(fault(collection(feature(R"({"N03_007":"30201"})", "Polygon",
                                      "[[[13500,3400],[13501,3400],[13501,3401],[13500,3400]]]"))),
             Contains("feature = 0: has coordinates that are no position on Earth"));
  CHECK_THAT(fault("not json"),
             Contains("b.geojson: is not a vector file that can be read") && Contains("GeoPackage"));
  CHECK_THROWS_WITH(boundaries_of(folder.path() / "none.geojson"), Contains("none.geojson: file not found"));
}

TEST_CASE("formats that can name other files are not opened, whatever their extension") {
  const test::TemporaryFolder folder;
  const std::string vrt =
      R"(<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>)";
  CHECK_THROWS_AS(boundaries_of(written(folder, "vrt.geojson", vrt)), InputError);
  CHECK_THROWS_AS(boundaries_of(written(folder, "layer.gpkg", vrt)), InputError);
}

TEST_CASE("OpenStreetMap roads", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the OSM extract of Sabae");
  const Roads roads = roads_of({.path = *data / "roads/osm_sabae_major_roads.geojson", .class_field = "highway"});
  CHECK(roads.roads.size() == 111);
  std::map<std::string, double> length_km;
  for (const Road& road : roads.roads) {
    CHECK(road.line.size() >= 2);
    CHECK(road.id.starts_with("way/"));
    length_km[road.road_class] += length_m(road.line) / 1000.0;
  }
  CHECK(length_km.size() == 3);
  CHECK(length_km["expressway"] > 5.0);
  CHECK(length_km["national"] > 1.0);
  CHECK(length_km["prefectural"] > 10.0);
}

TEST_CASE("expressways without a class field", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the expressways around Fuji");
  const Crs crs = Crs::from_text("EPSG:6676");
  const Roads roads = read_roads(
      {{.path = *data / "roads/expressway_fuji.geojson", .road_class = "expressway", .name_field = "road_name"}},
      crs);
  CHECK(roads.roads.size() >= 45);
  CHECK(roads.warnings.empty());
  for (const Road& road : roads.roads) CHECK(road.road_class == "expressway");
  CHECK(roads.roads.front().name == "中央自動車道");
  CHECK(roads.roads.front().id == "expressway_fuji:0");
  // The file's own `length` of the first section, 談合坂 to 大月, is 12.7 km.
  CHECK(length_m(roads.roads.front().line) == Approx(12'700.0).epsilon(0.03));
}

TEST_CASE("road classes, names and parts") {
  const test::TemporaryFolder folder;
  const std::string line = "[[135.0,34.0],[135.01,34.0]]";
  const auto path =
      written(folder, "r.geojson",
              collection(feature(R"({"id":"a","highway":"trunk_link","name":"R42"})", "LineString", line) + "," +
                         feature(R"({"id":"b","highway":"residential"})", "MultiLineString",
                                 "[" + line + "," + line + "]") +
                         "," + feature(R"({"highway":"construction"})", "LineString", line) + "," +
                         feature(R"({"highway":null})", "LineString", line) + "," +
                         feature(R"({"highway":"primary"})", "Point", "[135,34]")));
  const Roads roads = roads_of({.path = path, .class_field = "highway"});
  REQUIRE(roads.roads.size() == 4);
  CHECK(roads.roads[0].road_class == "national");
  CHECK(roads.roads[0].name == "R42");
  CHECK(roads.roads[1].road_class == "local");
  CHECK(roads.roads[1].id == "b#1");
  CHECK(roads.roads[2].id == "b#2");
  CHECK(roads.roads[3].road_class == "road");
  CHECK(roads.roads[3].id == "r:3");
  CHECK(warned(roads.warnings, "road_not_in_use") == 1);
  CHECK(warned(roads.warnings, "road_not_a_line") == 1);
  const Roads missing = roads_of({.path = path, .class_field = "fclass", .road_class = "local"});
  CHECK(missing.roads.front().road_class == "local");
  CHECK(warned(missing.warnings, "road_class_field_missing") == 1);
}

TEST_CASE("whether a road runs in a tunnel: said, not said, or a column that is not there") {
  const test::TemporaryFolder folder;
  const std::string line = "[[135.0,34.0],[135.01,34.0]]";
  const auto path = written(folder, "t.geojson",
                            collection(feature(R"({"tunnel":"yes"})", "LineString", line) + "," +
                                       feature(R"({"tunnel":"no"})", "LineString", line) + "," +
                                       feature(R"({"tunnel":null})", "LineString", line) + "," +
                                       feature(R"({"tunnel":"perhaps"})", "LineString", line) + "," +
                                       feature(R"({"tunnel":"building_passage"})", "LineString", line)));
  const Roads roads = roads_of({.path = path});
  REQUIRE(roads.roads.size() == 5);
  const std::vector<Presence> expected{Presence::yes, Presence::none, Presence::none, Presence::unknown,
                                       Presence::yes};
  for (std::size_t i = 0; i < 5; ++i) CHECK(roads.roads[i].tunnel == expected[i]);
  CHECK_FALSE(roads.roads[0].counts(true));
  CHECK(roads.roads[1].counts(true));
  CHECK(roads.roads[3].counts(true));
  CHECK(roads_of({.path = path, .tunnels_served = true}).roads[0].counts(false));
  const Roads other = roads_of({.path = path, .tunnel_field = "structure"});
  CHECK(other.roads[0].tunnel == Presence::unknown);
  const auto n13 = written(folder, "n13.geojson",
                           collection(feature(R"({"N13_004":"1"})", "LineString", line) + "," +
                                      feature(R"({"N13_004":"2"})", "LineString", line) + "," +
                                      feature(R"({"N13_004":"3"})", "LineString", line) + "," +
                                      feature(R"({"N13_004":"7"})", "LineString", line)));
  const Roads states = roads_of({.path = n13, .tunnel_field = "N13_004"});
  CHECK(states.roads[0].tunnel == Presence::none);
  CHECK(states.roads[1].tunnel == Presence::none);
  CHECK(states.roads[2].tunnel == Presence::yes);
  CHECK(states.roads[3].tunnel == Presence::unknown);
}

TEST_CASE(
    "classes and states of 国土数値情報 N13 by their codes, of Shapefile extracts of OpenStreetMap by fclass") {
  const test::TemporaryFolder folder;
  const std::string line = "[[135.0,34.0],[135.01,34.0]]";
  std::string features;
  for (const char* codes :
       {R"("1","N13_004":"1")", R"("2","N13_004":"2")", R"("3","N13_004":"3")", R"("4","N13_004":"1")",
        R"("5","N13_004":"1")", R"("6","N13_004":"1")", R"("1","N13_004":"5")"}) {
    features +=
        (features.empty() ? "" : ",") + feature(R"({"N13_003":)" + std::string(codes) + "}", "LineString", line);
  }
  const auto n13 = written(folder, "N13-24_5035.geojson", collection(features));
  const Roads roads = roads_of({.path = n13, .class_field = "N13_003", .tunnel_field = "N13_004"});
  const std::vector<std::string> expected{"national", "prefectural", "local", "expressway", "other", "road"};
  REQUIRE(roads.roads.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(roads.roads[i].road_class == expected[i]);
  CHECK(roads.roads[1].bridge == Presence::yes);
  CHECK(roads.roads[2].in_tunnel());
  CHECK(warned(roads.warnings, "road_not_in_use") == 1);

  const auto osm = written(folder, "gis_osm_roads_free_1.geojson",
                           collection(feature(R"({"fclass":"trunk_link","tunnel":"T"})", "LineString", line) +
                                      "," + feature(R"({"fclass":"track","tunnel":"F"})", "LineString", line)));
  const Roads extract = roads_of({.path = osm, .class_field = "fclass"});
  CHECK(extract.roads.at(0).road_class == "national");
  CHECK(extract.roads.at(0).in_tunnel());
  CHECK(extract.roads.at(1).road_class == "local");
}

TEST_CASE("Japanese kinds of road, and words of the source's own") {
  const test::TemporaryFolder folder;
  const std::string line = "[[135.0,34.0],[135.01,34.0]]";
  const auto path = written(folder, "r.geojson",
                            collection(feature(R"({"kind":"一般国道"})", "LineString", line) + "," +
                                       feature(R"({"kind":"高速自動車国道"})", "LineString", line) + "," +
                                       feature(R"({"kind":"forest track"})", "LineString", line)));
  const Roads roads = roads_of({.path = path, .class_field = "kind"});
  CHECK(roads.roads.at(0).road_class == "national");
  CHECK(roads.roads.at(1).road_class == "expressway");
  CHECK(roads.roads.at(2).road_class == "forest track");
}

TEST_CASE("a mesh whose centre lies in the sea belongs to its shore, but not to a sliver") {
  Boundaries boundaries;
  const auto square = [](double x, double y, double side) {
    return MultiPolygon{{Polygon{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}, {}}}};
  };
  boundaries.municipalities.push_back({.code = "30201", .area = square(0, 0, 1000)});
  boundaries.municipalities.push_back({.code = "30202", .area = square(0, 1000, 1000)});
  Population population;
  const auto add = [&](double x, double y) {
    population.units.push_back({.people = 1.0, .centre = {x + 500, y + 500}, .footprint = square(x, y, 1000)});
  };
  add(200, 0);                                                         // the centre is inside
  add(700, 300);                                                       // more of it in the first
  add(700, 700);                                                       // more of it in the second
  add(950, 0);                                                         // a sliver
  add(5000, 0);                                                        // nowhere near
  population.units.push_back({.people = 1.0, .centre = {1100, 500}});  // a point has no footprint
  CHECK(assign_municipalities(population, boundaries) == 3.0);
  std::vector<int> found;
  for (const PopulationUnit& unit : population.units) found.push_back(unit.municipality);
  CHECK(found == std::vector<int>{0, 0, 1, -1, -1, -1});
}

TEST_CASE("focus zones are read one for each feature, overlaps and all") {
  const test::TemporaryFolder folder;
  const Crs crs = wakayama();
  const auto path = written(
      folder, "zones.geojson",
      collection(feature(R"({"name":"港"})", "Polygon", kSquare) + "," +
                 feature(R"({"name":"港"})", "Polygon", kSquare) + "," + feature("{}", "Polygon", kNextSquare) +
                 "," + R"({"type":"Feature","properties":{"name":"nothing"},"geometry":null})"));
  const FocusZones zones = read_focus_zones({{.path = path}}, crs);
  REQUIRE(zones.zones.size() == 3);
  CHECK(zones.zones[0].name == "港");
  CHECK(zones.zones[1].name == "港");
  CHECK_THAT(zones.zones[2].name, Contains("zones:"));
  CHECK(area_m2(zones.zones[0].area) == Approx(area_m2(zones.zones[1].area)));
  CHECK(area_m2(zones.zones[0].area) == Approx(1024e3).epsilon(0.01));  // 923 m x 1109 m
  CHECK(warned(zones.warnings, "focus_zone_without_name") == 1);
  CHECK(warned(zones.warnings, "focus_zone_without_area") == 1);
}

TEST_CASE("a focus zone that is no polygon, or crosses itself, is an error that names the feature") {
  const test::TemporaryFolder folder;
  const Crs crs = wakayama();
  const auto line =
      written(folder, "line.geojson", collection(feature("{}", "LineString", "[[135.0,34.0],[135.1,34.0]]")));
  CHECK_THROWS_WITH(read_focus_zones({{.path = line}}, crs),
                    Contains("line.geojson") && Contains("not a polygon"));
  const auto bow_tie = written(folder, "tie.geojson", collection(feature("{}", "Polygon", kBowTie)));
  CHECK_THROWS_WITH(read_focus_zones({{.path = bow_tie}}, crs), Contains("tie.geojson") && Contains("repair"));
  const FocusZones mended = read_focus_zones({{.path = bow_tie, .repair = true}}, crs);
  CHECK(mended.zones.size() == 1);
  CHECK(warned(mended.warnings, "focus_zone_repaired") == 1);
}

namespace {

/// Protocol buffers by hand: what OpenStreetMap PBF is made of.
std::string pbf_varint(std::uint64_t value) {
  std::string out;
  while (value >= 0x80) {
    out += static_cast<char>((value & 0x7F) | 0x80);
    value >>= 7U;
  }
  return out + static_cast<char>(value);
}
std::string pbf_whole(int field, std::uint64_t value) {
  return pbf_varint(static_cast<std::uint64_t>(field) << 3U) + pbf_varint(value);
}
std::string pbf_bytes(int field, const std::string& value) {
  return pbf_varint(static_cast<std::uint64_t>(field) << 3U | 2U) + pbf_varint(value.size()) + value;
}
std::uint64_t pbf_zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}
std::string pbf_blob(const std::string& kind, const std::string& content) {
  const std::string body = pbf_bytes(1, content) + pbf_whole(2, content.size());
  const std::string head = pbf_bytes(1, kind) + pbf_whole(3, body.size());
  const auto n = static_cast<std::uint32_t>(head.size());
  std::string out;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>(n >> shift & 0xFFU);
  return out + head + body;
}
struct OsmNode {
  std::int64_t id;
  double lat;
  double lon;
  std::vector<std::pair<std::string, std::string>> tags;
};
std::string osm_pbf(const std::vector<OsmNode>& nodes) {
  std::vector<std::string> strings{""};
  std::string group;
  for (const OsmNode& node : nodes) {
    std::string keys;
    std::string values;
    for (const auto& [key, value] : node.tags) {
      keys += pbf_varint(strings.size());
      strings.push_back(key);
      values += pbf_varint(strings.size());
      strings.push_back(value);
    }
    const auto in_nano = [](double deg) { return pbf_zigzag(std::llround(deg * 1e7)); };
    group += pbf_bytes(1, pbf_whole(1, pbf_zigzag(node.id)) +
                              (keys.empty() ? "" : pbf_bytes(2, keys) + pbf_bytes(3, values)) +
                              pbf_whole(8, in_nano(node.lat)) + pbf_whole(9, in_nano(node.lon)));
  }
  std::string table;
  for (const std::string& text : strings) table += pbf_bytes(1, text);
  return pbf_blob("OSMHeader", pbf_bytes(4, "OsmSchema-V0.6")) +
         pbf_blob("OSMData", pbf_bytes(1, table) + pbf_bytes(2, group));
}

}  // namespace

TEST_CASE("places of OpenStreetMap PBF: public amenities, or those with the tag that is asked for") {
  const test::TemporaryFolder folder;
  const Crs crs = Crs::from_text("EPSG:6674");
  const std::filesystem::path file = folder.path() / "town.osm.pbf";
  std::ofstream(file, std::ios::binary)
      << osm_pbf({{1, 34.0, 135.0, {}},
                  {2, 34.01, 135.02, {{"amenity", "school"}, {"name", "北小学校"}}},
                  {3, 34.02, 135.03, {{"amenity", "bench"}}},
                  {4, 34.03, 135.04, {{"place", "hamlet"}, {"name", "奥"}}},
                  {5, 34.04, 135.05, {{"amenity", "clinic"}}}});
  const std::vector<SourcePlace> places = read_source_places({.path = file}, crs);
  REQUIRE(places.size() == 2);
  CHECK(places[0].kind == "school");
  CHECK(places[0].name == "北小学校");
  const Point at = crs.to_plan({135.02, 34.01});
  CHECK(places[0].at.x_m == Approx(at.x_m).margin(0.02));
  CHECK(places[0].at.y_m == Approx(at.y_m).margin(0.02));
  CHECK(places[1].kind == "clinic");
  const std::vector<SourcePlace> hamlets = read_source_places({.path = file, .kind_field = "place"}, crs);
  REQUIRE(hamlets.size() == 1);
  CHECK(hamlets[0].name == "奥");
  CHECK_THROWS_WITH(read_source_places({.path = file, .kind_field = "height"}, crs),
                    Contains("kind_field = height") && Contains("no tag of OpenStreetMap"));
  std::ofstream(folder.path() / "half.osm.pbf", std::ios::binary)
      << osm_pbf({{2, 34.01, 135.02, {{"amenity", "school"}}}}).substr(0, 60);
  CHECK_THROWS_AS(read_source_places({.path = folder.path() / "half.osm.pbf"}, crs), InputError);
}

TEST_CASE("roads of OpenStreetMap PBF are its ways with a tag highway, by class, with tunnels and bridges") {
  const std::filesystem::path file =
      std::filesystem::path(AMANEKU_SOURCE_DIR) / "tests/unit/terrain/routes/data/small.osm.pbf";
  const Crs crs = Crs::from_text("EPSG:6674");
  const Roads roads = read_roads({{.path = file}}, crs);
  // Ways 10 to 13; the railway, the river and the road that is proposed are none.
  REQUIRE(roads.roads.size() == 4);
  CHECK(roads.roads[0].name == "熊野街道");
  CHECK(roads.roads[0].road_class == "national");
  CHECK(roads.roads[0].tunnel == Presence::none);
  CHECK(roads.roads[1].tunnel == Presence::yes);
  CHECK(roads.roads[2].bridge == Presence::yes);
  CHECK(roads.roads[3].road_class == "local");
  // 0.01 degrees of longitude at 34 N on GRS 80.
  CHECK(length_m(roads.roads[0].line) == Approx(923.9).epsilon(1e-3));
  REQUIRE(roads.warnings.size() == 1);
  CHECK(roads.warnings[0].id == "road_not_in_use");
}
