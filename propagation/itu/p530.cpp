#include "propagation/itu/p530.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/itu/p526_delta_bullington.hpp"
#include "propagation/itu/p530_multipath.hpp"
#include "propagation/itu/p530_rain.hpp"
#include "propagation/itu/p676_gases.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 2> kGeoclimatic = {"roughness", "map"};

}  // namespace

constexpr std::array<Field<P530>, 12> P530::fields = {
    Field<P530>{"exceedance_percent",
                "%",
                &P530::exceedance_percent,
                {0.001, 100.0},
                "ITU-R P.530-18 section 2.4.1: of the average year"},
    Field<P530>{"fade_margin_db", "dB", &P530::fade_margin_db, {0.0, 100.0}, "of the equipment"},
    Field<P530>{"rain_rate_001_mm_h", "mm/h", &P530::rain_rate_001_mm_h, {0.0, 300.0}, "ITU-R P.837-7: R0.01"},
    Field<P530>{"rain_height_asl_m", "m", &P530::rain_height_asl_m, {0.0, 6000.0}, "ITU-R P.839-4"},
    Field<P530>{
        "rain_probability_percent", "%", &P530::rain_probability_percent, {0.0, 100.0}, "ITU-R P.837-7: P0"},
    Field<P530>{"dn1_n_units_km",
                "N/km",
                &P530::dn1_n_units_km,
                {-1000.0, 100.0},
                "ITU-R P.530-17 section 2.3.1; ITU-R P.453"},
    Field<P530>{
        "terrain_roughness_m", "m", &P530::terrain_roughness_m, {0.0, 2000.0}, "ITU-R P.530-17 section 2.3.1"},
    Field<P530>{"geoclimatic_log10_k",
                "1",
                &P530::geoclimatic_log10_k,
                {-10.0, 0.0},
                "ITU-R P.530-18 section 2.3.1, map LogK"},
    Field<P530>{"dn75_n_units", "N", &P530::dn75_n_units, {0.0, 200.0}, "ITU-R P.530-18 section 2.3.1, map dN75"},
    Field<P530>{"pressure_hpa",
                "hPa",
                &P530::pressure_hpa,
                {0.0, 1100.0},
                "ITU-R P.676-13 Annex 1 section 1: of the dry air"},
    Field<P530>{
        "temperature_c", "degC", &P530::temperature_c, {-100.0, 60.0}, "ITU-R P.835-6: reference atmospheres"},
    Field<P530>{
        "water_vapour_g_m3", "g/m3", &P530::water_vapour_g_m3, {0.0, 50.0}, "ITU-R P.836-6: surface density"}};

constexpr std::array<Choice<P530>, 1> P530::choices = {
    choice_of<&P530::geoclimatic, P530>("geoclimatic", kGeoclimatic, "ITU-R P.530-17 and P.530-18 section 2.3.1")};

namespace {

// Height of the ground along the path, mean over the length.
double mean_terrain_m(const PathGeometry& path) noexcept {
  const ProfileView& profile = path.profile;
  if (profile.size() < 2) return 0.5 * (path.tx_ground_asl_m + path.rx_ground_asl_m);
  double area_m2 = 0.0;
  for (std::size_t i = 1; i < profile.size(); ++i) {
    area_m2 += 0.5 * (profile.ground_asl_m[i] + profile.ground_asl_m[i - 1]) *
               (profile.distance_m[i] - profile.distance_m[i - 1]);
  }
  return area_m2 / positive(profile.distance_m[profile.size() - 1]);
}

// Multipath is for paths longer than this.
constexpr double kNoMultipathUpTo_m = 5000.0;

struct Multipath {
  double occurrence_percent;
  double year;  ///< share of the average year against the worst month
};

Multipath multipath_of(const P530& model, const Link& link, const PathGeometry& path) noexcept {
  const itu::MultipathPath ends{.freq_hz = link.freq_hz,
                                .length_m = path.distance_m,
                                .tx_asl_m = path.tx_asl_m,
                                .rx_asl_m = path.rx_asl_m,
                                .mean_terrain_asl_m = mean_terrain_m(path)};
  Multipath out{.occurrence_percent = 0.0, .year = itu::worst_month_to_year(ends, link.latitude_deg)};
  if (path.distance_m <= kNoMultipathUpTo_m) return out;
  out.occurrence_percent =
      model.geoclimatic == P530::Geoclimatic::roughness
          ? itu::multipath_occurrence_17(ends, model.dn1_n_units_km, model.terrain_roughness_m)
          : itu::multipath_occurrence(ends, model.geoclimatic_log10_k, model.dn75_n_units);
  return out;
}

itu::RainStatistics rain_of(const P530& model, const Link& link, const PathGeometry& path) noexcept {
  const itu::RainLaw law = itu::rain_law(itu::rain_laws(link.freq_hz), link, path);
  return itu::rain_statistics(link.freq_hz, itu::slant_distance_m(path), law, model.rain_rate_001_mm_h);
}

// Everything that fades.
struct Fading {
  Multipath multipath;
  itu::RainStatistics rain;
  itu::RainAndWetSnow precipitation;

  [[nodiscard]] Unavailability deeper_than(double fade_db) const noexcept {
    return {precipitation.percent(fade_db),
            itu::multipath_percent(multipath.occurrence_percent, multipath.year, fade_db)};
  }
  // The fade that is exceeded for a percentage of the year: rain and multipath do not come together.
  [[nodiscard]] double exceeded_db(double percent) const noexcept {
    double low_db = 0.0;
    double high_db = 1.0;
    while (high_db < 1e6 && deeper_than(high_db).total_percent() > percent) high_db *= 2.0;
    for (int i = 0; i < 60; ++i) {
      const double middle_db = 0.5 * (low_db + high_db);
      (deeper_than(middle_db).total_percent() > percent ? low_db : high_db) = middle_db;
    }
    return 0.5 * (low_db + high_db);
  }
};

Fading fading_of(const P530& model, const Link& link, const PathGeometry& path) noexcept {
  const itu::RainStatistics rain = rain_of(model, link, path);
  const itu::RainHeights heights{.mean_rain_height_asl_m = model.rain_height_asl_m,
                                 .low_asl_m = std::min(path.tx_asl_m, path.rx_asl_m),
                                 .high_asl_m = std::max(path.tx_asl_m, path.rx_asl_m),
                                 .rain_probability_percent = model.rain_probability_percent};
  return {multipath_of(model, link, path), rain, itu::RainAndWetSnow(rain, heights)};
}

struct ClearAir {
  double free_space_db;
  double gases_db;
  double diffraction_db;
};

// Of a radial only the samples are there, not the horizons.
double diffraction_db(const Link& link, const PathGeometry& path) noexcept {
  if (path.profile.size() < 2) return itu::delta_bullington_loss_db(link, path);
  PathGeometry walked = extract_path(link, path.profile, Terrain::horizons);
  walked.zones = path.zones;
  return itu::delta_bullington_loss_db(link, walked);
}

ClearAir clear_air(const P530& model, const Link& link, const PathGeometry& path) noexcept {
  const P676 air{model.pressure_hpa, model.temperature_c, model.water_vapour_g_m3};
  return {itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path)), loss_db(air, link, path),
          diffraction_db(link, path)};
}

void warn(const Link& link, const PathGeometry& path, const Fading& fading, std::vector<std::string>& warnings) {
  if (path.distance_m <= kNoMultipathUpTo_m) return;
  const double lowest_hz = 15e9 / (path.distance_m * 1e-3);
  if (link.freq_hz > 45e9 || link.freq_hz < lowest_hz) {
    warnings.push_back(
        fmt::format("p530: freq_hz = {} Hz is outside {:.3g} .. 45000000000 Hz for multipath fading (ITU-R "
                    "P.530-18 section 2.3.1)",
                    link.freq_hz, lowest_hz));
  }
  if (fading.multipath.occurrence_percent > 2000.0) {
    warnings.push_back(
        fmt::format("p530: multipath occurrence p0 = {:.4g} % is above 2000 % (ITU-R P.530-18 section 2.3.2)",
                    fading.multipath.occurrence_percent));
  }
}

}  // namespace

Unavailability unavailability(const P530& model, const Link& link, const PathGeometry& path,
                              double margin_db) noexcept {
  return fading_of(model, link, path).deeper_than(margin_db);
}

double loss_db(const P530& model, const Link& link, const PathGeometry& path) noexcept {
  const ClearAir air = clear_air(model, link, path);
  return air.free_space_db + air.gases_db + air.diffraction_db +
         fading_of(model, link, path).exceeded_db(model.exceedance_percent);
}

PathLoss explain_terms(const P530& model, const Link& link, const PathGeometry& path) {
  const ClearAir air = clear_air(model, link, path);
  const Fading fading = fading_of(model, link, path);
  const Unavailability at_margin = fading.deeper_than(model.fade_margin_db);
  const double fade_db = fading.exceeded_db(model.exceedance_percent);
  const Unavailability at_fade = fading.deeper_than(fade_db);
  const double uncapped = fading.rain.factor.uncapped / fading.rain.factor.capped;
  PathLoss out;
  out.loss_db = air.free_space_db + air.gases_db + air.diffraction_db + fade_db;
  out.mode = fade_db < 1e-6                                     ? "clear_air"
             : at_fade.multipath_percent > at_fade.rain_percent ? "multipath"
             : fading.precipitation.may_snow()                  ? "rain_and_wet_snow"
                                                                : "rain";
  out.terms = {{"free_space_db", air.free_space_db},
               {"gases_db", air.gases_db},
               {"diffraction_db", air.diffraction_db},
               {"fade_db", fade_db},
               {"rain_db", fading.rain.exceeded_db(model.exceedance_percent)},
               {"rain_r_uncapped_db", fading.rain.exceeded_db(model.exceedance_percent) * uncapped},
               {"rain_001_db", fading.rain.exceeded_001_db},
               {"rain_distance_factor", fading.rain.factor.capped},
               {"multipath_occurrence_percent", fading.multipath.occurrence_percent},
               {"worst_month_to_year", fading.multipath.year},
               {"unavailability_rain_percent", at_margin.rain_percent},
               {"unavailability_multipath_percent", at_margin.multipath_percent},
               {"unavailability_percent", at_margin.total_percent()}};
  warn(link, path, fading, out.warnings);
  return out;
}

}  // namespace amaneku
