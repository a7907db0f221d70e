#include "scenarios/schema/model_keys.hpp"

#include <algorithm>

namespace amaneku::scenarios {
namespace {

using Keys = std::vector<SchemaKey>;

SchemaKey model_key(const ModelParameter& parameter) {
  SchemaKey key;
  key.name = parameter.name;
  key.doc = parameter.source;
  if (parameter.choices.empty()) {
    key.type = ValueType::number;
    key.unit = parameter.unit;
  }
  return key;
}

/// A name means the same in every model, but its default, range and words may differ: make_model knows them.
void add_model(Keys& keys, const ModelInfo& model) {
  keys.front().choices.push_back(model.id);
  for (const ModelParameter& parameter : model.parameters) {
    auto key = std::find_if(keys.begin(), keys.end(),
                            [&](const SchemaKey& known) { return known.name == parameter.name; });
    if (key == keys.end()) key = keys.insert(keys.end(), model_key(parameter));
    key->models.push_back(model.id);
    for (const std::string& word : parameter.choices) {
      if (std::find(key->choices.begin(), key->choices.end(), word) == key->choices.end())
        key->choices.push_back(word);
    }
  }
}

}  // namespace

RadioModel model_of(const SectionView& view, const char* section) {
  std::vector<ParameterValue> parameters;
  for (const SchemaKey& key : schema_section(section).keys) {
    if (key.models.empty() || !view.given(key.name)) continue;
    if (key.type == ValueType::text) {
      parameters.push_back({key.name, view.text(key.name)});
    } else {
      parameters.push_back({key.name, view.number(key.name)});
    }
  }
  return make_model(view.text("model"), parameters);
}

void add_models(std::vector<SchemaKey>& keys, Role role) {
  for (const ModelInfo& model : model_infos()) {
    if (model.role == role) {
      add_model(keys, model);
    } else if (model.role == Role::path) {
      keys.front().elsewhere[model.id] = "is a path model: write it as propagation.model";
    } else if (model.role == Role::added) {
      keys.front().elsewhere[model.id] =
          "is a loss on top of a path model: write it as [[propagation.added_loss]]";
    } else {
      keys.front().elsewhere[model.id] = "is for one fixed link and cannot plan an area: ask `amaneku pathloss`";
    }
  }
}

}  // namespace amaneku::scenarios
