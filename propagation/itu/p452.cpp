#include "propagation/itu/p452.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "propagation/bounded.hpp"
#include "propagation/itu/p452_clear_air.hpp"
#include "propagation/itu/p452_clutter17.hpp"
#include "propagation/itu/p452_time.hpp"
#include "propagation/itu/p452_troposcatter.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/itu/p676_gases.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 2> kEditions = {"18", "17"};
constexpr const char* kClutter17 = "ITU-R P.452-17 section 4.5, Table 4; edition 17 only";

}  // namespace

constexpr std::array<Choice<P452>, 1> P452::choices = {
    choice_of<&P452::edition, P452>("edition", kEditions, "ITU-R P.452-18 (2023), P.452-17 (2021)")};

constexpr std::array<Field<P452>, 9> P452::fields = {
    Field<P452>{"time_percent", "%", &P452::time_percent, {0.001, 50.0}, "ITU-R P.452-18 section 3.2"},
    Field<P452>{
        "tx_gain_dbi", "dBi", &P452::tx_gain_dbi, {-20.0, 70.0}, "ITU-R P.452-18 eq. (45b): to the horizon"},
    Field<P452>{
        "rx_gain_dbi", "dBi", &P452::rx_gain_dbi, {-20.0, 70.0}, "ITU-R P.452-18 eq. (45b): to the horizon"},
    Field<P452>{"pressure_hpa", "hPa", &P452::pressure_hpa, {0.0, 1100.0}, "ITU-R P.676-13: of the dry air"},
    Field<P452>{
        "temperature_c", "degC", &P452::temperature_c, {-100.0, 60.0}, "ITU-R P.835-6: reference atmospheres"},
    Field<P452>{"nominal_clutter_tx_m", "m", &P452::nominal_clutter_tx_m, {0.0, 100.0}, kClutter17},
    Field<P452>{"nominal_clutter_rx_m", "m", &P452::nominal_clutter_rx_m, {0.0, 100.0}, kClutter17},
    Field<P452>{
        "nominal_clutter_distance_tx_m", "m", &P452::nominal_clutter_distance_tx_m, {0.0, 100.0}, kClutter17},
    Field<P452>{
        "nominal_clutter_distance_rx_m", "m", &P452::nominal_clutter_distance_rx_m, {0.0, 100.0}, kClutter17}};

namespace itu {
namespace {

constexpr double kNoClutterWithin_km = 0.05;  // of either end, P.452-18 eq. (6e)

// Limits are compared in km, so that a point at exactly the limit falls to the side where rounding puts it in the
// codes of the Recommendation. Division gives the km back from which the metres may have come.
double km(double distance_m) noexcept {
  return distance_m / 1000.0;
}

struct P452Terms {
  PathGeometry path;
  ClearAir air;
  double gases_db;
  double clutter_tx_db;
  double clutter_rx_db;
  double loss_db;
};

/// A changed copy of a profile; kept between calls, so that a loop over paths allocates once.
struct Copy {
  std::vector<double> distance_m;
  std::vector<double> clutter_m;
};

// The profile with its clutter taken away near both ends.
ProfileView with_clear_ends(const ProfileView& profile, Copy& copy) {
  if (profile.clutter_m.empty()) return profile;
  copy.clutter_m.assign(profile.clutter_m.begin(), profile.clutter_m.end());
  const double last_km = km(profile.distance_m.back()) - kNoClutterWithin_km;
  for (std::size_t i = 0; i < profile.size(); ++i) {
    const double d_km = km(profile.distance_m[i]);
    if (d_km < kNoClutterWithin_km || d_km > last_km) copy.clutter_m[i] = 0.0;
  }
  return {profile.distance_m, profile.ground_asl_m, copy.clutter_m, profile.zone};
}

struct CutPath {
  Link link;
  ProfileView profile;
  double tx_db;
  double rx_db;
};

// P.452-17 section 4.5.4: behind clutter the path begins at the top of the clutter. At least two points must be
// left between the two clutter sites; else there is no such loss.
CutPath cut_at_clutter(const P452& model, const Link& link, const ProfileView& profile, Copy& copy) {
  const NominalClutter at_tx{bounded(model.nominal_clutter_tx_m), bounded(model.nominal_clutter_distance_tx_m)};
  const NominalClutter at_rx{bounded(model.nominal_clutter_rx_m), bounded(model.nominal_clutter_distance_rx_m)};
  CutPath out{link, {profile.distance_m, profile.ground_asl_m, {}, profile.zone}, 0.0, 0.0};
  const double tx_db = height_gain_clutter_db(link.freq_hz, link.tx_agl_m, at_tx);
  const double rx_db = height_gain_clutter_db(link.freq_hz, link.rx_agl_m, at_rx);
  const std::span<const double> x = profile.distance_m;
  std::size_t first = 0;
  std::size_t end = x.size();
  if (at_tx.height_m > link.tx_agl_m) {
    const double from_km = km(at_tx.distance_m);
    while (first < x.size() && km(x[first]) < from_km) ++first;
  }
  if (at_rx.height_m > link.rx_agl_m) {
    const double to_km = km(x.back()) - km(at_rx.distance_m);
    while (end > 0 && km(x[end - 1]) > to_km) --end;
  }
  if (end < first + 4) return out;
  out.tx_db = tx_db;
  out.rx_db = rx_db;
  if (!(tx_db > 0.0) && !(rx_db > 0.0)) return out;
  if (tx_db > 0.0) out.link.tx_agl_m = at_tx.height_m;
  if (rx_db > 0.0) out.link.rx_agl_m = at_rx.height_m;
  copy.distance_m.clear();
  for (std::size_t i = first; i < end; ++i) copy.distance_m.push_back(x[i] - x[first]);
  out.profile = {copy.distance_m, profile.ground_asl_m.subspan(first, end - first)};
  return out;
}

// Line of sight and ducting run through the air of the path, troposcatter through drier air.
struct Gases {
  double path_db_km;
  double scatter_db_km;
};

Gases gases_of(const P452& model, const Link& link, const PathGeometry& path) noexcept {
  const auto specific = [&](double water_g_m3) {
    return specific_gas_attenuation(link.freq_hz, {model.pressure_hpa, model.temperature_c + 273.15, water_g_m3})
        .total_db_km();
  };
  return {specific(7.5 + 2.5 * path.zones.sea_fraction), specific(3.0)};  // (9a)
}

ClearAir clear_air(const P452& model, const Link& link, const PathGeometry& path) noexcept {
  ClearAir air{};
  air.time = {std::clamp(model.time_percent, 1e-6, 100.0 - 1e-6), beta0_percent(link.latitude_deg, path.zones)};
  air.angles = horizon_angles(link, path);
  const double line_slope =
      (path.rx_asl_m - path.tx_asl_m) / path.distance_m - 0.5 * path.distance_m / link.effective_earth_radius_m;
  const double above_line_mrad = 1e3 * (path.bare.tx_slope - line_slope);
  air.blend = {.distance_km = path.distance_m * 1e-3,
               .sea_fraction = path.zones.sea_fraction,
               .time_interpolation = time_interpolation(air.time),
               .angle_interpolation = angle_interpolation(2.4 * above_line_mrad / 0.3)};  // (58)
  air.diffraction = time_diffraction(link, path, air.blend.time_interpolation);
  const Gases gases = gases_of(model, link, path);
  const double d_km = path.distance_m * 1e-3;
  LineOfSightLoss in_sight = line_of_sight_loss(link, path, air.time);
  const double gas_db = gases.path_db_km * slant_distance_m(path) * 1e-3;
  in_sight = {in_sight.free_space_db + gas_db, in_sight.at_p_db + gas_db, in_sight.at_beta0_db + gas_db};
  double scatter_db = troposcatter_loss_db(kTroposcatterP452, link, path, air.time.p, air.angles.path_mrad) +
                      coupling_loss_db(model.tx_gain_dbi + model.rx_gain_dbi) + gases.scatter_db_km * d_km;
  if (model.edition == P452::Edition::p452_18) scatter_db = std::max(scatter_db, in_sight.free_space_db);
  air.mechanisms = {.line_of_sight = in_sight,
                    .diffraction_median_db = air.diffraction.median.diffraction_db,
                    .diffraction_at_p_db = air.diffraction.at_p_db,
                    .ducting_db = ducting_loss_db(link, path, air.angles, air.time) + gases.path_db_km * d_km,
                    .troposcatter_db = scatter_db};
  air.combined = combine(air.mechanisms, air.blend);
  return air;
}

P452Terms p452_terms(const P452& model, const Link& link, const PathGeometry& path) {
  thread_local Copy copy;
  const std::array<double, 2> ends_m = {0.0, positive(path.distance_m)};
  const std::array<double, 2> ends_asl_m = {path.tx_ground_asl_m, path.rx_ground_asl_m};
  const ProfileView profile = path.profile.size() >= 2 ? path.profile : ProfileView{ends_m, ends_asl_m};
  CutPath cut{link, {}, 0.0, 0.0};
  if (model.edition == P452::Edition::p452_17) {
    cut = cut_at_clutter(model, link, profile, copy);
  } else {
    cut.profile = with_clear_ends(profile, copy);
  }
  P452Terms out{};
  out.path = extract_path(cut.link, cut.profile);
  out.path.zones = path.zones;
  out.air = clear_air(model, cut.link, out.path);
  const double without_gases_db = line_of_sight_loss(cut.link, out.path, out.air.time).free_space_db;
  out.gases_db = out.air.mechanisms.line_of_sight.free_space_db - without_gases_db;
  out.clutter_tx_db = cut.tx_db;
  out.clutter_rx_db = cut.rx_db;
  out.loss_db = out.air.combined.loss_db + cut.tx_db + cut.rx_db;
  return out;
}

}  // namespace
}  // namespace itu

double loss_db(const P452& model, const Link& link, const PathGeometry& path) noexcept {
  return itu::p452_terms(model, link, path).loss_db;
}

PathLoss explain_terms(const P452& model, const Link& link, const PathGeometry& path) {
  const itu::P452Terms t = itu::p452_terms(model, link, path);
  PathLoss out{.loss_db = t.loss_db,
               .mode = itu::clear_air_mode(t.air, t.path),
               .terms = itu::clear_air_terms(t.air, t.path)};
  out.terms.push_back({"gases_db", t.gases_db});
  out.terms.push_back({"clutter_tx_db", t.clutter_tx_db});
  out.terms.push_back({"clutter_rx_db", t.clutter_rx_db});
  return out;
}

}  // namespace amaneku
