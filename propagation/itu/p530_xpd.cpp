#include "propagation/itu/p530_xpd.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/units.hpp"

namespace amaneku::itu {

double clear_air_xpd_outage_percent(double freq_hz, double occurrence_percent,
                                    const CrossPolar& equipment) noexcept {
  const double p0 = 0.01 * std::clamp(occurrence_percent, 0.0, 1e9);
  if (p0 <= 0.0) return 0.0;
  const double xpd0_db = equipment.antenna_xpd_db <= 35.0 ? equipment.antenna_xpd_db + 5.0 : 40.0;  // step 1
  const double activity = -std::expm1(-0.2 * std::pow(p0, 0.75));                                   // step 2
  const double apart = equipment.antenna_separation_m / wavelength_m(positive(freq_hz));
  const double k_xp = apart == 0.0 ? 0.7 : 1.0 - 0.3 * std::exp(-4e-6 * apart * apart);  // step 3
  const double q_db = -10.0 * std::log10(k_xp * activity / p0);                          // step 3
  const double margin_db =
      bounded(xpd0_db + q_db - equipment.carrier_to_interference_db + equipment.improvement_db);
  return std::min(100.0, 100.0 * p0 * std::pow(10.0, -0.1 * std::max(margin_db, -300.0)));  // step 5
}

double rain_xpd_outage_percent(double freq_hz, double rain_001_db, const CrossPolar& equipment) noexcept {
  constexpr double kU0_db = 15.0;
  if (!(rain_001_db > 0.0)) return 0.0;
  const double f_ghz = positive(freq_hz) * 1e-9;
  const double u_db = kU0_db + 30.0 * std::log10(f_ghz);
  const double v = f_ghz <= 20.0 ? 12.8 * std::pow(f_ghz, 0.19) : 22.6;
  const double log10_equivalent =
      bounded(u_db - equipment.carrier_to_interference_db + equipment.improvement_db) / v;       // step 2
  const double m = std::min(40.0, 23.26 * (log10_equivalent - std::log10(0.12 * rain_001_db)));  // step 3
  const double n = 0.5 * (-12.7 + std::sqrt(161.23 - 4.0 * m));                                  // step 3
  return std::min(100.0, 100.0 * std::pow(10.0, std::min(n - 2.0, 0.0)));                        // step 4
}

}  // namespace amaneku::itu
