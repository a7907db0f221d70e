#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "libsim/parallel.hpp"
#include "scenarios/ask/vary/variants.hpp"
#include "scenarios/ask/vary/vary_phrases.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/languages.hpp"
#include "scenarios/cli/settings.hpp"

namespace amaneku::cli {
namespace {

struct VaryArguments {
  std::string scenario{};
  std::string folder = "variants";
  std::vector<std::string> technologies{};
  std::vector<std::string> keys{};
  std::vector<std::string> prices{};
  int threads = 0;
  SettingArguments changes{};
  scenarios::Language language = scenarios::Language::en;
};

std::vector<scenarios::Variant> variants_of(const VaryArguments& arguments,
                                            const scenarios::VaryOptions& options) {
  std::vector<scenarios::Variant> out;
  const auto add = [&](std::vector<scenarios::Variant> more) {
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  if (!arguments.technologies.empty()) {
    const scenarios::Scenario headers =
        scenarios::load(options.scenario, {.settings = options.settings, .check_only = true});
    add(scenarios::technology_variants(arguments.technologies, headers));
  }
  for (const std::string& key : arguments.keys) add(scenarios::key_variants(key));
  for (const std::string& price : arguments.prices) add(scenarios::price_variants(price));
  return out;
}

void vary(const VaryArguments& arguments) {
  namespace varied = scenarios::varied;
  const auto told = [&](std::size_t i, std::size_t all, const scenarios::Variant& next) {
    fmt::print(stderr, "{}\n",
               scenarios::fill(varied::kPlanning.in(arguments.language),
                               {std::to_string(i + 1), std::to_string(all),
                                scenarios::variant_name(next, arguments.language)}));
  };
  const scenarios::VaryOptions options{
      .scenario = arguments.scenario,
      .settings = parsed_settings(arguments.changes),
      .language = arguments.language,
      .plan = {.threads = arguments.threads,
               .on_progress = [](std::string_view, double) { DeferInterrupts::check(); }},
      .on_variant = told};
  const scenarios::Variation variation = scenarios::vary(options, variants_of(arguments, options));
  {
    const DeferInterrupts deferred;
    scenarios::write_variation(arguments.folder, variation, arguments.language);
  }
  fmt::print("{}\n{}\n", scenarios::variation_text(variation, arguments.language),
             scenarios::fill(varied::kWrittenTo.in(arguments.language), {arguments.folder + "/variants.html"}));
}

}  // namespace

void add_vary(CLI::App& app) {
  auto arguments = std::make_shared<VaryArguments>();
  CLI::App* command = app.add_subcommand(
      "vary", "Plan a scenario by other technologies, values and prices: one table, and what moves most");
  command->add_option("SCENARIO", arguments->scenario, "scenario.toml, or the folder that holds it")->required();
  command->add_option("-o,--output", arguments->folder, "Folder of the table: new, empty or of an earlier one")
      ->type_name("DIR")
      ->capture_default_str();
  command
      ->add_option(
          "--technology", arguments->technologies,
          "The planned sites with its carrier, ids as `amaneku technologies` lists them; all: each of them")
      ->type_name("ID")
      ->delimiter(',');
  command
      ->add_option("--key", arguments->keys, "A key of the scenario with each of these values, as --set writes it")
      ->type_name("KEY=VALUE,VALUE");
  command->add_option("--price", arguments->prices, "A price of [costs] times each of these factors")
      ->type_name("ID=FACTOR,FACTOR");
  command->add_option("--threads", arguments->threads, "0: all cores; the result does not depend on it")
      ->type_name("N")
      ->check(CLI::Range(0, kMostThreads));
  add_setting_options(*command, arguments->changes);
  command->add_option("--lang", arguments->language, "Language of the text and of the page")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
  command->callback([arguments] {
    watch_interrupts();
    {
      const DeferInterrupts deferred;  // the check makes a folder to see whether it can
      scenarios::check_variation_folder(arguments->folder);
    }
    DeferInterrupts::check();
    vary(*arguments);
  });
}

}  // namespace amaneku::cli
