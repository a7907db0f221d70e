#include "propagation/itu/p833_woodland.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"

namespace amaneku::itu {

double vegetation_specific_attenuation_db_m(double freq_hz, Polarization polarization) noexcept {
  const double f_ghz = positive(freq_hz * 1e-9);
  // Both polarizations: 0.2 dB/m at 1 GHz, 6 dB/m at 30 GHz.
  const double merged_db_m = 0.2;
  if (f_ghz >= 1.0) return merged_db_m * f_ghz;
  // Trunks stand upright: below 1 GHz they take more from vertical polarization.
  const double at_30_mhz_db_m = polarization == Polarization::vertical ? 0.02 : 0.0035;
  const double slope = std::log(merged_db_m / at_30_mhz_db_m) / std::log(1.0 / 0.03);
  return merged_db_m * std::pow(f_ghz, slope);
}

double woodland_max_attenuation_db(double freq_hz, const WoodlandCampaign& campaign) noexcept {
  return campaign.A1_db * std::pow(positive(freq_hz * 1e-9) * 1e3, campaign.alpha);  // (2)
}

double woodland_loss_db(double depth_m, double specific_db_m, double max_db) noexcept {
  const double A_m_db = positive(max_db);
  const double share = std::max(0.0, bounded(depth_m)) * std::max(0.0, bounded(specific_db_m)) / A_m_db;
  return A_m_db * -std::expm1(-share);  // (1)
}

double slant_vegetation_loss_db(double freq_hz, double depth_m, double elevation_deg) noexcept {
  const double f_mhz = positive(freq_hz * 1e-9) * 1e3;
  const double d_m = std::max(0.0, bounded(depth_m));
  const double theta_deg = std::max(0.0, bounded(elevation_deg));
  return 0.25 * std::pow(f_mhz, 0.39) * std::pow(d_m, 0.25) * std::pow(theta_deg, 0.05);
}

}  // namespace amaneku::itu
