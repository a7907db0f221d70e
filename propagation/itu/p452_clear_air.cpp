#include "propagation/itu/p452_clear_air.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/itu/p452_combination-inl.hpp"

namespace amaneku::itu {
namespace {

// Eq. (44) without distance and angle.
double scatter_db(const Link& link, double log10_f, double time_percent, const TroposcatterForm& form) noexcept {
  const double log_half_f = log10_f - 0.30102999566398120;
  const double frequency_db = 25.0 * log10_f - 2.5 * log_half_f * log_half_f;  // (45)
  const double decades = std::log10(50.0 / time_percent);
  const double variation = std::copysign(std::pow(std::abs(decades), 0.7), decades);
  return form.constant_db + frequency_db - 0.15 * bounded(link.n0) - form.spread_db * variation;
}

}  // namespace

ClearAirLink clear_air_link(const Link& link, double time_percent, const TroposcatterForm& form,
                            bool over_sea) noexcept {
  const double f_ghz = positive(link.freq_hz * 1e-9);
  const double p = std::clamp(time_percent, 1e-6, 100.0 - 1e-6);
  const double low_frequency_db = f_ghz < 0.5 ? 45.375 - 137.0 * f_ghz + 92.5 * f_ghz * f_ghz : 0.0;  // (47a)
  const DiffractionLink median = diffraction_link(link, over_sea);
  const double log10_f = std::log10(f_ghz);
  return {.median = median,
          .beta = with_earth_radius(median, kBetaEarthRadius_m),
          .f_ghz = f_ghz,
          .log10_f = log10_f,
          .cbrt_f = std::cbrt(f_ghz),
          .p = p,
          .log10_p = std::log10(p),
          .deviate_of_p = inverse_normal(p * 0.01),
          .climate = ducting_climate(link.latitude_deg),
          .scatter_db = scatter_db(link, log10_f, p, form),
          .duct_db = 102.45 + low_frequency_db,
          .gases = {},
          .scatter_above_free_space = false,
          .angle_from_line = false};
}

double coupling_loss_db(double gains_dbi) noexcept {
  return 0.051 * std::exp(0.055 * std::min(gains_dbi, 1000.0));
}

double power_sum_of_losses_db(double a_db, double b_db) noexcept {
  return HWY_NAMESPACE::power_sum_of_losses_db(a_db, b_db);
}

}  // namespace amaneku::itu
