#include "propagation/itm/terrain_terms.hpp"

#include <cmath>

namespace amaneku::itm {
namespace {

constexpr double kLowestHorizonHeight_m = 5.0;

Terminal limited(const Terminal& terminal) noexcept {
  return {terminal.agl_m, within(terminal.effective_m, kSmallestHeight_m, kLargestHeight_m),
          within(terminal.horizon_m, kSmallestDistance_m, kLargestDistance_m),
          within(terminal.horizon_rad, -kLargestElevation_rad, kLargestElevation_rad)};
}

}  // namespace

TerrainTerms limited(const TerrainTerms& terms) noexcept {
  TerrainTerms out = terms;
  out.distance_m = within(terms.distance_m, kSmallestDistance_m, kLargestDistance_m);
  out.delta_h_m = within(terms.delta_h_m, 0.0, kLargestIrregularity_m);
  out.tx = limited(terms.tx);
  out.rx = limited(terms.rx);
  return out;
}

double smooth_horizon_m(double effective_m, double earth_radius_m) noexcept {
  return std::sqrt(2.0 * effective_m * earth_radius_m);
}

// The algorithm, eq. (3.3).
double random_horizon_m(double effective_m, double delta_h_m, double earth_radius_m) noexcept {
  const double roughness = std::sqrt(delta_h_m / std::max(effective_m, kLowestHorizonHeight_m));
  return smooth_horizon_m(effective_m, earth_radius_m) * std::exp(-0.07 * roughness);
}

// The algorithm, eq. (3.4).
double random_horizon_rad(const Terminal& terminal, double delta_h_m, double earth_radius_m) noexcept {
  const double smooth_m = smooth_horizon_m(terminal.effective_m, earth_radius_m);
  return (0.65 * delta_h_m * (smooth_m / terminal.horizon_m - 1.0) - 2.0 * terminal.effective_m) / smooth_m;
}

double irregularity_at_m(double distance_m, double delta_h_m) noexcept {
  return delta_h_m * (1.0 - 0.8 * std::exp(-distance_m / 50e3));
}

}  // namespace amaneku::itm
