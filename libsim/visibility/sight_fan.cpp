#include "libsim/visibility/sight_fan.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku {
namespace {

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) noexcept {
  return a / b - static_cast<std::int64_t>(a % b < 0);
}
constexpr std::int64_t ceil_div(std::int64_t a, std::int64_t b) noexcept {
  return -floor_div(-a, b);
}

/// Largest q with m^2 + q^2 <= radius^2.
std::int32_t half_width(int m, double radius) {
  const double left = radius * radius - static_cast<double>(m) * m;
  auto q = static_cast<std::int32_t>(std::sqrt(left));
  while (static_cast<double>(q) * q > left) --q;
  while ((q + 1.0) * (q + 1.0) <= left) ++q;
  return q;
}

}  // namespace

SightFan::SightFan(const SightFanShape& shape) : shape_(shape) {
  const double radius = shape.radius_m / shape.cell_m;
  const int rings = static_cast<int>(radius);
  wedges_ = std::max(1, static_cast<int>(std::ceil(2.0 * radius / shape.arc_cells)));
  half_width_.reserve(static_cast<std::size_t>(rings) + 1);
  for (int m = 0; m <= rings; ++m) {
    half_width_.push_back(half_width(m, radius));
    targets_ += (m == 0 ? 1 : 2) * (2 * static_cast<std::int64_t>(half_width_.back()) + 1);
  }
  --targets_;
}

void SightFan::trace(int wedge, bool mirrored, std::vector<SightRing>& out) const {
  // Slopes across in units of 1 / wedges: the wedge is [low, low + 2), its line runs in the middle.
  const std::int64_t low = 2LL * wedge - wedges_;
  const std::int64_t line = low + 1;
  const double slope = static_cast<double>(line) / wedges_;
  const double metres_per_ring2 = shape_.cell_m * shape_.cell_m * (1.0 + slope * slope);
  const double drop_per_ring = metres_per_ring2 / (2.0 * shape_.effective_earth_radius_m);
  out.clear();
  std::size_t last = 0;
  for (int m = 1; m <= rings(); ++m) {
    const std::int64_t widest = half_width_[static_cast<std::size_t>(m)];
    std::int64_t from = std::max(ceil_div(low * m, wedges_), -widest);
    std::int64_t end = std::min(ceil_div((low + 2) * m, wedges_), widest + 1);
    if (mirrored) {
      const std::int64_t first = 1 - end;
      end = 1 - from;
      from = first;
    }
    const std::int64_t at = (mirrored ? -line : line) * m;
    const std::int64_t across = floor_div(at, wedges_);
    out.push_back({.fraction = static_cast<float>(static_cast<double>(at - across * wedges_) / wedges_),
                   .per_ring = static_cast<float>(1.0 / m),
                   .drop = static_cast<float>(drop_per_ring * m),
                   .lift = static_cast<float>(shape_.target_agl_m / m),
                   .across = static_cast<std::int32_t>(across),
                   .first = static_cast<std::int32_t>(from),
                   .cells = static_cast<std::int32_t>(std::max<std::int64_t>(0, end - from))});
    if (out.back().cells > 0) last = out.size();
  }
  out.resize(last);
}

}  // namespace amaneku
