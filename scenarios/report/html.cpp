#include "scenarios/report/html.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cmath>

namespace amaneku::scenarios {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kMinus = "\xE2\x88\x92";

/// Length of the well-formed UTF-8 sequence at the start of `text` (Unicode 15 table 3-7), 0 if there is none.
std::size_t utf8_length(std::string_view text) noexcept {
  const auto byte = [text](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto within = [](unsigned value, unsigned low, unsigned high) { return value >= low && value <= high; };
  const auto tail = [&](std::size_t i) { return within(byte(i), 0x80, 0xBF); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (within(lead, 0xC2, 0xDF)) return tail(1) ? 2 : 0;
  if (within(lead, 0xE0, 0xEF)) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;
    return within(byte(1), low, high) && tail(2) ? 3 : 0;
  }
  if (within(lead, 0xF0, 0xF4)) {
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    return within(byte(1), low, high) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

std::string_view entity(char c) noexcept {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

bool forbidden_control(char c) noexcept {
  const auto code = static_cast<unsigned char>(c);
  return (code < 0x20 && c != '\t' && c != '\n') || code == 0x7F;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::string_view named = entity(text.front());
    if (length == 0 || forbidden_control(text.front())) {
      out += kReplacement;
    } else if (!named.empty()) {
      out += named;
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string figure(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  const std::string plain = fmt::format("{:.{}f}", std::abs(value), decimals);
  const std::size_t whole = std::min(plain.find('.'), plain.size());
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0) out += ',';
    out += plain[i];
  }
  const bool zero = plain.find_first_not_of("0.") == std::string::npos;
  return value < 0.0 && !zero ? std::string(kMinus) + out : out;
}

std::string percent_figure(double percent) {
  if (percent > 99.9 && percent < 100.0) return "99.9";
  if (percent > 0.0 && percent < 0.1) return "<0.1";
  return figure(percent, 1);
}

std::string base64(std::string_view bytes) {
  std::string out((bytes.size() + 2) / 3 * 4, '\0');
  // The zero that OpenSSL sets at the end falls on that of the string.
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  return out;
}

}  // namespace amaneku::scenarios
