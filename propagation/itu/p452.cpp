#include "propagation/itu/p452.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "propagation/itu/p452.cpp"
#include <hwy/foreach_target.h>
//
#include "propagation/itu/p452_clear_air-inl.hpp"
#include "propagation/lane_pair-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

template <class V, class Samples>
void p452_losses(const ClearAirLink& link, const PathArrays& paths, std::span<double> out) {
  for (std::size_t i = 0; i < paths.size; i += lane_count<V>()) {
    const Samples samples(paths.rings, load<V>(&paths.samples[i]), load<V>(&paths.metres_per_u[i]));
    store(clear_air(link, clear_air_paths<V>(paths, i), samples, false).combined.loss_db, &out[i]);
  }
}

void P452Losses(const ClearAirLink& link, const PathArrays& paths, std::span<double> out) {
  if (paths.rings.even) {
    p452_losses<PackPair, EvenRingSamples<PackPair>>(link, paths, out);
  } else {
    p452_losses<Pack, RingSamples<Pack>>(link, paths, out);
  }
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>
#include <cmath>
#include <vector>

#include "propagation/bounded.hpp"
#include "propagation/itu/p452_clutter17.hpp"
#include "propagation/itu/p452_explain.hpp"
#include "propagation/itu/p676_gases.hpp"
#include "propagation/losses.hpp"

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

HWY_EXPORT(P452Losses);

constexpr double kNoClutterWithin_km = 0.05;  // of either end, P.452-18 eq. (6e)

// Limits are compared in km, so that a point at exactly the limit falls to the side where rounding puts it in the
// codes of the Recommendation. Division gives the km back from which the metres may have come.
double km(double distance_m) noexcept {
  return distance_m / 1000.0;
}

struct P452Terms {
  PathGeometry path;
  ClearAirPath air;
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

// Line of sight and ducting run through the air of the path, troposcatter through drier air. Between land and sea
// the attenuation is nearly linear in the water vapour; the square takes what the widths of the lines add (6e-7
// dB/km are left below 50 GHz).
ClearAirGases gases_of(const P452& model, const Link& link, bool over_sea) noexcept {
  const auto specific = [&](double water_g_m3) {
    return specific_gas_attenuation(link.freq_hz, {model.pressure_hpa, model.temperature_c + 273.15, water_g_m3})
        .total_db_km();
  };
  const double land = specific(7.5);  // (9a)
  if (!over_sea) return {{land, 0.0, 0.0}, specific(3.0)};
  const double half = specific(8.75);
  const double sea = specific(10.0);
  const double square = 2.0 * (land - 2.0 * half + sea);
  return {{land, sea - land - square, square}, specific(3.0)};
}

PreparedP452 prepare(const P452& model, const Link& link, bool over_sea) noexcept {
  ClearAirLink air = clear_air_link(link, model.time_percent, kTroposcatterP452, over_sea);
  air.scatter_db += coupling_loss_db(model.tx_gain_dbi + model.rx_gain_dbi);
  air.gases = gases_of(model, link, over_sea);
  air.scatter_above_free_space = model.edition == P452::Edition::p452_18;
  air.angle_from_line = true;
  return {model, air};
}

P452Terms p452_terms(const PreparedP452& ready, const Link& link, const PathGeometry& path, bool all_terms) {
  const P452& model = ready.model;
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
  const HWY_NAMESPACE::ScalarSamples samples(out.path.distance_m, {out.path.samples, out.path.sample_distance_m});
  out.air = HWY_NAMESPACE::clear_air(ready.air, HWY_NAMESPACE::clear_air_path(out.path), samples, all_terms);
  out.clutter_tx_db = cut.tx_db;
  out.clutter_rx_db = cut.rx_db;
  out.loss_db = out.air.combined.loss_db + cut.tx_db + cut.rx_db;
  return out;
}

}  // namespace
}  // namespace itu

PreparedP452 prepared(const P452& model, const Link& link) noexcept {
  return itu::prepare(model, link, true);
}

double loss_db(const PreparedP452& ready, const Link& link, const PathGeometry& path) noexcept {
  return itu::p452_terms(ready, link, path, false).loss_db;
}

double loss_db(const P452& model, const Link& link, const PathGeometry& path) noexcept {
  return loss_db(itu::prepare(model, link, path.zones.sea_fraction > 0.0), link, path);
}

void losses_db(const PreparedP452& ready, const Link& link, const PathArrays& paths, std::span<double> out) {
  using namespace itu;
  if (lanes_terrain(ready.model) == Terrain::samples) {
    losses_one_by_one(ready, Terrain::samples, link, paths, out);
  } else {
    HWY_DYNAMIC_DISPATCH(P452Losses)(ready.air, paths, out);
  }
}

void losses_db(const P452& model, const Link& link, const PathArrays& paths, std::span<double> out) {
  losses_db(prepared(model, link), link, paths, out);
}

PathLoss explain_terms(const P452& model, const Link& link, const PathGeometry& path) {
  const itu::P452Terms t = itu::p452_terms(prepared(model, link), link, path, true);
  PathLoss out{.loss_db = t.loss_db,
               .mode = itu::clear_air_mode(t.air, t.path),
               .terms = itu::clear_air_terms(t.air, t.path)};
  out.terms.push_back({"gases_db", t.air.gases_db});
  out.terms.push_back({"clutter_tx_db", t.clutter_tx_db});
  out.terms.push_back({"clutter_rx_db", t.clutter_rx_db});
  return out;
}

}  // namespace amaneku
#endif
