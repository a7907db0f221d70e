// A propagation model from the keys of a section.
#pragma once

#include "propagation/models.hpp"
#include "scenarios/schema.hpp"

namespace amaneku::scenarios {

/// The model of the key `model` with the parameters that the section gives. InputError as make_model().
[[nodiscard]] RadioModel model_of(const SectionView& view, const char* section);

}  // namespace amaneku::scenarios
