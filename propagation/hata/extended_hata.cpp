#include "propagation/hata/extended_hata.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku {
namespace {

constexpr std::array<const char*, 3> kExtendedAreas = {"urban", "suburban", "open"};

}  // namespace

constexpr std::array<Choice<ExtendedHata>, 1> ExtendedHata::choices = {
    choice_of<&ExtendedHata::area, ExtendedHata>("area", kExtendedAreas, "ERC Report 68 annex 7")};

namespace hata {
namespace {

// a(H_m): what the mobile antenna gains over 1.5 m in a medium-sized town.
double mobile_height_gain_db(const HataLink& link, double log_f) noexcept {
  return (1.1 * log_f - 0.7) * std::min(10.0, link.mobile_agl_m) - (1.56 * log_f - 0.8) +
         std::max(0.0, 20.0 * std::log10(link.mobile_agl_m / 10.0));
}

// b(H_b): what a base antenna below 30 m loses.
double base_height_gain_db(const HataLink& link) noexcept {
  return std::min(0.0, 20.0 * std::log10(link.base_agl_m / 30.0));
}

// Loss at 1 km before the antenna heights, piecewise over the frequency.
double frequency_term_db(double f_mhz, double log_f) noexcept {
  if (f_mhz <= 150.0) return 69.6 + 26.2 * std::log10(150.0) - 20.0 * std::log10(150.0 / f_mhz);
  if (f_mhz <= 1500.0) return 69.6 + 26.2 * log_f;
  if (f_mhz <= 2000.0) return 46.3 + 33.9 * log_f;
  return 46.3 + 33.9 * std::log10(2000.0) + 10.0 * std::log10(f_mhz / 2000.0);
}

// (log d)^alpha: beyond 20 km the loss grows faster than a power of the distance.
double distance_term(const HataLink& link, double d_km) noexcept {
  const double log_d = std::log10(d_km);
  if (d_km <= 20.0) return log_d;
  const double alpha =
      1.0 + (0.14 + 1.87e-4 * link.f_mhz + 1.07e-3 * link.base_agl_m) * std::pow(std::log10(d_km / 20.0), 0.8);
  // Within the source's ranges alpha stays below 2.5; absurd ones shall not overflow.
  return std::pow(log_d, std::min(alpha, 100.0));
}

double area_loss_db(ExtendedHata::Area area, const HataLink& link, double d_km) noexcept {
  return urban_loss_db(link, d_km) - area_relief_db(area, std::clamp(link.f_mhz, 150.0, 2000.0));
}

double median_loss_db(ExtendedHata::Area area, const HataLink& link, double d_km) noexcept {
  if (d_km <= kFreeUpTo_km) return near_loss_db(link, d_km);
  if (d_km >= kHataFrom_km) return area_loss_db(area, link, d_km);
  const double near_db = near_loss_db(link, kFreeUpTo_km);
  return near_db + transition(d_km) * (area_loss_db(area, link, kHataFrom_km) - near_db);
}

}  // namespace

HataLink hata_link(const Link& link) noexcept {
  const auto held_m = [](double height_m) { return std::clamp(height_m, 1.0, 1e6); };
  return {std::clamp(link.freq_hz * 1e-6, 1e-6, 1e6), held_m(std::max(link.tx_agl_m, link.rx_agl_m)),
          held_m(std::min(link.tx_agl_m, link.rx_agl_m))};
}

double distance_km(double distance_m) noexcept {
  return std::clamp(distance_m * 1e-3, 1e-6, 1e9);
}

double area_relief_db(ExtendedHata::Area area, double f_mhz) noexcept {
  const double log_f = std::log10(f_mhz);
  switch (area) {
    case ExtendedHata::Area::suburban: {
      const double over_28_mhz = log_f - std::log10(28.0);
      return 2.0 * over_28_mhz * over_28_mhz + 5.4;
    }
    case ExtendedHata::Area::open:
      return 4.78 * log_f * log_f - 18.33 * log_f + 40.94;
    case ExtendedHata::Area::urban:
      break;
  }
  return 0.0;
}

double near_loss_db(const HataLink& link, double d_km) noexcept {
  const double rise_km = (link.base_agl_m - link.mobile_agl_m) * 1e-3;
  return 32.4 + 20.0 * std::log10(link.f_mhz) + 10.0 * std::log10(d_km * d_km + rise_km * rise_km);
}

double urban_loss_db(const HataLink& link, double d_km) noexcept {
  const double log_f = std::log10(link.f_mhz);
  const double log_h = std::log10(std::max(30.0, link.base_agl_m));
  return frequency_term_db(link.f_mhz, log_f) - 13.82 * log_h + (44.9 - 6.55 * log_h) * distance_term(link, d_km) -
         mobile_height_gain_db(link, log_f) - base_height_gain_db(link);
}

double transition(double d_km) noexcept {
  return std::log10(d_km / kFreeUpTo_km) / std::log10(kHataFrom_km / kFreeUpTo_km);
}

}  // namespace hata

double loss_db(const ExtendedHata& model, const Link& link, const PathGeometry& path) noexcept {
  const hata::HataLink ends = hata::hata_link(link);
  const double d_km = hata::distance_km(path.distance_m);
  return std::max(hata::median_loss_db(model.area, ends, d_km), hata::near_loss_db(ends, d_km));
}

PathLoss explain_terms(const ExtendedHata& model, const Link& link, const PathGeometry& path) {
  const hata::HataLink ends = hata::hata_link(link);
  const double d_km = hata::distance_km(path.distance_m);
  const double near_db = hata::near_loss_db(ends, d_km);
  const double median_db = hata::median_loss_db(model.area, ends, d_km);
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = d_km <= hata::kFreeUpTo_km || median_db < near_db ? "free_space"
             : d_km < hata::kHataFrom_km                       ? "transition"
                                                               : "median";
  out.terms = {{"free_space_db", near_db}, {"median_excess_db", out.loss_db - near_db}};
  return out;
}

}  // namespace amaneku
