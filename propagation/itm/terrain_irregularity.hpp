// Terrain irregularity delta_h of the irregular terrain model from a profile.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>

#include "propagation/itm/terrain_terms.hpp"

namespace amaneku::itm {

/// A stretch of a profile, in its steps.
struct StepRange {
  double from;
  double to;
};

/// Interdecile range, m, of up to 245 heights at even distances over the stretch about their least-squares line.
/// 0 for a stretch of less than two steps. Hufford, Longley & Kissick (1982), NTIA Report 82-100.
template <class Heights>
[[nodiscard]] double interdecile_range_m(const Heights& heights, const StepRange& stretch) noexcept {
  constexpr int kMostTenths = 25;
  constexpr std::size_t kMost = 10 * kMostTenths - 5;
  const double length = stretch.to - stretch.from;
  if (!(length >= 2.0)) return 0.0;
  const int tenth = std::clamp(static_cast<int>(std::min(1e6, 0.1 * (length + 8.0))), 4, kMostTenths);
  const int n = 10 * tenth - 5;
  const double spacing = length / (n - 1);

  std::array<double, kMost> about;
  const int last = static_cast<int>(heights.steps()) - 1;
  const double middle = 0.5 * (n - 1);
  double moment = 0.0;
  for (int j = 0; j < n; ++j) {
    const double at = stretch.from + spacing * j;
    const int before = std::min(static_cast<int>(at), last);
    const double h = heights[static_cast<std::size_t>(before)];
    const double value = h + (heights[static_cast<std::size_t>(before) + 1] - h) * (at - before);
    about[static_cast<std::size_t>(j)] = value;
    // Half weight for the two ends, as in height_fit.hpp.
    const double weighted = j == 0 || j == n - 1 ? 0.5 * value : value;
    moment += weighted * (j - middle);
  }
  const double span = n - 1;
  const double slope = 12.0 * moment / (span * (span * span + 2.0));
  for (int j = 0; j < n; ++j) about[static_cast<std::size_t>(j)] -= slope * (j - middle);

  // The tenth-th largest and the tenth-th smallest; the line's own height cancels.
  const auto end = about.begin() + n;
  const auto high = about.begin() + tenth - 1;
  const auto low = about.begin() + (n - tenth);
  std::nth_element(about.begin(), high, end, std::greater<>());
  std::nth_element(high + 1, low, end, std::greater<>());
  return *high - *low;
}

/// Terrain irregularity delta_h, m: what the interdecile range would be on a very long path, ERL 79-ITS 67 eq.
/// (3).
template <class Heights>
[[nodiscard]] double terrain_irregularity_m(const Heights& heights, const StepRange& stretch,
                                            double step_m) noexcept {
  const double length_m = (stretch.to - stretch.from) * step_m;
  return within(interdecile_range_m(heights, stretch) / (1.0 - 0.8 * std::exp(-length_m / 50e3)), 0.0,
                kLargestIrregularity_m);
}

}  // namespace amaneku::itm
