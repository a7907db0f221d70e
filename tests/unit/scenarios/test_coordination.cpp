// [coordination] of a scenario: levels by percentages of time.
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/engine/point_path.hpp"
#include "libsim/engine/transmitter_sectors.hpp"
#include "libsim/plan/plan.hpp"
#include "scenarios/ask/pathloss_lines.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/read/scenario.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;

namespace {

constexpr const char* kFarm = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Observatory"},"geometry":{"type":"Polygon","coordinates":
[[[138.70,35.295],[138.712,35.295],[138.712,35.305],[138.70,35.305],[138.70,35.295]]]}}]})";

class CoordinationWorld : public test::SmallWorld {
 public:
  CoordinationWorld() {
    test::write_text(file("quiet.geojson"), kFarm);
    // One mast: the map of the plan is then the level.
    test::write_text(file("sites.csv"), "site_id,lon,lat,sector_id,azimuth_deg\nA,138.69,35.29,1,60\n");
    append(
        "\n[coordination]\ntime_percents = [50, 10, 1]\nradius_m = 4000\n\n[[coordination.place]]\n"
        "path = \"quiet.geojson\"\nrx_agl_m = 12\nlimit_dbm = -70\n\n[[coordination.place]]\nname = \"Link\"\n"
        "lon = 138.71\nlat = 35.28\n");
  }
  void append(const std::string& text) const { test::write_text(scenario(), test::read_bytes(scenario()) + text); }
};

}  // namespace

const CoordinationStudy& study_of(const Planned& planned) {
  return planned.studies.get<CoordinationStudy>();
}

/// What `amaneku pathloss` says of a profile and a time.
double pathloss_db(const Profile& profile, const Link& link, double time_percent) {
  REQUIRE(link.effective_earth_radius_m == Link{}.effective_earth_radius_m);
  nlohmann::json request = {{"model", "p452"},
                            {"freq_hz", link.freq_hz},
                            {"tx_agl_m", link.tx_agl_m},
                            {"rx_agl_m", link.rx_agl_m},
                            {"time_percent", time_percent},
                            {"n0", link.n0},
                            {"latitude_deg", link.latitude_deg},
                            {"polarization", "v"},
                            {"distance_m", profile.distance_m},
                            {"ground_asl_m", profile.ground_asl_m}};
  const auto answer = nlohmann::json::parse(pathloss_answer(request.dump(), LossEngine::exact));
  INFO(answer.dump());
  return answer.at("loss_db").get<double>();
}

TEST_CASE("levels at a protected area are the highest of its cells by P.452, at its border and inside") {
  const CoordinationWorld world;
  const Planned planned = run(load(world.scenario(), {}), {.threads = 1});
  const CoordinationStudy& study = study_of(planned);
  REQUIRE(study.results.size() == 2);
  const CoordinationResult& area = study.results.front();
  CHECK(area.cells > 50);
  CHECK(area.cells_outside == 0);
  CHECK(area.exact);
  const Grid& grid = planned.result.grid;
  for (const CoordinationLevel& level : area.levels) {
    // The same by the plan's own map with that model, height and an isotropic receiver, each cell on its own
    // profile.
    const PlanInput by_map =
        load(world.scenario(), {.settings = {{"propagation.model", "p452"},
                                             {"propagation.time_percent", std::to_string(level.time_percent)},
                                             {"coverage.engine", "exact"},
                                             {"receiver.rx_agl_m", "12"},
                                             {"receiver.gain_dbi", "0"}}})
            .input;
    const ServerMaps maps = plan(by_map, {.threads = 1}).maps;
    const MultiPolygon& polygon = study.options->places[0].area;
    double inside = -1e9;
    double border = -1e9;
    for (int iy = 0; iy < grid.ny; ++iy) {
      for (int ix = 0; ix < grid.nx; ++ix) {
        if (!contains(polygon, grid.centre(ix, iy))) continue;
        const double dbm = static_cast<double>(maps.rsrp_dbm.at(ix, iy)) + 10.0 * std::log10(3276.0);
        inside = std::max(inside, dbm);
        bool edge = false;
        for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
          edge = edge || !contains(polygon, grid.centre(ix + dx, iy + dy));
        if (edge) border = std::max(border, dbm);
      }
    }
    INFO(level.time_percent);
    CHECK(level.inside_dbm == Approx(inside).margin(1e-3));
    CHECK(level.border_dbm == Approx(border).margin(1e-3));
    CHECK(level.strongest == 0);
  }
  // What is exceeded for less of the time is higher.
  CHECK(area.levels[1].inside_dbm >= area.levels[0].inside_dbm);
  CHECK(area.levels[2].inside_dbm > area.levels[0].inside_dbm);
}

TEST_CASE("the level at a station is that of pathloss on the profile to where it stands") {
  const CoordinationWorld world;
  const Planned planned = run(load(world.scenario(), {}), {.threads = 1});
  const CoordinationStudy& study = study_of(planned);
  const ProtectedPlace& station = study.options->places[1];
  const Radio radio =
      radio_of(planned.input, planned.result).as({.receiver = Receiver{.rx_agl_m = station.rx_agl_m}});
  TransmitterLoss transmitter = without_losses(radio.coverage()).transmitters.at(0);
  const Site& site = radio.sites().at(0);
  for (const CoordinationLevel& level : study.results.at(1).levels) {
    const RadioModel model = P452{.time_percent = level.time_percent};
    const LossJob job =
        loss_job(radio.world().ground, site, radio.receiver(), radio.engine().coverage, transmitter);
    const PointPath path = point_path(job, model, station.at);
    REQUIRE(path.state == PathState::computed);
    CHECK(path.profile.distance_m.back() == Approx(distance_m(site.at, station.at)).epsilon(1e-12));
    CHECK(path.loss_db == Approx(pathloss_db(path.profile, job.link, level.time_percent)).margin(0.01));
    const double up_m =
        path.profile.ground_asl_m.back() + station.rx_agl_m - transmitter.tx_ground_asl_m - transmitter.tx_agl_m;
    const double gain_dbi = pattern_on_grid(site, site.sectors[0])
                                .gain_dbi(station.at.x_m - site.at.x_m, station.at.y_m - site.at.y_m, up_m);
    CHECK(
        level.inside_dbm ==
        Approx(site.sectors[0].power_dbm - site.sectors[0].feeder_loss_db + gain_dbi - path.loss_db).margin(0.01));
  }
}

TEST_CASE("a profile to the centre of a cell is the one that the exact engine walks") {
  const CoordinationWorld world;
  PlanInput input = load(world.scenario(), {.settings = {{"coverage.engine", "exact"}}}).input;
  const PlanResult result = plan(input, {.threads = 1});
  const Radio radio = radio_of(input, result);
  TransmitterLoss transmitter = without_losses(radio.coverage()).transmitters.at(0);
  const LossJob job = loss_job(input.world.ground, input.network.sites[0], input.network.receiver,
                               input.engine.coverage, transmitter);
  const Grid& grid = result.grid;
  int compared = 0;
  for (int iy = 0; iy < grid.ny; iy += 7) {
    for (int ix = 0; ix < grid.nx; ix += 5) {
      const CellPath cell = cell_path(job, input.engine.model, ix, iy);
      if (std::isnan(cell.loss_db) || distance_m(job.site, grid.centre(ix, iy)) < grid.cell_m) continue;
      const PointPath point = point_path(job, input.engine.model, grid.centre(ix, iy));
      INFO(ix << ' ' << iy);
      REQUIRE(point.state == PathState::computed);
      CHECK(point.profile.distance_m.size() == cell.profile.distance_m.size());
      CHECK(point.loss_db == Approx(static_cast<double>(cell.loss_db)).margin(1e-3));
      ++compared;
    }
  }
  CHECK(compared > 100);
}

TEST_CASE("a station has one level, two equal sectors add 3 dB, sixty weak ones are not lost") {
  const CoordinationWorld world;
  const Planned one = run(load(world.scenario(), {}), {.threads = 1});
  const CoordinationResult& station = study_of(one).results.at(1);
  CHECK(station.cells == 1);
  CHECK(station.levels[0].border_dbm == station.levels[0].inside_dbm);
  const auto with_copies = [&](std::size_t copies, double less_db) {
    Scenario more = load(world.scenario(), {});
    Site& site = more.input.network.sites[0];
    site.sectors[0].power_dbm -= less_db;
    for (std::size_t i = 1; i < copies; ++i) {
      site.sectors.push_back(site.sectors[0]);
      site.sectors.back().id = std::to_string(i + 1);
    }
    return study_of(run(std::move(more), {.threads = 1})).results.at(1).levels[0].inside_dbm;
  };
  CHECK(with_copies(2, 0.0) == Approx(station.levels[0].inside_dbm + 10.0 * std::log10(2.0)).margin(1e-3));
  // Each far below what a map keeps: their sum is still that of sixty.
  CHECK(with_copies(60, 130.0) ==
        Approx(station.levels[0].inside_dbm - 130.0 + 10.0 * std::log10(60.0)).margin(1e-3));
}

TEST_CASE("where a level cannot be given the reason is said, and counted") {
  const CoordinationWorld world;
  world.append("\n[[coordination.place]]\nname = \"Far\"\nlon = 138.745\nlat = 35.345\n");
  const Planned planned = run(load(world.scenario(), {}), {.threads = 1});
  const CoordinationResult& far = study_of(planned).results.at(2);
  CHECK(std::isnan(far.levels[0].inside_dbm));
  CHECK(far.levels[0].missing == PathState::beyond_radius);
  CHECK_THAT(test::csv_of_table(planned, "coordination"), Contains("beyond_radius"));
  long long warned = 0;
  for (const Warning& warning : planned.result.warnings)
    warned += warning.id == "coordination_without_level" ? warning.count : 0;
  CHECK(warned == 3);
  CHECK_THAT(report_html(planned, Language::en), Contains("all sectors are beyond the radius"));
}

TEST_CASE("the table says level, limit and excess, what lies outside the plan is counted") {
  const CoordinationWorld world;
  world.append("\n[[coordination.place]]\nname = \"Away\"\nlon = 139.5\nlat = 35.3\n");
  const Planned planned = run(load(world.scenario(), {}), {.threads = 1});
  const auto summary = nlohmann::json::parse(summary_json(planned));
  CHECK(summary["coordination"]["model"] == "p452");
  const auto& levels = summary["coordination"]["levels"];
  REQUIRE(levels.size() == 9);
  CHECK(levels[0]["name"] == "Observatory");
  CHECK(levels[2]["time_percent"] == 1.0);
  CHECK(levels[2]["excess_db"].get<double>() == Approx(levels[2]["inside_dbm"].get<double>() + 70.0));
  CHECK(levels[2]["strongest"] == "A / 1");
  CHECK(levels[3]["limit_dbm"].is_null());
  CHECK(levels[6]["cells_outside_plan"] == 1);
  CHECK(levels[6]["inside_dbm"].is_null());
  CHECK(levels[6]["missing"] == "no_ground");
  CHECK_THAT(test::csv_of_table(planned, "coordination"), Contains("Observatory,area,12,10,"));
  CHECK_THAT(report_html(planned, Language::ja), Contains(">干渉調整</h2>") && Contains("Observatory"));
}

TEST_CASE("faults of [coordination] are named with their place") {
  const CoordinationWorld world;
  world.edit("time_percents = [50, 10, 1]", "time_percents = [1, 10]");
  world.edit("lon = 138.71\n", "");
  try {
    (void)load(world.scenario(), {});
    FAIL("was read");
  } catch (const InputError& error) {
    CHECK_THAT(error.what(), Contains("the percentages are not descending"));
    CHECK_THAT(error.what(), Contains("give a path, or lon and lat"));
  }
}
