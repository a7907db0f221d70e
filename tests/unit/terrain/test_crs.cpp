#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

LonLatBox around(LonLat centre, double half_deg) {
  LonLatBox box;
  box.include({centre.lon_deg - half_deg, centre.lat_deg - half_deg});
  box.include({centre.lon_deg + half_deg, centre.lat_deg + half_deg});
  return box;
}

/// 平面直角座標系 by prefecture, in GeoNames' order of prefectures (their admin1 codes 01 .. 47, alphabetical).
/// 0: more than one zone (Hokkaido, Okinawa, and the islands of Kagoshima and Tokyo).
constexpr int kZoneOfAdmin1[48] = {0,  7, 10, 10, 9, 4, 6, 2, 9, 7, 9, 3, 0, 5, 9, 7, 10, 4, 0, 9, 4,  2, 6, 6,
                                   10, 2, 8,  1,  6, 8, 2, 5, 6, 2, 9, 6, 3, 8, 9, 4, 0,  5, 7, 6, 10, 3, 8, 0};

}  // namespace

TEST_CASE("plan coordinates are east and north metres, whatever the authority's axis order") {
  // echo "35.3606 138.7274" | cs2cs -f "%.4f" EPSG:4326 EPSG:6676   (prints northing, easting)
  const Crs zone8 = Crs::from_text("EPSG:6676");
  const Point fuji = zone8.to_plan({138.7274, 35.3606});
  CHECK(fuji.x_m == Approx(20665.3997).margin(0.001));
  CHECK(fuji.y_m == Approx(-70912.5779).margin(0.001));
  const LonLat back = zone8.to_lonlat(fuji);
  CHECK(back.lon_deg == Approx(138.7274).margin(1e-10));
  CHECK(back.lat_deg == Approx(35.3606).margin(1e-10));
  CHECK(zone8.id() == "EPSG:6676");
  CHECK(zone8.name() == "JGD2011 / Japan Plane Rectangular CS VIII");
  CHECK_THAT(zone8.wkt(), Contains("Transverse Mercator"));
}

TEST_CASE("known positions in other projected systems") {
  // echo "35.3606 138.7274" | cs2cs -f "%.4f" EPSG:4326 EPSG:32654
  const Point utm = Crs::from_text("EPSG:32654").to_plan({138.7274, 35.3606});
  CHECK(utm.x_m == Approx(293517.3470).margin(0.001));
  CHECK(utm.y_m == Approx(3915404.0169).margin(0.001));
  // echo "34.2261 135.1675" | cs2cs -f "%.4f" EPSG:4326 EPSG:6674   (prints northing, easting)
  const Point wakayama = Crs::from_text("epsg:6674").to_plan({135.1675, 34.2261});
  CHECK(wakayama.x_m == Approx(-76699.2928).margin(0.001));
  CHECK(wakayama.y_m == Approx(-196468.1100).margin(0.001));
}

TEST_CASE("convergence and scale agree with PROJ's own factors") {
  // echo "138.7274 35.3606" | proj -V +proj=tmerc +lat_0=36 +lon_0=138.5 +k=0.9999 +ellps=GRS80
  //   Convergence 0.13160151, meridian scale 0.99990526. East of the meridian true north lies west of grid north.
  const Crs zone8 = Crs::from_text("EPSG:6676");
  CHECK(zone8.convergence_deg({138.7274, 35.3606}) == Approx(-0.13160151).margin(1e-6));
  CHECK(zone8.convergence_deg({138.5, 35.3606}) == Approx(0.0).margin(1e-6));
  CHECK(zone8.convergence_deg({138.0, 35.3606}) > 0.0);
  CHECK(zone8.scale({138.7274, 35.3606}) == Approx(0.99990526).margin(1e-7));
}

TEST_CASE("only projected metric systems with a code are plan systems") {
  const auto message = [](const std::string& text) {
    try {
      static_cast<void>(Crs::from_text(text));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  CHECK_THAT(message("EPSG:4326"), Contains("crs = EPSG:4326: is not projected"));
  CHECK_THAT(message("EPSG:2263"), Contains("not in metres"));  // New York Long Island, feet
  CHECK_THAT(message("EPSG:3857"), Contains("Mercator projection"));
  CHECK_THAT(message("EPSG:3031"), Contains("axes that are not east and north"));  // polar
  CHECK_THAT(message("EPSG:999999"), Contains("is not known to PROJ"));
  for (const char* text : {"", "6676", "+proj=utm +zone=54", "PROJCRS[]", "EPSG:", "EPSG:66 76", "FILE:6676",
                           "http://www.opengis.net/def/crs/EPSG/0/6676", "/etc/passwd"}) {
    CHECK_THAT(message(text), Contains("is not the code"));
  }
}

TEST_CASE("a position that the projection cannot reach is an error, not a number") {
  const Crs zone8 = Crs::from_text("EPSG:6676");
  CHECK_THROWS_AS(zone8.to_plan({std::nan(""), 35.0}), InputError);
  CHECK_THROWS_AS(zone8.to_plan({138.0, 95.0}), InputError);
  CHECK(zone8.to_plan({138.5, 36.0}).x_m == Approx(0.0).margin(1e-6));  // and the next one works
}

TEST_CASE("the plan system follows the area") {
  CHECK(choose_plan_crs(around({138.71, 35.365}, 0.2)) == "EPSG:6676");  // Fuji
  CHECK(choose_plan_crs(around({135.5, 33.9}, 0.2)) == "EPSG:6674");     // Wakayama
  CHECK(choose_plan_crs(around({139.7, 35.68}, 0.2)) == "EPSG:6677");    // Tokyo
  CHECK(choose_plan_crs(around({142.2, 27.1}, 0.1)) == "EPSG:6682");     // Ogasawara
  CHECK(choose_plan_crs(around({141.35, 43.06}, 0.2)) == "EPSG:6680");   // Sapporo
  CHECK(choose_plan_crs(around({127.7, 26.3}, 0.2)) == "EPSG:6683");     // Okinawa
  CHECK(choose_plan_crs(around({138.0, 36.0}, 2.0)) == "EPSG:32654");    // wider than a zone
  CHECK(choose_plan_crs(around({8.5, 46.5}, 0.2)) == "EPSG:32632");      // Alps
  CHECK(choose_plan_crs(around({129.07, 35.18}, 0.1)) == "EPSG:32652");  // Busan is not Tsushima
  CHECK(choose_plan_crs(around({-70.6, -33.4}, 0.1)) == "EPSG:32719");
  CHECK(choose_plan_crs(around({179.95, 10.0}, 0.01)) == "EPSG:32660");
  CHECK_THROWS_WITH(choose_plan_crs({}), Contains("area"));
  CHECK_THROWS_WITH(choose_plan_crs(around({0.0, 86.0}, 0.1)), Contains("-80 .. 84"));
  CHECK_THROWS_WITH(choose_plan_crs(around({200.0, 35.0}, 0.1)), Contains("-180 .. 180"));
}

TEST_CASE("islands and border towns get their own zone, not UTM and not the neighbour's") {
  struct Place {
    const char* name;
    LonLat at;
    int zone;
  };
  // 国土交通省告示第九号 (2002): by prefecture, subprefecture of Hokkaido, or coordinates.
  for (const Place& place : {Place{"Miyakojima", {125.28, 24.80}, 16}, Place{"Awashima", {139.24, 38.46}, 8},
                             Place{"Shimukappu", {142.40, 42.98}, 12}, Place{"Hidaka", {142.44, 42.87}, 12},
                             Place{"Sofugan", {140.34, 29.79}, 9}, Place{"Nishinoshima", {140.87, 27.25}, 14},
                             Place{"Koshikijima", {129.86, 31.83}, 1}, Place{"Uenohara", {139.11, 35.63}, 8},
                             Place{"Shinchi", {140.92, 37.88}, 9}, Place{"Nagiso", {137.61, 35.60}, 8},
                             Place{"Kosai", {137.53, 34.72}, 8}, Place{"Torishima", {140.30, 30.48}, 9}}) {
    INFO(place.name);
    CHECK(choose_plan_crs(around(place.at, 0.05)) == "EPSG:" + std::to_string(6668 + place.zone));
  }
}

TEST_CASE("where the municipality is known its zone is the official one") {
  struct Place {
    const char* code;
    LonLat at;
    int zone;
  };
  for (const Place& place : {Place{"22221", {137.53, 34.72}, 8},  Place{"20423", {137.61, 35.60}, 8},
                             Place{"19212", {139.11, 35.63}, 8},  Place{"01463", {142.40, 42.98}, 12},
                             Place{"01601", {142.44, 42.87}, 12}, Place{"01202", {140.73, 41.77}, 11},
                             Place{"01571", {140.72, 42.59}, 11}, Place{"01575", {140.89, 42.55}, 11},
                             Place{"01207", {143.20, 42.92}, 13}, Place{"01564", {144.17, 43.92}, 13},
                             Place{"01559", {143.96, 44.07}, 12}, Place{"01693", {145.13, 43.66}, 13},
                             Place{"46215", {129.86, 31.83}, 1},  Place{"46201", {130.56, 31.60}, 2},
                             Place{"46529", {129.98, 28.32}, 1},  Place{"47214", {125.28, 24.80}, 16},
                             Place{"47201", {127.68, 26.21}, 15}, Place{"47357", {131.24, 25.84}, 17},
                             Place{"13421", {142.19, 27.09}, 14}, Place{"13421", {136.08, 20.42}, 18},
                             Place{"13421", {153.98, 24.28}, 19}, Place{"13421", {140.34, 29.79}, 9},
                             Place{"13401", {139.79, 33.11}, 9},  Place{"42211", {128.84, 32.70}, 1}}) {
    INFO(place.code);
    CHECK(official_plan_crs(place.code, around(place.at, 0.05)) == "EPSG:" + std::to_string(6668 + place.zone));
  }
  CHECK_FALSE(official_plan_crs("", around({138.0, 35.0}, 0.1)));
  CHECK_FALSE(official_plan_crs("99001", around({138.0, 35.0}, 0.1)));
  CHECK_FALSE(official_plan_crs("2222x", around({138.0, 35.0}, 0.1)));
  CHECK_FALSE(official_plan_crs("22221", around({138.0, 35.0}, 4.0)));  // wider than a zone
}

TEST_CASE("nearly every Japanese town gets the zone of its prefecture", "[shared]") {
  AMANEKU_NEEDS(test::data(), "population/geonames_jp_cities1000.csv");
  std::ifstream in(*test::data() / "population/geonames_jp_cities1000.csv");
  std::string line;
  std::getline(in, line);
  int towns = 0;
  int official = 0;
  while (std::getline(in, line)) {
    // geonameid,"name",lat,lon,population,feature,admin1; names may hold commas
    const std::size_t quote = line.rfind('"');
    std::istringstream rest(
        line.substr(quote == std::string::npos ? line.find(',', line.find(',') + 1) + 1 : quote + 2));
    double lat_deg = 0.0;
    double lon_deg = 0.0;
    char comma = 0;
    rest >> lat_deg >> comma >> lon_deg;
    const int zone = kZoneOfAdmin1[std::stoi(line.substr(line.rfind(',') + 1))];
    if (zone == 0) continue;
    ++towns;
    const std::string chosen = choose_plan_crs(around({lon_deg, lat_deg}, 0.05));
    if (chosen == "EPSG:" + std::to_string(6668 + zone))
      ++official;
    else
      UNSCOPED_INFO(line << " -> " << chosen);
  }
  REQUIRE(towns > 900);
  CHECK(official >= towns * 97 / 100);
}
