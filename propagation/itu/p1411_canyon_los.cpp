#include "propagation/itu/p1411_canyon_los.hpp"

#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/units.hpp"

namespace amaneku::itu {
namespace {

double lambda_m(double freq_hz) noexcept {
  return wavelength_m(positive(freq_hz * 1e-9) * 1e9);
}

// The straight and the reflected wave, for heights above what reflects.
CanyonLoss over_reflecting_road(double lambda, double d_m, double h1_m, double h2_m) noexcept {
  const double R_bp_m = 4.0 * h1_m * h2_m / lambda;  // R_bp
  const double L_bp_db =
      std::abs(20.0 * std::log10(lambda * lambda / (8.0 * std::numbers::pi * h1_m * h2_m)));  // L_bp
  const double decades = std::log10(d_m / R_bp_m);
  const bool near = d_m <= R_bp_m;
  const double lower_db = L_bp_db + (near ? 20.0 : 40.0) * decades;         // L_LoS,l
  const double upper_db = L_bp_db + 20.0 + (near ? 25.0 : 40.0) * decades;  // L_LoS,u
  return {.median_db = lower_db + 6.0,                                      // L_LoS,m
          .lower_db = lower_db,
          .upper_db = upper_db,
          .breakpoint_m = R_bp_m};
}

}  // namespace

CanyonLoss canyon_los_uhf(double freq_hz, double distance_m, const StreetAntennas& antennas) noexcept {
  return over_reflecting_road(lambda_m(freq_hz), positive(distance_m), positive(antennas.h1_m),
                              positive(antennas.h2_m));
}

CanyonLoss canyon_los_shf(double freq_hz, double distance_m, const StreetAntennas& antennas) noexcept {
  const double d_m = positive(distance_m);
  const double lambda = lambda_m(freq_hz);
  const double above1_m = bounded(antennas.h1_m) - bounded(antennas.road_m);
  const double above2_m = bounded(antennas.h2_m) - bounded(antennas.road_m);
  if (above1_m > 0.0 && above2_m > 0.0) {
    return over_reflecting_road(lambda, d_m, positive(above1_m), positive(above2_m));
  }
  const double R_s_m = 20.0;
  if (d_m < R_s_m) return canyon_los_uhf(freq_hz, d_m, antennas);
  const double L_s_db = std::abs(20.0 * std::log10(lambda / (2.0 * std::numbers::pi * R_s_m)));  // L_s
  const double lower_db = L_s_db + 30.0 * std::log10(d_m / R_s_m);                               // L_LoS,l
  return {.median_db = lower_db + 6.0, .lower_db = lower_db, .upper_db = lower_db + 20.0, .breakpoint_m = R_s_m};
}

double canyon_los_ehf_db(double freq_hz, double distance_m, double exponent, double gas_db_km) noexcept {
  const double d_m = positive(distance_m);
  const double L0_db = 20.0 * std::log10(positive(freq_hz * 1e-9) * 1e3) - 28.0;       // L_0
  return L0_db + 10.0 * bounded(exponent) * std::log10(d_m) + gas_db_km * d_m * 1e-3;  // (13)
}

}  // namespace amaneku::itu
