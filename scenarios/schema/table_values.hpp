// Values of the cells of a table, with faults that name file, line and column.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/schema/document.hpp"
#include "terrain/vector/feature_io.hpp"

namespace amaneku::scenarios {

class TableValues {
 public:
  /// Both live longer than this. A column of the table that is none of `known` is a fault.
  TableValues(Document& document, const SourceTable& table, const std::vector<std::string>& known);

  [[nodiscard]] bool has(const std::string& column) const;
  /// Without blanks around it; "" where the cell is empty or the column absent.
  [[nodiscard]] static std::string text(const TableRow& row, const std::string& column);
  [[nodiscard]] std::optional<double> number(const TableRow& row, const std::string& column, Range range);
  /// true, false, 1, 0.
  [[nodiscard]] std::optional<bool> flag(const TableRow& row, const std::string& column);
  /// One of the words.
  [[nodiscard]] std::optional<std::string> word(const TableRow& row, const std::string& column,
                                                const std::vector<std::string>& words);
  void fault(const TableRow& row, const std::string& column, std::string message, std::string legal = {});

 private:
  Document& document_;
  const SourceTable& table_;
};

/// "過疎|離島" in its parts.
[[nodiscard]] std::vector<std::string> parts_of(const std::string& text, char separator);

}  // namespace amaneku::scenarios
