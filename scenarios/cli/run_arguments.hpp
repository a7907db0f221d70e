// What `amaneku run` and `amaneku demo` have in common: the options of a plan, and carrying it out.
#pragma once

#include <unistd.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "scenarios/cli/settings.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/output/progress.hpp"
#include "scenarios/read/scenario.hpp"

namespace CLI {
class App;
}

namespace amaneku::cli {

struct RunArguments {
  std::string scenario{};
  std::string folder = "out";
  int threads = 0;
  std::uint64_t memory_bytes = 0;  ///< 0: as much as there is
  SettingArguments changes{};
  scenarios::ProgressStyle progress =
      isatty(STDERR_FILENO) != 0 ? scenarios::ProgressStyle::bar : scenarios::ProgressStyle::none;
  scenarios::Language language = scenarios::Language::en;
  bool strict = false;
  std::string against{};  ///< folder of an earlier run, which the report is held against; "": none
};

/// Everything but the scenario and the folder. `arguments` must live as long as the command.
void add_run_options(CLI::App& command, RunArguments& arguments);

/// `--memory`, where a command has it.
void add_memory_option(CLI::App& command, std::uint64_t& memory_bytes);

/// SCENARIO and the folder, beside add_run_options().
void add_scenario_options(CLI::App& command, RunArguments& arguments, const char* scenario);

/// How a scenario becomes a plan.
using Planning = std::function<scenarios::Planned(scenarios::Scenario, const PlanOptions&)>;

/// Plans the scenario into the folder, which the caller has checked; returns the exit code.
[[nodiscard]] int run(const RunArguments& arguments, const Planning& planning);
/// The same, with the check of the folder.
[[nodiscard]] int run_into_folder(const RunArguments& arguments, const Planning& planning);

}  // namespace amaneku::cli
