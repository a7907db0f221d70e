// ITU-R P.2108-1 section 3.2: statistical clutter loss on terrestrial paths.
#pragma once

namespace amaneku::itu {

/// L_ctt, dB, eq. (3) with the cap of eq. (6): the loss at one terminal well below the roofs of a town or suburb,
/// not exceeded at `location_percent` of such places. Above 2 km it no longer depends on the distance.
[[nodiscard]] double terrestrial_clutter_loss_db(double freq_hz, double distance_m,
                                                 double location_percent) noexcept;

}  // namespace amaneku::itu
