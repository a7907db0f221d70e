#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/languages.hpp"
#include "scenarios/cli/run_arguments.hpp"
#include "scenarios/cli/settings.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "scenarios/output/run_estimate.hpp"
#include "scenarios/read/scenario.hpp"

namespace amaneku::cli {
namespace {

struct CheckArguments {
  std::string scenario;
  SettingArguments changes;
  std::uint64_t memory_bytes = 0;
  scenarios::Language language = scenarios::Language::en;
  bool strict = false;
};

int check(const CheckArguments& arguments) {
  const scenarios::Scenario scenario =
      scenarios::load(arguments.scenario, {.settings = parsed_settings(arguments.changes), .check_only = true});
  if (arguments.memory_bytes > 0) scenarios::require_memory(scenario.input, arguments.memory_bytes);
  fmt::print("{}", scenarios::check_summary(scenario, arguments.language));
  return arguments.strict && !scenario.input.warnings.empty() ? kDoneWithWarnings : kDone;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command = app.add_subcommand("check", "Validate a scenario: every error at once");
  command->add_option("SCENARIO", arguments->scenario, "scenario.toml, or the folder that holds it")->required();
  add_setting_options(*command, arguments->changes);
  add_memory_option(*command, arguments->memory_bytes);
  command->add_option("--lang", arguments->language, "Language of what it says")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
  command->add_flag("--strict", arguments->strict, "exit code 3 where there are warnings");
  command->callback([arguments, &exit_code] { exit_code = check(*arguments); });
}

}  // namespace amaneku::cli
