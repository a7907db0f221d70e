#include "scenarios/schema/schema.hpp"
#include "scenarios/schema/toml_reader.hpp"
#include "terrain/files/text_file.hpp"
#include "tests/fuzz/target.hpp"

/// A scenario as text, with the first line as a setting on the command line.
AMANEKU_FUZZ_TARGET(toml_scenario) {
  using namespace amaneku::scenarios;
  TomlNode root = parse_toml(bytes, "scenario.toml");
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  const std::size_t equals = line.find('=');
  if (equals != std::string_view::npos)
    apply_setting(root, std::string(line.substr(0, equals)), std::string(line.substr(equals + 1)));
  constexpr std::size_t kMostFaults = 21;
  amaneku::fuzz::require(check_document(root, "scenario.toml").size() <= kMostFaults);
  amaneku::fuzz::require(amaneku::is_utf8(root.text()));
}
