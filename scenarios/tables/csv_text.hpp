// A field of a CSV that people open in a spreadsheet.
#pragma once

#include <string>

namespace amaneku::scenarios {

/// RFC 4180; a text that a spreadsheet would take for a formula is defused with an apostrophe.
[[nodiscard]] std::string csv_text(const std::string& text);

}  // namespace amaneku::scenarios
