#include "propagation/itm/line_of_sight.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace amaneku::itm {
namespace {

constexpr double kTiny = 1e-30;

/// 0 where the divisor is: the two distances of a fit coincide and it has no such term.
double quotient(double a, double b) noexcept {
  return b == 0.0 ? 0.0 : a / b;
}

double smooth_range_m(const TerrainTerms& terms) noexcept {
  return smooth_horizon_m(terms.tx.effective_m, terms.earth_radius_m) +
         smooth_horizon_m(terms.rx.effective_m, terms.earth_radius_m);
}

// The algorithm, eq. (4.46) to (4.48): reflection by rough ground, not below what grazing rays leave.
std::complex<double> reflection(const Radio& radio, double sine, double roughness_m) noexcept {
  const std::complex<double> ground = (sine - radio.impedance) / (sine + radio.impedance) *
                                      std::exp(-std::min(10.0, radio.wave_number * roughness_m * sine));
  const double power = std::norm(ground);
  if (power >= 0.25 && power >= sine) return ground;
  return ground * std::sqrt(sine / std::max(kTiny, power));
}

/// Coefficients of k_1 d + k_2 ln d.
struct Growth {
  double per_m;
  double per_log;
};

/// Loss at the three distances of the fit.
struct Anchors {
  double near_m;
  double near_db;
  double middle_m;
  double middle_db;
  double end_m;
  double end_db;
};

// ERL 79-ITS 67 eq. (3.20): the coefficient of the logarithm, never negative.
double bend_of(const Anchors& a) noexcept {
  const double span_m = a.end_m - a.near_m;
  const double inner_m = a.middle_m - a.near_m;
  return std::max(0.0,
                  quotient(span_m * (a.middle_db - a.near_db) - inner_m * (a.end_db - a.near_db),
                           span_m * std::log(a.middle_m / a.near_m) - inner_m * std::log(a.end_m / a.near_m)));
}

// ERL 79-ITS 67 eq. (3.21).
Growth curved_growth(const Anchors& a, const DiffractionLine& diffraction, double bend) noexcept {
  const double log_span = std::log(a.end_m / a.near_m);
  const double per_m = quotient(a.end_db - a.near_db - bend * log_span, a.end_m - a.near_m);
  if (per_m >= 0.0) return {per_m, bend};
  const double per_log = quotient(std::fdim(a.end_db, a.near_db), log_span);
  return {per_log == 0.0 ? diffraction.slope_db_m : 0.0, per_log};
}

Growth straight_growth(const Anchors& a, const DiffractionLine& diffraction) noexcept {
  const double per_m = quotient(std::fdim(a.end_db, a.middle_db), a.end_m - a.middle_m);
  return {per_m == 0.0 ? diffraction.slope_db_m : per_m, 0.0};
}

Growth growth(const Anchors& a, const DiffractionLine& diffraction) noexcept {
  if (a.near_m >= a.middle_m) return straight_growth(a, diffraction);
  const double bend = bend_of(a);
  return diffraction.intercept_db > 0.0 || bend > 0.0 ? curved_growth(a, diffraction, bend)
                                                      : straight_growth(a, diffraction);
}

// ERL 79-ITS 67 eq. (3.16a) and (3.16d).
Anchors anchors(const Radio& radio, const TerrainTerms& terms, const DiffractionLine& diffraction) noexcept {
  const double horizons_m = terms.tx.horizon_m + terms.rx.horizon_m;
  Anchors a{};
  a.near_m = 0.04 * radio.f_mhz * terms.tx.effective_m * terms.rx.effective_m;
  if (diffraction.intercept_db >= 0.0) {
    a.near_m = std::min(a.near_m, 0.5 * horizons_m);
    a.middle_m = a.near_m + 0.25 * (horizons_m - a.near_m);
  } else {
    a.middle_m = std::max(quotient(-diffraction.intercept_db, diffraction.slope_db_m), 0.25 * horizons_m);
  }
  a.end_m = smooth_range_m(terms);
  a.end_db = diffraction.intercept_db + diffraction.slope_db_m * a.end_m;
  a.middle_db = two_ray_db(radio, terms, diffraction, a.middle_m);
  if (a.near_m < a.middle_m) a.near_db = two_ray_db(radio, terms, diffraction, a.near_m);
  return a;
}

}  // namespace

double two_ray_db(const Radio& radio, const TerrainTerms& terms, const DiffractionLine& diffraction,
                  double distance_m) noexcept {
  const double heights_m = terms.tx.effective_m + terms.rx.effective_m;
  const double sine = heights_m / std::sqrt(distance_m * distance_m + heights_m * heights_m);
  const double roughness_m = fresnel_roughness_m(irregularity_at_m(distance_m, terms.delta_h_m));

  // The algorithm, eq. (4.49) and (4.50): beyond a quarter turn the phase creeps towards half a turn.
  constexpr double kQuarterTurn = std::numbers::pi / 2.0;
  double phase = 2.0 * radio.wave_number * terms.tx.effective_m * terms.rx.effective_m / distance_m;
  if (phase > kQuarterTurn) phase = std::numbers::pi - kQuarterTurn * kQuarterTurn / phase;
  const std::complex<double> field = std::polar(1.0, -phase) + reflection(radio, sine, roughness_m);
  const double rays_db = -10.0 * std::log10(std::max(kTiny, std::norm(field)));

  const double line_db = diffraction.intercept_db + diffraction.slope_db_m * distance_m;
  const double weight = 1.0 / (1.0 + radio.f_mhz * terms.delta_h_m / std::max(10e3, smooth_range_m(terms)));
  return weight * rays_db + (1.0 - weight) * line_db;
}

double line_of_sight_db(const Radio& radio, const TerrainTerms& terms,
                        const DiffractionLine& diffraction) noexcept {
  const Anchors a = anchors(radio, terms, diffraction);
  const Growth k = growth(a, diffraction);
  // ERL 79-ITS 67 eq. (3.19), counted back from the end of the range in sight.
  return a.end_db - k.per_m * (a.end_m - terms.distance_m) - k.per_log * std::log(a.end_m / terms.distance_m);
}

}  // namespace amaneku::itm
