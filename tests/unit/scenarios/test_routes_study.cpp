// [[route]]: reading, what is found on a small world, every output, both languages, and what users get wrong.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/output/outputs.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/studies/routes/route_sheet.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;

namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

constexpr const char* kRoute = R"(
[routes]
ul_mbps = 8
runs = 20
step_m = 5
spacing_m = 50

[[route]]
id = "bus"
name = "Village bus"
path = "way.geojson"
headway_min = 30

[[route.stop]]
name = "School"
at_m = 1500
dwell_s = 30

[[route.intersection]]
name = "Crossing"
at_m = 2500
)";

/// From the south-west to the north-east of the small world, with a tunnel in the second of three parts.
constexpr const char* kWay = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"1","highway":"primary","tunnel":"no","bridge":"no","maxspeed":"40"},
 "geometry":{"type":"LineString","coordinates":[[138.66,35.26],[138.685,35.285]]}},
{"type":"Feature","properties":{"id":"2","highway":"primary","tunnel":"yes","bridge":"no","maxspeed":"40"},
 "geometry":{"type":"LineString","coordinates":[[138.685,35.285],[138.69,35.29]]}},
{"type":"Feature","properties":{"id":"3","highway":"primary","tunnel":"no","bridge":"no","maxspeed":"40"},
 "geometry":{"type":"LineString","coordinates":[[138.69,35.29],[138.72,35.31]]}}]})";

struct RoutesWorld : SmallWorld {
  RoutesWorld() {
    test::write_text(file("way.geojson"), kWay);
    test::write_text(scenario(), std::string(kScenario) + kRoute);
  }
  void change(const std::string& from, const std::string& to) const { edit(from, to); }
};

std::string complaint(const SmallWorld& world, const Settings& settings = {}) {
  try {
    (void)load(world.scenario(), {.settings = settings});
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a route is driven both ways, its tunnel and its figures are in every output") {
  const RoutesWorld world;
  const Planned planned = run(load(world.scenario()));
  const auto& study = planned.studies.get<RoutesStudy>();
  REQUIRE(study.courses.size() == 2);
  REQUIRE(study.report.routes.size() == 2);
  CHECK_FALSE(study.courses[0].back);
  CHECK(study.courses[1].back);
  const Course& course = study.courses[0].course;
  // By hand, with 90.87 km and 110.94 km in a degree: 3585 + 717 + 3515 m.
  CHECK(course.length_m() == Approx(7817.0).margin(10.0));
  CHECK(course.metres_of(WayKind::tunnel) == Approx(717.0).margin(30.0));
  CHECK(study.courses[1].stops[0].at_m == Approx(course.length_m() - 1500.0));

  const RouteFinding& found = study.report.routes[0];
  CHECK(found.service.size() == course.samples());
  CHECK(found.statistics.runs == 20);
  REQUIRE(found.weather.size() == 4);
  CHECK(found.weather[0].id == "clear");
  for (std::size_t i = 1; i < found.weather.size(); ++i)
    CHECK(found.weather[i].no_link_m + found.weather[i].shortage_m >=
          found.weather[0].no_link_m + found.weather[0].shortage_m);
  REQUIRE(found.latency);
  CHECK(found.latency->within_deadline <= 1.0);
  CHECK(found.latency->p50_s > 0.03);

  const test::TemporaryFolder out;
  write_outputs(out.path() / "r", planned, Language::en);
  const auto summary = nlohmann::json::parse(test::read_bytes(out.path() / "r" / "summary.json"));
  REQUIRE(summary["routes"].size() == 2);
  for (const char* key : {"id", "length_km", "gap_m", "gap_s", "handovers", "failure_rate", "outage_s_per_km",
                          "latency_p99_ms", "reliability_percent", "verdict"}) {
    INFO(key);
    CHECK(summary["routes"][0].contains(key));
  }
  for (const char* key : {"count", "failure_rate", "ping_pong_rate", "outage_s_per_km"})
    CHECK(summary["handover"].contains(key));
  for (const char* key : {"p50_ms", "p95_ms", "p99_ms", "reliability_percent"})
    CHECK(summary["latency"].contains(key));
  for (const char* name :
       {"routes.csv", "route_gaps.csv", "handovers.csv", "route_profile.csv", "route_weather.csv",
        "route_cells.csv", "route_latency.csv", "route_intersections.csv", "route_sheet_bus.html"}) {
    INFO(name);
    CHECK(std::filesystem::exists(out.path() / "r" / name));
  }
  const std::string page = test::read_bytes(out.path() / "r" / "report.html");
  CHECK(says(page, "Village bus"));
  CHECK(says(page, "Verdict"));
  CHECK(says(test::read_bytes(out.path() / "r" / "route_sheet_bus.html"), "School"));
}

TEST_CASE("the pages of a route are Japanese in Japanese") {
  RoutesWorld world;
  world.change("name = \"Village bus\"", "name = \"村営バス\"");
  world.change("name = \"School\"", "name = \"学校前\"");
  world.change("name = \"Crossing\"", "name = \"交差点\"");
  const Planned planned = run(load(world.scenario()));
  const auto& study = planned.studies.get<RoutesStudy>();
  const std::string sheet = route_sheet_html(study, "bus", planned.input, Language::ja);
  CHECK(says(sheet, "ルート別通信状況調書"));
  CHECK(says(sheet, "レベル4自動運転バスの遠隔監視"));
  for (const char* english :
       {"Verdict", "no link", "uplink", "Weather", "heavy_rain", "encoder", "transport", "assumption", "Route"}) {
    INFO(english);
    CHECK_FALSE(says(sheet, english));
  }
}

TEST_CASE("the same route gives the same figures for any number of threads") {
  const RoutesWorld world;
  const auto table = [&](int threads) {
    return test::csv_of_table(run(load(world.scenario(), {}, {.threads = threads}), {.threads = threads}),
                              "routes");
  };
  const std::string one = table(1);
  CHECK(one == table(3));
  CHECK(says(one, "bus"));
}

TEST_CASE("an added site closes the gap that the verdict named") {
  RoutesWorld world;
  // One mast in the far corner; a candidate in the middle of the way.
  test::write_text(
      world.file("sites.csv"),
      "site_id,lon,lat,status,tx_agl_m,antenna,power_dbm\nFar,138.745,35.255,existing,10,isotropic,10\n"
      "Mid,138.700,35.297,candidate,40,isotropic,43\n");
  test::write_text(world.file("way.geojson"), R"({"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"id":"1","tunnel":"no","bridge":"no"},"geometry":{"type":"LineString","coordinates":[[138.695,35.294],[138.706,35.3]]}}]})");
  world.change("name = \"School\"\nat_m = 1500", "name = \"School\"\nat_m = 500");
  world.change("at_m = 2500", "at_m = 800");
  const Planned before = run(load(world.scenario()));
  const RouteFinding& gap = before.studies.get<RoutesStudy>().report.routes[0];
  REQUIRE_FALSE(gap.gaps.empty());
  CHECK(gap.verdict == Verdict::no_link);
  REQUIRE(gap.mends[0].site_id == "Mid");
  CHECK(gap.mends[0].closed_share > 0.99);
  test::write_text(world.file("sites.csv"),
                   test::replaced(test::read_bytes(world.file("sites.csv")), "candidate", "existing"));
  const Planned after = run(load(world.scenario()));
  const RouteFinding& mended = after.studies.get<RoutesStudy>().report.routes[0];
  CHECK(mended.metres(Shortage::no_link) == 0.0);
  CHECK(mended.metres(Shortage::uplink) < 0.05 * before.studies.get<RoutesStudy>().courses[0].course.length_m());
}

TEST_CASE("equipment in the tunnel closes what the portals leave open") {
  RoutesWorld world;
  const auto in_tunnel = [&] {
    const Planned planned = run(load(world.scenario()));
    const auto& study = planned.studies.get<RoutesStudy>();
    double metres = 0.0;
    for (const CourseGap& gap : study.report.routes[0].gaps) metres += gap.in_tunnel ? gap.no_link_m : 0.0;
    return metres;
  };
  const double without = in_tunnel();
  CHECK(without > 100.0);
  world.change("[[route.stop]]",
               "[[route.tunnel_aid]]\nfrom_m = 3500\nto_m = 4400\nsite = \"A\"\nrsrp_dbm = -80\n"
               "fall_db_per_100m = 1.0\nsource = \"invented\"\n\n[[route.stop]]");
  CHECK(in_tunnel() < 0.2 * without);
}

TEST_CASE("what users write wrong about routes is told with its place") {
  const RoutesWorld world;
  CHECK(says(complaint(world, {{"routes.service", "\"level5\""}}), "level5"));
  const std::string trigger = complaint(world, {{"routes.handover.time_to_trigger_ms", "150"}});
  for (const char* legal : {"time_to_trigger_ms", "40", "64", "5120"}) {
    INFO(trigger);
    CHECK(says(trigger, legal));
  }
  CHECK(says(complaint(world, {{"routes.speed_kmh", "0"}}), "routes.speed_kmh"));
  {
    const RoutesWorld other;
    other.change("at_m = 1500", "at_m = 99000");
    CHECK(says(complaint(other), "beyond the route"));
  }
  {
    const RoutesWorld other;
    other.change("headway_min = 30", "first = \"9:70\"");
    CHECK(says(complaint(other), "is not a time of the day"));
  }
  {
    const RoutesWorld other;
    other.change("headway_min = 30", "first = \"19:00\"\nlast = \"07:00\"");
    CHECK(says(complaint(other), "before the first departure"));
  }
  {
    const RoutesWorld other;
    other.change("headway_min = 30", "headway_min = 0.4");
    CHECK(says(complaint(other),
               "the timetable overtakes itself: at School a vehicle stands 30 s, the next one comes after 24 s"));
  }
  {
    const RoutesWorld other;
    other.change("path = \"way.geojson\"", "path = \"way.geojson\"\nids = [\"1\", \"3\"]");
    CHECK(says(complaint(other), "m from there"));
  }
  {
    const RoutesWorld other;
    test::write_text(other.scenario(), std::string(SmallWorld::kScenario) + "[routes]\nruns = 5\n");
    CHECK(says(complaint(other), "there is no route"));
  }
  {
    const RoutesWorld other;
    test::write_text(other.file("way.geojson"), R"({"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"id":"1"},"geometry":{"type":"LineString","coordinates":[[138.66,35.26],[138.70,35.28]]}}]})");
    const PlanInput input = load(other.scenario()).input;
    const auto unknown = std::find_if(input.warnings.begin(), input.warnings.end(),
                                      [](const Warning& w) { return w.id == "route_tunnels_unknown"; });
    REQUIRE(unknown != input.warnings.end());
    CHECK(says(unknown->message, "they count as open ground"));
  }
}
