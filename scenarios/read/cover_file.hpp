// Set covering problems from files of OR-Library: numbers of rows and columns, the cost of each column, then for
// each row how many columns cover it and which, counted from 1. Numbers stand apart by blanks and ends of lines.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libsim/selection/cover_problem.hpp"

namespace amaneku::scenarios {

/// What a file may ask for.
inline constexpr std::int32_t kCoverRows = 10'000'000;
inline constexpr std::int32_t kCoverColumns = 1'000'000;
inline constexpr std::size_t kCoverTerms = 400'000'000;  ///< columns of all rows together

/// Columns are sites, from 0: 1 less than in the file. Rows and sites only: targets and limits are for the caller.
/// InputError with line and column for what is not understood.
[[nodiscard]] CoverProblem parse_cover(std::string_view text, const std::string& file);
/// The same from a file, plain or .gz.
[[nodiscard]] CoverProblem read_cover(const std::filesystem::path& path);

}  // namespace amaneku::scenarios
