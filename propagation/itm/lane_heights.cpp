#include "propagation/itm/lane_heights.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku::itm {
namespace {

/// Sum of the heights, and of each times its number of steps from the first.
HeightSums whole_sums(const LaneHeights& heights, std::size_t first, std::size_t last) noexcept {
  const LaneProfile& ground = heights.ground();
  HeightSums sums{0.0, 0.0};
  const auto add = [&](std::size_t i) {
    const double h = heights[i];
    sums.height += h;
    sums.moment += h * static_cast<double>(i - first);
  };
  std::size_t i = first;
  if (i == 0) add(i++);
  // Height i is sample i - 1 + second().
  const std::size_t from = i - 1 + heights.second();
  const std::size_t behind = std::min(last + heights.second(), ground.on_radial);
  if (from < behind) {
    const double height = ground.sum_height[behind - 1] - (from == 0 ? 0.0 : ground.sum_height[from - 1]);
    const double moment = ground.sum_moment[behind - 1] - (from == 0 ? 0.0 : ground.sum_moment[from - 1]);
    const double before = static_cast<double>(first + heights.second()) - 1.0;  // sample at height `first`
    sums.height += height;
    sums.moment += moment - before * height;
    i += behind - from;
  }
  for (; i <= last; ++i) add(i);
  return sums;
}

}  // namespace

LaneHeights::LaneHeights(const PathArrays& paths, std::size_t lane) noexcept
    : ground_(paths.profile[lane]),
      steps_(ground_.samples + 2,
             ground_.samples > 0 ? paths.rings.u[0] * paths.metres_per_u[lane] : paths.distance_m[lane],
             paths.distance_m[lane]),
      tx_ground_asl_m_(paths.tx_ground_asl_m),
      rx_ground_asl_m_(paths.rx_ground_asl_m[lane]),
      first_m_(paths.rings.u.empty() ? 0.0 : paths.rings.u[0] * paths.metres_per_u[lane]),
      metres_per_u_(paths.metres_per_u[lane]) {}

// The offset from the even places changes evenly along the path, so one of its ends is the largest.
bool LaneHeights::is_uneven(double most) const noexcept {
  if (steps() < 2) return false;
  const double left_out = static_cast<double>(steps_.left_out());
  const auto offset_m = [&](double i) {
    return std::abs(first_m_ + (i - 1.0 + left_out) * metres_per_u_ - i * step_m());
  };
  return std::max(offset_m(1.0), offset_m(static_cast<double>(steps() - 1))) > most * step_m();
}

double sum_of(const LaneHeights& heights, std::size_t first, std::size_t last) noexcept {
  return whole_sums(heights, first, last).height;
}

HeightSums height_sums(const LaneHeights& heights, const Stretch& stretch) noexcept {
  const double span = static_cast<double>(stretch.last - stretch.first);
  const HeightSums whole = whole_sums(heights, stretch.first, stretch.last);
  return {whole.height - 0.5 * (heights[stretch.first] + heights[stretch.last]),
          whole.moment - 0.5 * heights[stretch.last] * span};
}

}  // namespace amaneku::itm
