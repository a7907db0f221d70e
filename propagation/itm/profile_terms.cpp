#include "propagation/itm/profile_terms.hpp"

#include "propagation/itm/horizons.hpp"
#include "propagation/itm/profile_heights.hpp"
#include "propagation/itm/profile_site.hpp"
#include "propagation/itm/profile_terms-inl.hpp"
#include "propagation/itm/refractivity.hpp"
#include "propagation/itm/terrain_irregularity.hpp"

namespace amaneku::itm {
namespace {

template <class Heights>
TerrainTerms terms_of(const Antennas& antennas, double n0, const ProfileView& profile,
                      const Heights& heights) noexcept {
  const Air air = air_over(n0, mean_height_m(heights));
  const Horizons horizons = find_horizons(profile, antennas, air.earth_radius_m);
  const Site site = site_of(antennas, heights, horizons);
  const FittedLine line = site.looks_over_all() ? middle_line(heights, site) : foreground_lines(heights, site);
  return HWY_NAMESPACE::terms_of<double>(
      antennas, air,
      {profile.distance_m.back(),
       site.length_m,
       site.middle_m(),
       interdecile_range_m(heights, site.middle),
       site.looks_over_all(),
       {profile.ground_asl_m.front(), line.first_m, horizons.tx.distance_m, horizons.tx.elevation_rad},
       {profile.ground_asl_m.back(), line.last_m, horizons.rx.distance_m, horizons.rx.elevation_rad}});
}

}  // namespace

TerrainTerms profile_terms(const Antennas& antennas, double n0, const ProfileView& profile) noexcept {
  const Antennas limits = limited(antennas);
  const SampledHeights sampled(profile);
  if (!sampled.is_uneven(kLargestUnevenness)) return terms_of(limits, n0, profile, sampled);
  return terms_of(limits, n0, profile, ResampledHeights(profile));
}

}  // namespace amaneku::itm
