// Reference tables as text.
#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace amaneku::test {

/// Rows of a CSV file as text, split at `separator`, quotes removed; blank lines are left out.
[[nodiscard]] inline std::vector<std::vector<std::string>> read_csv(const std::filesystem::path& path,
                                                                    char separator = ',') {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path.string() + " cannot be opened");
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    std::vector<std::string> row(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        row.emplace_back();
      } else if (c != '\r') {
        row.back() += c;
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace amaneku::test
