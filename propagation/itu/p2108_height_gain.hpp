// ITU-R P.2108-1 section 3.1: height-gain terminal correction.
#pragma once

#include <cstdint>

namespace amaneku::itu {

/// Surroundings of a terminal, Table 3. Where they matter to the loss there are two kinds: ground without
/// (open_rural, water_sea) and with a row of roofs or crowns as an edge.
enum class P2108Clutter : std::uint8_t { suburban, urban_trees_forest, dense_urban, open_rural, water_sea };

struct P2108Terminal {
  P2108Clutter clutter;
  double agl_m;                    ///< antenna
  double representative_height_m;  ///< R, above ground
  double street_width_m;           ///< w_s
};

/// Representative clutter height R of Table 3, m: 10, 15 or 20.
[[nodiscard]] double representative_clutter_height_m(P2108Clutter clutter) noexcept;

/// A_h, dB, eq. (2): what a terminal below its clutter loses against an antenna at the height of the clutter. 0 at
/// R and above. Over open ground it grows without limit towards a terminal on the ground.
[[nodiscard]] double height_gain_clutter_loss_db(double freq_hz, const P2108Terminal& terminal) noexcept;

}  // namespace amaneku::itu
