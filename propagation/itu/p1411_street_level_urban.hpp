// ITU-R P.1411-12 section 4.3.2: terminals near street level in a rectangular street grid.
#pragma once

#include "propagation/itu/p1411_canyon_los.hpp"

namespace amaneku::itu {

/// The way along the streets: to the first corner, from there to the second, from there to the terminal.
/// leg3_m = 0: one corner; leg2_m = 0 as well: in sight over leg1_m.
struct StreetRoute {
  double leg1_m;
  double leg2_m;
  double leg3_m;
};

struct StreetTurnsLoss {
  double loss_db;
  double los_db;  ///< L_LoS over the first two legs, section 4.1.2
};

/// Median loss, dB, 0.43 to 4.86 GHz, terminals 1.5 .. 4 m above ground, to 1 km.
[[nodiscard]] StreetTurnsLoss street_level_urban_loss(double freq_hz, const StreetRoute& route,
                                                      const StreetAntennas& antennas) noexcept;

}  // namespace amaneku::itu
