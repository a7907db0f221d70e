// ITU-R P.452-18 section 4.4 and P.1812-7 section 4.5: ducting and layer reflection (anomalous propagation); for
// one path and for a pack of paths (lane_math-inl.hpp).
#if defined(AMANEKU_PROPAGATION_ITU_P452_DUCTING_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITU_P452_DUCTING_INL_HPP
#undef AMANEKU_PROPAGATION_ITU_P452_DUCTING_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITU_P452_DUCTING_INL_HPP
#endif

#include "propagation/itu/p452_clear_air.hpp"
#include "propagation/itu/p452_paths-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

inline constexpr double kLog10E = 0.4342944819032518;

/// One end of the path, in the units of the source.
template <class V>
struct DuctEnd {
  V horizon_km;
  V horizon_mrad;
  V coast_km;
  V antenna_asl_m;
};

// A_st or A_sr, eq. (48): the part of the horizon angle that shields the site from the duct.
template <class V>
[[nodiscard]] HWY_INLINE V site_shielding_db(const DuctEnd<V>& end, double f_ghz, double cbrt_f) {
  const V above_mrad = end.horizon_mrad - 0.1 * end.horizon_km;
  const MaskOf<V> shielded = above_mrad > 0.0;
  if (!any(shielded)) return 0.0;
  const V loss =
      20.0 * log10(1.0 + 0.361 * above_mrad * sqrt(f_ghz * end.horizon_km)) + 0.264 * cbrt_f * above_mrad;
  return select(shielded, loss, V(0.0));
}

// A_ct or A_cr, eq. (49): a duct over the sea reaches a site near the coast.
template <class V>
[[nodiscard]] HWY_INLINE V sea_coupling_db(const DuctEnd<V>& end, V sea_fraction) {
  const MaskOf<V> coupled = sea_fraction >= 0.75 && end.coast_km <= 5.0 && end.coast_km <= end.horizon_km;
  if (!any(coupled)) return 0.0;
  const V gain = -3.0 * exp(-0.25 * end.coast_km * end.coast_km) * (1.0 + tanh(0.07 * (50.0 - end.antenna_asl_m)));
  return select(coupled, gain, V(0.0));
}

// log10 of beta, eq. (54): beta_0 reduced by the geometry of the path and the roughness of the ground.
template <class V>
[[nodiscard]] HWY_INLINE V log10_duct_percent(double effective_earth_radius_m, const ClearAirPaths<V>& path,
                                              V log10_beta0, V tau, V log_d_km) {
  const V root_m = sqrt(max(V(0.0), path.tx_asl_m - path.fitted_tx_asl_m)) +
                   sqrt(max(V(0.0), path.rx_asl_m - path.fitted_rx_asl_m));
  const V ratio = path.distance_m / root_m;
  const V grazing = ratio * ratio * (0.5 / effective_earth_radius_m);
  V log10_beta = log10_beta0;
  const MaskOf<V> long_path = grazing > 1.0;
  if (any(long_path)) {
    const V alpha = max(V(-3.4), -0.6 - 3.5e-9 * exp(3.1 * log_d_km) * tau);  // (55a)
    log10_beta += select(long_path, alpha * log10(grazing), V(0.0));          // (55), mu_2 at most 1
  }
  const V between_km = min(V(40.0), (path.rx_radio_horizon_m - path.tx_radio_horizon_m) * 1e-3);
  const V rough_m = path.roughness_m - 10.0;
  log10_beta -= select(rough_m > 0.0, 4.6e-5 * kLog10E * rough_m * (43.0 + 6.0 * between_km), V(0.0));  // (56)
  return max(V(-300.0), log10_beta);
}

// A(p), eq. (53).
template <class V>
[[nodiscard]] HWY_INLINE V time_variation_db(V d_km, V log_d_km, double log10_p, V log10_beta) {
  const V gamma =
      1.076 * exp(-1.012 * log(2.0058 - log10_beta) - (9.51 - 4.8 * log10_beta + 0.198 * log10_beta * log10_beta) *
                                                          1e-6 * exp(1.13 * log_d_km));  // (53a)
  const V log10_ratio = log10_p - log10_beta;
  return -12.0 + (1.2 + 3.7e-3 * d_km) * log10_ratio + 12.0 * exp10(gamma * log10_ratio);
}

/// L_ba, dB, without gases.
template <class V>
[[nodiscard]] HWY_INLINE V ducting_loss_db(const ClearAirLink& link, const ClearAirPaths<V>& path,
                                           const HorizonAngles<V>& angles, V log10_beta0, V tau, V log_d_km) {
  const double ae_m = link.median.effective_earth_radius_m;
  const DuctEnd<V> tx = {path.tx_radio_horizon_m * 1e-3, angles.tx_mrad, path.coast_distance_tx_m * 1e-3,
                         path.tx_asl_m};
  const DuctEnd<V> rx = {(path.distance_m - path.rx_radio_horizon_m) * 1e-3, angles.rx_mrad,
                         path.coast_distance_rx_m * 1e-3, path.rx_asl_m};
  const V coupling_db = link.duct_db + 20.0 * log10(positive(link.f_ghz * (tx.horizon_km + rx.horizon_km))) +
                        site_shielding_db(tx, link.f_ghz, link.cbrt_f) +
                        site_shielding_db(rx, link.f_ghz, link.cbrt_f) + sea_coupling_db(tx, path.sea_fraction) +
                        sea_coupling_db(rx, path.sea_fraction);  // (47)

  const double per_mrad_db = 5e-8 * ae_m * link.cbrt_f;  // (51)
  const V guided_mrad = path.distance_m * (1e3 / ae_m) + min(tx.horizon_mrad, 0.1 * tx.horizon_km) +
                        min(rx.horizon_mrad, 0.1 * rx.horizon_km);  // (52)
  const V log10_beta = log10_duct_percent(ae_m, path, log10_beta0, tau, log_d_km);
  return coupling_db + per_mrad_db * guided_mrad +
         time_variation_db(positive(path.distance_m * 1e-3), log_d_km, link.log10_p, log10_beta);  // (46), (50)
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
