// PLATEAU CityGML and footprints with heights, and the heights of cells made of them. The reading that they are
// held against is a script of its own in this file: text search, not an XML parser, and points instead of lines.
#include <filesystem>
#include <fstream>
#include <numbers>
#include <sstream>

#include "terrain/vector/buildings.hpp"
#include "terrain/vector/city_gml.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

struct PlainBuilding {
  std::vector<std::vector<Point>> rings{};  // the first is the outer one
  double height_m = 0.0;
};

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  const std::size_t end = text.find(to, begin);
  return begin == std::string::npos || end == std::string::npos ? "" : text.substr(begin, end - begin);
}

std::vector<double> numbers(const std::string& text) {
  std::istringstream in(text);
  std::vector<double> out;
  for (double value = 0.0; in >> value;) out.push_back(value);
  return out;
}

/// All <gml:posList> of a piece of text.
std::vector<std::vector<double>> lists_of(const std::string& text) {
  std::vector<std::vector<double>> out;
  for (std::size_t at = text.find("<gml:posList>"); at != std::string::npos; at = text.find("<gml:posList>", at)) {
    at += std::string("<gml:posList>").size();
    out.push_back(numbers(text.substr(at, text.find('<', at) - at)));
  }
  return out;
}

std::vector<PlainBuilding> plain_reading(const std::filesystem::path& file, const Crs& crs) {
  const std::string all = text_of(file);
  std::vector<PlainBuilding> out;
  for (std::size_t at = all.find("<bldg:Building "); at != std::string::npos;
       at = all.find("<bldg:Building ", at + 1)) {
    const std::string one = all.substr(at, all.find("</bldg:Building>", at) - at);
    PlainBuilding building;
    for (const auto& list : lists_of(between(one, "<bldg:lod0FootPrint>", "</bldg:lod0FootPrint>"))) {
      std::vector<Point> ring;
      for (std::size_t i = 0; i + 2 < list.size(); i += 3) ring.push_back(crs.to_plan({list[i + 1], list[i]}));
      building.rings.push_back(std::move(ring));
    }
    double low = 1e9;
    double high = -1e9;
    for (const auto& list : lists_of(between(one, "<bldg:lod1Solid>", "</bldg:lod1Solid>"))) {
      for (std::size_t i = 2; i < list.size(); i += 3) {
        low = std::min(low, list[i]);
        high = std::max(high, list[i]);
      }
    }
    building.height_m = high - low;
    out.push_back(std::move(building));
  }
  return out;
}

/// Winding of each ring around the point by its angles.
bool inside(const PlainBuilding& building, Point p) {
  int holds = 0;
  for (const auto& ring : building.rings) {
    double turn = 0.0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const double a = std::atan2(ring[i].y_m - p.y_m, ring[i].x_m - p.x_m);
      const double b = std::atan2(ring[i + 1].y_m - p.y_m, ring[i + 1].x_m - p.x_m);
      turn += std::remainder(b - a, 2.0 * std::numbers::pi);
    }
    holds += std::fabs(turn) > 1.0 ? 1 : 0;
  }
  return holds == 1;  // in the outer ring and in no hole
}

double plain_height(const std::vector<PlainBuilding>& buildings, Point p) {
  double height = 0.0;
  for (const PlainBuilding& building : buildings) {
    if (inside(building, p)) height = std::max(height, building.height_m);
  }
  return height;
}

std::string refusal(const BuildingSource& source, const Grid& grid, const Crs& crs) {
  try {
    (void)read_buildings(source, grid, crs);
  } catch (const InputError& error) {
    return error.what();
  }
  return "was read";
}

constexpr const char* kHouse = R"(<?xml version="1.0" encoding="UTF-8"?>
<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:bldg="b" xmlns:gml="g"><gml:boundedBy>
<gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3"><gml:lowerCorner>34.69 135.40 0</gml:lowerCorner>
<gml:upperCorner>34.70 135.42 30</gml:upperCorner></gml:Envelope></gml:boundedBy><core:cityObjectMember><bldg:Building gml:id="h">
<bldg:measuredHeight uom="m">12.5</bldg:measuredHeight><bldg:lod0RoofEdge><gml:MultiSurface><gml:surfaceMember><gml:Polygon>
<gml:exterior><gml:LinearRing><gml:posList>34.694 135.408 0 34.695 135.408 0 34.695 135.410 0 34.694 135.410 0 34.694 135.408 0</gml:posList></gml:LinearRing></gml:exterior>
<gml:interior><gml:LinearRing><gml:posList>34.6944 135.4088 0 34.6946 135.4088 0 34.6946 135.4092 0 34.6944 135.4092 0 34.6944 135.4088 0</gml:posList></gml:LinearRing></gml:interior>
</gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod0RoofEdge></bldg:Building></core:cityObjectMember></core:CityModel>)";

}  // namespace

TEST_CASE("PLATEAU buildings become heights of cells as another reading of the file gives them", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the folder of real data");
  const std::filesystem::path file = *data / "landcover/plateau_52350332_bldg_6697_op.gml";
  const Crs crs = Crs::from_text("EPSG:6674");
  const std::vector<PlainBuilding> plain = plain_reading(file, crs);
  REQUIRE(plain.size() == 134);
  const Point corner = crs.to_plan({135.4083, 34.6999});
  const Grid fine{.west_m = corner.x_m, .north_m = corner.y_m, .cell_m = 2.0, .nx = 210, .ny = 460};
  const Buildings read = read_buildings({.path = file}, fine, crs);
  CHECK(read.buildings.size() > 100);
  const Raster<float> heights = building_heights(read.buildings, fine);
  long long wrong = 0;
  long long built = 0;
  for (int iy = 0; iy < fine.ny; iy += 3) {
    for (int ix = 0; ix < fine.nx; ix += 3) {
      const double expected = plain_height(plain, fine.centre(ix, iy));
      built += expected > 0.0 ? 1 : 0;
      wrong += std::fabs(static_cast<double>(heights.at(ix, iy)) - expected) > 1e-4 ? 1 : 0;
    }
  }
  CHECK(built > 500);
  CHECK(wrong == 0);

  // Cells of 20 m: the mean of 8 x 8 samples.
  const Grid coarse{.west_m = corner.x_m, .north_m = corner.y_m, .cell_m = 20.0, .nx = 21, .ny = 46};
  const Raster<float> means = building_heights(read.buildings, coarse);
  double largest = 0.0;
  for (int iy = 10; iy < 20; ++iy) {
    for (int ix = 5; ix < 15; ++ix) {
      double sum = 0.0;
      for (int k = 0; k < 64; ++k) {
        sum += plain_height(plain, {coarse.west_m + ix * 20.0 + (k % 8 + 0.5) * 2.5,
                                    coarse.north_m - iy * 20.0 - (k / 8 + 0.5) * 2.5});
      }
      largest = std::max(largest, std::fabs(static_cast<double>(means.at(ix, iy)) - sum / 64.0));
    }
  }
  CHECK(largest < 1e-4);
}

TEST_CASE("footprints with heights give what the buildings of CityGML give", "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the folder of real data");
  const Crs crs = Crs::from_text("EPSG:6674");
  const Point corner = crs.to_plan({135.4083, 34.6999});
  const Grid grid{.west_m = corner.x_m, .north_m = corner.y_m, .cell_m = 2.0, .nx = 210, .ny = 460};
  const std::filesystem::path folder = *data / "landcover";
  const Raster<float> gml = building_heights(
      read_buildings({.path = folder / "plateau_52350332_bldg_6697_op.gml"}, grid, crs).buildings, grid);
  const Buildings footprints =
      read_buildings({.path = folder / "plateau_52350332_footprints.geojson", .height_field = "h"}, grid, crs);
  const Raster<float> plain = building_heights(footprints.buildings, grid);
  long long built = 0;
  long long near = 0;
  for (std::size_t i = 0; i < plain.values.size(); ++i) {
    if (!(plain.values[i] > 0.0F)) continue;
    ++built;
    near += std::fabs(static_cast<double>(plain.values[i] - gml.values[i])) < 0.5 ? 1 : 0;
  }
  CHECK(built > 5000);
  CHECK(static_cast<double>(near) > 0.99 * static_cast<double>(built));
}

TEST_CASE("a building by its roof edge and measured height, with its court; folders take the files that matter") {
  const test::TemporaryFolder folder;
  const Crs crs = Crs::from_text("EPSG:6674");
  const Point corner = crs.to_plan({135.407, 34.696});
  const Grid grid{.west_m = corner.x_m, .north_m = corner.y_m, .cell_m = 2.0, .nx = 200, .ny = 130};
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder.path() / name, std::ios::binary) << text;
    return folder.path() / name;
  };
  const auto at = [&](const Raster<float>& heights, LonLat p) {
    const Point q = crs.to_plan(p);
    return heights.at(grid.column_of(q.x_m), grid.row_of(q.y_m));
  };
  write("a_bldg_6697.gml", kHouse);
  std::string far = kHouse;
  for (auto i = far.find("135.4"); i != std::string::npos; i = far.find("135.4")) far.replace(i, 5, "136.4");
  write("b_bldg_6697.gml", far + "<broken");  // is passed over: its envelope does not touch the plan
  const Buildings read = read_buildings({.path = folder.path()}, grid, crs);
  CHECK(read.files == 1);
  REQUIRE(read.buildings.size() == 1);
  const Raster<float> heights = building_heights(read.buildings, grid);
  CHECK(at(heights, {135.4085, 34.6942}) == 12.5F);
  CHECK(at(heights, {135.4090, 34.6945}) == 0.0F);  // the court
  CHECK(at(heights, {135.4105, 34.6945}) == 0.0F);
}

TEST_CASE("buildings that cannot be right are refused or counted, with file and line") {
  const test::TemporaryFolder folder;
  const Crs crs = Crs::from_text("EPSG:6674");
  const Point corner = crs.to_plan({135.407, 34.696});
  const Grid grid{.west_m = corner.x_m, .north_m = corner.y_m, .cell_m = 10.0, .nx = 40, .ny = 30};
  const std::filesystem::path file = folder.path() / "house.gml";
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = kHouse;
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    std::ofstream(file, std::ios::binary) << text.replace(at, from.size(), to);
    return refusal({.path = file}, grid, crs);
  };
  CHECK(with("12.5", "13.5") == "was read");
  CHECK_THAT(with("EPSG/0/6697", "EPSG/0/4326"), Contains("EPSG/0/4326") && Contains("EPSG:6697"));
  CHECK_THAT(with("34.694 135.408 0 34.695", "135.408 34.694 0 34.695"),
             Contains("house.gml:6") && Contains("no latitude"));
  CHECK_THAT(with("34.694 135.408 0 34.695", "34.694 x 0 34.695"), Contains("is not a number"));
  CHECK_THAT(with("uom=\"m\"", "uom=\"ft\""), Contains("not in metres"));
  CHECK_THAT(with("</core:CityModel>", ""), Contains("not valid XML"));
  CHECK_THAT(with("<core:CityModel", "<!DOCTYPE x><core:CityModel"), Contains("DOCTYPE"));
  CHECK_THAT(with("bldg:Building gml", "bldg:Bridge gml"), Contains("not valid XML"));
  for (const char* height : {"-9999", "0", "5000"}) {
    std::string text = kHouse;
    text.replace(text.find("12.5"), 4, height);
    std::ofstream(file, std::ios::binary) << text;
    CHECK_THAT(refusal({.path = file}, grid, crs),
               Contains("no building has both a footprint and a possible height"));
  }
  const Grid elsewhere{.west_m = corner.x_m + 5e4, .north_m = corner.y_m, .cell_m = 10.0, .nx = 40, .ny = 30};
  std::ofstream(file, std::ios::binary) << kHouse;
  CHECK_THAT(refusal({.path = file}, elsewhere, crs), Contains("no building reaches the area of the plan"));
  CHECK_THAT(refusal({.path = folder.path() / "none"}, grid, crs), Contains("none"));
}
