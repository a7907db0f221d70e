#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <new>
#include <optional>

#include "libsim/parallel.hpp"
#include "scenarios/ask/compare/plan_comparison.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/languages.hpp"
#include "scenarios/cli/memory_limit.hpp"
#include "scenarios/cli/run_arguments.hpp"
#include "scenarios/cli/settings.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "scenarios/output/run_estimate.hpp"
#include "scenarios/read/scenario.hpp"

namespace amaneku::cli {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The folder, or the nearest one above it that exists.
std::filesystem::path existing_part(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::path at = std::filesystem::absolute(folder, error);
  while (!std::filesystem::exists(at, error) && at.has_relative_path()) at = at.parent_path();
  return at;
}

/// What the plan changes of an earlier one, as a section of its report.
scenarios::FurtherSection changes_against(const scenarios::ComparedPlan& previous,
                                          const scenarios::Planned& planned, scenarios::Language language) {
  return [&previous, &planned, language](const std::filesystem::path& staged) {
    scenarios::PlanComparison comparison =
        scenarios::compare_plans({previous, scenarios::staged_plan(staged, planned, scenarios::plan_letter(1))});
    scenarios::add_change_maps(comparison);
    return scenarios::changes_section(comparison, language);
  };
}

int planned(const RunArguments& arguments, const Planning& planning) {
  scenarios::ProgressPrinter progress(arguments.progress, stderr, arguments.language);
  if (arguments.memory_bytes > 0) {
    const scenarios::Scenario headers =
        scenarios::load(arguments.scenario, {.settings = parsed_settings(arguments.changes), .check_only = true});
    scenarios::require_memory(headers.input, arguments.memory_bytes);
    limit_memory(arguments.memory_bytes, arguments.threads);
  }
  std::optional<scenarios::ComparedPlan> previous;
  if (!arguments.against.empty())
    previous = scenarios::read_compared_plan(arguments.against, scenarios::plan_letter(0));
  const PlanOptions options{.threads = arguments.threads, .on_progress = [&](std::string_view stage, double done) {
                              DeferInterrupts::check();
                              progress(stage, done);
                            }};

  auto start = std::chrono::steady_clock::now();
  scenarios::Scenario scenario =
      scenarios::load(arguments.scenario, {.settings = parsed_settings(arguments.changes)}, options);
  const double read_s = seconds_since(start);
  const scenarios::RunEstimate estimate = scenarios::run_estimate(scenario.input);
  scenarios::require_disk(estimate, existing_part(arguments.folder));
  if (arguments.progress == scenarios::ProgressStyle::bar) {
    progress.finish();
    fmt::print(stderr, "{}, without what studies add\n",
               scenarios::estimate_text(estimate, arguments.threads, arguments.language));
  }
  scenarios::Planned planned = planning(std::move(scenario), options);
  PlanResult& result = planned.result;
  result.timing_s.insert(result.timing_s.begin(), {"read", read_s});

  start = std::chrono::steady_clock::now();
  {
    const DeferInterrupts deferred;
    scenarios::write_outputs(
        arguments.folder, planned, arguments.language, options,
        previous ? changes_against(*previous, planned, arguments.language) : scenarios::FurtherSection{});
  }
  result.timing_s.emplace_back("write", seconds_since(start));
  progress.finish();
  fmt::print("{}", scenarios::closing_summary(planned, arguments.folder, arguments.language));
  return arguments.strict && !result.warnings.empty() ? kDoneWithWarnings : kDone;
}

}  // namespace

int run(const RunArguments& arguments, const Planning& planning) try {
  return planned(arguments, planning);
} catch (const std::bad_alloc&) {
  if (arguments.memory_bytes == 0) throw;
  throw InputError(Fault{.message = "the plan needs more memory than that",
                         .key = "--memory",
                         .value = fmt::format("{} MiB", arguments.memory_bytes >> 20U),
                         .legal = "more, or a larger scenario.grid_m"});
}

void add_memory_option(CLI::App& command, std::uint64_t& memory_bytes) {
  command
      .add_option("--memory", memory_bytes,
                  "at most so much, such as 4G; refused beforehand where it is too little")
      ->type_name("SIZE")
      ->transform(CLI::AsSizeValue(false))
      ->transform([](const std::string& size) {  // before the other, which takes -1 for a very large number
        if (!size.empty() && size.front() == '-')
          throw CLI::ValidationError("--memory", size + ": more than 0, such as 4G");
        return size;
      });
}

void add_run_options(CLI::App& command, RunArguments& arguments) {
  static const std::map<std::string, scenarios::ProgressStyle> kStyles = {
      {"bar", scenarios::ProgressStyle::bar},
      {"json", scenarios::ProgressStyle::json},
      {"none", scenarios::ProgressStyle::none}};
  command.add_option("--threads", arguments.threads, "0: all cores; the result does not depend on it")
      ->type_name("N")
      ->check(CLI::Range(0, kMostThreads));
  add_memory_option(command, arguments.memory_bytes);
  add_setting_options(command, arguments.changes);
  command.add_option("--progress", arguments.progress, "On stderr; bar on a terminal, else none")
      ->type_name("bar|json|none")
      ->transform(CLI::CheckedTransformer(kStyles).description(""));
  command.add_option("--lang", arguments.language, "Language of the report and of the closing lines")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
  command.add_flag("--strict", arguments.strict, "exit code 3 where there are warnings");
}

void add_scenario_options(CLI::App& command, RunArguments& arguments, const char* scenario) {
  command.add_option("SCENARIO", arguments.scenario, scenario)->required();
  command.add_option("-o,--output", arguments.folder, "Folder of the results: new, empty or of an earlier run")
      ->type_name("DIR")
      ->capture_default_str();
  add_run_options(command, arguments);
}

int run_into_folder(const RunArguments& arguments, const Planning& planning) {
  watch_interrupts();
  {
    const DeferInterrupts deferred;  // the check makes a folder to see whether it can
    scenarios::check_output_folder(arguments.folder);
  }
  DeferInterrupts::check();
  return run(arguments, planning);
}

void add_run(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* command = app.add_subcommand("run", "Plan a scenario and write the results");
  add_scenario_options(*command, *arguments, "scenario.toml, or the folder that holds it");
  command
      ->add_option(
          "--against", arguments->against,
          "Folder of an earlier run: the report says what changed since; may be the folder of the results")
      ->type_name("DIR");
  command->callback([arguments, &exit_code] { exit_code = run_into_folder(*arguments, scenarios::run); });
}

}  // namespace amaneku::cli
