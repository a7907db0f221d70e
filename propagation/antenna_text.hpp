// Words, numbers and lines of antenna files, as people and programs write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace amaneku::antenna_text {

[[nodiscard]] std::string_view trimmed(std::string_view text);
/// ASCII letters only.
[[nodiscard]] std::string lower(std::string_view text);

/// A number at the beginning of the text and what follows it. The decimal sign is a point or a comma.
struct Number {
  double value;
  std::string_view rest;
};
[[nodiscard]] std::optional<Number> leading_number(std::string_view text);
/// Nothing but a number.
[[nodiscard]] std::optional<double> only_number(std::string_view text);
/// The first number in words ("E08T", "8-Deg Electrical"); nothing where there is none or a range of two.
[[nodiscard]] std::optional<double> number_in_words(std::string_view text);

/// Parts between any of `separators`; empty parts are left out.
[[nodiscard]] std::vector<std::string_view> words(std::string_view text, std::string_view separators = " \t;");
/// Parts between single separators, trimmed and without quotes around; empty ones count.
[[nodiscard]] std::vector<std::string_view> cells(std::string_view line, char separator);

/// A line that says something.
struct Line {
  int number;  ///< from 1
  std::string_view text;
};
/// All of them, without those that are empty or begin with '#'.
[[nodiscard]] std::vector<Line> lines(std::string_view text);

/// As UTF-8 without a byte order mark: UTF-16 (as some programs export) is converted, all else stays.
[[nodiscard]] std::string as_utf8(std::string_view text);

}  // namespace amaneku::antenna_text
