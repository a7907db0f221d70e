// Comma-separated values (RFC 4180) with the row numbers that errors need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace amaneku {

struct CsvRow {
  int line = 0;  ///< where the row starts, from 1; a quoted field may hold line breaks
  std::vector<std::string> fields{};
};

/// Every row that is not blank. Rows end with LF, CRLF or CR; blanks around a field that is not quoted are
/// dropped. `text` is UTF-8 (decode_text). InputError with `file` and row: a quote that never closes, or
/// something between a closing quote and the next comma. Rows need not have the same length.
[[nodiscard]] std::vector<CsvRow> parse_csv(std::string_view text, const std::string& file);

}  // namespace amaneku
