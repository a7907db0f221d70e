#include "propagation/itu/p1812.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/itu/p452_clear_air.hpp"
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
  ClearAir air;
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
  P1812Terms out{};
  ClearAir& air = out.air;
  air.time = {std::clamp(model.time_percent, 1e-6, 100.0 - 1e-6), beta0_percent(link.latitude_deg, path.zones)};
  air.angles = horizon_angles(link, path);
  air.blend = {.distance_km = path.distance_m * 1e-3,
               .sea_fraction = path.zones.sea_fraction,
               .time_interpolation = time_interpolation(air.time),
               .angle_interpolation = angle_interpolation(angle_argument(air.angles.path_mrad))};
  air.diffraction = time_diffraction(link, path, air.blend.time_interpolation);
  air.mechanisms = {
      .line_of_sight = line_of_sight_loss(link, path, air.time),
      .diffraction_median_db = air.diffraction.median.diffraction_db,
      .diffraction_at_p_db = air.diffraction.at_p_db,
      .ducting_db = ducting_loss_db(link, path, air.angles, air.time),
      .troposcatter_db = troposcatter_loss_db(kTroposcatterP1812, link, path, air.time.p, air.angles.path_mrad)};
  air.combined = combine(air.mechanisms, air.blend);
  out.location_sigma_db = location_sigma_db(model, link, path);
  out.location_db = -inverse_normal(model.location_percent * 0.01) * out.location_sigma_db;              // (68)
  out.loss_db = std::max(air.mechanisms.line_of_sight.at_p_db, air.combined.loss_db + out.location_db);  // (69)
  return out;
}

}  // namespace
}  // namespace itu

double loss_db(const P1812& model, const Link& link, const PathGeometry& path) noexcept {
  return itu::p1812_terms(model, link, path).loss_db;
}

PathLoss explain_terms(const P1812& model, const Link& link, const PathGeometry& path) {
  const itu::P1812Terms t = itu::p1812_terms(model, link, path);
  PathLoss out{.loss_db = loss_db(model, link, path),
               .mode = itu::clear_air_mode(t.air, path),
               .terms = itu::clear_air_terms(t.air, path)};
  out.terms.push_back({"location_sigma_db", t.location_sigma_db});
  out.terms.push_back({"location_db", t.location_db});
  return out;
}

}  // namespace amaneku
