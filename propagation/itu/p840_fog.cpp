#include "propagation/itu/p840_fog.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace amaneku {

constexpr std::array<Field<P840>, 2> P840::fields = {
    Field<P840>{"liquid_water_g_m3",
                "g/m3",
                &P840::liquid_water_g_m3,
                {0.0, 1.0},
                "ITU-R P.840-9: 0.05 medium, 0.5 thick fog"},
    Field<P840>{
        "temperature_c", "degC", &P840::temperature_c, {-20.0, 40.0}, "ITU-R P.840-9: of the liquid water"}};

namespace itu {

double fog_coefficient(double freq_hz, double temperature_k) noexcept {
  const double f = std::clamp(freq_hz, 1.0, 1e18) * 1e-9;
  // Double Debye model of the permittivity of water. The ends of the range only keep it finite.
  const double warm = 300.0 / std::clamp(temperature_k, 50.0, 1e4) - 1.0;
  const double e0 = 77.66 + 103.3 * warm;
  const double e1 = 0.0671 * e0;
  const double e2 = 3.52;
  const double principal_ghz = 20.20 - 146.0 * warm + 316.0 * warm * warm;
  const double u = f / principal_ghz;
  const double v = f / (39.8 * principal_ghz);
  const double imaginary = u * (e0 - e1) / (1.0 + u * u) + v * (e1 - e2) / (1.0 + v * v);
  const double real = (e0 - e1) / (1.0 + u * u) + (e1 - e2) / (1.0 + v * v) + e2;
  // 0.819 f / (e'' (1 + eta^2)) with eta = (2 + e') / e'', without the division by a small e''.
  return 0.819 * f * imaginary / (imaginary * imaginary + (2.0 + real) * (2.0 + real));
}

double cloud_coefficient(double freq_hz) noexcept {
  const double f = std::clamp(freq_hz, 1.0, 1e18) * 1e-9;
  const double low = f + 23.9589;
  const double high = f - 219.2096;
  return fog_coefficient(freq_hz, 273.75) *
         (0.1522 * std::exp(-low * low / 3.2991e3) + 11.51 * std::exp(-high * high / 2.7595e6) - 10.4912);
}

double cloud_attenuation_db(double freq_hz, double elevation_deg, double liquid_water_kg_m2) noexcept {
  const double rise = std::sin(elevation_deg * std::numbers::pi / 180.0);
  return cloud_coefficient(freq_hz) * liquid_water_kg_m2 / std::max(rise, 1e-3);
}

}  // namespace itu

SpecificLoss prepared(const P840& model, const Link& link) noexcept {
  const double water_g_m3 = std::clamp(model.liquid_water_g_m3, 0.0, 1e9);
  return {itu::fog_coefficient(link.freq_hz, model.temperature_c + 273.15) * water_g_m3 * 1e-3};
}

double loss_db(const P840& model, const Link& link, const PathGeometry& path) noexcept {
  return loss_db(prepared(model, link), link, path);
}

PathLoss explain_terms(const P840& model, const Link& link, const PathGeometry& path) {
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = "fog";
  out.terms = {{"fog_db_km", prepared(model, link).loss_db_m * 1e3},
               {"coefficient_db_km_per_g_m3", itu::fog_coefficient(link.freq_hz, model.temperature_c + 273.15)}};
  return out;
}

}  // namespace amaneku
