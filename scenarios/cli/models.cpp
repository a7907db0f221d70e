#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "propagation/models.hpp"
#include "scenarios/cli/commands.hpp"

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
      "{}  {}\n    source     {}\n    terrain    {}\n    validity   freq_hz {}; distance_m {}; higher_agl_m {}; "
      "lower_agl_m {}\n",
      model.id, model.title, model.source, model.terrain == Terrain::none ? "none" : "profile",
      model.validity.freq_hz.text(), model.validity.distance_m.text(), model.validity.higher_agl_m.text(),
      model.validity.lower_agl_m.text());
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

void models(bool as_json) {
  Json all = Json::array();
  for (const ModelInfo& model : model_infos()) {
    if (as_json) {
      all.push_back(model_json(model));
    } else {
      print_text(model);
    }
  }
  if (as_json) fmt::print("{}\n", all.dump(2));
}

}  // namespace

void add_models(CLI::App& app) {
  auto as_json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("models", "Propagation models with parameters, units, ranges, sources");
  command->add_flag("--json", *as_json, "as one JSON array");
  command->callback([as_json] { models(*as_json); });
}

}  // namespace amaneku::cli
