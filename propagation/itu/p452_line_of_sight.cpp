#include "propagation/itu/p452_line_of_sight.hpp"

#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/itu/p525.hpp"

namespace amaneku::itu {

LineOfSightLoss line_of_sight_loss(const Link& link, const PathGeometry& path, const TimePercents& time) noexcept {
  const double f_ghz = positive(link.freq_hz * 1e-9);
  const double d_km = positive(slant_distance_m(path) * 1e-3);
  const double free_space_db = 92.4 + 20.0 * std::log10(f_ghz * d_km);  // (8)
  const double to_horizons_km = (path.distance_m - (path.rx_radio_horizon_m - path.tx_radio_horizon_m)) * 1e-3;
  const double spread_db = -2.6 * std::expm1(-0.1 * to_horizons_km);             // (9a), (9b)
  return {free_space_db, free_space_db + spread_db * std::log10(time.p / 50.0),  // (10)
          free_space_db + spread_db * std::log10(time.beta0 / 50.0)};            // (11)
}

}  // namespace amaneku::itu
