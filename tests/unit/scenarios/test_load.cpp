#include <cstdlib>

#include "scenarios/output/closing_summary.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/read/area.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/schema/hash.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"
#include "tests/unit/terrain/fg_gml_writer.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;

namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// What load() complains of, with the world's folder cut out; "" when it does not.
std::string complaint(const SmallWorld& world, const Settings& settings = {}) {
  try {
    (void)load(world.scenario(), {.settings = settings});
    return "";
  } catch (const InputError& error) {
    std::string text = error.what();
    const std::string folder = world.file("").string();
    for (std::size_t at; (at = text.find(folder)) != std::string::npos;) text.erase(at, folder.size());
    return text;
  }
}

/// The same for check_only, which must find what can be found without whole rasters.
bool check_complains(const SmallWorld& world) {
  try {
    (void)load(world.scenario(), {.check_only = true});
    return false;
  } catch (const InputError&) {
    return true;
  }
}

bool starts_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

const Warning* find(const std::vector<Warning>& warnings, const std::string& id) {
  for (const Warning& warning : warnings) {
    if (warning.id == id) return &warning;
  }
  return nullptr;
}

/// Sets an environment variable for the life of the object.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    had_ = std::getenv(name) != nullptr;
    setenv(name, value.c_str(), 1);
  }
  ~Environment() { had_ ? setenv(name_, old_.c_str(), 1) : unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::string old_;
  bool had_ = false;
};

}  // namespace

TEST_CASE("a scenario becomes a plan input in metres") {
  const SmallWorld world;
  const PlanInput input = load(world.scenario()).input;
  CHECK(input.world.crs_id == "EPSG:6676");
  const Grid& grid = input.world.ground.ground_asl_m.grid;
  CHECK(grid.cell_m == 100.0);
  CHECK(std::fmod(grid.west_m, 100.0) == 0.0);
  CHECK(std::fmod(grid.north_m, 100.0) == 0.0);
  CHECK(grid.nx > 90);
  CHECK(input.world.terrain_void_cells == 0);
  REQUIRE(input.network.sites.size() == 3);
  REQUIRE(input.network.sites[0].sectors.size() == 2);
  CHECK(input.network.sites[0].sectors[1].mounting.azimuth_deg == 120.0);
  CHECK(input.network.sites[0].sectors[1].freq_hz == 3.7e9);
  CHECK(input.network.sites[0].sectors[1].antenna_name == "panel");
  CHECK(std::get<Element38901>(input.network.sites[0].sectors[0].antenna).gain_dbi == 15.0);
  CHECK_FALSE(input.network.sites[2].existing);
  CHECK(grid.contains(input.network.sites[0].at));
  CHECK(input.world.population.total == 167.5);
  CHECK(input.world.population.units[0].municipality == 0);
  CHECK(input.world.population.units[1].municipality == 1);
  CHECK(input.world.boundaries.municipalities.size() == 2);
  CHECK(input.world.roads.roads.size() == 1);
  CHECK(input.engine.coverage.radius_m == 4000.0);
  CHECK(input.engine.coverage.effective_earth_radius_m == CoverageOptions{}.effective_earth_radius_m);
  CHECK(input.provenance.input_sha256.size() == 6);
  CHECK(input.provenance.input_sha256.at("people.csv") == sha256(world.file("people.csv")));
  CHECK_FALSE(input.provenance.synthetic);
}

TEST_CASE("a mesh that two population files bring is counted and said") {
  const SmallWorld world;
  test::write_text(world.file("a.csv"), "mesh,population\n52385559,10\n52385558,20\n");
  test::write_text(world.file("b.csv"), "mesh,population\n523855591,4\n52385549,1\n");
  const std::string a = "{path=\"a.csv\"}";
  const auto loaded = [&](const std::string& list) {
    return load(world.scenario(), {.settings = {{"population", "[" + list + "]"}}}).input;
  };
  CHECK(find(loaded(a).warnings, "population_counted_twice") == nullptr);
  const PlanInput twice = loaded(a + "," + a);
  CHECK(twice.world.population.total == 60.0);
  REQUIRE(find(twice.warnings, "population_counted_twice") != nullptr);
  CHECK(find(twice.warnings, "population_counted_twice")->count == 2);
  const PlanInput inside = loaded(a + ",{path=\"b.csv\"}");
  REQUIRE(find(inside.warnings, "population_counted_twice") != nullptr);
  CHECK(find(inside.warnings, "population_counted_twice")->count == 1);
}

TEST_CASE("SHA-256 of a file") {
  const test::TemporaryFolder folder;
  test::write_text(folder.path() / "abc", "abc");
  CHECK(sha256(folder.path() / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a folder stands for the scenario.toml in it") {
  const SmallWorld world;
  CHECK(load(world.file("")).input.provenance.scenario_name == "Small");
}

TEST_CASE("settings override the file and are remembered") {
  const SmallWorld world;
  const PlanInput input =
      load(world.scenario(), {.settings = {{"propagation.delta_n", "45"}, {"scenario.grid_m", "200"}}}).input;
  CHECK(input.engine.coverage.effective_earth_radius_m == effective_earth_radius_m(45.0));
  CHECK(input.world.ground.ground_asl_m.grid.cell_m == 200.0);
  CHECK(input.provenance.settings.at("scenario.grid_m") == "200");
}

TEST_CASE("a missing scenario is an input error") {
  CHECK_THROWS_WITH(load("/nonexistent/scenario.toml"), "/nonexistent/scenario.toml: the file does not exist");
}

TEST_CASE("a missing file is named where the scenario names it, two at once") {
  const SmallWorld world;
  world.edit("\"people.csv\"", "\"peple.csv\"");
  world.edit("\"roads.geojson\"", "\"rods.geojson\"");
  const std::string text = complaint(world);
  CHECK(text.find("scenario.toml:12:8: population.path = \"peple.csv\": the file does not exist") !=
        std::string::npos);
  CHECK(text.find("scenario.toml:18:8: roads.path = \"rods.geojson\": the file does not exist") !=
        std::string::npos);
}

TEST_CASE("a misspelt key and a missing file are reported together") {
  const SmallWorld world;
  world.edit("radius_m = 4000.0", "radus_m = 4000.0");
  world.edit("\"dem.tif\"", "\"dam.tif\"");
  const std::string text = complaint(world);
  CHECK(text.find("coverage.radus_m: unknown key; did you mean \"radius_m\"?") != std::string::npos);
  CHECK(text.find("terrain.dem.path = \"dam.tif\": the file does not exist") != std::string::npos);
}

TEST_CASE("files outside of the data folders and remote names are refused") {
  const SmallWorld world;
  for (const char* name : {"/etc/passwd", "../../../../../../etc/passwd", "/vsicurl/http://example.org/x.tif",
                           "http://example.org/x.tif"}) {
    const std::string text = complaint(world, {{"population", std::string("[{path=\"") + name + "\"}]"}});
    INFO(name << ": " << text);
    CHECK(starts_with(text, "--set: population.path"));
  }
}

TEST_CASE("AMANEKU_DATA stands for the folder of real data") {
  const SmallWorld world;
  const test::TemporaryFolder data;
  std::filesystem::copy_file(world.file("people.csv"), data.path() / "p.csv");
  world.edit("\"people.csv\"", "\"${AMANEKU_DATA}/p.csv\"");
  {
    const Environment environment("AMANEKU_DATA", data.path().string());
    CHECK(load(world.scenario()).input.world.population.total == 167.5);
  }
  const Environment environment("AMANEKU_DATA", "/nonexistent");
  CHECK(complaint(world).find(
            "scenario.toml:12:8: population.path = \"${AMANEKU_DATA}/p.csv\": needs the folder of real "
            "data: set the environment variable AMANEKU_DATA to it") != std::string::npos);
  CHECK(complaint(world, {{"population", "[{path=\"${HOME}/p.csv\"}]"}})
            .find("only ${AMANEKU_DATA} stands for something") != std::string::npos);
}

TEST_CASE("an area larger than the DEM says how much is missing and runs only with permission") {
  const SmallWorld world;
  world.edit("138.65, 35.25, 138.75, 35.35", "138.50, 35.25, 138.75, 35.35");
  const std::string text = complaint(world);
  INFO(text);
  CHECK(text.find("scenario.toml:9:8: terrain.dem.path = \"dem.tif\": the heights do not cover the area: ") == 0);
  CHECK(text.find(" km2) is missing in the west") != std::string::npos);
  CHECK(text.find("--set terrain.allow_missing=true") != std::string::npos);
  CHECK(check_complains(world));
  const PlanInput input = load(world.scenario(), {.settings = {{"terrain.allow_missing", "true"}}}).input;
  REQUIRE(find(input.warnings, "terrain_smaller_than_area") != nullptr);
  CHECK(input.world.terrain_void_cells > 0);
}

TEST_CASE("missing terrain is measured from the extents") {
  const LonLatBox area{.west_deg = 138.0, .south_deg = 35.0, .east_deg = 139.0, .north_deg = 36.0};
  const LonLatBox west{.west_deg = 137.9, .south_deg = 34.9, .east_deg = 138.5, .north_deg = 36.1};
  const LonLatBox east{.west_deg = 138.5, .south_deg = 34.9, .east_deg = 139.1, .north_deg = 36.1};
  CHECK_FALSE(missing_terrain(area, std::vector{west, east}).has_value());
  const auto missing = missing_terrain(area, std::vector{west});
  REQUIRE(missing.has_value());
  CHECK(missing->percent == Approx(50.0));
  CHECK(missing->area_m2 / 1e6 == Approx(5035.0).epsilon(0.01));
  CHECK(missing->sides == "east");
}

TEST_CASE("a site on a void of the terrain is named") {
  SmallWorld world;
  const Point at = Crs::from_text("EPSG:6676").to_plan({138.72, 35.31});
  Raster<float>& ground = world.ground();
  for (int dy = -4; dy <= 4; ++dy) {
    for (int dx = -4; dx <= 4; ++dx)
      ground.at(ground.grid.column_of(at.x_m) + dx, ground.grid.row_of(at.y_m) + dy) = kNoData;
  }
  world.write_dem();
  CHECK(complaint(world) ==
        "sites.csv:4: site B (138.72000, 35.31000) stands on a void of the terrain: there is no height here");
}

TEST_CASE("a site outside the area is named with its row") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"), "site_id,lon,lat\nFar,139.5,35.3\nNear,138.70,35.30\n");
  CHECK(complaint(world) == "sites.csv:2: site Far (139.50000, 35.30000) lies outside the area");
}

TEST_CASE("sites outside the area are one line; where none is inside, the area is told of") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"),
                   "site_id,lon,lat\nNear,138.70,35.30\nFar,139.5,35.3\nFarther,139.6,35.3\nLast,139.7,35.3\n");
  CHECK(complaint(world) ==
        "sites.csv:3: site Far (139.50000, 35.30000) lies outside the area; 2 more rows: 4, 5");
  test::write_text(world.file("sites.csv"), "site_id,lon,lat\nFar,139.5,35.3\nFarther,139.6,35.3\n");
  const std::string none = complaint(world);
  CHECK(none.find("area.") != std::string::npos);
  CHECK(none.find("none of the 2 sites lies inside, such as Far at (139.50000, 35.30000)") != std::string::npos);
  CHECK(none.find("sites.csv") == std::string::npos);
}

TEST_CASE("rows of sites are checked one by one") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"),
                   "site_id,lon,lat,status,sector_id,power_dbm,antenna,subcarriers\n"
                   "A,138.69,35.29,existing,1,strong,,\n"
                   "B,138.70,95.00,existing,1,40,,\n"
                   "C,138.70,35.30,planned,1,40,,\n"
                   "D,138.70,35.30,existing,1,40,pannel,\n"
                   "E,138.71,35.30,existing,1,40,,1.5\n"
                   "F,138.72,35.30,existing,1,40,,\n"
                   "F,138.72,35.30,existing,1,40,,\n"
                   "F,138.73,35.30,existing,2,40,,\n"
                   ",138.73,,existing,2,40,,\n");
  CHECK(complaint(world) ==
        "sites.csv:2: power_dbm = strong: is not a number (legal: -50 .. 100)\n"
        "sites.csv:3: lat = 95.00: out of range (legal: -90 .. 90 deg)\n"
        "sites.csv:4: status = planned: unknown word (legal: existing | candidate)\n"
        "sites.csv:5: antenna = pannel: no antenna of this name; did you mean \"panel\"?\n"
        "sites.csv:6: subcarriers = 1.5: is not a whole number (legal: 1 .. 100000)\n"
        "sites.csv:8: sector_id = 1: site F has this sector twice on 3700 MHz\n"
        "sites.csv:9: site_id = F: site F stands elsewhere, or has another status or operator, in line 7\n"
        "sites.csv:10: site_id: is empty\n"
        "sites.csv:10: lat: is empty");
}

TEST_CASE("a table of sites without the necessary columns is refused") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"), "siteid,lon,lat\nA,138.7,35.3\n");
  CHECK(complaint(world) == "sites.csv:1: site_id: the column is missing; is it \"siteid\"?");
}

TEST_CASE("a column that is nearly a known one is not lost silently") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"), "site_id,lon,lat,azimut_deg,remark\nA,138.7,35.3,90,x\n");
  const PlanInput input = load(world.scenario()).input;
  const Warning* warning = find(input.warnings, "site_column_unused");
  REQUIRE(warning != nullptr);
  CHECK(warning->message.find("column \"azimut_deg\" is not read; did you mean \"azimuth_deg\"?") !=
        std::string::npos);
}

TEST_CASE("inline sites take the defaults, their faults have line and column") {
  const SmallWorld world;
  world.edit("[sites]\npath = \"sites.csv\"",
             "[[site]]\nid = \"S1\"\nlon = 138.7\nlat = 35.3\n[[site.sector]]\nazimuth_deg = 30\n"
             "[[site.sector]]\nid = \"x\"\npower_dbm = 33.0\n[[site]]\nid = \"S2\"\nlon = 138.71\nlat = 35.31");
  const PlanInput input = load(world.scenario()).input;
  REQUIRE(input.network.sites.size() == 2);
  REQUIRE(input.network.sites[0].sectors.size() == 2);
  CHECK(input.network.sites[0].sectors[0].id == "1");
  CHECK(input.network.sites[0].sectors[0].mounting.azimuth_deg == 30.0);
  CHECK(input.network.sites[0].sectors[1].power_dbm == 33.0);
  CHECK(input.network.sites[0].sectors[1].freq_hz == 3.7e9);
  CHECK(input.network.sites[1].sectors.size() == 1);
  world.edit("id = \"S2\"", "id = \"S1\"");
  CHECK(complaint(world).find("site S1 is defined twice; first in") != std::string::npos);
  CHECK(check_complains(world));
}

TEST_CASE("an antenna file with missing angles is refused with its name") {
  const SmallWorld world;
  test::write_text(world.file("bad.msi"),
                   "NAME bad\nGAIN 15 dBi\nHORIZONTAL 360\n0 0.0\n1 0.1\nVERTICAL 360\n0 0.0\n");
  world.edit("type = \"element38901\"\ngain_dbi = 15.0", "type = \"file\"\npath = \"bad.msi\"");
  const std::string text = complaint(world);
  INFO(text);
  CHECK(starts_with(text, "bad.msi"));
  CHECK(text.find("angle") != std::string::npos);
  CHECK(text.find("no antenna of this name") == std::string::npos);  // the sectors that use it are not at fault
}

TEST_CASE("a frequency outside the model's range is flagged by check") {
  const SmallWorld world;
  world.edit("model = \"p526\"", "model = \"extended_hata\"");
  const PlanInput input = load(world.scenario(), {.check_only = true}).input;
  const Warning* warning = find(input.warnings, "model_validity");
  REQUIRE(warning != nullptr);
  CHECK(warning->message.find("extended_hata: freq_hz = 3700000000 Hz is outside") == 0);
  CHECK(warning->count == 3);
  CHECK(input.world.ground.ground_asl_m.values.empty());
}

TEST_CASE("areas that make no sense or no grid are refused") {
  const SmallWorld world;
  CHECK(complaint(world, {{"area.bbox_deg", "[138.75, 35.25, 138.65, 35.35]"}}).find("is not an area") !=
        std::string::npos);
  CHECK(complaint(world, {{"area.dem", "true"}}).find("give exactly one of bbox_deg and dem = true") !=
        std::string::npos);
  CHECK(complaint(world, {{"scenario.crs", "EPSG:4326"}}).find("--set: scenario.crs = \"EPSG:4326\"") == 0);
  const std::string text = complaint(world, {{"scenario.grid_m", "1"}, {"area.bbox_deg", "[130, 30, 140, 40]"}});
  INFO(text);
  CHECK(text.find("the limit is 1e+09: take a smaller area or scenario.grid_m >= ") != std::string::npos);
}

TEST_CASE("the area can be the extent of the DEM") {
  const SmallWorld world;
  world.edit("bbox_deg = [138.65, 35.25, 138.75, 35.35]", "dem = true");
  const Grid grid = load(world.scenario()).input.world.ground.ground_asl_m.grid;
  CHECK(grid.nx >= 150);
  CHECK(grid.nx <= 154);
}

TEST_CASE("without a DEM a flat earth must be asked for, and is labelled") {
  const SmallWorld world;
  world.edit("[[terrain.dem]]\npath = \"dem.tif\"", "[terrain]");
  CHECK(complaint(world) ==
        "scenario.toml:8:1: terrain.dem: no ground: name a [[terrain.dem]], or set terrain.flat_asl_m "
        "for a flat-earth run");
  const PlanInput input = load(world.scenario(), {.settings = {{"terrain.flat_asl_m", "12.5"}}}).input;
  CHECK(input.world.ground.ground_asl_m.values.front() == 12.5F);
  CHECK(find(input.warnings, "terrain_flat") != nullptr);
  CHECK(input.world.flat_earth);
}

TEST_CASE("a flat run has a banner and no word of terrain in either language") {
  const SmallWorld world;
  world.edit("[[terrain.dem]]\npath = \"dem.tif\"", "[terrain]\nflat_asl_m = 12.5");
  const Planned planned = run(load(world.scenario()));
  const std::string en = report_html(planned, Language::en);
  CHECK(en.find("Flat Earth") != std::string::npos);
  for (const char* word : {"locked by terrain", "with terrain", "shaded relief", "gap in the terrain"}) {
    INFO(word);
    CHECK(en.find(word) == std::string::npos);
  }
  const std::string ja = report_html(planned, Language::ja);
  CHECK(ja.find("平坦地") != std::string::npos);
  for (const char* word : {"地形による遮蔽", "標高のある", "陰影起伏図", "標高欠測域の背後"}) {
    INFO(word);
    CHECK(ja.find(word) == std::string::npos);
  }
  for (const ServiceState state : planned.result.service->state.values)
    REQUIRE(state != ServiceState::blocked_by_terrain);
  CHECK(closing_summary(planned, "out").find("FLAT EARTH") != std::string::npos);
}

TEST_CASE("heights above different levels are named, not mixed in silence") {
  const SmallWorld world;
  const auto tile = [&](const std::string& name, const std::string& datum, double west_deg) {
    test::FgGmlText text{.mesh = "52385552",
                         .box = {.west_deg = west_deg,
                                 .south_deg = 35.30,
                                 .east_deg = west_deg + 0.0125,
                                 .north_deg = 35.30 + 1.0 / 120},
                         .datum = datum};
    text.fill("地表面,500.0");
    test::write_text(world.file(name), text.text());
  };
  tile("FG-GML-5238-55-52-DEM5A-20200101.xml", "jgd2011", 138.675);
  tile("FG-GML-5238-55-53-DEM5A-20250401.xml", "jgd2024", 138.6875);
  const auto warning = [&] {
    const PlanInput input = load(world.scenario()).input;
    const Warning* found = find(input.warnings, "terrain_datums_differ");
    return found == nullptr ? std::string{} : found->message;
  };
  CHECK(warning().empty());
  world.edit("[[terrain.dem]]",
             "[[terrain.dem]]\npath = \"FG-GML-5238-55-52-DEM5A-20200101.xml\"\n[[terrain.dem]]");
  CHECK(warning().empty());
  world.edit("[[terrain.dem]]",
             "[[terrain.dem]]\npath = \"FG-GML-5238-55-53-DEM5A-20250401.xml\"\n[[terrain.dem]]");
  CHECK_THAT(warning(), test::Contains("JGD2011 (vertical) height (FG-GML-5238-55-52-DEM5A-20200101.xml), JGD2024 "
                                       "(vertical) height (FG-GML-5238-55-53-DEM5A-20250401.xml)"));
}

TEST_CASE("a zone written by hand that is not the area's is told with the right one") {
  const SmallWorld world;
  const auto scale = [&](const char* crs) {
    const PlanInput input =
        load(world.scenario(), {.settings = {{"scenario.crs", crs}}, .check_only = true}).input;
    const Warning* found = find(input.warnings, "plan_scale");
    return found == nullptr ? std::string{} : found->message;
  };
  CHECK(scale("\"EPSG:6676\"").empty());
  CHECK_THAT(scale("\"EPSG:6669\""), test::Contains("scenario.crs = \"auto\" takes EPSG:6676"));
}

TEST_CASE("an area across 180 degrees is refused in plain words") {
  const SmallWorld world;
  CHECK_THAT(complaint(world, {{"area.bbox_deg", "[179.9, 10, -179.9, 10.1]"}}),
             test::Contains("crosses 180 degrees of longitude, which is not supported"));
}

TEST_CASE("a plan so wide that its scale errs by more than a thousandth says so") {
  const SmallWorld world;
  const auto warnings = [&](const char* bbox, const char* grid) {
    return load(world.scenario(), {.settings = {{"area.bbox_deg", bbox},
                                                {"scenario.grid_m", grid},
                                                {"terrain.allow_missing", "true"}},
                                   .check_only = true})
        .input.warnings;
  };
  CHECK(find(warnings("[138.0, 35.0, 139.4, 35.6]", "500"), "plan_scale") == nullptr);
  const std::vector<Warning> of_wide = warnings("[133.0, 33.0, 144.0, 37.0]", "1000");
  const Warning* wide = find(of_wide, "plan_scale");
  REQUIRE(wide != nullptr);
  CHECK_THAT(wide->message, test::Contains("%"));
}

TEST_CASE("sea_is_zero says when no source can tell sea from missing data") {
  const SmallWorld world;
  CHECK(find(load(world.scenario()).input.warnings, "sea_is_zero_unused") == nullptr);
  const PlanInput input = load(world.scenario(), {.settings = {{"terrain.sea_is_zero", "true"}}}).input;
  CHECK(find(input.warnings, "sea_is_zero_unused") != nullptr);
}

TEST_CASE("clutter is the surface above the ground, never below it, heights above ground win") {
  SmallWorld world;
  const Crs crs = Crs::from_text("EPSG:6676");
  Raster<float> surface = world.ground();
  for (float& value : surface.values) value += 8.0F;
  surface.at(150, 150) = -9999.0F;
  write_cog(world.file("dsm.tif"), surface, crs, {});
  Raster<float> trees(surface.grid, kNoData);
  for (int iy = 0; iy < trees.grid.ny; ++iy) {
    for (int ix = 0; ix < trees.grid.nx / 2; ++ix) trees.at(ix, iy) = 20.0F;
  }
  write_cog(world.file("trees.tif"), trees, crs, {});
  const PlanInput input =
      load(world.scenario(), {.settings = {{"terrain.surface", "[{path=\"dsm.tif\"}]"},
                                           {"terrain.clutter_height", "[{path=\"trees.tif\"}]"}}})
          .input;
  const Raster<float>& clutter = input.world.ground.clutter_m;
  REQUIRE(clutter.values.size() == input.world.ground.ground_asl_m.values.size());
  CHECK(clutter.at(1, 5) == 20.0F);
  CHECK(clutter.at(clutter.grid.nx - 2, 5) == Approx(8.0).margin(0.01));
  CHECK(find(input.warnings, "undeclared_nodata") != nullptr);  // of the surface, not of the ground
}

TEST_CASE("legend bounds must ascend") {
  const SmallWorld world;
  CHECK(complaint(world, {{"coverage.classes_dbm", "[-80, -90]"}}) ==
        "--set: coverage.classes_dbm = [-80, -90]: the bounds are not ascending");
}
