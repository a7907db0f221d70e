#include <algorithm>
#include <cmath>
#include <optional>

#include "libsim/engine/transmitter_sectors.hpp"
#include "libsim/plan/diagnostics.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

/// A square plan with one site of one isotropic sector in the middle.
PlanInput square_plan(Raster<float> ground) {
  const Grid& grid = ground.grid;
  PlanInput input;
  Site site{.id = "S1", .sectors = {Sector{.id = "a", .power_dbm = 40.0}}};
  site.at = {0.5 * (grid.west_m + grid.east_m()) + 7.0, 0.5 * (grid.north_m + grid.south_m()) - 4.0};
  input.network.sites.push_back(site);
  input.world.ground.ground_asl_m = std::move(ground);
  input.engine.coverage.radius_m = 20'000.0;
  input.engine.coverage.threads = 2;
  return input;
}

PlanInput flat_plan(int n = 201, double cell_m = 100.0) {
  return square_plan(Raster<float>(Grid{.north_m = n * cell_m, .cell_m = cell_m, .nx = n, .ny = n}, 50.0F));
}

std::optional<Warning> warning(const std::vector<Warning>& warnings, std::string_view id) {
  const auto found = std::find_if(warnings.begin(), warnings.end(), [&](const Warning& w) { return w.id == id; });
  if (found == warnings.end()) return std::nullopt;
  return *found;
}

std::optional<Warning> planned(const PlanInput& input, std::string_view id) {
  return warning(plan(input).warnings, id);
}

std::vector<Warning> diagnosed(const PlanInput& input, const Coverage& coverage) {
  const TransmitterSectors sectors(coverage);
  std::vector<LossSurvey> surveys;
  for (std::size_t t = 0; t < coverage.transmitters.size(); ++t) {
    surveys.push_back(survey_loss(input, coverage, sectors.of(t), coverage.transmitters[t]));
  }
  return diagnose(input, coverage, surveys, {});
}

bool says(const std::optional<Warning>& found, const std::string& text) {
  return found && found->message.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("received power above EIRP plus receive gain is named, with its sectors") {
  PlanInput input = flat_plan();
  CHECK_FALSE(planned(input, "power_above_eirp"));

  Coverage coverage = plan(input).coverage;
  coverage.transmitters[0].loss_db.at(10, 10) = -0.5F;
  coverage.transmitters[0].loss_db.at(11, 10) = -3.0F;
  const auto found = warning(diagnosed(input, coverage), "power_above_eirp");
  REQUIRE(found);
  CHECK(found->count == 2);
  CHECK(says(found, "sector S1/a (2 cells)"));

  input.network.receiver.building_loss_db = 4.0;  // now both cells are below it again
  CHECK_FALSE(warning(diagnosed(input, coverage), "power_above_eirp"));
}

TEST_CASE("a coverage that is a circle is named: flat ground, or a model that does not look at the ground") {
  PlanInput input = flat_plan();
  input.network.sites[0].sectors[0].antenna = Element38901{};  // the pattern does not hide it
  const auto flat = planned(input, "coverage_is_circle");
  REQUIRE(flat);
  CHECK(flat->count == 1);
  CHECK(says(flat, "1 of 1 transmitters"));
  CHECK(says(flat, "the terrain had no influence"));

  PlanInput hilly = square_plan(test::relief_square(201, 100.0, 3));
  CHECK_FALSE(planned(hilly, "coverage_is_circle"));
  hilly.engine.model = FreeSpace{};
  hilly.network.sites[0].sectors[0].power_dbm = 37.0;
  const auto free_space = planned(hilly, "coverage_is_circle");
  REQUIRE(free_space);
  CHECK(says(free_space, "the model free_space does not look at the terrain"));
}

TEST_CASE("the disc that fits a coverage best") {
  const Grid grid{.north_m = 4000, .cell_m = 20, .nx = 200, .ny = 200};
  const Point centre{1987.0, 2003.0};
  const auto fit = [&](const auto& covered) {
    Raster<float> loss(grid, 200.0F);
    for (int iy = 0; iy < grid.ny; ++iy) {
      for (int ix = 0; ix < grid.nx; ++ix) {
        if (covered(grid.centre(ix, iy))) loss.at(ix, iy) = 100.0F;
      }
    }
    return fit_disc(loss, centre, 150.0);
  };
  const auto radius = [&](Point p) { return distance_m(p, centre); };
  const auto azimuth = [&](Point p) { return grid_azimuth_deg(centre, p) * kDegToRad; };

  const DiscFit disc = fit([&](Point p) { return radius(p) < 1000.0; });
  CHECK(disc.is_circle());
  CHECK(disc.radius_m == Approx(1000.0).margin(2.0));
  CHECK(disc.misfit < 0.002);

  // A radius that swings by 10 % leaves about 2 * 0.1 * 2 / pi of the area on the wrong side.
  const DiscFit wavy = fit([&](Point p) { return radius(p) < 1000.0 * (1.0 + 0.1 * std::sin(5.0 * azimuth(p))); });
  CHECK_FALSE(wavy.is_circle());
  CHECK(wavy.misfit == Approx(0.4 / std::numbers::pi).margin(0.01));

  const DiscFit notch = fit([&](Point p) { return radius(p) < 1000.0 && azimuth(p) > 0.1; });
  CHECK_FALSE(notch.is_circle());
  const DiscFit everything = fit([](Point) { return true; });
  CHECK_FALSE(everything.edge_seen);
  CHECK_FALSE(everything.is_circle());
  CHECK_FALSE(fit([&](Point p) { return radius(p) < 100.0; }).is_circle());  // 78 cells
}

TEST_CASE("a circle that the radius limit cut out is not blamed on the terrain") {
  PlanInput input = flat_plan();
  input.engine.coverage.radius_m = 2000.0;
  const std::vector<Warning> warnings = plan(input).warnings;
  CHECK_FALSE(warning(warnings, "coverage_is_circle"));
  CHECK(warning(warnings, "range_cut_by_radius"));
}

TEST_CASE("a range cut by the radius limit is named, with how much of the rim") {
  PlanInput input = flat_plan();
  input.engine.coverage.radius_m = 2000.0;
  const auto found = planned(input, "range_cut_by_radius");
  REQUIRE(found);
  CHECK(found->count > 100);
  CHECK(says(found, "100.0 % of the outermost cells, site S1"));
  CHECK(says(found, "limit of 2.0 km"));

  input.network.sites[0].sectors[0].antenna = Element38901{};  // only in front is it strong enough
  const auto sector = planned(input, "range_cut_by_radius");
  REQUIRE(sector);
  CHECK(sector->count < found->count);

  input.engine.coverage.radius_m = 9000.0;
  CHECK_FALSE(planned(input, "range_cut_by_radius"));
}

TEST_CASE("terrain missing under a path is named, sea beyond all paths is not") {
  PlanInput input = flat_plan();
  CHECK_FALSE(planned(input, "terrain_missing_under_path"));
  Raster<float>& ground = input.world.ground.ground_asl_m;
  for (int iy = 0; iy < ground.grid.ny; ++iy) ground.at(ground.grid.nx - 1, iy) = kNoData;  // the last column
  CHECK_FALSE(planned(input, "terrain_missing_under_path"));
  ground.at(120, 100) = kNoData;
  const auto found = planned(input, "terrain_missing_under_path");
  REQUIRE(found);
  CHECK(found->count > 50);
  CHECK(says(found, "site S1 ("));
}

TEST_CASE("a model used outside its validity is named") {
  PlanInput input = flat_plan();
  CHECK_FALSE(planned(input, "model_validity"));
  input.engine.model = ExtendedHata{};
  input.network.sites[0].sectors[0].freq_hz = 4.85e9;
  const auto found = planned(input, "model_validity");
  REQUIRE(found);
  CHECK(found->count == 1);
  CHECK(says(found, "freq_hz"));
  input.network.sites[0].sectors[0].freq_hz = 900e6;
  CHECK_FALSE(planned(input, "model_validity"));
}

TEST_CASE("a site without ground is skipped and named") {
  PlanInput input = flat_plan();
  CHECK_FALSE(planned(input, "site_without_ground"));
  Site adrift = input.network.sites[0];
  adrift.id = "S2";
  adrift.at = {-5000.0, 0.0};
  input.network.sites.push_back(adrift);
  CHECK(says(planned(input, "site_without_ground"), "S2"));
}

TEST_CASE("a sector that is strongest nowhere is named") {
  PlanInput input = flat_plan();
  CHECK_FALSE(planned(input, "sector_serves_nowhere"));
  Sector weaker = input.network.sites[0].sectors[0];
  weaker.id = "b";
  weaker.power_dbm -= 1.0;
  input.network.sites[0].sectors.push_back(weaker);
  const auto found = planned(input, "sector_serves_nowhere");
  REQUIRE(found);
  CHECK(found->count == 1);
  CHECK(says(found, "sector S1/b"));
}

TEST_CASE("warnings of one id become one, with the first messages and the whole count") {
  const std::vector<Warning> all = {{"a", "one", 1}, {"b", "other", 5}, {"a", "two", 2},
                                    {"a", "two", 3}, {"a", "three", 1}, {"a", "four", 1}};
  const std::vector<Warning> result = merged(all);
  REQUIRE(result.size() == 2);
  CHECK(result[0].id == "a");
  CHECK(result[0].count == 8);
  CHECK(result[0].message == "one; two; three and 1 more");
  CHECK(result[1].message == "other");
  CHECK(result[1].count == 5);
}

TEST_CASE("an electrical tilt in the pattern file and in the sector is told, one of them is not") {
  PlanInput input = flat_plan();
  TabulatedAntenna table{.name = "T",
                         .gain_dbi = 15.0,
                         .horizontal_db = std::vector<double>(360, 0.0),
                         .vertical_db = std::vector<double>(360, 0.0),
                         .electrical_tilt_deg = 4.0};
  input.network.sites[0].sectors[0].antenna = table;
  CHECK_FALSE(planned(input, "antenna_tilted_twice"));
  input.network.sites[0].sectors[0].mounting.electrical_downtilt_deg = 3.0;
  CHECK(says(planned(input, "antenna_tilted_twice"), "S1/a (4 + 3 deg)"));
}

TEST_CASE("models that tell sea from land say so where there is no map of zones, and only they") {
  Profile profile;
  for (int i = 0; i <= 100; ++i) {
    profile.distance_m.push_back(400.0 * i);
    profile.ground_asl_m.push_back(i % 7 == 0 ? 30.0 : 5.0);
  }
  int declared = 0;
  for (const std::string& id : model_ids(Role::path)) {
    INFO(id);
    const RadioModel model = make_model(id);
    const bool needs = std::visit([](const auto& m) { return needs_zones(m); }, model);
    declared += needs ? 1 : 0;
    // Whether its loss depends on the zone.
    const auto loss_over = [&](Zone zone) {
      Profile over = profile;
      over.zone.assign(over.distance_m.size(), zone);
      const Link link{.freq_hz = 700e6, .tx_agl_m = 30.0, .rx_agl_m = 10.0};
      const PathGeometry path = extract_path(link, over.view(), terrain_of(model));
      return std::visit([&](const auto& m) { return loss_db(m, link, path); }, model);
    };
    const double inland = loss_over(Zone::inland);
    const double sea = loss_over(Zone::sea);
    // P.526 over the sea has other ground constants: tenths of a dB at such frequencies, which needs no map.
    CHECK((std::isnan(inland) || std::fabs(inland - sea) < 0.5 || needs));

    PlanInput input = flat_plan(31);
    input.engine.model = model;
    const auto warned = [&] {
      const std::vector<Warning> warnings = plan(input).warnings;
      return std::any_of(warnings.begin(), warnings.end(),
                         [](const Warning& warning) { return warning.id == "zones_all_inland"; });
    };
    CHECK(warned() == needs);
    input.world.ground.zone = Raster<Zone>(input.world.grid(), Zone::inland);
    CHECK_FALSE(warned());
  }
  CHECK(declared >= 2);  // P.1812 and P.452
}
