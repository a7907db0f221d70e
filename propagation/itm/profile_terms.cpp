#include "propagation/itm/profile_terms.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/itm/height_fit.hpp"
#include "propagation/itm/horizons.hpp"
#include "propagation/itm/profile_heights.hpp"
#include "propagation/itm/refractivity.hpp"
#include "propagation/itm/terrain_irregularity.hpp"

namespace amaneku::itm {
namespace {

// Without the first and the last tenth of the path.
template <class Heights>
double mean_height_m(const Heights& heights) noexcept {
  const std::size_t steps = heights.steps();
  const std::size_t tenth = steps / 10;
  return sum_of(heights, tenth, steps - tenth) / static_cast<double>(steps - 2 * tenth + 1);
}

/// What the effective heights need besides the terms.
struct Site {
  double tx_ground_asl_m;
  double rx_ground_asl_m;
  double step_m;
  double length_m;  ///< steps times step_m
  double tx_reach_m;
  double rx_reach_m;
  StepRange middle;  ///< without the foregrounds of the terminals
};

// Hufford (1982) page 25: terrain counts from about 15 antenna heights on; here not more than a tenth of the way.
template <class Heights>
Site site_of(const Antennas& antennas, const ProfileView& profile, const Heights& heights,
             const Horizons& horizons) noexcept {
  const double step_m = heights.step_m();
  Site site{profile.ground_asl_m.front(),
            profile.ground_asl_m.back(),
            step_m,
            static_cast<double>(heights.steps()) * step_m,
            heights.tx_reach_m(horizons.tx),
            heights.rx_reach_m(horizons.rx),
            {}};
  const double start_m = std::min(15.0 * antennas.tx_agl_m, 0.1 * site.tx_reach_m);
  const double end_m = site.length_m - std::min(15.0 * antennas.rx_agl_m, 0.1 * site.rx_reach_m);
  site.middle = {start_m / step_m, end_m / step_m};
  return site;
}

// Well in sight the terminals look over the line through the whole middle; the horizons that follow from the
// irregularity replace those of the profile, and heights grow until the two reach each other.
template <class Heights>
void look_over_all(TerrainTerms& terms, const Heights& heights, const Site& site) noexcept {
  const FittedLine line = fit_line(heights, site.middle.from, site.middle.to);
  terms.tx.effective_m = terms.tx.agl_m + std::fdim(site.tx_ground_asl_m, line.first_m);
  terms.rx.effective_m = terms.rx.agl_m + std::fdim(site.rx_ground_asl_m, line.last_m);
  const auto set_horizons = [&terms] {
    for (Terminal* const end : {&terms.tx, &terms.rx}) {
      end->horizon_m = random_horizon_m(end->effective_m, terms.delta_h_m, terms.earth_radius_m);
    }
    return terms.tx.horizon_m + terms.rx.horizon_m;
  };
  const double reach_m = set_horizons();
  if (reach_m <= site.length_m) {
    const double lift = site.length_m / reach_m * (site.length_m / reach_m);
    terms.tx.effective_m *= lift;
    terms.rx.effective_m *= lift;
    set_horizons();
  }
  for (Terminal* const end : {&terms.tx, &terms.rx}) {
    end->horizon_rad = random_horizon_rad(*end, terms.delta_h_m, terms.earth_radius_m);
  }
}

// Otherwise each looks over its own foreground, up to nine tenths of the way to its horizon.
template <class Heights>
void look_to_horizons(TerrainTerms& terms, const Heights& heights, const Site& site) noexcept {
  const double tx_end = 0.9 * site.tx_reach_m / site.step_m;
  const double rx_start = (site.length_m - 0.9 * site.rx_reach_m) / site.step_m;
  const FittedLine of_tx = fit_line(heights, site.middle.from, tx_end);
  const FittedLine of_rx = fit_line(heights, rx_start, site.middle.to);
  terms.tx.effective_m = terms.tx.agl_m + std::fdim(site.tx_ground_asl_m, of_tx.first_m);
  terms.rx.effective_m = terms.rx.agl_m + std::fdim(site.rx_ground_asl_m, of_rx.last_m);
}

template <class Heights>
TerrainTerms terms_of(const Antennas& antennas, double n0, const ProfileView& profile,
                      const Heights& heights) noexcept {
  const Air air = air_over(n0, mean_height_m(heights));
  const Horizons horizons = find_horizons(profile, antennas, air.earth_radius_m);
  const Site site = site_of(antennas, profile, heights, horizons);
  TerrainTerms terms{profile.distance_m.back(),
                     terrain_irregularity_m(heights, site.middle, site.step_m),
                     air.surface_refractivity,
                     air.earth_radius_m,
                     {antennas.tx_agl_m, 0.0, horizons.tx.distance_m, horizons.tx.elevation_rad},
                     {antennas.rx_agl_m, 0.0, horizons.rx.distance_m, horizons.rx.elevation_rad},
                     true};
  if (site.tx_reach_m + site.rx_reach_m > 1.5 * site.length_m) {
    look_over_all(terms, heights, site);
  } else {
    look_to_horizons(terms, heights, site);
  }
  return limited(terms);
}

}  // namespace

TerrainTerms profile_terms(const Antennas& antennas, double n0, const ProfileView& profile) noexcept {
  const Antennas limits = limited(antennas);
  const SampledHeights sampled(profile);
  if (!sampled.is_uneven(kLargestUnevenness)) return terms_of(limits, n0, profile, sampled);
  return terms_of(limits, n0, profile, ResampledHeights(profile));
}

}  // namespace amaneku::itm
