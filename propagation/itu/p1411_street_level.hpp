// ITU-R P.1411-12 section 4.3.1: site-general loss between terminals near street level, by location percentage.
#pragma once

#include "propagation/itu/p1411_site_general.hpp"

namespace amaneku::itu {

struct StreetLevel {
  P1411Environment
      environment;  ///< urban_high_rise: the "dense urban/high-rise" of the section; residential: suburban
  double location_percent;
  double transition_width_m;  ///< w, over which sight is lost
};

struct StreetLevelLoss {
  double loss_db;
  double sight_m;  ///< d_LoS: up to here in sight, beyond d_LoS + w out of sight
};

/// Loss not exceeded at the percentage of places, steps 1 to 8.
[[nodiscard]] StreetLevelLoss street_level_loss(double freq_hz, double distance_m,
                                                const StreetLevel& street) noexcept;

}  // namespace amaneku::itu
