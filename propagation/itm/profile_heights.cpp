#include "propagation/itm/profile_heights.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace amaneku::itm {
namespace {

// Tenths of a horizon decide which samples count. Where they are whole steps the last bit of the distance does, so
// it is summed up then in the order of NTIA's code; elsewhere a product is as good.
constexpr std::size_t kTenths = 10;

std::size_t left_out_of(const ProfileView& profile) noexcept {
  const std::size_t n = profile.size();
  return n > 2 && profile.distance_m[1] * static_cast<double>(n - 1) < 0.5 * profile.distance_m[n - 1] ? 1 : 0;
}

}  // namespace

SampledHeights::SampledHeights(const ProfileView& profile) noexcept
    : distance_m_(profile.distance_m.data()),
      ground_asl_m_(profile.ground_asl_m.data()),
      left_out_(left_out_of(profile)),
      steps_(profile.size() - 1 - left_out_),
      step_m_(profile.distance_m.back() / static_cast<double>(steps_)) {
  distance_m_ += left_out_;
  ground_asl_m_ += left_out_;
}

double SampledHeights::tx_reach_m(const Horizon& horizon) const noexcept {
  const std::size_t steps = horizon.sample - left_out_;
  if (steps == steps_ || steps % kTenths != 0) return step_m_ * static_cast<double>(steps);
  double walked_m = 0.0;
  for (std::size_t i = 0; i < steps; ++i) walked_m += step_m_;
  return walked_m;
}

double SampledHeights::rx_reach_m(const Horizon& horizon) const noexcept {
  const std::size_t before = std::max(horizon.sample, left_out_) - left_out_;
  const double length_m = step_m_ * static_cast<double>(steps_);
  if (before == 0) return length_m;
  if ((steps_ - before) % kTenths != 0) return step_m_ * static_cast<double>(steps_ - before);
  double left_m = length_m;
  for (std::size_t i = 0; i < before; ++i) left_m -= step_m_;
  return left_m;
}

bool SampledHeights::is_uneven(double most) const noexcept {
  const double* const d = distance_m_;
  // Four at a time: a maximum waits for the one before it otherwise.
  std::array<double, 4> worst_m{};
  std::size_t i = 1;
  for (; i + 3 < steps_; i += 4) {
    const double even_m = static_cast<double>(i) * step_m_;
    worst_m[0] = std::max(worst_m[0], std::abs(d[i] - even_m));
    worst_m[1] = std::max(worst_m[1], std::abs(d[i + 1] - (even_m + step_m_)));
    worst_m[2] = std::max(worst_m[2], std::abs(d[i + 2] - (even_m + 2.0 * step_m_)));
    worst_m[3] = std::max(worst_m[3], std::abs(d[i + 3] - (even_m + 3.0 * step_m_)));
  }
  for (; i < steps_; ++i) worst_m[0] = std::max(worst_m[0], std::abs(d[i] - static_cast<double>(i) * step_m_));
  return *std::max_element(worst_m.begin(), worst_m.end()) > most * step_m_;
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
