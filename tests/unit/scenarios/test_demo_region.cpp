// The demo region is what a newcomer sees first: it must be reproducible and look like a place.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios/demo/region.hpp"
#include "scenarios/demo/relief.hpp"
#include "terrain/error.hpp"
#include "terrain/people/boundaries.hpp"
#include "terrain/people/mesh_code.hpp"
#include "terrain/people/population.hpp"
#include "terrain/people/roads.hpp"
#include "terrain/raster/raster_io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

namespace fs = std::filesystem;
using namespace amaneku;

namespace {

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

nlohmann::json json_of(const fs::path& path) {
  return nlohmann::json::parse(bytes_of(path));
}

using Row = std::map<std::string, std::string>;

/// Rows of a table without quoted cells.
std::vector<Row> rows_of(const fs::path& path) {
  const auto split = [](const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line) c == ',' ? cells.emplace_back() : cells.back() += c;
    return cells;
  };
  std::istringstream text(bytes_of(path));
  std::string line;
  std::getline(text, line);
  const std::vector<std::string> columns = split(line);
  std::vector<Row> rows;
  while (std::getline(text, line)) {
    const std::vector<std::string> cells = split(line);
    REQUIRE(cells.size() == columns.size());
    Row row;
    for (std::size_t i = 0; i < cells.size(); ++i) row[columns[i]] = cells[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

/// The region of the default seed, made once for all tests of this file.
struct DefaultRegion {
  test::TemporaryFolder folder;
  Crs crs = Crs::from_text(scenarios::demo::kRegionCrs);
  Raster<float> ground;

  DefaultRegion() {
    scenarios::write_demo_region(folder.path());
    const std::vector<RasterSource> sources = {{folder.path() / "dem.tif"}};
    ground = read_mosaic(sources, scenarios::demo::kRegionGrid, crs).raster;
  }
  [[nodiscard]] float ground_at(LonLat position) const {
    const Point p = crs.to_plan(position);
    const Grid& grid = ground.grid;
    const int ix = grid.column_of(p.x_m);
    const int iy = grid.row_of(p.y_m);
    return grid.holds(ix, iy) ? ground.at(ix, iy) : kNoData;
  }
};

const DefaultRegion& region() {
  static const DefaultRegion kRegion;
  return kRegion;
}

/// Another place, made once.
const scenarios::demo::Relief& other_relief() {
  static const scenarios::demo::Relief kRelief = scenarios::demo::make_relief(7);
  return kRelief;
}

struct GroundFigures {
  double highest_m = 0.0;
  double land_share = 0.0;
  double level_share = 0.0;  ///< of the land, steeper than 1 in 20 left out
  double steep_share = 0.0;  ///< of the land, steeper than 1 in 3
};

GroundFigures figures_of(const Raster<float>& ground) {
  GroundFigures figures;
  std::size_t land = 0;
  std::size_t level = 0;
  std::size_t steep = 0;
  const Grid& grid = ground.grid;
  for (int iy = 1; iy + 1 < grid.ny; ++iy) {
    for (int ix = 1; ix + 1 < grid.nx; ++ix) {
      const float here = ground.at(ix, iy);
      if (std::isnan(here)) continue;
      ++land;
      figures.highest_m = std::max(figures.highest_m, static_cast<double>(here));
      const float across = ground.at(ix + 1, iy) - ground.at(ix - 1, iy);
      const float along = ground.at(ix, iy + 1) - ground.at(ix, iy - 1);
      const double slope =
          std::hypot(static_cast<double>(across), static_cast<double>(along)) / (2.0 * grid.cell_m);
      if (slope < 0.05) ++level;
      if (slope > 1.0 / 3.0) ++steep;
    }
  }
  figures.land_share = static_cast<double>(land) / static_cast<double>(grid.cells());
  figures.level_share = static_cast<double>(level) / static_cast<double>(land);
  figures.steep_share = static_cast<double>(steep) / static_cast<double>(land);
  return figures;
}

}  // namespace

TEST_CASE("The same seed writes the same bytes", "[demo]") {
  const test::TemporaryFolder again;
  const fs::path scenario = scenarios::write_demo_region(again.path() / "new" / "folder");
  CHECK(scenario == again.path() / "new" / "folder" / "scenario.toml");
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(region().folder.path())) {
    const std::string name = entry.path().filename().string();
    names.insert(name);
    INFO(name);
    CHECK((bytes_of(entry.path()) == bytes_of(again.path() / "new" / "folder" / name)));
  }
  CHECK(names == std::set<std::string>{"README.md", "boundaries.geojson", "dem.tif", "municipalities.csv",
                                       "costs.toml", "places.geojson", "population.csv", "rivers.geojson",
                                       "roads.geojson", "scenario.toml", "sea.tif", "site_costs.csv", "sites.csv",
                                       "sites_4g.csv", "town_centres.geojson"});
}

TEST_CASE("Another seed makes another place that is as plausible", "[demo]") {
  const Raster<float>& other = other_relief().ground_asl_m;
  const Raster<float>& ground = region().ground;
  double difference_m = 0.0;
  std::size_t both = 0;
  for (std::size_t cell = 0; cell < ground.values.size(); ++cell) {
    if (std::isnan(ground.values[cell]) || std::isnan(other.values[cell])) continue;
    difference_m += static_cast<double>(std::abs(ground.values[cell] - other.values[cell]));
    ++both;
  }
  CHECK(difference_m / static_cast<double>(both) > 50.0);
  const GroundFigures figures = figures_of(other);
  CHECK(figures.highest_m > 900.0);
  CHECK(figures.highest_m < 1800.0);
  CHECK(figures.level_share > 0.04);
}

TEST_CASE("Steep mountains, little level ground, a sea without data", "[demo]") {
  const GroundFigures figures = figures_of(region().ground);
  CHECK(region().ground.grid.nx * region().ground.grid.cell_m >= 30'000.0);
  CHECK(region().ground.grid.ny * region().ground.grid.cell_m >= 30'000.0);
  CHECK(figures.highest_m > 900.0);
  CHECK(figures.highest_m < 1800.0);
  CHECK(figures.land_share > 0.6);
  CHECK(figures.land_share < 0.9);
  CHECK(figures.level_share > 0.05);
  CHECK(figures.level_share < 0.25);
  CHECK(figures.steep_share > 0.4);
}

TEST_CASE("Land and sea cover the whole area without a gap", "[demo]") {
  const std::vector<RasterSource> sources = {{region().folder.path() / "dem.tif"},
                                             {region().folder.path() / "sea.tif"}};
  const MosaicResult both = read_mosaic(sources, scenarios::demo::kRegionGrid, region().crs);
  CHECK(both.void_cells == 0);
  CHECK(*std::min_element(both.raster.values.begin(), both.raster.values.end()) == 0.0F);
  CHECK(count_voids(region().ground) > 200'000);
}

TEST_CASE("Every river falls on its way to the sea", "[demo]") {
  const scenarios::demo::Relief& relief = other_relief();
  REQUIRE(relief.rivers.size() > 20);
  CHECK(relief.rivers.front().drained_m2.back() > 1.5e8F);
  const Grid& grid = relief.survey_m.grid;
  std::size_t at_sea = 0;
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    auto here = static_cast<std::size_t>(relief.flow.receiver[cell]);
    for (int steps = 0; static_cast<std::size_t>(relief.flow.receiver[here]) != here && steps < 10'000; ++steps) {
      here = static_cast<std::size_t>(relief.flow.receiver[here]);
    }
    if (relief.sea[here] != 0) ++at_sea;
  }
  CHECK(at_sea == grid.cells());
}

TEST_CASE("People live on land, on the mainland and on one island", "[demo]") {
  const Population population = read_population(
      {.path = region().folder.path() / "population.csv", .format = PopulationFormat::csv, .synthetic = true},
      region().crs);
  CHECK(population.mesh_level == 4);
  CHECK(population.total >= 18'000.0);
  CHECK(population.total <= 30'000.0);
  double sum = 0.0;
  for (const PopulationUnit& unit : population.units) {
    sum += unit.people;
    INFO(unit.id);
    CHECK(std::isfinite(region().ground_at(decode_mesh(unit.id).box.centre())));
  }
  CHECK(sum == population.total);

  std::map<std::string, double> people;
  double in_municipalities = 0.0;
  for (const Row& row : rows_of(region().folder.path() / "municipalities.csv")) {
    people[row.at("code")] = std::stod(row.at("population"));
    in_municipalities += people[row.at("code")];
  }
  CHECK(people.size() == 5);
  CHECK(in_municipalities == population.total);
  CHECK(people["99305"] > 200.0);
}

TEST_CASE("Municipal boundaries are valid, do not overlap and hold everybody", "[demo]") {
  Population population = read_population(
      {.path = region().folder.path() / "population.csv", .format = PopulationFormat::csv, .synthetic = true},
      region().crs);
  const Boundaries boundaries =
      read_boundaries({{region().folder.path() / "boundaries.geojson", "code", {"name"}}}, region().crs);
  CHECK(boundaries.warnings.empty());
  REQUIRE(boundaries.municipalities.size() == 5);
  double area = 0.0;
  for (const Municipality& municipality : boundaries.municipalities) {
    CHECK(municipality.code.substr(0, 2) == "99");
    area += area_m2(municipality.area);
  }
  const double land_m2 = 900.0 * static_cast<double>(region().ground.values.size() - count_voids(region().ground));
  CHECK(area == Approx(land_m2).epsilon(0.003));
  CHECK(assign_municipalities(population, boundaries) < 0.002 * population.total);
}

TEST_CASE("Every mast stands on land, with sectors that a plan can use", "[demo]") {
  const std::vector<Row> rows = rows_of(region().folder.path() / "sites.csv");
  std::set<std::string> planned;
  std::set<std::string> candidates;
  std::set<std::string> sectors;
  for (const Row& row : rows) {
    const LonLat at{std::stod(row.at("lon")), std::stod(row.at("lat"))};
    INFO(row.at("site_id"));
    CHECK(std::isfinite(region().ground_at(at)));
    (row.at("status") == "existing" ? planned : candidates).insert(row.at("site_id"));
    sectors.insert(row.at("sector_id"));
  }
  CHECK(planned.size() == 11);
  CHECK(candidates.size() > 10);
  CHECK(sectors.size() == rows.size());
}

TEST_CASE("Roads of every class stay inside the map and tunnels exist", "[demo]") {
  const nlohmann::json roads = json_of(region().folder.path() / "roads.geojson");
  CHECK(roads["description"].get<std::string>().find("SYNTHETIC") == 0);
  std::map<std::string, double> length;
  std::map<std::string, double> expressway;
  const Grid& grid = region().ground.grid;
  for (const nlohmann::json& feature : roads["features"]) {
    Line line;
    for (const nlohmann::json& position : feature["geometry"]["coordinates"]) {
      const Point p = region().crs.to_plan({position[0].get<double>(), position[1].get<double>()});
      CHECK((p.x_m > grid.west_m && p.x_m < grid.east_m() && p.y_m > grid.south_m() && p.y_m < grid.north_m));
      line.push_back(p);
    }
    const auto& properties = feature["properties"];
    length[properties["class"].get<std::string>()] += length_m(line);
    if (properties["class"] == "expressway")
      expressway[properties["structure"].get<std::string>()] += length_m(line);
  }
  CHECK(length["expressway"] > 34'000.0);
  CHECK(length["national"] > 60'000.0);
  CHECK(length["prefectural"] > 8'000.0);
  CHECK(length["local"] > 100'000.0);
  CHECK(expressway["tunnel"] > 3'000.0);
  CHECK(expressway["earthwork"] > 8'000.0);
  CHECK(expressway["bridge"] > 500.0);
}

TEST_CASE("A folder that cannot be made is the user's error", "[demo]") {
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "in the way";
  try {
    scenarios::write_demo_region(folder.path() / "file" / "region");
    FAIL("no error");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()).find("cannot create the folder") != std::string::npos);
  }
}
