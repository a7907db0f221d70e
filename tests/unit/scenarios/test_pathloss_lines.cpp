#include "scenarios/ask/pathloss_lines.hpp"

#include <cmath>
#include <fstream>

#include <nlohmann/json.hpp>

#include "propagation/models.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using Json = nlohmann::json;

namespace {

Json ask(const std::string& line, LossEngine engine = LossEngine::exact) {
  return Json::parse(pathloss_answer(line, engine));
}

const std::string kProfile =
    R"("freq_hz":3.7e9,"tx_agl_m":30,"rx_agl_m":1.5,"distance_m":[0,1000,2000,3000],"ground_asl_m":[10,80,60,20])";

}  // namespace

TEST_CASE("a path-loss line is answered with loss, mode, terms and warnings") {
  const Json answer =
      ask(R"({"model":"free_space","freq_hz":1e9,"tx_agl_m":10,"rx_agl_m":10,"distance_m":[0,1000]})");
  CHECK(answer["loss_db"].get<double>() == Approx(92.45).margin(0.01));
  CHECK(answer.contains("mode"));
  CHECK(answer["terms"].is_object());
  CHECK(answer["warnings"].is_array());
}

TEST_CASE("the two engines answer alike") {
  const std::string line = R"({"model":"p526",)" + kProfile + "}";
  const double scalar = ask(line)["loss_db"].get<double>();
  CHECK(scalar > 110.0);
  CHECK(ask(line, LossEngine::radial)["loss_db"].get<double>() == Approx(scalar).margin(1e-9));
}

TEST_CASE("parameters of the model and polarization are read") {
  const std::string line = R"({"model":"extended_hata","area":"open",)" + kProfile + "}";
  CHECK(ask(line)["loss_db"].get<double>() <
        ask(R"({"model":"extended_hata","area":"urban",)" + kProfile + "}")["loss_db"].get<double>());
  CHECK_FALSE(ask(line)["warnings"].empty());  // 3.7 GHz is beyond extended Hata
  CHECK(ask(R"({"model":"p526","polarization":"h",)" + kProfile + "}").contains("loss_db"));
}

TEST_CASE("quantities that the model does not use are said to be unused") {
  const Json answer = ask(R"({"model":"p526","time_percent":1,)" + kProfile + "}");
  CHECK(answer["warnings"] == Json::array({"time_percent is not used by p526"}));
}

TEST_CASE("a bad line gives an error and nothing else") {
  const auto error = [](const std::string& line) {
    const Json answer = ask(line);
    REQUIRE(answer.size() == 1);
    return answer["error"].get<std::string>();
  };
  CHECK(error("{") == "not valid JSON at byte 2");
  CHECK(error("[1]") == "the line is not a JSON object");
  CHECK(error(R"({"freq_hz":1e9})") == "model: is missing");
  CHECK(error(R"({"model":"p562",)" + kProfile + "}").find("p526") != std::string::npos);
  CHECK(error(R"({"model":"p526","polarisation":"h",)" + kProfile + "}").find("polarisation") !=
        std::string::npos);
  CHECK(error(R"({"model":"p526","polarization":"x",)" + kProfile + "}") ==
        "polarization: unknown word (legal: v, vertical, h, horizontal)");
  CHECK(error(R"({"model":"p526","freq_hz":"high"})").find("freq_hz: is not a number") == 0);
  CHECK(error(R"({"model":"p526","freq_hz":1e9,"tx_agl_m":30,"rx_agl_m":2,"distance_m":[0,1000]})") ==
        "ground_asl_m: is missing");
  CHECK(
      error(
          R"({"model":"p526","freq_hz":1e9,"tx_agl_m":30,"rx_agl_m":2,"distance_m":[0,1000],"ground_asl_m":[1]})") ==
      "ground_asl_m: has 1 values, distance_m has 2");
  CHECK(
      error(
          R"({"model":"p526","freq_hz":1e9,"tx_agl_m":30,"rx_agl_m":2,"distance_m":[0,null],"ground_asl_m":[1,2]})")
          .find("distance_m[1]: is not a number") == 0);
  CHECK(
      error(
          R"({"model":"p526","zone":["sea","lake"],"freq_hz":1e9,"tx_agl_m":30,"rx_agl_m":2,"distance_m":[0,10],"ground_asl_m":[1,2]})") ==
      "zone[1]: unknown word (legal: sea | coast | inland)");
  CHECK_FALSE(
      error(R"({"model":"p526","freq_hz":1e9,"tx_agl_m":30,"rx_agl_m":2,"distance_m":[0,0],"ground_asl_m":[1,2]})")
          .empty());
}

TEST_CASE("every model answers with a finite loss, a mode and terms, in both engines") {
  for (const ModelInfo& info : model_infos()) {
    for (const LossEngine engine : {LossEngine::exact, LossEngine::radial}) {
      const Json answer = ask(R"({"model":")" + info.id + "\"," + kProfile + "}", engine);
      INFO(info.id << " " << answer.dump());
      REQUIRE(answer.contains("loss_db"));
      CHECK(answer["loss_db"].is_number());
      CHECK_FALSE(answer["mode"].get<std::string>().empty());
      CHECK_FALSE(answer["terms"].empty());
      for (const auto& term : answer["terms"]) CHECK(term.is_number());
    }
  }
}

TEST_CASE("added losses are listed by themselves and summed") {
  const Json answer =
      ask(R"({"model":"p526","added_losses":[{"model":"p676"},{"model":"p2108","location_percent":90}],)" +
          kProfile + "}");
  INFO(answer.dump());
  REQUIRE(answer["added_losses"].size() == 2);
  CHECK(answer["added_losses"][1]["model"] == "p2108");
  CHECK(answer["added_losses"][0]["terms"].is_object());
  CHECK(answer["loss_db"].get<double>() ==
        Approx(answer["path_loss_db"].get<double>() + answer["added_losses"][0]["loss_db"].get<double>() +
               answer["added_losses"][1]["loss_db"].get<double>()));
  const auto error = [](const std::string& losses) {
    return ask(R"({"model":"p526","added_losses":)" + losses + "," + kProfile + "}")["error"].get<std::string>();
  };
  CHECK(error("7") == "added_losses: is not a list of objects");
  CHECK(error("[7]") == "added_losses[0]: is not an object with a model");
  CHECK(error(R"([{"model":"p526"}])").find("added_losses[0].model = \"p526\": has the role \"path\"") == 0);
  CHECK(error(R"([{"model":"p676","temperatur_c":3}])").find("temperature_c") != std::string::npos);
}

TEST_CASE("a parameter of the contract is read by the models that have it") {
  const auto loss = [](const std::string& more) {
    return ask(R"({"model":"p1812",)" + more + kProfile + "}")["loss_db"].get<double>();
  };
  CHECK(loss(R"("location_percent":90,)") > loss(R"("location_percent":50,)"));
  CHECK(std::isfinite(loss(R"("time_percent":1,"n0":330,"latitude_deg":43,"coast_distance_tx_m":0,)")));
  CHECK(ask(R"({"model":"p1812","latitude_deg":91,)" + kProfile + "}").contains("error"));
}

TEST_CASE("a single number is a distance too") {
  const std::string start = R"({"model":"free_space","freq_hz":1e9,"tx_agl_m":10,"rx_agl_m":10,"distance_m":)";
  CHECK(ask(start + "1000}")["loss_db"] == ask(start + "[0,1000]}")["loss_db"]);
  CHECK(ask(start + "0}").contains("error"));
}

TEST_CASE("the geometry is told apart from the method that solved the path") {
  // 90 km over a ridge of 500 m at 450 MHz: nearer than the range in sight of the smooth Earth with ITM's
  // effective heights, so that its method is that of the line of sight.
  std::string line = R"({"model":"itm","freq_hz":450e6,"tx_agl_m":45,"rx_agl_m":140,"distance_m":[)";
  std::string ground;
  for (int km = 0; km <= 90; ++km) {
    const double ridge_m = std::max(0.0, 500.0 - 60.0 * std::abs(km - 45));
    line += (km == 0 ? "" : ",") + std::to_string(1000 * km);
    ground += (km == 0 ? "" : ",") + std::to_string(100.0 + ridge_m);
  }
  line += R"(],"ground_asl_m":[)" + ground + "]}";
  for (const LossEngine engine : {LossEngine::exact, LossEngine::radial}) {
    const Json answer = ask(line, engine);
    CHECK(answer["geometry"] == "obstructed");
    CHECK(answer["mode"] != "line_of_sight");
    CHECK_FALSE(answer["method"].get<std::string>().empty());
  }
  const std::string flat =
      R"("freq_hz":1e9,"tx_agl_m":30,"rx_agl_m":30,"distance_m":[0,500,1000],"ground_asl_m":[0,0,0]})";
  const Json clear = ask(R"({"model":"itm",)" + flat);
  CHECK(clear["geometry"] == "line_of_sight");
  CHECK(clear["mode"] == "line_of_sight");
  CHECK(clear["method"] == "line_of_sight");
  const Json unknown =
      ask(R"({"model":"free_space","freq_hz":1e9,"tx_agl_m":10,"rx_agl_m":10,"distance_m":1000})");
  CHECK(unknown["geometry"].is_null());
  CHECK(unknown["mode"] == "free_space");
}

TEST_CASE("the shared path over a ridge is obstructed, whatever ITM's method is called", "[shared]") {
  const auto folder = test::cases();
  AMANEKU_NEEDS(folder, "../shared/cases");
  std::ifstream in(*folder / "33-itm-mode-of-an-obstructed-path" / "request.jsonl");
  std::string line;
  REQUIRE(std::getline(in, line));
  for (const LossEngine engine : {LossEngine::exact, LossEngine::radial}) {
    const Json answer = ask(line, engine);
    CHECK(answer["geometry"] == "obstructed");
    CHECK(answer["mode"] == "obstructed");
    CHECK(answer["method"] == "line_of_sight");
  }
}

TEST_CASE("added losses for the same thing are told") {
  const std::string begin =
      R"({"model":"free_space","freq_hz":1e9,"tx_agl_m":30,"rx_agl_m":1.5,"distance_m":1000,)";
  const auto warnings = [&](const std::string& added) {
    return ask(begin + R"("added_losses":[)" + added + "]}")["warnings"].dump();
  };
  CHECK(warnings(R"({"model":"p2109"},{"model":"tr38901_o2i"})").find("building_loss_counted_twice") !=
        std::string::npos);
  CHECK(warnings(R"({"model":"p2109"},{"model":"body_loss"})").find("counted_twice") == std::string::npos);
}
