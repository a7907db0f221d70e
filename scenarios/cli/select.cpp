#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/run_arguments.hpp"
#include "scenarios/read/select_sites.hpp"
#include "scenarios/studies/selection/phrases.hpp"

namespace amaneku::cli {

void add_select(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* command = app.add_subcommand(
      "select", "Choose sites among candidates, plan them, write their scenario and the results");
  command
      ->add_option("SCENARIO", arguments->scenario, "scenario.toml with [selection], or the folder that holds it")
      ->required();
  command->add_option("-o,--output", arguments->folder, "Folder of the results: new, empty or of an earlier run")
      ->type_name("DIR")
      ->capture_default_str();
  add_run_options(*command, *arguments);
  command->callback([arguments, &exit_code] {
    watch_interrupts();
    {
      const DeferInterrupts deferred;
      scenarios::check_output_folder(arguments->folder);
    }
    DeferInterrupts::check();
    exit_code = run(*arguments, [&](scenarios::Scenario scenario, const PlanOptions& options) {
      return scenarios::select_sites(std::move(scenario), arguments->folder, options);
    });
    fmt::print("{}\n", scenarios::fill(scenarios::phrases::kTellScenario.in(arguments->language),
                                       {arguments->folder + "/scenario.toml"}));
  });
}

}  // namespace amaneku::cli
