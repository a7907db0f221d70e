#include "scenarios/cli/settings.hpp"

#include "terrain/error.hpp"

namespace amaneku::cli {

std::vector<std::pair<std::string, std::string>> parsed_settings(const std::vector<std::string>& settings) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) {
      throw InputError(Fault{.message = "a setting is section.key=value", .file = "--set", .key = setting});
    }
    out.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  return out;
}

}  // namespace amaneku::cli
