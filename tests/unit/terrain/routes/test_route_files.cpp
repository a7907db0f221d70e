// Figures of the shared files are those of independent_lengths.py beside this file (Python's standard library
// only: Vincenty, Krueger's series, Simpson's rule).
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <map>

#include "terrain/geodesic.hpp"
#include "terrain/people/way_words.hpp"
#include "terrain/routes/route_line.hpp"
#include "tests/unit/terrain/routes/route_files.hpp"

using namespace amaneku;
using namespace amaneku::test;

namespace {

std::map<std::string, double> length_by_class(const RouteMap& map) {
  std::map<std::string, double> out;
  for (const RoutePiece& piece : map.pieces) out[piece.attributes.road_class] += piece.length_m;
  return out;
}

/// Both are the same ways: from small.osm by osmium.
void check_small_osm(const RouteMap& map) {
  REQUIRE(map.pieces.size() == 5);
  const RoutePiece& first = piece_of(map, "10");
  CHECK(first.attributes.road_class == "trunk");
  CHECK(first.attributes.ref == "42");
  CHECK(first.attributes.name == "熊野街道");
  CHECK(first.attributes.tunnel == Presence::none);
  CHECK(first.attributes.bridge == Presence::unknown);
  CHECK(first.attributes.speed_limit_kmh.value() == Approx(48.28032));
  CHECK(first.length_m == Approx(923.84786).margin(1e-4));
  const RoutePiece& second = piece_of(map, "11");
  CHECK(second.attributes.tunnel == Presence::yes);
  CHECK(second.attributes.layer == -1);
  CHECK(piece_of(map, "12").attributes.bridge == Presence::yes);
  CHECK(piece_of(map, "12").attributes.tunnel == Presence::unknown);
  CHECK(piece_of(map, "12").attributes.speed_limit_kmh == 50.0);
  CHECK(piece_of(map, "12").length_m == Approx(1109.22476).margin(1e-4));
  // A roundabout stays a line.
  CHECK(piece_of(map, "13").points.size() == 4);
  CHECK(piece_of(map, "13").length_m == Approx(347.64456).margin(1e-4));
  CHECK_FALSE(piece_of(map, "13").attributes.speed_limit_kmh);
  CHECK(piece_of(map, "13").attributes.one_way == OneWay::along);  // as every roundabout
  CHECK(piece_of(map, "12").attributes.one_way == OneWay::no);
  CHECK(piece_of(map, "14").attributes.road_class == "rail");
  CHECK(piece_of(map, "14").length_m == Approx(1299.11144).margin(1e-4));
  CHECK(warned(map, "route_way_not_in_use") == 1);
  CHECK(warned(map, "route_speed_not_understood") == 1);
  CHECK(map.tunnel_unknown_m() == Approx(1109.22476 + 347.64456 + 1299.11144).margin(1e-3));
}

}  // namespace

TEST_CASE("speed limits in the units in which maps have them") {
  CHECK(speed_limit_kmh_of("50") == 50.0);
  CHECK(speed_limit_kmh_of("50 km/h") == 50.0);
  CHECK(speed_limit_kmh_of("30 mph").value() == Approx(48.28032));
  CHECK(speed_limit_kmh_of("30mph").value() == Approx(48.28032));
  CHECK(speed_limit_kmh_of("10 knots").value() == Approx(18.52));
  CHECK(speed_limit_kmh_of("10 m/s").value() == Approx(36.0));
  for (const char* text : {"", "signals", "JP:urban", "0", "-5", "50;60", "50 furlongs", "1e9", "nan", "9999"})
    CHECK_FALSE(speed_limit_kmh_of(text));
}

TEST_CASE("words of tunnels and bridges") {
  CHECK(tunnel_of("yes") == Presence::yes);
  CHECK(tunnel_of("T") == Presence::yes);
  CHECK(tunnel_of("avalanche_protector") == Presence::yes);
  CHECK(tunnel_of("no") == Presence::none);
  CHECK(tunnel_of("F") == Presence::none);
  CHECK_FALSE(tunnel_of("perhaps"));
  CHECK(bridge_of("viaduct") == Presence::yes);
  CHECK(bridge_of("0") == Presence::none);
}

TEST_CASE("OpenStreetMap roads of Osaka, Sabae and Taketomi as GeoJSON", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "roads/osm_osaka_tennoji_major.geojson");
  const RouteMap osaka = read_route_map(*data / "roads/osm_osaka_tennoji_major.geojson");
  CHECK(osaka.format == RouteFormat::geojson);
  CHECK(osaka.pieces.size() == 862);
  CHECK(osaka.length_m() == Approx(146498.715).margin(0.01));
  const std::map<std::string, double> osaka_m = length_by_class(osaka);
  CHECK(osaka_m.at("trunk") == Approx(18557.900).margin(0.01));
  CHECK(osaka_m.at("primary_link") == Approx(633.725).margin(0.01));
  // The file has no column of tunnels.
  CHECK(osaka.tunnel_unknown_m() == osaka.length_m());
  const RouteMap sabae = read_route_map(*data / "roads/osm_sabae_major_roads.geojson");
  CHECK(sabae.pieces.size() == 111);
  CHECK(sabae.length_m() == Approx(35004.218).margin(0.01));
  CHECK(length_by_class(sabae).at("motorway") == Approx(7428.432).margin(0.01));
  CHECK(sabae.pieces.front().id == "way/127887408");
  const RouteMap taketomi = read_route_map(*data / "roads/osm_taketomi_roads.geojson");
  CHECK(taketomi.pieces.size() == 244);
  CHECK(taketomi.length_m() == Approx(35433.359).margin(0.01));
  CHECK(warned(taketomi, "route_feature_not_a_line") == 1);
}

TEST_CASE("lanelets of Kashiwanoha and of a highway", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "roads/kashiwanoha_lanelet2.osm");
  const RouteMap town = read_route_map(*data / "roads/kashiwanoha_lanelet2.osm");
  CHECK(town.format == RouteFormat::lanelet2);
  CHECK(town.pieces.size() == 81);
  CHECK(length_by_class(town).at("road") == Approx(1655.1128).margin(0.05));
  CHECK(length_by_class(town).at("crosswalk") == Approx(31.2644).margin(0.005));
  CHECK(piece_of(town, "34378").length_m == Approx(7.76302).margin(0.001));
  CHECK(piece_of(town, "34378").attributes.speed_limit_kmh == 10.0);
  CHECK(std::isfinite(town.pieces.front().points.front().height_m));
  const RouteMap highway = read_route_map(*data / "roads/four_track_highway_lanelet2.osm");
  CHECK(highway.pieces.size() == 36);
  CHECK(highway.length_m() == Approx(1616.3881).margin(0.05));
  CHECK(piece_of(highway, "195").length_m == Approx(107.76433).margin(0.005));
  CHECK(highway.tunnel_unknown_m() == highway.length_m());
}

TEST_CASE("OpenDRIVE roads with a projection have the lengths of the ellipsoid", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "roads/esmini_e6mini.xodr");
  const RouteMap e6 = read_route_map(*data / "roads/esmini_e6mini.xodr");
  REQUIRE(e6.pieces.size() == 1);
  CHECK(e6.format == RouteFormat::opendrive);
  // 1464.4344 m by the attributes; UTM zone 32 is 0.27 % too long at 4.5 degrees from its meridian.
  CHECK(e6.length_m() == Approx(1460.5016).margin(0.01));
  CHECK(e6.pieces[0].points.front().at.lon_deg == Approx(4.511256116).margin(1e-8));
  CHECK(e6.pieces[0].points.front().at.lat_deg == Approx(0.0).margin(1e-8));
  CHECK(e6.pieces[0].attributes.name == "cubic_road");
  CHECK(e6.tunnel_unknown_m() == e6.length_m());
  const RouteMap city = read_route_map(*data / "roads/esmini_soderleden.xodr");
  CHECK(piece_of(city, "0").length_m == Approx(1469.7161).margin(0.01));
  CHECK(piece_of(city, "1").length_m == Approx(100.3691).margin(0.002));
  CHECK(piece_of(city, "2").length_m == Approx(239.1975).margin(0.005));
  CHECK(piece_of(city, "5").length_m == Approx(65.9605).margin(0.002));
  CHECK(piece_of(city, "7").length_m == Approx(7.4476).margin(0.001));
  CHECK(piece_of(city, "0").attributes.road_class == "motorway");
}

TEST_CASE("OpenDRIVE roads in local metres, with tunnels", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "roads/esmini_tunnels.xodr");
  const std::filesystem::path path = *data / "roads/esmini_tunnels.xodr";
  CHECK_THAT(refusal_of(path), Contains("unprojected"));
  const RouteMapOptions options{.origin = LonLat{139.0, 35.0}};
  const RouteMap map = read_route_map(path, options);
  // Tunnels of road 1 at 30 .. 280, 340 .. 348 and 400 .. 550 m of 580; of road 2 at 30 .. 280 of 300.
  CHECK(map.length_m() == Approx(880.0).margin(0.01));
  REQUIRE(map.pieces.size() == 10);
  const RouteLine road = join(map, {.ids = {"1"}});
  CHECK(road.length_m() == Approx(580.0).margin(0.005));
  CHECK(road.tunnel_m(Presence::yes) == Approx(408.0).margin(0.005));
  CHECK(road.tunnel_m(Presence::unknown) == 0.0);
  CHECK(road.stretches[1].from_m == Approx(30.0).margin(0.001));
  CHECK(road.stretches[1].to_m == Approx(280.0).margin(0.002));
  CHECK(join(map, {.ids = {"2"}}).tunnel_m(Presence::yes) == Approx(250.0).margin(0.005));
  CHECK(geodesic_between(road.vertices.front().at, {139.0, 35.0}).length_m < 1e-6);
  // The end by Simpson's rule: 466.7085 m east and 220.0072 m north.
  const double straight_m = std::hypot(466.7085, 220.0072);
  CHECK(geodesic_between({139.0, 35.0}, road.vertices.back().at).length_m == Approx(straight_m).margin(0.005));
  const RouteMap hills = read_route_map(*data / "roads/esmini_curves_elevation.xodr", options);
  CHECK(hills.length_m() == Approx(1154.3995).margin(0.01));
  // 445.0793 m east, 63.7725 m south; a + b ds + c ds^2 + d ds^3 of the last elevation at 1154.3995 m.
  const double ds = 1154.3994752564138 - 1082.2495080528879;
  const double end_m = 1.2070615694869902 +
                       ds * (-0.042304110353965585 + ds * (4.7704148704178184e-4 - ds * 1.6989943122224311e-6));
  CHECK(hills.pieces[0].points.back().height_m == Approx(end_m).margin(1e-6));
}

TEST_CASE("a SUMO network without a projection is refused, and read where its place is given", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "roads/sumo_heterogeneous.net.xml");
  const std::filesystem::path path = *data / "roads/sumo_heterogeneous.net.xml";
  CHECK_THAT(refusal_of(path), Contains("unprojected"));
  const RouteMap map = read_route_map(path, {.origin = LonLat{139.0, 35.0}});
  CHECK(map.format == RouteFormat::sumo);
  // 24 edges of 200 m between 9 junctions; the internal ones are left out.
  CHECK(map.pieces.size() == 24);
  CHECK(map.length_m() == Approx(4800.0).margin(0.01));
  CHECK(piece_of(map, "0/0to0/1").attributes.speed_limit_kmh.value() == Approx(13.9 * 3.6));
}

TEST_CASE("OpenStreetMap XML") {
  check_small_osm(read_route_map(route_data("small.osm")));
  CHECK(read_route_map(route_data("small.osm")).format == RouteFormat::osm_xml);
}

TEST_CASE("OpenStreetMap PBF") {
  check_small_osm(read_route_map(route_data("small.osm.pbf")));
  CHECK(read_route_map(route_data("small.osm.pbf")).format == RouteFormat::osm_pbf);
}

TEST_CASE("a way without a tag of tunnels has none only where that is asked for") {
  const RouteMap map = read_route_map(route_data("small.osm"), {.absent_means_none = true});
  CHECK(map.tunnel_unknown_m() == 0.0);
  CHECK(piece_of(map, "12").attributes.tunnel == Presence::none);
  CHECK(piece_of(map, "11").attributes.tunnel == Presence::yes);
}

TEST_CASE("columns of GeoJSON: tunnels that are there, are not, and are not told of") {
  const TemporaryFolder folder;
  const std::string text = line_collection(
      {{R"({"id":"a","fclass":"primary","tunnel":"T","bridge":"F","layer":-1,"maxspeed":60,"ref":"1"})",
        "[[135.0,34.0,10.0],[135.01,34.0,12.5]]"},
       {R"({"id":"b","fclass":"primary","tunnel":"F","bridge":"T","layer":1,"maxspeed":null,"ref":"1"})",
        "[[135.01,34.0],[135.02,34.0]]"},
       {R"({"id":"c","fclass":"primary","tunnel":null,"bridge":"perhaps","layer":null,"maxspeed":0,"ref":"1"})",
        "[[135.02,34.0],[135.02,34.01]]"}});
  const RouteMap map = read_route_map(written_file(folder, "roads.geojson", text));
  CHECK(piece_of(map, "a").attributes.tunnel == Presence::yes);
  CHECK(piece_of(map, "a").attributes.bridge == Presence::none);
  CHECK(piece_of(map, "a").attributes.layer == -1);
  CHECK(piece_of(map, "a").attributes.speed_limit_kmh == 60.0);
  CHECK(piece_of(map, "a").points[1].height_m == 12.5);
  CHECK(std::isnan(piece_of(map, "b").points[0].height_m));
  CHECK(piece_of(map, "b").attributes.tunnel == Presence::none);
  CHECK(piece_of(map, "c").attributes.tunnel == Presence::unknown);
  CHECK(map.tunnel_unknown_m() == Approx(1109.22476).margin(1e-3));
  CHECK(warned(map, "route_bridge_not_understood") == 1);
  CHECK(warned(map, "route_speed_not_understood") == 1);
}

TEST_CASE("a column with a slip in its name is told of, one that is asked for and missing refused") {
  const TemporaryFolder folder;
  const std::filesystem::path path =
      written_file(folder, "roads.geojson",
                   line_collection({{R"({"id":"a","tunel":"yes","kind":"x"})", "[[135.0,34.0],[135.01,34.0]]"}}));
  const RouteMap map = read_route_map(path);
  CHECK(warned(map, "route_column_not_read") == 1);
  CHECK_THAT(map.warnings.front().message, Contains("\"tunel\"") && Contains("\"tunnel\""));
  RouteMapOptions options;
  options.columns.tunnel = "tunnell";
  CHECK_THAT(refusal_of(path, options), Contains("no column \"tunnell\"") && Contains("\"tunel\" meant?"));
  options.columns = {.road_class = "kind", .tunnel = "tunel"};
  const RouteMap read = read_route_map(path, options);
  CHECK(read.pieces[0].attributes.tunnel == Presence::yes);
  CHECK(read.pieces[0].attributes.road_class == "x");
}

TEST_CASE("GeoPackage and Shapefile, in a projection, are read like GeoJSON") {
  const TemporaryFolder folder;
  const std::filesystem::path json = written_file(
      folder, "roads.geojson",
      line_collection(
          {{R"({"highway":"primary","tunnel":"yes","name":"国道"})", "[[135.0,34.0],[135.01,34.0]]"}}));
  GDALAllRegister();
  for (const auto& [driver, name] : {std::pair{"GPKG", "roads.gpkg"}, std::pair{"ESRI Shapefile", "roads.shp"}}) {
    const std::filesystem::path path = folder.path() / name;
    GDALDatasetUniquePtr out(
        GetGDALDriverManager()->GetDriverByName(driver)->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference utm;
    utm.importFromEPSG(32653);
    const char* const options[] = {std::string(driver) == "GPKG" ? nullptr : "ENCODING=UTF-8", nullptr};
    OGRLayer* layer = out->CreateLayer("roads", &utm, wkbLineString, const_cast<char**>(options));
    for (const char* field : {"highway", "tunnel", "name"}) {
      OGRFieldDefn definition(field, OFTString);
      REQUIRE(layer->CreateField(&definition) == OGRERR_NONE);
    }
    OGRSpatialReference wgs84;
    wgs84.importFromEPSG(4326);
    wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    OGRLineString line;
    line.addPoint(135.0, 34.0);
    line.addPoint(135.01, 34.0);
    line.assignSpatialReference(&wgs84);
    REQUIRE(line.transformTo(&utm) == OGRERR_NONE);
    const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
    feature->SetField("highway", "primary");
    feature->SetField("tunnel", "yes");
    feature->SetField("name", "国道");
    feature->SetGeometry(&line);
    REQUIRE(layer->CreateFeature(feature.get()) == OGRERR_NONE);
    out.reset();
    const RouteMap map = read_route_map(path);
    INFO(name);
    REQUIRE(map.pieces.size() == 1);
    CHECK(map.pieces[0].length_m == Approx(923.84786).margin(1e-3));
    CHECK(map.pieces[0].attributes == read_route_map(json).pieces[0].attributes);
    CHECK(map.pieces[0].attributes.tunnel == Presence::yes);
    CHECK(map.pieces[0].attributes.name == "国道");
  }
}

TEST_CASE("roads of 国土数値情報 N13: class, state and level by their codes") {
  const TemporaryFolder folder;
  const auto row = [](int category, int state, int level, const std::string& line) {
    return std::pair{R"({"N13_001":"2024-01-01","N13_002":"1","N13_003":")" + std::to_string(category) +
                         R"(","N13_004":")" + std::to_string(state) + R"(","N13_005":")" + std::to_string(level) +
                         R"(","N13_006":"3","N13_007":"1","N13_008":"513500"})",
                     line};
  };
  const RouteMap map = read_route_map(written_file(
      folder, "N13-24_5135.geojson",
      line_collection(
          {row(1, 1, 0, "[[135.0,34.0],[135.01,34.0]]"), row(4, 3, -1, "[[135.01,34.0],[135.02,34.0]]"),
           row(2, 2, 1, "[[135.02,34.0],[135.03,34.0]]"), row(3, 4, 0, "[[135.03,34.0],[135.04,34.0]]"),
           row(3, 5, 0, "[[135.04,34.0],[135.05,34.0]]"), row(6, 7, 0, "[[135.05,34.0],[135.06,34.0]]")})));
  REQUIRE(map.pieces.size() == 5);
  const auto at = [&](std::size_t i) { return map.pieces[i].attributes; };
  CHECK(at(0).road_class == "national");
  CHECK(at(0).tunnel == Presence::none);
  CHECK(at(0).bridge == Presence::none);
  CHECK(at(1).road_class == "expressway");
  CHECK(at(1).tunnel == Presence::yes);
  CHECK(at(1).layer == -1);
  CHECK(at(2).road_class == "prefectural");
  CHECK(at(2).bridge == Presence::yes);
  CHECK(at(2).tunnel == Presence::none);
  CHECK(at(3).road_class == "local");
  CHECK(warned(map, "route_snow_shed") == 1);
  CHECK(warned(map, "route_way_not_in_use") == 1);
  CHECK(at(4).road_class.empty());
  CHECK(at(4).tunnel == Presence::unknown);
}

TEST_CASE("railways of 国土数値情報 N02: line, company and kind by their codes") {
  const TemporaryFolder folder;
  const auto row = [](const char* kind, const char* operated, const char* line_name) {
    return std::string(R"({"N02_001":")") + kind + R"(","N02_002":")" + operated + R"(","N02_003":")" + line_name +
           R"(","N02_004":"西日本旅客鉄道"})";
  };
  const RouteMap map =
      read_route_map(written_file(folder, "N02-24_RailroadSection.geojson",
                                  line_collection({{row("11", "2", "紀勢線"), "[[135.0,34.0],[135.01,34.0]]"},
                                                   {row("11", "1", "山陽新幹線"), "[[135.0,34.1],[135.01,34.1]]"},
                                                   {row("21", "4", "上町線"), "[[135.0,34.2],[135.01,34.2]]"}})));
  REQUIRE(map.pieces.size() == 3);
  CHECK(map.pieces[0].attributes.road_class == "railway");
  CHECK(map.pieces[0].attributes.name == "紀勢線");
  CHECK(map.pieces[0].attributes.ref == "西日本旅客鉄道");
  CHECK(map.pieces[0].attributes.tunnel == Presence::unknown);
  CHECK(map.pieces[1].attributes.road_class == "shinkansen");
  CHECK(map.pieces[2].attributes.road_class == "tram");
}

TEST_CASE("a GPX track is a trace with heights and times") {
  const TemporaryFolder folder;
  const RouteMap map = read_route_map(written_file(folder, "drive.gpx", R"(<?xml version="1.0"?>
<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>試走</name><trkseg>
<trkpt lat="35.0" lon="139.0"><ele>10</ele><time>2026-11-30T00:00:00Z</time></trkpt>
<trkpt lat="35.0" lon="139.0"><ele>10</ele><time>2026-11-30T00:00:01Z</time></trkpt>
<trkpt lat="35.01" lon="139.0"><ele>12</ele><time>2026-11-30T09:01:00.5+09:00</time></trkpt>
</trkseg></trk></gpx>)"));
  REQUIRE(map.pieces.size() == 1);
  CHECK(map.format == RouteFormat::gpx);
  CHECK(map.pieces[0].points.size() == 2);  // the vehicle stood still
  CHECK(map.pieces[0].length_m == Approx(1109.40666).margin(1e-4));
  CHECK(map.pieces[0].attributes.name == "試走");
  CHECK(map.pieces[0].points[0].time_s == 1795996800.0);
  CHECK(map.pieces[0].points[1].time_s == 1795996860.5);
  CHECK(map.pieces[0].points[1].height_m == 12.0);
}

TEST_CASE("a CSV of degrees: a piece for each way and each change of its attributes") {
  const TemporaryFolder folder;
  const RouteMap map = read_route_map(written_file(folder, "route.csv",
                                                   "id,lon,lat,height_m,tunnel,class\n"
                                                   "A,139.00,35.0,1,no,AGV\n"
                                                   "A,139.01,35.0,2,yes,AGV\n"
                                                   "A,139.02,35.0,3,yes,AGV\n"
                                                   "B,139.00,35.0,,,AGV\n"
                                                   "B,139.00,35.01,,,AGV\n"));
  REQUIRE(map.pieces.size() == 2 + 1);
  CHECK(piece_of(map, "A").attributes.tunnel == Presence::none);
  CHECK(piece_of(map, "A").length_m == Approx(912.88170).margin(1e-4));
  CHECK(piece_of(map, "A#2").attributes.tunnel == Presence::yes);
  CHECK(piece_of(map, "A#2").length_m == Approx(912.88170).margin(1e-4));
  CHECK(piece_of(map, "B").attributes.tunnel == Presence::unknown);
  CHECK(piece_of(map, "B").line == 5);
  CHECK(join(map, {.ids = {"A"}}).length_m() == Approx(2 * 912.88170).margin(1e-3));
}

TEST_CASE("a CSV of metres in a CRS, beyond the border of its zone") {
  const TemporaryFolder folder;
  std::string text = "x_m,y_m\n";
  for (int i = 0; i <= 80; ++i)
    text += std::to_string(700000 + i * 1000) + "," + std::to_string(3875000 + i * 300) + "\n";
  const std::filesystem::path path = written_file(folder, "route.csv", text);
  CHECK_THAT(refusal_of(path), Contains("unprojected"));
  const RouteMap map = read_route_map(path, {.crs = "EPSG:32653"});
  REQUIRE(map.pieces.size() == 1);
  // Krueger's series and Vincenty; on the grid 83523.65 m. It crosses 138 degrees east.
  CHECK(map.length_m() == Approx(83496.02594).epsilon(1e-7));
  CHECK(map.pieces[0].points.front().at.lon_deg == Approx(137.191499641).margin(1e-8));
  CHECK(map.pieces[0].points.back().at.lon_deg == Approx(138.075251967).margin(1e-8));
}

TEST_CASE("a SUMO network with a projection: shapes, offset, speeds, what OpenStreetMap said") {
  const TemporaryFolder folder;
  const RouteMap map = read_route_map(written_file(folder, "town.net.xml", R"(<net version="1.16">
<location netOffset="-700000.00,-3875000.00" convBoundary="0,0,1,1" origBoundary="0,0,1,1"
  projParameter="+proj=utm +zone=53 +ellps=WGS84 +datum=WGS84 +units=m +no_defs"/>
<edge id=":b_0" function="internal"><lane id=":b_0_0" index="0" speed="5" length="3" shape="0,0 1,1"/></edge>
<edge id="ab" from="a" to="b" name="Main" type="highway.primary"><param key="tunnel" value="yes"/>
<lane id="ab_0" index="0" speed="13.89" length="990" shape="5,5 995,295"/></edge>
<edge id="bc" from="b" to="c" shape="1000,300,7 2000,600,8">
<lane id="bc_0" index="0" speed="20" length="9" shape="0,0 1,1"/></edge>
<junction id="a" type="dead_end" x="0.00" y="0.00"/><junction id="b" type="priority" x="1000.00" y="300.00"/>
<junction id="c" type="dead_end" x="2000" y="600"/></net>)"));
  REQUIRE(map.pieces.size() == 2);
  CHECK(piece_of(map, "ab").points.front().at.lon_deg == Approx(137.191499641).margin(1e-8));
  CHECK(piece_of(map, "ab").attributes.tunnel == Presence::yes);
  CHECK(piece_of(map, "ab").attributes.road_class == "primary");
  CHECK(piece_of(map, "ab").attributes.name == "Main");
  CHECK(piece_of(map, "bc").attributes.speed_limit_kmh.value() == Approx(72.0));
  CHECK(piece_of(map, "bc").points[1].height_m == 8.0);
  CHECK(join(map).stretches.size() == 2);
}

TEST_CASE("options that a file has no use for are told of") {
  const TemporaryFolder folder;
  const auto unused = [](const std::filesystem::path& path, const RouteMapOptions& options) {
    return warned(read_route_map(path, options), "route_option_not_used");
  };
  CHECK(unused(route_data("small.osm"), {}) == 0);
  CHECK(unused(route_data("small.osm"), {.columns = {.ref = "ref"}, .layer = "x", .crs = "EPSG:6677"}) == 3);
  const std::filesystem::path csv = written_file(folder, "a.csv", "lon,lat\n139.0,35.0\n139.1,35.0\n");
  CHECK(unused(csv, {.crs = "EPSG:6677"}) == 1);
  const std::filesystem::path metres = written_file(folder, "b.csv", "x_m,y_m\n0,0\n100,0\n");
  CHECK(unused(metres, {.crs = "EPSG:6677"}) == 0);
  CHECK_THAT(refusal_of(metres, {.crs = "EPSG:6677", .origin = LonLat{139.0, 35.0}}), Contains("not both"));
}

TEST_CASE("the offset of an OpenDRIVE header lies between its metres and the projection") {
  const TemporaryFolder folder;
  const auto road = [&](const char* offset, const char* x) {
    return read_route_map(written_file(
        folder, "road.xodr",
        std::string("<OpenDRIVE><header><geoReference>+proj=utm +zone=53 +datum=WGS84</geoReference>") + offset +
            "</header><road id=\"1\"><planView><geometry s=\"0\" x=\"" + x +
            R"(" y="0" hdg="0" length="100"><line/></geometry></planView><elevationProfile>
<elevation s="0" a="1" b="0.1" c="0" d="0"/></elevationProfile></road></OpenDRIVE>)"));
  };
  const RouteMap with = road(R"(<offset x="700000" y="3875000" z="50" hdg="0"/>)", "0");
  // UTM 53, (700000, 3875000) by Krueger's series.
  CHECK(with.pieces[0].points.front().at.lon_deg == Approx(137.191499641).margin(1e-8));
  CHECK(with.pieces[0].points.front().at.lat_deg == Approx(34.997858848).margin(1e-8));
  CHECK(with.pieces[0].points.back().height_m == Approx(61.0).margin(1e-9));
  CHECK(road("", "700000").pieces[0].points.back().height_m == Approx(11.0).margin(1e-9));
}

TEST_CASE("options go before the projection of a file, and that is told of") {
  const TemporaryFolder folder;
  const std::filesystem::path path =
      written_file(folder, "road.xodr",
                   R"(<OpenDRIVE><header><geoReference>+proj=utm +zone=53</geoReference></header><road id="1">
<planView><geometry s="0" x="0" y="0" hdg="0" length="100"><line/></geometry></planView></road></OpenDRIVE>)");
  const RouteMap map = read_route_map(path, {.origin = LonLat{139.0, 35.0}});
  CHECK(map.pieces[0].points.front().at.lon_deg == Approx(139.0).margin(1e-9));
  CHECK(warned(map, "route_projection_replaced") == 1);
  CHECK(warned(read_route_map(path), "route_projection_replaced") == 0);
}

TEST_CASE("every geometry of OpenDRIVE ends where calculus says") {
  const TemporaryFolder folder;
  const auto road = [&](const std::string& shape, const char* length) {
    const std::string text = std::string(R"(<OpenDRIVE><header/><road id="1" length="1" junction="-1"><planView>
<geometry s="0" x="0" y="0" hdg="0" length=")") +
                             length + "\">" + shape + "</geometry></planView></road></OpenDRIVE>";
    const RouteMap map = read_route_map(written_file(folder, "road.xodr", text), {.origin = LonLat{0.0, 0.0}});
    return map.pieces.at(0);
  };
  const auto end_m = [](const RoutePiece& piece) {
    return geodesic_between({0.0, 0.0}, piece.points.back().at).length_m;
  };
  // A quarter of a circle of 100 m: the chord is 100 sqrt(2).
  const RoutePiece arc = road(R"(<arc curvature="0.01"/>)", "157.07963267948966");
  CHECK(arc.length_m == Approx(157.07963).margin(0.002));
  CHECK(end_m(arc) == Approx(100.0 * std::sqrt(2.0)).margin(1e-4));
  // Half of Cornu's spiral: with x = s / (a sqrt(pi)) the end is a sqrt(pi) (C(x), S(x)); C(1) = 0.77989340,
  // S(1) = 0.43825915 (Abramowitz and Stegun, table 7.7). a sqrt(pi) = 100 m: curvature pi s / 100^2.
  const RoutePiece spiral = road(R"(<spiral curvStart="0" curvEnd="0.031415926535897934"/>)", "100");
  CHECK(end_m(spiral) == Approx(100.0 * std::hypot(0.7798934004, 0.4382591474)).margin(1e-4));
  // v = u^2 / 100 up to u = 50: arc length 25 (sqrt(2) + asinh(1)).
  const std::string parabola_m = "57.38967873481595";
  const RoutePiece poly = road(R"(<poly3 a="0" b="0" c="0.01" d="0"/>)", parabola_m.c_str());
  CHECK(end_m(poly) == Approx(std::hypot(50.0, 25.0)).margin(1e-3));
  const RoutePiece param =
      road(R"(<paramPoly3 pRange="normalized" aU="0" bU="50" cU="0" dU="0" aV="0" bV="0" cV="25" dV="0"/>)",
           parabola_m.c_str());
  CHECK(param.length_m == Approx(57.3896787).margin(0.002));
  CHECK(end_m(param) == Approx(std::hypot(50.0, 25.0)).margin(1e-4));
}
