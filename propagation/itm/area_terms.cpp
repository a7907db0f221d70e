#include "propagation/itm/area_terms.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/itm/refractivity.hpp"
#include "propagation/itm/terrain_terms-inl.hpp"

namespace amaneku::itm {
namespace {

// The algorithm, eq. (3.2): care finds a hill, the more so the lower the antenna against the irregularity.
double effective_height_m(double agl_m, Siting siting, double delta_h_m) noexcept {
  if (siting == Siting::random) return agl_m;
  double gain = siting == Siting::careful ? 4.0 : 9.0;
  if (agl_m < 5.0) gain *= std::sin(0.1 * std::numbers::pi * agl_m);
  return agl_m + (1.0 + gain) * std::exp(-std::min(20.0, 2.0 * agl_m / std::max(1e-3, delta_h_m)));
}

Terminal terminal(double agl_m, Siting siting, double delta_h_m, double earth_radius_m) noexcept {
  Terminal end{agl_m, effective_height_m(agl_m, siting, delta_h_m), 0.0, 0.0};
  end.horizon_m = HWY_NAMESPACE::random_horizon_m(end.effective_m, delta_h_m, earth_radius_m);
  end.horizon_rad = HWY_NAMESPACE::random_horizon_rad(end, delta_h_m, earth_radius_m);
  return end;
}

}  // namespace

TerrainTerms area_terms(const Antennas& antennas, double n0, const Area& area, double distance_m) noexcept {
  const Antennas heights = limited(antennas);
  const double delta_h_m = within(area.delta_h_m, 0.0, kLargestIrregularity_m);
  const Air air = air_over(n0, 0.0);
  return HWY_NAMESPACE::limited(
      TerrainTerms{distance_m, delta_h_m, air.surface_refractivity, air.earth_radius_m,
                   terminal(heights.tx_agl_m, area.tx_siting, delta_h_m, air.earth_radius_m),
                   terminal(heights.rx_agl_m, area.rx_siting, delta_h_m, air.earth_radius_m), false});
}

}  // namespace amaneku::itm
