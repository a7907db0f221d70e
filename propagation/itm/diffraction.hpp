// Diffraction of the irregular terrain model: a weighted sum of two knife edges at the horizons and of a smooth
// Earth of three radii between them. ERL 79-ITS 67 section 3-2; the algorithm, section 4.
#pragma once

#include "propagation/itm/radio.hpp"
#include "propagation/itm/terrain_terms.hpp"

namespace amaneku::itm {

/// Everything of the path that does not change with the distance at which the loss is asked.
struct DiffractionPath {
  double wave_number;
  double earth_radius_m;
  double delta_h_m;
  double tx_horizon_m;
  double rx_horizon_m;
  double horizons_m;    ///< d_L, sum of the two
  double sight_rad;     ///< theta_los, angular distance of the region in sight
  double excess_m;      ///< how far the horizons lie above those of a smooth Earth, as a distance
  double height_ratio;  ///< of effective to structural antennas
  double clutter_db;    ///< A_fo
  double cbrt_f;
  double attenuation;  ///< K of Vogler for a radius of 4/3 Earths
  double x_terminals;  ///< numerical distances of the two terminals together
  double gain_db;      ///< height functions of the two terminals and the constant
};

[[nodiscard]] DiffractionPath diffraction_path(const Radio& radio, const TerrainTerms& terms) noexcept;

/// Attenuation relative to free space, dB, at a distance beyond both horizons: `distance_m` > horizons_m.
[[nodiscard]] double diffraction_db(const DiffractionPath& path, double distance_m) noexcept;

/// The straight line through the diffraction loss at two distances far behind the horizons.
struct DiffractionLine {
  double slope_db_m;    ///< m_d
  double intercept_db;  ///< A_ed, at no distance
};
[[nodiscard]] DiffractionLine diffraction_line(const Radio& radio, const TerrainTerms& terms) noexcept;

/// RMS deviation of the ground within the first Fresnel zone, m: ERL 79-ITS 67 eq. (3.6a).
[[nodiscard]] double fresnel_roughness_m(double irregularity_m) noexcept;

}  // namespace amaneku::itm
