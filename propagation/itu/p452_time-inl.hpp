// ITU-R P.452-18 section 3.2.1 and Attachment 3, see p452_time.hpp; for one path and for a pack of paths.
#if defined(AMANEKU_PROPAGATION_ITU_P452_TIME_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITU_P452_TIME_INL_HPP
#undef AMANEKU_PROPAGATION_ITU_P452_TIME_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITU_P452_TIME_INL_HPP
#endif

#include "propagation/itu/p452_time.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

// Eqs. (176) to (178), share up to a half.
template <class V>
[[nodiscard]] HWY_INLINE V upper_tail(V share) {
  const V t = sqrt(-2.0 * log(share));
  const V correction =
      ((0.010328 * t + 0.802853) * t + 2.515516698) / (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0);
  return t - correction;
}

template <class V>
[[nodiscard]] HWY_INLINE V inverse_normal(V share) {
  const V x = clamp(share, V(1e-6), V(1.0 - 1e-6));
  const V tail = upper_tail(min(x, 1.0 - x));
  return select(x <= 0.5, tail, -tail);
}

/// tau, eq. (3a): how far a path is inland. `log_inland_km`: natural logarithm of its longest inland section.
template <class V>
[[nodiscard]] HWY_INLINE V inland_share(V log_inland_km) {
  return -expm1(-4.12e-4 * exp(2.41 * log_inland_km));
}

template <class V>
[[nodiscard]] HWY_INLINE V log10_beta0(const DuctingClimate& climate, V longest_land_m, V tau) {
  const V d_tm_km = max(V(0.0), longest_land_m * 1e-3);
  const V log10_mu1 =
      min(V(0.0), 0.2 * log10(exp10(-d_tm_km / (16.0 - 6.6 * tau)) + exp10(-(2.48 + 1.77 * tau))));  // (3)
  return climate.log10_middle + log10_mu1 * climate.per_log10_mu1;
}

/// F_i, eq. (40a): 1 for p up to beta_0, 0 at 50 percent. `deviate`: inverse normal of p.
template <class V>
[[nodiscard]] HWY_INLINE V time_interpolation(double p, double log10_p, double deviate, V log10_beta0) {
  const MaskOf<V> rarer = log10_p <= log10_beta0;
  V share = select(rarer, V(1.0), V(0.0));
  if (p != 50.0 && !all(rarer)) share = select(rarer, share, deviate / inverse_normal(exp10(log10_beta0 - 2.0)));
  return share;
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
