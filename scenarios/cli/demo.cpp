#include <CLI/CLI.hpp>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/run_arguments.hpp"
#include "scenarios/demo/region.hpp"

namespace amaneku::cli {

void add_demo(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<RunArguments>();
  arguments->folder = "amaneku-demo";
  CLI::App* command = app.add_subcommand("demo", "Make the synthetic demo region and plan it");
  command
      ->add_option("-o,--output", arguments->folder, "Folder of the results; the region goes to its folder region")
      ->type_name("DIR")
      ->capture_default_str();
  add_run_options(*command, *arguments);
  command->callback([arguments, &exit_code] {
    const std::filesystem::path region = std::filesystem::path(arguments->folder) / "region";
    watch_interrupts();
    {
      const DeferInterrupts deferred;  // the checks make folders to see whether they can
      scenarios::check_output_folder(arguments->folder);
      scenarios::check_demo_folder(region);
      arguments->scenario = scenarios::write_demo_region(region).string();
    }
    DeferInterrupts::check();
    exit_code = run(*arguments, scenarios::run);
  });
}

}  // namespace amaneku::cli
