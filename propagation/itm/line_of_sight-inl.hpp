// Line of sight of the irregular terrain model: two rays over rough ground, joined to the diffraction line.
// ERL 79-ITS 67 section 3-2; the algorithm, section 4. For V = double and V = Pack.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_LINE_OF_SIGHT_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_LINE_OF_SIGHT_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_LINE_OF_SIGHT_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_LINE_OF_SIGHT_INL_HPP
#endif

#include <numbers>

#include "propagation/itm/diffraction-inl.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

/// What is below counts as this where it divides or has its logarithm taken.
inline constexpr double kTiny = 1e-30;

/// 0 where the divisor is: the two distances of a fit coincide and it has no such term.
template <class V>
[[nodiscard]] V quotient(V a, V b) {
  const auto none = b == V(0.0);
  return select(none, V(0.0), a / select(none, V(1.0), b));
}

/// A field, in parts of the direct ray's.
template <class V>
struct Field {
  V real;
  V imaginary;

  [[nodiscard]] V power() const { return real * real + imaginary * imaginary; }
};

// The algorithm, eq. (4.46) to (4.48): reflection by rough ground, not below what grazing rays leave.
template <class V>
[[nodiscard]] Field<V> reflection(const Radio& radio, V sine, V roughness_m) {
  const double resistance = radio.impedance.real();
  const double reactance = radio.impedance.imag();
  // (sine - Z) / (sine + Z), rationalised.
  const V grazing = sine + resistance;
  const V rough = exp(-min(V(10.0), radio.wave_number * roughness_m * sine));
  const V scale = rough / (grazing * grazing + reactance * reactance);
  const Field<V> ground{(sine * sine - std::norm(radio.impedance)) * scale, -2.0 * reactance * sine * scale};
  const V power = ground.power();
  const auto strong = power >= V(0.25) && power >= sine;
  const V raised = select(strong, V(1.0), sqrt(sine / max(V(kTiny), power)));
  return {ground.real * raised, ground.imaginary * raised};
}

/// Attenuation relative to free space, dB, at a distance inside the smooth Earth's range in sight: a weighted sum
/// of the two-ray field and the diffraction line continued.
template <class V>
[[nodiscard]] V two_ray_db(const Radio& radio, const TerrainTermsOf<V>& terms, const Sight<V>& sight,
                           const DiffractionLine<V>& diffraction, V distance_m) {
  const V heights_m = terms.tx.effective_m + terms.rx.effective_m;
  const V sine = heights_m / sqrt(distance_m * distance_m + heights_m * heights_m);
  const V roughness_m = fresnel_roughness_m(terms.delta_h_m * irregularity_share(distance_m));

  // The algorithm, eq. (4.49) and (4.50): beyond a quarter turn the phase creeps towards half a turn.
  constexpr double kQuarterTurn = std::numbers::pi / 2.0;
  const V turn = 2.0 * radio.wave_number * terms.tx.effective_m * terms.rx.effective_m / distance_m;
  const V phase = select(turn > V(kQuarterTurn), std::numbers::pi - kQuarterTurn * kQuarterTurn / turn, turn);
  const Field<V> reflected = reflection(radio, sine, roughness_m);
  const Field<V> field{cos(phase) + reflected.real, reflected.imaginary - sin(phase)};
  const V rays_db = -10.0 * log10(max(V(kTiny), field.power()));

  const V line_db = diffraction.intercept_db + diffraction.slope_db_m * distance_m;
  const V weight = 1.0 / (1.0 + radio.f_mhz * terms.delta_h_m / max(V(10e3), sight.smooth_m));
  return weight * rays_db + (1.0 - weight) * line_db;
}

/// Coefficients of k_1 d + k_2 ln d.
template <class V>
struct Growth {
  V per_m;
  V per_log;
};

/// Loss at the three distances of the fit.
template <class V>
struct Anchors {
  V near_m;
  V near_db;
  V middle_m;
  V middle_db;
  V end_m;
  V end_db;
};

// ERL 79-ITS 67 eq. (3.20): the coefficient of the logarithm, never negative.
template <class V>
[[nodiscard]] V bend_of(const Anchors<V>& a, V log_span) {
  const V span_m = a.end_m - a.near_m;
  const V inner_m = a.middle_m - a.near_m;
  return max(V(0.0), quotient(span_m * (a.middle_db - a.near_db) - inner_m * (a.end_db - a.near_db),
                              span_m * log(a.middle_m / a.near_m) - inner_m * log_span));
}

// ERL 79-ITS 67 eq. (3.21).
template <class V>
[[nodiscard]] Growth<V> curved_growth(const Anchors<V>& a, const DiffractionLine<V>& diffraction, V bend,
                                      V log_span) {
  const V per_m = quotient(a.end_db - a.near_db - bend * log_span, a.end_m - a.near_m);
  const V per_log = quotient(max(V(0.0), a.end_db - a.near_db), log_span);
  const auto rising = per_m >= V(0.0);
  const V without = select(per_log == V(0.0), diffraction.slope_db_m, V(0.0));
  return {select(rising, per_m, without), select(rising, bend, per_log)};
}

template <class V>
[[nodiscard]] Growth<V> growth(const Anchors<V>& a, const DiffractionLine<V>& diffraction) {
  const V inner_per_m = quotient(max(V(0.0), a.end_db - a.middle_db), a.end_m - a.middle_m);
  const Growth<V> straight{select(inner_per_m == V(0.0), diffraction.slope_db_m, inner_per_m), V(0.0)};
  const auto three = a.near_m < a.middle_m;
  if (!any(three)) return straight;
  const V log_span = log(a.end_m / a.near_m);
  const V bend = bend_of(a, log_span);
  const Growth<V> curved = curved_growth(a, diffraction, bend, log_span);
  const auto is_curved = three && (diffraction.intercept_db > V(0.0) || bend > V(0.0));
  return {select(is_curved, curved.per_m, straight.per_m), select(is_curved, curved.per_log, V(0.0))};
}

// ERL 79-ITS 67 eq. (3.16a) and (3.16d).
template <class V>
[[nodiscard]] Anchors<V> anchors(const Radio& radio, const TerrainTermsOf<V>& terms, const Sight<V>& sight,
                                 const DiffractionLine<V>& diffraction) {
  const V rays_m = 0.04 * radio.f_mhz * terms.tx.effective_m * terms.rx.effective_m;
  const auto diffracts = diffraction.intercept_db >= V(0.0);
  Anchors<V> a{};
  a.near_m = select(diffracts, min(rays_m, 0.5 * sight.horizons_m), rays_m);
  a.middle_m = select(diffracts, a.near_m + 0.25 * (sight.horizons_m - a.near_m),
                      max(quotient(-diffraction.intercept_db, diffraction.slope_db_m), 0.25 * sight.horizons_m));
  a.end_m = sight.smooth_m;
  a.end_db = diffraction.intercept_db + diffraction.slope_db_m * a.end_m;
  a.middle_db = two_ray_db(radio, terms, sight, diffraction, a.middle_m);
  if (any(a.near_m < a.middle_m)) a.near_db = two_ray_db(radio, terms, sight, diffraction, a.near_m);
  return a;
}

/// A_o + k_1 d + k_2 ln d through the two-ray loss at two distances and the diffraction line at the end of the
/// range in sight, taken at the distance of the path. dB, may be negative.
template <class V>
[[nodiscard]] V line_of_sight_db(const Radio& radio, const TerrainTermsOf<V>& terms, const Sight<V>& sight,
                                 const DiffractionLine<V>& diffraction) {
  const Anchors<V> a = anchors(radio, terms, sight, diffraction);
  const Growth<V> k = growth(a, diffraction);
  // ERL 79-ITS 67 eq. (3.19), counted back from the end of the range in sight.
  return a.end_db - k.per_m * (a.end_m - terms.distance_m) - k.per_log * log(a.end_m / terms.distance_m);
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
