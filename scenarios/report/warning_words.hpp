// What a warning says on a page or terminal: its meaning, and its details in the language of the reader.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/report/language.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {

/// What the named warning means; empty for a name without a text.
[[nodiscard]] std::string_view warning_meaning(const Warning& warning, Language language) noexcept;

/// The figures and names of the warning. English: its message. Japanese: empty where the message has none; a
/// message whose form is not known stays as it is, so that nothing is lost.
[[nodiscard]] std::string warning_detail(const Warning& warning, Language language);

/// Keys and ids of a text as words: `budget_request` as "budget request" or 「概算要求」, technologies and models
/// by their names; in Japanese further English words too. What is not known stays.
[[nodiscard]] std::string in_words(std::string_view text, Language language);

}  // namespace amaneku::scenarios
