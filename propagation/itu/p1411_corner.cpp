#include "propagation/itu/p1411_corner.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/units.hpp"

namespace amaneku::itu {

UhfCornerLoss corner_uhf_loss(double freq_hz, const UhfCorner& corner) noexcept {
  using std::numbers::pi;
  const double x1 = positive(corner.x1_m);
  const double x2 = positive(corner.x2_m);
  const double w1 = positive(corner.w1_m);
  const double w2 = positive(corner.w2_m);
  const double alpha = positive(corner.angle_rad);
  const double metre_db = 20.0 * std::log10(4.0 * pi / wavelength_m(positive(freq_hz * 1e-9) * 1e9));
  const double f_alpha = 3.86 / std::pow(alpha, 3.5);  // f(alpha)
  UhfCornerLoss out{};
  out.reflected_db = 20.0 * std::log10(x1 + x2) + x1 * x2 * f_alpha / (w1 * w2) + metre_db;  // L_r
  const double D_a = 20.0 / pi * (std::atan(x2 / w2) + std::atan(x1 / w1) - 0.5 * pi);       // D_a
  out.diffracted_db =
      10.0 * std::log10(x1 * x2 * (x1 + x2)) + 2.0 * D_a - 0.1 * (90.0 - alpha * 180.0 / pi) + metre_db;  // L_d
  // L_NLoS2: the printed equation lacks its minus sign. The smaller loss is taken out of the sum of powers.
  const double least_db = std::min(out.reflected_db, out.diffracted_db);
  const double apart_db = std::abs(out.reflected_db - out.diffracted_db);
  out.loss_db = least_db - 10.0 * std::log10(1.0 + std::pow(10.0, -0.1 * apart_db));
  return out;
}

ShfCornerLoss corner_shf_loss(double freq_hz, const ShfCorner& corner) noexcept {
  const double d_corner_m = 30.0;
  const double x1 = positive(corner.x1_m);
  const double x2 = std::max(0.0, bounded(corner.x2_m));
  const double half_m = 0.5 * positive(corner.w1_m);
  const double L_corner_db = corner.residential ? 30.0 : 20.0;
  if (x2 <= half_m + 1.0) return {0.0, 0.0, CornerRegion::sight};
  if (x2 <= half_m + 1.0 + d_corner_m) {
    return {L_corner_db / std::log10(1.0 + d_corner_m) * std::log10(x2 - half_m), 0.0, CornerRegion::corner};
  }
  double beta = 6.0;
  if (corner.chamfered && !corner.residential) {
    const double f_mhz = positive(freq_hz * 1e-9) * 1e3;
    beta = 4.2 + (1.4 * std::log10(f_mhz) - 7.8) * (0.8 * std::log10(x1) - 1.0);
  }
  return {L_corner_db, 10.0 * beta * std::log10((x1 + x2) / (x1 + half_m + d_corner_m)), CornerRegion::beyond};
}

}  // namespace amaneku::itu
