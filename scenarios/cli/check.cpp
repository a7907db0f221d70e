#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/languages.hpp"
#include "scenarios/cli/settings.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "scenarios/read/scenario.hpp"

namespace amaneku::cli {
namespace {

struct CheckArguments {
  std::string scenario;
  std::vector<std::string> settings;
  scenarios::Language language = scenarios::Language::en;
  bool strict = false;
};

int check(const CheckArguments& arguments) {
  const scenarios::Scenario scenario =
      scenarios::load(arguments.scenario, {.settings = parsed_settings(arguments.settings), .check_only = true});
  fmt::print("{}", scenarios::check_summary(scenario, arguments.language));
  return arguments.strict && !scenario.input.warnings.empty() ? kDoneWithWarnings : kDone;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command = app.add_subcommand("check", "Validate a scenario: every error at once");
  command->add_option("SCENARIO", arguments->scenario, "scenario.toml, or the folder that holds it")->required();
  command->add_option("--set", arguments->settings, "section.key=value: override a value of the scenario")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all();
  command->add_option("--lang", arguments->language, "Language of what it says")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
  command->add_flag("--strict", arguments->strict, "exit code 3 where there are warnings");
  command->callback([arguments, &exit_code] { exit_code = check(*arguments); });
}

}  // namespace amaneku::cli
