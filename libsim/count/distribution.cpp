#include "libsim/count/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace amaneku {

double LinearScale::value_of(std::size_t index) const noexcept {
  return min + (static_cast<double>(index) + 0.5) * width;
}

void Distribution::add(const Distribution& other) noexcept {
  for (std::size_t i = 0; i < weight_.size(); ++i) weight_[i] += other.weight_[i];
}

double Distribution::total() const noexcept {
  return std::accumulate(weight_.begin(), weight_.end(), 0.0);
}

double Distribution::quantile(double share) const noexcept {
  const double all = total();
  if (!(all > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0.0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weight_.size(); ++i) {
    if (weight_[i] <= 0.0) continue;
    last = i;
    sum += weight_[i];
    if (sum >= share * all) break;
  }
  return scale_.value_of(last);
}

double Distribution::share_from(double value) const noexcept {
  const double all = total();
  if (!(all > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  const auto first = static_cast<long>(std::ceil((value - scale_.min) / scale_.width - 1e-9));
  const auto begin = std::clamp(first, 0L, static_cast<long>(weight_.size()));
  return std::accumulate(weight_.begin() + begin, weight_.end(), 0.0) / all;
}

}  // namespace amaneku
