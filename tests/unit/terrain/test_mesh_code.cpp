#include "terrain/people/mesh_code.hpp"

#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::stringstream stream(line);
  for (std::string field; std::getline(stream, field, ',');) fields.push_back(field);
  return fields;
}

}  // namespace

TEST_CASE("the published mesh vectors hold in both directions", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "jisx0410_vectors.csv");
  std::ifstream file(*data / "population/jisx0410_vectors.csv");
  int vectors = 0;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> fields = split(line);
    if (fields.size() != 5 || fields[0] == "name") continue;
    const LonLat position{std::stod(fields[2]), std::stod(fields[1])};
    INFO(line);
    const Mesh mesh = decode_mesh(fields[4]);
    CHECK(encode_mesh(position, mesh.level) == fields[4]);
    if (!fields[3].empty()) CHECK(mesh.level == mesh_level_from_text(fields[3]));
    if (fields[0] == "sw_corner") {
      CHECK(mesh.box.south_deg == Approx(position.lat_deg).margin(1e-10));
      CHECK(mesh.box.west_deg == Approx(position.lon_deg).margin(1e-10));
    } else {
      CHECK(mesh.box.south_deg <= position.lat_deg);
      CHECK(mesh.box.north_deg > position.lat_deg);
      CHECK(mesh.box.west_deg <= position.lon_deg);
      CHECK(mesh.box.east_deg > position.lon_deg);
    }
    ++vectors;
  }
  CHECK(vectors == 31);
}

TEST_CASE("every corner of every level stays in its mesh") {
  const int level = GENERATE(1, 2, kMesh5km, kMesh2km, 3, 4, 5, 6);
  for (int lat = 0; lat < 64'000; lat += 1 + lat % 61) {
    const LonLat position{100.0 + (lat * 37 % 51'200 + 0.5) / 640.0, (lat + 0.5) / 960.0};
    const std::string code = encode_mesh(position, level);
    const Mesh mesh = decode_mesh(code);
    REQUIRE(mesh.level == level);
    REQUIRE(encode_mesh({mesh.box.west_deg, mesh.box.south_deg}, level) == code);
    // The same corner as a file with ten decimals carries it, cut off rather than rounded.
    const LonLat cut{std::floor(mesh.box.west_deg * 1e10) / 1e10, std::floor(mesh.box.south_deg * 1e10) / 1e10};
    REQUIRE(encode_mesh(cut, level) == code);
    const LonLat inside_north_east{mesh.box.east_deg - 2e-9, mesh.box.north_deg - 2e-9};
    REQUIRE(encode_mesh(inside_north_east, level) == code);
  }
}

TEST_CASE("neighbouring meshes share their border exactly") {
  const Mesh west = decode_mesh("53393599");
  const Mesh east = decode_mesh("53393690");
  CHECK(west.box.east_deg == east.box.west_deg);
  CHECK(encode_mesh({west.box.east_deg, west.box.south_deg}, 3) == "53393690");
  CHECK(decode_mesh("53394509").box.south_deg == west.box.north_deg);
}

TEST_CASE("the ends of the mesh system") {
  CHECK(encode_mesh({100.0, 0.0}, 6) == "00000000111");
  CHECK(encode_mesh({179.999999, 66.666666}, 6) == "99797799444");
  CHECK_THROWS_WITH(encode_mesh({99.99, 35.0}, 3), Contains("longitude outside the mesh system"));
  CHECK_THROWS_WITH(encode_mesh({180.0, 35.0}, 3), Contains("100 <= lon < 180"));
  CHECK_THROWS_WITH(encode_mesh({139.0, -0.001}, 3), Contains("latitude outside the mesh system"));
  CHECK_THROWS_WITH(encode_mesh({139.0, 66.67}, 3), Contains("0 <= lat < 66.67"));
  CHECK_THROWS_AS(encode_mesh({139.0, std::numeric_limits<double>::quiet_NaN()}, 3), InputError);
  CHECK_THROWS_AS(encode_mesh({std::numeric_limits<double>::infinity(), 35.0}, 3), InputError);
  CHECK_THROWS_WITH(encode_mesh({139.0, 35.0}, 7), Contains("no such mesh level") && Contains("1..6"));
  CHECK_THROWS_AS(encode_mesh({139.0, 35.0}, 0), InputError);
}

TEST_CASE("a wrong digit is named with its legal range") {
  CHECK_THROWS_WITH(decode_mesh("53398599"), Contains("digit 5") && Contains("'8'") && Contains("legal: 0..7"));
  CHECK_THROWS_WITH(decode_mesh("53393899"), Contains("digit 6") && Contains("0..7"));
  CHECK_THROWS_WITH(decode_mesh("5389"), Contains("digit 3") && Contains("0..7"));
  CHECK_THROWS_WITH(decode_mesh("533935990"), Contains("digit 9") && Contains("1..5"));
  CHECK_THROWS_WITH(decode_mesh("5339359925"), Contains("digit 10") && Contains("1..4"));
  CHECK_THROWS_WITH(decode_mesh("53393599216"), Contains("digit 11") && Contains("1..4"));
  CHECK_THROWS_WITH(decode_mesh("533935975"), Contains("digit 7") && Contains("0, 2, 4, 6, 8"));
  CHECK_THROWS_WITH(decode_mesh("5339355"), Contains("digit 7") && Contains("1..4"));
  CHECK_THROWS_WITH(decode_mesh("5339-35-99"), Contains("digit 5") && Contains("'-'"));
  CHECK_THROWS_WITH(decode_mesh("53393"), Contains("this one has 5"));
  CHECK_THROWS_WITH(decode_mesh(""), Contains("this one has 0"));
  CHECK_THROWS_WITH(decode_mesh("533935992111"), Contains("this one has 12"));
}

TEST_CASE("level names") {
  CHECK(mesh_level_from_text("1km") == 3);
  CHECK(mesh_level_from_text("6") == 6);
  CHECK(mesh_level_from_text("5km") == kMesh5km);
  CHECK_THROWS_WITH(mesh_level_from_text("3km"), Contains("no such mesh level"));
}
