// The interdecile range of the heights of a profile, from which the irregular terrain model has its delta_h.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>

namespace amaneku::itm {

/// A stretch of a profile, in its steps.
struct StepRange {
  double from;
  double to;
};

/// The heights that are read of a stretch: `count` of them at even distances from end to end; `tenth` is the rank
/// from either side that counts.
struct Readings {
  static constexpr int kMostTenths = 25;
  static constexpr int kMost = 10 * kMostTenths - 5;

  int tenth;
  int count;
  double spacing;  ///< in steps
};

/// For a stretch of two steps at least.
[[nodiscard]] inline Readings readings_of(const StepRange& stretch) noexcept {
  const double length = stretch.to - stretch.from;
  const int tenth = std::clamp(static_cast<int>(std::min(1e6, 0.1 * (length + 8.0))), 4, Readings::kMostTenths);
  const int count = 10 * tenth - 5;
  return {tenth, count, length / (count - 1)};
}

/// Slope of the least-squares line of height_fit.hpp through readings, from their moment about the middle.
[[nodiscard]] inline double slope_of(double moment, int count) noexcept {
  const double span = count - 1;
  return 12.0 * moment / (span * (span * span + 2.0));
}

/// Height at a place in steps, interpolated linearly.
template <class Heights>
[[nodiscard]] double height_at(const Heights& heights, double at) noexcept {
  const int before = std::min(static_cast<int>(at), static_cast<int>(heights.steps()) - 1);
  const double h = heights[static_cast<std::size_t>(before)];
  return h + (heights[static_cast<std::size_t>(before) + 1] - h) * (at - before);
}

/// Interdecile range, m, of up to 245 heights at even distances over the stretch about their least-squares line.
/// 0 for a stretch of less than two steps. Hufford, Longley & Kissick (1982), NTIA Report 82-100.
template <class Heights>
[[nodiscard]] double interdecile_range_m(const Heights& heights, const StepRange& stretch) noexcept {
  if (!(stretch.to - stretch.from >= 2.0)) return 0.0;
  const Readings readings = readings_of(stretch);
  const int n = readings.count;

  std::array<double, Readings::kMost> about;
  const double middle = 0.5 * (n - 1);
  double moment = 0.0;
  for (int j = 0; j < n; ++j) {
    const double value = height_at(heights, stretch.from + readings.spacing * j);
    about[static_cast<std::size_t>(j)] = value;
    // Half weight for the two ends, as in height_fit.hpp.
    const double weighted = j == 0 || j == n - 1 ? 0.5 * value : value;
    moment += weighted * (j - middle);
  }
  const double slope = slope_of(moment, n);
  for (int j = 0; j < n; ++j) about[static_cast<std::size_t>(j)] -= slope * (j - middle);

  // The tenth-th largest and the tenth-th smallest; the line's own height cancels.
  const auto end = about.begin() + n;
  const auto high = about.begin() + readings.tenth - 1;
  const auto low = about.begin() + (n - readings.tenth);
  std::nth_element(about.begin(), high, end, std::greater<>());
  std::nth_element(high + 1, low, end, std::greater<>());
  return *high - *low;
}

}  // namespace amaneku::itm
