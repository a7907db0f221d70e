#include "propagation/hata/ehata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "propagation/hata/okumura_hata.hpp"
#include "propagation/itu/p525.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 3> kEhataAreas = {"urban", "suburban", "open"};

}  // namespace

constexpr std::array<Field<Ehata>, 1> Ehata::fields = {
    {{"location_percent",
      "%",
      &Ehata::location_percent,
      {0.0001, 99.9999},
      "TR-15-517 appendix A; the normal quantile is held beyond"}}};

constexpr std::array<Choice<Ehata>, 1> Ehata::choices = {choice_of<&Ehata::area, Ehata>(
    "area", kEhataAreas,
    "TR-15-517 appendix A; NLCD classes 23 and 24 are urban, 22 is suburban, all others are open")};

namespace hata {
namespace {

struct Point {
  double x;
  double y;
};

// The parabola through three points, Newton's form.
double parabola(const std::array<Point, 3>& p, double x) noexcept {
  const double first = (p[1].y - p[0].y) / (p[1].x - p[0].x);
  const double second = ((p[2].y - p[1].y) / (p[2].x - p[1].x) - first) / (p[2].x - p[0].x);
  return p[0].y + (x - p[0].x) * (first + (x - p[1].x) * second);
}

// The same over log f with the values at 1.5, 2 and 3 GHz.
double over_frequency(double f_mhz, const std::array<double, 3>& at) noexcept {
  constexpr double log_1500 = 3.1760912590556813;
  constexpr double log_2000 = 3.3010299956639813;
  constexpr double log_3000 = 3.4771212547196626;
  return parabola({{{log_1500, at[0]}, {log_2000, at[1]}, {log_3000, at[2]}}}, std::log10(f_mhz));
}

// Okumura Fig. 12: half the power of the distance far out, for bases of 24.5, 70 and 200 m; eq.. Beyond free
// space remains twice the half less one.
double far_power(double base_m) noexcept {
  constexpr double log_24_5 = 1.3891660843645326;
  constexpr double log_70 = 1.8450980400142569;
  constexpr double log_200 = 2.3010299956639813;
  return 2.0 * (parabola({{{log_24_5, 2.5}, {log_70, 3.0}, {log_200, 3.22}}}, std::log10(base_m)) - 1.0);
}

// Hata's power of the distance.
double near_power(double base_m) noexcept {
  return 0.1 * (44.9 - 6.55 * std::log10(base_m));
}

// Piecewise straight between knots in rising x, level beyond them.
template <std::size_t n>
double between(const std::array<Point, n>& knots, double x) noexcept {
  if (x <= knots.front().x) return knots.front().y;
  for (std::size_t i = 1; i < n; ++i) {
    if (x > knots[i].x) continue;
    const Point& a = knots[i - 1];
    return a.y + (knots[i].y - a.y) * (x - a.x) / (knots[i].x - a.x);
  }
  return knots.back().y;
}

}  // namespace

double urban_excess_1_km_db(double f_mhz) noexcept {
  return over_frequency(f_mhz, {22.0, 23.5, 25.85});
}

double urban_excess_100_km_db(double f_mhz) noexcept {
  return over_frequency(f_mhz, {63.5, 65.75, 69.5});
}

double suburban_relief_db(double f_mhz) noexcept {
  return over_frequency(f_mhz, {11.5, 12.4, 14.0});
}

double location_deviation_db(ExtendedHata::Area area, double f_mhz) noexcept {
  const double urban_db = over_frequency(f_mhz, {7.1, 7.5, 8.1});
  return area == ExtendedHata::Area::urban ? urban_db : urban_db + 2.0;
}

double break_point_km(const EhataLink& link) noexcept {
  const double far = far_power(link.base_m);
  const double excess = 0.1 * (urban_excess_1_km_db(link.f_mhz) - urban_excess_100_km_db(link.f_mhz));
  return std::pow(10.0, (2.0 * far + excess) / (far + 2.0 - near_power(link.base_m)));
}

double ehata_median_db(ExtendedHata::Area area, const EhataLink& link) noexcept {
  const HataLink heights{link.f_mhz, link.base_m, link.mobile_m};
  const HataLink reference{link.f_mhz, 200.0, 3.0};
  // Both halves start from Okumura's reference antennas and move to the real ones by Hata's height gains.
  const double height_db =
      13.82 * std::log10(200.0 / link.base_m) + large_city_gain_db(reference) - large_city_gain_db(heights);
  double urban_db = 0.0;
  if (link.d_km <= break_point_km(link)) {
    const double slant_m = std::hypot(1e3, 197.0);
    urban_db = urban_excess_1_km_db(link.f_mhz) + itu::free_space_loss_db(link.f_mhz * 1e6, slant_m) +
               10.0 * near_power(link.base_m) * std::log10(link.d_km);
  } else {
    const double slant_m = std::hypot(link.d_km * 1e3, link.base_m - link.mobile_m);
    urban_db = urban_excess_100_km_db(link.f_mhz) + itu::free_space_loss_db(link.f_mhz * 1e6, slant_m) +
               10.0 * far_power(link.base_m) * (std::log10(link.d_km) - 2.0);
  }
  urban_db += height_db;
  if (area == ExtendedHata::Area::suburban) return urban_db - suburban_relief_db(link.f_mhz);
  return urban_db - area_relief_db(area, link.f_mhz);
}

double rolling_hills_db(double irregularity_m) noexcept {
  const double log_dh = std::log10(std::max(15.0, irregularity_m));
  return -1.5072013 + log_dh * (8.458676 - 6.102538 * log_dh);
}

double mobile_on_hills_db(const EhataTerrain& terrain) noexcept {
  if (terrain.irregularity_m < 10.0) return 0.0;
  const double log_dh = std::log10(terrain.irregularity_m);
  const double whole_db = -11.728795 + log_dh * (15.544272 - 1.8154766 * log_dh);
  const auto& [high_m, middle_m, low_m] = terrain.heights;
  const double ground_m = terrain.mobile_ground_m;
  if (ground_m >= high_m) return whole_db;
  if (ground_m <= low_m) return -whole_db;
  const double reach_m = ground_m >= middle_m ? high_m - middle_m : middle_m - low_m;
  return whole_db * (ground_m - middle_m) / reach_m;
}

double slope_db(double slope_mrad, double d_km) noexcept {
  constexpr std::array<Point, 3> kUp = {{{10.0, 0.125}, {30.0, 0.35}, {60.0, 0.6}}};
  constexpr std::array<Point, 2> kDown = {{{10.0, 0.25}, {30.0, 0.8}}};
  return slope_mrad * (slope_mrad > 0.0 ? between(kUp, d_km) : between(kDown, d_km));
}

double isolated_ridge_db(const EhataTerrain& terrain) noexcept {
  // Curves C, B, A of Fig. 31: the ridge at most 15, at 30, at least 60 km from the base; every kilometre from 0
  // to 8 km between ridge and mobile.
  constexpr std::array<std::array<double, 9>, 3> kCurves_db = {
      {{4.0, -13.0, -17.5, -17.5, -15.0, -12.5, -10.0, -8.0, -6.0},
       {12.0, -8.5, -13.0, -12.0, -10.0, -8.0, -6.5, -5.0, -4.0},
       {20.0, -4.0, -6.5, -6.0, -4.5, -3.5, -2.5, -2.0, -1.0}}};
  const double behind_km = terrain.mobile_horizon_m * 1e-3;
  // Curves end at 8 km; their last piece is continued.
  const double cell = std::clamp(std::ceil(behind_km) - 1.0, 0.0, 7.0);
  const auto i = static_cast<std::size_t>(cell);
  const auto on = [&](std::size_t curve) {
    const auto& c = kCurves_db[curve];
    return c[i] + (c[i + 1] - c[i]) * (behind_km - cell);
  };
  const std::array<Point, 3> curves = {{{15.0, on(0)}, {30.0, on(1)}, {60.0, on(2)}}};
  double normal_db = between(curves, terrain.base_horizon_m * 1e-3);
  // No gain from a ridge that is not close to the mobile.
  if (behind_km > 2.0) normal_db = std::min(normal_db, 0.0);
  return std::sqrt(terrain.ridge_m / 200.0) * normal_db;
}

double mixed_path_db(const EhataTerrain& terrain) noexcept {
  // Fig. 35 by the share of sea: up to 30 km and from 60 km; sea at the base and at the mobile.
  constexpr std::array<Point, 10> kBase30 = {{{0.0, 0.0},
                                              {0.15, 1.0},
                                              {0.35, 3.0},
                                              {0.45, 4.0},
                                              {0.6, 6.0},
                                              {0.65, 7.0},
                                              {0.725, 8.0},
                                              {0.775, 9.0},
                                              {0.85, 10.0},
                                              {1.0, 11.0}}};
  constexpr std::array<Point, 10> kMobile30 = {{{0.0, 0.0},
                                                {0.15, 4.0},
                                                {0.35, 5.5},
                                                {0.45, 7.0},
                                                {0.6, 8.5},
                                                {0.65, 9.0},
                                                {0.725, 9.5},
                                                {0.775, 9.8},
                                                {0.85, 10.25},
                                                {1.0, 11.0}}};
  constexpr std::array<Point, 10> kBase60 = {{{0.0, 0.0},
                                              {0.15, 2.0},
                                              {0.3, 4.0},
                                              {0.4, 5.5},
                                              {0.5, 7.0},
                                              {0.6, 9.0},
                                              {0.725, 11.0},
                                              {0.85, 13.0},
                                              {0.9, 14.0},
                                              {1.0, 15.0}}};
  constexpr std::array<Point, 10> kMobile60 = {{{0.0, 0.0},
                                                {0.15, 4.25},
                                                {0.3, 6.25},
                                                {0.4, 9.2},
                                                {0.5, 10.5},
                                                {0.6, 11.75},
                                                {0.725, 13.0},
                                                {0.85, 14.0},
                                                {0.9, 14.25},
                                                {1.0, 15.0}}};
  const double share = terrain.sea_fraction;
  if (share <= 0.0) return 0.0;
  const double far = std::clamp((terrain.distance_m - 30e3) / 30e3, 0.0, 1.0);
  const double base_db = std::lerp(between(kBase30, share), between(kBase60, share), far);
  const double mobile_db = std::lerp(between(kMobile30, share), between(kMobile60, share), far);
  switch (terrain.sea_at) {
    case EhataTerrain::SeaAt::base:
      return base_db;
    case EhataTerrain::SeaAt::mobile:
      return mobile_db;
    case EhataTerrain::SeaAt::both:
      break;
  }
  return 0.5 * (base_db + mobile_db);
}

namespace {

// The value that a normal variable exceeds with probability q: Abramowitz and Stegun 26.2.23.
double normal_exceeded(double q) noexcept {
  const double tail = std::max(1e-6, std::min(q, 1.0 - q));
  const double t = std::sqrt(-2.0 * std::log(tail));
  const double value =
      t - ((0.010328 * t + 0.802853) * t + 2.515517) / (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0);
  return q > 0.5 ? -value : value;
}

constexpr Range kBaseHeight_m = {30.0, 200.0};
constexpr Range kMobileHeight_m = {1.0, 10.0};

EhataLink ehata_link(const Link& link, const EhataTerrain& terrain) noexcept {
  return {std::clamp(link.freq_hz * 1e-6, 1e-6, 1e6),
          std::clamp(terrain.base_effective_m, kBaseHeight_m.min, kBaseHeight_m.max),
          std::clamp(terrain.mobile_effective_m, kMobileHeight_m.min, kMobileHeight_m.max),
          distance_km(terrain.distance_m)};
}

struct EhataTerms {
  double median_db;
  double variability_db;
  double ridge_db;
  double hills_db;
  double mobile_on_hills_db;
  double slope_db;
  double sea_db;
  [[nodiscard]] double loss_db() const noexcept {
    return median_db + variability_db - ridge_db - hills_db - mobile_on_hills_db - slope_db - sea_db;
  }
};

EhataTerms ehata_terms(const Ehata& model, const EhataLink& link, const EhataTerrain& terrain) noexcept {
  EhataTerms terms{};
  terms.median_db = ehata_median_db(model.area, link);
  terms.variability_db =
      -normal_exceeded(0.01 * model.location_percent) * location_deviation_db(model.area, link.f_mhz);
  terms.sea_db = mixed_path_db(terrain);
  if (terrain.single_horizon) {
    terms.ridge_db = isolated_ridge_db(terrain);
    return terms;
  }
  terms.hills_db = rolling_hills_db(terrain.irregularity_m);
  terms.mobile_on_hills_db = mobile_on_hills_db(terrain);
  terms.slope_db = slope_db(terrain.mobile_slope_mrad, link.d_km);
  return terms;
}

void flag_height(PathLoss& out, std::string_view name, double value_m, const Range& legal) {
  if (legal.contains(value_m)) return;
  out.warnings.push_back(fmt::format("ehata: {} = {:.1f} m is outside {}; the nearer limit is taken (TR-15-517)",
                                     name, value_m, legal.text()));
}

}  // namespace
}  // namespace hata

double loss_db(const Ehata& model, const Link& link, const PathGeometry& path) noexcept {
  const hata::EhataTerrain terrain = hata::ehata_terrain(link, path);
  return hata::ehata_terms(model, hata::ehata_link(link, terrain), terrain).loss_db();
}

PathLoss explain_terms(const Ehata& model, const Link& link, const PathGeometry& path) {
  const hata::EhataTerrain terrain = hata::ehata_terrain(link, path);
  const hata::EhataLink ends = hata::ehata_link(link, terrain);
  const hata::EhataTerms terms = hata::ehata_terms(model, ends, terrain);
  PathLoss out;
  out.loss_db = terms.loss_db();
  out.mode = terrain.line_of_sight ? "line_of_sight" : terrain.single_horizon ? "single_horizon" : "two_horizons";
  out.terms = {{"median_db", terms.median_db},
               {"variability_db", terms.variability_db},
               {"isolated_ridge_correction_db", terms.ridge_db},
               {"rolling_hills_correction_db", terms.hills_db},
               {"mobile_on_hills_correction_db", terms.mobile_on_hills_db},
               {"slope_correction_db", terms.slope_db},
               {"mixed_path_correction_db", terms.sea_db},
               {"tx_effective_height_m", terrain.base_effective_m},
               {"rx_effective_height_m", terrain.mobile_effective_m},
               {"terrain_irregularity_m", terrain.irregularity_m},
               {"rx_slope_mrad", terrain.mobile_slope_mrad},
               {"sea_fraction", terrain.sea_fraction},
               {"tx_horizon_m", terrain.base_horizon_m},
               {"rx_horizon_m", terrain.mobile_horizon_m},
               {"ridge_height_m", terrain.ridge_m},
               {"break_point_m", 1e3 * hata::break_point_km(ends)}};
  hata::flag_height(out, "effective tx height", terrain.base_effective_m, hata::kBaseHeight_m);
  hata::flag_height(out, "effective rx height", terrain.mobile_effective_m, hata::kMobileHeight_m);
  const double free_db = itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path));
  if (out.loss_db < free_db) {
    out.warnings.push_back(
        fmt::format("ehata: {:.1f} dB is less than free space, {:.1f} dB", out.loss_db, free_db));
  }
  return out;
}

}  // namespace amaneku
