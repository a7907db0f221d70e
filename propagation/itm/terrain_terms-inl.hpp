// Horizons and irregularity of terrain known by its irregularity, and the limits of all terms: for V = double and
// V = Pack.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_TERRAIN_TERMS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_TERRAIN_TERMS_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_TERRAIN_TERMS_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_TERRAIN_TERMS_INL_HPP
#endif

#include "propagation/itm/radio.hpp"
#include "propagation/itm/terrain_terms.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

/// `value` between the two; `low` for NaN.
template <class V>
[[nodiscard]] V within(V value, double low, double high) {
  return select(value > V(low), min(value, V(high)), V(low));
}

template <class V>
[[nodiscard]] TerminalOf<V> limited(const TerminalOf<V>& terminal) {
  return {terminal.agl_m, within(terminal.effective_m, kSmallestHeight_m, kLargestHeight_m),
          within(terminal.horizon_m, kSmallestDistance_m, kLargestDistance_m),
          within(terminal.horizon_rad, -kLargestElevation_rad, kLargestElevation_rad)};
}

/// The same terms within the limits of terrain_terms.hpp.
template <class V>
[[nodiscard]] TerrainTermsOf<V> limited(const TerrainTermsOf<V>& terms) {
  TerrainTermsOf<V> out = terms;
  out.distance_m = within(terms.distance_m, kSmallestDistance_m, kLargestDistance_m);
  out.delta_h_m = within(terms.delta_h_m, 0.0, kLargestIrregularity_m);
  out.tx = limited(terms.tx);
  out.rx = limited(terms.rx);
  return out;
}

/// Distance to the horizon of a smooth Earth, m.
template <class V>
[[nodiscard]] V smooth_horizon_m(V effective_m, V earth_radius_m) {
  return sqrt(2.0 * effective_m * earth_radius_m);
}

/// How far the two ends see together, m.
template <class V>
struct Sight {
  V horizons_m;  ///< to their horizons, d_L
  V smooth_m;    ///< over a smooth Earth, d_Ls
  V scale_m;     ///< by which diffraction grows beyond, (a^2 / f)^(1/3) with f in MHz
};

template <class V>
[[nodiscard]] Sight<V> sight_of(const Radio& radio, const TerrainTermsOf<V>& terms) {
  return {terms.tx.horizon_m + terms.rx.horizon_m,
          smooth_horizon_m(terms.tx.effective_m, terms.earth_radius_m) +
              smooth_horizon_m(terms.rx.effective_m, terms.earth_radius_m),
          cbrt(terms.earth_radius_m * terms.earth_radius_m) / radio.cbrt_f};
}

/// Horizon of a terminal over ground that is irregular at random, as seen from its effective height: Hufford,
/// Longley & Kissick (1982); Hufford, "The ITS Irregular Terrain Model: the algorithm" eq. (3.3).
template <class V>
[[nodiscard]] V random_horizon_m(V effective_m, V delta_h_m, V earth_radius_m) {
  constexpr double kLowestHeight_m = 5.0;
  const V roughness = sqrt(delta_h_m / max(effective_m, V(kLowestHeight_m)));
  return smooth_horizon_m(effective_m, earth_radius_m) * exp(-0.07 * roughness);
}

/// Its elevation angle, eq. (3.4).
template <class V>
[[nodiscard]] V random_horizon_rad(const TerminalOf<V>& terminal, V delta_h_m, V earth_radius_m) {
  const V smooth_m = smooth_horizon_m(terminal.effective_m, earth_radius_m);
  return (0.65 * delta_h_m * (smooth_m / terminal.horizon_m - 1.0) - 2.0 * terminal.effective_m) / smooth_m;
}

/// Share of delta_h that a path of this length sees: ERL 79-ITS 67 eq. (3).
template <class V>
[[nodiscard]] V irregularity_share(V distance_m) {
  return 1.0 - 0.8 * exp(-distance_m / 50e3);
}

/// RMS deviation of the ground within the first Fresnel zone, m: ERL 79-ITS 67 eq. (3.6a).
template <class V>
[[nodiscard]] V fresnel_roughness_m(V irregularity_m) {
  return 0.78 * irregularity_m * exp(-0.5 * sqrt(sqrt(irregularity_m)));
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
