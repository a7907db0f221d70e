// Text from files, in the encodings in which Japanese open data come.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace amaneku {

/// The bytes of a regular file. InputError if it is missing, a folder, unreadable or larger than `limit_bytes`.
[[nodiscard]] std::string read_bytes(const std::filesystem::path& path,
                                     std::size_t limit_bytes = std::size_t{1} << 31U);

[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

/// UTF-8 without a byte order mark, from UTF-8 (with or without one), from UTF-16 with a byte order mark (Excel's
/// "Unicode text") or, where the bytes are neither, from CP932 (Microsoft's Shift_JIS). InputError with `file` and
/// the row for bytes that are none of them, for NUL bytes, and for a zip archive, which an Excel workbook is.
[[nodiscard]] std::string decode_text(std::string_view bytes, const std::string& file);

/// The whole of `text` as a decimal number ("12", "-0.5", "1e6", "nan"); nothing if any character is left over.
[[nodiscard]] std::optional<double> parse_number(std::string_view text) noexcept;

/// Why a text that parse_number refuses is no number, with the mend.
struct NumberFault {
  std::string habit{};  ///< the same for every row that writes numbers in this way; empty: no way that is known
  std::string
      message{};  ///< "is not a number", or what was recognised: a decimal comma, 35°18'36", full-width digits
};
[[nodiscard]] NumberFault number_fault(std::string_view text);
/// The same for a number that is no longitude or latitude.
[[nodiscard]] NumberFault degrees_fault(double value);

/// "1,234" and "1,234,567.5" as 1234 and 1234567.5; nothing for other text.
[[nodiscard]] std::optional<double> parse_thousands(std::string_view text);

/// Without ASCII blanks, no-break spaces and the ideographic space (U+3000) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

}  // namespace amaneku
