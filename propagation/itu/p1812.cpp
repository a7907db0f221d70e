#include "propagation/itu/p1812.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "propagation/itu/p1812.cpp"
#include <hwy/foreach_target.h>
//
#include "propagation/itu/p452_clear_air-inl.hpp"
#include "propagation/lane_pair-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itu::HWY_NAMESPACE {

template <class V>
struct P1812Loss {
  V location_sigma_db;
  V location_db;
  V loss_db;
};

/// `rx_at_sea`: no locations vary there, section 4.7.
template <class V>
[[nodiscard]] HWY_INLINE P1812Loss<V> p1812_loss(const PreparedP1812& model, const ClearAir<V>& air,
                                                 V rx_clutter_m, MaskOf<V> rx_at_sea) {
  // sigma_L of the area fades out as the receiver rises above what surrounds it.
  const V above = clamp(1.0 - (model.rx_agl_m - rx_clutter_m) * 0.1, V(0.0), V(1.0));  // (66)
  const V location_sigma_db = select(rx_at_sea, V(0.0), above * model.location_sigma_db);
  const V location_db = -model.location_deviate * location_sigma_db;  // (68)
  return {location_sigma_db, location_db,
          max(air.mechanisms.line_of_sight.at_p_db, air.combined.loss_db + location_db)};  // (69)
}

template <class V>
[[nodiscard]] HWY_INLINE MaskOf<V> at_sea(const PathArrays& paths, std::size_t i) {
  if (paths.all_inland) return V(0.0) > V(0.5);
  std::array<double, PathArrays::kPadding> sea{};
  for (std::size_t k = 0; k < lane_count<V>(); ++k) sea[k] = paths.rx_zone[i + k] == Zone::sea ? 1.0 : 0.0;
  return load<V>(sea.data()) > 0.5;
}

template <class V, class Samples>
void p1812_losses(const PreparedP1812& model, const PathArrays& paths, std::span<double> out) {
  for (std::size_t i = 0; i < paths.size; i += lane_count<V>()) {
    const Samples samples(paths.rings, load<V>(&paths.samples[i]), load<V>(&paths.metres_per_u[i]));
    const ClearAir<V> air = clear_air(model.air, clear_air_paths<V>(paths, i), samples, false);
    store(p1812_loss(model, air, load<V>(&paths.rx_clutter_m[i]), at_sea<V>(paths, i)).loss_db, &out[i]);
  }
}

void P1812Losses(const PreparedP1812& model, const PathArrays& paths, std::span<double> out) {
  if (paths.rings.even) {
    p1812_losses<PackPair, EvenRingSamples<PackPair>>(model, paths, out);
  } else {
    p1812_losses<Pack, RingSamples<Pack>>(model, paths, out);
  }
}

}  // namespace amaneku::itu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "propagation/bounded.hpp"
#include "propagation/itu/p452_explain.hpp"

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

HWY_EXPORT(P1812Losses);

PreparedP1812 prepare(const P1812& model, const Link& link, bool over_sea) noexcept {
  const double f_ghz = positive(link.freq_hz * 1e-9);
  return {.air = clear_air_link(link, model.time_percent, kTroposcatterP1812, over_sea),
          .rx_agl_m = link.rx_agl_m,
          .location_sigma_db =
              (0.52 + 0.024 * f_ghz) * std::pow(positive(model.prediction_resolution_m), 0.28),  // (64)
          .location_deviate = inverse_normal(model.location_percent * 0.01)};
}

ClearAirPath clear_air_of(const PreparedP1812& model, const PathGeometry& path, bool all_terms) noexcept {
  const HWY_NAMESPACE::ScalarSamples samples(path.distance_m, {path.samples, path.sample_distance_m});
  return HWY_NAMESPACE::clear_air(model.air, HWY_NAMESPACE::clear_air_path(path), samples, all_terms);
}

HWY_NAMESPACE::P1812Loss<double> loss_of(const PreparedP1812& model, const ClearAirPath& air,
                                         const PathGeometry& path) noexcept {
  return HWY_NAMESPACE::p1812_loss(model, air, path.rx_clutter_m, path.zones.rx == Zone::sea);
}

}  // namespace
}  // namespace itu

PreparedP1812 prepared(const P1812& model, const Link& link) noexcept {
  return itu::prepare(model, link, true);
}

double loss_db(const PreparedP1812& ready, const Link&, const PathGeometry& path) noexcept {
  return itu::loss_of(ready, itu::clear_air_of(ready, path, false), path).loss_db;
}

double loss_db(const P1812& model, const Link& link, const PathGeometry& path) noexcept {
  return loss_db(itu::prepare(model, link, path.zones.sea_fraction > 0.0), link, path);
}

void losses_db(const PreparedP1812& ready, const Link&, const PathArrays& paths, std::span<double> out) noexcept {
  using namespace itu;
  HWY_DYNAMIC_DISPATCH(P1812Losses)(ready, paths, out);
}

void losses_db(const P1812& model, const Link& link, const PathArrays& paths, std::span<double> out) noexcept {
  losses_db(prepared(model, link), link, paths, out);
}

PathLoss explain_terms(const P1812& model, const Link& link, const PathGeometry& path) {
  const PreparedP1812 ready = prepared(model, link);
  const itu::ClearAirPath air = itu::clear_air_of(ready, path, true);
  const auto loss = itu::loss_of(ready, air, path);
  PathLoss out{.loss_db = loss_db(model, link, path),
               .mode = itu::clear_air_mode(air, path),
               .terms = itu::clear_air_terms(air, path)};
  out.terms.push_back({"location_sigma_db", loss.location_sigma_db});
  out.terms.push_back({"location_db", loss.location_db});
  return out;
}

}  // namespace amaneku
#endif
