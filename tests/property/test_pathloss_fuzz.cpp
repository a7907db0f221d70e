// `amaneku pathloss` for hostile lines: whatever comes in, one JSON object comes out, either an answer with finite
// numbers or {"error": ...}. AMANEKU_FUZZ_CASES: lines per model.
#include <cmath>
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>

#include "scenarios/ask/pathloss_lines.hpp"
#include "tests/property/random_inputs.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using test::Random;
using Json = nlohmann::ordered_json;

namespace {

/// A line that any model can answer, with some of its parameters set.
Json valid_request(const ModelInfo& info, Random& random) {
  const test::LegalLink legal = test::random_legal_link(random, info.validity);
  Json request = {{"model", info.id},
                  {"freq_hz", legal.link.freq_hz},
                  {"tx_agl_m", legal.link.tx_agl_m},
                  {"rx_agl_m", legal.link.rx_agl_m},
                  {"polarization", random.next() % 2 == 0 ? "h" : "v"}};
  const std::size_t n = 2 + random.next() % 12;
  for (std::size_t i = 0; i < n; ++i) {
    request["distance_m"].push_back(legal.distance_m * static_cast<double>(i) / static_cast<double>(n - 1));
    request["ground_asl_m"].push_back(random.between(0.0, 200.0));
  }
  for (const ParameterValue& parameter : random_parameters(info, random, test::Reach::beyond)) {
    std::visit([&](const auto& value) { request[parameter.name] = value; }, parameter.value);
  }
  if (random.next() % 3 == 0) request["clutter_m"] = Json::array_t(n, random.between(0.0, 30.0));
  if (random.next() % 3 == 0) request["zone"] = Json::array_t(n, "sea");
  if (random.next() % 3 == 0) request["delta_n"] = random.between(0.0, 150.0);
  if (random.next() % 3 == 0) request["n0"] = random.between(200.0, 500.0);
  if (random.next() % 3 == 0) request["coast_distance_tx_m"] = random.between(0.0, 1e5);
  return request;
}

Json odd_value(Random& random) {
  static const std::vector<Json> kValues = {nullptr,
                                            true,
                                            "",
                                            "sea",
                                            "\xff\xfe",
                                            std::string(5000, 'x'),
                                            Json::array(),
                                            Json::object(),
                                            Json::array({Json::array()}),
                                            Json::array({0, "a", nullptr}),
                                            Json::array({0, 1, 1, 0}),
                                            0,
                                            -1,
                                            -0.0,
                                            1e308,
                                            -1e308,
                                            5e-324,
                                            2e7,
                                            1e5,
                                            18446744073709551615ULL,
                                            std::numeric_limits<double>::quiet_NaN()};
  return kValues[random.next() % kValues.size()];
}

/// Drops, renames, replaces or adds a member, or changes one value of a list.
void mutate(Json& request, Random& random) {
  if (request.empty()) return;
  auto member = request.begin();
  std::advance(member, static_cast<std::ptrdiff_t>(random.next() % request.size()));
  const std::string key = member.key();
  switch (random.next() % 5) {
    case 0:
      request.erase(key);
      break;
    case 1:
      request[key + (random.next() % 2 == 0 ? "_" : "\n\"")] = member.value();
      break;
    case 2:
      request[key] = odd_value(random);
      break;
    case 3:
      if (member->is_array() && !member->empty()) (*member)[random.next() % member->size()] = odd_value(random);
      break;
    default:
      request["key" + std::to_string(random.next() % 10)] = odd_value(random);
  }
}

/// Changes, cuts, doubles or inserts bytes.
void mutate(std::string& line, Random& random) {
  if (line.empty()) return;
  static const std::string kBytes = "\"{}[],:\\0-.eE+ \x80\xff\n\t9";
  const std::size_t at = random.next() % line.size();
  const std::size_t length = std::min<std::size_t>(line.size() - at, 1 + random.next() % 20);
  switch (random.next() % 6) {
    case 0:
      line[at] = static_cast<char>(random.next());
      break;
    case 1:
      line.insert(at, 1, kBytes[random.next() % kBytes.size()]);
      break;
    case 2:
      line.erase(at, length);
      break;
    case 3:
      line.insert(at, line.substr(at, length));
      break;
    case 4:
      line.resize(at);
      break;
    default:
      line.insert(at, std::to_string(random.next()));
  }
}

std::string random_line(const ModelInfo& info, Random& random) {
  Json request = valid_request(info, random);
  const std::uint64_t kind = random.next() % 4;
  if (kind % 2 == 1) {
    for (std::uint64_t i = 0; i <= random.next() % 3; ++i) mutate(request, random);
  }
  std::string line = request.dump(-1, ' ', false, Json::error_handler_t::ignore);
  if (kind >= 2) {
    for (std::uint64_t i = 0; i <= random.next() % 4; ++i) mutate(line, random);
  }
  return line;
}

/// What is wrong with the form of an answer.
std::optional<std::string> fault_of(const std::string& text) {
  if (text.find('\n') != std::string::npos) return "more than a line";
  const Json answer = Json::parse(text, nullptr, false);
  if (!answer.is_object()) return "no JSON object";
  if (answer.contains("error")) {
    if (answer.size() != 1) return "an error and more";
    return answer["error"].is_string() && !answer["error"].get<std::string>().empty()
               ? std::nullopt
               : std::optional<std::string>("an error without text");
  }
  if (!answer.contains("loss_db") || !answer["loss_db"].is_number()) return "loss_db is no number";
  if (!answer.contains("mode") || !answer["mode"].is_string()) return "mode is no word";
  if (!answer.contains("terms") || !answer["terms"].is_object()) return "terms is no object";
  for (const auto& [name, value] : answer["terms"].items()) {
    if (!value.is_number()) return name + " is no number";
  }
  if (!answer.contains("warnings") || !answer["warnings"].is_array()) return "warnings is no list";
  return std::nullopt;
}

std::optional<std::string> fault_of_line(const std::string& line, LossEngine engine) {
  try {
    return fault_of(scenarios::pathloss_answer(line, engine));
  } catch (const std::exception& error) {
    return std::string("exception: ") + error.what();
  }
}

}  // namespace

TEST_CASE("every line of amaneku pathloss is answered by one JSON object") {
  std::size_t answered = 0;
  std::size_t refused = 0;
  for (const ModelInfo& info : model_infos()) {
    for (std::uint64_t seed = 1; seed <= test::fuzz_cases(); ++seed) {
      Random random(seed);
      const std::string line = random_line(info, random);
      const LossEngine engine = seed % 2 == 0 ? LossEngine::exact : LossEngine::radial;
      const std::optional<std::string> fault = fault_of_line(line, engine);
      if (fault) {
        FAIL_CHECK(*fault << "\n" << line << "\n" << scenarios::pathloss_answer(line, engine));
        break;
      }
      ++(scenarios::pathloss_answer(line, engine).starts_with("{\"error\"") ? refused : answered);
    }
  }
  std::printf("%zu lines answered, %zu refused\n", answered, refused);
  CHECK(answered > refused / 4);
  CHECK(refused > answered / 4);
}

TEST_CASE("a line that nests deeply is refused") {
  for (const char* bracket : {"[", "{\"a\":"}) {
    std::string line;
    for (int i = 0; i < 100'000; ++i) line += bracket;
    CHECK_FALSE(fault_of_line(line, LossEngine::exact));
    if (*bracket == '[') CHECK_FALSE(fault_of_line(line + std::string(100'000, ']'), LossEngine::exact));
  }
}
