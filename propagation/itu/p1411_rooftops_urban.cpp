#include "propagation/itu/p1411_rooftops_urban.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/units.hpp"

namespace amaneku::itu {
namespace {

using std::numbers::pi;

// What the two multi-screen losses depend on, apart from the distance.
struct Rows {
  double f_mhz;
  double lambda_m;
  double above_roofs_m;  // Delta h1
  double roof_m;
  double b_m;
  bool metropolitan_centre;
};

// L_ori: the orientation of the street.
double orientation_db(double phi_deg) noexcept {
  if (phi_deg < 35.0) return -10.0 + 0.354 * phi_deg;
  if (phi_deg < 55.0) return 2.5 + 0.075 * (phi_deg - 35.0);
  return 4.0 - 0.114 * (phi_deg - 55.0);
}

// k_a for a station 1 at or below the roofs.
double k_a_below(const Rows& rows, double d_m) noexcept {
  const double at_roofs = rows.f_mhz > 2000.0 ? 73.0 : 54.0;
  return at_roofs - (d_m < 500.0 ? 1.6 * d_m * 1e-3 : 0.8) * rows.above_roofs_m;
}

double k_f(const Rows& rows) noexcept {
  if (rows.f_mhz > 2000.0) return -8.0;
  return -4.0 + (rows.metropolitan_centre ? 1.5 : 0.7) * (rows.f_mhz / 925.0 - 1.0);
}

// L1_msd: the buildings go on for longer than the settled-field distance.
double settled_db(const Rows& rows, double d_m) noexcept {
  const bool above = rows.above_roofs_m > 0.0;
  const double L_bsh_db = above ? -18.0 * std::log10(1.0 + rows.above_roofs_m) : 0.0;
  const double k_a = above ? (rows.f_mhz > 2000.0 ? 71.4 : 54.0) : k_a_below(rows, d_m);
  const double k_d = above ? 18.0 : 18.0 - 15.0 * rows.above_roofs_m / rows.roof_m;
  return L_bsh_db + k_a + k_d * std::log10(d_m * 1e-3) + k_f(rows) * std::log10(rows.f_mhz) -
         9.0 * std::log10(rows.b_m);
}

// Q_M, by the height of station 1 against the roofs.
double field_ratio(const Rows& rows, double d_m) noexcept {
  const double b_m = rows.b_m;
  const double upper_m = std::pow(10.0, -std::log10(std::sqrt(b_m / rows.lambda_m)) - std::log10(d_m) / 9.0 +
                                            10.0 / 9.0 * std::log10(b_m / 2.35));
  // Below 1 MHz the power has no value.
  const double log_f = std::max(0.01, std::log10(rows.f_mhz));
  const double lower_m =
      (0.00023 * b_m * b_m - 0.1827 * b_m - 9.4978) / std::pow(log_f, 2.938) + 0.000781 * b_m + 0.06923;
  if (rows.above_roofs_m > upper_m) {
    return 2.35 * std::pow(rows.above_roofs_m / d_m * std::sqrt(b_m / rows.lambda_m), 0.9);
  }
  if (rows.above_roofs_m >= lower_m) return b_m / d_m;
  // The angle is negative below the roofs; at 0, which only far outside the ranges comes here, there is a pole.
  const double theta = std::min(-1e-9, std::atan(rows.above_roofs_m / b_m));
  const double rho_m = std::hypot(rows.above_roofs_m, b_m);
  return b_m / (2.0 * pi * d_m) * std::sqrt(rows.lambda_m / rho_m) * (1.0 / theta - 1.0 / (2.0 * pi + theta));
}

// L2_msd: the buildings end before the field has settled.
double unsettled_db(const Rows& rows, double d_m) noexcept {
  return -20.0 * std::log10(std::abs(field_ratio(rows, d_m)));
}

// L_msd: the two, joined smoothly where the built length is the settled-field distance.
double multi_screen_db(const Rows& rows, double d_m, double built_m) noexcept {
  const double above_m = rows.above_roofs_m;
  const bool settled = built_m * above_m * above_m > rows.lambda_m * d_m * d_m;  // l > d_s
  const double d_bp_m = positive(std::abs(above_m) * std::sqrt(built_m / rows.lambda_m));
  const double upper_db = settled_db(rows, d_bp_m);
  const double lower_db = unsettled_db(rows, d_bp_m);
  const double middle_db = 0.5 * (upper_db + lower_db);
  const double step_db = upper_db - lower_db;
  const double decades = std::log10(d_m) - std::log10(d_bp_m);
  if (step_db > 0.0) {
    const double share = std::tanh(decades / 0.1);
    return settled ? -share * (settled_db(rows, d_m) - middle_db) + middle_db
                   : share * (unsettled_db(rows, d_m) - middle_db) + middle_db;
  }
  if (step_db == 0.0) return unsettled_db(rows, d_m);
  const double share = std::tanh(decades / (step_db * 0.0417));
  return settled ? settled_db(rows, d_m) - share * (upper_db - middle_db) - upper_db + middle_db
                 : unsettled_db(rows, d_m) + share * (middle_db - lower_db) + middle_db - lower_db;
}

}  // namespace

UrbanRooftopsLoss urban_rooftops_loss(double freq_hz, const UrbanRooftops& town) noexcept {
  const double f_mhz = positive(freq_hz * 1e-9) * 1e3;
  const double d_m = positive(town.distance_m);
  const double roof_m = bounded(town.roof_m);
  const double street_m = positive(roof_m - bounded(town.h2_m));  // Delta h2
  UrbanRooftopsLoss out{};
  out.free_space_db = 32.4 + 20.0 * std::log10(d_m * 1e-3) + 20.0 * std::log10(f_mhz);
  if (town.built_m <= 0.0) return out;
  out.rooftop_to_street_db = -8.2 - 10.0 * std::log10(positive(town.street_width_m)) + 10.0 * std::log10(f_mhz) +
                             20.0 * std::log10(street_m) + orientation_db(bounded(town.orientation_deg));
  const Rows rows{.f_mhz = f_mhz,
                  .lambda_m = wavelength_m(f_mhz * 1e6),
                  .above_roofs_m = bounded(town.h1_m) - roof_m,
                  .roof_m = positive(roof_m),
                  .b_m = positive(town.separation_m),
                  .metropolitan_centre = town.metropolitan_centre};
  out.multi_screen_db = multi_screen_db(rows, d_m, positive(town.built_m));
  return out;
}

}  // namespace amaneku::itu
