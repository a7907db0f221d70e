// Figures that a page of docs/ prints and a test computes.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace amaneku::test {

/// Whether a page, relative to the source folder, has exactly this line.
[[nodiscard]] inline bool page_has(const std::string& page, const std::string& line) {
  std::ifstream file(std::filesystem::path(AMANEKU_SOURCE_DIR) / page);
  const std::string text = "\n" + std::string{std::istreambuf_iterator<char>(file), {}};
  return text.find("\n" + line + "\n") != std::string::npos;
}

}  // namespace amaneku::test
