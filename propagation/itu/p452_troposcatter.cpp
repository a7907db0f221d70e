#include "propagation/itu/p452_troposcatter.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"

namespace amaneku::itu {

double troposcatter_loss_db(const TroposcatterForm& form, const Link& link, const PathGeometry& path,
                            double time_percent, double path_mrad) noexcept {
  const double log_f = std::log10(positive(link.freq_hz * 1e-9));
  const double log_half_f = log_f - 0.30102999566398120;
  const double frequency_db = 25.0 * log_f - 2.5 * log_half_f * log_half_f;  // (45)
  const double decades = std::log10(50.0 / time_percent);
  const double variation = std::copysign(std::pow(std::abs(decades), 0.7), decades);
  return form.constant_db + frequency_db + 20.0 * std::log10(positive(path.distance_m * 1e-3)) +
         0.573 * path_mrad - 0.15 * bounded(link.n0) - form.spread_db * variation;  // (44)
}

double coupling_loss_db(double gains_dbi) noexcept {
  return 0.051 * std::exp(0.055 * std::min(gains_dbi, 1000.0));
}

}  // namespace amaneku::itu
