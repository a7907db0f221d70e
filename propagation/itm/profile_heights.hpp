// Ground heights at even steps along a profile, as the irregular terrain model counts them.
#pragma once

#include <cstddef>

#include "propagation/itm/even_steps.hpp"
#include "propagation/itm/horizons.hpp"
#include "terrain/raster/profile.hpp"

namespace amaneku::itm {

/// The samples themselves: for profiles whose points lie near enough to even steps.
class SampledHeights {
 public:
  explicit SampledHeights(const ProfileView& profile) noexcept;
  [[nodiscard]] std::size_t steps() const noexcept { return steps_.steps(); }
  [[nodiscard]] double step_m() const noexcept { return steps_.step_m(); }
  [[nodiscard]] double operator[](std::size_t i) const noexcept { return ground_asl_m_[i]; }

  [[nodiscard]] double tx_reach_m(const Horizon& horizon) const noexcept { return steps_.tx_reach_m(horizon); }
  [[nodiscard]] double rx_reach_m(const Horizon& horizon) const noexcept { return steps_.rx_reach_m(horizon); }

  /// Whether a sample lies farther than `most` steps from its even place.
  [[nodiscard]] bool is_uneven(double most) const noexcept;

 private:
  EvenSteps steps_;
  const double* distance_m_;
  const double* ground_asl_m_;
};

/// As many even steps as the profile has, interpolated linearly. Fast when asked in order.
class ResampledHeights {
 public:
  explicit ResampledHeights(const ProfileView& profile) noexcept
      : profile_(profile), step_m_(profile.distance_m.back() / static_cast<double>(profile.size() - 1)) {}
  [[nodiscard]] std::size_t steps() const noexcept { return profile_.size() - 1; }
  [[nodiscard]] double step_m() const noexcept { return step_m_; }
  [[nodiscard]] double operator[](std::size_t i) const noexcept;

  [[nodiscard]] static double tx_reach_m(const Horizon& horizon) noexcept { return horizon.distance_m; }
  [[nodiscard]] static double rx_reach_m(const Horizon& horizon) noexcept { return horizon.distance_m; }

 private:
  ProfileView profile_;
  double step_m_;
  mutable std::size_t before_ = 0;
};

/// Sum of the heights from `first` to `last`, both included.
template <class Heights>
[[nodiscard]] double sum_of(const Heights& heights, std::size_t first, std::size_t last) noexcept {
  // Four sums side by side: additions wait for each other otherwise.
  std::size_t i = first;
  double a = 0.0;
  double b = 0.0;
  double c = 0.0;
  double d = 0.0;
  for (; i + 3 <= last; i += 4) {
    a += heights[i];
    b += heights[i + 1];
    c += heights[i + 2];
    d += heights[i + 3];
  }
  for (; i <= last; ++i) a += heights[i];
  return (a + b) + (c + d);
}

}  // namespace amaneku::itm
