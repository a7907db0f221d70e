#include "propagation/itu/p452_clutter17.hpp"

#include <cmath>

namespace amaneku::itu {

double height_gain_clutter_db(double freq_hz, double antenna_agl_m, const NominalClutter& clutter) noexcept {
  if (!(clutter.height_m > antenna_agl_m)) return 0.0;
  const double frequency = 0.25 + 0.375 * (1.0 + std::tanh(7.5 * (freq_hz * 1e-9 - 0.5)));  // (57a)
  const double height = 1.0 - std::tanh(6.0 * (antenna_agl_m / clutter.height_m - 0.625));
  return 10.25 * frequency * std::exp(-std::fmax(0.0, clutter.distance_m * 1e-3)) * height - 0.33;  // (57)
}

}  // namespace amaneku::itu
