#include "scenarios/model_keys.hpp"

namespace amaneku::scenarios {

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

}  // namespace amaneku::scenarios
