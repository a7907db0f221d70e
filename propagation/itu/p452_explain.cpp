#include "propagation/itu/p452_explain.hpp"

#include <cmath>

namespace amaneku::itu {

std::string_view clear_air_mode(const ClearAirPath& air, const PathGeometry& path) noexcept {
  if (path.bare.line_of_sight) return "line_of_sight";
  if (air.mechanisms.troposcatter_db < air.combined.modified_db) return "troposcatter";
  return air.combined.with_ducting_db < air.combined.diffraction_db ? "ducting" : "diffraction";
}

std::vector<LossTerm> clear_air_terms(const ClearAirPath& air, const PathGeometry& path) {
  const auto& m = air.mechanisms;
  return {{"free_space_db", m.line_of_sight.free_space_db},
          {"line_of_sight_db", m.line_of_sight.at_p_db},
          {"line_of_sight_beta0_db", m.line_of_sight.at_beta0_db},
          {"diffraction_db", m.diffraction_at_p_db},
          {"diffraction_median_db", m.diffraction_median_db},
          {"diffraction_beta0_db", air.beta.diffraction_db},
          {"bullington_terrain_db", air.median.actual_db},
          {"bullington_smooth_db", air.median.smooth_db},
          {"spherical_earth_db", air.median.spherical_db},
          {"bullington_terrain_beta0_db", air.beta.actual_db},
          {"bullington_smooth_beta0_db", air.beta.smooth_db},
          {"spherical_earth_beta0_db", air.beta.spherical_db},
          {"diffraction_loss_db", air.combined.diffraction_db},
          {"diffraction_loss_median_db", air.combined.diffraction_median_db},
          {"ducting_db", m.ducting_db},
          {"troposcatter_db", m.troposcatter_db},
          {"least_line_of_sight_db", air.combined.least_los_db},
          {"least_ducting_db", air.combined.least_ducting_db},
          {"with_ducting_db", air.combined.with_ducting_db},
          {"modified_db", air.combined.modified_db},
          {"median_location_db", air.combined.loss_db},
          {"time_interpolation", air.blend.time_interpolation},
          {"angle_interpolation", air.blend.angle_interpolation},
          {"distance_interpolation", air.combined.distance_interpolation},
          {"beta0_percent", std::pow(10.0, air.log10_beta0)},
          {"tx_horizon_mrad", air.angles.tx_mrad},
          {"rx_horizon_mrad", air.angles.rx_mrad},
          {"path_angle_mrad", air.angles.path_mrad},
          {"tx_horizon_m", path.tx_radio_horizon_m},
          {"rx_horizon_m", path.distance_m - path.rx_radio_horizon_m},
          {"roughness_m", path.roughness_m},
          {"sea_fraction", path.zones.sea_fraction},
          {"longest_land_m", path.zones.longest_land_m},
          {"longest_inland_m", path.zones.longest_inland_m},
          {"tx_effective_height_m", path.tx_asl_m - path.fitted_tx_asl_m},
          {"rx_effective_height_m", path.rx_asl_m - path.fitted_rx_asl_m},
          {"tx_smooth_earth_asl_m", path.smooth_tx_asl_m},
          {"rx_smooth_earth_asl_m", path.smooth_rx_asl_m}};
}

}  // namespace amaneku::itu
