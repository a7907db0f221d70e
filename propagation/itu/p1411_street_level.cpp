#include "propagation/itu/p1411_street_level.hpp"

#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/normal_quantile.hpp"

namespace amaneku::itu {
namespace {

// Steps 1 to 3: the spread in sight is that of a Rayleigh distribution.
double in_sight_db(double f_mhz, double d_m, double share) noexcept {
  const double sigma_db = 7.0;
  return 32.45 + 20.0 * std::log10(f_mhz) + 20.0 * std::log10(d_m * 1e-3) +
         1.5624 * sigma_db * (std::sqrt(-2.0 * std::log1p(-share)) - 1.1774);
}

double town_db(P1411Environment environment) noexcept {
  switch (environment) {
    case P1411Environment::urban_low_rise:
      return 6.8;
    case P1411Environment::urban_high_rise:
      return 2.3;
    case P1411Environment::suburban:
    case P1411Environment::residential:
      break;
  }
  return 0.0;
}

// Steps 4 to 6.
double out_of_sight_db(double f_mhz, double d_m, double share, P1411Environment environment) noexcept {
  return 9.5 + 45.0 * std::log10(f_mhz) + 40.0 * std::log10(d_m * 1e-3) + town_db(environment) +
         7.0 * normal_quantile(share);
}

// Step 7.
double sight_m(double share) noexcept {
  if (share >= 0.45) return 79.2 - 70.0 * share;
  const double log_share = std::log10(share);
  return 212.0 * log_share * log_share - 64.0 * log_share;
}

}  // namespace

StreetLevelLoss street_level_loss(double freq_hz, double distance_m, const StreetLevel& street) noexcept {
  const double f_mhz = positive(freq_hz * 1e-9) * 1e3;
  const double d_m = positive(distance_m);
  const double w_m = positive(street.transition_width_m);
  const double share = share_of(street.location_percent);
  const double near_m = sight_m(share);
  const double far_m = near_m + w_m;
  // Step 8.
  if (d_m < near_m) return {in_sight_db(f_mhz, d_m, share), near_m};
  if (d_m > far_m) return {out_of_sight_db(f_mhz, d_m, share, street.environment), near_m};
  const double near_db = in_sight_db(f_mhz, near_m, share);
  const double far_db = out_of_sight_db(f_mhz, far_m, share, street.environment);
  return {near_db + (far_db - near_db) * (d_m - near_m) / w_m, near_m};
}

}  // namespace amaneku::itu
