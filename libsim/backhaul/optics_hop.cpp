#include "libsim/backhaul/optics_hop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "terrain/error.hpp"
#include "terrain/range.hpp"

namespace amaneku {
namespace {

constexpr double kLongest_m = 10e3;

[[noreturn]] void refuse(const char* key, double value, std::string message, std::string legal) {
  throw InputError(Fault{
      .message = std::move(message), .key = key, .value = fmt::format("{}", value), .legal = std::move(legal)});
}

void require(const char* key, double value, Range legal) {
  if (!legal.contains(value)) refuse(key, value, "is out of range", legal.text());
}

/// `sign`: 1 where percent rises with the value, -1 where it falls.
void check_points(const char* key, const std::vector<WeatherPoint>& points, double sign) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    require(key, points[i].value, {1e-3, 1e3});
    require(key, points[i].percent, {1e-9, 100.0});
    if (i == 0) continue;
    if (points[i].value <= points[i - 1].value || sign * (points[i].percent - points[i - 1].percent) < 0.0) {
      refuse(key, points[i].value, "is not in order",
             sign > 0.0 ? "values rising, percent not falling" : "values rising, percent not rising");
    }
  }
  if (points.size() == 1) refuse(key, points[0].value, "stands alone", "two points or more");
}

void check(const OpticsTerminal& terminal, double length_m, const OpticsWeather& weather) {
  require("wavelength_nm", terminal.wavelength_nm, {400.0, 2400.0});
  require("tx_power_dbm", terminal.tx_power_dbm, {-60.0, 60.0});
  require("sensitivity_dbm", terminal.sensitivity_dbm, {-100.0, 30.0});
  require("rate_bps", terminal.rate_bps, {1.0, 1e13});
  require("length_m", length_m, {1e-3, 1e6});
  for (const Field<Fso>& field : Fso::fields) require(field.name, terminal.optics.*field.member, field.range);
  if (weather.visibility.empty()) refuse("visibility", 0.0, "has no points", "two points or more");
  check_points("visibility", weather.visibility, 1.0);
  check_points("rain", weather.rain, -1.0);
  check_points("snow", weather.snow, -1.0);
}

struct Share {
  double percent = 0.0;
  bool beyond = false;
};

/// Percentage of the time at a value. Beyond the ends the share is the largest that the points allow: a statistic
/// says nothing of what it does not cover.
Share share_at(const std::vector<WeatherPoint>& points, double value, bool rising) {
  if (points.empty()) return {};
  if (value < points.front().value) return {rising ? points.front().percent : 100.0, true};
  if (value > points.back().value) return {rising ? 100.0 : points.back().percent, true};
  const auto above =
      std::upper_bound(points.begin() + 1, points.end() - 1, value,
                       [](double wanted, const WeatherPoint& point) { return wanted < point.value; });
  const WeatherPoint& high = *above;
  const WeatherPoint& low = *(above - 1);
  const double part = std::log(value / low.value) / std::log(high.value / low.value);
  return {low.percent * std::pow(high.percent / low.percent, part), false};
}

/// Where an attenuation that grows along the interval reaches the margin.
template <class Attenuation>
double reached_at(double small, double large, double margin_db, const Attenuation& attenuation_db) {
  for (int i = 0; i < 100; ++i) {
    const double middle = std::sqrt(small * large);
    (attenuation_db(middle) > margin_db ? large : small) = middle;
  }
  return small;
}

// Beyond these no list reaches.
constexpr double kThickest_km = 1e-4;
constexpr double kClearest_km = 1e4;
constexpr double kHeaviest_mm_h = 1e4;
constexpr double kLightest_mm_h = 1e-6;

void add_fog(OpticsService& out, const OpticsTerminal& terminal, double length_km, const OpticsWeather& weather) {
  // In 1 / V, so that the attenuation grows.
  const double thickest = reached_at(1.0 / kClearest_km, 1.0 / kThickest_km, out.margin_db, [&](double per_km) {
    return length_km * optics::fog_db_km(terminal.optics.fog_law, 1.0 / per_km, terminal.wavelength_nm);
  });
  out.lowest_visibility_km = 1.0 / thickest;
  const Share share = share_at(weather.visibility, out.lowest_visibility_km, true);
  out.fog_percent = share.percent;
  out.beyond_statistics = out.beyond_statistics || share.beyond;
}

void add_rain(OpticsService& out, const OpticsTerminal& terminal, double length_km, const OpticsWeather& weather) {
  out.highest_rain_mm_h = reached_at(kLightest_mm_h, kHeaviest_mm_h, out.margin_db, [&](double mm_h) {
    return length_km * optics::rain_db_km(terminal.optics.rain_law, mm_h);
  });
  const Share share = share_at(weather.rain, out.highest_rain_mm_h, false);
  out.rain_percent = share.percent;
  out.beyond_statistics = out.beyond_statistics || share.beyond;
}

void add_snow(OpticsService& out, const OpticsTerminal& terminal, double length_km, const OpticsWeather& weather) {
  out.highest_snow_mm_h = reached_at(kLightest_mm_h, kHeaviest_mm_h, out.margin_db, [&](double mm_h) {
    return length_km * optics::snow_db_km(terminal.optics.snow_kind, mm_h, terminal.wavelength_nm);
  });
  const Share share = share_at(weather.snow, out.highest_snow_mm_h, false);
  out.snow_percent = share.percent;
  out.beyond_statistics = out.beyond_statistics || share.beyond;
}

}  // namespace

std::vector<WeatherPoint> assumed_visibility() {
  return {{0.05, 0.01}, {0.2, 0.1},   {0.5, 0.25},  {1.0, 0.5},  {2.0, 1.0},
          {5.0, 5.0},   {10.0, 20.0}, {20.0, 50.0}, {50.0, 95.0}};
}

std::vector<WeatherPoint> scaled_rain(double rain_rate_001_mm_h) {
  constexpr double kZoneK_001_mm_h = 42.0;
  std::vector<WeatherPoint> out = {{1.5, 1.0},   {4.2, 0.3},    {12.0, 0.1},   {23.0, 0.03},
                                   {42.0, 0.01}, {70.0, 0.003}, {100.0, 0.001}};
  for (WeatherPoint& point : out) point.value *= rain_rate_001_mm_h / kZoneK_001_mm_h;
  return out;
}

double OpticsService::availability() const noexcept {
  return margin_db < 0.0 ? 0.0 : std::max(0.0, 1.0 - 0.01 * (fog_percent + rain_percent + snow_percent));
}

OpticsService optics_service(const OpticsTerminal& terminal, double length_m, const OpticsWeather& weather) {
  check(terminal, length_m, weather);
  const Fso& model = terminal.optics;
  const double length_km = length_m * 1e-3;
  OpticsService out{
      .geometric_db =
          optics::geometric_loss_db({model.divergence_mrad, model.tx_aperture_m, model.rx_area_m2}, length_m),
      .scintillation_db = optics::scintillation_db(terminal.wavelength_nm * 1e-9, model.turbulence_cn2, length_m),
      .clear_air_db = model.clear_air_db_km * length_km,
      .allowance_db = model.allowance_db};
  out.margin_db = terminal.tx_power_dbm - terminal.sensitivity_dbm - out.geometric_db - out.scintillation_db -
                  out.clear_air_db - out.allowance_db;
  if (out.margin_db < 0.0) {
    out.fog_percent = 100.0;
    return out;
  }
  add_fog(out, terminal, length_km, weather);
  add_rain(out, terminal, length_km, weather);
  add_snow(out, terminal, length_km, weather);
  return out;
}

double longest_optics_hop_m(const OpticsTerminal& terminal, double availability, const OpticsWeather& weather) {
  const auto enough = [&](double length_m) {
    return optics_service(terminal, length_m, weather).availability() >= availability;
  };
  if (enough(kLongest_m)) return kLongest_m;
  double low_m = 1.0;
  double high_m = kLongest_m;
  if (!enough(low_m)) return 0.0;
  while (high_m - low_m > 1.0) {
    const double middle_m = std::floor(0.5 * (low_m + high_m));
    (enough(middle_m) ? low_m : high_m) = middle_m;
  }
  return low_m;
}

}  // namespace amaneku
