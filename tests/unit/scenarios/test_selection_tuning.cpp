// Antennas that a selection turns: held against the plan of the turned network, and against every other position.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "libsim/studies/selection/antenna_tuning.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/read/select_sites.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;

namespace tuning_test {
namespace {

using Json = nlohmann::json;

constexpr const char* kTuning = R"(
[selection]
objective = "sites"
population_percent = 50

[selection.tuning]
tilt_most_deg = 10
tilt_step_deg = 2
azimuth_within_deg = 40
azimuth_step_deg = 20

[[selection.candidates]]
path = "candidates.csv"
)";

/// Six masts of two sectors on one carrier, people strewn between them, and a rate that interference denies many.
class CrowdedWorld : public SmallWorld {
 public:
  explicit CrowdedWorld(const std::string& more = "") {
    std::string text = test::replaced(kScenario, "grid_m = 100.0", "grid_m = 200.0");
    text = test::replaced(text, "freq_hz = 3.7e9", "freq_hz = 3.7e9\ntechnology = \"nr_n77\"");
    test::write_text(scenario(),
                     text + "threshold_dbm = -105.0\n[service]\ndl_min_mbps = 60.0\n" + kTuning + more);
    std::string people = "id,lon,lat,population\n";
    for (int i = 0; i < 60; ++i) {
      people += std::to_string(i) + "," + std::to_string(138.66 + 0.0013 * ((i * 37) % 60)) + "," +
                std::to_string(35.26 + 0.0013 * ((i * 23) % 60)) + "," + std::to_string(5 + (i * 7) % 11) + "\n";
    }
    test::write_text(file("people.csv"), people);
    test::write_text(file("candidates.csv"),
                     "site_id,name,lon,lat,sector_id,azimuth_deg\n"
                     "D,Delta,138.68,35.28,1,45\nD,Delta,138.68,35.28,2,225\n"
                     "E,Epsilon,138.715,35.325,1,225\nE,Epsilon,138.715,35.325,2,45\n"
                     "F,Phi,138.70,35.29,1,180\nF,Phi,138.70,35.29,2,350\n"
                     "G,Gamma,138.69,35.32,1,30\nG,Gamma,138.69,35.32,2,200\n");
  }
};

std::string complaint(const SmallWorld& world) {
  try {
    (void)select_sites(load(world.scenario()), world.file("out"));
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

/// People at the points whose cell the maps say is served.
double served_at(const PlanResult& result, const std::vector<DemandPoint>& points) {
  double sum = 0.0;
  for (const DemandPoint& point : points) {
    const int ix = std::min(result.grid.column_of(point.at.x_m), result.grid.nx - 1);
    const int iy = std::min(result.grid.row_of(point.at.y_m), result.grid.ny - 1);
    if (result.service->state.at(ix, iy) == ServiceState::served) sum += point.people;
  }
  return sum;
}

double covered_at(const PlanResult& result, const std::vector<DemandPoint>& points, double threshold_dbm) {
  double sum = 0.0;
  for (const DemandPoint& point : points) {
    const int ix = std::min(result.grid.column_of(point.at.x_m), result.grid.nx - 1);
    const int iy = std::min(result.grid.row_of(point.at.y_m), result.grid.ny - 1);
    if (static_cast<double>(result.maps.rsrp_dbm.at(ix, iy)) >= threshold_dbm) sum += point.people;
  }
  return sum;
}

}  // namespace

TEST_CASE("antennas are turned until no other position of any of them serves more", "[selection]") {
  const CrowdedWorld world;
  Scenario scenario = load(world.scenario());
  PlanInput& input = scenario.input;
  for (Site& site : input.network.sites) site.existing = true;
  const std::vector<DemandPoint> points =
      demand_points({.dl_bps_per_person = 1.0}, input.world.population, {}, input.world.grid());
  const std::vector<bool> all(input.network.sites.size(), true);
  const TuningOptions options = *scenario.studies.get<SelectionStudy>().options->tuning;
  const PlanResult listed = plan(input);
  const Radio radio = radio_of(input, listed);
  const TuningInput ask{.radio = radio,
                        .threshold_dbm = input.statistics.threshold_dbm,
                        .targets = input.service,
                        .points = points,
                        .may_turn = all};
  const AntennaTuning tuning = tune_antennas(ask, options);
  const double people = tuning.people;
  REQUIRE(!tuning.turns.empty());
  CHECK(tuning.served_before == Approx(served_at(listed, points)).epsilon(1e-12));
  CHECK(tuning.served_after > tuning.served_before + 0.02 * people);

  const std::vector<Site> before = input.network.sites;
  PlanInput turned = input;
  for (const AntennaTurn& turn : tuning.turns) turn_antenna(turned.network.sites, turn);
  const PlanResult after = plan(turned);
  CHECK(tuning.served_after == Approx(served_at(after, points)).epsilon(1e-12));
  const double level = covered_at(listed, points, input.statistics.threshold_dbm);
  CHECK(covered_at(after, points, input.statistics.threshold_dbm) >= level - 1e-6);

  // Each antenna in each other position, planned: none serves more with the level kept.
  int positions = 0;
  const std::vector<Site> best = turned.network.sites;
  for (std::size_t i = 0; i < best.size(); ++i) {
    for (std::size_t s = 0; s < best[i].sectors.size(); ++s) {
      const Mounting at = best[i].sectors[s].mounting;
      std::vector<Mounting> others;
      for (int k = 0; k <= 5; ++k) {
        Mounting to = at;
        to.electrical_downtilt_deg = 2.0 * k;
        others.push_back(to);
      }
      for (const double side_deg : {-40.0, -20.0, 0.0, 20.0, 40.0}) {
        Mounting to = at;
        to.azimuth_deg = std::fmod(before[i].sectors[s].mounting.azimuth_deg + side_deg + 360.0, 360.0);
        others.push_back(to);
      }
      for (const Mounting& other : others) {
        turned.network.sites = best;
        turned.network.sites[i].sectors[s].mounting = other;
        const PlanResult there = plan(turned);
        ++positions;
        const bool keeps = covered_at(there, points, input.statistics.threshold_dbm) >= level - 1e-6;
        CHECK((!keeps || served_at(there, points) <= tuning.served_after + 1e-6));
      }
    }
  }
  CHECK(positions > 90);

  // The same on one thread, and from losses that were not kept.
  input.keep_path_loss = KeepPathLoss::never;
  input.engine.coverage.threads = 1;
  const PlanResult bare = plan(input);
  REQUIRE(!bare.has_path_loss);
  const Radio without = radio_of(input, bare);
  const AntennaTuning again = tune_antennas({.radio = without,
                                             .threshold_dbm = input.statistics.threshold_dbm,
                                             .targets = input.service,
                                             .points = points,
                                             .may_turn = all},
                                            options);
  REQUIRE(again.turns.size() == tuning.turns.size());
  for (std::size_t k = 0; k < again.turns.size(); ++k) {
    CHECK(again.turns[k].site == tuning.turns[k].site);
    CHECK(again.turns[k].to.azimuth_deg == tuning.turns[k].to.azimuth_deg);
    CHECK(again.turns[k].to.electrical_downtilt_deg == tuning.turns[k].to.electrical_downtilt_deg);
  }
  CHECK(again.served_after == tuning.served_after);
}

TEST_CASE("the chosen scenario has the turned antennas, and a run of it serves what was promised", "[selection]") {
  for (const bool years : {false, true}) {
    CAPTURE(years);
    const CrowdedWorld world(
        years ? "[[selection.years]]\nyear = 2027\nsites_at_most = 1\n[[selection.years]]\nyear = 2028\n" : "");
    Planned planned = select_sites(
        load(world.scenario(), {.settings = {{"selection.goal", "\"most_people\""},
                                             {"selection.sites_at_most", "4"},
                                             {"coverage.threshold_dbm", "-94"},
                                             {"selection.population_percent", "20"},
                                             {"selection.tuning.existing", years ? "true" : "false"}}}),
        world.file("out"));
    const SelectionReport& report = *planned.studies.get<SelectionStudy>().report;
    REQUIRE(report.tuned);
    CAPTURE(report.tuned->given_up, report.tuned->served_before, report.tuned->served_after,
            report.tuned->antennas, report.needs.front().reached, report.needs.front().whole);
    REQUIRE(!report.tuned->turns.empty());
    CHECK(report.tuned->served_after > report.tuned->served_before);
    CHECK(report.tuned->served_after == planned.result.service_statistics->people.shares.served());
    CHECK(report.needs.front().reached == Approx(planned.result.statistics.population.covered).epsilon(1e-9));
    CHECK(report.needs.front().reached >= 0.2 * report.needs.front().whole);
    CHECK(report.tuned->covered_after == report.needs.front().reached);
    if (years) CHECK(report.years.back().reached.front() == report.needs.front().reached);
    write_outputs(world.file("out"), planned, Language::en);

    const Planned again = run(load(world.file("out") / "scenario.toml"));
    CHECK(again.result.statistics.population.covered == planned.result.statistics.population.covered);
    CHECK(again.result.service_statistics->people.shares.served() == report.tuned->served_after);
    const Json summary = Json::parse(test::read_bytes(world.file("out") / "summary.json"));
    const Json& told = summary["selection"];
    CHECK(told["tuned"]["turned"] == report.tuned->turns.size());
    std::size_t sectors = 0;
    for (const AntennaTurn& turn : report.tuned->turns) sectors += turn.sectors.size();
    CHECK(told["tuning"].size() == sectors);
    for (const Json& row : told["tuning"]) {
      for (const Site& site : again.input.network.sites) {
        for (const Sector& sector : site.sectors) {
          if (site.id != row["site_id"] || sector.id != row["sector_id"]) continue;
          CHECK(sector.mounting.azimuth_deg == row["azimuth_deg"]);
          CHECK(sector.mounting.electrical_downtilt_deg == row["electrical_downtilt_deg"]);
        }
      }
    }
  }
}

TEST_CASE("what cannot be turned is refused", "[selection]") {
  const CrowdedWorld still;
  still.edit("tilt_step_deg = 2", "tilt_step_deg = 0");
  still.edit("azimuth_within_deg = 40", "azimuth_within_deg = 0");
  CHECK_THAT(complaint(still), test::Contains("nothing may be turned"));
  const CrowdedWorld fine;
  fine.edit("tilt_step_deg = 2", "tilt_step_deg = 0.001");
  CHECK_THAT(complaint(fine), test::Contains("positions of tilt_most_deg"));
  const CrowdedWorld unknown;
  unknown.edit("freq_hz = 3.7e9\ntechnology = \"nr_n77\"", "freq_hz = 1.3e9");
  unknown.edit("[service]\ndl_min_mbps = 60.0\n", "");
  const std::string text = complaint(unknown);
  CHECK_THAT(text, test::Contains("scenario.toml:"));
  CHECK_THAT(text, test::Contains("without one nothing says what SINR"));
}

}  // namespace tuning_test
