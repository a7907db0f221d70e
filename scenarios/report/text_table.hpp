// A table for a terminal.
#pragma once

#include <string>
#include <vector>

namespace amaneku::scenarios {

/// Lines of cells, the first column left, the others right; wide letters of East Asia take two columns.
class TextTable {
 public:
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_{};
};

}  // namespace amaneku::scenarios
