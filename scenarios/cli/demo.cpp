#include <CLI/CLI.hpp>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/demo/region.hpp"
#include "scenarios/outputs.hpp"

namespace amaneku::cli {

void add_demo(CLI::App& app, int& exit_code) {
  auto folder = std::make_shared<std::string>("amaneku-demo");
  CLI::App* command = app.add_subcommand("demo", "Make the synthetic demo region and plan it");
  command->add_option("-o,--output", *folder, "Folder of the results; the region goes to its folder region")
      ->type_name("DIR")
      ->capture_default_str();
  command->callback([folder, &exit_code] {
    const std::filesystem::path region = std::filesystem::path(*folder) / "region";
    watch_interrupts();
    scenarios::check_output_folder(*folder);
    scenarios::check_demo_folder(region);
    exit_code = run_into(scenarios::write_demo_region(region).string(), *folder);
  });
}

}  // namespace amaneku::cli
