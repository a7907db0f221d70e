#include "libsim/visibility/observer_lanes.hpp"

#include <cmath>

#include "libsim/parallel.hpp"
#include "libsim/visibility/total_visibility.hpp"

namespace amaneku {

int ObserverPattern::observers_along() const noexcept {
  return observers_among(along, stride);
}
int ObserverPattern::observers_across() const noexcept {
  return observers_among(across, stride);
}

ObserverLanes::ObserverLanes(const Grid& grid, const ObserverPattern& pattern, int threads)
    : grid_(grid), pattern_(pattern), threads_(threads) {
  // An offset beyond the reach: the cell after the line's last, and the end of the targets.
  padding_ = (pattern.reach + 2) / pattern.stride + 1;
  phase_width_ = pattern.lanes() + 2 * static_cast<std::size_t>(padding_) + 1;
  width_ = phase_width_ * static_cast<std::size_t>(pattern.stride);
}

std::int32_t ObserverLanes::position(int offset) const noexcept {
  const int n = pattern_.stride;
  const int phase = ((offset % n) + n) % n;
  return static_cast<std::int32_t>(phase_width_) * phase + padding_ + (offset - phase) / n;
}

template <class T, class Fill>
std::vector<T> ObserverLanes::arranged(const Fill& fill) const {
  std::vector<T> out(static_cast<std::size_t>(pattern_.along) * width_);
  const int first = observer_cell(0, pattern_.stride);
  parallel_for(static_cast<std::size_t>(pattern_.along), threads_, [&](std::size_t a) {
    T* const line = out.data() + a * width_;
    const auto lanes = static_cast<int>(phase_width_);
    fill(static_cast<int>(a), [&](const auto& value_at) {
      // In order of the cell.
      for (int j = 0; j < lanes; ++j) {
        for (int phase = 0; phase < pattern_.stride; ++phase) {
          const int cell = first + (j - padding_) * pattern_.stride + phase;
          line[static_cast<std::size_t>(phase) * phase_width_ + static_cast<std::size_t>(j)] = value_at(cell);
        }
      }
    });
  });
  return out;
}

std::vector<float> ObserverLanes::heights(std::span<const float> ground_asl_m) const {
  return arranged<float>([&](int along, const auto& each) {
    each([&](int across) {
      if (across < 0 || across >= pattern_.across) return kVoidWall_m;
      const float height =
          ground_asl_m[pattern_.along_x ? grid_.index(along, across) : grid_.index(across, along)];
      return std::isnan(height) ? kVoidWall_m : height;
    });
  });
}

std::vector<std::uint32_t> ObserverLanes::sums(std::span<const std::uint32_t> values) const {
  return arranged<std::uint32_t>([&](int along, const auto& each) {
    std::uint32_t sum = 0;
    each([&](int across) {
      const std::uint32_t before = sum;
      if (across >= 0 && across < pattern_.across) {
        sum += values[pattern_.along_x ? grid_.index(along, across) : grid_.index(across, along)];
      }
      return before;
    });
  });
}

}  // namespace amaneku
