#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "scenarios/cli/commands.hpp"
#include "scenarios/output/manifest.hpp"

namespace amaneku::cli {

void add_verify(CLI::App& app) {
  auto folder = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("verify", "Whether a folder of results is whole: every file by its size and SHA-256");
  command->add_option("DIR", *folder, "Folder of a run")->required();
  command->callback([folder] {
    const scenarios::VerifiedFolder whole = scenarios::verify_folder(*folder);
    fmt::print("{}: {} files, {} bytes, as amaneku {} ({}) wrote them\n", *folder, whole.files, whole.bytes,
               whole.program_version, whole.git_revision);
  });
}

}  // namespace amaneku::cli
