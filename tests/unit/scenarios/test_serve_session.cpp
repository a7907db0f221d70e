#include <array>
#include <cstring>
#include <nlohmann/json.hpp>

#include "scenarios/serve/map_rasters.hpp"
#include "scenarios/serve/plan_session.hpp"
#include "scenarios/serve/saved_scenario.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;
namespace fs = std::filesystem;

namespace served {

using Settings = std::vector<std::pair<std::string, std::string>>;

template <class T>
bool same_bytes(const Raster<T>& a, const Raster<T>& b) {
  return a.grid == b.grid && a.values.size() == b.values.size() &&
         std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(T)) == 0;
}

constexpr std::array<const char*, 6> kTables = {"municipalities", "road_classes", "sites",
                                                "sectors",        "transmitters", "roads"};

/// Every map, and every figure of the tables that follow from them.
void require_same(const Planned& a, const Planned& b, std::size_t tables = kTables.size()) {
  const ServerMaps& maps = a.result.maps;
  const ServerMaps& others = b.result.maps;
  REQUIRE(same_bytes(maps.rsrp_dbm, others.rsrp_dbm));
  REQUIRE(same_bytes(maps.best_server, others.best_server));
  REQUIRE(same_bytes(maps.second_dbm, others.second_dbm));
  REQUIRE(same_bytes(maps.second_server, others.second_server));
  REQUIRE(same_bytes(maps.interference_dbm, others.interference_dbm));
  REQUIRE(same_bytes(maps.contenders, others.contenders));
  REQUIRE(a.result.service.has_value() == b.result.service.has_value());
  if (a.result.service) {
    REQUIRE(same_bytes(a.result.service->sinr_db, b.result.service->sinr_db));
    REQUIRE(same_bytes(a.result.service->dl_mbps, b.result.service->dl_mbps));
    REQUIRE(same_bytes(a.result.service->ul_mbps, b.result.service->ul_mbps));
    REQUIRE(same_bytes(a.result.service->state, b.result.service->state));
  }
  for (std::size_t i = 0; i < tables; ++i)
    CHECK(test::csv_of_table(a, kTables[i]) == test::csv_of_table(b, kTables[i]));
}

Planned from_scratch(const SmallWorld& world, const Settings& settings) {
  return run(load(world.scenario(), {.settings = settings}));
}

EditStep move_of(const std::string& site, LonLat to) {
  return {SiteEdit{.site = site, .position = to}};
}

}  // namespace served

TEST_CASE("a changed plan has the bytes of one that is planned from scratch") {
  SmallWorld world;
  const bool with_traffic = GENERATE(false, true);
  if (with_traffic) world.edit("[coverage]", "[traffic]\ngb_per_month_per_person = 30.0\n\n[coverage]");
  PlanSession session(load(world.scenario()), {});
  const Raster<float> before = session.base()->plan->result.maps.rsrp_dbm;

  SECTION("a site that was moved") {
    const auto state = session.edit(0, served::move_of("A", {138.683, 35.301}));
    served::require_same(*state->plan,
                         served::from_scratch(world, {{"site.A.lon", "138.683"}, {"site.A.lat", "35.301"}}));
    CHECK_FALSE(served::same_bytes(before, state->plan->result.maps.rsrp_dbm));
  }
  SECTION("another tilt, power and height") {
    const auto state = session.edit(
        0,
        {SiteEdit{.site = "A", .sector = "2", .values = {{"electrical_downtilt_deg", 7.5}, {"power_dbm", 37.0}}},
         SiteEdit{.site = "B", .values = {{"tx_agl_m", 44.0}, {"azimuth_deg", 123.0}}}});
    served::require_same(*state->plan, served::from_scratch(world, {{"site.A/2.electrical_downtilt_deg", "7.5"},
                                                                    {"site.A/2.power_dbm", "37.0"},
                                                                    {"site.B.tx_agl_m", "44.0"},
                                                                    {"site.B.azimuth_deg", "123.0"}}));
  }
  SECTION("one switched off, a candidate switched on") {
    const auto state =
        session.edit(0, {SiteEdit{.site = "A", .existing = false}, SiteEdit{.site = "C", .existing = true}});
    served::require_same(*state->plan, served::from_scratch(world, {{"site.A.status", "\"candidate\""},
                                                                    {"site.C.status", "\"existing\""}}));
  }
  SECTION("there and back, and there again") {
    const auto there = session.edit(0, served::move_of("B", {138.71, 35.30}));
    const auto back = session.undo(there->revision);
    CHECK(back->revision == 2);
    CHECK_FALSE(back->steps_done > 0);
    served::require_same(*back->plan, *session.base()->plan);
    served::require_same(*session.redo(back->revision)->plan, *there->plan);
  }
}

TEST_CASE("only what was changed is computed again") {
  const SmallWorld world;
  const Planned first = run(load(world.scenario()));
  // A loss that nothing could compute tells whether it was taken or made anew.
  PlanResult marked = first.result;
  for (TransmitterLoss& transmitter : marked.coverage.transmitters) transmitter.longest_computed_m = -7.0;
  PlanInput moved = first.input;
  moved.network.sites[1].position = {138.71, 35.30};
  moved.network.sites[1].at = Crs::from_text(moved.world.crs_id).to_plan(moved.network.sites[1].position);
  const PlanResult result = plan(moved, {.earlier = {{first.input, marked}}});
  for (const TransmitterLoss& transmitter : result.coverage.transmitters)
    CHECK((transmitter.longest_computed_m == -7.0) == (transmitter.site == 0));
}

TEST_CASE("an edit of a state that is past, or that is wrong, changes nothing") {
  const SmallWorld world;
  PlanSession session(load(world.scenario()), {});
  const auto state = session.edit(0, served::move_of("B", {138.71, 35.30}));
  CHECK_THROWS_AS(session.edit(0, served::move_of("A", {138.68, 35.30})), StaleRevision);
  CHECK_THROWS_AS(session.undo(0), StaleRevision);
  CHECK_THROWS_AS(session.edit(state->revision, served::move_of("nobody", {138.68, 35.30})), InputError);
  CHECK_THROWS_AS(session.edit(state->revision, served::move_of("A", {10.0, 50.0})), InputError);
  CHECK_THROWS_AS(session.edit(state->revision, {SiteEdit{.site = "A", .existing = false},
                                                 SiteEdit{.site = "B", .existing = false}}),
                  InputError);
  CHECK_THROWS_AS(session.redo(state->revision), InputError);
  CHECK(session.current()->revision == state->revision);
  CHECK(session.undo(state->revision)->steps_known == 1);
}

TEST_CASE("edits of a page are read in full or refused in full") {
  using Json = nlohmann::json;
  const EditStep step = parse_edits(Json::parse(
      R"([{"site":"A","lon":138.7,"lat":35.3,"existing":false},{"site":"B","sector":"1","values":{"power_dbm":41}}])"));
  REQUIRE(step.size() == 2);
  CHECK(step[0].position == LonLat{138.7, 35.3});
  CHECK(step[0].existing == false);
  CHECK(step[1].values.at("power_dbm") == 41.0);
  for (const char* wrong :
       {R"({})", R"([])", R"([1])", R"([{"lon":1}])", R"([{"site":7}])", R"([{"site":"A","lon":138.7}])",
        R"([{"site":"A","lon":999,"lat":0}])", R"([{"site":"A","existing":"yes"}])",
        R"([{"site":"A","values":{"freq_hz":1e9}}])", R"([{"site":"A","values":{"power_dbm":"41"}}])",
        R"([{"site":"A","values":{"electrical_downtilt_deg":1e9}}])", R"([{"site":"A","colour":"red"}])",
        R"([{"site":"N","like":"A"}])", "[{\"site\":\"A\\u0000\"}]"}) {
    INFO(wrong);
    CHECK_THROWS_AS(parse_edits(Json::parse(wrong)), InputError);
  }
}

TEST_CASE("a saved scenario plans the bytes of the page") {
  const SmallWorld world;
  PlanSession session(load(world.scenario()), {});
  session.edit(0, served::move_of("A", {138.6831234567, 35.3017654321}));
  session.edit(1, {SiteEdit{.site = "A", .sector = "2", .values = {{"mechanical_downtilt_deg", 3.25}}},
                   SiteEdit{.site = "C", .existing = true}});
  const auto state = session.edit(
      2, {SiteEdit{.site = "N1", .like = "A", .position = LonLat{138.66, 35.33}, .values = {{"tx_agl_m", 33.0}}}});
  const fs::path folder = save_scenario(*session.base(), *state, world.file("saved"), "with-n1");
  CHECK(folder == world.file("saved") / "with-n1");
  const Planned again = run(load(folder / "scenario.toml"));
  // Roads are named after their file, which is a copy there.
  served::require_same(again, *state->plan, served::kTables.size() - 1);
  CHECK(again.input.network.sites.back().id == "N1");
  CHECK(test::read_bytes(world.scenario()) == SmallWorld::kScenario);
  CHECK(test::read_bytes(world.file("sites.csv")) == SmallWorld::kSites);
}

TEST_CASE("a scenario is saved nowhere but in a new folder of the name") {
  const SmallWorld world;
  PlanSession session(load(world.scenario()), {});
  const fs::path home = world.file("saved");
  for (const char* name : {"", ".", "..", "../up", "a/b", "/tmp/x", "a b", "名", "x.toml"}) {
    INFO(name);
    CHECK_THROWS_AS(save_scenario(*session.base(), *session.base(), home, name), InputError);
  }
  CHECK_FALSE(fs::exists(home));
  (void)save_scenario(*session.base(), *session.base(), home, "once");
  CHECK_THROWS_AS(save_scenario(*session.base(), *session.base(), home, "once"), InputError);
}

TEST_CASE("a preview is near the map that follows it") {
  const SmallWorld world;
  PlanSession session(load(world.scenario()), {});
  const EditStep step = served::move_of("A", {138.683, 35.301});
  const CoarseMap preview = session.preview(0, step);
  CHECK(session.current()->revision == 0);
  const Raster<float> exact = session.edit(0, step)->plan->result.maps.rsrp_dbm;
  // The small world has fewer columns than a preview has at most: there is nothing to coarsen.
  REQUIRE(preview.rsrp_dbm.grid == exact.grid);
  CHECK(served::same_bytes(preview.rsrp_dbm, exact));
  // After an edit it starts from the new state.
  const CoarseMap next = session.preview(1, served::move_of("B", {138.71, 35.30}));
  CHECK(served::same_bytes(next.rsrp_dbm,
                           session.edit(1, served::move_of("B", {138.71, 35.30}))->plan->result.maps.rsrp_dbm));
}

TEST_CASE("maps of a page have the values of the plan") {
  const SmallWorld world;
  PlanSession session(load(world.scenario()), {});
  const Planned& base = *session.base()->plan;
  const auto state = session.edit(0, {SiteEdit{.site = "B", .existing = false}});
  const std::string rsrp = raster_bytes(*state->plan, base, "rsrp_dbm");
  const auto& values = state->plan->result.maps.rsrp_dbm.values;
  REQUIRE(rsrp.size() == values.size() * sizeof(float));
  CHECK(std::memcmp(rsrp.data(), values.data(), rsrp.size()) == 0);
  const std::string change = raster_bytes(*state->plan, base, "coverage_change");
  std::size_t lost = 0;
  std::size_t expected = 0;
  const double threshold = base.input.statistics.threshold_dbm;
  for (std::size_t i = 0; i < change.size(); ++i) {
    lost += change[i] == 3 ? 1U : 0U;
    const bool before = static_cast<double>(base.result.maps.rsrp_dbm.values[i]) >= threshold;
    const bool after = static_cast<double>(values[i]) >= threshold;
    expected += before && !after ? 1U : 0U;
  }
  CHECK(lost == expected);
  CHECK(lost > 0);
  CHECK_THROWS_AS(raster_bytes(*state->plan, base, "../../etc/passwd"), InputError);
  for (const auto& map : raster_list(*state->plan, Language::en)) {
    INFO(map["id"]);
    CHECK_FALSE(raster_bytes(*state->plan, base, map["id"].get<std::string>()).empty());
    CHECK_FALSE(map["classes"].empty());
  }
}
