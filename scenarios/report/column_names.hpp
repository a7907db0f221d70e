// What the columns of tables are called on a page.
#pragma once

#include <string_view>

#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

/// On a Japanese page the Japanese name with its unit in brackets; else, and where a column has none, the column
/// as every file has it. Every column of a table with a place on the ground has one.
[[nodiscard]] std::string_view column_name(std::string_view column, Language language) noexcept;

}  // namespace amaneku::scenarios
