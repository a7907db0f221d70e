#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/ask/compare/compare_files.hpp"
#include "scenarios/ask/compare/plan_comparison.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/languages.hpp"

namespace amaneku::cli {
namespace {

struct CompareArguments {
  std::vector<std::string> folders{};
  std::string output = "compare";
  scenarios::Language language = scenarios::Language::en;
};

void compare(const CompareArguments& arguments) {
  watch_interrupts();
  {
    const DeferInterrupts deferred;  // the check makes a folder to see whether it can
    scenarios::check_comparison_folder(arguments.output);
  }
  DeferInterrupts::check();
  const scenarios::PlanComparison comparison =
      scenarios::compare_results({arguments.folders.begin(), arguments.folders.end()});
  DeferInterrupts::check();
  {
    const DeferInterrupts deferred;
    scenarios::write_comparison(arguments.output, comparison, arguments.language);
  }
  fmt::print("{}", scenarios::comparison_text(comparison, arguments.language));
  fmt::print("{}", scenarios::written_text(std::filesystem::path(arguments.output), arguments.language));
}

}  // namespace

void add_compare(CLI::App& app) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* command = app.add_subcommand(
      "compare",
      "What differs between results: people won and lost, costs, payers, targets, sites; map, JSON, page");
  command->add_option("DIR", arguments->folders, "Folders of runs; the others are held against the first")
      ->required()
      ->expected(2, static_cast<int>(scenarios::kMostComparedPlans));
  command
      ->add_option("-o,--output", arguments->output, "Folder of the comparison: new, empty or of an earlier one")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--lang", arguments->language, "Language of the text and of the page")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
  command->callback([arguments] { compare(*arguments); });
}

}  // namespace amaneku::cli
