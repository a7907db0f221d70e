#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "propagation/models.hpp"
#include "scenarios/cli/commands.hpp"
#include "terrain/error.hpp"

namespace amaneku::cli {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no infinity: an open end is null.
Json range_json(const Range& range) {
  const auto end = [](double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); };
  return {end(range.min), end(range.max)};
}

Json parameter_json(const ModelParameter& parameter) {
  Json out = {{"name", parameter.name}};
  if (parameter.choices.empty()) {
    out["unit"] = parameter.unit;
    out["default"] = parameter.default_value;
    out["range"] = range_json(parameter.range);
  } else {
    out["choices"] = parameter.choices;
    out["default"] = parameter.choices.front();
  }
  out["source"] = parameter.source;
  return out;
}

Json model_json(const ModelInfo& model) {
  Json parameters = Json::array();
  for (const ModelParameter& parameter : model.parameters) parameters.push_back(parameter_json(parameter));
  const Validity& validity = model.validity;
  return {{"id", model.id},
          {"title", model.title},
          {"source", model.source},
          {"role", role_word(model.role)},
          {"uses_profile", model.terrain != Terrain::none},
          {"validity",
           {{"freq_hz", range_json(validity.freq_hz)},
            {"distance_m", range_json(validity.distance_m)},
            {"higher_agl_m", range_json(validity.higher_agl_m)},
            {"lower_agl_m", range_json(validity.lower_agl_m)}}},
          {"parameters", parameters},
          {"notes", model.notes}};
}

void print_text(const ModelInfo& model) {
  fmt::print(
      "{}  {}\n    role       {}\n    source     {}\n    terrain    {}\n    validity   freq_hz {}; distance_m {}; "
      "higher_agl_m {}; lower_agl_m {}\n",
      model.id, model.title, role_word(model.role), model.source,
      model.terrain == Terrain::none ? "none" : "profile", model.validity.freq_hz.text(),
      model.validity.distance_m.text(), model.validity.higher_agl_m.text(), model.validity.lower_agl_m.text());
  for (const ModelParameter& parameter : model.parameters) {
    if (parameter.choices.empty()) {
      fmt::print("    parameter  {} [{}] = {}; {}; {}\n", parameter.name, parameter.unit, parameter.default_value,
                 parameter.range.text(), parameter.source);
    } else {
      fmt::print("    parameter  {} = {}; {}\n", parameter.name, fmt::join(parameter.choices, " | "),
                 parameter.source);
    }
  }
  for (const std::string& note : model.notes) fmt::print("    note       {}\n", note);
}

/// One line a model, by what its loss means.
void print_list() {
  constexpr std::array<std::pair<Role, const char*>, 3> kHeadings = {
      {{Role::path, "Loss of a whole path: propagation.model of a scenario, model of pathloss"},
       {Role::added, "Losses on top of it: [[propagation.added_loss]], added_losses of pathloss"},
       {Role::link, "Fixed links with their availability: pathloss only"}}};
  std::size_t width = 0;
  for (const ModelInfo& model : model_infos()) width = std::max(width, model.id.size());
  for (const auto& [role, heading] : kHeadings) {
    if (model_ids(role).empty()) continue;
    fmt::print("{}\n", heading);
    for (const ModelInfo& model : model_infos()) {
      if (model.role == role) fmt::print("  {:<{}}  {}\n", model.id, width, model.title);
    }
    fmt::print("\n");
  }
  fmt::print("Parameters, units, ranges, notes of a model: amaneku models ID; of all, for programs: --json\n");
}

const ModelInfo& info_of(const std::string& id) {
  for (const ModelInfo& model : model_infos()) {
    if (model.id == id) return model;
  }
  (void)make_model(id);  // throws, with the nearest id
  throw InternalError("no model " + id);
}

void models(const std::string& id, bool as_json) {
  if (!id.empty()) {
    const ModelInfo& model = info_of(id);
    if (as_json) {
      fmt::print("{}\n", model_json(model).dump(2));
    } else {
      print_text(model);
    }
    return;
  }
  if (!as_json) return print_list();
  Json all = Json::array();
  for (const ModelInfo& model : model_infos()) all.push_back(model_json(model));
  fmt::print("{}\n", all.dump(2));
}

}  // namespace

void add_models(CLI::App& app) {
  auto as_json = std::make_shared<bool>(false);
  auto id = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("models", "Propagation models; with an ID its parameters, units, ranges, sources");
  command->add_option("ID", *id, "a model; absent: the list of all");
  command->add_flag("--json", *as_json,
                    "everything about all models as one JSON array, or about one as an object");
  command->callback([id, as_json] { models(*id, *as_json); });
}

}  // namespace amaneku::cli
