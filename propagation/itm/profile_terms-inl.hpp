// The terms of a path from what was read of its profile: point-to-point mode of the irregular terrain model, for
// V = double and V = Pack. Hufford, Longley & Kissick (1982), NTIA Report 82-100; the algorithm, sections 2 and 3.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_PROFILE_TERMS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_PROFILE_TERMS_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_PROFILE_TERMS_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_PROFILE_TERMS_INL_HPP
#endif

#include "propagation/itm/refractivity.hpp"
#include "propagation/itm/terrain_terms-inl.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

/// What the terms need of one end of a profile.
template <class V>
struct ProfileEnd {
  V ground_asl_m;
  V line_asl_m;  ///< of the least-squares line over which the terminal looks
  V horizon_m;
  V horizon_rad;
};

/// What the terms need of a profile: profile_site.hpp, horizons.hpp, terrain_irregularity.hpp.
template <class V>
struct ProfileReadings {
  V distance_m;
  V length_m;  ///< of the whole steps
  V middle_m;  ///< length of the stretch of the interdecile range
  V interdecile_m;
  decltype(V() < V()) looks_over_all;
  ProfileEnd<V> tx;
  ProfileEnd<V> rx;
};

template <class V>
[[nodiscard]] TerminalOf<V> terminal_of(double agl_m, const ProfileEnd<V>& end) {
  const V above_m = max(V(0.0), end.ground_asl_m - end.line_asl_m);
  return {V(agl_m), agl_m + above_m, end.horizon_m, end.horizon_rad};
}

// Well in sight the horizons that follow from the irregularity replace those of the profile, and heights grow
// until the two reach each other.
template <class V>
[[nodiscard]] TerrainTermsOf<V> looking_over_all(const TerrainTermsOf<V>& seen, V length_m) {
  TerrainTermsOf<V> terms = seen;
  const auto set_horizons = [&terms]() HWY_ATTR {
    terms.tx.horizon_m = random_horizon_m(terms.tx.effective_m, terms.delta_h_m, terms.earth_radius_m);
    terms.rx.horizon_m = random_horizon_m(terms.rx.effective_m, terms.delta_h_m, terms.earth_radius_m);
  };
  set_horizons();
  const V reach_m = terms.tx.horizon_m + terms.rx.horizon_m;
  const auto apart = reach_m <= length_m;
  if (any(apart)) {
    const V lift = select(apart, length_m / reach_m * (length_m / reach_m), V(1.0));
    terms.tx.effective_m *= lift;
    terms.rx.effective_m *= lift;
    set_horizons();
  }
  terms.tx.horizon_rad = random_horizon_rad(terms.tx, terms.delta_h_m, terms.earth_radius_m);
  terms.rx.horizon_rad = random_horizon_rad(terms.rx, terms.delta_h_m, terms.earth_radius_m);
  return terms;
}

template <class V, class M>
[[nodiscard]] TerminalOf<V> either(M mask, const TerminalOf<V>& yes, const TerminalOf<V>& no) {
  return {no.agl_m, select(mask, yes.effective_m, no.effective_m), select(mask, yes.horizon_m, no.horizon_m),
          select(mask, yes.horizon_rad, no.horizon_rad)};
}

template <class V>
[[nodiscard]] TerrainTermsOf<V> terms_of(const Antennas& antennas, const AirOf<V>& air,
                                         const ProfileReadings<V>& profile) {
  // What rounding alone leaves of an even slope is none: the loss may rise with the root of its root.
  constexpr double kNone_m = 1e-6;
  const V interdecile_m = select(profile.interdecile_m > V(kNone_m), profile.interdecile_m, V(0.0));
  const V delta_h_m = within(interdecile_m / irregularity_share(profile.middle_m), 0.0, kLargestIrregularity_m);
  TerrainTermsOf<V> terms{profile.distance_m,
                          delta_h_m,
                          air.surface_refractivity,
                          air.earth_radius_m,
                          terminal_of(antennas.tx_agl_m, profile.tx),
                          terminal_of(antennas.rx_agl_m, profile.rx),
                          true};
  if (any(profile.looks_over_all)) {
    const TerrainTermsOf<V> over = looking_over_all(terms, profile.length_m);
    terms.tx = either(profile.looks_over_all, over.tx, terms.tx);
    terms.rx = either(profile.looks_over_all, over.rx, terms.rx);
  }
  return limited(terms);
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
