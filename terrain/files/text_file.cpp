#include "terrain/files/text_file.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <system_error>
#include <vector>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

[[noreturn]] void fail(const std::string& file, int line, std::string message) {
  throw InputError(Fault{.message = std::move(message), .file = file, .line = line});
}

/// Length of the UTF-8 sequence at the start of `bytes` (RFC 3629: no overlong forms, no surrogates), 0 if bad.
std::size_t utf8_length(std::string_view bytes) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xC0U) != 0x80) return 0;
  }
  const unsigned second = at(1);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
      (lead == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

/// One direction of iconv, closed at the end.
class ToUtf8 {
 public:
  explicit ToUtf8(const char* from) : handle_(iconv_open("UTF-8", from)) {
    if (!usable()) throw InternalError(std::string("this system's iconv does not know ") + from);
  }
  ~ToUtf8() {
    if (usable()) iconv_close(handle_);
  }
  ToUtf8(const ToUtf8&) = delete;
  ToUtf8& operator=(const ToUtf8&) = delete;

  /// Appends the text; returns the offset of the first byte that is not of this encoding, or npos.
  std::size_t append(std::string_view bytes, std::string& out) const {
    std::array<char, 4096> buffer{};
    std::string copy(bytes);  // iconv wants a mutable pointer
    char* in = copy.data();
    std::size_t left = copy.size();
    while (left > 0) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t result = iconv(handle_, &in, &left, &to, &room);
      out.append(buffer.data(), buffer.size() - room);
      if (result == static_cast<std::size_t>(-1) && errno != E2BIG) return copy.size() - left;
    }
    return std::string_view::npos;
  }

 private:
  // iconv_open reports failure as a pointer of all ones.
  [[nodiscard]] bool usable() const noexcept { return reinterpret_cast<std::intptr_t>(handle_) != -1; }
  iconv_t handle_;
};

std::string decode_cp932(std::string_view bytes, const std::string& file) {
  const ToUtf8 converter("CP932");
  std::string text;
  text.reserve(bytes.size() * 3 / 2);
  int line = 1;
  while (!bytes.empty()) {
    // 0x0A is never the second byte of a CP932 character.
    const std::size_t end = bytes.find('\n');
    const std::string_view row = bytes.substr(0, end == std::string_view::npos ? bytes.size() : end + 1);
    const std::size_t bad = converter.append(row, text);
    if (bad != std::string_view::npos) {
      fail(file, line,
           fmt::format("neither UTF-8 nor CP932 text: byte {} of the row is 0x{:02X}", bad + 1,
                       static_cast<unsigned>(static_cast<unsigned char>(row[bad]))));
    }
    bytes.remove_prefix(row.size());
    ++line;
  }
  return text;
}

/// True for bytes that are all EUC-JP and have full-width kana as it: of CP932 they would be odd half-width ones.
bool looks_like_euc_jp(std::string_view bytes) noexcept {
  bool kana = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80) continue;
    const auto trail = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0U;
    if (lead < 0xA1 || lead == 0xFF || trail < 0xA1 || trail == 0xFF) return false;
    kana = kana || lead == 0xA4 || lead == 0xA5;
    ++i;
  }
  return kana;
}

/// With its byte order mark.
std::string decode_utf16(std::string_view bytes, const std::string& file) {
  const ToUtf8 converter(bytes.starts_with("\xFF\xFE") ? "UTF-16LE" : "UTF-16BE");
  std::string text;
  const std::size_t bad = converter.append(bytes.substr(2), text);
  const auto line = static_cast<int>(1 + std::count(text.begin(), text.end(), '\n'));
  if (bad != std::string_view::npos)
    fail(file, line, "begins as UTF-16 text, but this row is none: save it as UTF-8");
  if (text.find('\0') != std::string::npos) fail(file, line, "is not text: it holds a NUL character");
  return text;
}

/// Full-width letters, digits and signs as the narrow ones.
std::string narrowed(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(1, utf8_length(text));
    const std::string_view c = text.substr(0, length);
    const auto at = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(c[i])); };
    const unsigned code = length == 3 ? (at(0) & 0xFU) << 12U | (at(1) & 0x3FU) << 6U | (at(2) & 0x3FU) : 0;
    if (code >= 0xFF01 && code <= 0xFF5E)
      out += static_cast<char>(code - 0xFF01 + '!');
    else if (code == 0x2212)  // the minus sign
      out += '-';
    else if (code == 0x3000)
      out += ' ';
    else
      out += c;
    text.remove_prefix(length);
  }
  return out;
}

/// The numbers in `text`, whatever stands between them.
std::vector<double> numbers_within(std::string_view text) {
  std::vector<double> out;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    double value = 0.0;
    const auto end =
        std::from_chars(text.data() + i, text.data() + text.size(), value, std::chars_format::fixed).ptr;
    out.push_back(value);
    i = static_cast<std::size_t>(end - text.data());
  }
  return out;
}

/// 35°18'36", 35度18分36秒, 35-18-36, 35:18:36, 35.18.36, N35 18 36.
std::optional<double> sexagesimal(std::string_view text) {
  std::string spaced(text);
  if (std::count(spaced.begin(), spaced.end(), '.') == 2) {  // 35.18.36: the points are no decimal points
    std::replace(spaced.begin(), spaced.end(), '.', ' ');
  }
  const std::vector<double> parts = numbers_within(spaced);
  if (parts.size() < 2 || parts.size() > 3 || parts.front() > 360.0) return std::nullopt;
  if (parts[1] >= 60.0 || (parts.size() == 3 && parts[2] >= 60.0)) return std::nullopt;
  const bool negative = text.starts_with('-') || text.find_first_of("SWsw") != std::string_view::npos;
  const double value = parts[0] + parts[1] / 60.0 + (parts.size() == 3 ? parts[2] / 3600.0 : 0.0);
  return negative ? -value : value;
}

int line_of(std::string_view bytes, std::size_t offset) {
  int line = 1;
  for (const char c : bytes.substr(0, offset)) line += c == '\n';
  return line;
}

}  // namespace

std::string read_bytes(const std::filesystem::path& path, std::size_t limit_bytes) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) fail(path.string(), 0, "file not found");
  if (status.type() != std::filesystem::file_type::regular) fail(path.string(), 0, "is not a regular file");
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (!error && size > limit_bytes) {
    fail(path.string(), 0, fmt::format("is too large: {} bytes, at most {}", size, limit_bytes));
  }
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(error ? 0 : static_cast<std::size_t>(size), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (error || !stream) fail(path.string(), 0, "cannot be read");
  return bytes;
}

bool is_utf8(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const std::size_t length = utf8_length(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::string decode_text(std::string_view bytes, const std::string& file) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0")) {
    fail(file, 0,
         "is no text but a zip archive or an Excel workbook: unpack it, or save its sheet as CSV (UTF-8)");
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return decode_utf16(bytes, file);
  const std::size_t nul = bytes.find('\0');
  if (nul != std::string_view::npos) fail(file, line_of(bytes, nul), "is not text: it holds a NUL byte");
  const bool marked = bytes.starts_with("\xEF\xBB\xBF");
  if (marked) bytes.remove_prefix(3);
  if (is_utf8(bytes)) return std::string(bytes);
  if (!marked && looks_like_euc_jp(bytes)) fail(file, 0, "looks like EUC-JP text: save it as UTF-8");
  if (!marked) return decode_cp932(bytes, file);
  std::size_t offset = 0;
  while (const std::size_t length = utf8_length(bytes.substr(offset))) offset += length;
  fail(file, line_of(bytes, offset), "begins with a UTF-8 byte order mark, but this row is not UTF-8");
}

std::optional<double> parse_number(std::string_view text) noexcept {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return std::nullopt;
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> parse_thousands(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  std::size_t digits = 0;  // since the last comma, or the beginning
  bool comma = false;
  for (const char c : text.substr(0, point)) {
    const bool digit = c >= '0' && c <= '9';
    const bool separates = c == ',' && (comma ? digits == 3 : digits >= 1 && digits <= 3);
    if (!digit && !separates) return std::nullopt;
    comma = comma || separates;
    digits = separates ? 0 : digits + 1;
  }
  if (!comma || digits != 3) return std::nullopt;
  std::string plain(text);
  std::erase(plain, ',');
  return parse_number(plain);
}

NumberFault number_fault(std::string_view text) {
  const std::string narrow(trimmed(narrowed(text)));
  if (narrow != text && parse_number(narrow)) {
    return {"full-width", "full-width characters are not read: write " + narrow};
  }
  const auto commas = std::count(narrow.begin(), narrow.end(), ',');
  std::string point = narrow;
  std::replace(point.begin(), point.end(), ',', '.');
  std::string plain = narrow;
  std::erase(plain, ',');
  if (commas == 1 && parse_number(point)) {
    return {"comma",
            fmt::format("a comma is read neither as a decimal point nor between thousands: write {} or {}", point,
                        plain)};
  }
  if (commas > 1 && parse_number(plain)) return {"thousands", "thousands separators are not read: write " + plain};
  if (const auto degrees = sexagesimal(narrow)) {
    return {
        "sexagesimal",
        fmt::format("degrees, minutes and seconds are not read: write {:.6f} if that is what it says", *degrees)};
  }
  if (numbers_within(narrow).size() == 1 && narrow.find_first_of("0123456789") != std::string::npos) {
    return {"unit", "is not a number: letters, signs and units beside it are not read"};
  }
  return {"", "is not a number"};
}

NumberFault degrees_fault(double value) {
  if (!(std::abs(value) > 360.0)) return {"", "is no position on Earth"};
  return {"beyond",
          "is no position on Earth in degrees: are these metres, or degrees, minutes and seconds in one number?"};
}

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 5> kBlanks{" ", "\t", "\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF"};
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view blank : kBlanks) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        more = true;
      }
      if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        more = true;
      }
    }
  }
  return text;
}

}  // namespace amaneku
