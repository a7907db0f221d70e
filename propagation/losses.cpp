#include "propagation/losses.hpp"

namespace amaneku {
namespace {

Horizons horizons_at(const HorizonLanes& lanes, std::size_t i) noexcept {
  return {.line_of_sight = lanes.line_of_sight[i] != 0.0,
          .tx_slope = lanes.tx_slope[i],
          .rx_slope = lanes.rx_slope[i],
          .tx_point_m = lanes.tx_point_m[i],
          .rx_point_m = lanes.rx_point_m[i],
          .nu_max = lanes.nu_max[i]};
}

// A path over inland ground alone has no coast: all its distances of zones are its length.
PathZones zones_at(const PathArrays& paths, std::size_t i) noexcept {
  if (paths.all_inland) {
    const double d = paths.distance_m[i];
    return {.tx = Zone::inland,
            .rx = Zone::inland,
            .sea_fraction = 0.0,
            .longest_land_m = d,
            .longest_inland_m = d,
            .coast_distance_tx_m = d,
            .coast_distance_rx_m = d};
  }
  return {.tx = paths.tx_zone,
          .rx = paths.rx_zone[i],
          .sea_fraction = paths.sea_fraction[i],
          .longest_land_m = paths.longest_land_m[i],
          .longest_inland_m = paths.longest_inland_m[i],
          .coast_distance_tx_m = paths.coast_distance_tx_m[i],
          .coast_distance_rx_m = paths.coast_distance_rx_m[i]};
}

}  // namespace

PathGeometry path_at(const PathArrays& paths, std::size_t i) noexcept {
  PathGeometry path;
  path.distance_m = paths.distance_m[i];
  path.tx_ground_asl_m = paths.tx_ground_asl_m;
  path.rx_ground_asl_m = paths.rx_ground_asl_m[i];
  path.tx_asl_m = paths.tx_asl_m;
  path.rx_asl_m = paths.rx_asl_m[i];
  path.rx_clutter_m = paths.rx_clutter_m[i];
  path.line_of_sight = paths.line_of_sight[i] != 0.0;
  path.median = horizons_at(paths.median, i);
  path.beta = horizons_at(paths.beta, i);
  path.bare = horizons_at(paths.bare, i);
  path.tx_radio_horizon_m = paths.tx_radio_horizon_m[i];
  path.rx_radio_horizon_m = paths.rx_radio_horizon_m[i];
  path.roughness_m = paths.roughness_m[i];
  path.smooth_tx_asl_m = paths.smooth_tx_asl_m[i];
  path.smooth_rx_asl_m = paths.smooth_rx_asl_m[i];
  path.fitted_tx_asl_m = paths.fitted_tx_asl_m[i];
  path.fitted_rx_asl_m = paths.fitted_rx_asl_m[i];
  path.zones = zones_at(paths, i);
  path.samples = static_cast<std::uint32_t>(paths.samples[i]);
  path.spacing_m = paths.distance_m[i] / (paths.samples[i] - 1.0);
  return path;
}

std::span<const double> GatheredProfile::distances_of(const PathArrays& paths, std::size_t i) {
  const auto between = static_cast<std::size_t>(paths.samples[i]) - 2;
  points_.distance_m.assign(1, 0.0);
  for (std::size_t k = 0; k < between; ++k) {
    points_.distance_m.push_back(paths.rings.u[k] * paths.metres_per_u[i]);
  }
  points_.distance_m.push_back(paths.distance_m[i]);
  return points_.distance_m;
}

ProfileView GatheredProfile::of(const PathArrays& paths, std::size_t i) {
  const LaneProfile& lane = paths.profile[i];
  const bool with_clutter = lane.clutter_m != nullptr || lane.own_clutter_m != nullptr;
  const bool with_zones = !paths.all_inland;
  (void)distances_of(paths, i);
  points_.ground_asl_m.assign(1, paths.tx_ground_asl_m);
  points_.clutter_m.assign(with_clutter ? 1 : 0, 0.0);
  points_.zone.assign(with_zones ? 1 : 0, paths.tx_zone);
  for (std::size_t k = 0; k < lane.samples; ++k) {
    const bool borrowed = k < lane.on_radial;
    const std::size_t at = borrowed ? k : (k - lane.on_radial) * lane.own_stride;
    const float* clutter = borrowed ? lane.clutter_m : lane.own_clutter_m;
    const Zone* zone = borrowed ? lane.zone : lane.own_zone;
    points_.ground_asl_m.push_back(borrowed ? lane.ground_asl_m[at] : lane.own_ground_asl_m[at]);
    if (with_clutter) points_.clutter_m.push_back(clutter != nullptr ? clutter[at] : 0.0F);
    if (with_zones) points_.zone.push_back(zone != nullptr ? zone[at] : Zone::inland);
  }
  points_.ground_asl_m.push_back(paths.rx_ground_asl_m[i]);
  if (with_clutter) points_.clutter_m.push_back(paths.rx_clutter_m[i]);
  if (with_zones) points_.zone.push_back(paths.rx_zone[i]);
  return points_.view();
}

}  // namespace amaneku
