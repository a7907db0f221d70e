// Carrier and reach of a first plan, from what the catalogue says of a technology.
#pragma once

#include "libsim/radio/technology.hpp"

namespace amaneku::scenarios {

struct CarrierChoice {
  double freq_hz = 0.0;
  double bandwidth_hz = 0.0;
  double power_dbm = 0.0;
  double gain_dbi = 0.0;
  double radius_m = 0.0;
};

/// The widest carrier in the middle of that part of the band that is not for use indoors alone; the largest power
/// by rule or licence that is known with an antenna of that gain (a new plan's is omnidirectional), else 40 dBm.
/// The radius of the plan goes by frequency: 20 km below 1 GHz, 8 km below 6 GHz, 2 km above.
[[nodiscard]] CarrierChoice carrier_choice(const RadioTechnology& technology, double gain_dbi = 8.0);

}  // namespace amaneku::scenarios
