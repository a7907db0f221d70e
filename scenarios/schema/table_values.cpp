#include "scenarios/schema/table_values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "terrain/files/text_file.hpp"
#include "terrain/nearest.hpp"

namespace amaneku::scenarios {

TableValues::TableValues(Document& document, const SourceTable& table, const std::vector<std::string>& known)
    : document_(document), table_(table) {
  for (const std::string& column : table.columns) {
    if (std::find(known.begin(), known.end(), column) != known.end()) continue;
    const std::string near = nearest(column, known);
    document_.add({.message = "unknown column" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"),
                   .file = table.path,
                   .line = 1,
                   .key = column,
                   .legal = fmt::format("{}", fmt::join(known, " | "))});
  }
}

bool TableValues::has(const std::string& column) const {
  return std::find(table_.columns.begin(), table_.columns.end(), column) != table_.columns.end();
}

std::string TableValues::text(const TableRow& row, const std::string& column) {
  const auto found = row.values.find(column);
  if (found == row.values.end()) return {};
  return std::string(trimmed(found->second));
}

std::optional<double> TableValues::number(const TableRow& row, const std::string& column, Range range) {
  const std::string written = text(row, column);
  if (written.empty()) return std::nullopt;
  const std::optional<double> read = parse_number(written);
  if (!read) {
    fault(row, column, number_fault(written).message, range.text());
    return std::nullopt;
  }
  const double parsed = *read;
  if (!range.contains(parsed)) {
    fault(row, column, "out of range", range.text());
    return std::nullopt;
  }
  return parsed;
}

std::optional<bool> TableValues::flag(const TableRow& row, const std::string& column) {
  const std::string written = text(row, column);
  if (written.empty()) return std::nullopt;
  if (written == "true" || written == "1") return true;
  if (written == "false" || written == "0") return false;
  fault(row, column, "is not true or false", "true | false | 1 | 0");
  return std::nullopt;
}

std::optional<std::string> TableValues::word(const TableRow& row, const std::string& column,
                                             const std::vector<std::string>& words) {
  const std::string written = text(row, column);
  if (written.empty()) return std::nullopt;
  if (std::find(words.begin(), words.end(), written) != words.end()) return written;
  const std::string near = nearest(written, words);
  fault(row, column, "unknown word" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"),
        fmt::format("{}", fmt::join(words, " | ")));
  return std::nullopt;
}

void TableValues::fault(const TableRow& row, const std::string& column, std::string message, std::string legal) {
  document_.add({.message = std::move(message),
                 .file = table_.path,
                 .line = row.line,
                 .key = column,
                 .value = text(row, column),
                 .legal = std::move(legal)});
}

std::vector<std::string> parts_of(const std::string& text, char separator) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    if (end > begin) out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

}  // namespace amaneku::scenarios
