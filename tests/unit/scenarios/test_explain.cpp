#include "scenarios/ask/explain.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/result/plan_tables.hpp"
#include "libsim/result/result_io.hpp"
#include "scenarios/read/scenario.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

/// The small world, planned.
class ExplainedWorld {
 public:
  explicit ExplainedWorld(const std::vector<std::pair<std::string, std::string>>& settings = {}) {
    input_ = load(world_.scenario(), {.settings = settings}).input;
    result_ = plan(input_);
    write_result(file(), input_, result_, plan_tables(input_, result_));
  }
  [[nodiscard]] fs::path file() const { return world_.file("result.h5"); }
  [[nodiscard]] const SmallWorld& world() const noexcept { return world_; }
  [[nodiscard]] const PlanResult& result() const noexcept { return result_; }

  /// n places all over the plan that have a server and a second one.
  [[nodiscard]] std::vector<LonLat> served(std::size_t n) const {
    const Crs crs = Crs::from_text(input_.world.crs_id);
    const Grid& grid = result_.grid;
    std::vector<LonLat> places;
    for (int i = 0; places.size() < n && i < 5000; ++i) {
      const int ix = (17 + 61 * i) % grid.nx;
      const int iy = (5 + 37 * i) % grid.ny;
      if (result_.maps.second_server.at(ix, iy) >= 0) places.push_back(crs.to_lonlat(grid.centre(ix, iy)));
    }
    return places;
  }
  [[nodiscard]] std::string refusal(const ExplainRequest& request) const {
    try {
      (void)explain(request);
    } catch (const InputError& error) {
      return error.what();
    }
    return "not refused";
  }

 private:
  SmallWorld world_{};
  PlanInput input_{};
  PlanResult result_{};
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the terms of ten cells add up to the received power of the result") {
  using Settings = std::vector<std::pair<std::string, std::string>>;
  for (const Settings& settings :
       {Settings{}, Settings{{"propagation.model", "p1812"}, {"receiver.building_loss_db", "12.5"}},
        Settings{{"propagation.model", "itm"}, {"coverage.engine", "exact"}},
        Settings{{"propagation.model", "p452"},
                 {"propagation.added_loss", "[{model=\"p676\"}, {model=\"p2108\"}]"}}}) {
    const ExplainedWorld planned(settings);
    const std::vector<LonLat> places = planned.served(10);
    REQUIRE(places.size() == 10);
    const Json told = Json::parse(explanation_json(explain({.result = planned.file(), .at = places})));
    REQUIRE(told["cells"].size() == 10);
    for (const Json& cell : told["cells"]) {
      const auto map_dbm =
          static_cast<double>(planned.result().maps.rsrp_dbm.at(cell["ix"].get<int>(), cell["iy"].get<int>()));
      const Json& service = cell["service"];
      CHECK(service["agrees"] == true);
      // Every number between RSRP and SINR: noise and interference add up in milliwatts.
      const auto milliwatts = [&](const char* key) {
        return service[key].is_null() ? 0.0 : std::pow(10.0, 0.1 * service[key].get<double>());
      };
      CHECK(service["rsrp_dbm"].get<double>() + service["location_margin_db"].get<double>() -
                10.0 * std::log10(milliwatts("noise_dbm") + milliwatts("interference_dbm")) ==
            Approx(service["map_sinr_db"].get<double>()).margin(kAgrees_db));
      for (const char* rank : {"server", "second"}) {
        const Json& server = cell[rank];
        double sum = 0.0;
        for (const auto& [name, value] : server["budget"].items()) sum += value.get<double>();
        INFO(server.dump(2));
        CHECK(sum == Approx(server["map_rsrp_dbm"].get<double>()).margin(kAgrees_db));
        CHECK(server["agrees"] == true);
        double loss_db = server["path_loss"]["loss_db"].get<double>();
        for (const Json& added : server["added_losses"]) loss_db += added["loss_db"].get<double>();
        CHECK(loss_db == Approx(-server["budget"]["path_loss_db"].get<double>()).margin(kAgrees_db));
      }
      CHECK(cell["server"]["map_rsrp_dbm"].get<double>() == Approx(map_dbm).margin(1e-9));
      CHECK(cell["server"]["map_rsrp_dbm"].get<double>() >= cell["second"]["map_rsrp_dbm"].get<double>());
    }
  }
}

TEST_CASE("an explanation names server, model, mode, obstacle and both powers") {
  const ExplainedWorld planned;
  const std::string text = explanation_text(explain({.result = planned.file(), .at = planned.served(60)}));
  INFO(text);
  for (const char* part : {"served by A/1 Alpha: ", "second: ", "model p526, mode ", "free_space_db",
                           "tx_gain_dbi", "sum_rsrp_dbm", "map_rsrp_dbm", "line of sight; nearest to it: ",
                           "obstructed; deciding obstacle: ", "Bullington point: ", "of the zone is free there"}) {
    INFO(part);
    CHECK(contains(text, part));
  }
  CHECK_FALSE(contains(text, "DIFFERS"));
}

TEST_CASE("an explanation names the SSB beam of an array") {
  const std::vector<std::pair<std::string, std::string>> settings = {
      {"antennas.panel", "{type=\"array38901\", rows=8, columns=4, gain_dbi=5, beam_azimuths_deg=[-30, 0, 30]}"}};
  const ExplainedWorld planned(settings);
  const Explanation told = explain({.result = planned.file(), .at = planned.served(5)});
  CHECK(contains(explanation_text(told), "SSB beam: azimuth "));
  const Json answer = Json::parse(explanation_json(told));
  for (const Json& cell : answer["cells"]) {
    const Json& server = cell["server"];
    CHECK(server["agrees"] == true);
    CHECK(server["traffic_gain_dbi"].get<double>() >= server["budget"]["tx_gain_dbi"].get<double>() - 1e-9);
    CHECK(std::abs(server["ssb_beam"]["azimuth_deg"].get<double>()) <= 30.0);
  }
}

TEST_CASE("places outside the plan and cells without a server are refused together, with the reason") {
  SmallWorld world;
  world.edit("radius_m = 4000.0", "radius_m = 2000.0");
  for (int i = 0; i < 40; ++i) world.ground().at(210 + i % 5, 120 + i / 5) = kNoData;
  world.write_dem();
  const PlanInput input = load(world.scenario()).input;
  const PlanResult result = plan(input);
  write_result(world.file("result.h5"), input, result, plan_tables(input, result));
  const Crs crs = Crs::from_text(input.world.crs_id);
  const Grid& grid = result.grid;
  LonLat far{};
  LonLat hole{};
  LonLat behind{};
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      if (result.maps.best_server.at(ix, iy) >= 0) continue;
      const Point at = grid.centre(ix, iy);
      double nearest_m = 1e9;
      for (const Site& site : input.network.sites) {
        if (site.existing) nearest_m = std::min(nearest_m, distance_m(site.at, at));
      }
      const bool ground = !std::isnan(input.world.ground.ground_asl_m.at(ix, iy));
      if (!ground) hole = crs.to_lonlat(at);
      if (ground && nearest_m > 2000.0) far = crs.to_lonlat(at);
      if (ground && nearest_m < 2000.0) behind = crs.to_lonlat(at);
    }
  }
  REQUIRE(hole.lon_deg > 0.0);
  REQUIRE(far.lon_deg > 0.0);
  REQUIRE(behind.lon_deg > 0.0);
  try {
    (void)explain({.result = world.file("result.h5"), .at = {{130.0, 35.0}, far, hole, behind, {138.70, 35.30}}});
    FAIL("not refused");
  } catch (const InputError& error) {
    REQUIRE(error.faults().size() == 4);
    CHECK(contains(error.faults()[0].text(), "--at = 130,35: lies outside the plan (legal: lon 138."));
    CHECK(contains(error.faults()[1].text(), "beyond coverage.radius_m (2 km)"));
    CHECK(contains(error.faults()[2].text(), "the cell is a void of the elevation data"));
    CHECK(contains(error.faults()[3].text(), "crosses missing terrain"));
  }
}

TEST_CASE("inputs that have changed are refused by name, and so is a scenario that is gone") {
  const ExplainedWorld planned;
  const ExplainRequest request{.result = planned.file(), .at = planned.served(1)};
  CHECK(explain(request).cells.size() == 1);
  const std::string sites = test::read_bytes(planned.world().file("sites.csv"));
  test::write_text(planned.world().file("sites.csv"), test::replaced(sites, ",0\nA", ",5\nA"));
  CHECK(contains(planned.refusal(request), "sites.csv: has changed (SHA-256) since the result was made"));
  test::write_text(planned.world().file("sites.csv"), sites);
  CHECK(explain(request).cells.size() == 1);

  // Under another name the same scenario will do, another one will not.
  const fs::path moved = planned.world().file("moved.toml");
  fs::rename(planned.world().scenario(), moved);
  CHECK(contains(planned.refusal(request), "which is not there: say where it is with --scenario FILE"));
  ExplainRequest with_scenario = request;
  with_scenario.scenario = moved;
  CHECK(explain(with_scenario).cells.size() == 1);
  test::write_text(moved, test::replaced(test::read_bytes(moved), "gain_dbi = 15.0", "gain_dbi = 16.0"));
  CHECK(contains(planned.refusal(with_scenario), "moved.toml: has changed since the result was made"));
}

TEST_CASE("what --set changed in the run is changed again") {
  const ExplainedWorld planned({{"receiver.body_loss_db", "4"}, {"coverage.radius_m", "3500"}});
  const Explanation told = explain({.result = planned.file(), .at = planned.served(1)});
  CHECK(told.cells.at(0).server.cell.budget.body_loss.value == 4.0);
  CHECK(told.cells.at(0).server.agrees());
}

TEST_CASE("a difference to the result is said") {
  const ExplainedWorld planned;
  Explanation told = explain({.result = planned.file(), .at = planned.served(1)});
  told.cells[0].server.map_dbm += 0.5;
  CHECK(contains(explanation_text(told), "DIFFERS by -0.500 dB"));
  CHECK(Json::parse(explanation_json(told))["cells"][0]["server"]["agrees"] == false);
}

TEST_CASE("a file of another format is no result") {
  const ExplainedWorld planned;
  CHECK(contains(planned.refusal({.result = planned.world().file("dem.tif"), .at = {{138.7, 35.3}}}),
                 "dem.tif: is not a result of amaneku"));
}

TEST_CASE("the terrain profile as a picture and as a page") {
  const ExplainedWorld planned;
  Explanation told = explain({.result = planned.file(), .at = planned.served(3)});
  told.title = "<script>alert(1)</script>";
  told.cells[0].server.site_name = "\"><script>alert(2)</script>";
  const fs::path svg = planned.world().file("profile.svg");
  const fs::path html = planned.world().file("profile.html");
  write_explanation(svg, told, Language::en);
  write_explanation(html, told, Language::ja);
  const std::string drawing = test::read_bytes(svg);
  for (const char* part : {"First Fresnel zone", "Straight line", "Distance from the site (km)", "60 % of it"}) {
    CHECK(contains(drawing, part));
  }
  const std::string page = test::read_bytes(html);
  for (const char* part :
       {"<html lang=\"ja\">", "第 1 フレネルゾーン", "回線設計", "送信電力", "伝搬損失の内訳"}) {
    CHECK(contains(page, part));
  }
  for (const std::string* text : {&drawing, &page}) {
    CHECK_FALSE(contains(*text, "<script"));
    CHECK_FALSE(contains(*text, "nan"));
  }
  try {
    write_explanation(planned.world().file("profile.bmp"), told, Language::en);
    FAIL("not refused");
  } catch (const InputError& error) {
    CHECK(error.faults()[0].legal == ".svg, .png, .html");
  }
  CHECK_THROWS_AS(write_explanation(planned.world().file("absent/profile.svg"), told, Language::en), InputError);
}

TEST_CASE("a PNG is drawn where its program is, and asked for where it is not") {
  const ExplainedWorld planned;
  const Explanation told = explain({.result = planned.file(), .at = planned.served(1)});
  const fs::path png = planned.world().file("profile.png");
  if (std::system("rsvg-convert --version > /dev/null 2>&1") == 0) {
    write_explanation(png, told, Language::en);
    CHECK(test::read_bytes(png).substr(1, 3) == "PNG");
  } else {
    std::fprintf(stderr, "skipped: drawing a PNG, rsvg-convert is not on this machine\n");
  }
  fs::remove(png);
  const std::string path = std::getenv("PATH");
  setenv("PATH", planned.world().file("").c_str(), 1);
  std::string why = "not refused";
  try {
    write_explanation(png, told, Language::en);
  } catch (const InputError& error) {
    why = error.what();
  }
  setenv("PATH", path.c_str(), 1);
  CHECK(contains(why, "rsvg-convert, which is not installed"));
  CHECK_FALSE(fs::exists(png));
}
