// ITU-R P.452-18 section 4.1 and P.1812-7 section 4.2: line of sight with multipath and focusing.
#pragma once

#include "propagation/geometry.hpp"

namespace amaneku::itu {

/// The share of time asked for and the one of anomalous propagation, percent, both above 0.
struct TimePercents {
  double p;
  double beta0;
};

/// Basic transmission loss, dB, without gases.
struct LineOfSightLoss {
  double free_space_db;  ///< L_bfs, over the straight distance, with the constant 92.4 of both Recommendations
  double at_p_db;        ///< L_b0p
  double at_beta0_db;    ///< L_b0beta
};

[[nodiscard]] LineOfSightLoss line_of_sight_loss(const Link& link, const PathGeometry& path,
                                                 const TimePercents& time) noexcept;

}  // namespace amaneku::itu
