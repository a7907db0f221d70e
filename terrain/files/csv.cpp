#include "terrain/files/csv.hpp"

#include "terrain/error.hpp"
#include "terrain/files/text_file.hpp"

namespace amaneku {
namespace {

class Parser {
 public:
  Parser(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  std::vector<CsvRow> rows() {
    std::vector<CsvRow> all;
    while (at_ < text_.size()) {
      CsvRow row = next_row();
      const bool blank = row.fields.size() == 1 && row.fields.front().empty();
      if (!blank) all.push_back(std::move(row));
    }
    return all;
  }

 private:
  CsvRow next_row() {
    CsvRow row{.line = line_};
    for (;;) {
      row.fields.push_back(next_field());
      if (at_ >= text_.size()) return row;
      if (text_[at_] == ',') {
        ++at_;
        continue;
      }
      skip_line_break();
      return row;
    }
  }

  std::string next_field() {
    const std::size_t start = text_.find_first_not_of(" \t", at_);
    if (start != std::string_view::npos && text_[start] == '"') {
      at_ = start + 1;
      return quoted();
    }
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
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
    at_ = std::min(text_.find_first_not_of(" \t", at_), text_.size());
    if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\r' && text_[at_] != '\n') {
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
};

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text, const std::string& file) {
  return Parser(text, file).rows();
}

}  // namespace amaneku
