// Sizes beyond any physics. A formula that holds its inputs between them has no logarithm, root or power that
// leaves the finite numbers, whatever finite value it was given; the values themselves are flagged elsewhere.
#pragma once

#include <algorithm>

namespace amaneku {

inline constexpr double kSmallest = 1e-12;
inline constexpr double kLargest = 1e12;

/// For what is above zero by nature: a frequency, a distance, a width.
[[nodiscard]] constexpr double positive(double value) noexcept {
  return std::clamp(value, kSmallest, kLargest);
}

/// For what may have either sign: a height above sea level, a height difference.
[[nodiscard]] constexpr double bounded(double value) noexcept {
  return std::clamp(value, -kLargest, kLargest);
}

}  // namespace amaneku
