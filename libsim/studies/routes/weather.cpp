#include "libsim/studies/routes/weather.hpp"

#include <cmath>

#include "propagation/itu/p530_wet_snow.hpp"
#include "propagation/itu/p838_rain.hpp"

namespace amaneku {

double weather_loss_db(const Weather& weather, double freq_hz, Polarization polarization, double distance_m) {
  double loss_db = weather.antenna_snow_db + weather.foliage_db;
  // P.838 begins at 1 GHz; below, rain takes less than 0.001 dB/km.
  constexpr double kRainBegins_hz = 1e9;
  if (weather.rain_mm_h > 0.0 && freq_hz >= kRainBegins_hz) {
    const itu::RainLaws laws = itu::rain_laws(freq_hz);
    const itu::RainLaw& law = polarization == Polarization::vertical ? laws.vertical : laws.horizontal;
    const double snow = weather.wet_snow_depth_m > 0.0 ? itu::melting_factor(-weather.wet_snow_depth_m) : 1.0;
    loss_db += snow * law.specific_db_km(weather.rain_mm_h) * 1e-3 * distance_m;
  }
  return loss_db;
}

CoursePowers under(const Weather& weather, const CoursePowers& powers, const Radio& radio) {
  CoursePowers out = powers;
  const std::size_t cells = powers.cells();
  for (std::size_t c = 0; c < cells; ++c) {
    const double freq_hz = radio.sector_of(powers.sectors[c]).freq_hz;
    const Polarization polarization = radio.engine().coverage.polarization;
    const double near_db = weather_loss_db(weather, freq_hz, polarization, 0.0);
    const double per_m_db = weather_loss_db(weather, freq_hz, polarization, 1.0) - near_db;
    for (std::size_t at = c; at < out.rsrp_dbm.size(); at += cells)
      out.rsrp_dbm[at] -= static_cast<float>(near_db + per_m_db * static_cast<double>(powers.distance_m[at]));
  }
  return out;
}

}  // namespace amaneku
