#include "libsim/mobility/measurement.hpp"

#include <cmath>

namespace amaneku::mobility {

double filter_share(int k, double period_s, double reference_s) {
  const double share = std::exp2(-0.25 * k);
  return period_s == reference_s ? share : 1.0 - std::pow(1.0 - share, period_s / reference_s);
}

double filter_lag_s(double share, double period_s) noexcept {
  return period_s * (1.0 - share) / share;
}

}  // namespace amaneku::mobility
