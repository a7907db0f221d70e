// Places of a profile's samples, as the irregular terrain model counts them: even steps.
#pragma once

#include <cstddef>

#include "propagation/itm/horizons.hpp"

namespace amaneku::itm {

/// Where a sample lies farther than this from its even step, in steps, heights are interpolated at even steps.
inline constexpr double kLargestUnevenness = 1.0;

/// `start_m` with `step_m` added (negative: taken away) so many times, one after the other, each sum rounded: the
/// same double as the loop, in far fewer operations.
[[nodiscard]] double stepped_m(double start_m, double step_m, std::size_t times) noexcept;

/// The samples themselves stand for the steps. A sample nearer than half a step to the transmitter (the first of
/// a radial) stands in its place.
class EvenSteps {
 public:
  EvenSteps() = default;
  /// `points`: of the profile, ends included; `first_m`: distance of the second one.
  EvenSteps(std::size_t points, double first_m, double length_m) noexcept;

  [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }  ///< samples not counted
  [[nodiscard]] std::size_t steps() const noexcept { return steps_; }
  [[nodiscard]] double step_m() const noexcept { return step_m_; }

  /// Distance of the horizon of the transmitter or the receiver, counted in these steps.
  [[nodiscard]] double tx_reach_m(const Horizon& horizon) const noexcept;
  [[nodiscard]] double rx_reach_m(const Horizon& horizon) const noexcept;

 private:
  std::size_t left_out_ = 0;
  std::size_t steps_ = 0;
  double step_m_ = 0.0;
};

}  // namespace amaneku::itm
