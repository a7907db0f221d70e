// Comma-separated values (RFC 4180) with the row numbers that errors need.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace amaneku {

struct CsvRow {
  int line = 0;  ///< where the row starts, from 1; a quoted field may hold line breaks
  std::vector<std::string> fields{};
};

/// ',', ';' or a tab: what `text` separates its columns with.
[[nodiscard]] char csv_delimiter(std::string_view text);

/// The text of a table's file, as UTF-8 (decode_text). InputError for a file that cannot be read, and for a line
/// of more than 1 MiB: it is no table, and would be taken for one cell.
[[nodiscard]] std::string read_table_text(const std::filesystem::path& path);

/// The rows of a table, the header first. Columns end with commas, or with semicolons or tabs where the header row
/// has more of these (or a first row "sep=;" says so). Rows end with LF, CRLF or CR; blanks around a
/// field that is not quoted are dropped. Left out are rows without any value, empty fields beyond the last named
/// column (Excel leaves both), and rows that repeat the header (files joined with cat). `text` is UTF-8
/// (decode_text). InputError with `file` and row: a quote that never closes, or something between a closing quote
/// and the next column. Rows need not have the same length.
[[nodiscard]] std::vector<CsvRow> parse_csv(std::string_view text, const std::string& file);

}  // namespace amaneku
