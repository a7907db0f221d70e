#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "scenarios/ask/new/new_scenario.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/languages.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "scenarios/report/phrase.hpp"
#include "terrain/error.hpp"

namespace amaneku::cli {
namespace {

using scenarios::Phrase;

constexpr Phrase kMade{"{0} sites and {1} candidates; {2} of {3} people are in sight of the sites.",
                       "計算対象 {0} 局、候補地 {1} か所。見通せる人口 {3} 人中 {2} 人。"};
constexpr Phrase kSeaMade{"{0} cells without a height that no municipality holds are sea at 0 m (sea.tif).",
                          "標高がなくどの市区町村にも属さない {0} セルは海（0 m、sea.tif）とした。"};
constexpr Phrase kVoidsLeft{"{0} cells have no height: nothing is computed there.",
                            "{0} セルに標高がない。そこは計算しない。"};
constexpr Phrase kNext{"Next: amaneku check {0}; amaneku run {0} -o OUT",
                       "次: amaneku check {0}、amaneku run {0} -o OUT"};

struct NewArguments {
  scenarios::NewScenario what{};
  std::string data{};
  std::string folder{};
  std::vector<double> box{};
  std::vector<double> at{};
};

void make(NewArguments& arguments) {
  scenarios::NewScenario& what = arguments.what;
  what.data = arguments.data;
  what.folder = arguments.folder;
  if (!arguments.box.empty())
    what.box = {.west_deg = arguments.box[0],
                .south_deg = arguments.box[1],
                .east_deg = arguments.box[2],
                .north_deg = arguments.box[3]};
  if (!arguments.at.empty()) what.at = LonLat{arguments.at[0], arguments.at[1]};
  const scenarios::NewFiles made = scenarios::write_new_scenario(what);
  const auto say = [&](const Phrase& phrase, std::initializer_list<std::string_view> values) {
    fmt::print("{}\n", scenarios::fill(phrase.in(what.language), values));
  };
  say(kMade, {std::to_string(made.sites), std::to_string(made.candidates), scenarios::grouped(made.people_seen),
              scenarios::grouped(made.people)});
  if (made.sea_cells > 0) say(kSeaMade, {scenarios::grouped(static_cast<double>(made.sea_cells))});
  if (made.void_cells > 0) say(kVoidsLeft, {scenarios::grouped(static_cast<double>(made.void_cells))});
  say(kNext, {made.scenario.string()});
}

}  // namespace

void add_new(CLI::App& app) {
  auto arguments = std::make_shared<NewArguments>();
  CLI::App* command =
      app.add_subcommand("new", "A scenario with first sites, from a folder of `amaneku data fetch`");
  command->add_option("--data", arguments->data, "The folder")->type_name("FOLDER")->required();
  auto* where = command->add_option_group("where", "Where; absent: the area that was fetched");
  where->add_option("--municipality", arguments->what.municipality, "Of several that were fetched")
      ->type_name("CODE");
  where->add_option("--bbox", arguments->box, "A part of the data, degrees")
      ->type_name("W,S,E,N")
      ->delimiter(',')
      ->expected(4);
  where->add_option("--at", arguments->at, "Around a place for the first mast, degrees")
      ->type_name("LON,LAT")
      ->delimiter(',')
      ->expected(2);
  where->require_option(0, 1);
  command->add_option("--technology", arguments->what.technology, "As `amaneku technologies` lists them")
      ->type_name("ID")
      ->capture_default_str();
  command->add_option("-o,--output", arguments->folder, "Folder of the scenario; absent: that of the data")
      ->type_name("DIR");
  command->add_option("--lang", arguments->what.language, "Language of the comments and of what it says")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
  command->callback([arguments] { make(*arguments); });
}

}  // namespace amaneku::cli
