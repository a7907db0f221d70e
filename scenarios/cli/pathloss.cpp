#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <string>

#include "scenarios/cli/commands.hpp"
#include "scenarios/pathloss_lines.hpp"

namespace amaneku::cli {
namespace {

/// Whoever waits for each answer (a terminal, a program at the other end of a pipe) gets it at once: the
/// output is flushed whenever no further request is at hand.
void pathloss(Engine engine) {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    std::cout << scenarios::pathloss_answer(line, engine) << '\n';
    if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
  }
  std::cout.flush();
}

}  // namespace

void add_pathloss(CLI::App& app) {
  static const std::map<std::string, Engine> kEngines = {{"scalar", Engine::exact}, {"radial", Engine::radial}};
  auto engine = std::make_shared<Engine>(Engine::exact);
  CLI::App* command = app.add_subcommand("pathloss", "JSON Lines in, JSON Lines out: the loss of single paths");
  command->add_option("--engine", *engine, "Extractor of the path geometry; scalar is the reference")
      ->type_name("scalar|radial")
      ->transform(CLI::CheckedTransformer(kEngines).description(""));
  command->callback([engine] { pathloss(*engine); });
}

}  // namespace amaneku::cli
