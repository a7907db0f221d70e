// Hostile and broken files of routes, each with its message.
#include <fmt/format.h>

#include "terrain/routes/route_line.hpp"
#include "tests/unit/terrain/routes/route_files.hpp"

using namespace amaneku;
using namespace amaneku::test;

namespace {

const std::string kNodes =
    R"(<node id="1" lat="35.0" lon="139.0"/><node id="2" lat="35.001" lon="139.0"/>
<node id="3" lat="35.0" lon="139.0001"/><node id="4" lat="35.001" lon="139.0001"/>
)";
const std::string kWays =
    R"(<way id="10"><nd ref="1"/><nd ref="2"/></way><way id="11"><nd ref="3"/><nd ref="4"/></way>
)";

std::string lanelet(const std::string& members, const char* id = "20") {
  return std::string(R"(<relation id=")") + id + "\">" + members + R"(<tag k="type" v="lanelet"/></relation>)";
}
const std::string kBorders =
    R"(<member type="way" role="left" ref="10"/><member type="way" role="right" ref="11"/>)";

std::string osm(const std::string& body) {
  return "<?xml version=\"1.0\"?>\n<osm>\n" + body + "</osm>";
}

std::string opendrive(const std::string& roads, const std::string& reference = {}) {
  return "<?xml version=\"1.0\"?>\n<OpenDRIVE><header>" + reference + "</header>\n" + roads + "</OpenDRIVE>";
}

std::string sumo(const std::string& projection, const std::string& body = {}) {
  return "<net><location netOffset=\"0,0\" projParameter=\"" + projection + "\"/>\n" + body + "</net>";
}

const RouteMapOptions kAtTokyo{.origin = LonLat{139.0, 35.0}};

}  // namespace

TEST_CASE("routes: files that are no files of routes are refused by name") {
  const TemporaryFolder folder;
  const auto said = [&](const char* name, const std::string& text) {
    return refusal_of(written_file(folder, name, text));
  };
  CHECK_THAT(
      said("a.kml",
           R"(<?xml version="1.0"?><kml><NetworkLink><Link><href>http://x/</href></Link></NetworkLink></kml>)"),
      Contains("XML of <kml>, which is not read as routes") && Contains("OpenDRIVE"));
  CHECK_THAT(said("a.kmz", "PK\x03\x04..."), Contains("is packed"));
  CHECK_THAT(said("a.osm.gz", "\x1f\x8b..."), Contains("is packed"));
  CHECK_THAT(said("a.dxf", "  0\nSECTION\n"),
             Contains("no file of routes that is known here") && Contains(".dxf"));
  CHECK_THAT(said("a.osm", ""), Contains("is empty"));
  CHECK_THAT(refusal_of(folder.path() / "none.gpkg"), Contains("file not found"));
  CHECK_THAT(refusal_of("/vsicurl/http://127.0.0.1/roads.geojson"), Contains("file not found"));
}

TEST_CASE("routes: a link to a CRS is not followed") {
  const TemporaryFolder folder;
  std::string text = line_collection({{"{}", "[[135.0,34.0],[135.01,34.0]]"}});
  text.insert(1, R"("crs":{"type":"link","properties":{"href":"http://127.0.0.1:9/crs","type":"proj4"}},)");
  CHECK_THAT(refusal_of(written_file(folder, "a.geojson", text)), Contains("names its CRS by a link"));
  // Written so that only a parser sees it: GDAL itself reaches nothing.
  text = line_collection({{"{}", "[[135.0,34.0],[135.01,34.0]]"}});
  text.insert(1, R"("crs":{"type":"UR\u004c","properties":{"url":"http://127.0.0.1:9/crs"}},)");
  CHECK_THAT(refusal_of(written_file(folder, "b.geojson", text)), Contains("asks for a file or an address"));
}

TEST_CASE("routes: XML with a DOCTYPE is refused in every format") {
  const TemporaryFolder folder;
  for (const char* root : {"osm", "OpenDRIVE", "net", "gpx"}) {
    const std::string text = fmt::format(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE {0} [<!ENTITY a \"b\"><!ENTITY c SYSTEM "
        "\"file:///etc/passwd\">]>\n<{0}>&c;</{0}>",
        root);
    INFO(root);
    CHECK_THAT(refusal_of(written_file(folder, "a.xml", text)), Contains("DOCTYPE"));
  }
}

TEST_CASE("routes: XML that is nested deeply, cut off or not UTF-8") {
  const TemporaryFolder folder;
  std::string deep = "<gpx>";
  for (int i = 0; i < 200'000; ++i) deep += "<a>\n";
  for (int i = 0; i < 200'000; ++i) deep += "</a>";
  CHECK_THAT(refusal_of(written_file(folder, "deep.gpx", deep + "</gpx>")), Contains("nested more than 64 deep"));
  CHECK_THAT(refusal_of(written_file(folder, "cut.gpx", "<gpx>\n<trk>\n<trkseg>")),
             Contains("cut.gpx:3") && Contains("is not valid XML"));
  CHECK_THAT(refusal_of(written_file(folder, "sjis.gpx", "<gpx><name>\x8e\x8e\x91\x96</name></gpx>")),
             Contains("is not UTF-8"));
}

TEST_CASE("routes: limits of size are stated and kept") {
  const TemporaryFolder folder;
  CHECK_THAT(refusal_of(route_data("small.osm"), {.max_points = 8}), Contains("more than 8 points"));
  CHECK_THAT(refusal_of(route_data("small.osm.pbf"), {.max_points = 8}), Contains("more than 8 points"));
  CHECK_THAT(refusal_of(route_data("small.osm"), {.max_bytes = 1000}), Contains("larger than 1000 bytes"));
  // One geometry that would be a hundred million points long.
  const std::string line = R"(<geometry s="0" x="0" y="0" hdg="0" length="1e9"><line/></geometry>)";
  CHECK_THAT(refusal_of(written_file(folder, "long.xodr",
                                     opendrive("<road id=\"1\"><planView>" + line + "</planView></road>")),
                        kAtTokyo),
             Contains("more than 5000000 points"));
  CHECK_THAT(refusal_of(written_file(folder, "wide.gpx", "<gpx>" + std::string(40'000'001, '='))),
             Contains("more than 40000000 elements and attributes"));
  std::string rows = "lon,lat\n";
  for (int i = 0; i <= 1'000'000; ++i) rows += "139,35\n";
  CHECK_THAT(refusal_of(written_file(folder, "long.csv", rows)), Contains("more than 1000000 rows"));
}

TEST_CASE("routes: longitude and latitude that are swapped") {
  const TemporaryFolder folder;
  CHECK_THAT(
      refusal_of(written_file(folder, "a.geojson", line_collection({{"{}", "[[34.0,135.0],[34.0,135.01]]"}}))),
      Contains("swapped"));
  CHECK_THAT(refusal_of(written_file(folder, "a.csv", "lon,lat\n35.0,139.0\n35.1,139.0\n35.2,139.0\n")),
             Contains("swapped") && Contains("a.csv:2") && Contains("2 more rows: 3, 4"));
  CHECK_THAT(refusal_of(written_file(folder, "a.gpx",
                                     "<gpx><trk><trkseg>\n<trkpt lat=\"139\" lon=\"35\"/></trkseg></trk></gpx>")),
             Contains("swapped") && Contains("a.gpx:2"));
  CHECK_THAT(refusal_of(written_file(folder, "a.osm",
                                     osm("<node id=\"1\" lat=\"139\" lon=\"35\"/>" + lanelet(kBorders)))),
             Contains("swapped"));
}

TEST_CASE("routes: coordinates that are no numbers or not on Earth") {
  const TemporaryFolder folder;
  CHECK_THAT(refusal_of(written_file(folder, "a.csv", "lon,lat\n139.0,nan\n139.1,35.0\n")),
             Contains("a.csv:2") && Contains("lat"));
  CHECK_THAT(refusal_of(written_file(folder, "b.csv", "lon,lat\n139.0,35.0\n139.1,\n")), Contains("b.csv:3"));
  CHECK_THAT(refusal_of(written_file(folder, "c.csv", "lon,lat\n539.0,35.0\n139.1,35.0\n")),
             Contains("no position on Earth"));
  CHECK_THAT(
      refusal_of(written_file(
          folder, "a.gpx",
          "<gpx><trk><trkseg>\n<trkpt lat=\"NaN\" lon=\"139\"/>\n<trkpt lon=\"139\"/></trkseg></trk></gpx>")),
      Contains("a.gpx:2") && Contains("lat = \"NaN\" is not a number") && Contains("a.gpx:3") &&
          Contains("has no lat"));
  CHECK_THAT(refusal_of(written_file(folder, "a.xodr",
                                     opendrive("<road id=\"1\"><planView><geometry s=\"0\" x=\"inf\" y=\"0\" "
                                               "hdg=\"0\" length=\"1\"><line/></geometry></planView></road>")),
                        kAtTokyo),
             Contains("road 1") && Contains("x = \"inf\" is not a number"));
}

TEST_CASE("routes: OpenStreetMap data that are swapped, cut off or lack nodes of their ways") {
  const TemporaryFolder folder;
  const std::string way =
      R"(<way id="7"><nd ref="1"/><nd ref="2"/><nd ref='9'/><tag k="highway" v="trunk"/></way>)";
  const std::string nodes = R"(<node lat="35" lon="139" id="1"/><node id='2' lat="35.01" lon="139"/>)";
  const RouteMap map = read_route_map(written_file(folder, "a.osm", osm(nodes + way)));
  CHECK(map.pieces.size() == 1);
  CHECK(warned(map, "route_node_missing") == 1);
  CHECK_THAT(map.warnings.front().message, Contains("such as 9"));
  CHECK(warned(read_route_map(route_data("small.osm")), "route_node_missing") == 0);
  CHECK_THAT(refusal_of(written_file(folder, "b.osm", osm(R"(<node id="1" lat="139" lon="35"/>)" + way))),
             Contains("swapped"));
  CHECK_THAT(refusal_of(written_file(folder, "c.osm", osm(nodes + way).substr(0, 150))),
             Contains("cannot be read"));
}

TEST_CASE("routes: a table without positions says which columns it has instead") {
  const TemporaryFolder folder;
  CHECK_THAT(refusal_of(written_file(folder, "a.csv", "経度,緯度\n139.0,35.0\n")),
             Contains("lon and lat") && Contains("経度"));
}

TEST_CASE("routes: ways without length are left out, and a file of nothing else is refused") {
  const TemporaryFolder folder;
  const std::string standing = "[[135.0,34.0],[135.0,34.0],[135.0,34.000000001]]";
  CHECK_THAT(refusal_of(written_file(folder, "a.geojson", line_collection({{"{}", standing}}))),
             Contains("no way that has a length"));
  const RouteMap map = read_route_map(written_file(
      folder, "b.geojson", line_collection({{"{}", standing}, {"{}", "[[135.0,34.0],[135.01,34.0]]"}})));
  CHECK(map.pieces.size() == 1);
  CHECK(warned(map, "route_way_without_length") == 1);
}

TEST_CASE("routes: an id that comes again is told of, or refused where a format forbids it") {
  const TemporaryFolder folder;
  const RouteMap map =
      read_route_map(written_file(folder, "a.geojson",
                                  line_collection({{R"({"id":"x"})", "[[135.0,34.0],[135.01,34.0]]"},
                                                   {R"({"id":"x"})", "[[135.01,34.0],[135.02,34.0]]"}})));
  CHECK(warned(map, "route_id_repeated") == 1);
  CHECK(chosen_pieces(map, {.ids = {"x"}}).size() == 2);
  CHECK_THAT(
      refusal_of(written_file(
          folder, "a.osm", osm(kNodes + R"(<node id="1" lat="35.5" lon="139.0"/>)" + kWays + lanelet(kBorders)))),
      Contains("node 1: the id is given twice") && Contains("a.osm:5"));
  CHECK_THAT(
      refusal_of(written_file(folder, "b.osm", osm(kNodes + kWays + lanelet(kBorders) + lanelet(kBorders)))),
      Contains("relation 20: the id is given twice"));
  const std::string road =
      R"(<road id="7"><planView><geometry s="0" x="0" y="0" hdg="0" length="1"><line/></geometry></planView></road>)";
  CHECK_THAT(refusal_of(written_file(folder, "a.xodr", opendrive(road + "\n" + road)), kAtTokyo),
             Contains("a.xodr:4") && Contains("road 7: the id is given twice"));
}

TEST_CASE("routes: a lanelet without a border, with two, or with one that is not there") {
  const TemporaryFolder folder;
  const std::string left = R"(<member type="way" role="left" ref="10"/>)";
  const auto said = [&](const std::string& members) {
    return refusal_of(written_file(folder, "a.osm", osm(kNodes + kWays + lanelet(members))));
  };
  CHECK(said(kBorders).empty());
  CHECK_THAT(said(left), Contains("relation 20: the lanelet has no right border") && Contains("a.osm:6"));
  CHECK_THAT(said(kBorders + left), Contains("more than one left border"));
  CHECK_THAT(said(left + R"(<member type="way" role="right" ref="99"/>)"),
             Contains("right border, way 99, is not in this file"));
  CHECK_THAT(
      refusal_of(written_file(folder, "b.osm",
                              osm(kNodes + R"(<way id="10"><nd ref="1"/><nd ref="8"/></way>)" + lanelet(left)))),
      Contains("way 10: its node 8 is not in this file"));
  CHECK_THAT(refusal_of(written_file(
                 folder, "c.osm",
                 osm(R"(<node id="1" lat="" lon=""><tag k="local_x" v="3"/><tag k="local_y" v="4"/></node>)" +
                     lanelet(left)))),
             Contains("unprojected"));
}

TEST_CASE("routes: a lanelet's centre line lies midway, whatever the direction of its borders") {
  const TemporaryFolder folder;
  // The left border, way 10, lies to the west: the lane runs north.
  const std::string turned =
      R"(<way id="10"><nd ref="2"/><nd ref="1"/></way><way id="11"><nd ref="3"/><nd ref="4"/></way>)";
  for (const std::string& ways : {kWays, turned}) {
    const RouteMap map = read_route_map(written_file(folder, "a.osm", osm(kNodes + ways + lanelet(kBorders))));
    REQUIRE(map.pieces.size() == 1);
    CHECK(map.pieces[0].points.front().at.lat_deg == Approx(35.0).margin(1e-12));
    CHECK(map.pieces[0].points.back().at.lat_deg == Approx(35.001).margin(1e-12));
    CHECK(map.pieces[0].points.front().at.lon_deg == Approx(139.00005).margin(1e-12));
    CHECK(map.pieces[0].length_m == Approx(110.94).margin(0.01));
  }
  const std::string other =
      R"(<member type="way" role="left" ref="11"/><member type="way" role="right" ref="10"/>)";
  const RouteMap south = read_route_map(written_file(folder, "b.osm", osm(kNodes + kWays + lanelet(other))));
  CHECK(south.pieces[0].points.front().at.lat_deg == Approx(35.001).margin(1e-12));
}

TEST_CASE("routes: an OpenDRIVE geometry that is not supported is named with its road and line") {
  const TemporaryFolder folder;
  const std::string text = opendrive(
      "<road id=\"12\"><planView>\n<geometry s=\"0\" x=\"0\" y=\"0\" hdg=\"0\" "
      "length=\"1\">\n<clothoid2/></geometry></planView></road>");
  CHECK_THAT(refusal_of(written_file(folder, "a.xodr", text), kAtTokyo),
             Contains("a.xodr:4") && Contains("road 12") && Contains("\"clothoid2\" is not supported") &&
                 Contains("paramPoly3"));
  CHECK_THAT(
      refusal_of(written_file(folder, "c.xodr", opendrive("", "<offset x=\"1\" y=\"2\" z=\"3\" hdg=\"0.1\"/>")),
                 kAtTokyo),
      Contains("c.xodr:2") && Contains("turns the map"));
  CHECK_THAT(refusal_of(written_file(folder, "b.xodr", opendrive("<road id=\"1\"><planView/></road>")), kAtTokyo),
             Contains("road 1: has no geometry"));
}

TEST_CASE("routes: a projection may not open files or stretch metres") {
  const TemporaryFolder folder;
  const auto said = [&](const std::string& projection) {
    return refusal_of(written_file(folder, "a.net.xml", sumo(projection)));
  };
  CHECK_THAT(said("!"), Contains("unprojected"));
  CHECK_THAT(said("-"), Contains("unprojected"));
  CHECK_THAT(said("+proj=utm +zone=54 +nadgrids=/etc/passwd"),
             Contains("+nadgrids=/etc/passwd, which is not read"));
  CHECK_THAT(said("+proj=pipeline +step +proj=utm"), Contains("which is not read"));
  CHECK_THAT(said("+init=/etc/passwd"), Contains("which is not read"));
  CHECK_THAT(said("+proj=merc +lon_0=0"), Contains("\"merc\", which is not read"));
  CHECK_THAT(said("+proj=utm +zone=99"), Contains("is not known to PROJ"));
  const std::string wkt =
      "<geoReference><![CDATA[PROJCS[\"x\",EXTENSION[\"PROJ4\",\"+nadgrids=x\"]]]]></geoReference>";
  CHECK_THAT(refusal_of(written_file(folder, "a.xodr", opendrive("", wkt))), Contains("PROJCS"));
}

TEST_CASE("routes: an edge of SUMO whose junction or shape is broken") {
  const TemporaryFolder folder;
  const auto said = [&](const std::string& body) {
    return refusal_of(written_file(folder, "a.net.xml", sumo("+proj=utm +zone=54", body)));
  };
  CHECK_THAT(said("<edge id=\"e\" from=\"x\" to=\"y\"/>"),
             Contains("edge e") && Contains("junction from = \"x\""));
  CHECK_THAT(said("<edge id=\"e\" from=\"x\" to=\"y\" shape=\"1,2 3;4\"/>"), Contains("its shape is not a list"));
}
