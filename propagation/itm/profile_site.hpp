// What the point-to-point mode of the irregular terrain model reads from the ground heights of a path: their mean,
// the stretches that count and the least-squares lines through them. Hufford (1982) page 25; the algorithm,
// section 3. `Heights`: profile_heights.hpp, lane_heights.hpp.
#pragma once

#include <algorithm>
#include <cstddef>

#include "propagation/itm/height_fit.hpp"
#include "propagation/itm/horizons.hpp"
#include "propagation/itm/profile_heights.hpp"
#include "propagation/itm/terrain_irregularity.hpp"
#include "propagation/itm/terrain_terms.hpp"

namespace amaneku::itm {

/// Without the first and the last tenth of the path.
template <class Heights>
[[nodiscard]] double mean_height_m(const Heights& heights) noexcept {
  const std::size_t steps = heights.steps();
  const std::size_t tenth = steps / 10;
  return sum_of(heights, tenth, steps - tenth) / static_cast<double>(steps - 2 * tenth + 1);
}

struct Site {
  double step_m;
  double length_m;  ///< steps times step_m
  double tx_reach_m;
  double rx_reach_m;
  StepRange middle;  ///< without the foregrounds of the terminals

  [[nodiscard]] double middle_m() const noexcept { return (middle.to - middle.from) * step_m; }
  /// Well in sight: the horizons overlap by half of the path.
  [[nodiscard]] bool looks_over_all() const noexcept { return tx_reach_m + rx_reach_m > 1.5 * length_m; }
};

/// Terrain counts from about 15 antenna heights on; here not more than a tenth of the way.
template <class Heights>
[[nodiscard]] Site site_of(const Antennas& antennas, const Heights& heights, const Horizons& horizons) noexcept {
  const double step_m = heights.step_m();
  Site site{step_m,
            static_cast<double>(heights.steps()) * step_m,
            heights.tx_reach_m(horizons.tx),
            heights.rx_reach_m(horizons.rx),
            {}};
  const double start_m = std::min(15.0 * antennas.tx_agl_m, 0.1 * site.tx_reach_m);
  const double end_m = site.length_m - std::min(15.0 * antennas.rx_agl_m, 0.1 * site.rx_reach_m);
  site.middle = {start_m / step_m, end_m / step_m};
  return site;
}

/// Well in sight both look over the line through the whole middle.
template <class Heights>
[[nodiscard]] FittedLine middle_line(const Heights& heights, const Site& site) noexcept {
  return fit_line(heights, site.middle.from, site.middle.to);
}

/// Otherwise each looks over its own foreground, up to nine tenths of the way to its horizon: the line of the
/// transmitter at its end, that of the receiver at the other.
template <class Heights>
[[nodiscard]] FittedLine foreground_lines(const Heights& heights, const Site& site) noexcept {
  const double tx_end = 0.9 * site.tx_reach_m / site.step_m;
  const double rx_start = (site.length_m - 0.9 * site.rx_reach_m) / site.step_m;
  return {fit_line(heights, site.middle.from, tx_end).first_m, fit_line(heights, rx_start, site.middle.to).last_m};
}

}  // namespace amaneku::itm
