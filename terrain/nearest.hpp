// "Did you mean": the known word closest to one that a user wrote.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace amaneku {

/// The candidate with the smallest edit distance (insertion, deletion, substitution or exchange of two
/// neighbours; ASCII case ignored), the first of equals. "" when nothing is close: the distance must not
/// exceed a third of the longer word, and 1 is always close for words of more than two letters.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace amaneku
