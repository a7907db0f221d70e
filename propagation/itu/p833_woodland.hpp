// ITU-R P.833-10 sections 2 and 3.1: attenuation by woodland, by a single tree up to 1 GHz, and on slant paths.
#pragma once

#include "propagation/geometry.hpp"

namespace amaneku::itu {

/// Specific attenuation of short ways through vegetation, dB/m, read off Figure 2 (within 25 %, as well as a graph
/// of that kind can be read): straight in the logarithms from 30 MHz to 1 GHz, by polarization, and on to 30 GHz.
/// Continued beyond both ends.
[[nodiscard]] double vegetation_specific_attenuation_db_m(double freq_hz, Polarization polarization) noexcept;

/// A_m = A_1 f^alpha (f in MHz), dB, eq. (2), with the two constants of a measurement campaign.
struct WoodlandCampaign {
  double A1_db;
  double alpha;
};
[[nodiscard]] double woodland_max_attenuation_db(double freq_hz, const WoodlandCampaign& campaign) noexcept;

/// A_ev, dB, eq. (1): one terminal `depth_m` inside a wood. Tends to the largest attenuation, since other waves
/// come over and around the trees.
[[nodiscard]] double woodland_loss_db(double depth_m, double specific_db_m, double max_db) noexcept;

/// Section 2.2, dB: `depth_m` of pine wood on a slant path, fitted to measurements in Austria.
[[nodiscard]] double slant_vegetation_loss_db(double freq_hz, double depth_m, double elevation_deg) noexcept;

}  // namespace amaneku::itu
