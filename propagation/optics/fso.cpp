#include "propagation/optics/fso.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/units.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 2> kFogLaws = {"kruse", "kim"};
constexpr std::array<const char*, 2> kRainLaws = {"japan", "france"};
constexpr std::array<const char*, 2> kSnowKinds = {"wet", "dry"};

}  // namespace

constexpr std::array<Field<Fso>, 9> Fso::fields = {
    Field<Fso>{"visibility_km",
               "km",
               &Fso::visibility_km,
               {0.01, 200.0},
               "ITU-R P.1817-1: international visibility code"},
    Field<Fso>{"rain_rate_mm_h", "mm/h", &Fso::rain_rate_mm_h, {0.0, 300.0}, "ITU-R P.837-7: R0.01 of the world"},
    Field<Fso>{"snow_rate_mm_h", "mm/h", &Fso::snow_rate_mm_h, {0.0, 50.0}, "ITU-R P.1814: as melted water"},
    Field<Fso>{"divergence_mrad", "mrad", &Fso::divergence_mrad, {0.001, 100.0}, "ITU-R P.1814: full angle"},
    Field<Fso>{"tx_aperture_m", "m", &Fso::tx_aperture_m, {0.0, 1.0}, "diameter; ITU-R P.1814 has 0"},
    Field<Fso>{"rx_area_m2", "m2", &Fso::rx_area_m2, {1e-6, 1.0}, "ITU-R P.1814: capture area"},
    Field<Fso>{"turbulence_cn2",
               "m^(-2/3)",
               &Fso::turbulence_cn2,
               {0.0, 1e-11},
               "ITU-R P.1814: 1e-16 weak, 1e-14 moderate, 1e-13 strong"},
    Field<Fso>{
        "clear_air_db_km", "dB/km", &Fso::clear_air_db_km, {0.0, 20.0}, "ITU-R P.1817-1: absorption by molecules"},
    Field<Fso>{
        "allowance_db", "dB", &Fso::allowance_db, {0.0, 60.0}, "optics, pointing, sunlight: of the equipment"}};

constexpr std::array<Choice<Fso>, 3> Fso::choices = {
    choice_of<&Fso::fog_law, Fso>("fog_law", kFogLaws,
                                  "ITU-R P.1814 (Kruse); Kim, McArthur, Korevaar, SPIE 4214 (2001)"),
    choice_of<&Fso::rain_law, Fso>("rain_law", kRainLaws, "ITU-R P.1814, rain attenuation"),
    choice_of<&Fso::snow_kind, Fso>("snow_kind", kSnowKinds, "ITU-R P.1814, snow attenuation")};

namespace optics {
namespace {

double kruse_exponent(double visibility_km) noexcept {
  if (visibility_km > 50.0) return 1.6;
  if (visibility_km > 6.0) return 1.3;
  return 0.585 * std::cbrt(visibility_km);
}

double kim_exponent(double visibility_km) noexcept {
  if (visibility_km > 6.0) return kruse_exponent(visibility_km);
  if (visibility_km > 1.0) return 0.16 * visibility_km + 0.34;
  return std::max(0.0, visibility_km - 0.5);
}

}  // namespace

double fog_db_km(FogLaw law, double visibility_km, double wavelength_nm) noexcept {
  constexpr double kDbPerNeper = 10.0 * std::numbers::log10e;
  // A contrast of 2 % is left after the visibility: ln 0.02 = -3.91.
  const double v_km = positive(visibility_km);
  const double exponent = law == FogLaw::kruse ? kruse_exponent(v_km) : kim_exponent(v_km);
  return kDbPerNeper * 3.91 / v_km * std::pow(positive(wavelength_nm) / 550.0, -exponent);
}

double rain_db_km(RainLaw law, double rain_rate_mm_h) noexcept {
  const double rate = std::clamp(rain_rate_mm_h, 0.0, kLargest);
  return law == RainLaw::japan ? 1.58 * std::pow(rate, 0.63) : 1.076 * std::pow(rate, 0.67);
}

double snow_db_km(SnowKind kind, double snow_rate_mm_h, double wavelength_nm) noexcept {
  const double rate = std::clamp(snow_rate_mm_h, 0.0, kLargest);
  const double nm = positive(wavelength_nm);
  return kind == SnowKind::wet ? (1.023e-4 * nm + 3.7855466) * std::pow(rate, 0.72)
                               : (5.42e-5 * nm + 5.4958776) * std::pow(rate, 1.38);
}

double geometric_loss_db(const Beam& beam, double distance_m) noexcept {
  const double spot_m =
      std::clamp(beam.tx_aperture_m, 0.0, kLargest) + positive(distance_m) * positive(beam.divergence_mrad) * 1e-3;
  const double spot_m2 = 0.25 * std::numbers::pi * spot_m * spot_m;
  return std::max(0.0, 10.0 * std::log10(spot_m2 / positive(beam.rx_area_m2)));
}

double scintillation_db(double wavelength_m, double cn2, double distance_m) noexcept {
  const double k_per_m = 2.0 * std::numbers::pi / positive(wavelength_m);
  return 2.0 * std::sqrt(23.17 * std::pow(k_per_m, 7.0 / 6.0) * std::clamp(cn2, 0.0, kLargest) *
                         std::pow(positive(distance_m), 11.0 / 6.0));
}

}  // namespace optics

namespace {

struct Losses {
  double geometric_db;
  double fog_db;
  double rain_db;
  double snow_db;
  double clear_air_db;
  double scintillation_db;
  double allowance_db;
  [[nodiscard]] double sum() const noexcept {
    return geometric_db + fog_db + rain_db + snow_db + clear_air_db + scintillation_db + allowance_db;
  }
};

Losses losses(const Fso& model, const Link& link, const PathGeometry& path) noexcept {
  const double length_m = positive(itu::slant_distance_m(path));
  const double length_km = length_m * 1e-3;
  const double wave_m = wavelength_m(positive(link.freq_hz * 1e-6) * 1e6);
  const double wave_nm = wave_m * 1e9;
  const optics::Beam beam{model.divergence_mrad, model.tx_aperture_m, model.rx_area_m2};
  return {.geometric_db = optics::geometric_loss_db(beam, length_m),
          .fog_db = optics::fog_db_km(model.fog_law, model.visibility_km, wave_nm) * length_km,
          .rain_db = optics::rain_db_km(model.rain_law, model.rain_rate_mm_h) * length_km,
          .snow_db = optics::snow_db_km(model.snow_kind, model.snow_rate_mm_h, wave_nm) * length_km,
          .clear_air_db = bounded(model.clear_air_db_km) * length_km,
          .scintillation_db = optics::scintillation_db(wave_m, model.turbulence_cn2, length_m),
          .allowance_db = model.allowance_db};
}

const char* worst_weather(const Losses& all) noexcept {
  if (all.snow_db > std::max(all.rain_db, all.fog_db)) return "snow";
  return all.rain_db > all.fog_db ? "rain" : "fog_and_haze";
}

}  // namespace

double loss_db(const Fso& model, const Link& link, const PathGeometry& path) noexcept {
  return losses(model, link, path).sum();
}

PathLoss explain_terms(const Fso& model, const Link& link, const PathGeometry& path) {
  const Losses all = losses(model, link, path);
  PathLoss out;
  out.loss_db = all.sum();
  out.mode = worst_weather(all);
  out.terms = {{"geometric_db", all.geometric_db}, {"fog_db", all.fog_db},
               {"rain_db", all.rain_db},           {"snow_db", all.snow_db},
               {"clear_air_db", all.clear_air_db}, {"scintillation_db", all.scintillation_db},
               {"allowance_db", all.allowance_db}};
  if (!path.line_of_sight) out.warnings.emplace_back("fso: the path is obstructed, light does not get through");
  return out;
}

}  // namespace amaneku
