#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "scenarios/ask/json_line.hpp"
#include "scenarios/ask/subsidy_lines.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "scenarios/cli/commands.hpp"

namespace amaneku::cli {
namespace {

struct SubsidyArguments {
  std::string fiscal_year{};
  std::string rules{};
};

/// Whoever waits for each answer gets it at once.
void subsidy(const SubsidyArguments& arguments) {
  std::ios::sync_with_stdio(false);
  const SubsidyEngine engine =
      arguments.rules.empty() ? scenarios::built_in_subsidies() : scenarios::subsidies_with(arguments.rules);
  for (std::string line; std::cout && scenarios::next_request(std::cin, line);) {
    std::cout << scenarios::subsidy_line(line, engine, arguments.fiscal_year) << '\n';
    if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
  }
}

}  // namespace

void add_subsidy(CLI::App& app) {
  auto arguments = std::make_shared<SubsidyArguments>();
  CLI::App* command = app.add_subcommand(
      "subsidy", "JSON Lines in, JSON Lines out: who pays for a project under the Japanese programmes");
  command->add_option("--year", arguments->fiscal_year, "Fiscal year of the lines that name none: R7, H29 ...");
  command->add_option("--rules", arguments->rules,
                      "rules of one's own (TOML), checked and added to the built-in ones");
  command->callback([arguments] { subsidy(*arguments); });
}

}  // namespace amaneku::cli
