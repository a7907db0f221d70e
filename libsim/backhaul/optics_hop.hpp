// A hop of light through the air: margin in clear air, and how often fog, rain or snow takes it away.
#pragma once

#include <string>
#include <vector>

#include "propagation/optics/fso.hpp"

namespace amaneku {

struct OpticsTerminal {
  double wavelength_nm = 1550.0;  ///< 400 .. 2400
  double tx_power_dbm;
  double sensitivity_dbm;  ///< at which the receiver just works
  double rate_bps;
  /// Divergence, apertures, turbulence, absorption, allowance and the laws of fog, rain and snow; its visibility
  /// and rates are not used.
  Fso optics{};
};

/// A point of a distribution over the average year.
struct WeatherPoint {
  double value;    ///< visibility in km, or rate in mm/h
  double percent;  ///< of the time: visibility below, or rate above; > 0
};

/// The weather of a place. Each list ascending in value; percent ascending for visibility, descending for rates.
/// Between points percent is linear in log over log.
struct OpticsWeather {
  std::vector<WeatherPoint> visibility{};  ///< at least two points
  std::vector<WeatherPoint> rain{};        ///< empty: no rain counted
  std::vector<WeatherPoint> snow{};        ///< as melted water; empty: no snow counted
};

/// An assumption, not measurements of any place: fog below 1 km for 0.5 % of the year (44 h). For Japan it is too
/// favourable in mountains and basins and along the coast of eastern Hokkaido: users give their own.
[[nodiscard]] std::vector<WeatherPoint> assumed_visibility();

/// Rain of zone K of ITU-R PN.837-1 (superseded), all rates scaled to the rate that is exceeded for 0.01 %.
[[nodiscard]] std::vector<WeatherPoint> scaled_rain(double rain_rate_001_mm_h);

struct OpticsService {
  double geometric_db = 0.0;
  double scintillation_db = 0.0;  ///< 2 sigma, always deducted
  double clear_air_db = 0.0;
  double allowance_db = 0.0;
  double margin_db = 0.0;             ///< for fog, rain and snow; negative: it never works
  double lowest_visibility_km = 0.0;  ///< that the margin bridges
  double highest_rain_mm_h = 0.0;
  double highest_snow_mm_h = 0.0;
  double fog_percent = 0.0;  ///< of the year in which each takes the hop away; they do not coincide
  double rain_percent = 0.0;
  double snow_percent = 0.0;
  /// The margin lies outside a list: the outage is then the largest that its points allow, which is too much.
  bool beyond_statistics = false;

  [[nodiscard]] double availability() const noexcept;  ///< 0 .. 1
};

/// `length_m`: slant, > 0. InputError for lists that are not as said and figures out of range.
[[nodiscard]] OpticsService optics_service(const OpticsTerminal& terminal, double length_m,
                                           const OpticsWeather& weather);

/// The longest hop with this availability, m, to 1 m; 0: none; at most 10 km (P.1814's links are shorter).
[[nodiscard]] double longest_optics_hop_m(const OpticsTerminal& terminal, double availability,
                                          const OpticsWeather& weather);

}  // namespace amaneku
