#include "scenarios/pathloss_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "propagation/models.hpp"
#include "propagation/profile_scan.hpp"
#include "terrain/error.hpp"
#include "terrain/nearest.hpp"
#include "terrain/range.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kInf = std::numeric_limits<double>::infinity();

/// Quantities of the contract that no model of this version reads: accepted, checked, and said to be unused.
struct UnusedField {
  const char* name;
  Range range;
};
constexpr std::array<UnusedField, 5> kUnused = {{{"time_percent", {0.0, 100.0}},
                                                 {"location_percent", {0.0, 100.0}},
                                                 {"n0", {200.0, 500.0}},
                                                 {"coast_distance_tx_m", {0.0, kInf}},
                                                 {"coast_distance_rx_m", {0.0, kInf}}}};

[[noreturn]] void refuse(const std::string& key, const std::string& message, const std::string& legal = {}) {
  throw InputError(Fault{.message = message, .key = key, .legal = legal});
}

double number(const Json& value, const std::string& key, Range range) {
  if (!value.is_number()) refuse(key, "is not a number", range.text());
  const double out = value.get<double>();
  if (!std::isfinite(out) || !range.contains(out))
    refuse(key, fmt::format("{} is out of range", out), range.text());
  return out;
}

double required_number(const Json& request, const std::string& key, Range range) {
  if (!request.contains(key)) refuse(key, "is missing", range.text());
  return number(request[key], key, range);
}

std::vector<double> numbers(const Json& request, const std::string& key, Range range) {
  const Json& list = request[key];
  if (!list.is_array()) refuse(key, "is not a list of numbers");
  std::vector<double> out;
  out.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i)
    out.push_back(number(list[i], fmt::format("{}[{}]", key, i), range));
  return out;
}

std::string word(const Json& value, const std::string& key) {
  if (!value.is_string()) refuse(key, "is not text");
  return value.get<std::string>();
}

std::vector<Zone> zones(const Json& request) {
  const Json& list = request["zone"];
  if (!list.is_array()) refuse("zone", "is not a list");
  std::vector<Zone> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string key = fmt::format("zone[{}]", i);
    const std::string name = word(list[i], key);
    if (name != "sea" && name != "coast" && name != "inland") refuse(key, "unknown word", "sea | coast | inland");
    out.push_back(name == "sea" ? Zone::sea : name == "coast" ? Zone::coast : Zone::inland);
  }
  return out;
}

Profile read_profile(const Json& request, bool needs_ground) {
  Profile profile;
  if (!request.contains("distance_m")) refuse("distance_m", "is missing");
  profile.distance_m = numbers(request, "distance_m", {0.0, 2.0e7});
  if (request.contains("ground_asl_m")) {
    profile.ground_asl_m = numbers(request, "ground_asl_m", {-12'000.0, 100'000.0});
  } else if (needs_ground) {
    refuse("ground_asl_m", "is missing");
  } else {
    profile.ground_asl_m.assign(profile.distance_m.size(), 0.0);
  }
  if (request.contains("clutter_m")) profile.clutter_m = numbers(request, "clutter_m", {0.0, 10'000.0});
  if (request.contains("zone")) profile.zone = zones(request);
  const auto same_length = [&](const char* key, std::size_t n) {
    if (n != profile.distance_m.size()) {
      refuse(key, fmt::format("has {} values, distance_m has {}", n, profile.distance_m.size()));
    }
  };
  same_length("ground_asl_m", profile.ground_asl_m.size());
  if (request.contains("clutter_m")) same_length("clutter_m", profile.clutter_m.size());
  if (request.contains("zone")) same_length("zone", profile.zone.size());
  check_profile(profile.view());
  return profile;
}

Link read_link(const Json& request) {
  Link link;
  link.freq_hz = required_number(request, "freq_hz", {1.0e5, 1.0e15});
  link.tx_agl_m = required_number(request, "tx_agl_m", {0.0, 100'000.0});
  link.rx_agl_m = required_number(request, "rx_agl_m", {0.0, 100'000.0});
  if (request.contains("polarization")) {
    const std::string name = word(request["polarization"], "polarization");
    if (name != "h" && name != "v") refuse("polarization", "unknown word", "h | v");
    link.polarization = name == "h" ? Polarization::horizontal : Polarization::vertical;
  }
  if (request.contains("delta_n")) {
    link.effective_earth_radius_m = effective_earth_radius_m(number(request["delta_n"], "delta_n", {0.0, 150.0}));
  }
  return link;
}

/// What is no key of every request must be a parameter of the model: make_model says so otherwise.
RadioModel read_model(const Json& request, std::vector<std::string>& warnings) {
  static const std::vector<std::string> kKeys = {"model",        "freq_hz",      "tx_agl_m",  "rx_agl_m",
                                                 "distance_m",   "ground_asl_m", "clutter_m", "zone",
                                                 "polarization", "delta_n"};
  if (!request.contains("model")) refuse("model", "is missing");
  const std::string id = word(request["model"], "model");
  std::vector<ParameterValue> parameters;
  for (const auto& [key, value] : request.items()) {
    if (std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end()) continue;
    const auto unused =
        std::find_if(kUnused.begin(), kUnused.end(), [&, k = key](const UnusedField& f) { return f.name == k; });
    if (unused != kUnused.end()) {
      (void)number(value, key, unused->range);
      warnings.push_back(fmt::format("{} is not used by {}", key, id));
    } else if (value.is_string()) {
      parameters.push_back({key, value.get<std::string>()});
    } else if (value.is_number()) {
      parameters.push_back({key, value.get<double>()});
    } else {
      const std::string near = nearest(key, kKeys);
      refuse(key, near.empty() ? "unknown key" : "unknown key; did you mean \"" + near + "\"?");
    }
  }
  return make_model(id, parameters);
}

/// By the scan that the model would have on a radial.
template <class Model>
PathLoss radial_loss(const Model& model, const Link& link, const Profile& profile) {
  ScanFor<Model::terrain> scan;
  return explain(model, link, scan_path(scan, link, profile.view()));
}

Json answer(const std::string& line, Engine engine) {
  const Json request = Json::parse(line);
  if (!request.is_object()) throw InputError(Fault{.message = "the line is not a JSON object"});
  std::vector<std::string> warnings;
  const RadioModel model = read_model(request, warnings);
  const Link link = read_link(request);
  const Profile profile = read_profile(request, uses_profile(model));
  const PathLoss loss = engine == Engine::radial
                            ? std::visit([&](const auto& m) { return radial_loss(m, link, profile); }, model)
                            : explain(model, link, extract_path(link, profile.view()));
  Json terms = Json::object();
  for (const LossTerm& term : loss.terms) terms[std::string(term.name)] = term.value;
  warnings.insert(warnings.begin(), loss.warnings.begin(), loss.warnings.end());
  return {{"loss_db", loss.loss_db}, {"mode", loss.mode}, {"terms", terms}, {"warnings", warnings}};
}

}  // namespace

std::string pathloss_answer(const std::string& request, Engine engine) {
  Json out;
  try {
    out = answer(request, engine);
  } catch (const InputError& error) {
    std::string text;
    for (const Fault& fault : error.faults()) text += (text.empty() ? "" : "; ") + fault.text();
    out = {{"error", text}};
  } catch (const Json::parse_error& error) {
    out = {{"error", fmt::format("not valid JSON at byte {}", error.byte)}};
  } catch (const Json::exception& error) {
    out = {{"error", std::string("not a request: ") + error.what()}};
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace amaneku::scenarios
