// ITU-R P.1411-12 section 4.3.3: terminals near street level among houses.
#pragma once

namespace amaneku::itu {

/// Three ways from terminal to terminal: along the road around one corner, between the houses, over the roofs.
struct Residential {
  double distance_m;  ///< d, straight
  double tx_agl_m;
  double rx_agl_m;
  double building_m;     ///< height of the houses: h_b at both ends and the mean m of those below three storeys
  double to_building_m;  ///< a and c, from a terminal to the nearest house towards the other
  double buildings_per_km2;  ///< n
  double turn_deg;           ///< theta_1, 0: no corner, 90: a right angle
  double to_corner_m;        ///< x1, along the road
  double from_corner_m;      ///< x2
};

struct ResidentialLoss {
  double loss_db;            ///< the three in parallel
  double along_road_db;      ///< L_r
  double between_houses_db;  ///< L_b
  double over_roofs_db;      ///< L_v
};

/// 2 to 26 GHz, terminals 1.2 .. 6 m above ground, to 1 km. The Recommendation allows any number of corners and
/// other houses at each end; here it is one corner and one height.
[[nodiscard]] ResidentialLoss residential_loss(double freq_hz, const Residential& street) noexcept;

}  // namespace amaneku::itu
