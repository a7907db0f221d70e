// The warning that a value is outside the range for which a source vouches.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "terrain/range.hpp"

namespace amaneku {

/// What a value is, for its warning.
struct Quantity {
  std::string_view model;
  std::string_view name;
  std::string_view unit;
  std::string_view source;
};

/// Adds "model: name = value unit is outside range (source)" unless the range contains the value.
void flag(std::vector<std::string>& warnings, const Quantity& what, double value, const Range& range);

}  // namespace amaneku
