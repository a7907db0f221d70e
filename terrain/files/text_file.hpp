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

/// UTF-8 without a byte order mark, from UTF-8 (with or without one) or, where the bytes are not UTF-8, from
/// CP932 (Microsoft's Shift_JIS). InputError with `file` and the row for bytes that are neither, for UTF-16
/// and for NUL bytes.
[[nodiscard]] std::string decode_text(std::string_view bytes, const std::string& file);

/// The whole of `text` as a decimal number ("12", "-0.5", "1e6", "nan"); nothing if any character is left over.
[[nodiscard]] std::optional<double> parse_number(std::string_view text) noexcept;

/// Without ASCII blanks and the ideographic space (U+3000) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

}  // namespace amaneku
