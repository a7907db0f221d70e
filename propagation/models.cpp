#include "propagation/models.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "propagation/range_warning.hpp"
#include "terrain/error.hpp"
#include "terrain/nearest.hpp"

namespace amaneku {
namespace {

/// Calls `visitor` with a default-made model of every type of the variant, in its order.
template <class Visitor>
void for_each_model(Visitor&& visitor) {
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    (visitor(std::variant_alternative_t<i, RadioModel>{}), ...);
  }
  (std::make_index_sequence<std::variant_size_v<RadioModel>>{});
}

template <class Model>
ModelInfo info_of(const Model& model) {
  ModelInfo info{.id = std::string(Model::id),
                 .title = std::string(Model::title),
                 .source = std::string(Model::source),
                 .role = Model::role,
                 .terrain = Model::terrain,
                 .parameters = {},
                 .validity = Model::validity,
                 .notes = {Model::notes.begin(), Model::notes.end()}};
  for (const auto& choice : Model::choices) {
    info.parameters.push_back({.name = choice.name,
                               .unit = "",
                               .choices = {choice.words.begin(), choice.words.end()},
                               .source = choice.source});
  }
  for (const auto& field : Model::fields) {
    info.parameters.push_back({.name = field.name,
                               .unit = field.unit,
                               .default_value = model.*field.member,
                               .range = field.range,
                               .source = field.source});
  }
  return info;
}

template <class Model>
std::vector<std::string> warnings_of(const Model& model, const Link& link, double max_distance_m) {
  std::vector<std::string> out(Model::notes.begin(), Model::notes.end());
  constexpr const Validity& legal = Model::validity;
  const bool tx_is_higher = link.tx_agl_m >= link.rx_agl_m;
  const auto of_link = [](std::string_view name, std::string_view unit) {
    return Quantity{Model::id, name, unit, Model::source};
  };
  flag(out, of_link("freq_hz", "Hz"), link.freq_hz, legal.freq_hz);
  flag(out, of_link("tx_agl_m", "m"), link.tx_agl_m, tx_is_higher ? legal.higher_agl_m : legal.lower_agl_m);
  flag(out, of_link("rx_agl_m", "m"), link.rx_agl_m, tx_is_higher ? legal.lower_agl_m : legal.higher_agl_m);
  flag(out, of_link("distance_m", "m"), max_distance_m, legal.distance_m);
  for (const auto& field : Model::fields) {
    flag(out, {Model::id, field.name, field.unit, field.source}, model.*field.member, field.range);
  }
  return out;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::string near = nearest(word, known);
  return near.empty() ? std::string{} : ", did you mean \"" + near + "\"?";
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

template <class Model>
std::vector<std::string> parameter_names() {
  std::vector<std::string> names;
  for (const auto& choice : Model::choices) names.emplace_back(choice.name);
  for (const auto& field : Model::fields) names.emplace_back(field.name);
  return names;
}

Fault fault_of(const ParameterValue& parameter, std::string message, std::string legal) {
  const std::string* word = std::get_if<std::string>(&parameter.value);
  return {.message = std::move(message),
          .key = parameter.name,
          .value = word != nullptr ? '"' + *word + '"' : fmt::format("{}", std::get<double>(parameter.value)),
          .legal = std::move(legal)};
}

template <class Model>
std::optional<Fault> set(Model& model, const Field<Model>& field, const ParameterValue& parameter) {
  const double* number = std::get_if<double>(&parameter.value);
  if (number == nullptr) return fault_of(parameter, "must be a number", field.range.text());
  if (!std::isfinite(*number)) return fault_of(parameter, "is not a finite number", field.range.text());
  model.*field.member = *number;
  return std::nullopt;
}

template <class Model>
std::optional<Fault> set(Model& model, const Choice<Model>& choice, const ParameterValue& parameter) {
  const std::vector<std::string> words(choice.words.begin(), choice.words.end());
  const std::string* word = std::get_if<std::string>(&parameter.value);
  if (word == nullptr) return fault_of(parameter, "must be a word", joined(words));
  const auto found = std::find(words.begin(), words.end(), *word);
  if (found == words.end()) {
    return fault_of(parameter, "is not a choice of this parameter" + did_you_mean(*word, words), joined(words));
  }
  choice.set(model, static_cast<std::size_t>(found - words.begin()));
  return std::nullopt;
}

template <class Model>
std::optional<Fault> apply(Model& model, const ParameterValue& parameter) {
  for (const auto& field : Model::fields) {
    if (parameter.name == field.name) return set(model, field, parameter);
  }
  for (const auto& choice : Model::choices) {
    if (parameter.name == choice.name) return set(model, choice, parameter);
  }
  const std::vector<std::string> names = parameter_names<Model>();
  return Fault{
      .message = fmt::format("model {} has no such parameter{}", Model::id, did_you_mean(parameter.name, names)),
      .key = parameter.name,
      .legal = names.empty() ? "no parameters" : joined(names)};
}

}  // namespace

PathLoss explain(const RadioModel& model, const Link& link, const PathGeometry& path) {
  PathLoss out = std::visit([&](const auto& m) { return explain_terms(m, link, path); }, model);
  const std::vector<std::string> ranges = validity_warnings(model, link, path.distance_m);
  out.warnings.insert(out.warnings.begin(), ranges.begin(), ranges.end());
  return out;
}

std::vector<std::string> validity_warnings(const RadioModel& model, const Link& link, double max_distance_m) {
  return std::visit([&](const auto& m) { return warnings_of(m, link, max_distance_m); }, model);
}

const std::vector<ModelInfo>& model_infos() {
  static const std::vector<ModelInfo> infos = [] {
    std::vector<ModelInfo> all;
    for_each_model([&](const auto& model) { all.push_back(info_of(model)); });
    return all;
  }();
  return infos;
}

RadioModel make_model(std::string_view id, std::span<const ParameterValue> parameters) {
  RadioModel made;
  bool known = false;
  std::vector<Fault> faults;
  for_each_model([&]<class Model>(Model model) {
    if (Model::id != id) return;
    known = true;
    for (const ParameterValue& parameter : parameters) {
      if (std::optional<Fault> fault = apply(model, parameter)) faults.push_back(std::move(*fault));
    }
    made = model;
  });
  if (!known) {
    std::vector<std::string> ids;
    for (const ModelInfo& info : model_infos()) ids.push_back(info.id);
    throw InputError({.message = "there is no such model" + did_you_mean(id, ids),
                      .key = "model",
                      .value = fmt::format("\"{}\"", id),
                      .legal = joined(ids)});
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  return made;
}

std::vector<ParameterValue> parameter_values(const RadioModel& model) {
  return std::visit(
      []<class Model>(const Model& m) {
        std::vector<ParameterValue> values;
        for (const auto& choice : Model::choices) values.push_back({choice.name, choice.words[choice.get(m)]});
        for (const auto& field : Model::fields) values.push_back({field.name, m.*field.member});
        return values;
      },
      model);
}

std::string_view model_id(const RadioModel& model) noexcept {
  return std::visit([]<class Model>(const Model&) { return Model::id; }, model);
}

Role role_of(const RadioModel& model) noexcept {
  return std::visit([]<class Model>(const Model&) { return Model::role; }, model);
}

std::string_view role_word(Role role) noexcept {
  switch (role) {
    case Role::path:
      return "path";
    case Role::added:
      return "added";
    case Role::link:
      return "link";
  }
  return "";
}

std::vector<std::string> model_ids(Role role) {
  std::vector<std::string> ids;
  for (const ModelInfo& info : model_infos()) {
    if (info.role == role) ids.push_back(info.id);
  }
  return ids;
}

std::string model_text(const RadioModel& model) {
  const std::string id(model_id(model));
  const auto info =
      std::find_if(model_infos().begin(), model_infos().end(), [&](const ModelInfo& i) { return i.id == id; });
  const std::vector<ParameterValue> values = parameter_values(model);
  std::vector<std::string> given;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const ModelParameter& parameter = info->parameters[i];
    if (const double* number = std::get_if<double>(&values[i].value)) {
      if (*number == parameter.default_value) continue;
      given.push_back(fmt::format("{} = {}{}{}", parameter.name, *number, parameter.unit == "1" ? "" : " ",
                                  parameter.unit == "1" ? "" : parameter.unit));
    } else if (const auto& word = std::get<std::string>(values[i].value); word != parameter.choices.front()) {
      given.push_back(parameter.name + " = " + word);
    }
  }
  return given.empty() ? id : fmt::format("{} ({})", id, joined(given));
}

Terrain terrain_of(const RadioModel& model) noexcept {
  return std::visit([]<class Model>(const Model&) { return Model::terrain; }, model);
}

}  // namespace amaneku
