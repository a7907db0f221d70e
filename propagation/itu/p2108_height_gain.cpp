#include "propagation/itu/p2108_height_gain.hpp"

#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/itu/p526_knife_edge.hpp"

namespace amaneku::itu {

double representative_clutter_height_m(P2108Clutter clutter) noexcept {
  switch (clutter) {
    case P2108Clutter::dense_urban:
      return 20.0;
    case P2108Clutter::urban_trees_forest:
      return 15.0;
    case P2108Clutter::suburban:
    case P2108Clutter::open_rural:
    case P2108Clutter::water_sea:
      break;
  }
  return 10.0;
}

double height_gain_clutter_loss_db(double freq_hz, const P2108Terminal& terminal) noexcept {
  const double f_ghz = positive(freq_hz * 1e-9);
  const double h_m = bounded(terminal.agl_m);
  const double R_m = bounded(terminal.representative_height_m);
  if (h_m >= R_m) return 0.0;
  if (terminal.clutter == P2108Clutter::open_rural || terminal.clutter == P2108Clutter::water_sea) {
    const double K_h2 = 21.8 + 6.2 * std::log10(f_ghz);        // (2f)
    return -K_h2 * std::log10(positive(h_m) / positive(R_m));  // (2b)
  }
  const double h_dif_m = R_m - h_m;  // (2d)
  const double theta_deg =
      std::atan(h_dif_m / positive(terminal.street_width_m)) * 180.0 / std::numbers::pi;  // (2e)
  const double nu = 0.342 * std::sqrt(f_ghz) * std::sqrt(h_dif_m * theta_deg);            // (2c), (2g)
  return knife_edge_loss_db(nu) - 6.03;                                                   // (2a)
}

}  // namespace amaneku::itu
