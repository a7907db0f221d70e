// Inverse of the cumulative normal distribution, for models that want it exactly. (P.452, P.1812 and ITM state
// approximations of their own, which belong to them.)
#pragma once

#include <algorithm>

namespace amaneku {

/// Percentages as shares of 1, away from 0 and 1, where a normal distribution has no value.
[[nodiscard]] constexpr double share_of(double percent) noexcept {
  return std::clamp(percent / 100.0, 1e-12, 1.0 - 1e-12);
}

/// x with Phi(x) = share; for 1 - share the same with the other sign. ITU-R P.1057-7 section 3 gives the rational
/// approximation (relative error 1.2e-9), one step of Halley's method the rest. The share is held to
/// 1e-16 .. 1 - 1e-16.
[[nodiscard]] double normal_quantile(double share) noexcept;

}  // namespace amaneku
