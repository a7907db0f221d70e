// ITU-R P.526-15 section 3, see p526_spherical_earth.hpp; for one path and for a pack of paths
// (lane_math-inl.hpp).
#if defined(AMANEKU_PROPAGATION_ITU_P526_SPHERICAL_EARTH_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITU_P526_SPHERICAL_EARTH_INL_HPP
#undef AMANEKU_PROPAGATION_ITU_P526_SPHERICAL_EARTH_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITU_P526_SPHERICAL_EARTH_INL_HPP
#endif

#include <numbers>

#include "propagation/itu/p526_spherical_earth.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

inline constexpr double kDecibelsPerNeper = 8.685889638065036;  // 20 / ln 10: from natural logarithms

/// SmoothPath of many paths.
template <class V>
struct SmoothPaths {
  V distance_m;
  V tx_m;
  V rx_m;
  V sea_fraction;
};

// Section 3.1.1.2, distance term F(X).
template <class V>
[[nodiscard]] HWY_INLINE V distance_term_db(V x) {
  const V log_x = log(x);
  const MaskOf<V> far = x >= 1.6;
  V term = 11.0 + 0.5 * kDecibelsPerNeper * log_x - 17.6 * x;
  if (!all(far)) term = select(far, term, -kDecibelsPerNeper * log_x - 5.6488 * exp(1.425 * log_x));
  return term;
}

// Section 3.1.1.2, height gain G(Y) with its floor 2 + 20 log10 K.
template <class V>
[[nodiscard]] HWY_INLINE V height_gain_db(V y, V beta, V floor_db) {
  const V b = beta * y;
  const MaskOf<V> high = b > 2.0;
  const V log_b = log(select(high, b - 1.1, b + 0.1 * b * b * b));
  V gain = kDecibelsPerNeper * log_b;
  if (any(high)) gain = select(high, 17.6 * sqrt(b - 1.1) - 0.25 * gain - 8.0, gain);
  return max(gain, floor_db);
}

// Section 3.1.1: first term of the residue series over one kind of ground. May be negative. `log_cbrt_a`: natural
// logarithm of the cube root of the effective Earth radius in km.
template <class V>
[[nodiscard]] HWY_INLINE V first_term_db(const DiffractionLink& link, const SmoothPaths<V>& path, V log_cbrt_a,
                                         const GroundAdmittance& ground) {
  const V per_cbrt_a = exp(-log_cbrt_a);
  const V k = ground.k_cbrt_a * per_cbrt_a;
  const V k2 = k * k;
  const V beta = (1.0 + 1.6 * k2 + 0.67 * k2 * k2) / (1.0 + 4.5 * k2 + 1.53 * k2 * k2);
  const V x = 2.188e-3 * link.cbrt_f * beta * path.distance_m * (per_cbrt_a * per_cbrt_a);
  const V y_per_m = 9.575e-3 * link.cbrt_f * link.cbrt_f * beta * per_cbrt_a;
  const V floor_db = 2.0 + kDecibelsPerNeper * (ground.log_k_cbrt_a - log_cbrt_a);
  return -distance_term_db(x) - height_gain_db(y_per_m * path.tx_m, beta, floor_db) -
         height_gain_db(y_per_m * path.rx_m, beta, floor_db);
}

template <class V>
[[nodiscard]] HWY_INLINE V first_term_db(const DiffractionLink& link, const SmoothPaths<V>& path, V radius_m) {
  const V omega = path.sea_fraction;
  const V log_cbrt_a = log(radius_m * 1e-3) * (1.0 / 3.0);
  V loss = 0.0;
  if (any(omega < 1.0)) loss = (1.0 - omega) * first_term_db(link, path, log_cbrt_a, link.land);
  if (any(omega > 0.0)) loss += omega * first_term_db(link, path, log_cbrt_a, link.sea);
  return loss;
}

// Section 3.2: clearance of the ray above the sphere at the point that the section gives (where a ray from both
// ends would meet the sphere at equal angles), as a share of the clearance needed for no loss.
template <class V>
[[nodiscard]] HWY_INLINE V clearance_share(const DiffractionLink& link, const SmoothPaths<V>& path) {
  const V d = path.distance_m;
  const V sum = path.tx_m + path.rx_m;
  const V c = (path.tx_m - path.rx_m) / sum;
  const V m = 0.5 * link.per_two_ae * d * d / sum;
  const V m1 = m + 1.0;
  const V cosine = clamp(1.5 * c * sqrt(3.0 * m / (m1 * m1 * m1)), V(-1.0), V(1.0));
  const V b = 2.0 * sqrt(m1 / (3.0 * m)) * cos(std::numbers::pi / 3.0 + acos(cosine) * (1.0 / 3.0));
  const V d1 = 0.5 * d * (1.0 + b);
  const V d2 = d - d1;
  const V height_m =
      ((path.tx_m - d1 * d1 * link.per_two_ae) * d2 + (path.rx_m - d2 * d2 * link.per_two_ae) * d1) / d;
  const V required_m = 0.552 * sqrt(max(V(0.0), d1 * d2) * link.wavelength_m / d);
  // An antenna on the surface: the ray touches there, and both heights vanish, the clearance faster.
  return select(required_m > 0.0, height_m / required_m, V(0.0));
}

// True only where the ray clears the sphere by what section 3.2 requires: then the loss is 0 dB without a root.
// At the share t of the way from the lower end the ray is low (1 - t) + high t - A t (1 - t) above the sphere,
// A = d^2 / (2 a), and sqrt(q t (1 - t)) is required, which is at most low (1 - t) + q t / (4 low).
template <class V>
[[nodiscard]] HWY_INLINE MaskOf<V> surely_clear(const DiffractionLink& link, const SmoothPaths<V>& path) {
  const V d = path.distance_m;
  const V low_m = min(path.tx_m, path.rx_m);
  const V high_m = max(path.tx_m, path.rx_m);
  const V q_m2 = 0.552 * 0.552 * link.wavelength_m * d;
  return low_m * (high_m - d * d * link.per_two_ae) > 0.25 * q_m2;
}

template <class V>
[[nodiscard]] HWY_INLINE V spherical_earth_loss_db(const DiffractionLink& link, const SmoothPaths<V>& path) {
  const V d = path.distance_m;
  MaskOf<V> lossy = d > 0.0 && !surely_clear(link, path);
  if (!any(lossy)) return 0.0;
  const V root_sum = sqrt(path.tx_m) + sqrt(path.rx_m);
  const MaskOf<V> beyond = d >= link.root_two_ae * root_sum;
  V share = 0.0;
  V radius_m = link.effective_earth_radius_m;
  if (!all(beyond)) {
    share = select(beyond, share, clearance_share(link, path));
    lossy = lossy && !(share > 1.0);
    if (!any(lossy)) return 0.0;
    // The radius at which the two antennas would just see each other.
    const V ratio = d / root_sum;
    radius_m = select(beyond, radius_m, 0.5 * ratio * ratio);
  }
  const V loss = first_term_db(link, path, radius_m);
  return select(lossy && loss > 0.0, (1.0 - share) * loss, V(0.0));
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
