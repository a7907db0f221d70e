// Propagation models as keys of a section, and a model from them.
#pragma once

#include <vector>

#include "propagation/models.hpp"
#include "scenarios/schema/schema.hpp"

namespace amaneku::scenarios {

/// The model of the key `model` with the parameters that the section gives. InputError as make_model().
[[nodiscard]] RadioModel model_of(const SectionView& view, const char* section);

/// The first key of `keys` is `model`: it gets the models of one role as its choices, and `keys` their parameters;
/// the other models are sent where they belong.
void add_models(std::vector<SchemaKey>& keys, Role role);

}  // namespace amaneku::scenarios
