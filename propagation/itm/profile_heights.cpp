#include "propagation/itm/profile_heights.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace amaneku::itm {

SampledHeights::SampledHeights(const ProfileView& profile) noexcept
    : steps_(profile.size(), profile.distance_m[1], profile.distance_m.back()),
      distance_m_(profile.distance_m.data() + steps_.left_out()),
      ground_asl_m_(profile.ground_asl_m.data() + steps_.left_out()) {}

bool SampledHeights::is_uneven(double most) const noexcept {
  const double* const d = distance_m_;
  const std::size_t steps = steps_.steps();
  const double step_m = steps_.step_m();
  // Four at a time: a maximum waits for the one before it otherwise.
  std::array<double, 4> worst_m{};
  std::size_t i = 1;
  for (; i + 3 < steps; i += 4) {
    const double even_m = static_cast<double>(i) * step_m;
    worst_m[0] = std::max(worst_m[0], std::abs(d[i] - even_m));
    worst_m[1] = std::max(worst_m[1], std::abs(d[i + 1] - (even_m + step_m)));
    worst_m[2] = std::max(worst_m[2], std::abs(d[i + 2] - (even_m + 2.0 * step_m)));
    worst_m[3] = std::max(worst_m[3], std::abs(d[i + 3] - (even_m + 3.0 * step_m)));
  }
  for (; i < steps; ++i) worst_m[0] = std::max(worst_m[0], std::abs(d[i] - static_cast<double>(i) * step_m));
  return *std::max_element(worst_m.begin(), worst_m.end()) > most * step_m;
}

double ResampledHeights::operator[](std::size_t i) const noexcept {
  const auto& d = profile_.distance_m;
  const auto& h = profile_.ground_asl_m;
  if (i >= steps()) return h.back();
  const double at_m = static_cast<double>(i) * step_m_;
  while (before_ > 0 && d[before_] > at_m) --before_;
  while (before_ + 2 < d.size() && d[before_ + 1] <= at_m) ++before_;
  const double part = (at_m - d[before_]) / (d[before_ + 1] - d[before_]);
  return h[before_] + (h[before_ + 1] - h[before_]) * part;
}

}  // namespace amaneku::itm
