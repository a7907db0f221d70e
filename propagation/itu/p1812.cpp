#include "propagation/itu/p1812.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/itu/p452_combination.hpp"
#include "propagation/itu/p452_diffraction.hpp"
#include "propagation/itu/p452_ducting.hpp"
#include "propagation/itu/p452_horizon_angles.hpp"
#include "propagation/itu/p452_time.hpp"
#include "propagation/itu/p452_troposcatter.hpp"

namespace amaneku {

constexpr std::array<Field<P1812>, 3> P1812::fields = {
    Field<P1812>{"time_percent", "%", &P1812::time_percent, {1.0, 50.0}, "ITU-R P.1812-7 Table 1"},
    Field<P1812>{"location_percent", "%", &P1812::location_percent, {1.0, 99.0}, "ITU-R P.1812-7 Table 1"},
    Field<P1812>{"prediction_resolution_m",
                 "m",
                 &P1812::prediction_resolution_m,
                 {0.0, kNoLimit},
                 "ITU-R P.1812-7 section 4.8: width of the area over which locations vary"}};

namespace itu {
namespace {

struct P1812Terms {
  TimePercents time;
  HorizonAngles angles;
  TimeDiffraction diffraction;
  Mechanisms mechanisms;
  Blend blend;
  Combined combined;
  double location_sigma_db;
  double location_db;
  double loss_db;
};

// Section 4.7: sigma_L of the area, fading out as the receiver rises above what surrounds it; none at sea.
double location_sigma_db(const P1812& model, const Link& link, const PathGeometry& path) noexcept {
  if (path.zones.rx == Zone::sea) return 0.0;
  const double above = std::clamp(1.0 - (link.rx_agl_m - path.rx_clutter_m) / 10.0, 0.0, 1.0);  // (66)
  const double f_ghz = positive(link.freq_hz * 1e-9);
  return above * (0.52 + 0.024 * f_ghz) * std::pow(positive(model.prediction_resolution_m), 0.28);  // (64)
}

double angle_argument(double path_mrad) noexcept {
  return 2.4 * (path_mrad - 0.3) / 0.3;  // (57)
}

P1812Terms p1812_terms(const P1812& model, const Link& link, const PathGeometry& path) noexcept {
  P1812Terms t{};
  t.time = {std::clamp(model.time_percent, 1e-6, 100.0 - 1e-6), beta0_percent(link.latitude_deg, path.zones)};
  t.angles = horizon_angles(link, path);
  t.blend = {.distance_km = path.distance_m * 1e-3,
             .sea_fraction = path.zones.sea_fraction,
             .time_interpolation = time_interpolation(t.time),
             .angle_interpolation = angle_interpolation(angle_argument(t.angles.path_mrad))};
  t.diffraction = time_diffraction(link, path, t.blend.time_interpolation);
  t.mechanisms = {
      .line_of_sight = line_of_sight_loss(link, path, t.time),
      .diffraction_median_db = t.diffraction.median.diffraction_db,
      .diffraction_at_p_db = t.diffraction.at_p_db,
      .ducting_db = ducting_loss_db(link, path, t.angles, t.time),
      .troposcatter_db = troposcatter_loss_db(kTroposcatterP1812, link, path, t.time.p, t.angles.path_mrad)};
  t.combined = combine(t.mechanisms, t.blend);
  t.location_sigma_db = location_sigma_db(model, link, path);
  t.location_db = -inverse_normal(model.location_percent * 0.01) * t.location_sigma_db;  // (68)
  t.loss_db = std::max(t.mechanisms.line_of_sight.at_p_db, t.combined.loss_db + t.location_db);  // (69)
  return t;
}

}  // namespace
}  // namespace itu

double loss_db(const P1812& model, const Link& link, const PathGeometry& path) noexcept {
  return itu::p1812_terms(model, link, path).loss_db;
}

PathLoss explain_terms(const P1812& model, const Link& link, const PathGeometry& path) {
  const itu::P1812Terms t = itu::p1812_terms(model, link, path);
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  const bool by_scatter = t.mechanisms.troposcatter_db < t.combined.modified_db;
  const bool by_duct = t.combined.with_ducting_db < t.combined.diffraction_db;
  out.mode = path.bare.line_of_sight ? "line_of_sight"
             : by_scatter            ? "troposcatter"
             : by_duct               ? "ducting"
                                     : "diffraction";
  out.terms = {{"free_space_db", t.mechanisms.line_of_sight.free_space_db},
               {"line_of_sight_db", t.mechanisms.line_of_sight.at_p_db},
               {"line_of_sight_beta0_db", t.mechanisms.line_of_sight.at_beta0_db},
               {"diffraction_db", t.mechanisms.diffraction_at_p_db},
               {"diffraction_median_db", t.mechanisms.diffraction_median_db},
               {"diffraction_beta0_db", t.diffraction.beta.diffraction_db},
               {"bullington_terrain_db", t.diffraction.median.actual_db},
               {"bullington_smooth_db", t.diffraction.median.smooth_db},
               {"spherical_earth_db", t.diffraction.median.spherical_db},
               {"bullington_terrain_beta0_db", t.diffraction.beta.actual_db},
               {"bullington_smooth_beta0_db", t.diffraction.beta.smooth_db},
               {"spherical_earth_beta0_db", t.diffraction.beta.spherical_db},
               {"diffraction_loss_db", t.combined.diffraction_db},
               {"diffraction_loss_median_db", t.combined.diffraction_median_db},
               {"ducting_db", t.mechanisms.ducting_db},
               {"troposcatter_db", t.mechanisms.troposcatter_db},
               {"least_line_of_sight_db", t.combined.least_los_db},
               {"least_ducting_db", t.combined.least_ducting_db},
               {"with_ducting_db", t.combined.with_ducting_db},
               {"modified_db", t.combined.modified_db},
               {"median_location_db", t.combined.loss_db},
               {"location_sigma_db", t.location_sigma_db},
               {"location_db", t.location_db},
               {"time_interpolation", t.blend.time_interpolation},
               {"angle_interpolation", t.blend.angle_interpolation},
               {"distance_interpolation", t.combined.distance_interpolation},
               {"beta0_percent", t.time.beta0},
               {"tx_horizon_mrad", t.angles.tx_mrad},
               {"rx_horizon_mrad", t.angles.rx_mrad},
               {"path_angle_mrad", t.angles.path_mrad},
               {"tx_horizon_m", path.tx_radio_horizon_m},
               {"rx_horizon_m", path.distance_m - path.rx_radio_horizon_m},
               {"roughness_m", path.roughness_m},
               {"sea_fraction", path.zones.sea_fraction}};
  return out;
}

}  // namespace amaneku
