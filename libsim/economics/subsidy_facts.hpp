// What is known of a project that asks for a subsidy: the facts that the conditions of rules test.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terrain/range.hpp"

namespace amaneku {

enum class FactKind : std::uint8_t { flag, number, word };

/// Unknown to the caller, and no default may be taken.
constexpr std::int64_t kUnknown = std::numeric_limits<std::int64_t>::min();

struct SubsidyFact {
  const char* name;  ///< key of a request
  FactKind kind;
  std::int64_t fallback;  ///< where the request does not say: kUnknown or the value
  Range range;            ///< of a number
  std::vector<std::string> words;
  const char* meaning;
};

/// Values of facts, one per row of subsidy_facts(): a flag 0 or 1, a word its index, a number in units of 1e-9, so
/// that decimals such as 0.5 compare exactly.
constexpr std::size_t kFactCount = 22;
using FactValues = std::array<std::int64_t, kFactCount>;

[[nodiscard]] std::span<const SubsidyFact> subsidy_facts();
/// Index of the fact of that name; -1: there is none.
[[nodiscard]] int fact_index(std::string_view name);
/// Every fact at its default.
[[nodiscard]] FactValues default_facts();

/// A number in units of 1e-9. "0.5" and 0.5 are the same; InputError (no key) for what is no number or outside
/// the range.
[[nodiscard]] std::int64_t fact_number(std::string_view text, Range range);
[[nodiscard]] std::int64_t fact_number(double value, Range range);
/// As a person writes it: "0.5", "true", "new".
[[nodiscard]] std::string fact_text(int fact, std::int64_t value);

}  // namespace amaneku
