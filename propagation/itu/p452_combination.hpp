// ITU-R P.452-18 section 4.5 and P.1812-7 section 4.6: one loss from the mechanisms.
#pragma once

#include "propagation/itu/p452_line_of_sight.hpp"

namespace amaneku::itu {

/// Basic transmission losses, dB, gases included where the Recommendation has them.
struct Mechanisms {
  LineOfSightLoss line_of_sight;
  double diffraction_median_db;  ///< L_d50 alone
  double diffraction_at_p_db;    ///< L_dp alone
  double ducting_db;             ///< L_ba
  double troposcatter_db;        ///< L_bs
};

struct Blend {
  double distance_km;
  double sea_fraction;
  double time_interpolation;   ///< F_i
  double angle_interpolation;  ///< F_j
};

struct Combined {
  double distance_interpolation;  ///< F_k
  double diffraction_median_db;   ///< L_bd50
  double diffraction_db;          ///< L_bd
  double least_los_db;            ///< L_minb0p
  double least_ducting_db;        ///< L_minbap
  double with_ducting_db;         ///< L_bda
  double modified_db;             ///< L_bam
  double loss_db;                 ///< L_bc
};

/// F_j from 3 xi (theta - Theta) / Theta, eq. (57) or (58).
[[nodiscard]] double angle_interpolation(double argument) noexcept;

[[nodiscard]] Combined combine(const Mechanisms& mechanisms, const Blend& blend) noexcept;

/// -5 log10(10^(-0.2 a) + 10^(-0.2 b)), eq. (63).
[[nodiscard]] double power_sum_of_losses_db(double a_db, double b_db) noexcept;

}  // namespace amaneku::itu
