#include "terrain/files/text_file.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <system_error>

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
class Cp932 {
 public:
  Cp932() : handle_(iconv_open("UTF-8", "CP932")) {
    if (!usable()) throw InternalError("this system's iconv does not know CP932");
  }
  ~Cp932() {
    if (usable()) iconv_close(handle_);
  }
  Cp932(const Cp932&) = delete;
  Cp932& operator=(const Cp932&) = delete;

  /// Appends the text; returns the offset of the first byte that is not CP932, or npos.
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
  const Cp932 converter;
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
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    fail(file, 1, "is UTF-16 text: save it as UTF-8");
  }
  const std::size_t nul = bytes.find('\0');
  if (nul != std::string_view::npos) fail(file, line_of(bytes, nul), "is not text: it holds a NUL byte");
  const bool marked = bytes.starts_with("\xEF\xBB\xBF");
  if (marked) bytes.remove_prefix(3);
  if (is_utf8(bytes)) return std::string(bytes);
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

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view kWide = "\xE3\x80\x80";
  for (;;) {
    if (text.starts_with(' ') || text.starts_with('\t'))
      text.remove_prefix(1);
    else if (text.starts_with(kWide))
      text.remove_prefix(kWide.size());
    else
      break;
  }
  for (;;) {
    if (text.ends_with(' ') || text.ends_with('\t'))
      text.remove_suffix(1);
    else if (text.ends_with(kWide))
      text.remove_suffix(kWide.size());
    else
      break;
  }
  return text;
}

}  // namespace amaneku
