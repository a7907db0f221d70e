// [licence] of a scenario: areas, files, sheet.
#include <cmath>
#include <filesystem>
#include <numbers>

#include "libsim/plan/plan.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/studies/licence/licence_sheet.hpp"
#include "terrain/error.hpp"
#include "terrain/people/focus_zones.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;

namespace {

constexpr const char* kFlat = R"([scenario]
name = "Licence"
crs = "EPSG:6676"
grid_m = 20.0

[area]
bbox_deg = [138.66, 35.26, 138.74, 35.34]

[terrain]
flat_asl_m = 10.0

[[site]]
id = "A"
lon = 138.70
lat = 35.30

[sector_defaults]
freq_hz = 4.85e9
power_dbm = 20.0
subcarriers = 3276
tx_agl_m = 31.5

[receiver]
rx_agl_m = 1.5
body_loss_db = 3.0
building_loss_db = 12.0

[propagation]
model = "free_space"

[coverage]
radius_m = 4500.0

[licence]
cover_dbm = -84.0
coordination_dbm = -90.0
)";

/// The plot around the site, 1 km x 1 km in degrees.
constexpr const char* kPlot = R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
"geometry":{"type":"Polygon","coordinates":[[[138.695,35.295],[138.705,35.295],[138.705,35.305],[138.695,35.305],[138.695,35.295]]]}}]})";

class LicenceWorld {
 public:
  LicenceWorld() {
    test::write_text(scenario(), kFlat);
    test::write_text(folder_.path() / "plot.geojson", kPlot);
  }
  [[nodiscard]] std::filesystem::path scenario() const { return folder_.path() / "scenario.toml"; }
  [[nodiscard]] std::filesystem::path out() const { return folder_.path() / "out"; }
  void append(const std::string& text) const { test::write_text(scenario(), test::read_bytes(scenario()) + text); }
  void edit(const std::string& from, const std::string& to) const {
    test::write_text(scenario(), test::replaced(test::read_bytes(scenario()), from, to));
  }
  [[nodiscard]] Planned planned() const { return run(load(scenario(), {}), {.threads = 1}); }
  [[nodiscard]] LicenceAreas areas() const { return planned().studies.get<LicenceStudy>().areas; }

 private:
  test::TemporaryFolder folder_{};
};

const LicenceArea& area_of(const LicenceAreas& licence, LicenceKind kind, LicenceLand land,
                           const std::string& site = {}) {
  for (const LicenceArea& area : licence.areas) {
    if (area.kind == kind && area.land == land && area.site == site) return area;
  }
  throw std::runtime_error("no such area");
}

/// Free space over the slant from 31.5 m to 1.5 m, without body and building.
double radius_m(double threshold_dbm) {
  const double loss_db = 20.0 - threshold_dbm;
  const double wavelength_m = 299'792'458.0 / 4.85e9;
  const double slant_m = wavelength_m / (4.0 * std::numbers::pi) * std::pow(10.0, loss_db / 20.0);
  return std::sqrt(slant_m * slant_m - 30.0 * 30.0);
}

}  // namespace

TEST_CASE("a single site on flat earth covers the circle of the closed form") {
  const LicenceWorld world;
  const LicenceAreas licence = world.areas();
  CHECK_FALSE(licence.cut);
  CHECK(licence.areas.size() == 2);
  for (const auto& [kind, threshold] :
       {std::pair{LicenceKind::cover, -84.0}, {LicenceKind::coordination, -90.0}}) {
    const LicenceArea& area = area_of(licence, kind, LicenceLand::all);
    const double radius = radius_m(threshold);
    INFO("radius " << radius);
    CHECK(radius > 400.0);
    const double circle_m2 = std::numbers::pi * radius * radius;
    CHECK(std::fabs(area.area_m2 - circle_m2) < 2.0 * std::numbers::pi * radius * 0.5 * 20.0);
    CHECK(area.area_m2 == Approx(circle_m2).epsilon(0.01));
    REQUIRE(area.area.parts.size() == 1);
    const Point mast = Crs::from_text("EPSG:6676").to_plan({138.70, 35.30});
    for (const Point& p : area.area.parts[0].outer)
      CHECK(std::fabs(distance_m(mast, p) - radius) <= 0.5 * std::numbers::sqrt2 * 20.0 + 0.1);
  }
}

TEST_CASE("areas are those of the cells, own and other land add up") {
  const LicenceWorld world;
  world.append("\n[[licence.own_land]]\npath = \"plot.geojson\"\n");
  const LicenceAreas licence = world.areas();
  for (const LicenceKind kind : {LicenceKind::cover, LicenceKind::coordination}) {
    const double all = area_of(licence, kind, LicenceLand::all).area_m2;
    const double own = area_of(licence, kind, LicenceLand::own).area_m2;
    const double other = area_of(licence, kind, LicenceLand::other).area_m2;
    CHECK(own > 0.0);
    CHECK(other > 0.0);
    CHECK(own + other == Approx(all).epsilon(1e-9));
  }
  // The plot of 910 m x 1109 m lies inside the coordination area.
  CHECK(area_of(licence, LicenceKind::coordination, LicenceLand::own).area_m2 ==
        Approx(910.0 * 1109.5).epsilon(0.01));
}

TEST_CASE("two sites: each by itself and the strongest of both") {
  const LicenceWorld world;
  world.edit("[sector_defaults]", "[[site]]\nid = \"B\"\nlon = 138.712\nlat = 35.30\n\n[sector_defaults]");
  world.append("per_site = true\n");
  const LicenceAreas licence = world.areas();
  const double a = area_of(licence, LicenceKind::cover, LicenceLand::all, "A").area_m2;
  const double b = area_of(licence, LicenceKind::cover, LicenceLand::all, "B").area_m2;
  const double both = area_of(licence, LicenceKind::cover, LicenceLand::all).area_m2;
  CHECK(both < a + b);
  CHECK(both > std::max(a, b));
  // A licence for one of them draws that one alone.
  world.edit("per_site = true", "sites = [\"B\"]");
  const LicenceAreas one = world.areas();
  CHECK(area_of(one, LicenceKind::cover, LicenceLand::all).area_m2 == b);
}

TEST_CASE("a model and a height of the licence's own, and plans that keep no losses") {
  const LicenceWorld world;
  const double plain = area_of(world.areas(), LicenceKind::cover, LicenceLand::all).area_m2;
  world.append("[output]\npath_loss = \"never\"\n");
  const LicenceAreas dropped = world.areas();
  CHECK(area_of(dropped, LicenceKind::cover, LicenceLand::all).area_m2 == plain);
  world.edit("coordination_dbm = -90.0",
             "coordination_dbm = -90.0\nmodel = \"mic_local5g_sub6\"\narea = \"open\"\nrx_agl_m = 3.0");
  const LicenceAreas own = world.areas();
  CHECK(own.model == "mic_local5g_sub6");
  CHECK(own.rx_agl_m == 3.0);
  CHECK(area_of(own, LicenceKind::cover, LicenceLand::all).area_m2 != plain);
}

TEST_CASE("28 GHz: free space, or P.1411 with the line of sight that the surface leaves") {
  const LicenceWorld world;
  world.edit("freq_hz = 4.85e9\npower_dbm = 20.0", "freq_hz = 28.0e9\npower_dbm = 40.0");
  const LicenceAreas open = world.areas();
  const double slant_m = 299'792'458.0 / 28.0e9 / (4.0 * std::numbers::pi) * std::pow(10.0, 124.0 / 20.0);
  CHECK(area_of(open, LicenceKind::cover, LicenceLand::all).area_m2 ==
        Approx(std::numbers::pi * (slant_m * slant_m - 900.0)).epsilon(0.01));

  // Flat ground with a wall of 60 m, 300 m east of the mast.
  const Point mast = Crs::from_text("EPSG:6676").to_plan({138.70, 35.30});
  const Grid grid{.west_m = mast.x_m - 5000.0, .north_m = mast.y_m + 6000.0, .cell_m = 20.0, .nx = 500, .ny = 600};
  Raster<float> wall(grid, 0.0F);
  for (int iy = 0; iy < grid.ny; ++iy) wall.at(grid.column_of(mast.x_m + 300.0), iy) = 60.0F;
  const std::filesystem::path folder = world.scenario().parent_path();
  write_cog(folder / "dem.tif", Raster<float>(grid, 10.0F), Crs::from_text("EPSG:6676"), {});
  write_cog(folder / "wall.tif", wall, Crs::from_text("EPSG:6676"), {});
  world.edit("[terrain]\nflat_asl_m = 10.0",
             "[[terrain.dem]]\npath = \"dem.tif\"\n\n[[terrain.clutter_height]]\npath = \"wall.tif\"");
  world.edit("coordination_dbm = -90.0",
             "coordination_dbm = -90.0\nmodel = \"p1411\"\ncase = \"street_canyon\"\n"
             "line_of_sight = \"terrain\"");
  const LicenceAreas walled = world.areas();
  const LicenceArea& cover = area_of(walled, LicenceKind::cover, LicenceLand::all);
  // P.1411-12 Table 4, line of sight below the roofs: 21.2 log d + 29.2 + 21.1 log f.
  const double reach_m = std::pow(10.0, (124.0 - 29.2 - 21.1 * std::log10(28.0)) / 21.2);
  REQUIRE(reach_m > 1000.0);
  const auto covered = [&](double east_m) { return contains(cover.area, {mast.x_m + east_m, mast.y_m}); };
  CHECK(covered(-0.97 * reach_m));
  CHECK_FALSE(covered(-1.03 * reach_m));
  CHECK(covered(250.0));
  CHECK_FALSE(covered(0.9 * reach_m));
}

TEST_CASE("an area at the edge of what was computed is said to be cut") {
  const LicenceWorld world;
  world.edit("radius_m = 4500.0", "radius_m = 600.0");
  const Planned planned = world.planned();
  CHECK(planned.studies.get<LicenceStudy>().areas.cut);
  bool warned = false;
  for (const Warning& warning : planned.result.warnings) warned = warned || warning.id == "licence_area_cut";
  CHECK(warned);
}

TEST_CASE("thresholds in the wrong order and unknown sites are faults") {
  const LicenceWorld world;
  world.edit("coordination_dbm = -90.0", "coordination_dbm = -80.0\nsites = [\"Z\"]");
  try {
    (void)world.planned();
    FAIL("was read");
  } catch (const InputError& error) {
    CHECK_THAT(error.what(), Contains("licence.coordination_dbm = -80: the thresholds are in the wrong order: the "
                                      "coordination area is the larger one (legal: below cover_dbm = -84)"));
    CHECK_THAT(error.what(), Contains("no site \"Z\""));
  }
}

TEST_CASE("the areas come as GeoPackage, GeoJSON, KML and Shapefile, and all say the same") {
  const LicenceWorld world;
  const Planned planned = world.planned();
  const LicenceAreas& licence = planned.studies.get<LicenceStudy>().areas;
  write_outputs(world.out(), planned, Language::ja);
  const Crs crs = Crs::from_text("EPSG:6676");
  const double cover = area_of(licence, LicenceKind::cover, LicenceLand::all).area_m2;
  for (const char* name : {"licence_areas.geojson", "licence_areas.kml", "licence_areas.shp"}) {
    INFO(name);
    const FocusZones read = read_focus_zones({{.path = world.out() / name}}, crs);
    REQUIRE(read.zones.size() == 2);
    CHECK(area_m2(read.zones[0].area) == Approx(cover).epsilon(1e-5));
  }
  // In the colours of the legend (QGIS, 0x0072b2 and 0xe69f00), by its words.
  const std::string kml = test::read_bytes(world.out() / "licence_areas.kml");
  CHECK_THAT(kml, Contains("<name>カバーエリア</name><styleUrl>#class0</styleUrl>") &&
                      Contains("<name>調整対象区域</name><styleUrl>#class1</styleUrl>"));
  CHECK_THAT(kml, Contains("<Style id=\"class0\"><IconStyle><color>ffb27200</color>") &&
                      Contains("<Style id=\"class1\"><IconStyle><color>ff009fe6</color>"));
  for (const char* name : {"licence_areas.dbf", "licence_areas.shx", "licence_areas.prj", "licence_areas.cpg"})
    CHECK(std::filesystem::exists(world.out() / name));

  // A later run without a licence leaves none of them behind.
  test::write_text(world.scenario(), std::string(kFlat).substr(0, std::string(kFlat).find("[licence]")));
  write_outputs(world.out(), world.planned(), Language::ja);
  CHECK_FALSE(std::filesystem::exists(world.out() / "licence_areas.kml"));
  CHECK_FALSE(std::filesystem::exists(world.out() / "licence_sheet.html"));
}

TEST_CASE("the sheet has areas, sectors and parameters, and marks what was not verified") {
  const LicenceWorld world;
  world.edit("cover_dbm = -84.0",
             "cover_dbm = -84.0\nsource = \"our reading of <the rule>\"\n"
             "source_ja = \"規定の解釈\"");
  const auto sheet = [&](Language language) {
    const Planned planned = world.planned();
    return licence_sheet_html(planned.studies.get<LicenceStudy>(), planned.input, language);
  };
  const std::string ja = sheet(Language::ja);
  CHECK_THAT(ja, Contains("カバーエリア") && Contains("調整対象区域") && Contains("[未確認]"));
  CHECK_THAT(ja, Contains("規定の解釈") && !Contains("our reading"));
  CHECK_THAT(sheet(Language::en), Contains("our reading of &lt;the rule&gt;") && !Contains("規定の解釈"));
  CHECK_THAT(ja, !Contains("<script") && !Contains("http://") && !Contains("https://"));
  world.edit("cover_dbm = -84.0", "cover_dbm = -84.0\nverified = true");
  const std::string en = sheet(Language::en);
  CHECK_THAT(en, Contains("Coordination area") && !Contains("[NOT VERIFIED]"));
  world.edit("verified = true", "verified = true\nmodel = \"mic_local5g_sub6\"");
  CHECK_THAT(sheet(Language::en), Contains("[NOT VERIFIED]"));
}

TEST_CASE("a site of the application that is a candidate is told of, and the sheet is drawn without it") {
  const LicenceWorld world;
  world.edit("cover_dbm = -84.0", "cover_dbm = -84.0\nsites = [\"A\"]");
  Scenario scenario = load(world.scenario(), {});
  for (Site& site : scenario.input.network.sites) site.existing = false;
  const Planned planned = run(std::move(scenario), {.threads = 1});
  CHECK(planned.studies.get<LicenceStudy>().areas.areas.empty());
  bool warned = false;
  for (const Warning& warning : planned.result.warnings) {
    if (warning.id != "licence_site_not_planned") continue;
    warned = true;
    CHECK_THAT(warning.message, Contains("without an area: A"));
  }
  CHECK(warned);
  for (const Language language : {Language::en, Language::ja}) write_outputs(world.out(), planned, language);
}

TEST_CASE("a sheet by the formula of local 5G for carriers elsewhere is a warning") {
  const auto warned = [](const Planned& planned) -> std::string {
    for (const Warning& warning : planned.result.warnings) {
      if (warning.id == "licence_frequency_outside_band") return warning.message;
    }
    return {};
  };
  const LicenceWorld world;
  world.append("model = \"mic_local5g_sub6\"\n");
  CHECK(warned(world.planned()).empty());
  world.edit("freq_hz = 4.85e9", "freq_hz = 3.7e9");
  CHECK_THAT(warned(world.planned()), Contains("4600 .. 4900 MHz") && Contains("A / 1 at 3700 MHz"));
  world.edit("model = \"mic_local5g_sub6\"\n", "model = \"free_space\"\n");
  CHECK(warned(world.planned()).empty());
}
