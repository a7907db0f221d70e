#include "propagation/itm/lane_heights.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku::itm {
namespace {

HeightSums sums_on_radial(const LaneProfile& ground, std::size_t n) noexcept {
  return n == 0 ? HeightSums{0.0, 0.0} : HeightSums{ground.sum_height[n - 1], ground.sum_moment[n - 1]};
}

/// Sum of the heights, and of each times its number of steps from the first.
HeightSums whole_sums(const LaneHeights& heights, std::size_t first, std::size_t last) noexcept {
  // Height i is sample i - 1 + second(), that before the first sample the transmitter's, behind the last the
  // receiver's.
  const std::size_t shift = heights.second();
  const std::size_t from = std::max<std::size_t>(first + shift, 1) - 1;
  const std::size_t behind = std::min(last + shift, heights.ground().samples);
  const HeightSums upto = heights.sums_before(behind);
  const HeightSums before = heights.sums_before(from);
  HeightSums sums{upto.height - before.height, upto.moment - before.moment};
  sums.moment -= (static_cast<double>(first + shift) - 1.0) * sums.height;
  if (first + shift == 0) sums.height += heights[first];
  if (last + shift > heights.ground().samples) {
    sums.height += heights[last];
    sums.moment += heights[last] * static_cast<double>(last - first);
  }
  return sums;
}

}  // namespace

LaneHeights::LaneHeights(const PathArrays& paths, std::size_t lane) noexcept
    : ground_(&paths.profile[lane]),
      tx_ground_asl_m_(paths.tx_ground_asl_m),
      rx_ground_asl_m_(paths.rx_ground_asl_m[lane]),
      first_m_(ground_->samples > 0 ? paths.rings.u[0] * paths.metres_per_u[lane] : 0.0),
      metres_per_u_(paths.metres_per_u[lane]),
      all_(sums_on_radial(*ground_, ground_->on_radial)) {
  steps_ = EvenSteps(ground_->samples + 2, first_m_, paths.distance_m[lane]);
  for (std::size_t k = ground_->on_radial; k < ground_->samples; ++k) {
    const double h = sample(k);
    all_.height += h;
    all_.moment += h * static_cast<double>(k);
  }
}

// The offset from the even places changes evenly along the path, so one of its ends is the largest.
bool LaneHeights::is_uneven(double most) const noexcept {
  if (steps() < 2) return false;
  const double left_out = static_cast<double>(steps_.left_out());
  const auto offset_m = [&](double i) {
    return std::abs(first_m_ + (i - 1.0 + left_out) * metres_per_u_ - i * step_m());
  };
  return std::max(offset_m(1.0), offset_m(static_cast<double>(steps() - 1))) > most * step_m();
}

HeightSums LaneHeights::sums_before(std::size_t n) const noexcept {
  if (n <= ground_->on_radial) return sums_on_radial(*ground_, n);
  HeightSums sums = all_;
  for (std::size_t k = n; k < ground_->samples; ++k) {
    const double h = sample(k);
    sums.height -= h;
    sums.moment -= h * static_cast<double>(k);
  }
  return sums;
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
