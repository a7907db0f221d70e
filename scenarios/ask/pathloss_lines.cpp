#include "scenarios/ask/pathloss_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "propagation/added_losses.hpp"
#include "propagation/link_ranges.hpp"
#include "propagation/radial_path.hpp"
#include "scenarios/ask/json_line.hpp"
#include "scenarios/read/counted_twice.hpp"
#include "terrain/error.hpp"
#include "terrain/nearest.hpp"
#include "terrain/range.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kInf = std::numeric_limits<double>::infinity();

/// Keys that are no parameter of a model.
const std::vector<std::string> kRequestKeys = {"model",
                                               "freq_hz",
                                               "tx_agl_m",
                                               "rx_agl_m",
                                               "distance_m",
                                               "ground_asl_m",
                                               "clutter_m",
                                               "zone",
                                               "polarization",
                                               "delta_n",
                                               "n0",
                                               "latitude_deg",
                                               "added_losses",
                                               "coast_distance_tx_m",
                                               "coast_distance_rx_m"};

/// Keys of every request that a model may have as parameters: where it has not, they are said to be unused.
struct SharedParameter {
  const char* name;
  Range range;
};
constexpr std::array<SharedParameter, 2> kShared = {
    {{"time_percent", {0.0, 100.0}}, {"location_percent", {0.0, 100.0}}}};

/// Keys about the air and the coast, which only models of the whole terrain may read.
constexpr std::array<const char*, 4> kOfTerrain = {"n0", "latitude_deg", "coast_distance_tx_m",
                                                   "coast_distance_rx_m"};

[[noreturn]] void refuse_line(const std::string& key, const std::string& message, const std::string& legal = {}) {
  throw InputError(Fault{.message = message, .key = key, .legal = legal});
}

double number(const Json& value, const std::string& key, Range range) {
  if (!value.is_number()) refuse_line(key, "is not a number", range.text());
  const double out = value.get<double>();
  if (!std::isfinite(out) || !range.contains(out))
    refuse_line(key, fmt::format("{} is out of range", out), range.text());
  return out;
}

double required_number(const Json& request, const std::string& key, Range range) {
  if (!request.contains(key)) refuse_line(key, "is missing", range.text());
  return number(request[key], key, range);
}

std::vector<double> numbers(const Json& request, const std::string& key, Range range) {
  const Json& list = request[key];
  if (!list.is_array()) refuse_line(key, "is not a list of numbers");
  std::vector<double> out;
  out.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i)
    out.push_back(number(list[i], fmt::format("{}[{}]", key, i), range));
  return out;
}

std::string word(const Json& value, const std::string& key) {
  if (!value.is_string()) refuse_line(key, "is not text");
  return value.get<std::string>();
}

std::vector<Zone> zones(const Json& request) {
  const Json& list = request["zone"];
  if (!list.is_array()) refuse_line("zone", "is not a list");
  std::vector<Zone> out;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string key = fmt::format("zone[{}]", i);
    const std::string name = word(list[i], key);
    if (name != "sea" && name != "coast" && name != "inland")
      refuse_line(key, "unknown word", "sea | coast | inland");
    out.push_back(name == "sea" ? Zone::sea : name == "coast" ? Zone::coast : Zone::inland);
  }
  return out;
}

Profile read_profile(const Json& request, bool needs_ground) {
  Profile profile;
  if (!request.contains("distance_m")) refuse_line("distance_m", "is missing");
  constexpr Range kDistance{0.0, 2.0e7};
  if (request["distance_m"].is_number()) {
    profile.distance_m = {0.0, number(request["distance_m"], "distance_m", kDistance)};
  } else {
    profile.distance_m = numbers(request, "distance_m", kDistance);
  }
  if (request.contains("ground_asl_m")) {
    profile.ground_asl_m = numbers(request, "ground_asl_m", {-12'000.0, 100'000.0});
  } else if (needs_ground) {
    refuse_line("ground_asl_m", "is missing");
  } else {
    profile.ground_asl_m.assign(profile.distance_m.size(), 0.0);
  }
  if (request.contains("clutter_m")) profile.clutter_m = numbers(request, "clutter_m", {0.0, 10'000.0});
  if (request.contains("zone")) profile.zone = zones(request);
  const auto same_length = [&](const char* key, std::size_t n) {
    if (n != profile.distance_m.size()) {
      refuse_line(key, fmt::format("has {} values, distance_m has {}", n, profile.distance_m.size()));
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
  link.freq_hz = required_number(request, "freq_hz", LinkRanges::freq_hz);
  link.tx_agl_m = required_number(request, "tx_agl_m", LinkRanges::agl_m);
  link.rx_agl_m = required_number(request, "rx_agl_m", LinkRanges::agl_m);
  if (request.contains("polarization")) {
    const std::string name = word(request["polarization"], "polarization");
    const std::optional<Polarization> polarization = polarization_of(name);
    if (!polarization) refuse_line("polarization", "unknown word", std::string(kPolarizationWords));
    link.polarization = *polarization;
  }
  if (request.contains("delta_n")) {
    link.effective_earth_radius_m =
        effective_earth_radius_m(number(request["delta_n"], "delta_n", LinkRanges::delta_n));
  }
  if (request.contains("n0")) link.n0 = number(request["n0"], "n0", LinkRanges::n0);
  if (request.contains("latitude_deg")) {
    link.latitude_deg = number(request["latitude_deg"], "latitude_deg", LinkRanges::latitude_deg);
  }
  return link;
}

const ModelInfo* info_of(std::string_view id) {
  const auto found = std::find_if(model_infos().begin(), model_infos().end(),
                                  [&](const ModelInfo& info) { return info.id == id; });
  return found == model_infos().end() ? nullptr : &*found;
}

bool has_parameter(const ModelInfo& info, std::string_view name) {
  return std::any_of(info.parameters.begin(), info.parameters.end(),
                     [&](const ModelParameter& parameter) { return parameter.name == name; });
}

ParameterValue parameter_value(const std::string& key, const Json& value) {
  if (value.is_string()) return {key, value.get<std::string>()};
  if (value.is_number()) return {key, value.get<double>()};
  const std::string near = nearest(key, kRequestKeys);
  refuse_line(key, near.empty() ? "unknown key" : "unknown key; did you mean \"" + near + "\"?");
}

/// What is no key of every request must be a parameter of the model: make_model says so otherwise.
RadioModel read_model(const Json& request, std::vector<std::string>& warnings) {
  if (!request.contains("model")) refuse_line("model", "is missing");
  const std::string id = word(request["model"], "model");
  const ModelInfo* info = info_of(id);
  std::vector<ParameterValue> parameters;
  for (const auto& [key, value] : request.items()) {
    if (std::find(kRequestKeys.begin(), kRequestKeys.end(), key) != kRequestKeys.end()) continue;
    const auto shared = std::find_if(kShared.begin(), kShared.end(),
                                     [&, k = key](const SharedParameter& s) { return s.name == k; });
    if (info != nullptr && shared != kShared.end() && !has_parameter(*info, key)) {
      (void)number(value, key, shared->range);
      warnings.push_back(fmt::format("{} is not used by {}", key, id));
    } else {
      parameters.push_back(parameter_value(key, value));
    }
  }
  RadioModel model = make_model(id, parameters);
  if (info->terrain == Terrain::two_earths || info->terrain == Terrain::samples) return model;
  for (const char* key : kOfTerrain) {
    if (request.contains(key)) warnings.push_back(fmt::format("{} is not used by {}", key, id));
  }
  return model;
}

std::vector<RadioModel> read_added_losses(const Json& request) {
  std::vector<RadioModel> losses;
  if (!request.contains("added_losses")) return losses;
  const Json& list = request["added_losses"];
  if (!list.is_array()) refuse_line("added_losses", "is not a list of objects");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string at = fmt::format("added_losses[{}]", i);
    if (!list[i].is_object() || !list[i].contains("model")) refuse_line(at, "is not an object with a model");
    std::vector<ParameterValue> parameters;
    for (const auto& [key, value] : list[i].items()) {
      if (key != "model") parameters.push_back(parameter_value(key, value));
    }
    losses.push_back(make_model(word(list[i]["model"], at + ".model"), parameters));
    require_added_loss(losses.back(), at + ".model");
  }
  return losses;
}

/// Distances to the coast that the caller knows better than the profile.
struct Coast {
  std::optional<double> tx_m{};
  std::optional<double> rx_m{};
};

Coast read_coast(const Json& request) {
  const auto read = [&](const char* key) {
    return request.contains(key) ? std::optional(number(request[key], key, {0.0, kInf})) : std::nullopt;
  };
  return {read("coast_distance_tx_m"), read("coast_distance_rx_m")};
}

/// What a map's engine gives for the profile, and its geometry. The geometry borrows from memory of the thread.
struct FastPath {
  PathGeometry path{};
  double loss_db = 0.0;
};

FastPath fast_path(const RadioModel& model, const Link& link, const Profile& profile, const Coast& coast) {
  thread_local RadialPath radial;
  FastPath out;
  std::visit(
      [&](const auto& m) {
        PathArrays& paths = radial.arrays(link, profile.view(), lanes_terrain(m));
        if (coast.tx_m) paths.coast_distance_tx_m[0] = *coast.tx_m;
        if (coast.rx_m) paths.coast_distance_rx_m[0] = *coast.rx_m;
        paths.all_inland = paths.all_inland && !coast.tx_m && !coast.rx_m;
        std::array<double, 1 + PathArrays::kPadding> loss{};
        losses_db(prepared(m, link), link, paths, loss);
        out.loss_db = loss[0];
      },
      model);
  out.path = radial.geometry(link, profile.view(), terrain_of(model));
  return out;
}

void check_finite(const PathLoss& loss, const RadioModel& model) {
  if (std::isfinite(loss.loss_db)) return;
  refuse_line("model", fmt::format("{} gives no finite loss for these values", model_id(model)));
}

Json terms_json(const PathLoss& loss) {
  Json terms = Json::object();
  for (const LossTerm& term : loss.terms) terms[std::string(term.name)] = term.value;
  return terms;
}

Json added_json(const std::vector<RadioModel>& models, const std::vector<PathLoss>& losses) {
  Json out = Json::array();
  for (std::size_t i = 0; i < losses.size(); ++i) {
    check_finite(losses[i], models[i]);
    out.push_back({{"model", model_id(models[i])},
                   {"loss_db", losses[i].loss_db},
                   {"mode", losses[i].mode},
                   {"terms", terms_json(losses[i])},
                   {"warnings", losses[i].warnings}});
  }
  return out;
}

Json answer(const std::string& line, LossEngine engine) {
  const Json request = Json::parse(line);
  if (!request.is_object()) throw InputError(Fault{.message = "the line is not a JSON object"});
  std::vector<std::string> warnings;
  const RadioModel model = read_model(request, warnings);
  const std::vector<RadioModel> added = read_added_losses(request);
  const Link link = read_link(request);
  const Profile profile = read_profile(request, uses_profile(model));
  const Coast coast = read_coast(request);
  const FastPath fast = engine == LossEngine::radial ? fast_path(model, link, profile, coast) : FastPath{};
  PathGeometry path =
      engine == LossEngine::radial ? fast.path : extract_path(link, profile.view(), terrain_of(model));
  if (coast.tx_m) path.zones.coast_distance_tx_m = *coast.tx_m;
  if (coast.rx_m) path.zones.coast_distance_rx_m = *coast.rx_m;
  TotalLoss total = explain_total(model, added, link, path);
  if (engine == LossEngine::radial) {
    total.loss_db += fast.loss_db - total.path.loss_db;
    total.path.loss_db = fast.loss_db;
  }
  check_finite(total.path, model);
  warnings.insert(warnings.begin(), total.path.warnings.begin(), total.path.warnings.end());
  if (!request.contains("ground_asl_m")) total.line_of_sight.reset();
  Json out = {{"loss_db", total.loss_db},
              {"mode", total.mode()},
              {"geometry", total.line_of_sight ? Json(total.geometry()) : Json(nullptr)},
              {"method", total.method()},
              {"terms", terms_json(total.path)}};
  if (!added.empty()) {
    PlanInput asked;
    asked.engine.model = model;
    asked.engine.coverage.added_losses = added;
    for (const Warning& twice : counted_twice(asked)) warnings.push_back(twice.id + ": " + twice.message);
    out["path_loss_db"] = total.path.loss_db;
    out["added_losses"] = added_json(added, total.added);
  }
  out["warnings"] = warnings;
  return out;
}

}  // namespace

std::string pathloss_answer(const std::string& request, LossEngine engine) {
  return answer_or_error(request, [&] { return line_of(answer(request, engine)); });
}

}  // namespace amaneku::scenarios
