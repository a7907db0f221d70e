#include "propagation/itu/p838_rain.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/itu/p525.hpp"
#include "propagation/itu/p530_wet_snow.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 2> kPathLengths = {"whole", "effective"};
constexpr std::array<const char*, 2> kPrecipitations = {"rain", "melting_layer"};

}  // namespace

constexpr std::array<Field<P838>, 2> P838::fields = {
    Field<P838>{
        "rain_rate_mm_h", "mm/h", &P838::rain_rate_mm_h, {0.0, 300.0}, "ITU-R P.837-7: R0.01 of the world"},
    Field<P838>{"rain_height_asl_m", "m", &P838::rain_height_asl_m, {0.0, 6000.0}, "ITU-R P.839-4"}};

constexpr std::array<Choice<P838>, 2> P838::choices = {
    choice_of<&P838::path_length, P838>("path_length", kPathLengths, "ITU-R P.530-18 section 2.4.1"),
    choice_of<&P838::precipitation, P838>("precipitation", kPrecipitations, "ITU-R P.530-18 section 2.4.2.4")};

namespace itu {
namespace {

struct Gauss {
  double a, b, c;
};

// ITU-R P.838-3 tables 1 to 4.
constexpr std::array<Gauss, 4> kKh = {{{-5.33980, -0.10008, 1.13098},
                                       {-0.35351, 1.26970, 0.45400},
                                       {-0.23789, 0.86036, 0.15354},
                                       {-0.94158, 0.64552, 0.16817}}};
constexpr std::array<Gauss, 4> kKv = {{{-3.80595, 0.56934, 0.81061},
                                       {-3.44965, -0.22911, 0.51059},
                                       {-0.39902, 0.73042, 0.11899},
                                       {0.50167, 1.07319, 0.27195}}};
constexpr std::array<Gauss, 5> kAlphaH = {{{-0.14318, 1.82442, -0.55187},
                                           {0.29591, 0.77564, 0.19822},
                                           {0.32177, 0.63773, 0.13164},
                                           {-5.37610, -0.96230, 1.47828},
                                           {16.1721, -3.29980, 3.43990}}};
constexpr std::array<Gauss, 5> kAlphaV = {{{-0.07771, 2.33840, -0.76284},
                                           {0.56727, 0.95545, 0.54039},
                                           {-0.20238, 1.14520, 0.26809},
                                           {-48.2991, 0.791669, 0.116226},
                                           {48.5833, 0.791459, 0.116479}}};

double sum_of(std::span<const Gauss> bells, double log_f) noexcept {
  double sum = 0.0;
  for (const Gauss& bell : bells) {
    const double x = (log_f - bell.b) / bell.c;
    sum += bell.a * std::exp(-x * x);
  }
  return sum;
}

// `aspect`: cos^2(elevation) cos(2 tilt).
RainLaw mixed(const RainLaws& laws, double aspect) noexcept {
  const auto& [h, v] = laws;
  const double ka_h = h.k * h.alpha;
  const double ka_v = v.k * v.alpha;
  const double k = 0.5 * (h.k + v.k + (h.k - v.k) * aspect);
  return {k, (ka_h + ka_v + (ka_h - ka_v) * aspect) / (2.0 * k)};
}

}  // namespace

double RainLaw::specific_db_km(double rain_rate_mm_h) const noexcept {
  if (!(rain_rate_mm_h > 1e-6)) return 0.0;
  // The upper end only keeps the power finite.
  return k * std::pow(std::min(rain_rate_mm_h, 1e9), alpha);
}

RainLaws rain_laws(double freq_hz) noexcept {
  // Far outside 1 .. 1000 GHz the exponents would leave the range of a double.
  const double log_f = std::log10(std::clamp(freq_hz, 1e6, 1e16) * 1e-9);
  return {{std::pow(10.0, sum_of(kKh, log_f) - 0.18961 * log_f + 0.71147),
           sum_of(kAlphaH, log_f) + 0.67849 * log_f - 1.95537},
          {std::pow(10.0, sum_of(kKv, log_f) - 0.16398 * log_f + 0.63297),
           sum_of(kAlphaV, log_f) - 0.053739 * log_f + 0.83433}};
}

RainLaw rain_law(const RainLaws& laws, const RainAspect& aspect) noexcept {
  constexpr double kRad = std::numbers::pi / 180.0;
  const double flat = std::cos(aspect.elevation_deg * kRad);
  return mixed(laws, flat * flat * std::cos(2.0 * aspect.tilt_deg * kRad));
}

RainLaw rain_law(const RainLaws& laws, const Link& link, const PathGeometry& path) noexcept {
  const double slope = (path.rx_asl_m - path.tx_asl_m) / std::max(path.distance_m, 1e-9);
  const double flat = 1.0 / (1.0 + slope * slope);
  return mixed(laws, link.polarization == Polarization::horizontal ? flat : -flat);
}

DistanceFactor rain_distance_factor(double freq_hz, double distance_m, const RainLaw& law,
                                    double rain_rate_mm_h) noexcept {
  const double d_km = std::clamp(distance_m * 1e-3, 0.0, 1e9);
  const double f_ghz = std::clamp(freq_hz, 1e6, 1e16) * 1e-9;
  const double rate = std::clamp(rain_rate_mm_h, 1e-6, 1e9);
  const double inverse =
      0.477 * std::pow(d_km, 0.633) * std::pow(rate, 0.073 * law.alpha) * std::pow(f_ghz, 0.123) -
      10.579 * (1.0 - std::exp(-0.024 * d_km));
  const double uncapped = 1.0 / std::max(inverse, 1e-6);
  return {uncapped, std::min(uncapped, 2.5)};
}

}  // namespace itu

namespace {

struct RainOnPath {
  itu::RainLaw law;
  double specific_db_km;
  double distance_factor;
  double snow_factor;
  double length_km;
  [[nodiscard]] double loss_db() const noexcept {
    return specific_db_km * distance_factor * snow_factor * length_km;
  }
};

RainOnPath rain_on_path(const PreparedP838& ready, const Link& link, const PathGeometry& path) noexcept {
  const P838& model = ready.model;
  const double length_m = std::min(itu::slant_distance_m(path), 1e100);
  RainOnPath out{.law = itu::rain_law(ready.laws, link, path),
                 .specific_db_km = 0.0,
                 .distance_factor = 1.0,
                 .snow_factor = 1.0,
                 .length_km = length_m * 1e-3};
  out.specific_db_km = out.law.specific_db_km(model.rain_rate_mm_h);
  if (model.path_length == P838::PathLength::effective) {
    out.distance_factor = itu::rain_distance_factor(link.freq_hz, length_m, out.law, model.rain_rate_mm_h).capped;
  }
  if (model.precipitation == P838::Precipitation::melting_layer) {
    out.snow_factor = itu::melting_layer_factor(model.rain_height_asl_m, path.tx_asl_m, path.rx_asl_m);
  }
  return out;
}

}  // namespace

PreparedP838 prepared(const P838& model, const Link& link) noexcept {
  return {model, itu::rain_laws(link.freq_hz)};
}

double loss_db(const PreparedP838& ready, const Link& link, const PathGeometry& path) noexcept {
  return rain_on_path(ready, link, path).loss_db();
}

double loss_db(const P838& model, const Link& link, const PathGeometry& path) noexcept {
  return loss_db(prepared(model, link), link, path);
}

PathLoss explain_terms(const P838& model, const Link& link, const PathGeometry& path) {
  const RainOnPath rain = rain_on_path(prepared(model, link), link, path);
  PathLoss out;
  out.loss_db = rain.loss_db();
  out.mode = rain.snow_factor == 1.0 ? "rain" : rain.snow_factor == 0.0 ? "dry_snow" : "wet_snow";
  out.terms = {{"rain_db_km", rain.specific_db_km},
               {"k", rain.law.k},
               {"alpha", rain.law.alpha},
               {"distance_factor", rain.distance_factor},
               {"melting_layer_factor", rain.snow_factor}};
  if (model.path_length == P838::PathLength::effective && (rain.length_km > 60.0 || link.freq_hz > 100e9)) {
    out.warnings.emplace_back(
        "p838: the effective path length is for paths up to 60 km and up to 100 GHz (ITU-R P.530-18 section "
        "2.4.1)");
  }
  return out;
}

}  // namespace amaneku
