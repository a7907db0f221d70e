// ITU-R P.452-17 section 4.5: height-gain model of the clutter around an antenna.
#pragma once

namespace amaneku::itu {

/// Nominal clutter of Table 4 of P.452-17.
struct NominalClutter {
  double height_m;    ///< h_a; 0: none
  double distance_m;  ///< d_k, from the antenna
};

/// A_h, eq. (57), dB; -0.33 at least; 0 for an antenna not below the clutter.
[[nodiscard]] double height_gain_clutter_db(double freq_hz, double antenna_agl_m,
                                            const NominalClutter& clutter) noexcept;

}  // namespace amaneku::itu
