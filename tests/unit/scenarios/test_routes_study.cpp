// [[route]]: reading, what is found on a small world, every output, both languages, and what users get wrong.
#include <algorithm>
#include <array>
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
  const std::string sheet = route_sheet_html(study, "bus", planned.input, planned.result, Language::ja);
  CHECK(says(sheet, "ルート別通信状況調書"));
  CHECK(says(sheet, "レベル4自動運転バスの遠隔監視"));
  for (const char* english : {"Verdict", "no link", "uplink", "Weather", "heavy_rain", "encoder", "transport",
                              "assumption", "Route", "published", "change of"}) {
    INFO(english);
    CHECK_FALSE(says(sheet, english));
  }
}

TEST_CASE("the first page of a route sheet has its longest gaps, the annex all") {
  const RoutesWorld world;
  const Planned planned = run(load(world.scenario()));
  RoutesStudy study = planned.studies.get<RoutesStudy>();
  RouteFinding& found = study.report.routes.front();
  found.gaps.clear();
  for (int k = 0; k < 12; ++k) {
    const double from_m = 100.0 * k;
    found.gaps.push_back({.shortage = Shortage::no_link,
                          .from_m = from_m,
                          .to_m = from_m + 10.0 + k,
                          .seconds = 1.0,
                          .no_link_m = 5.0});
  }
  found.mends.assign(12, {});
  const std::string sheet = route_sheet_html(study, "bus", planned.input, planned.result, Language::en);
  const std::size_t cut = sheet.find("class=\"annex\"");
  REQUIRE(cut != std::string::npos);
  const std::string page = sheet.substr(0, cut);
  const std::string annex = sheet.substr(cut);
  CHECK(says(page, "The 8 longest of 12"));
  CHECK(says(page, "400–414"));
  CHECK(says(page, "1,100–1,121"));
  CHECK_FALSE(says(page, "300–313"));
  CHECK(says(annex, "300 – 313"));
  CHECK(says(annex, "1,100 – 1,121"));
  CHECK(says(annex, "heavy rain (80 mm/h)"));
  CHECK(says(annex, "encoder"));
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

TEST_CASE("line of sight along a route: behind a ridge there is none, and shadows have their own sigma there") {
  RoutesWorld world;
  // A plain at 300 m with a ridge of 60 m from 100 m west to 150 m east of 138.70 E; the mast stands 0.91 km west
  // of there, and the road runs along the parallel from 2.73 km west to 2.73 km east of it.
  for (int iy = 0; iy < 300; ++iy) {
    for (int ix = 0; ix < 300; ++ix) world.ground().at(ix, iy) = ix >= 148 && ix < 153 ? 360.0F : 300.0F;
  }
  world.write_dem();
  const auto mast = [&](const char* power_dbm) {
    test::write_text(
        world.file("sites.csv"),
        std::string("site_id,lon,lat,status,tx_agl_m,antenna,power_dbm,technology,freq_hz,bandwidth_hz\n"
                    "West,138.690,35.300,existing,40,isotropic,") +
            power_dbm + ",lte_b3,1.8e9,20e6\n");
  };
  test::write_text(world.file("way.geojson"), R"({"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"id":"1","tunnel":"no","bridge":"no"},"geometry":{"type":"LineString","coordinates":[[138.67,35.3],[138.73,35.3]]}}]})");
  world.change("spacing_m = 50", "spacing_m = 20");
  const auto route = [&](const Settings& settings) { return run(load(world.scenario(), {.settings = settings})); };
  constexpr double kLastInSight_m = 2500.0;
  constexpr double kFirstHidden_m = 2850.0;

  mast("60");
  const Planned strong = route({});
  const RouteFinding found = strong.studies.get<RoutesStudy>().report.routes[0];
  for (std::size_t i = 0; i < found.service.size(); ++i) {
    INFO(i);
    REQUIRE(found.service[i].cell == 0);
    const double at_m = found.step_m * static_cast<double>(i);
    if (at_m < kLastInSight_m) REQUIRE(found.service[i].in_sight);
    if (at_m > kFirstHidden_m) REQUIRE_FALSE(found.service[i].in_sight);
  }
  // Up to the ridge's edge 834 m from the mast, which stands 20 m below its top, and on the top, 2.5 m above it,
  // as far as 834 m x 22.5 / 20 = 938 m: 2755 of 5452 m. Terrain has cells of 100 m.
  CHECK(found.in_sight_share() == Approx(2755.0 / 5452.0).margin(50.0 / 5452.0));
  const Table* profile = nullptr;
  const std::vector<Table> tables = all_tables(strong);
  for (const Table& table : tables) profile = table.name == "route_profile" ? &table : profile;
  REQUIRE(profile != nullptr);
  const std::size_t direction = profile->column("direction");
  const std::size_t at_m = profile->column("at_m");
  const std::size_t line_of_sight = profile->column("line_of_sight");
  std::size_t rows = 0;
  for (const auto& row : profile->rows) {
    if (std::get<std::string>(row[direction]) != "there") continue;
    const double metre = std::get<double>(row[at_m]);
    const auto seen = std::get<std::int64_t>(row[line_of_sight]);
    INFO(metre);
    if (metre < kLastInSight_m) CHECK(seen == 1);
    if (metre > kFirstHidden_m) CHECK(seen == 0);
    ++rows;
  }
  CHECK(rows > 500);

  // So weak that a shadow of 8 dB takes the link away now and then at the begin of the way, which is in sight.
  mast("8");
  const auto now_and_then = [&](const char* sight_db, const char* hidden_db) {
    const Planned planned =
        route({{"routes.shadow_sigma_sight_db", sight_db}, {"routes.shadow_sigma_db", hidden_db}});
    const RouteFinding& of = planned.studies.get<RoutesStudy>().report.routes[0];
    const auto last = static_cast<std::ptrdiff_t>(kLastInSight_m / of.step_m);
    const auto& share = of.statistics.share_without_link;
    return std::count_if(share.begin(), share.begin() + last,
                         [](float of_drives) { return of_drives > 0.0F && of_drives < 1.0F; });
  };
  CHECK(now_and_then("0", "8") == 0);
  CHECK(now_and_then("8", "0") > 50);
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

TEST_CASE("a second modem by its figures stands beside the first, in every output") {
  RoutesWorld world;
  world.change("[[route]]",
               "[routes.second_modem]\nname = \"Satellite\"\navailability_percent = 90\noutage_s = 5\n"
               "delay_ms = 40\nul_mbps = 20\ndl_mbps = 100\nin_tunnels = true\nswitch_ms = 0\n\n[[route]]");
  const Planned planned = run(load(world.scenario()));
  const auto& study = planned.studies.get<RoutesStudy>();
  const RouteFinding& found = study.report.routes[0];
  REQUIRE(found.modems);
  const auto& [first, second, selection, duplication] = *found.modems;
  CHECK(first.no_link_m == found.metres(Shortage::no_link));
  CHECK(first.no_link_m > 100.0);  // the tunnel
  CHECK(first.in_time == Approx(found.in_time()).epsilon(1e-9));
  CHECK(second.no_link_m == 0.0);
  CHECK(selection.no_link_m == 0.0);
  // Independent: shares multiply. 20 drives; the interval is that of the estimate.
  CHECK(second.outages.share.low <= 0.1);
  CHECK(second.outages.share.high >= 0.1);
  CHECK(duplication.outages.share.low <= 0.1 * first.outages.share.value);
  CHECK(duplication.outages.share.high >= 0.1 * first.outages.share.value);
  CHECK(second.in_time <= 0.9);
  CHECK(duplication.in_time >= selection.in_time);
  CHECK(selection.in_time > first.in_time);
  CHECK(duplication.in_time < 1.0);  // in the tunnel, a tenth of the time

  const test::TemporaryFolder out;
  write_outputs(out.path() / "r", planned, Language::en);
  const auto summary = nlohmann::json::parse(test::read_bytes(out.path() / "r" / "summary.json"));
  REQUIRE(summary["route_modems"].size() == 8);
  CHECK(summary["route_modems"][3]["modem"] == "duplication");
  CHECK(says(test::read_bytes(out.path() / "r" / "report.html"), "Satellite"));
  CHECK(says(test::read_bytes(out.path() / "r" / "route_sheet_bus.html"), "both, duplication"));
  const std::string sheet = route_sheet_html(study, "bus", planned.input, planned.result, Language::ja);
  CHECK(says(sheet, "両回線（並列方式）"));
  for (const char* english : {"duplication", "Selection", "modem"}) CHECK_FALSE(says(sheet, english));
  RoutesStudy nameless = study;
  nameless.options.second->name.clear();
  CHECK(says(route_sheet_html(nameless, "bus", planned.input, planned.result, Language::ja),
             "第 2 回線: 名称未設定の回線。"));
  CHECK(says(route_sheet_html(nameless, "bus", planned.input, planned.result, Language::en),
             "second: a link without a name."));
}

TEST_CASE("a second modem on another operator's network is out where that has no site") {
  RoutesWorld world;
  test::write_text(
      world.file("sites.csv"),
      "site_id,operator,lon,lat,status,tx_agl_m,antenna,power_dbm\n"
      "West,own,138.665,35.265,existing,40,isotropic,43\nEast,public,138.718,35.309,existing,40,isotropic,43\n");
  world.change("[[route]]", "[routes.second_modem]\noperator = \"public\"\n\n[[route]]");
  const Planned planned = run(load(world.scenario(), {.settings = {{"routes.operator", "\"own\""}}}));
  const RouteFinding& found = planned.studies.get<RoutesStudy>().report.routes[0];
  for (const SampleService& here : found.service) {
    if (here.cell >= 0) REQUIRE(found.sectors[static_cast<std::size_t>(here.cell)] == 0);
  }
  REQUIRE(found.modems);
  const auto& [first, second, selection, duplication] = *found.modems;
  CHECK(selection.no_link_m < first.no_link_m);
  CHECK(selection.no_link_m < second.no_link_m);
  CHECK(duplication.outages.share.value < first.outages.share.value);
  CHECK(duplication.outages.share.value <= selection.outages.share.value);
  CHECK(selection.in_time <= duplication.in_time);
  CHECK(std::max(first.in_time, second.in_time) < selection.in_time);

  CHECK(says(complaint(world), "name another one in routes.operator"));
  CHECK(says(complaint(world, {{"routes.operator", "\"nobody\""}}), "no existing site is this operator's"));
  world.change("operator = \"public\"", "availability_percent = 99\noutage_s = 1\ndelay_ms = 40\nul_mbps = 9");
  CHECK(says(complaint(world), "routes.second_modem.dl_mbps: must be stated with availability_percent"));
  world.change("availability_percent = 99", "");
  CHECK(says(complaint(world), "give operator, or availability_percent"));
}

TEST_CASE("a way back against a one-way road is told with its length") {
  const RoutesWorld world;
  test::write_text(world.file("way.geojson"), R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"1","tunnel":"no","bridge":"no","oneway":"yes"},
 "geometry":{"type":"LineString","coordinates":[[138.66,35.26],[138.69,35.28]]}},
{"type":"Feature","properties":{"id":"2","tunnel":"no","bridge":"no","oneway":"-1"},
 "geometry":{"type":"LineString","coordinates":[[138.72,35.28],[138.69,35.28]]}},
{"type":"Feature","properties":{"id":"3","tunnel":"no","bridge":"no","oneway":"no"},
 "geometry":{"type":"LineString","coordinates":[[138.72,35.28],[138.73,35.28]]}}]})");
  const auto warning = [&] {
    const PlanInput input = load(world.scenario()).input;
    const auto found = std::find_if(input.warnings.begin(), input.warnings.end(),
                                    [](const Warning& w) { return w.id == "route_against_one_way"; });
    return found == input.warnings.end() ? std::string() : found->message;
  };
  // By hand, with 90.87 km and 110.94 km in a degree: 3512 + 2726 m.
  CHECK(says(warning(), "0.0 km there and 6.2 km back"));
  world.change("headway_min = 30", "headway_min = 30\nreversed = true\nboth_ways = false");
  CHECK(says(warning(), "6.2 km there and 0.0 km back"));
  world.change("reversed = true\n", "");
  CHECK(warning().empty());
}

TEST_CASE("a non-stand-alone network: secondary cells carry the data where the anchor has added one") {
  const RoutesWorld world;
  test::write_text(world.file("sites.csv"),
                   "site_id,lon,lat,status,tx_agl_m,antenna,power_dbm,technology,freq_hz,bandwidth_hz\n"
                   "Anchor,138.690,35.287,existing,40,isotropic,46,lte_b3,1.8e9,20e6\n"
                   "Small,138.665,35.265,existing,15,isotropic,30,nr_n77,3.7e9,100e6\n");
  const Planned alone = run(load(world.scenario()));
  CHECK_FALSE(alone.studies.get<RoutesStudy>().report.routes[0].secondary);
  world.change("[[route]]",
               "[routes.secondary_cells]\ntechnology = \"nr_n77\"\nb1_threshold_dbm = -100\n\n[[route]]");
  const Planned planned = run(load(world.scenario()));
  const RoutesStudy& study = planned.studies.get<RoutesStudy>();
  const RouteFinding& found = study.report.routes[0];
  REQUIRE(found.secondary);
  CHECK(found.secondary->with_m > 100.0);
  CHECK(found.secondary->with_m < 5000.0);
  CHECK(found.link.run.handovers.empty());  // one anchor
  const auto served_by = [&](const char* site) {
    return std::count_if(found.service.begin(), found.service.end(), [&](const SampleService& here) {
      if (here.cell < 0) return false;
      const auto sector = static_cast<std::size_t>(found.sectors[static_cast<std::size_t>(here.cell)]);
      const auto index = static_cast<std::size_t>(planned.result.coverage.sectors[sector].site);
      return planned.input.network.sites[index].id == site;
    });
  };
  // Where it is there and carries nothing, the anchor does.
  CHECK(5.0 * static_cast<double>(served_by("Small")) <= found.secondary->with_m);
  CHECK(5.0 * static_cast<double>(served_by("Small")) > 0.5 * found.secondary->with_m);
  CHECK(served_by("Anchor") > 0);

  const test::TemporaryFolder out;
  write_outputs(out.path() / "r", planned, Language::en);
  const auto summary = nlohmann::json::parse(test::read_bytes(out.path() / "r" / "summary.json"));
  REQUIRE(summary["route_secondary"].size() == 2);
  CHECK(says(test::read_bytes(out.path() / "r" / "report.html"), "Non-stand-alone network"));
  const std::string sheet = route_sheet_html(study, "bus", planned.input, planned.result, Language::ja);
  CHECK(says(sheet, "ノンスタンドアローン（NSA）構成"));
  CHECK_FALSE(says(sheet, "secondary"));

  // The second network has cells of that technology only: none of them is an anchor.
  const auto second_without_link = [&](const char* public_anchor) {
    const RoutesWorld pair;
    test::write_text(pair.file("sites.csv"),
                     std::string("site_id,operator,lon,lat,status,tx_agl_m,antenna,power_dbm,technology,freq_hz,"
                                 "bandwidth_hz\n"
                                 "Anchor,own,138.690,35.287,existing,40,isotropic,46,lte_b3,1.8e9,20e6\n"
                                 "Small,own,138.665,35.265,existing,15,isotropic,30,nr_n77,3.7e9,100e6\n"
                                 "Public,public,138.690,35.287,existing,40,isotropic,46,nr_n77,3.7e9,100e6\n") +
                         public_anchor);
    pair.change("[[route]]",
                "[routes.secondary_cells]\ntechnology = \"nr_n77\"\n\n[routes.second_modem]\n"
                "operator = \"public\"\n\n[[route]]");
    const Planned both = run(load(pair.scenario(), {.settings = {{"routes.operator", "\"own\""}}}));
    const RoutesStudy& modems = both.studies.get<RoutesStudy>();
    REQUIRE(modems.report.routes[0].modems);
    return (*modems.report.routes[0].modems)[1].no_link_m / modems.courses[0].course.length_m();
  };
  CHECK(second_without_link("") == Approx(1.0).margin(0.01));
  CHECK(second_without_link("Mast,public,138.690,35.287,existing,40,isotropic,46,lte_b3,1.8e9,20e6\n") < 0.9);

  const std::string key = "routes.secondary_cells.";
  CHECK(says(complaint(world, {{key + "technology", "\"nr_n78\""}}), "lte_b3, nr_n77"));
  CHECK(says(complaint(world, {{key + "b1_threshold_dbm", "150"}}), key + "b1_threshold_dbm = 150"));
  CHECK(says(complaint(world, {{key + "addition", "\"soon\""}}), "nsa_scg_addition_mid"));
  CHECK(says(complaint(world, {{key + "change", "\"soon\""}}), "nsa_scg_modification_mid"));
  CHECK(says(complaint(world, {{key + "change", "\"soon\""}}), key + "change"));
  test::write_text(world.file("sites.csv"),
                   "site_id,lon,lat,status,tx_agl_m,antenna,power_dbm,technology,freq_hz,bandwidth_hz\n"
                   "Small,138.665,35.265,existing,15,isotropic,30,nr_n77,3.7e9,100e6\n");
  CHECK(says(complaint(world), "there is no other technology for the anchors"));
}

TEST_CASE("every key of a second modem has its range, and none goes unread") {
  const RoutesWorld world;
  world.change("[[route]]",
               "[routes.second_modem]\navailability_percent = 99\noutage_s = 1\ndelay_ms = 40\nul_mbps = 9\n"
               "dl_mbps = 9\n\n[[route]]");
  CHECK(complaint(world).empty());
  const std::vector<std::array<const char*, 3>> wrong = {{"availability_percent", "100.1", "0 .. 100"},
                                                         {"outage_s", "0", "0.05 .. 86400"},
                                                         {"delay_ms", "-1", "0 .. 10000"},
                                                         {"spread_ms", "-1", "0 .. 10000"},
                                                         {"ul_mbps", "-1", "0 .. 100000"},
                                                         {"dl_mbps", "-1", "0 .. 100000"},
                                                         {"switch_ms", "-1", "0 .. 60000"}};
  for (const auto& [key, value, legal] : wrong) {
    const std::string message = complaint(world, {{"routes.second_modem." + std::string(key), value}});
    INFO(message);
    CHECK(says(message, "routes.second_modem." + std::string(key) + " = " + value));
    CHECK(says(message, legal));
  }
  CHECK(says(complaint(world, {{"routes.second_modem.in_tunnels", "\"yes\""}}), "in_tunnels"));
  CHECK(says(complaint(world, {{"routes.second_modem.orbit", "1"}}), "orbit"));
  CHECK(says(complaint(world, {{"routes.shadow_sigma_sight_db", "-1"}}), "0 .. 20"));
  world.change("availability_percent = 99", "operator = \"public\"");
  CHECK(says(complaint(world), "routes.second_modem.outage_s = 1: belongs to availability_percent"));
}

TEST_CASE("a route that leaves the plan is told of, one that never enters it refused") {
  const RoutesWorld world;
  const auto way = [&](const char* coordinates) {
    test::write_text(world.file("way.geojson"), std::string(R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"1","tunnel":"no","bridge":"no"},"geometry":{"type":"LineString","coordinates":)") +
                                                    coordinates + "}}]}");
  };
  way("[[139.66,35.26],[139.70,35.28]]");
  CHECK(says(complaint(world), "the route lies outside the area"));
  way("[[138.70,35.28],[138.80,35.28]]");
  const PlanInput input = load(world.scenario()).input;
  const auto outside = std::find_if(input.warnings.begin(), input.warnings.end(),
                                    [](const Warning& w) { return w.id == "route_outside_area"; });
  REQUIRE(outside != input.warnings.end());
  CHECK(says(outside->message, "km lie outside the area: nothing is known of them"));
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
    other.change("headway_min = 30", "headway_min = 30\nspeed_kmh = 0");
    CHECK(says(complaint(other), "speed_kmh = 0"));
  }
  {
    const RoutesWorld other;
    test::write_text(other.file("way.geojson"), R"({"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"id":"1"},"geometry":{"type":"LineString","coordinates":[[138.66,35.26],[138.66,35.26]]}}]})");
    CHECK_FALSE(complaint(other).empty());
    INFO(complaint(other));
    CHECK(says(complaint(other), "length"));
  }
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
