// ITU-R P.1411-12 section 4.2.2.1: over the roof-tops of a town, rows of buildings of about one height.
#pragma once

namespace amaneku::itu {

/// Station 1 stands above the roofs or near their height, station 2 in the street. Figure 2.
struct UrbanRooftops {
  double distance_m;
  double h1_m;
  double h2_m;
  double roof_m;             ///< h_r, mean height of the buildings
  double built_m;            ///< l, length of the path that is covered by buildings; 0 or less: free space
  double separation_m;       ///< b, between rows of buildings
  double street_width_m;     ///< w2, of the street of station 2
  double orientation_deg;    ///< phi, between the street and the path, 0 .. 90
  bool metropolitan_centre;  ///< else medium-sized city or suburban centre; matters up to 2 GHz
};

/// The terms of the loss, dB: the sum, never below free space.
struct UrbanRooftopsLoss {
  double free_space_db;         ///< L_bf
  double rooftop_to_street_db;  ///< L_rts
  double multi_screen_db;       ///< L_msd
  [[nodiscard]] double total_db() const noexcept {
    const double excess_db = rooftop_to_street_db + multi_screen_db;
    return excess_db > 0.0 ? free_space_db + excess_db : free_space_db;
  }
};

/// 0.8 to 26 GHz, 20 m to 5 km, h1 4 .. 55 m, h2 1 .. 3 m.
[[nodiscard]] UrbanRooftopsLoss urban_rooftops_loss(double freq_hz, const UrbanRooftops& town) noexcept;

}  // namespace amaneku::itu
