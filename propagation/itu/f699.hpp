// ITU-R F.699-8 recommends 2: what a dish of a fixed link radiates beside its axis, as an envelope of peaks.
#pragma once

namespace amaneku::itu {

/// Gain, dBi, `off_axis_deg` (0 .. 180) from the axis, of an antenna with `max_gain_dbi` along it. The diameter
/// over the wavelength follows from the gain, 20 log10(D / lambda) = G - 7.7 (recommends 3). From 1 GHz on;
/// written for antennas of 20 dBi and more. Above 70 GHz the same envelope is taken.
[[nodiscard]] double f699_gain_dbi(double max_gain_dbi, double off_axis_deg) noexcept;

}  // namespace amaneku::itu
