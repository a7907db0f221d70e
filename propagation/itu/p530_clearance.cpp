#include "propagation/itu/p530_clearance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "propagation/bounded.hpp"
#include "propagation/units.hpp"
#include "terrain/geo.hpp"

namespace amaneku::itu {

std::array<ClearanceRule, 2> clearance_rules(const ClearanceSite& site, double distance_m) noexcept {
  const double at_low_k = site.climate == RefractiveClimate::tropical ? (distance_m > 30e3 ? 0.6 : 0.0)
                          : site.obstacle == Obstacle::extended       ? 0.3
                                                                      : 0.0;
  return {{{site.median_k, 1.0}, {site.k_999, at_low_k}}};
}

double first_fresnel_m(double freq_hz, double from_tx_m, double from_rx_m) noexcept {
  const double length_m = positive(from_tx_m + from_rx_m);
  return std::sqrt(std::max(0.0, wavelength_m(positive(freq_hz)) * from_tx_m * from_rx_m / length_m));
}

Clearance worst_clearance(const Link& link, const ProfileView& profile, const ClearanceRule& rule) noexcept {
  Clearance worst{.spare_m = std::numeric_limits<double>::infinity()};
  const std::size_t last = profile.size() < 2 ? 0 : profile.size() - 1;
  for (std::size_t i = 1; i < last; ++i) {
    const double from_tx_m = profile.distance_m[i];
    const double from_rx_m = profile.distance_m[last] - from_tx_m;
    const double part = from_tx_m / profile.distance_m[last];
    const double ray_asl_m = (1.0 - part) * (profile.ground_asl_m[0] + link.tx_agl_m) +
                             part * (profile.ground_asl_m[last] + link.rx_agl_m);
    const double bulge_m = from_tx_m * from_rx_m / (2.0 * positive(rule.earth_k) * kEarthRadius_m);
    const double clutter_m = profile.clutter_m.empty() ? 0.0 : profile.clutter_m[i];
    const double clearance_m = ray_asl_m - bulge_m - profile.ground_asl_m[i] - clutter_m;
    const double fresnel_m = first_fresnel_m(link.freq_hz, from_tx_m, from_rx_m);
    const double spare_m = clearance_m - rule.fresnel_fraction * fresnel_m;
    if (spare_m < worst.spare_m) worst = {spare_m, from_tx_m, clearance_m, fresnel_m};
  }
  return worst;
}

double missing_height_m(const Link& link, const ProfileView& profile, const ClearanceSite& site) noexcept {
  double missing_m = 0.0;
  if (profile.size() < 2) return missing_m;
  for (const ClearanceRule& rule : clearance_rules(site, profile.distance_m.back())) {
    missing_m = std::max(missing_m, -worst_clearance(link, profile, rule).spare_m);
  }
  return missing_m;
}

}  // namespace amaneku::itu
