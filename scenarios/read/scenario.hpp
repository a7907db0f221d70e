// The scenario file (TOML): parsed, checked as a whole, turned into the input of a plan and the studies asked for.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "libsim/radio/technology.hpp"
#include "scenarios/studies/studies.hpp"

namespace amaneku::scenarios {

struct LoadOptions {
  std::vector<std::pair<std::string, std::string>> settings{};  ///< --set section.key=value, TOML values
  bool check_only = false;  ///< validate and read headers; do not read whole rasters
};

/// What a scenario file asks for.
struct Scenario {
  PlanInput input{};
  Studies studies{};
  std::filesystem::path file{};  ///< where it lies, absolute; no result says it
  RadioCatalogue radio{};        ///< the built-in technologies, with those of [radio] path
  bool csv_mark = true;          ///< CSV files begin with a byte-order mark
};

/// Reads and validates; InputError lists every fault at once, with line and column.
[[nodiscard]] Scenario load(const std::filesystem::path& file, const LoadOptions& options = {},
                            const PlanOptions& plan_options = {});

/// A scenario with what was found: what every output is made of.
struct Planned {
  PlanInput input{};
  Studies studies{};
  PlanResult result{};
  std::filesystem::path file{};  ///< of the scenario
  bool csv_mark = true;          ///< as Scenario::csv_mark
};

/// plan() with the studies of the scenario.
[[nodiscard]] Planned run(Scenario scenario, const PlanOptions& options = {});

}  // namespace amaneku::scenarios
