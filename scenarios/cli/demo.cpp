#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "scenarios/demo/region.hpp"

namespace amaneku::cli {

void add_demo(CLI::App& app) {
  auto folder = std::make_shared<std::string>("amaneku-demo");
  CLI::App* command = app.add_subcommand("demo", "Write the synthetic demo region and its scenario");
  command->add_option("-o,--output", *folder, "Folder to write to")->type_name("DIR")->capture_default_str();
  command->callback([folder] {
    const std::filesystem::path scenario = scenarios::write_demo_region(*folder);
    fmt::print("{}\nNext: amaneku run {} -o {}\n", scenario.string(), scenario.string(),
               (std::filesystem::path(*folder) / "out").string());
  });
}

}  // namespace amaneku::cli
