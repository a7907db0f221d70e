// --set KEY=VALUE, shared by run and check.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace amaneku::cli {

/// Splits at the first "="; InputError where there is none.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parsed_settings(
    const std::vector<std::string>& settings);

}  // namespace amaneku::cli
