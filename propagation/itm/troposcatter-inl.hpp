// Forward scatter of the irregular terrain model. NBS Technical Note 101 chapter 9; the algorithm, sections 4
// and 6. For V = double and V = Pack.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_TROPOSCATTER_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_TROPOSCATTER_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_TROPOSCATTER_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_TROPOSCATTER_INL_HPP
#endif

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "propagation/itm/diffraction-inl.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

/// A path of another length over the same horizons, relative to the Earth.
template <class V>
struct Scatter {
  V distance_m;
  V angle_rad;  ///< theta of the horizons' rays
  V bend_rad;   ///< behind the region in sight
  V refractivity;
  double wave_number;
};

// The algorithm, eq. (6.9): attenuation function F(theta d).
template <class V>
[[nodiscard]] V scatter_function_db(V theta_d_m) {
  const V log_d = log10(theta_d_m);
  const V near_db = 133.4 + 0.332e-3 * theta_d_m - 10.0 * log_d;
  const V middle_db = 104.6 + 0.212e-3 * theta_d_m - 2.5 * log_d;
  const V far_db = 71.8 + 0.157e-3 * theta_d_m + 5.0 * log_d;
  return select(theta_d_m <= V(10e3), near_db, select(theta_d_m <= V(70e3), middle_db, far_db));
}

/// Efficiency factor between two of the whole numbers 1 .. 5 of the algorithm, eq. (6.13), with their terms of
/// H_0.
template <class V>
struct Efficiency {
  struct Term {
    V fourth;
    V square;
  };
  Term low;
  Term high;
  V part;  ///< of the higher number
};

template <class V>
[[nodiscard]] Efficiency<V> efficiency_of(V eta) {
  constexpr std::array<double, 6> kFourth = {25.0, 80.0, 177.0, 395.0, 705.0, 705.0};
  constexpr std::array<double, 6> kSquare = {24.0, 45.0, 68.0, 80.0, 105.0, 105.0};
  const V limited = clamp(eta, V(1.0), V(5.0));
  Efficiency<V> out{{V(kFourth[0]), V(kSquare[0])}, {V(kFourth[1]), V(kSquare[1])}, limited - floor(limited)};
  for (std::size_t whole = 1; whole < 5; ++whole) {
    const auto reached = limited >= V(static_cast<double>(whole + 1));
    out.low = {select(reached, V(kFourth[whole]), out.low.fourth),
               select(reached, V(kSquare[whole]), out.low.square)};
    out.high = {select(reached, V(kFourth[whole + 1]), out.high.fourth),
                select(reached, V(kSquare[whole + 1]), out.high.square)};
  }
  return out;
}

// H_0 of one antenna, whose height in wavelengths over the scatter angle is r.
template <class V>
[[nodiscard]] V frequency_gain_db(const Efficiency<V>& efficiency, V r) {
  const V inverse2 = 1.0 / (r * r);
  const auto curve_db = [&](const auto& term) HWY_ATTR {
    return 10.0 * log10(1.0 + inverse2 * (term.square + inverse2 * term.fourth));
  };
  return (1.0 - efficiency.part) * curve_db(efficiency.low) + efficiency.part * curve_db(efficiency.high);
}

/// Antennas in wavelengths over the scatter angle and the skew of the path.
template <class V>
struct Skew {
  V tx_r;
  V rx_r;
  V s;  ///< of the distances, TN 101 eq. (9.3) and below
  V q;  ///< of heights and distances
  V efficiency;
};

template <class V>
[[nodiscard]] Skew<V> skew_of(const Scatter<V>& scatter, const TerrainTermsOf<V>& terms) {
  const V difference_m = terms.tx.horizon_m - terms.rx.horizon_m;
  const V apart_m = abs(difference_m);
  const auto tx_is_nearer = difference_m < V(0.0);
  const V heights = select(tx_is_nearer, terms.tx.effective_m, terms.rx.effective_m) /
                    select(tx_is_nearer, terms.rx.effective_m, terms.tx.effective_m);
  const V d = scatter.distance_m;
  const V s = (d - apart_m) / (d + apart_m);
  // The algorithm, eq. (4.66) and (4.67); TN 101 eq. (9.3a).
  const V crossover_m = 0.25 * (d - apart_m) * (d + apart_m) * scatter.angle_rad / d;
  const V n = scatter.refractivity;
  const V high = min(V(1.7), crossover_m / 8.0e3);
  const V cube = high * high * high;
  const V efficiency =
      crossover_m / 1.7556e3 * (1.0 + (0.031 - 2.32e-3 * n + 5.67e-6 * n * n) * exp(-cube * cube));
  const V r = 2.0 * scatter.wave_number * scatter.angle_rad;
  return {r * terms.tx.effective_m, r * terms.rx.effective_m, max(V(0.1), s), within(heights / s, 0.1, 10.0),
          efficiency};
}

// TN 101 eq. (9.5) with its corrections; below an efficiency of 1 towards the value for none.
template <class V>
[[nodiscard]] V gain_db(const Skew<V>& skew) {
  const Efficiency<V> efficiency = efficiency_of(skew.efficiency);
  const V mean_db = 0.5 * (frequency_gain_db(efficiency, skew.tx_r) + frequency_gain_db(efficiency, skew.rx_r));
  const V skewed_db = 6.0 * (0.6 - log10(max(skew.efficiency, V(1.0)))) * log10(skew.s) * log10(skew.q);
  const V whole_db = max(V(0.0), mean_db + min(mean_db, skewed_db));
  const auto low = skew.efficiency < V(1.0);
  if (!any(low)) return whole_db;
  constexpr double kRoot2 = std::numbers::sqrt2;
  const V product = (1.0 + kRoot2 / skew.tx_r) * (1.0 + kRoot2 / skew.rx_r);
  const V sum = skew.tx_r + skew.rx_r;
  const V none_db = 10.0 * log10(product * product * sum / (sum + 2.0 * kRoot2));
  return select(low, skew.efficiency * whole_db + (1.0 - skew.efficiency) * none_db, whole_db);
}

// The algorithm, eq. (4.63).
template <class V>
[[nodiscard]] V scatter_loss_db(const Scatter<V>& scatter, V gain) {
  const V theta_d_m = scatter.bend_rad * scatter.distance_m;
  const V bend2 = scatter.bend_rad * scatter.bend_rad;
  return scatter_function_db(theta_d_m) + 10.0 * log10(47.7 * scatter.wave_number * bend2 * bend2) -
         0.1 * (scatter.refractivity - 301.0) * exp(-theta_d_m / 40e3) + gain;
}

/// The straight line of the scatter loss in the distance, and where it takes over from diffraction.
template <class V>
struct ScatterLine {
  V slope_db_m;
  V from_m;  ///< beyond this distance; there it equals the diffraction line
  /// Not where both antennas are so low in wavelengths that the method defines no scatter loss.
  decltype(V() < V()) defined;
};

template <class V>
[[nodiscard]] ScatterLine<V> scatter_line(const Radio& radio, const TerrainTermsOf<V>& terms,
                                          const Sight<V>& sight, const DiffractionLine<V>& diffraction) {
  constexpr double kStep_m = 200e3;
  constexpr double kLargestGain_db = 15.0;
  constexpr double kNoLoss_db = 1000.0;  // what is not below this is no loss of this Earth
  const V elevations_rad = terms.tx.horizon_rad + terms.rx.horizon_rad;
  const V lift_rad = max(elevations_rad, -sight.horizons_m / terms.earth_radius_m);
  const auto at = [&](V distance_m) HWY_ATTR {
    return Scatter<V>{distance_m, elevations_rad + distance_m / terms.earth_radius_m,
                      lift_rad + distance_m / terms.earth_radius_m, terms.surface_refractivity, radio.wave_number};
  };
  const auto too_low = [](const Skew<V>& skew) HWY_ATTR { return skew.tx_r < V(0.2) && skew.rx_r < V(0.2); };
  const V near_m = sight.horizons_m + kStep_m;
  const Scatter<V> far = at(near_m + kStep_m);
  const Scatter<V> near = at(near_m);
  const Skew<V> far_skew = skew_of(far, terms);
  const Skew<V> near_skew = skew_of(near, terms);
  const V far_gain_db = gain_db(far_skew);
  // A gain above 15 dB is that of the larger distance.
  const auto far_is_high = far_gain_db > V(kLargestGain_db);
  V near_gain_db = far_gain_db;
  if (!all(far_is_high)) {
    const V own_db = gain_db(near_skew);
    near_gain_db = select(far_is_high || own_db > V(kLargestGain_db), far_gain_db, own_db);
  }
  const V far_db = scatter_loss_db(far, far_gain_db);
  const V near_db = scatter_loss_db(near, near_gain_db);

  const V slope = (far_db - near_db) / kStep_m;
  const V crossing_m =
      quotient(near_db - diffraction.intercept_db - slope * near_m, diffraction.slope_db_m - slope);
  const V from_m =
      max(max(sight.smooth_m, sight.horizons_m + 1.088 * sight.scale_m * std::log(radio.f_mhz)), crossing_m);
  const auto defined = !too_low(far_skew) && (far_is_high || !too_low(near_skew)) && near_db < V(kNoLoss_db);
  return {slope, from_m, defined};
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
