// Ground heights of one lane of a ring, as the irregular terrain model counts them.
#pragma once

#include <cstddef>

#include "propagation/itm/even_steps.hpp"
#include "propagation/itm/height_fit.hpp"
#include "propagation/path_arrays.hpp"

namespace amaneku::itm {

/// What SampledHeights is for a profile: the samples themselves, for rings at even distances. Sums take a time
/// that does not depend on how many samples the lane borrows. Refers to the lane's profile.
class LaneHeights {
 public:
  LaneHeights() = default;
  LaneHeights(const PathArrays& paths, std::size_t lane) noexcept;

  [[nodiscard]] std::size_t steps() const noexcept { return steps_.steps(); }
  [[nodiscard]] double step_m() const noexcept { return steps_.step_m(); }
  [[nodiscard]] double operator[](std::size_t i) const noexcept {
    const std::size_t point = i + steps_.left_out();
    if (point == 0) return tx_ground_asl_m_;
    return point > ground_->samples ? rx_ground_asl_m_ : sample(point - 1);
  }
  [[nodiscard]] double tx_reach_m(const Horizon& horizon) const noexcept { return steps_.tx_reach_m(horizon); }
  [[nodiscard]] double rx_reach_m(const Horizon& horizon) const noexcept { return steps_.rx_reach_m(horizon); }

  /// Whether a sample lies farther than `most` steps from its even place.
  [[nodiscard]] bool is_uneven(double most) const noexcept;

  [[nodiscard]] const LaneProfile& ground() const noexcept { return *ground_; }
  /// Sample of the lane's profile that is height 1.
  [[nodiscard]] std::size_t second() const noexcept { return steps_.left_out(); }
  [[nodiscard]] double sample(std::size_t k) const noexcept {
    return k < ground_->on_radial ? ground_->ground_asl_m[k]
                                  : ground_->own_ground_asl_m[(k - ground_->on_radial) * ground_->own_stride];
  }
  /// Sums of the samples 0 .. n - 1, of their heights and of each times its number.
  [[nodiscard]] HeightSums sums_before(std::size_t n) const noexcept;

 private:
  const LaneProfile* ground_ = nullptr;
  EvenSteps steps_{};
  double tx_ground_asl_m_ = 0.0;
  double rx_ground_asl_m_ = 0.0;
  double first_m_ = 0.0;
  double metres_per_u_ = 0.0;
  HeightSums all_{};  ///< sums_before the end
};

/// Sum of the heights from `first` to `last`, both included.
[[nodiscard]] double sum_of(const LaneHeights& heights, std::size_t first, std::size_t last) noexcept;

[[nodiscard]] HeightSums height_sums(const LaneHeights& heights, const Stretch& stretch) noexcept;

}  // namespace amaneku::itm
