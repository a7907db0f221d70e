#include "propagation/itu/p530_multipath.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"

namespace amaneku::itu {
namespace {

struct PathInKm {
  double f_ghz;
  double d_km;
  double low_asl_m;
  double inclination_mrad;  ///< eqs. (4), (5)
};

PathInKm in_km(const MultipathPath& path) noexcept {
  const double d_km = std::clamp(path.length_m * 1e-3, 1e-6, 1e6);
  const double one_asl_m = bounded(path.tx_asl_m);
  const double other_asl_m = bounded(path.rx_asl_m);
  return {std::clamp(path.freq_hz * 1e-9, 1e-6, 1e6), d_km, std::min(one_asl_m, other_asl_m),
          std::abs(one_asl_m - other_asl_m) / d_km};
}

// Inputs far outside any range would give powers that are no numbers.
double bounded_power(double base, double log10_factor) noexcept {
  return base * std::pow(10.0, std::clamp(log10_factor, -200.0, 200.0));
}

}  // namespace

double multipath_occurrence(const MultipathPath& path, double log10_k, double dn75_n_units) noexcept {
  const auto [f, d_km, low_asl_m, inclination] = in_km(path);
  const double dn75 = std::clamp(dn75_n_units, 0.0, 1e4);
  const double mean_asl_m = 0.5 * (bounded(path.tx_asl_m) + bounded(path.rx_asl_m));
  const double clearance_m = mean_asl_m - d_km * d_km / 102.0 - bounded(path.mean_terrain_asl_m);  // (6)
  // Refractive gradients within the height of the path.
  const double limit = dn75 * std::pow(d_km, 1.5) * std::sqrt(f) / 24730.0;
  const double depth = std::exp(std::clamp(-clearance_m / (2.5 * std::sqrt(d_km)), -500.0, 500.0));
  const double gradient = std::min(std::pow(dn75 / 50.0, 1.8) * depth, limit);
  const double log10_factor = bounded(log10_k) - 0.376 * std::tanh((clearance_m - 147.0) / 125.0) -
                              0.334 * std::pow(inclination, 0.39) - 0.00027 * low_asl_m + 17.85 * gradient;
  return bounded_power(std::pow(d_km, 3.51) * std::pow(f * f + 13.0, 0.447), log10_factor);  // (7)
}

double multipath_occurrence_17(const MultipathPath& path, double dn1_n_units_km,
                               double terrain_roughness_m) noexcept {
  const auto [f, d_km, low_asl_m, inclination] = in_km(path);
  const double log10_k = -4.4 - 0.0027 * bounded(dn1_n_units_km) -
                         0.46 * std::log10(10.0 + std::clamp(terrain_roughness_m, 0.0, kLargest));
  return bounded_power(std::pow(d_km, 3.4) * std::pow(1.0 + inclination, -1.03) * std::pow(f, 0.8),
                       log10_k - 0.00076 * low_asl_m);
}

double worst_month_to_year(const MultipathPath& path, double latitude_deg) noexcept {
  const PathInKm p = in_km(path);
  const double latitude = std::abs(latitude_deg);
  const double wave = std::pow(std::abs(std::cos(2.0 * std::min(latitude, 90.0) * std::numbers::pi / 180.0)), 0.7);
  const double dg_db = 10.5 - 5.6 * std::log10(1.1 + (latitude <= 45.0 ? wave : -wave)) -
                       2.7 * std::log10(p.d_km) + 1.7 * std::log10(1.0 + p.inclination_mrad);
  return std::pow(10.0, -0.1 * std::min(dg_db, 10.8));
}

double multipath_percent(double occurrence_percent, double year, double fade_db) noexcept {
  const double p0 = std::min(occurrence_percent, 1e12);
  if (!(p0 > 1e-15)) return 0.0;
  const double fade = std::max(fade_db, 0.0);
  const double a_t = 25.0 + 1.2 * std::log10(p0);                                      // (12)
  if (fade >= a_t) return std::min(p0 * std::pow(10.0, -0.1 * fade) * year, 100.0);    // (13), (25)
  const double p_t = std::clamp(p0 * std::pow(10.0, -0.1 * a_t) * year, 1e-30, 63.0);  // (14)
  // As a percentage near 0 the logarithm of (100 - p) / 100 loses its digits.
  const double qa_t = -20.0 * std::log10(-std::log1p(-0.01 * p_t)) / a_t;  // (15)
  const auto decay = [](double a) { return (1.0 + 0.3 * std::pow(10.0, -a / 20.0)) * std::pow(10.0, -0.016 * a); };
  const auto bend = [](double a) { return 4.3 * (std::pow(10.0, -a / 20.0) + a / 800.0); };
  const double q_t = (qa_t - 2.0) / decay(a_t) - bend(a_t);         // (16)
  const double q_a = 2.0 + decay(fade) * (q_t + bend(fade));        // (17)
  return -100.0 * std::expm1(-std::pow(10.0, -q_a * fade / 20.0));  // (18)
}

}  // namespace amaneku::itu
