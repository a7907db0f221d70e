// --set KEY=VALUE, --with ID and --without ID, shared by run and check.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace amaneku::cli {

/// What the command line changes of a scenario.
struct SettingArguments {
  std::vector<std::string> settings{};
  std::vector<std::string> with{};     ///< ids of sites to be planned on
  std::vector<std::string> without{};  ///< ids of sites that are not
};

/// `arguments` must live as long as the command.
void add_setting_options(CLI::App& command, SettingArguments& arguments);

/// Splits at the first "="; a site switched on or off is a setting of its status. InputError where there is no
/// "=", and for a site that is switched on and off.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parsed_settings(const SettingArguments& arguments);

}  // namespace amaneku::cli
