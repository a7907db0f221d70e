// Straight line through the ground heights of a stretch of a profile by least squares.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace amaneku::itm {

/// Heights of the line at the first and the last point of the profile, not of the stretch.
struct FittedLine {
  double first_m;
  double last_m;
};

/// First and last sample of a stretch.
struct Stretch {
  std::size_t first;
  std::size_t last;
};

/// The samples of the stretch from `from` to `to`, in steps of the profile: the stretch widened to whole steps,
/// and by one more on both sides if that leaves fewer than two samples.
[[nodiscard]] inline Stretch whole_stretch(double from, double to, std::size_t steps) noexcept {
  const double n = static_cast<double>(steps);
  double first = std::floor(std::max(0.0, from));
  double last = n - std::floor(std::max(0.0, n - to));
  if (last <= first) {
    first = std::max(0.0, first - 1.0);
    last = n - std::floor(std::max(0.0, n - (last + 1.0)));
  }
  first = std::clamp(first, 0.0, n - 1.0);
  last = std::clamp(last, first + 1.0, n);
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(last)};
}

/// Sums over a stretch: heights, and heights times steps from its first sample; its two ends count half.
struct HeightSums {
  double height;
  double moment;
};

template <class Heights>
[[nodiscard]] HeightSums height_sums(const Heights& heights, const Stretch& stretch) noexcept {
  const double span = static_cast<double>(stretch.last - stretch.first);
  HeightSums sums{0.5 * (heights[stretch.first] + heights[stretch.last]), 0.5 * heights[stretch.last] * span};
  // Two pairs of sums side by side: additions wait for each other otherwise.
  HeightSums other{0.0, 0.0};
  std::size_t i = stretch.first + 1;
  double step = 1.0;
  for (; i + 1 < stretch.last; i += 2, step += 2.0) {
    sums.height += heights[i];
    other.height += heights[i + 1];
    sums.moment += heights[i] * step;
    other.moment += heights[i + 1] * (step + 1.0);
  }
  if (i < stretch.last) {
    sums.height += heights[i];
    sums.moment += heights[i] * step;
  }
  return {sums.height + other.height, sums.moment + other.moment};
}

/// The trapezoidal least-squares line of Hufford (1982): slope 12 / (n (n^2 + 2)) times the moment about the
/// middle.
[[nodiscard]] inline FittedLine line_of(const HeightSums& sums, const Stretch& stretch,
                                        std::size_t steps) noexcept {
  const double n = static_cast<double>(stretch.last - stretch.first);
  const double mean = sums.height / n;
  const double slope = 12.0 * (sums.moment - 0.5 * n * sums.height) / (n * (n * n + 2.0));
  const double middle = 0.5 * static_cast<double>(stretch.first + stretch.last);
  return {mean - slope * middle, mean + slope * (static_cast<double>(steps) - middle)};
}

template <class Heights>
[[nodiscard]] FittedLine fit_line(const Heights& heights, double from, double to) noexcept {
  const Stretch stretch = whole_stretch(from, to, heights.steps());
  return line_of(height_sums(heights, stretch), stretch, heights.steps());
}

}  // namespace amaneku::itm
