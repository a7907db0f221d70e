#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/run_arguments.hpp"
#include "scenarios/read/select_sites.hpp"
#include "scenarios/studies/selection/phrases.hpp"

namespace amaneku::cli {

void add_select(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* command = app.add_subcommand(
      "select", "Choose sites among candidates, plan them, write their scenario and the results");
  add_scenario_options(*command, *arguments, "scenario.toml with [selection], or the folder that holds it");
  command->callback([arguments, &exit_code] {
    exit_code = run_into_folder(*arguments, [&](scenarios::Scenario scenario, const PlanOptions& options) {
      return scenarios::select_sites(std::move(scenario), arguments->folder, options);
    });
    fmt::print("{}\n", scenarios::fill(scenarios::phrases::kTellScenario.in(arguments->language),
                                       {arguments->folder + "/scenario.toml"}));
  });
}

}  // namespace amaneku::cli
