#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <map>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/languages.hpp"
#include "scenarios/cli/run_arguments.hpp"
#include "scenarios/cli/settings.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "scenarios/read/scenario.hpp"

namespace amaneku::cli {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int run(const RunArguments& arguments) {
  scenarios::ProgressPrinter progress(arguments.progress, stderr, arguments.language);
  const PlanOptions options{.threads = arguments.threads, .on_progress = [&](std::string_view stage, double done) {
                              DeferInterrupts::check();
                              progress(stage, done);
                            }};

  auto start = std::chrono::steady_clock::now();
  scenarios::Scenario scenario =
      scenarios::load(arguments.scenario, {.settings = parsed_settings(arguments.settings)}, options);
  const double read_s = seconds_since(start);
  scenarios::Planned planned = scenarios::run(std::move(scenario), options);
  PlanResult& result = planned.result;
  result.timing_s.insert(result.timing_s.begin(), {"read", read_s});

  start = std::chrono::steady_clock::now();
  {
    const DeferInterrupts deferred;
    scenarios::write_outputs(arguments.folder, planned, arguments.language, options);
  }
  result.timing_s.emplace_back("write", seconds_since(start));
  progress.finish();
  fmt::print("{}", scenarios::closing_summary(planned, arguments.folder, arguments.language));
  return arguments.strict && !result.warnings.empty() ? kDoneWithWarnings : kDone;
}

void add_run_options(CLI::App& command, RunArguments& arguments) {
  static const std::map<std::string, scenarios::ProgressStyle> kStyles = {
      {"bar", scenarios::ProgressStyle::bar},
      {"json", scenarios::ProgressStyle::json},
      {"none", scenarios::ProgressStyle::none}};
  command.add_option("--threads", arguments.threads, "0: all cores; the result does not depend on it")
      ->type_name("N")
      ->check(CLI::Range(0, 4096));
  command.add_option("--set", arguments.settings, "section.key=value: override a value of the scenario")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all();
  command.add_option("--progress", arguments.progress, "On stderr; bar on a terminal, else none")
      ->type_name("bar|json|none")
      ->transform(CLI::CheckedTransformer(kStyles).description(""));
  command.add_option("--lang", arguments.language, "Language of the report and of the closing lines")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
  command.add_flag("--strict", arguments.strict, "exit code 3 where there are warnings");
}

void add_run(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* command = app.add_subcommand("run", "Plan a scenario and write the results");
  command->add_option("SCENARIO", arguments->scenario, "scenario.toml, or the folder that holds it")->required();
  command->add_option("-o,--output", arguments->folder, "Folder of the results: new, empty or of an earlier run")
      ->type_name("DIR")
      ->capture_default_str();
  add_run_options(*command, *arguments);
  command->callback([arguments, &exit_code] {
    watch_interrupts();
    {
      const DeferInterrupts deferred;  // the check makes a folder to see whether it can
      scenarios::check_output_folder(arguments->folder);
    }
    DeferInterrupts::check();
    exit_code = run(*arguments);
  });
}

}  // namespace amaneku::cli
