// ITU-R P.530-18 section 4: outage of links that use both polarizations, from the loss of their discrimination.
#pragma once

namespace amaneku::itu {

/// What the equipment of a link with both polarizations can do.
struct CrossPolar {
  double antenna_xpd_db = 35.0;       ///< guaranteed minimum at boresight, of both ends
  double carrier_to_interference_db;  ///< that the reference error ratio needs
  double improvement_db = 0.0;        ///< of the cross-polar canceller, typically 20
  double antenna_separation_m = 0.0;  ///< of two transmitting antennas, one above the other; 0: one antenna
};

/// Section 4.1: percentage of the worst month with outage in clear air. `occurrence_percent`: p0.
[[nodiscard]] double clear_air_xpd_outage_percent(double freq_hz, double occurrence_percent,
                                                  const CrossPolar& equipment) noexcept;

/// Section 4.2: percentage of the year with outage in rain, 8 .. 35 GHz. `rain_001_db`: rain attenuation exceeded
/// for 0.01 % of the year.
[[nodiscard]] double rain_xpd_outage_percent(double freq_hz, double rain_001_db,
                                             const CrossPolar& equipment) noexcept;

}  // namespace amaneku::itu
