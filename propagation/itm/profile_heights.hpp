// Ground heights at even steps along a profile, as the irregular terrain model counts them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "propagation/itm/horizons.hpp"
#include "terrain/profile.hpp"

namespace amaneku::itm {

/// The samples themselves: for profiles whose points lie near enough to even steps.
class SampledHeights {
 public:
  explicit SampledHeights(const ProfileView& profile) noexcept : ground_asl_m_(profile.ground_asl_m) {}
  [[nodiscard]] std::size_t steps() const noexcept { return ground_asl_m_.size() - 1; }
  [[nodiscard]] double operator[](std::size_t i) const noexcept { return ground_asl_m_[i]; }
  /// Where a horizon stands among these steps. One in ten lies so that nine tenths of it are whole steps: rounding
  /// decides then which sample counts, hence the sum.
  [[nodiscard]] static double reach_m(const Horizon& horizon) noexcept { return horizon.walked_m; }

 private:
  std::span<const double> ground_asl_m_;
};

/// As many even steps as the profile has, interpolated linearly. Fast when asked in order.
class ResampledHeights {
 public:
  explicit ResampledHeights(const ProfileView& profile) noexcept
      : profile_(profile), step_m_(profile.distance_m.back() / static_cast<double>(profile.size() - 1)) {}
  [[nodiscard]] std::size_t steps() const noexcept { return profile_.size() - 1; }

  [[nodiscard]] double operator[](std::size_t i) const noexcept {
    const auto& d = profile_.distance_m;
    const auto& h = profile_.ground_asl_m;
    if (i >= steps()) return h.back();
    const double at_m = static_cast<double>(i) * step_m_;
    while (before_ > 0 && d[before_] > at_m) --before_;
    while (before_ + 2 < d.size() && d[before_ + 1] <= at_m) ++before_;
    const double part = (at_m - d[before_]) / (d[before_ + 1] - d[before_]);
    return h[before_] + (h[before_ + 1] - h[before_]) * part;
  }
  [[nodiscard]] static double reach_m(const Horizon& horizon) noexcept { return horizon.distance_m; }

 private:
  ProfileView profile_;
  double step_m_;
  mutable std::size_t before_ = 0;
};

/// How far the worst sample lies from its even step, in steps.
[[nodiscard]] inline double unevenness(const ProfileView& profile) noexcept {
  const double step_m = profile.distance_m.back() / static_cast<double>(profile.size() - 1);
  double worst_m = 0.0;
  for (std::size_t i = 1; i + 1 < profile.size(); ++i) {
    worst_m = std::max(worst_m, std::abs(profile.distance_m[i] - static_cast<double>(i) * step_m));
  }
  return worst_m / step_m;
}

}  // namespace amaneku::itm
