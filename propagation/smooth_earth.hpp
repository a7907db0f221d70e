// Least-squares smooth-Earth surface of a path and its correction for obstructions,
// ITU-R P.452-18 Annex 1 Attachment 2 section 5.1.6 (the same in P.1812-7 Attachment 1 section 5.6).
#pragma once

namespace amaneku {

/// Integrals of the terrain over the path, by the trapezia between profile points.
struct SmoothEarthSums {
  double v1 = 0.0;  ///< eq. (161), m2
  double v2 = 0.0;  ///< eq. (162), m3

  /// Adds the stretch between two neighbouring points.
  void add(double d0_m, double h0_m, double d1_m, double h1_m) noexcept {
    const double step_m = d1_m - d0_m;
    v1 += step_m * (h1_m + h0_m);
    v2 += step_m * (h1_m * (2.0 * d1_m + d0_m) + h0_m * (d1_m + 2.0 * d0_m));
  }
};

/// How far the bare terrain stands above the straight line between the antennas (no Earth curvature).
struct Obstruction {
  double height_m;  ///< h_obs; not positive: none
  double tx_slope;  ///< alpha_obt
  double rx_slope;  ///< alpha_obr
};

struct SmoothEarthEnds {
  double tx_asl_m;         ///< h_std
  double rx_asl_m;         ///< h_srd
  double fitted_tx_asl_m;  ///< h_st, eq. (169a): the fitted line, never above the ground
  double fitted_rx_asl_m;  ///< h_sr, eq. (169b)
};

/// Eqs. (163) to (168): fitted line, lowered by the obstruction, never above the ground at the ends.
[[nodiscard]] inline SmoothEarthEnds smooth_earth_ends(const SmoothEarthSums& sums, double distance_m,
                                                       double tx_ground_asl_m, double rx_ground_asl_m,
                                                       const Obstruction& obstruction) noexcept {
  const double d2 = distance_m * distance_m;
  const double fitted_tx = (2.0 * sums.v1 * distance_m - sums.v2) / d2;
  const double fitted_rx = (sums.v2 - sums.v1 * distance_m) / d2;
  double tx = fitted_tx;
  double rx = fitted_rx;
  if (obstruction.height_m > 0.0) {
    const double slopes = obstruction.tx_slope + obstruction.rx_slope;
    tx -= obstruction.height_m * obstruction.tx_slope / slopes;
    rx -= obstruction.height_m * obstruction.rx_slope / slopes;
  }
  const auto below = [](double height, double ground) { return height < ground ? height : ground; };
  return {below(tx, tx_ground_asl_m), below(rx, rx_ground_asl_m), below(fitted_tx, tx_ground_asl_m),
          below(fitted_rx, rx_ground_asl_m)};
}

}  // namespace amaneku
