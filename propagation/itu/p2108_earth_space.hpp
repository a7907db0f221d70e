// ITU-R P.2108-1 section 3.3: statistical clutter loss on Earth-space and aeronautical paths.
#pragma once

namespace amaneku::itu {

/// L_ces, dB, eq. (7): the loss at a terminal in a town or suburb towards a satellite or an aircraft that it sees
/// at `elevation_deg`, not exceeded at `location_percent` of such places. Elevations are held to 0 .. 90.
[[nodiscard]] double earth_space_clutter_loss_db(double freq_hz, double elevation_deg,
                                                 double location_percent) noexcept;

}  // namespace amaneku::itu
