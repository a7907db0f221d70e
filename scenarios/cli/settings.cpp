#include "scenarios/cli/settings.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "terrain/error.hpp"

namespace amaneku::cli {

void add_setting_options(CLI::App& command, SettingArguments& arguments) {
  command
      .add_option("--set", arguments.settings,
                  "section.key=value, site.ID.key=value: override a value of the scenario")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all();
  command
      .add_option("--with", arguments.with, "Plan on this site, a candidate of the scenario; may be given again")
      ->type_name("ID")
      ->expected(1)
      ->take_all();
  command
      .add_option("--without", arguments.without,
                  "Do not plan on this site: it is a candidate; may be given again")
      ->type_name("ID")
      ->expected(1)
      ->take_all();
}

std::vector<std::pair<std::string, std::string>> parsed_settings(const SettingArguments& arguments) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& setting : arguments.settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) {
      throw InputError(Fault{.message = "a setting is section.key=value", .file = "--set", .key = setting});
    }
    out.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  for (const std::string& id : arguments.with) {
    if (std::find(arguments.without.begin(), arguments.without.end(), id) != arguments.without.end())
      throw InputError(Fault{.message = "the site is switched on and off", .file = "--with", .value = id});
    out.emplace_back("site." + id + ".status", "\"existing\"");
  }
  for (const std::string& id : arguments.without) out.emplace_back("site." + id + ".status", "\"candidate\"");
  return out;
}

}  // namespace amaneku::cli
