#include "propagation/itu/p452_combination.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku::itu {

double angle_interpolation(double argument) noexcept {
  return 0.5 - 0.5 * std::tanh(argument);
}

// Written around the smaller loss, so that no power leaves the finite numbers.
double power_sum_of_losses_db(double a_db, double b_db) noexcept {
  return std::min(a_db, b_db) -
         2.171472409516259 * std::log1p(std::exp(-0.4605170185988091 * std::abs(a_db - b_db)));
}

Combined combine(const Mechanisms& m, const Blend& blend) noexcept {
  Combined out{};
  out.distance_interpolation = 0.5 - 0.5 * std::tanh(1.5 * (blend.distance_km - 20.0) / 20.0);  // (58)
  out.diffraction_median_db = m.line_of_sight.free_space_db + m.diffraction_median_db;          // (42)
  out.diffraction_db = m.line_of_sight.at_p_db + m.diffraction_at_p_db;                         // (43)
  const double over_land_db = (1.0 - blend.sea_fraction) * m.diffraction_at_p_db;
  out.least_los_db =
      blend.time_interpolation == 1.0
          ? m.line_of_sight.at_p_db + over_land_db
          : out.diffraction_median_db + (m.line_of_sight.at_beta0_db + over_land_db - out.diffraction_median_db) *
                                            blend.time_interpolation;  // (59)
  // Eq. (60), 2.5 ln(exp(a / 2.5) + exp(b / 2.5)), around the larger one.
  const double apart_db = std::abs(m.ducting_db - m.line_of_sight.at_p_db);
  out.least_ducting_db =
      std::max(m.ducting_db, m.line_of_sight.at_p_db) + 2.5 * std::log1p(std::exp(-apart_db / 2.5));
  out.with_ducting_db = out.diffraction_db;  // (61)
  if (out.least_ducting_db <= out.diffraction_db) {
    out.with_ducting_db =
        out.least_ducting_db + (out.diffraction_db - out.least_ducting_db) * out.distance_interpolation;
  }
  out.modified_db =
      out.with_ducting_db + (out.least_los_db - out.with_ducting_db) * blend.angle_interpolation;  // (62)
  out.loss_db = power_sum_of_losses_db(m.troposcatter_db, out.modified_db);                        // (63)
  return out;
}

}  // namespace amaneku::itu
