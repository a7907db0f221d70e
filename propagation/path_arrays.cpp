#include "propagation/path_arrays.hpp"

namespace amaneku {

void HorizonLanes::resize(std::size_t n) {
  for (Lanes* lanes : {&line_of_sight, &tx_slope, &rx_slope, &tx_point_m, &rx_point_m, &nu_max}) lanes->resize(n);
}

void PathArrays::resize(std::size_t n) {
  const std::size_t padded = n + kPadding;
  if (distance_m.size() >= padded) return;
  for (Lanes* lanes : {&distance_m, &rx_ground_asl_m, &rx_asl_m, &rx_clutter_m, &metres_per_u, &samples,
                       &line_of_sight, &tx_radio_horizon_m, &rx_radio_horizon_m, &roughness_m, &smooth_tx_asl_m,
                       &smooth_rx_asl_m, &fitted_tx_asl_m, &fitted_rx_asl_m, &sea_fraction, &longest_land_m,
                       &longest_inland_m, &coast_distance_tx_m, &coast_distance_rx_m}) {
    lanes->resize(padded);
  }
  for (HorizonLanes* horizons : {&median, &beta, &bare}) horizons->resize(padded);
  valid.resize(padded, 1);
  rx_zone.resize(padded);
  profile.resize(padded);
}

}  // namespace amaneku
