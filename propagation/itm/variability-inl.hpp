// The statistics of variability.hpp, path by path: for V = double and V = Pack.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_VARIABILITY_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_VARIABILITY_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_VARIABILITY_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_VARIABILITY_INL_HPP
#endif

#include "propagation/itm/terrain_terms-inl.hpp"
#include "propagation/itm/variability.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

/// NBS TN 101 eq. (III.69) and (III.70).
template <class V>
[[nodiscard]] V curve_at(const DistanceCurve& curve, V distance_m) {
  const V ratio = distance_m / curve.x1_m;
  const V offset = (distance_m - curve.x2_m) / curve.x3_m;
  const V square = ratio * ratio;
  return (curve.c1 + curve.c2 / (1.0 + offset * offset)) * square / (1.0 + square);
}

// The algorithm, eq. (5.3): the distance in units of the range in sight over a standard Earth and a share of
// scatter.
template <class V>
[[nodiscard]] V effective_distance_m(const LinkStatistics& statistics, const TerrainTermsOf<V>& terms) {
  constexpr double kStandardEarth_m = 9'000e3;
  constexpr double kReach_m = 130e3;
  const V range_m = smooth_horizon_m(terms.tx.effective_m, V(kStandardEarth_m)) +
                    smooth_horizon_m(terms.rx.effective_m, V(kStandardEarth_m)) + statistics.scatter_range_m;
  return select(terms.distance_m < range_m, kReach_m * terms.distance_m / range_m,
                kReach_m + terms.distance_m - range_m);
}

/// Standard deviations, dB.
template <class V>
struct Spreads {
  V time_db;
  V location_db;
  V situation_db;
};

// The algorithm, eq. (5.11) and the text below it: what is certain of time and place, and the share of it that the
// situation widens.
template <class V>
[[nodiscard]] V deviation_db(Service service, const Deviates& z, const Spreads<V>& spread) {
  const V time2 = spread.time_db * spread.time_db;
  const V location2 = spread.location_db * spread.location_db;
  const double z2 = z.situation * z.situation;
  const V widened = spread.situation_db * spread.situation_db + time2 * z.time * z.time / (7.8 + z2) +
                    location2 * z.location * z.location / (24.0 + z2);
  switch (service) {
    case Service::single_message:
      return sqrt(time2 + location2 + widened) * z.situation;
    case Service::accidental:
      return spread.time_db * z.time + sqrt(location2 + widened) * z.situation;
    case Service::mobile:
      return sqrt(time2 + location2) * z.time + sqrt(widened) * z.situation;
    case Service::broadcast:
      break;
  }
  return spread.time_db * z.time + spread.location_db * z.location + sqrt(widened) * z.situation;
}

/// Attenuation relative to free space, dB, that is not exceeded in the shares, from the reference attenuation.
template <class V>
[[nodiscard]] V attenuation_db(const LinkStatistics& statistics, const TerrainTermsOf<V>& terms, V reference_db) {
  const V distance_m = effective_distance_m(statistics, terms);
  Spreads<V> spread{statistics.time_factor * curve_at(statistics.time_db, distance_m), V(0.0), V(0.0)};
  if (statistics.vary_location) {
    // The algorithm, eq. (5.9).
    const V waves = statistics.wave_number * terms.delta_h_m * irregularity_share(terms.distance_m);
    spread.location_db = 10.0 * waves / (waves + 13.0);
  }
  if (statistics.vary_situation) spread.situation_db = 5.0 + 3.0 * exp(-distance_m / 100e3);  // eq. (5.10)

  const V result = reference_db - curve_at(statistics.median_db, distance_m) -
                   deviation_db(statistics.service, statistics.deviates, spread);
  // The algorithm, eq. (5.2): less than free space only with reluctance.
  const auto gain = result < V(0.0);
  return any(gain) ? select(gain, result * (29.0 - result) / (29.0 - 10.0 * result), result) : result;
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
