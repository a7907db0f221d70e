#include "scenarios/report/text_table.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace amaneku::scenarios {
namespace {

/// Columns that a text takes on a terminal: two for what is wide in East Asia.
std::size_t columns_of(std::string_view utf8) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    if (lead < 0x80 || lead >= 0xC0) ++columns;
    if (lead < 0xE3) continue;
    const bool half = lead == 0xEF && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) >= 0xBE;
    if (lead <= 0xED || (lead == 0xEF && !half) || lead == 0xF0) ++columns;
  }
  return columns;
}

}  // namespace

std::string TextTable::text() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns_of(row[i]));
  }
  std::string out;
  for (const auto& row : rows_) {
    std::string line = "  ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string room(widths[i] - columns_of(row[i]), ' ');
      line += i == 0 ? row[i] + room : "  " + room + row[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

}  // namespace amaneku::scenarios
