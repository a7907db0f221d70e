#include "terrain/files/csv.hpp"

#include <algorithm>
#include <array>

#include "terrain/error.hpp"
#include "terrain/files/text_file.hpp"

namespace amaneku {
namespace {

/// What the header row has most of, outside of quotes; of equals the comma.
char delimiter_of(std::string_view text) {
  std::array<std::size_t, 128> seen{};
  bool quoted = false;
  for (const char c : text.substr(std::min(text.find_first_not_of("\r\n"), text.size()))) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\r' || c == '\n') break;
    if (static_cast<unsigned char>(c) < seen.size()) ++seen[static_cast<unsigned char>(c)];
  }
  if (seen[','] >= seen[';'] && seen[','] >= seen['\t']) return ',';
  return seen[';'] >= seen['\t'] ? ';' : '\t';
}

/// "sep=;" in the first row is Excel's way of naming the delimiter.
bool names_its_delimiter(std::string_view text) {
  return text.size() > 4 && (text.starts_with("sep=") || text.starts_with("SEP="));
}

class CsvParser {
 public:
  CsvParser(std::string_view text, const std::string& file) : text_(text), file_(file) {
    delimiter_ = csv_delimiter(text_);
    if (names_its_delimiter(text_)) {
      at_ = std::min(text_.find_first_of("\r\n"), text_.size());
      if (at_ < text_.size()) skip_line_break();
    }
    blanks_ = delimiter_ == '\t' ? " " : " \t";
    field_ends_ = std::string(1, delimiter_) + "\r\n";
  }

  std::vector<CsvRow> rows() {
    std::vector<CsvRow> all;
    while (at_ < text_.size()) {
      if (text_.substr(at_).starts_with(kByteOrderMark)) at_ += kByteOrderMark.size();  // files joined with cat
      CsvRow row = next_row();
      const bool blank = std::all_of(row.fields.begin(), row.fields.end(),
                                     [](const std::string& f) { return trimmed(f).empty(); });
      const bool header_again = !all.empty() && row.fields.size() > 1 && row.fields == all.front().fields;
      if (!blank && !header_again) all.push_back(std::move(row));
    }
    drop_empty_columns(all);
    return all;
  }

 private:
  static constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

  /// Those at the end that have neither a name nor a value.
  static void drop_empty_columns(std::vector<CsvRow>& all) {
    if (all.empty()) return;
    std::size_t used = 0;
    const std::vector<std::string>& header = all.front().fields;
    for (std::size_t i = 0; i < header.size(); ++i) used = header[i].empty() ? used : i + 1;
    for (CsvRow& row : all) {
      while (row.fields.size() > used && row.fields.back().empty()) row.fields.pop_back();
    }
  }

  CsvRow next_row() {
    CsvRow row{.line = line_};
    for (;;) {
      row.fields.push_back(next_field());
      if (at_ >= text_.size()) return row;
      if (text_[at_] == delimiter_) {
        ++at_;
        continue;
      }
      skip_line_break();
      return row;
    }
  }

  std::string next_field() {
    const std::size_t start = text_.find_first_not_of(blanks_, at_);
    if (start != std::string_view::npos && text_[start] == '"') {
      at_ = start + 1;
      return quoted();
    }
    const std::size_t end = std::min(text_.find_first_of(field_ends_, at_), text_.size());
    const std::string_view field = text_.substr(at_, end - at_);
    at_ = end;
    return std::string(trimmed(field));
  }

  std::string quoted() {
    const int opened = line_;
    std::string field;
    for (;;) {
      const std::size_t end = text_.find('"', at_);
      if (end == std::string_view::npos) fail(opened, "a quoted field is never closed");
      for (const char c : text_.substr(at_, end - at_)) line_ += c == '\n';
      field += text_.substr(at_, end - at_);
      at_ = end + 1;
      if (at_ >= text_.size() || text_[at_] != '"') break;
      field += '"';
      ++at_;
    }
    at_ = std::min(text_.find_first_not_of(blanks_, at_), text_.size());
    if (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\r' && text_[at_] != '\n') {
      fail(line_, "text after the closing quote of a field");
    }
    return field;
  }

  void skip_line_break() {
    if (text_.substr(at_).starts_with("\r\n")) ++at_;
    ++at_;
    ++line_;
  }

  [[noreturn]] void fail(int line, const char* message) const {
    throw InputError(Fault{.message = message, .file = file_, .line = line});
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  int line_ = 1;
  char delimiter_ = ',';
  const char* blanks_ = " \t";
  std::string field_ends_{};
};

}  // namespace

char csv_delimiter(std::string_view text) {
  return names_its_delimiter(text) ? text[4] : delimiter_of(text);
}

std::string read_table_text(const std::filesystem::path& path) {
  constexpr std::size_t kLongestLine = 1U << 20;
  const std::string bytes = read_bytes(path);
  int line = 1;
  for (std::size_t at = 0; at < bytes.size(); ++line) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n", at), bytes.size());
    if (end - at > kLongestLine) {
      throw InputError(Fault{
          .message = "the line is longer than 1 MiB: is this a table?", .file = path.string(), .line = line});
    }
    at = end + (bytes.compare(end, 2, "\r\n") == 0 ? 2 : 1);
  }
  return decode_text(bytes, path.string());
}

std::vector<CsvRow> parse_csv(std::string_view text, const std::string& file) {
  return CsvParser(text, file).rows();
}

}  // namespace amaneku
