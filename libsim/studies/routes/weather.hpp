// Weather over a route: what it takes off the power of each cell, beside a clear day.
#pragma once

#include <string>
#include <vector>

#include "libsim/maps/radio.hpp"
#include "libsim/studies/routes/course_powers.hpp"

namespace amaneku {

struct Weather {
  std::string id = "clear";
  double rain_mm_h = 0.0;  ///< all along the path, ITU-R P.838-3
  /// Depth below the top of the melting layer, of paths in wet snow: rain is multiplied by the factor of ITU-R
  /// P.530-18 equation (53), at most 3.6 at some 200 m. 0: rain.
  double wet_snow_depth_m = 0.0;
  double antenna_snow_db = 0.0;  ///< wet snow or ice on the antennas of the sites, and of the vehicle, together
  double foliage_db = 0.0;       ///< leaves between road and sites
};

/// dB off the power of a cell at this distance.
[[nodiscard]] double weather_loss_db(const Weather& weather, double freq_hz, Polarization polarization,
                                     double distance_m);

/// The powers on that day. In tunnels too: what comes in through the portal has crossed the weather.
[[nodiscard]] CoursePowers under(const Weather& weather, const CoursePowers& powers, const Radio& radio);

}  // namespace amaneku
