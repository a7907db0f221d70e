// The scenario file (TOML): parsed, checked as a whole, turned into a PlanInput.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "libsim/plan.hpp"

namespace amaneku::scenarios {

struct LoadOptions {
  std::vector<std::pair<std::string, std::string>> settings{};  ///< --set section.key=value, TOML values
  bool check_only = false;  ///< validate and read headers; do not read whole rasters
};

/// Reads and validates; InputError lists every fault at once, with line and column.
[[nodiscard]] PlanInput load(const std::filesystem::path& file, const LoadOptions& options = {},
                             const PlanOptions& plan_options = {});

}  // namespace amaneku::scenarios
