#include "propagation/antenna_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace amaneku::antenna_text {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (code < 0x80U) {
    byte(code);
  } else if (code < 0x800U) {
    byte(0xC0U | (code >> 6U));
    byte(0x80U | (code & 0x3FU));
  } else {  // a half of a surrogate pair stays one: it is in names only
    byte(0xE0U | (code >> 12U));
    byte(0x80U | ((code >> 6U) & 0x3FU));
    byte(0x80U | (code & 0x3FU));
  }
}

std::string from_utf16(std::string_view text, bool low_byte_first) {
  std::string out;
  for (std::size_t i = 2; i + 1 < text.size(); i += 2) {
    const auto first = static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    const auto second = static_cast<std::uint32_t>(static_cast<unsigned char>(text[i + 1]));
    append_utf8(out, low_byte_first ? first | (second << 8U) : (first << 8U) | second);
  }
  return out;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\f\v";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::optional<Number> leading_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  std::string with_point(text);
  const std::size_t comma = with_point.find_first_not_of("-0123456789");
  if (comma != std::string::npos && with_point[comma] == ',') with_point[comma] = '.';
  double value = 0.0;
  const char* begin = with_point.data();
  const auto [end, error] = std::from_chars(begin, begin + with_point.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
  return Number{value, trimmed(text.substr(static_cast<std::size_t>(end - begin)))};
}

std::optional<double> only_number(std::string_view text) {
  const std::optional<Number> number = leading_number(text);
  if (!number || !number->rest.empty()) return std::nullopt;
  return number->value;
}

std::optional<double> number_in_words(std::string_view text) {
  const std::size_t first = text.find_first_of("0123456789");
  if (first == std::string_view::npos) return std::nullopt;
  const bool negative = first > 0 && text[first - 1] == '-' && (first == 1 || text[first - 2] == ' ');
  const std::optional<Number> number = leading_number(text.substr(first));
  if (!number) return std::nullopt;
  if (std::any_of(number->rest.begin(), number->rest.end(), is_digit)) return std::nullopt;
  return negative ? -number->value : number->value;
}

std::vector<std::string_view> words(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t first = text.find_first_not_of(separators);
    if (first == std::string_view::npos) return out;
    text.remove_prefix(first);
    const std::size_t end = std::min(text.size(), text.find_first_of(separators));
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::vector<std::string_view> cells(std::string_view line, char separator) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t end = line.find(separator);
    std::string_view cell = trimmed(line.substr(0, end));
    if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"')
      cell = trimmed(cell.substr(1, cell.size() - 2));
    out.push_back(cell);
    if (end == std::string_view::npos) return out;
    line.remove_prefix(end + 1);
  }
}

std::vector<Line> lines(std::string_view text) {
  std::vector<Line> out;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && !line.starts_with('#')) out.push_back({number, line});
  }
  return out;
}

std::string as_utf8(std::string_view text) {
  if (text.starts_with("\xFF\xFE")) return from_utf16(text, true);
  if (text.starts_with("\xFE\xFF")) return from_utf16(text, false);
  if (text.starts_with(kUtf8Mark)) text.remove_prefix(kUtf8Mark.size());
  return std::string(text);
}

}  // namespace amaneku::antenna_text
