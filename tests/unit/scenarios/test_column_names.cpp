// Columns on a Japanese page.
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "scenarios/report/column_names.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/latin_words.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace columns {

/// Of the tables of docs/formats/tables.md (written from results by make_tables.py) that are layers, by table.
std::map<std::string, std::vector<std::string>> of_layers() {
  const std::string page = test::read_bytes(std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/formats/tables.md");
  const std::regex listed(R"(^\| \[`(\w+)`\]\(#\w+\) \|.*\| `[^|]*` \|$)");
  const std::regex opens(R"(^<!-- columns: (\w+) -->$)");
  const std::regex column(R"(^\| `(\w+)` \|.*)");
  std::set<std::string> layers;
  std::map<std::string, std::vector<std::string>> out;
  std::string table;
  std::istringstream lines(page);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_match(line, match, listed)) layers.insert(match[1]);
    if (std::regex_match(line, match, opens)) table = match[1];
    if (line == "<!-- end -->") table.clear();
    if (layers.contains(table) && std::regex_match(line, match, column)) out[table].push_back(match[1]);
  }
  return out;
}

}  // namespace columns

TEST_CASE("every column of a layer has a Japanese name") {
  const auto tables = columns::of_layers();
  CHECK(tables.size() >= 26);
  std::size_t count = 0;
  for (const auto& [table, names] : tables) {
    for (const std::string& name : names) {
      INFO(table << "." << name);
      ++count;
      const std::string japanese(column_name(name, Language::ja));
      CHECK(japanese != name);
      const std::set<std::string> units = {"km", "dB", "dBm", "dBi", "Hz", "MHz", "GHz", "Mbit", "mm", "SINR"};
      CHECK(test::latin_words(japanese, units) == std::set<std::string>{});
      CHECK(column_name(name, Language::en) == name);
    }
  }
  CHECK(count > 300);
  CHECK(column_name("of_a_user", Language::ja) == "of_a_user");
}
