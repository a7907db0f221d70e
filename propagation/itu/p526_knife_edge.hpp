// ITU-R P.526-15 section 4.1: single knife edge.
#pragma once

#include <cmath>

#include "propagation/geometry.hpp"

namespace amaneku::itu {

/// J(nu), dB, eq. (31) of section 4.1. 0 for nu <= -0.78 (there J vanishes), also for -infinity (no intermediate
/// point).
[[nodiscard]] inline double knife_edge_loss_db(double nu) noexcept {
  if (!(nu > PathGeometry::kNuNoLoss)) return 0.0;
  const double shifted = nu - 0.1;
  return 6.9 + 20.0 * std::log10(std::sqrt(shifted * shifted + 1.0) + shifted);
}

}  // namespace amaneku::itu
