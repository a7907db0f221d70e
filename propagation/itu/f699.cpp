#include "propagation/itu/f699.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku::itu {

double f699_gain_dbi(double max_gain_dbi, double off_axis_deg) noexcept {
  const double phi = std::clamp(std::abs(off_axis_deg), 0.0, 180.0);
  const double log_d = (max_gain_dbi - 7.7) / 20.0;
  const double d = std::pow(10.0, log_d);
  const double first_lobe_dbi = 2.0 + 15.0 * log_d;
  const double phi_m = 20.0 / d * std::sqrt(std::max(0.0, max_gain_dbi - first_lobe_dbi));
  const bool large = d > 100.0;
  // Small antennas of little gain have their first lobe lower than what the main lobe reaches at its edge.
  const double lobe_end = std::max(phi_m, large ? 15.85 * std::pow(d, -0.6) : 100.0 / d);
  if (phi < phi_m) return max_gain_dbi - 2.5e-3 * d * phi * d * phi;
  if (phi < lobe_end) return first_lobe_dbi;
  const double far = large ? 32.0 : 52.0 - 10.0 * log_d;
  const double back = large ? -10.0 : 10.0 - 10.0 * log_d;
  return phi < 48.0 ? far - 25.0 * std::log10(phi) : back;
}

}  // namespace amaneku::itu
