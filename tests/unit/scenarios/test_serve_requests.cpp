#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "scenarios/ask/compare/compare_files.hpp"
#include "scenarios/ask/explain.hpp"
#include "scenarios/serve/map_rasters.hpp"
#include "scenarios/serve/request_handler.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;

namespace asked {

using Json = nlohmann::json;

constexpr const char* kHost = "127.0.0.1:8710";

HttpRequest get(const std::string& path, std::map<std::string, std::string> query = {}) {
  return {.method = "GET", .path = path, .query = std::move(query), .headers = {{"host", kHost}}};
}

HttpRequest post(const std::string& path, const std::string& body) {
  return {.method = "POST",
          .path = path,
          .headers = {{"host", kHost},
                      {"origin", std::string("http://") + kHost},
                      {"content-type", "application/json"}},
          .body = body};
}

std::string code_of(const HttpResponse& response) {
  return Json::parse(response.body)["error"]["code"].get<std::string>();
}

std::string header(const HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

/// The small world behind a handler.
class Served {
 public:
  explicit Served(const ServeAccess& access = {.authorities = {kHost, "localhost:8710"}, .port = 8710})
      : session_(load(world_.scenario()), {}),
        handler_(session_,
                 {{"/", {"text/html; charset=utf-8", "<p>page</p>"}},
                  {"/assets/a.js", {"application/javascript", "1"}}},
                 access, world_.file("saved")) {}

  HttpResponse answer(const HttpRequest& request) { return handler_.answer(request); }
  Json json(const HttpRequest& request) { return Json::parse(answer(request).body); }
  void hold_against(std::shared_ptr<const Planned> other) { handler_.hold_against(std::move(other)); }
  [[nodiscard]] const PlanState& state() const { return *session_.base(); }
  [[nodiscard]] const SmallWorld& world() const { return world_; }

 private:
  SmallWorld world_{};
  PlanSession session_;
  RequestHandler handler_;
};

}  // namespace asked

TEST_CASE("nobody but the page of this address is answered") {
  asked::Served served;
  CHECK(served.answer(asked::get("/")).status == 200);
  for (const char* host : {"", "evil.example", "127.0.0.1", "127.0.0.1:8711", "evil.example:8710",
                           "127.0.0.1:8710.evil.example", "127.0.0.1:8710, evil"}) {
    INFO(host);
    HttpRequest request = asked::get("/api/plan");
    request.headers["host"] = host;
    CHECK(served.answer(request).status == 403);
  }
  for (const char* origin :
       {"http://evil.example", "https://127.0.0.1:8710", "null", "http://localhost:8710", ""}) {
    INFO(origin);
    HttpRequest request = asked::post("/api/undo", R"({"revision":0})");
    request.headers["origin"] = origin;
    CHECK(served.answer(request).status == 403);
  }
  HttpRequest crossed = asked::get("/api/plan");
  crossed.headers["sec-fetch-site"] = "cross-site";
  CHECK(served.answer(crossed).status == 403);
  crossed.path = "/";
  CHECK(served.answer(crossed).status == 200);
}

TEST_CASE("every answer carries the headers of safety") {
  asked::Served served;
  HttpRequest strange = asked::get("/");
  strange.headers["host"] = "evil.example";
  for (const HttpRequest& request : {asked::get("/"), asked::get("/api/plan"), asked::get("/nothing"), strange,
                                     asked::post("/api/edit", "{")}) {
    const HttpResponse response = served.answer(request);
    CHECK_THAT(asked::header(response, "Content-Security-Policy"), test::Contains("default-src 'none'"));
    CHECK_THAT(asked::header(response, "Content-Security-Policy"), !test::Contains("unsafe"));
    CHECK(asked::header(response, "X-Content-Type-Options") == "nosniff");
    CHECK(asked::header(response, "Access-Control-Allow-Origin").empty());
  }
}

TEST_CASE("only files of the page are served") {
  asked::Served served;
  CHECK(served.answer(asked::get("/assets/a.js")).body == "1");
  for (const char* path :
       {"/../../etc/passwd", "/assets/../../scenario.toml", "/scenario.toml", "//etc/passwd", "/assets/",
        "/assets/a.js/", "/api/raster/../../etc/passwd", "/api/layer/..", "/api/", "/%2e%2e/etc/passwd"}) {
    INFO(path);
    const int status = served.answer(asked::get(path)).status;
    CHECK((status == 404 || status == 422));
  }
}

TEST_CASE("changes come as JSON of a legal size, to where changes go") {
  asked::Served served;
  HttpRequest form = asked::post("/api/undo", R"({"revision":0})");
  form.headers["content-type"] = "application/x-www-form-urlencoded";
  CHECK(served.answer(form).status == 415);
  HttpRequest packed = asked::post("/api/undo", "");
  packed.headers["content-encoding"] = "gzip";
  CHECK(served.answer(packed).status == 415);
  HttpRequest announced = asked::post("/api/undo", "");
  announced.headers["content-length"] = "1073741824";
  CHECK(served.answer(announced).status == 413);
  CHECK(served.answer(asked::post("/api/edit", std::string(kMostBodyBytes + 1, ' '))).status == 413);
  CHECK(served.answer(asked::post("/api/plan", "{}")).status == 404);
  HttpRequest removal = asked::get("/api/plan");
  removal.method = "DELETE";
  CHECK(served.answer(removal).status == 405);
  std::string deep = R"({"revision":0,"edits":)";
  for (int i = 0; i < 10'000; ++i) deep += '[';
  for (const std::string& body : {std::string("{"), std::string("[]"), std::string("{}"),
                                  std::string(R"({"revision":"0"})"), std::string(R"({"revision":0})"), deep}) {
    CHECK(served.answer(asked::post("/api/edit", body)).status == 422);
  }
}

TEST_CASE("at another address a token is asked for") {
  asked::Served served({.authorities = {asked::kHost}, .port = 8710, .token = "0123456789abcdef"});
  CHECK(served.answer(asked::get("/")).status == 401);
  CHECK(served.answer(asked::get("/api/plan")).status == 401);
  CHECK(served.answer(asked::get("/", {{"token", "0123456789abcdeX"}})).status == 401);
  const HttpResponse enter = served.answer(asked::get("/", {{"token", "0123456789abcdef"}}));
  CHECK(enter.status == 303);
  CHECK_THAT(asked::header(enter, "Set-Cookie"), test::Contains("HttpOnly; SameSite=Strict"));
  HttpRequest known = asked::get("/api/plan");
  known.headers["cookie"] = "other=1; amaneku=0123456789abcdef";
  CHECK(served.answer(known).status == 200);
  HttpRequest bearer = asked::get("/api/plan");
  bearer.headers["authorization"] = "Bearer 0123456789abcdef";
  CHECK(served.answer(bearer).status == 200);
}

TEST_CASE("at every address of a machine its host is an address, not a name") {
  asked::Served served({.any_address = true, .port = 8710, .token = "t"});
  const auto status = [&](const char* host) {
    HttpRequest request = asked::get("/api/plan");
    request.headers["host"] = host;
    return served.answer(request).status;
  };
  CHECK(status("192.168.1.5:8710") == 401);
  CHECK(status("[fe80::1]:8710") == 401);
  CHECK(status("rebound.example:8710") == 403);
  CHECK(status("192.168.1.5") == 403);
  CHECK(status("1.2.3.4.evil:8710") == 403);
}

TEST_CASE("two pages that change one plan do not lose a change") {
  asked::Served served;
  const char* move = R"({"revision":0,"edits":[{"site":"A","lon":138.683,"lat":35.301}]})";
  const auto first = served.json(asked::post("/api/edit", move));
  CHECK(first["revision"] == 1);
  CHECK(first["can_undo"] == true);
  const HttpResponse second = served.answer(asked::post("/api/edit", move));
  CHECK(second.status == 409);
  CHECK(asked::code_of(second) == "stale");
  CHECK(served.answer(asked::get("/api/raster/rsrp_dbm", {{"revision", "0"}})).status == 409);
  CHECK(served.answer(asked::get("/api/raster/rsrp_dbm", {{"revision", "1"}})).status == 200);
  CHECK(served.json(asked::get("/api/state"))["revision"] == 1);
}

TEST_CASE("a plan is told with its figures before and after") {
  asked::Served served;
  const auto plan = served.json(asked::get("/api/plan"));
  CHECK(plan["crs"]["proj4"].get<std::string>().find("+proj=tmerc") != std::string::npos);
  CHECK(plan["grid"]["nx"] == served.state().plan->result.grid.nx);
  CHECK(plan["state"]["sites"].size() == 3);
  const auto state =
      served.json(asked::post("/api/edit", R"({"revision":0,"edits":[{"site":"A","existing":false}]})"));
  const auto& people = state["figures"]["population"];
  CHECK(people["covered_before"] == served.state().plan->result.statistics.population.covered);
  CHECK(people["covered"].get<double>() < people["covered_before"].get<double>());
}

TEST_CASE("a cell is explained as by the command") {
  asked::Served served;
  const Grid& grid = served.state().plan->result.grid;
  const auto& servers = served.state().plan->result.maps.best_server;
  int ix = 0;
  while (servers.at(ix, grid.ny / 2) < 0) ++ix;
  const LonLat at =
      Crs::from_text(served.state().plan->input.world.crs_id).to_lonlat(grid.centre(ix, grid.ny / 2));
  const std::string place = fmt::format("{:.9f},{:.9f}", at.lon_deg, at.lat_deg);
  write_outputs(served.world().file("out"), *served.state().plan, Language::en);
  const auto told = served.json(asked::get("/api/explain", {{"at", place}}));
  const auto command = asked::Json::parse(explanation_json(
      explain({.result = served.world().file("out"), .at = {at}, .scenario = served.world().scenario()})));
  CHECK(told["json"]["cells"][0]["server"] == command["cells"][0]["server"]);
  CHECK(told["json"]["cells"][0]["service"] == command["cells"][0]["service"]);
  CHECK_THAT(told["pictures"][0].get<std::string>(), test::Contains("<svg"));
  CHECK(served.answer(asked::get("/api/explain", {{"at", "10,50"}})).status == 422);
  CHECK(served.answer(asked::get("/api/explain", {{"at", "x"}})).status == 422);
}

TEST_CASE("tables are served as GeoJSON with the styles of QGIS") {
  asked::Served served;
  const auto layers = served.json(asked::get("/api/layers"));
  REQUIRE(layers.size() >= 3);
  for (const auto& layer : layers) {
    const auto geojson = served.json(asked::get("/api/layer/" + layer["id"].get<std::string>()));
    CHECK(geojson["type"] == "FeatureCollection");
    CHECK(geojson["features"].size() == layer["features"]);
    CHECK_THAT(layer["qml"].get<std::string>(), test::Contains("<renderer-v2"));
  }
  const auto sites = served.json(asked::get("/api/layer/sites"));
  CHECK(sites["features"][0]["geometry"]["coordinates"][0].get<double>() == Approx(138.69).margin(1e-6));
}

TEST_CASE("maps and tables are exported as a run writes them") {
  asked::Served served;
  const Planned& plan = *served.state().plan;
  write_outputs(served.world().file("out"), plan, Language::en);
  for (const char* map :
       {"rsrp_dbm", "sinr_db", "dl_mbps", "ul_mbps", "margin_db", "service_state", "best_server", "overlap"}) {
    INFO(map);
    const HttpResponse told = served.answer(asked::get("/api/export/" + std::string(map) + ".tif"));
    REQUIRE(told.status == 200);
    CHECK(told.type == "image/tiff");
    CHECK(told.body == test::read_bytes(served.world().file("out") / (std::string(map) + ".tif")));
    CHECK(std::count(told.headers.begin(), told.headers.end(),
                     std::pair<std::string, std::string>(
                         "Content-Disposition", "attachment; filename=\"" + std::string(map) + ".tif\"")) == 1);
  }
  const HttpResponse geojson = served.answer(asked::get("/api/export/sites.geojson"));
  CHECK(geojson.body == served.answer(asked::get("/api/layer/sites")).body);
  const HttpResponse kml = served.answer(asked::get("/api/export/municipalities.kml"));
  REQUIRE(kml.status == 200);
  CHECK_THAT(kml.body, test::Contains("<kml"));
  CHECK_THAT(kml.body, test::Contains("<Polygon>"));
  CHECK_THAT(kml.body, test::Contains("<Placemark><name>West</name>") && test::Contains("<fill>0</fill>"));
  const HttpResponse sites = served.answer(asked::get("/api/export/sites.kml", {{"lang", "ja"}}));
  REQUIRE(sites.status == 200);
  CHECK_THAT(sites.body,
             test::Contains("<name>Alpha – 計算対象</name>") && test::Contains("<color>ff005ed5</color>"));
  for (const char* wrong : {"rsrp_dbm", "rsrp_dbm.png", "nothing.tif", "second_dbm.tif", "sites.shp",
                            "nothing.kml", "..tif", ".tif", "../../etc/passwd", "sites.geojson/x"}) {
    INFO(wrong);
    CHECK(served.answer(asked::get("/api/export/" + std::string(wrong))).status == 422);
  }
  CHECK(served.answer(asked::get("/api/export/rsrp_dbm.tif", {{"revision", "7"}})).status == 409);
}

TEST_CASE("another plan stands beside the one that is served") {
  asked::Served served;
  const auto planned_with = [&](std::vector<std::pair<std::string, std::string>> settings) {
    return std::make_shared<const Planned>(
        run(load(served.world().scenario(), {.settings = std::move(settings)})));
  };
  // Its only site is the second one, whose sector has the number 0 there.
  const auto other = planned_with({{"site.A.status", "\"candidate\""}, {"scenario.name", "\"Without A\""}});
  const auto before = served.json(asked::get("/api/plan"));
  CHECK(before["against"].is_null());
  served.hold_against(other);
  const auto plan = served.json(asked::get("/api/plan"));
  CHECK(plan["against"] == "Without A");
  const auto& people = plan["state"]["figures"]["population"];
  CHECK(people["covered_before"] == other->result.statistics.population.covered);
  CHECK(people["covered"] == before["state"]["figures"]["population"]["covered"]);
  CHECK(people["covered"] > people["covered_before"]);
  for (const auto& site : plan["state"]["sites"]) CHECK(site["changed"] == false);
  const auto raster = [&](const std::string& id) {
    return served.answer(asked::get("/api/raster/" + id, {{"of", "base"}})).body;
  };
  CHECK(raster("rsrp_dbm") == float_bytes(other->result.maps.rsrp_dbm));
  CHECK(served.answer(asked::get("/api/raster/rsrp_dbm")).body ==
        float_bytes(served.state().plan->result.maps.rsrp_dbm));
  const std::string servers = raster("best_server");
  const auto& own = other->result.maps.best_server.values;
  REQUIRE(servers.size() == own.size() * sizeof(std::int16_t));
  const int of_b = static_cast<int>(served.state().plan->result.coverage.sectors.size()) - 1;
  REQUIRE(of_b > 0);
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    std::int16_t value = 0;
    std::memcpy(&value, &servers[i * sizeof value], sizeof value);
    if (value != (own[i] < 0 ? -1 : of_b)) ++wrong;
  }
  CHECK(wrong == 0);
  const std::string change = served.answer(asked::get("/api/raster/coverage_change")).body;
  CHECK(std::count(change.begin(), change.end(), static_cast<char>(CellChange::won)) > 100);
  // Tables too are of the plan that is asked for, in any order.
  const auto sites = [&](bool of_other) {
    return served
        .answer(of_other ? asked::get("/api/layer/sites", {{"of", "base"}}) : asked::get("/api/layer/sites"))
        .body;
  };
  const std::string of_this = sites(false);
  const std::string of_other = sites(true);
  CHECK(of_this != of_other);
  CHECK(of_other == sites(true));
  CHECK(of_this == sites(false));
  CHECK_THROWS_AS(served.hold_against(planned_with({{"scenario.grid_m", "120.0"}})), InputError);
}

TEST_CASE("a mesh code is a place") {
  asked::Served served;
  const auto mesh = served.json(asked::get("/api/mesh", {{"code", "53394611"}}));
  CHECK(mesh["level"] == 3);
  CHECK(mesh["west_deg"].get<double>() == Approx(139.7625));
  CHECK(mesh["south_deg"].get<double>() == Approx(35.675));
  for (const char* code : {"5339", "533946", "53394611", "533946114", "5339461142"})
    CHECK(served.answer(asked::get("/api/mesh", {{"code", code}})).status == 200);
  for (const char* code : {"", "5", "53398611", "5339461195", "5339-46", "x"})
    CHECK(served.answer(asked::get("/api/mesh", {{"code", code}})).status == 422);
}

TEST_CASE("the ground between two places is that of the plan") {
  asked::Served served;
  const auto profile = served.json(asked::get("/api/profile", {{"from", "138.69,35.29"}, {"to", "138.72,35.31"}}));
  const auto& ground = served.state().plan->input.world.ground.ground_asl_m;
  const Point from = Crs::from_text(served.state().plan->input.world.crs_id).to_plan({138.69, 35.29});
  CHECK(profile["ground_asl_m"][0].get<double>() == Approx(static_cast<double>(sample_bilinear(ground, from))));
  CHECK(profile["distance_m"].size() == profile["ground_asl_m"].size());
  CHECK(served.answer(asked::get("/api/profile", {{"from", "138.69,35.29"}, {"to", "138.69,35.29"}})).status ==
        422);
  CHECK(served.answer(asked::get("/api/profile", {{"from", "0,0"}, {"to", "138.69,35.29"}})).status == 422);
}
