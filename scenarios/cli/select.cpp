#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/run_arguments.hpp"
#include "scenarios/cli/settings.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "scenarios/read/select_sites.hpp"

namespace amaneku::cli {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_from(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string whole_number(double value) {
  return scenarios::grouped(value);
}

/// One line a chosen site: what it costs, whom it reaches, what would be without it.
std::string chosen_lines(const scenarios::Planned& planned) {
  const auto& study = planned.studies.get<scenarios::SelectionStudy>();
  const std::vector<Site>& sites = planned.input.network.sites;
  const bool people_count = study.options->most_people;
  std::string out = fmt::format("\n{:<16} {:>14} {:>10} {:>10}  {:<26} {}\n", "chosen", "to buy (JPY)", "people",
                                "by it alone", people_count ? "without it (people)" : "without it", "instead");
  for (const ChosenSite& one : study.report->chosen) {
    const std::string without = !one.replaceable ? "targets out of reach"
                                : people_count   ? whole_number(-one.people_saved)
                                                 : "+" + whole_number(static_cast<double>(one.saved));
    out += fmt::format("{:<16} {:>14} {:>10} {:>10}  {:<26} {}\n", sites[one.site].id,
                       whole_number(static_cast<double>(one.amounts.capex_jpy)), whole_number(one.people),
                       whole_number(one.people_alone), without,
                       one.runner_up ? sites[*one.runner_up].id : std::string("-"));
  }
  return study.report->chosen.empty() ? std::string() : out;
}

int select(const RunArguments& arguments) {
  scenarios::ProgressPrinter progress(arguments.progress, stderr);
  const PlanOptions options{.threads = arguments.threads, .on_progress = [&](std::string_view stage, double done) {
                              DeferInterrupts::check();
                              progress(stage, done);
                            }};
  auto start = Clock::now();
  scenarios::Scenario scenario =
      scenarios::load(arguments.scenario, {.settings = parsed_settings(arguments.settings)}, options);
  const double read_s = seconds_from(start);
  scenarios::Planned planned = scenarios::select_sites(std::move(scenario), arguments.folder, options);
  planned.result.timing_s.insert(planned.result.timing_s.begin(), {"read", read_s});
  start = Clock::now();
  {
    const DeferInterrupts deferred;
    scenarios::write_outputs(arguments.folder, planned, arguments.language, options);
  }
  planned.result.timing_s.emplace_back("write", seconds_from(start));
  progress.finish();
  fmt::print("{}{}Scenario: {}\n", scenarios::closing_summary(planned, arguments.folder), chosen_lines(planned),
             arguments.folder + "/scenario.toml");
  return arguments.strict && !planned.result.warnings.empty() ? kDoneWithWarnings : kDone;
}

}  // namespace

void add_select(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* command = app.add_subcommand(
      "select", "Choose sites among candidates, plan them, write their scenario and the results");
  command
      ->add_option("SCENARIO", arguments->scenario, "scenario.toml with [selection], or the folder that holds it")
      ->required();
  command->add_option("-o,--output", arguments->folder, "Folder of the results: new, empty or of an earlier run")
      ->type_name("DIR")
      ->capture_default_str();
  add_run_options(*command, *arguments);
  command->callback([arguments, &exit_code] {
    watch_interrupts();
    {
      const DeferInterrupts deferred;
      scenarios::check_output_folder(arguments->folder);
    }
    DeferInterrupts::check();
    exit_code = select(*arguments);
  });
}

}  // namespace amaneku::cli
