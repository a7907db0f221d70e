// A tree of toml_reader.hpp as text again: for scenarios that the program writes.
#pragma once

#include <string>

#include "scenarios/schema/toml_reader.hpp"

namespace amaneku::scenarios {

/// TOML 1.0 that parse_toml() reads as the same values in the same order of keys, plain values of a table before
/// its tables. Comments are not kept. InternalError where the root is no table, or a value a date.
[[nodiscard]] std::string toml_text(const TomlNode& root);

}  // namespace amaneku::scenarios
