// ITU-R P.452-18 section 4.5 and P.1812-7 section 4.6: one loss from the mechanisms of clear air; for one path and
// for a pack of paths (lane_math-inl.hpp).
#if defined(AMANEKU_PROPAGATION_ITU_P452_COMBINATION_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITU_P452_COMBINATION_INL_HPP
#undef AMANEKU_PROPAGATION_ITU_P452_COMBINATION_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITU_P452_COMBINATION_INL_HPP
#endif

#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

/// Basic transmission loss in line of sight, dB, section 4.1 (P.1812-7 section 4.2).
template <class V>
struct LineOfSightLoss {
  V free_space_db;  ///< L_bfs, over the straight distance, with the constant 92.4 of both Recommendations
  V at_p_db;        ///< L_b0p
  V at_beta0_db;    ///< L_b0beta
};

/// Basic transmission losses, dB, gases included where the Recommendation has them.
template <class V>
struct Mechanisms {
  LineOfSightLoss<V> line_of_sight;
  V diffraction_median_db;  ///< L_d50 alone
  V diffraction_at_p_db;    ///< L_dp alone
  V ducting_db;             ///< L_ba
  V troposcatter_db;        ///< L_bs
};

template <class V>
struct Blend {
  V distance_km;
  V sea_fraction;
  V time_interpolation;   ///< F_i
  V angle_interpolation;  ///< F_j
};

template <class V>
struct Combined {
  V distance_interpolation;  ///< F_k
  V diffraction_median_db;   ///< L_bd50
  V diffraction_db;          ///< L_bd
  V least_los_db;            ///< L_minb0p
  V least_ducting_db;        ///< L_minbap
  V with_ducting_db;         ///< L_bda
  V modified_db;             ///< L_bam
  V loss_db;                 ///< L_bc
};

/// F_j from 3 xi (theta - Theta) / Theta, eq. (57) or (58).
template <class V>
[[nodiscard]] HWY_INLINE V angle_interpolation(V argument) {
  return 0.5 - 0.5 * tanh(argument);
}

/// Eq. (63), written around the smaller loss, so that no power leaves the finite numbers.
template <class V>
[[nodiscard]] HWY_INLINE V power_sum_of_losses_db(V a_db, V b_db) {
  return min(a_db, b_db) - 2.171472409516259 * log(1.0 + exp(-0.4605170185988091 * abs(a_db - b_db)));
}

template <class V>
[[nodiscard]] HWY_INLINE Combined<V> combine(const Mechanisms<V>& m, const Blend<V>& blend) {
  Combined<V> out;
  out.distance_interpolation = 0.5 - 0.5 * tanh(0.075 * (blend.distance_km - 20.0));    // (58)
  out.diffraction_median_db = m.line_of_sight.free_space_db + m.diffraction_median_db;  // (42)
  out.diffraction_db = m.line_of_sight.at_p_db + m.diffraction_at_p_db;                 // (43)
  const V over_land_db = (1.0 - blend.sea_fraction) * m.diffraction_at_p_db;
  const V towards_beta0_db =
      out.diffraction_median_db +
      (m.line_of_sight.at_beta0_db + over_land_db - out.diffraction_median_db) * blend.time_interpolation;
  out.least_los_db = select(blend.time_interpolation == 1.0, m.line_of_sight.at_p_db + over_land_db,
                            towards_beta0_db);  // (59)
  // Eq. (60), 2.5 ln(exp(a / 2.5) + exp(b / 2.5)), around the larger one.
  const V apart_db = abs(m.ducting_db - m.line_of_sight.at_p_db);
  out.least_ducting_db = max(m.ducting_db, m.line_of_sight.at_p_db) + 2.5 * log(1.0 + exp(-0.4 * apart_db));
  out.with_ducting_db =
      select(out.least_ducting_db <= out.diffraction_db,
             out.least_ducting_db + (out.diffraction_db - out.least_ducting_db) * out.distance_interpolation,
             out.diffraction_db);  // (61)
  out.modified_db =
      out.with_ducting_db + (out.least_los_db - out.with_ducting_db) * blend.angle_interpolation;  // (62)
  out.loss_db = power_sum_of_losses_db(m.troposcatter_db, out.modified_db);                        // (63)
  return out;
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
