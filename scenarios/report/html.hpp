// Text for people: escaping and figures.
#pragma once

#include <string>
#include <string_view>

namespace amaneku::scenarios {

/// Text for HTML and XML content and for attribute values in either quotes. Bytes that are not UTF-8 and
/// control characters other than tab and line feed, which neither may hold, become U+FFFD.
[[nodiscard]] std::string escape_html(std::string_view text);

/// Rounded, thousands separated by commas, with a true minus sign: "1,234,567", "−12.5".
[[nodiscard]] std::string figure(double value, int decimals = 0);

/// A percentage with one decimal that says 0.0 or 100.0 only where it is so: 99.97 gives "99.9".
[[nodiscard]] std::string percent_figure(double percent);

/// RFC 4648 section 4, padded; of at most 1.6 GB.
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace amaneku::scenarios
