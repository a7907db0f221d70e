// ITU-R P.1411-12 section 4.2.2.2: over the roof-tops of a suburb, waves reflected in the street of the terminal.
#pragma once

#include <cstdint>

namespace amaneku::itu {

/// Station 1 stands above the roofs, station 2 in the street. Figure 2.
struct SuburbanRooftops {
  double distance_m;  ///< straight between the antennas
  double h1_m;
  double h2_m;
  double roof_m;           ///< h_r, mean height of the buildings
  double street_width_m;   ///< w2
  double orientation_deg;  ///< phi, between the street and the path, above 0 .. 90
};

/// Which wave carries most at station 2.
enum class SuburbanRegion : std::uint8_t { direct, reflected, diffracted };

struct SuburbanRooftopsLoss {
  double loss_db;
  SuburbanRegion region;
  double reflected_from_m;   ///< d_0
  double diffracted_from_m;  ///< d_RD
};

/// 0.8 to 38 GHz, 10 m to 5 km, h1 1 .. 100 m above the roofs, h2 4 .. 10 m below them. Eqs. (48) to (57).
[[nodiscard]] SuburbanRooftopsLoss suburban_rooftops_loss(double freq_hz, const SuburbanRooftops& suburb) noexcept;

}  // namespace amaneku::itu
