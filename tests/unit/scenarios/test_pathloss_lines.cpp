#include "scenarios/pathloss_lines.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using Json = nlohmann::json;

namespace {

Json ask(const std::string& line, Engine engine = Engine::exact) {
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
  CHECK(ask(line, Engine::radial)["loss_db"].get<double>() == Approx(scalar).margin(1e-9));
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
        "polarization: unknown word (legal: h | v)");
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
